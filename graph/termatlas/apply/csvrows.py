"""Links put into CSV: into the cell for related terms of a term's row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termatlas.apply.model import Adding, Edit, NotWritable
from termatlas.apply.records import joined_to, link_key
from termatlas.apply.spelling import House
from termatlas.terminal import guarded, unguarded

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_HINT = re.compile(r'"?sep=.?"?\n')
_SEPARATOR = re.compile(r"[ \t]*[;|\n][ \t]*")


class Cell(NamedTuple):
    """A cell: its place, quotation marks included, and its text."""

    start: int
    end: int
    text: str


class Table(NamedTuple):
    """A table's text, what parts its columns, the places of its lines, and the names of its columns."""

    text: str
    delimiter: str
    lines: Sequence[int]
    header: Sequence[str]


def table_of(text: str, delimiter: str) -> Table:
    """Look at a table; its header is its first row that is not empty."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    first = 1 if _HINT.match(text) else 0
    start = next((line for line in lines[first:] if text[line:].split("\n", 1)[0].strip()), 0)
    names = [" ".join(unguarded(cell.text).split()) for cell in _cells(text, start, delimiter)]
    return Table(text, delimiter, lines, names)


def _cells(text: str, start: int, delimiter: str) -> Iterator[Cell]:
    """Yield the cells of the row that begins at a place.

    Raises `NotWritable` where a quotation mark is not closed, or text follows one.
    """
    unquoted = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    while True:
        while text[start : start + 1] == " " != delimiter:
            start += 1
        quoted = _QUOTED.match(text, start)
        plain = unquoted.match(text, start)
        end = quoted.end() if quoted else plain.end() if plain else start
        yield Cell(start, end, quoted[1].replace('""', '"') if quoted else text[start:end])
        if text[end : end + 1] != delimiter:
            if text[end : end + 1] not in {"", "\n"}:
                raise NotWritable("a quotation mark in its row is not closed, or text follows it")
            return
        start = end + 1


def cell_edits(table: Table, adding: Adding, house: House) -> list[Edit]:
    """Give the edits that add links to the term of a row.

    Raises `NotWritable` where the table has no column for related terms.
    """
    cells = list(_cells(table.text, table.lines[adding.term.line - 1], table.delimiter))
    record = dict(zip(reversed(table.header), reversed([""] * len(table.header)), strict=True))
    record.update((name, cell.text) for name, cell in reversed(list(zip(table.header, cells, strict=False))))
    place = _column(table, link_key(record, house), house)
    text = unguarded(cells[place].text) if place < len(cells) else ""
    usual = _usual(table, place)
    more = joined_to(text, adding.term, link_key(record, house), adding.targets, house, usual)
    if place >= len(cells):
        end = cells[-1].end
        return [Edit(end, end, table.delimiter * (place - len(cells) + 1) + written(guarded(more), table.delimiter))]
    return _into(cells[place], more if text.strip() else guarded(more), table)


def _column(table: Table, key: str, house: House) -> int:
    if key in table.header:
        return list(table.header).index(key)
    if key.isdigit() and house.options.fields.get("related") == key:
        return int(key) - 1
    raise NotWritable(
        "the table has no column for related terms", 'give it a column "related", or add the link by hand'
    )


def _usual(table: Table, place: int) -> str:
    """Give what parts links in a column, where one cell shows it."""
    rows = csv.reader(io.StringIO(table.text), delimiter=table.delimiter, skipinitialspace=True)
    signs = Counter(sign for row in rows if place < len(row) for sign in _SEPARATOR.findall(row[place].strip()))
    return signs.most_common(1)[0][0] if signs else " | " if table.delimiter == ";" else "; "


def _into(cell: Cell, more: str, table: Table) -> list[Edit]:
    """Put text at the end of a cell, and quotation marks around it where it needs them then."""
    is_quoted = table.text[cell.start : cell.end].startswith('"')
    if is_quoted:
        return [Edit(cell.end - 1, cell.end - 1, more.replace('"', '""'))]
    if written(more, table.delimiter) == more:
        return [Edit(cell.end, cell.end, more)]
    if '"' in cell.text:
        raise NotWritable("its cell has quotation marks in it and none around it")
    if cell.start == cell.end:
        return [Edit(cell.end, cell.end, written(more, table.delimiter))]
    doubled = more.replace('"', '""')
    return [Edit(cell.start, cell.start, '"'), Edit(cell.end, cell.end, f'{doubled}"')]


def written(text: str, delimiter: str) -> str:
    """Write a cell, between quotation marks where it needs them.

    >>> written("a, b", ","), written("a, b", ";")
    ('"a, b"', 'a, b')
    """
    needs = any(sign in text for sign in (delimiter, '"', "\n")) or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if needs else text
