"""A table of mappings: SSSOM/TSV or any CSV whose header names terms and targets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termatlas.align.slots import SLOTS
from termatlas.errors import SourceError
from termatlas.sources.fields import clean, folded
from termatlas.sources.spreadsheet import DELIMITERS, HINT, SUFFIXES, Row, table_rows, table_text
from termatlas.terminal import unguarded

_COMMENTS = re.compile(r'(?:"?#[^\n]*(?:\n|$))*')

#: Slot → other names of its column, the best first.
NAMES: dict[str, tuple[str, ...]] = {
    "subject_id": ("slug", "term", "subject", "concept", "source", "from", "name"),
    "predicate_id": ("predicate", "relation", "match", "mapping_relation"),
    "object_id": ("object", "target", "to", "iri", "uri", "url", "wikidata", "wikidata_id", "qid", "dbpedia"),
    "object_label": ("target_label", "target_name", "object_name"),
    "mapping_justification": ("justification",),
    "predicate_modifier": ("modifier",),
    "author_label": ("author",),
    "comment": ("comments", "note", "notes", "remark"),
    "mapping_date": ("date",),
}

_SLOT_OF = {folded(name): slot for slot, names in NAMES.items() for name in names} | {folded(s): s for s in SLOTS}
_RANK = {folded(name): rank for slot, names in NAMES.items() for rank, name in enumerate((slot, *names))}


class Table(NamedTuple):
    """A table: the YAML above it, its columns by slot, the best first, those of no slot, and its rows."""

    yaml: str
    columns: dict[str, list[int]]
    unknown: list[str]
    width: int
    line: int  #: of the header
    rows: Iterator[Row]


def read_table(data: bytes, suffix: str, label: str) -> Table:
    """Read a table from a file's bytes: UTF-8 or UTF-16, with commas, semicolons, tabs or pipes between cells.

    Raises `SourceError` where the bytes are neither, or no column holds terms or targets.
    """
    text = table_text(data, label)
    hint = HINT.match(text)
    above = text[: hint.end()] if hint else _COMMENTS.match(text)[0]  # type: ignore[index]  # it matches any text
    rest = text[len(above) :]
    rows = _rows(rest, hint[1] if hint else _delimiter(rest, suffix), above.count("\n"), label)
    header = next(rows, Row(1, 1, []))
    columns, unknown = _columns(header.cells)
    for slot, what in (("subject_id", "terms"), ("object_id", "targets")):
        if slot not in columns and not (slot == "subject_id" and "subject_label" in columns):
            raise _headless(header, what, slot, label)
    return Table("" if hint else _yaml(above.splitlines()), columns, unknown, len(header.cells), header.line, rows)


def _headless(header: Row, what: str, slot: str, label: str) -> SourceError:
    names = ", ".join((slot, *NAMES[slot]))
    shown = f'"{", ".join(header.cells)[:80]}"' if header.cells else "empty"
    return SourceError(
        label,
        f"no column is known to hold {what}; the first row is {shown}",
        f"name the column one of: {names}",
        place=f"line {header.line}",
    )


def _yaml(comments: Sequence[str]) -> str:
    """Take the signs off that make comments of YAML, and the spaces that all lines have behind them.

    A spreadsheet fills all lines up to the table's width with empty cells, and puts some between quotation marks.
    """
    filled = next((sign for sign in DELIMITERS if all(line.endswith(sign) for line in comments)), "")
    lines = [_unquoted(line.rstrip(filled or None)).removeprefix("#") for line in comments]
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)


def _unquoted(line: str) -> str:
    return line[1:-1].replace('""', '"') if line.startswith('"') and line.endswith('"') else line.lstrip('"')


def _delimiter(text: str, suffix: str) -> str:
    """Find what parts the columns: what makes most known columns of the first row that is not empty."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    usual = SUFFIXES.get(suffix, ",")

    def fit(delimiter: str) -> tuple[int, bool]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(len(places) for places in _columns(cells)[0].values()), delimiter == usual

    return max(DELIMITERS, key=fit)


def _columns(header: Sequence[str]) -> tuple[dict[str, list[int]], list[str]]:
    """Give each slot its columns, the best name first, and the names of the columns that are of none."""
    names = [folded(cell.strip()) for cell in header]
    columns: dict[str, list[int]] = {}
    for place in sorted(range(len(names)), key=lambda place: _RANK.get(names[place], 0)):
        if slot := _SLOT_OF.get(names[place]):
            columns.setdefault(slot, []).append(place)
    return columns, [cell.strip() for cell, name in zip(header, names, strict=True) if name and name not in _SLOT_OF]


def _rows(text: str, delimiter: str, skipped: int, label: str) -> Iterator[Row]:
    """Read the rows that are not empty; the spreadsheets' guard is taken off their cells."""
    for row in table_rows(io.StringIO(text), delimiter, label, skipped=skipped):
        yield row._replace(cells=[unguarded(clean(cell)) for cell in row.cells])
