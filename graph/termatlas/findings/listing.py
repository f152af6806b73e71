"""Findings as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from termatlas.findings.model import LEVELS, Finding
from termatlas.findings.rules import RULES
from termatlas.terminal import cell, safe

_OF_A_RULE = 10


def listing(findings: Sequence[Finding]) -> str:
    """Lay findings out by rule: its definition, the first ten, how many more, and totals by level.

    >>> print(listing([]))
    0 findings: 0 error, 0 warning, 0 info
    """
    found = {finding.rule for finding in findings}
    groups = [
        _group(rule, [finding for finding in findings if finding.rule == rule]) for rule in RULES if rule in found
    ]
    totals = ", ".join(f"{cell(sum(finding.level == level for finding in findings))} {level}" for level in LEVELS)
    return "\n\n".join([*groups, f"{cell(len(findings))} findings: {totals}"])


def _group(rule: str, findings: Sequence[Finding]) -> str:
    head = f"{RULES[rule].level}: {RULES[rule].title} ({rule}), {cell(len(findings))}: {RULES[rule].definition}"
    lines = [f"  {safe(str(finding.where))}: {safe(finding.message)}" for finding in findings[:_OF_A_RULE]]
    rest = len(findings) - _OF_A_RULE
    more = [f"  … and {cell(rest)} more: --select {rule} --format csv"] if rest > 0 else []
    return "\n".join([head, *lines, *more])
