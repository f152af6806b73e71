"""Values → what a terminal or a pipe is given: tables, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

Format = Literal["table", "json", "csv"]

_WIDEST = 60
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def safe(text: str) -> str:
    r"""Show control and direction characters as escapes: a glossary must not steer a terminal.

    >>> safe("a\x1b[31m\u202eb")
    'a\\x1b[31m\\u202eb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if _harmless(sign) else sign.encode("unicode_escape").decode() for sign in text)


def _harmless(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


def cell(value: object, *, whole: bool = False) -> str:
    """Give a value as people read it: numbers with separators and four significant digits, long texts cut."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.1f}"
    text = " ".join(str(value).split())
    return safe(text if whole or len(text) <= _WIDEST else f"{text[: _WIDEST - 1].rstrip()}…")


def as_table(rows: Sequence[Mapping[str, object]], whole: Collection[str] = ()) -> str:
    """Lay rows out as a table for people: numbers flush right, the last column and those of `whole` in full."""
    if not rows:
        return ""
    from tabulate import tabulate

    heads = list(rows[0])
    numeric = {head for head in heads if all(isinstance(row[head], int | float) for row in rows)}
    align = ["right" if head in numeric else "left" for head in heads]
    body = [[cell(row[head], whole=head in {heads[-1], *whole}) for head in heads] for row in rows]
    titles = [head.replace("_", " ") for head in heads]
    return tabulate(body, titles, tablefmt="simple", colalign=align, disable_numparse=True)


def as_json(value: object) -> str:
    """Give a value as JSON: sorted where it is a mapping's own order that is not, UTF-8, two spaces."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def as_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Give rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe."""
    stream = io.StringIO()
    if rows:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([_written(value) for value in row.values()] for row in rows)
    return stream.getvalue().rstrip("\n")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> guarded("=1+1"), guarded("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from taking a text for a formula.

    One before a line's end stays: no text of ours begins with that.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    is_ours = text[:1] == "'" and text[1:2] != "\n" and guarded(text[1:]) == text
    return text[1:] if is_ours else text


def _written(value: object) -> object:
    if isinstance(value, str):
        return guarded(value)
    return str(value).lower() if isinstance(value, bool) else value


def as_rows(rows: Iterable[Mapping[str, Any]], form: Format) -> str:
    """Give rows in the form that is asked for."""
    listed = list(rows)
    if form == "json":
        return as_json(listed)
    return as_csv(listed) if form == "csv" else as_table(listed)
