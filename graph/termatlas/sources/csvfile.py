"""CSV and TSV: a table of terms, or a table of links between them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, islice
from textwrap import shorten

from termatlas.errors import SourceError, UsageError
from termatlas.model import Problem, Reference, Term, Where
from termatlas.sources.fields import SYNONYMS, clean, field_named, folded, select, term_from
from termatlas.sources.files import SourceFile
from termatlas.sources.options import Options
from termatlas.sources.reader import Link, Reader
from termatlas.sources.signs import head_text, is_foreign
from termatlas.sources.spreadsheet import DELIMITERS, HINT, QUOTE_CURE, SUFFIXES, Row, table_rows
from termatlas.terminal import unguarded

_NAMED = {"tab": "\t", r"\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
#: What the columns of a table of links are called.
SOURCES = ("source", "from", "subject")
TARGETS = ("target", "to", "object")
KINDS = ("kind", "relation", "predicate", "type")
_NO_KINDS = frozenset({"", "directed", "undirected"})  # what Gephi writes
_FALSE = frozenset({"false", "0", "no"})
_USUAL = frozenset(folded(name) for names in SYNONYMS.values() for name in names)


def read_csv(file: SourceFile, options: Options) -> Iterator[Term | Link | Problem]:
    """Read a table of terms, or of links if it has a source and a target column.

    Columns go by their header or, as ``options.fields`` say, by their number. A row that our own
    export marks as wanted (``defined`` is false) is no term.

    Raises `SourceError` where no column holds names, or a cell is longer than 16 million characters.
    """
    rows = _rows(file, options)
    first = next(rows, None)
    if first is None:
        return
    columns = {folded(cell): index for index, cell in reversed(list(enumerate(first.cells)))}
    if is_links(columns):
        yield from _links(file, rows, columns)
    else:
        yield from _terms(file, first, rows, options)


def knows_csv(file: SourceFile, head: bytes) -> bool:
    """Know a table by its file's name, or by a first row of fields that terms have."""
    text = head_text(head)
    if is_foreign(text):
        return False
    suffix = file.path.suffix.lower()
    return suffix in SUFFIXES or (suffix in {"", ".txt"} and _header_score(text, _delimiter(text, "")) > 1)


CSV = Reader(name="csv", read=read_csv, knows=knows_csv)


def _header_score(text: str, delimiter: str) -> int:
    """Count the fields of terms or of links that the first row names; 0 where it is no header."""
    header = [cell.strip() for cell in next(csv.reader([text.partition("\n")[0]], delimiter=delimiter), [])]
    if is_links({folded(cell) for cell in header}):
        return len(header)
    known = select(dict.fromkeys(header, "x"), {})
    return len(known) if "name" in known or "slug" in known else 0


def is_links(columns: Collection[str]) -> bool:
    """Tell whether columns, by their folded names, are those of a table of links."""
    return any(name in columns for name in SOURCES) and any(name in columns for name in TARGETS)


def _delimiter(text: str, suffix: str) -> str:
    """Find what parts the columns: what makes a header of it, else what parts most lines into equally many."""
    if hint := HINT.match(text):
        return hint[1]
    usual = SUFFIXES.get(suffix, ",")

    def fit(delimiter: str) -> tuple[int, float, bool]:
        return _header_score(text, delimiter), _evenness(text, delimiter), delimiter == usual

    return max(DELIMITERS, key=fit)


def delimiter_of(text: str, suffix: str, options: Options) -> str:
    """Give what parts the columns of a table that begins with `text`: what options say, else what fits.

    Raises `UsageError` where the options name none that can.
    """
    delimiter = _NAMED.get(options.delimiter, options.delimiter) or _delimiter(text, suffix)
    if len(delimiter) != 1:
        raise UsageError(f'"{delimiter}" cannot part columns; the delimiter is one character, or "tab"')
    return delimiter


def _evenness(text: str, delimiter: str) -> float:
    """Measure which part of the first rows has the most frequent number of columns, where that is two or more."""
    complete = text[: text.rfind("\n") + 1] or text
    rows = csv.reader(complete.splitlines(keepends=True), delimiter=delimiter)
    widths = Counter(len(cells) for cells in islice(rows, 50) if cells)
    width, rows_of_it = widths.most_common(1)[0] if widths else (0, 0)
    return rows_of_it / widths.total() if width > 1 else 0.0


