"""A baseline: earlier findings that a gate lets pass, so that only new ones fail."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termatlas.errors import SourceError
from termatlas.findings.fingerprints import fingerprint
from termatlas.findings.model import LEVELS, Finding, Level
from termatlas.model import Where

_CURE = "name a findings.json of termatlas build, or write one with termatlas check --format json --out FILE"
_LEVEL_OF: dict[str, Level] = {level: level for level in LEVELS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Findings beside a baseline: `new` ones, `old` ones that it has too, `gone` ones that only it has."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def read_findings(path: Path) -> tuple[Finding, ...]:
    """Read a ``findings.json``.

    Raises `SourceError` where it cannot be read or holds something else.
    """
    label = path.as_posix()
    try:
        rows = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(label, f"cannot be read ({reason})", _CURE) from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SourceError(label, f"not JSON: {error}", _CURE) from error
    if not isinstance(rows, list):
        raise SourceError(label, "not a list of findings", _CURE)
    return tuple(_finding(row, label, number) for number, row in enumerate(rows))


def _finding(row: object, label: str, number: int) -> Finding:
    if not isinstance(row, Mapping) or not isinstance(row.get("rule"), str) or not row["rule"]:
        raise SourceError(label, "not a finding: it names no rule", _CURE, place=f"/{number}")
    texts: dict[str, Any] = {key: str(row.get(key) or "") for key in ("rule", "term", "target", "message")}
    line = row.get("line")
    where = Where(
        file=str(row.get("file") or ""), line=line if isinstance(line, int) else 0, field=str(row.get("field") or "")
    )
    return Finding(**texts, level=_LEVEL_OF.get(str(row.get("level")), "warning"), where=where)


def compare(findings: Sequence[Finding], baseline: Sequence[Finding]) -> Compared:
    """Tell new findings from old ones, by what they say and not by where they stand; each keeps its order.

    Where the baseline has fewer findings of one fingerprint than there are now, those in the places that it names
    are the old ones.

    >>> from dataclasses import replace
    >>> old = Finding(rule="orphan", level="warning", term="a", message="…", where=Where(file="a.md", line=3))
    >>> moved, new = replace(old, where=Where(file="renamed.md", line=7)), replace(old, term="b")
    >>> compared = compare([moved, new], [old])
    >>> compared.new == (new,), compared.old == (moved,), compared.gone
    (True, True, ())
    """
    new, gone = _left_over(findings, baseline), _left_over(baseline, findings)
    return Compared(
        new=tuple(finding for position, finding in enumerate(findings) if position in new),
        old=tuple(finding for position, finding in enumerate(findings) if position not in new),
        gone=tuple(finding for position, finding in enumerate(baseline) if position in gone),
    )


def only_new(findings: Sequence[Finding], baseline: Sequence[Finding]) -> list[Finding]:
    """Leave out the findings that a baseline has."""
    return list(compare(findings, baseline).new)


def _left_over(findings: Iterable[Finding], others: Iterable[Finding]) -> set[int]:
    """Give the positions of the findings for which there is no other of the same fingerprint left."""
    places: defaultdict[str, list[Where]] = defaultdict(list)
    for other in others:
        places[fingerprint(other)].append(other.where)
    groups: defaultdict[str, list[tuple[int, Where]]] = defaultdict(list)
    for position, finding in enumerate(findings):
        groups[fingerprint(finding)].append((position, finding.where))
    left: set[int] = set()
    for name, group in groups.items():
        taken = places.get(name, [])
        left.update(position for position, _ in _by_place(group, frozenset(taken))[len(taken) :])
    return left


def _by_place(group: list[tuple[int, Where]], places: Collection[Where]) -> list[tuple[int, Where]]:
    """Put those that stand in one of the places first."""
    return sorted(group, key=lambda entry: entry[1] not in places)
