"""Findings → SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from termatlas.export.sarif import (
    sarif_artifact,
    sarif_fingerprints,
    sarif_level,
    sarif_location,
    sarif_log,
    sarif_message,
    sarif_rule,
)
from termatlas.findings import RULES, Finding
from termatlas.findings.fingerprints import numbered


def findings_sarif(findings: Iterable[Finding], *, root: Path, otherwise: str = "") -> Iterator[str]:
    """Yield findings as a SARIF log, a result a line: same findings, same bytes.

    Files are named relative to `root`, the folder that ``SRCROOT`` stands for. Findings that stand in no file are
    said to stand in `otherwise`: code hosts refuse a result without one.
    """
    listed = list(findings)
    places = cache(lambda file: sarif_artifact(file or otherwise, root))
    rules = [sarif_rule(rule.id, rule.title, rule.definition, rule.cure, rule.level) for rule in RULES.values()]
    named = zip(listed, numbered(listed), strict=True)
    return sarif_log(rules, (_result(finding, name, places(finding.where.file)) for finding, name in named))


def _result(finding: Finding, name: str, artifact: dict[str, str]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": _index(finding.rule),
        "level": sarif_level(finding.level),
        "message": sarif_message(finding.message),
        "locations": [sarif_location(finding.where, artifact)],
        "partialFingerprints": sarif_fingerprints(name),
    }


@cache
def _index(rule: str) -> int:
    return list(RULES).index(rule)