def _rows(file: SourceFile, options: Options) -> Iterator[Row]:
    """Read the rows that are not empty; the spreadsheets' guard is taken off their cells."""
    head = head_text(file.head())
    delimiter = delimiter_of(head, file.path.suffix.lower(), options)
    skipped = 1 if HINT.match(head) else 0
    for row in table_rows(_lines(file, skipped), delimiter, file.label, skipped=skipped):
        yield row._replace(cells=[unguarded(cell) for cell in row.cells])


def _lines(file: SourceFile, skipped: int) -> Iterator[str]:
    """Stream lines with their ends."""
    for _, text in islice(file.lines(), skipped, None):
        for line in text.split("\n"):
            yield line + "\n"


def _terms(file: SourceFile, first: Row, rows: Iterator[Row], options: Options) -> Iterator[Term | Problem]:
    header = _header(first, options, file)
    keys = _unique(header or [str(number) for number in range(1, len(first.cells) + 1)])
    numbers = [path for path in options.fields.values() if path.isdigit()]
    for row in rows if header else chain([first], rows):
        record = dict(zip(keys, row.cells, strict=False))
        record.update((number, row.cells[int(number) - 1]) for number in numbers if 0 < int(number) <= len(row.cells))
        if record.get("defined", "").strip().casefold() in _FALSE:
            continue
        where = Where(file=file.label, line=row.line, field=f"row {row.number}")
        if term := term_from(record, options, file=file.label, line=row.line, field=where.field):
            yield term
        else:
            yield Problem(where=where, problem="neither a name nor a slug", cure="give the term a name")
        yield from _ragged(row, len(keys), where)


def _ragged(row: Row, width: int, where: Where) -> Iterator[Problem]:
    if row.unclosed:
        yield Problem(where=where, problem="a quotation mark is opened and not closed", cure=QUOTE_CURE)
    elif any(cell.strip() for cell in row.cells[width:]):
        problem = f"{len(row.cells)} cells, though the table has {width} columns"
        yield Problem(where=where, problem=problem, cure="put a cell that holds the delimiter between quotation marks")


def _header(first: Row, options: Options, file: SourceFile) -> list[str]:
    """Give the names of the columns; none where the first row is a term's and columns go by number.

    Raises `SourceError` where no column holds names or slugs.
    """
    cells = [" ".join(cell.split()) for cell in first.cells]
    paths = {field_named(field): path for field, path in options.fields.items()}
    naming = [path for field in ("name", "slug") if (path := paths.get(field))]
    known = select(dict.fromkeys(cells, "x"), {})
    numbers = [int(path) for path in naming if path.isdigit() and 0 < int(path) <= len(cells)]
    if numbers:
        return cells if folded(cells[numbers[0] - 1]) in _USUAL else []
    if "name" in known or "slug" in known or any(path in cells for path in naming):
        return cells
    shown = shorten(", ".join(cells), 80, placeholder="…")
    problem = f'no column is known to hold the terms\' names; the first row is "{shown}"'
    cure = "name the column with --map term=HEADER, or by its number with --map term=1"
    raise SourceError(file.label, problem, cure, place=f"line {first.line}")


def _unique(names: Sequence[str]) -> list[str]:
    """Give a number to a name that stood before, so that the first column of a name keeps it.

    >>> _unique(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def _links(file: SourceFile, rows: Iterator[Row], columns: Mapping[str, int]) -> Iterator[Link | Problem]:
    source, target, kind = (_cells(columns, names) for names in (SOURCES, TARGETS, KINDS))
    for row in rows:
        where = Where(file=file.label, line=row.line, field=f"row {row.number}")
        if not (source(row) and target(row)):
            problem = f"a link without a {'target' if source(row) else 'source'}"
            yield Problem(where=where, problem=problem, cure="fill both columns or delete the row")
            continue
        given = kind(row)
        reference = Reference(
            written=target(row),
            kind="related" if given.casefold() in _NO_KINDS else given,
            line=row.line,
            field=where.field,
        )
        yield Link(source=source(row), reference=reference, file=file.label)


def _cells(columns: Mapping[str, int], names: Sequence[str]) -> Callable[[Row], str]:
    """Make a function that gives a row's cell in the first column that has one of `names`."""
    index = next((columns[name] for name in names if name in columns), None)
    return lambda row: clean(row.cells[index]) if index is not None and index < len(row.cells) else ""
