"""Findings → Markdown: a worklist with tick boxes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from termatlas.export.findings_places import uri_reference
from termatlas.findings import LEVELS, RULES, Finding
from termatlas.model import Where
from termatlas.terminal import safe

_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~#$]|(?<=:)//|(?<=www)\.")
_NAMED = re.compile(r"@(?=\w)")


def findings_markdown(findings: Sequence[Finding], *, title: str, folder: Path) -> Iterator[str]:
    """Yield findings as a worklist by rule, with its definition and cure; links to files start from `folder`."""
    counts = ", ".join(f"{sum(finding.level == level for finding in findings):,} {level}" for level in LEVELS)
    yield f"# {inline(title)}: {len(findings):,} findings\n\n{counts}\n"
    for rule in RULES.values():
        group = [finding for finding in findings if finding.rule == rule.id]
        if group:
            head = f"{inline(rule.title)} (`{rule.id}`, {rule.level}): {len(group):,}"
            yield f"\n## {head}\n\nDefinition: {inline(rule.definition)}. Cure: {inline(rule.cure)}.\n\n"
            yield from (f"- [ ] {inline(finding.message)}{_link(finding.where, folder)}\n" for finding in group)


def inline(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it is: no markup, no link, no mention of a person.

    >>> print(inline("<b>*C#*</b> | https://evil.example"))
    \<b\>\*C\#\*\</b\> \| https:\//evil.example
    """
    flat = safe(" ".join(text.split()))
    return _NAMED.sub("@\u2060", _ACTIVE.sub(lambda match: f"\\{match[0]}", flat))


def _link(where: Where, folder: Path) -> str:
    if not where.file:
        return ""
    anchor = f"#L{where.line}" if where.line else ""
    return f" ([{inline(str(where))}]({_address(where.file, folder)}{anchor}))"


def _address(file: str, folder: Path) -> str:
    path = os.path.relpath(file, folder)
    return uri_reference(path.replace(os.sep, "/"))
