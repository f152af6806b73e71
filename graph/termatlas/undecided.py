"""What is to be decided on: rows of a checklist, suggestions of all kinds as JSON, findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from termatlas.checklist import BETWEEN, marked, read_checklist
from termatlas.decisions import Decisions, Kind, in_force
from termatlas.errors import SourceError
from termatlas.model import Problem, Where
from termatlas.sources.files import decoded, translated
from termatlas.suggest.model import Reason, Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to decide on."""

    kind: Kind
    fingerprint: str
    source: str = ""  #: slug
    target: str = ""  #: slug
    rule: str = ""
    evidence: str = ""
    source_id: str = ""
    title: str  #: a line that says what is suggested or found
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What a file holds to decide on, the number of those decided on in the file itself, and what cannot be read."""

    items: tuple[Item, ...] = ()
    decided: int = 0
    problems: tuple[Problem, ...] = ()


def read_items(path: Path) -> Items:
    """Read what is to be decided on: a checklist, suggestions as JSON, or ``findings.json``.

    Raises `SourceError` where the file is none of them.
    """
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes()
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"[", b"{")):
        return _from_checklist(path)
    try:
        value = json.loads(decoded(data, label))
    except (ValueError, RecursionError) as error:
        raise SourceError(label, f"not JSON: {error}", "write it anew with --format json") from error
    found = value.get("suggestions", []) if isinstance(value, dict) else value
    read = [_from_record(record, number, label) for number, record in enumerate(found)]
    return Items(
        items=tuple(item for item in read if isinstance(item, Item)),
        problems=tuple(item for item in read if isinstance(item, Problem)),
    )


def _from_checklist(path: Path) -> Items:
    checklist = read_checklist(path)
    items = tuple(
        Item(
            kind="link",
            fingerprint=row.fingerprint,
            source=row.source,
            target=row.target,
            evidence=row.evidence,
            source_id=row.source_id,
            title=_title(row.said.get("source_name", ""), row.source, row.said.get("target_name", ""), row.target)
            + (f", probability {row.said['probability']}" if row.said.get("probability") else ""),
            reasons=tuple(filter(None, row.said.get("evidence", "").split(BETWEEN))),
        )
        for row in checklist.rows
        if not row.verdict
    )
    return Items(items=items, decided=len(checklist.rows) - len(items), problems=checklist.problems)


def _title(source_name: str, source: str, target_name: str, target: str) -> str:
    return f"{source_name or source} → {target_name or target}"


def _from_record(record: Any, number: int, label: str) -> Item | Problem:
    """Read a suggestion or a finding: a key that only its kind has tells it."""
    try:
        return next((read for key, read in _RECORDS.items() if key in record), _link)(record)
    except (KeyError, TypeError, ValueError):
        where = Where(file=label, field=f"/{number}")
        return Problem(where=where, problem="neither a suggestion nor a finding", cure="write the file anew")


def _finding(record: Mapping[str, Any]) -> Item:
    return Item(
        kind="finding",
        fingerprint=str(record["fingerprint"]),
        source=str(record["term"]),
        target=str(record.get("target", "")),
        rule=str(record["rule"]),
        title=f"{record['rule']}: {record['term']}",
        reasons=tuple(filter(None, (str(record["message"]), str(record.get("where", ""))))),
    )


def _duplicate(record: Mapping[str, Any]) -> Item:
    first, second = str(record["first"]), str(record["second"])
    names = " and ".join((str(record.get("first_name") or first), str(record.get("second_name") or second)))
    return Item(
        kind="duplicate",
        fingerprint=str(record["fingerprint"]),
        source=first,
        target=second,
        title=f"{record['kind']}? {names}",
        reasons=tuple(marked(_reason(reason)) for reason in record["reasons"]),
    )


def _term(record: Mapping[str, Any]) -> Item:
    said = f"wanted by {record['wanted_by']}, in the texts of {record['texts']} terms"
    return Item(
        kind="term",
        fingerprint=str(record["fingerprint"]),
        target=str(record["slug"]),
        title=f"no page defines {record['name']}: {said}",
        reasons=tuple(str(passage["sentence"]) for passage in record["sentences"]),
    )


def _link(record: Mapping[str, Any]) -> Item:
    suggestion = Suggestion(
        source=str(record["source"]),
        target=str(record["target"]),
        probability=float(record["probability"]),
        reasons=tuple(map(_reason, record["reasons"])),
    )
    names = (str(record.get(f"{end}_name", "")) for end in ("source", "target"))
    title = _title(next(names), suggestion.source, next(names), suggestion.target)
    return Item(
        kind="link",
        fingerprint=suggestion.fingerprint,
        source=suggestion.source,
        target=suggestion.target,
        evidence=suggestion.evidence,
        source_id=str(record.get("source_id", "")),
        title=f"{title}, probability {suggestion.probability}",
        reasons=tuple(map(marked, suggestion.reasons)),
    )


def _reason(record: Mapping[str, Any]) -> Reason:
    return Reason(
        kind=record["kind"],
        message=str(record["message"]),
        sentence=str(record.get("sentence", "")),
        start=int(record.get("start", 0)),
        end=int(record.get("end", 0)),
    )


_RECORDS: Mapping[str, Callable[[Mapping[str, Any]], Item]] = {
    "rule": _finding,
    "first": _duplicate,
    "wanted": _term,
}


def undecided(items: Sequence[Item], decisions: Decisions, today: date) -> list[Item]:
    """Pass over what is decided on already."""
    return [item for item in items if in_force(decisions, item.fingerprint, today, evidence=item.evidence) is None]


def without(items: Items, decisions: Decisions, today: date) -> Items:
    """Leave out what is decided on already, and count it."""
    left = tuple(undecided(items.items, decisions, today))
    return replace(items, items=left, decided=items.decided + len(items.items) - len(left))
