"""What spreadsheets do to tables: their encodings, their delimiters, their hint, and quotation marks left open."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final, NamedTuple

from termatlas.errors import SourceError
from termatlas.sources.files import decoded

DELIMITERS: Final = (",", ";", "\t", "|")
#: Suffix → the delimiter that is usual.
SUFFIXES: Final = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}
#: What Excel writes and reads as a first line.
HINT: Final = re.compile(r'"?sep=(.)"?\n')
QUOTE_CURE: Final = "close the quotation mark, or double it if it is part of the text"
_LONGEST_CELL = 1 << 24


class Row(NamedTuple):
    """A row of a table: its number and its line, from 1, and its cells."""

    number: int
    line: int
    cells: list[str]
    unclosed: bool = False  #: whether a quotation mark is left open, so that following rows may be in its last cell


def table_text(data: bytes, label: str) -> str:
    r"""Decode a table: UTF-8, or the UTF-16 that Excel writes as "Unicode text".

    >>> table_text("a\tb\r\n".encode("utf-16"), "a.txt")
    'a\tb\n'

    Raises `SourceError` where it is neither.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    try:
        return decoded(data, label)
    except SourceError as error:
        raise SourceError(label, error.problem, 'save the table as "CSV UTF-8"', place=error.place) from error


def table_rows(lines: Iterable[str], delimiter: str, label: str, *, skipped: int = 0) -> Iterator[Row]:
    r"""Read the rows that are not empty from lines with their ends, before which so many were skipped.

    >>> [row.cells for row in table_rows(["a, b\n", " ,\n", '"c\n', 'd"\n'], ",", "a.csv")]
    [['a', 'b'], ['c\nd']]

    Raises `SourceError` for a cell of more than sixteen million signs.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    pending: list[str] = []
    reader = csv.reader(_kept(lines, pending), delimiter=delimiter, skipinitialspace=True)
    for number in count(1):
        line = reader.line_num + skipped + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = f"the row cannot be read ({error})"
            raise SourceError(label, problem, QUOTE_CURE, place=f"line {line}") from error
        if any(cell and not cell.isspace() for cell in cells):
            yield Row(number, line, cells, _is_open(pending, delimiter))
        pending.clear()


def _kept(lines: Iterable[str], pending: list[str]) -> Iterator[str]:
    """Give lines, and keep those of the row that is being read in `pending`."""
    for line in lines:
        pending.append(line)
        yield line


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Tell whether a row goes on over its line's end because a quotation mark was not closed."""
    if sum(line.count('"') for line in lines) % 2 == 0:
        return False
    if len(lines) > 1:
        return True
    try:  # a mark within a cell, such as an inch, opens nothing
        next(csv.reader(io.StringIO(lines[0]), delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
