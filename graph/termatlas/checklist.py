"""The checklist: suggestions as a CSV table to decide on in a spreadsheet, and the decisions back from it.

What spreadsheets do to a table on the way is expected: another delimiter, line end or byte order mark, columns moved or
added, rows sorted or deleted, a decimal comma, TRUE for true.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Literal

from termatlas.decisions import Decision
from termatlas.errors import SourceError
from termatlas.model import Glossary, Problem, Term, Where
from termatlas.sources.fields import folded, legal
from termatlas.sources.files import translated
from termatlas.sources.spreadsheet import DELIMITERS, HINT, table_rows, table_text
from termatlas.suggest.model import Reason, Suggestion, digest
from termatlas.terminal import guarded, unguarded

COLUMNS = (
    *("decision", "probability", "source", "source_name", "target", "target_name", "evidence", "why"),
    *("fingerprint", "evidence_id", "source_id", "file", "line"),
)
BETWEEN = " • "  #: what parts the reasons in the column `evidence`
_NEEDED = ("decision", "source", "target")
_ID = re.compile(r"#?([0-9a-f]{16})", re.IGNORECASE)
_VERDICTS: Mapping[str, Literal["", "accept", "reject"]] = {
    **dict.fromkeys(("accept", "accepted", "yes", "y", "x", "ok", "true", "1", "✓", "✔", "☑"), "accept"),
    **dict.fromkeys(("reject", "rejected", "no", "n", "false", "0", "✗", "✘", "☒"), "reject"),
    **dict.fromkeys(("", "?", "skip", "☐"), ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a checklist: a suggested link and what was decided on it."""

    verdict: Literal["", "accept", "reject"] = ""  #: "" where nothing was decided
    source: str
    target: str
    fingerprint: str
    evidence: str = ""  #: names the evidence that the row was written with; "" where the table does not say
    source_id: str = ""  #: names the source's texts as they were then; "" where the table does not say
    why: str = ""
    said: Mapping[str, str]  #: the cells, by column, for people to read
    line: int = 0  #: in the checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The rows of a checklist, in its order, and those that cannot be read."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def source_id(term: Term) -> str:
    """Name a term's texts: another name means that the term changed. Its links and its place do not count.

    >>> source_id(Term(slug="a", name="A")) == source_id(Term(slug="a", name="A", file="moved.md"))
    True
    """
    asked = (text for entry in term.questions for text in (entry.question, entry.answer))
    return digest("term", term.name, *term.aliases, "", term.definition, term.explanation, *asked)


def marked(reason: Reason) -> str:
    """Give a reason in words, with its sentence and the mention in double brackets.

    >>> marked(Reason(kind="mention", message="mentioned once", sentence="A graph has nodes.", start=2, end=7))
    'mentioned once: A [[graph]] has nodes.'
    """
    sentence = reason.sentence
    if not sentence:
        return reason.message
    parts = (sentence[: reason.start], sentence[reason.start : reason.end], sentence[reason.end :])
    return f"{reason.message}: {parts[0]}[[{parts[1]}]]{parts[2]}"


def checklist_csv(suggestions: Iterable[Suggestion], glossary: Glossary) -> Iterator[str]:
    """Yield the checklist: a row a suggestion, the column `decision` empty.

    It begins with a byte order mark, without which Excel garbles what is not ASCII. Identifiers begin with ``#``: a
    spreadsheet would make numbers of some. A cell that it would run as a formula begins with an apostrophe.
    """
    yield "\ufeff" + _line(COLUMNS)
    for suggestion in suggestions:
        cells = _cells(suggestion, glossary)
        yield _line([guarded(cells.get(column, "")) for column in COLUMNS])


def _cells(suggestion: Suggestion, glossary: Glossary) -> dict[str, str]:
    source, target = (glossary.get(slug) for slug in (suggestion.source, suggestion.target))
    return {
        "probability": str(suggestion.probability),
        "source": suggestion.source,
        "source_name": _one_line(source.name) if source else "",
        "target": suggestion.target,
        "target_name": _one_line(target.name) if target else "",
        "evidence": _one_line(BETWEEN.join(map(marked, suggestion.reasons))),
        "fingerprint": f"#{suggestion.fingerprint}",
        "evidence_id": f"#{suggestion.evidence}",
        "source_id": f"#{source_id(source)}" if source else "",
        "file": source.file if source else "",
        "line": str(source.line) if source and source.line else "",
    }


