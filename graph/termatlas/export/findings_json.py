"""Findings → JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from termatlas.findings import Finding
from termatlas.findings.fingerprints import numbered

_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: `json.dumps` makes one a call


def finding_rows(findings: Iterable[Finding]) -> Iterator[dict[str, object]]:
    """Yield each finding as a flat row, with its fingerprint."""
    listed = list(findings)
    return (finding_row(finding, name) for finding, name in zip(listed, numbered(listed), strict=True))


def finding_row(finding: Finding, fingerprint: str) -> dict[str, object]:
    """Give a finding as a flat row."""
    return {
        "rule": finding.rule,
        "level": finding.level,
        "term": finding.term,
        "target": finding.target,
        "message": finding.message,
        "file": finding.where.file,
        "line": finding.where.line,
        "field": finding.where.field,
        "where": str(finding.where),
        "fingerprint": fingerprint,
    }


def findings_json(findings: Iterable[Finding]) -> Iterator[str]:
    """Give findings as a JSON array, one finding a line, so that two versions can be compared line by line."""
    between = "[\n"
    for row in finding_rows(findings):
        yield between + _encode(row)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"
