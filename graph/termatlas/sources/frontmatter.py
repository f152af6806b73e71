"""Front matter: the fields between ``---`` (YAML) or ``+++`` (TOML) at the head of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from termatlas.errors import SourceError
from termatlas.sources.yamltree import documents

_CLOSED = re.compile(r"(---|\+\+\+)[ \t]*\n(?:(.*?)\n)??(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_UNCLOSED = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*:(?:\s|$)|\+\+\+[ \t]*\n")
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its fields with their lines, its text and the line on which the text begins."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)  #: of ``title`` and of ``related[2]``
    body: str = ""
    body_line: int = 1


def split(text: str, label: str) -> Page:
    r"""Split a page into front matter and text.

    Raises `SourceError`, with line and column, for front matter that is not YAML, not TOML, not a
    mapping or never closed.

    >>> page = split("---\ntitle: CLIP\n---\nText", "clip.md")
    >>> page.fields, page.lines, page.body, page.body_line
    ({'title': 'CLIP'}, {'title': 2}, 'Text', 4)
    """
    match = _CLOSED.match(text)
    if match is None:
        if _UNCLOSED.match(text):
            raise SourceError(
                label, "the front matter is not closed", f"put {text[:3]} on the line after it", place="line 1"
            )
        return Page(body=text)
    read = _yaml if match[1] == "---" else _toml
    fields, lines = read(match[2] or "", label)
    return Page(fields=fields, lines=lines, body=text[match.end() :], body_line=1 + text.count("\n", 0, match.end()))


def _yaml(text: str, label: str) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    document = next(documents(text, label, first_line=2), None)
    if document is None or document.value is None:
        return {}, {}
    if not isinstance(document.value, dict):
        raise SourceError(label, "the front matter is not a mapping", 'write "title: …"', place=f"line {document.line}")
    lines: dict[str, int] = {}
    for key, value in document.value.items():
        lines[key] = document.line_of(document.value, key)
        for position in range(len(value) if isinstance(value, list) else 0):
            lines[f"{key}[{position}]"] = document.line_of(value, position)
    return document.value, lines


def _toml(text: str, label: str) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    import tomllib

    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        line, column = (int(found[1]) + 1, found[2]) if found and found[1] else (text.count("\n") + 2, "1")
        problem = f"not TOML ({_TOML_PLACE.sub('', str(error)).lower()})"
        raise SourceError(
            label, problem, "put texts between quotation marks", place=f"line {line}, column {column}"
        ) from error
    lines = enumerate(text.split("\n"), start=2)
    return fields, {line.partition("=")[0].strip(): number for number, line in lines if "=" in line}