def _one_line(text: str) -> str:
    return " ".join(legal(text).split())


def _line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue()


def read_checklist(path: Path) -> Checklist:
    """Read a checklist as a spreadsheet saved it. A row that cannot be read becomes a problem.

    Raises `SourceError` where the file cannot be read or lacks one of the columns decision, source and target.
    """
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes()
    read = [_row(cells, line, label) for line, cells in _records(table_text(data, label), label)]
    rows = [row for row in read if isinstance(row, Row)]
    contradictions = dict(_contradictions(rows, label))
    return Checklist(
        rows=tuple(row for row in rows if row.fingerprint not in contradictions),
        problems=(*(row for row in read if isinstance(row, Problem)), *contradictions.values()),
    )


def _records(text: str, label: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that are not empty, each with its line and its cells by our names for the columns."""
    hint = HINT.match(text)
    if hint:
        text = text[hint.end() :]
    rows = table_rows(io.StringIO(text), hint[1] if hint else _delimiter(text), label, skipped=bool(hint))
    header = next(rows, None)
    places = _columns(header.cells if header else [], label)
    for row in rows:
        cells = row.cells
        yield row.line, {name: cells[place].strip() for name, place in places.items() if place < len(cells)}


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=lambda delimiter: len(_known(next(csv.reader([first], delimiter=delimiter), []))))


def _known(header: Sequence[str]) -> dict[str, int]:
    names = {folded(name): name for name in COLUMNS}
    places = {folded(cell.strip()): place for place, cell in reversed(list(enumerate(header)))}
    return {names[key]: place for key, place in places.items() if key in names}


def _columns(header: Sequence[str], label: str) -> dict[str, int]:
    known = _known(header)
    if missing := [name for name in _NEEDED if name not in known]:
        problem = f"no column is called {missing[0]}; the first row is {', '.join(header)[:80] or 'empty'}"
        raise SourceError(label, problem, f"restore the column {missing[0]}", place="line 1")
    return known


def _row(cells: dict[str, str], line: int, label: str) -> Row | Problem:
    where = Where(file=label, line=line)
    verdict = _VERDICTS.get(cells.get("decision", "").casefold().rstrip("."))
    if verdict is None:
        problem = f'"{cells["decision"]}" is no decision'
        return Problem(where=where, problem=problem, cure="write accept or reject, or leave the cell empty")
    link = _link(cells)
    if link is None:
        problem = "source and target are not those that the row was written with"
        cure = "restore them, or format the columns as text: a spreadsheet makes a date of 1-2"
        return Problem(where=where, problem=problem, cure=cure)
    return Row(
        verdict=verdict,
        source=link[0],
        target=link[1],
        fingerprint=digest("link", *link),
        evidence=_id(cells, "evidence_id"),
        source_id=_id(cells, "source_id"),
        why=unguarded(cells.get("why", "")),
        said={name: unguarded(cell) for name, cell in cells.items()},
        line=line,
    )


def _link(cells: Mapping[str, str]) -> tuple[str, str] | None:
    """Give source and target; None where one is empty or the fingerprint is another link's."""
    source, target = cells.get("source", ""), cells.get("target", "")
    fingerprint = _id(cells, "fingerprint")
    readings = product((unguarded(source), source), (unguarded(target), target))
    return next((link for link in readings if all(link) and fingerprint in {"", digest("link", *link)}), None)


def _id(cells: Mapping[str, str], column: str) -> str:
    found = _ID.fullmatch(cells.get(column, ""))
    return found[1].lower() if found else ""


def _contradictions(rows: Sequence[Row], label: str) -> Iterator[tuple[str, Problem]]:
    """Find the links that two rows accept and reject."""
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(row.fingerprint, row) if row.verdict else row
        if other.verdict != row.verdict:
            problem = f"line {other.line} says {other.verdict} of the same link, this line {row.verdict}"
            yield (
                row.fingerprint,
                Problem(where=Where(file=label, line=row.line), problem=problem, cure="keep one of them"),
            )


def decisions_of(checklist: Checklist, *, who: str, when: date) -> list[Decision]:
    """Give the decisions that a checklist holds."""
    return [
        Decision(
            fingerprint=row.fingerprint,
            kind="link",
            verdict=row.verdict,
            source=row.source,
            target=row.target,
            evidence=row.evidence,
            source_id=row.source_id,
            who=who,
            when=when,
            why=row.why,
        )
        for row in checklist.rows
        if row.verdict
    ]
