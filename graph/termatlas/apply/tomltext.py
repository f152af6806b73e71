"""Links put into TOML: the standard library reads it without places, so the text is scanned for them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from termatlas.apply.edits import list_edit
from termatlas.apply.model import Adding, Edit, NotWritable
from termatlas.apply.records import joined_to, link_key, new_items
from termatlas.apply.spelling import House

_SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[\w-]+")
_OTHER = re.compile(r"[^\s,#\]}=\"'\[{]+(?: [0-9][^\s,#\]}]*)?")


class Field(NamedTuple):
    """A ``key = value`` at the top of a text: the key as it is written, and the value's place."""

    key: str
    start: int
    end: int


def toml_edits(text: str, adding: Adding, house: House) -> list[Edit]:
    """Give the edits that add links to the term that the top of a TOML text describes.

    Raises `NotWritable`.
    """
    record = tomllib.loads(text)
    key = link_key(record, house)
    fields = _fields(text)
    found = next((field for field in fields if _unquoted(field.key) == key), None)
    if found is None and key in record:
        raise NotWritable(f"{key} is a table")
    if found is None:
        made = new_items(adding.term, key, [], adding.targets, house)
        name = key if _BARE_KEY.fullmatch(key) and key.isascii() else _quoted(key)
        return [_new_line(text, fields, f"{name} = [{', '.join(map(_written, made))}]")]
    value = record[key]
    if isinstance(value, list):
        spans = list(_items(text, found.start))
        made = new_items(adding.term, key, value, adding.targets, house)
        return [list_edit(text, found.start, spans, [*map(_written, made)], ", ")]
    if isinstance(value, str) and text[found.start : found.start + 3] not in {'"""', "'''"}:
        more = joined_to(value, adding.term, key, adding.targets, house)
        is_literal = text[found.start] == "'"
        if is_literal and "'" in more:
            raise NotWritable(f"{key} is a literal string, which cannot hold an apostrophe")
        place = found.end - 1
        return [Edit(place, place, more if is_literal else _quoted(more)[1:-1])]
    raise NotWritable(f"{key} is no list")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _written(item: str | dict[str, str]) -> str:
    if isinstance(item, str):
        return _quoted(item)
    return "{ " + ", ".join(f"{key} = {_quoted(value)}" for key, value in item.items()) + " }"


def _unquoted(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0"))) if key[:1] in {'"', "'"} else key


def _new_line(text: str, fields: list[Field], line: str) -> Edit:
    """Put a line after that of the last field, first of all where there is none."""
    if not fields:
        return Edit(0, 0, f"{line}\n")
    end = text.find("\n", fields[-1].end)
    place = len(text) if end < 0 else end
    return Edit(place, place, f"\n{line}")


def _fields(text: str) -> list[Field]:
    """List the fields before the first table."""
    fields: list[Field] = []
    place = _after_space(text, 0)
    while place < len(text) and text[place] != "[":
        equals = place
        while text[equals] != "=":
            string = _STRING.match(text, equals)
            equals = string.end() if string else equals + 1
        start = _after_space(text, equals + 1)
        end = _value_end(text, start)
        fields.append(Field(text[place:equals].strip(), start, end))
        place = _after_space(text, end)
    return fields


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _value_end(text: str, start: int) -> int:
    """Find where a value ends."""
    if text[start] in "[{":
        place = start + 1
        while text[place := _after_space(text, place)] not in "]}":
            place = place + 1 if text[place] in ",=" else _value_end(text, place)
        return place + 1
    found = _STRING.match(text, start) or _OTHER.match(text, start)
    if found is None:
        raise NotWritable("its TOML is written in a way of its own")
    return found.end()


def _items(text: str, opening: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the items of an array."""
    place = _after_space(text, opening + 1)
    while text[place] != "]":
        end = _value_end(text, place)
        yield place, end
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)
