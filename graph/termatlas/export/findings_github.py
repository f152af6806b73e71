"""Findings → the lines by which a GitHub workflow annotates files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from termatlas.export.findings_places import relative_to
from termatlas.findings import RULES, Finding, Level
from termatlas.terminal import safe

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = "%\r\n"
_PROPERTY = f"{_DATA}:,"


def findings_github(findings: Iterable[Finding], *, root: Path) -> Iterator[str]:
    r"""Yield a workflow command a finding; files are named relative to `root`.

    >>> from termatlas.model import Where
    >>> where = Where(file="/repo/a,b.md", line=3)
    >>> finding = Finding(rule="orphan", level="warning", term="a", message="50 %\n::error::", where=where)
    >>> print(*findings_github([finding], root=Path("/repo")), sep="")
    ::warning file=a%2Cb.md,line=3,title=Orphan (orphan)::50 %25\n::error::
    """
    for finding in findings:
        place = {"file": relative_to(finding.where.file, root)} if finding.where.file else {}
        line = {"line": str(finding.where.line)} if finding.where.line else {}
        given = place | line | {"title": f"{RULES[finding.rule].title} ({finding.rule})"}
        properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in given.items())
        yield f"::{_COMMANDS[finding.level]} {properties}::{_escaped(safe(finding.message), _DATA)}\n"


def _escaped(text: str, signs: str) -> str:
    return re.sub(f"[{signs}]", lambda match: f"%{ord(match[0]):02X}", text)
