"""YAML: lists of terms, mappings from slugs to terms, and documents that hold such anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from termatlas.model import Problem, Reference, Term, Where
from termatlas.sources.fields import folded, select, term_from
from termatlas.sources.files import SourceFile
from termatlas.sources.options import Options
from termatlas.sources.places import slug_of
from termatlas.sources.reader import Reader
from termatlas.sources.signs import head_text, is_foreign
from termatlas.sources.yamltree import Document, documents

_SUFFIXES = frozenset({".yaml", ".yml"})
_LIST_OF_MAPPINGS = re.compile(
    r"(?:%YAML[^\n]*\n)?(?:(?:---)?[ \t]*(?:#[^\n]*)?\n)*-[ \t]+[\"']?\w[\w -]*[\"']?:(?:\s|$)"
)
_CONTENTS = frozenset({"definition", "explanation", "related", "aliases"})
#: Lists beside a term's fields that can hold names and texts, and yet no terms.
_ABOUT_A_TERM = frozenset({
    "bibliography", "citations", "examples", "furtherreading", "literature", "procedure", "references", "resources",
    "sources", "translations", "usage",
})  # fmt: skip
_PLACE = re.compile(r"(?:.*, )?(?P<key>.+)\[(?P<position>\d+)\]")


@dataclass(frozen=True, slots=True)
class _Reading:
    document: Document
    label: str
    options: Options
    seen: set[int] = field(default_factory=set)  #: the identities of what was read: an alias is not read twice


def read_yaml(file: SourceFile, options: Options) -> Iterator[Term | Problem]:
    """Read the terms of a document, wherever they lie in it, in order.

    A term is a mapping with a name and a text or links. Where a list holds one, all its mappings are
    terms; so are all values of a mapping of mappings that has one, and a key is the slug of its value.

    Raises `SourceError`, with line and column, for what is not YAML.
    """
    for document in documents(file.text(), file.label):
        yield from _walk(document.value, "", _Reading(document, file.label, options))


def knows_yaml(file: SourceFile, head: bytes) -> bool:
    """Know YAML by its file's name, or by a list of mappings at its start."""
    text = head_text(head)
    if is_foreign(text):
        return False
    suffix = file.path.suffix.lower()
    return suffix in _SUFFIXES or (suffix in {"", ".txt"} and bool(_LIST_OF_MAPPINGS.match(text)))


YAML = Reader(name="yaml", read=read_yaml, knows=knows_yaml)


def _walk(value: Any, pointer: str, reading: _Reading) -> Iterator[Term | Problem]:
    """Find terms in a value; `pointer` is its place in the document, as RFC 6901 writes it."""
    if not isinstance(value, dict | list) or id(value) in reading.seen:
        return
    reading.seen.add(id(value))
    if isinstance(value, dict) and _is_entry(value, reading) and not _holds_entries(value, reading):
        yield from _entry(value, pointer, reading)
    elif _is_glossary(value, reading):
        for key, item in _items(value):
            yield from _member(value, key, item, f"{pointer}/{_escaped(key)}", reading)
    else:
        for key, item in _items(value):
            yield from _walk(item, f"{pointer}/{_escaped(key)}", reading)


def _items(value: dict[str, Any] | list[Any]) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _is_entry(value: object, reading: _Reading, *, keyed: bool = False) -> bool:
    """Tell whether a value describes a term: a name or a slug, unless a key gives them, and a text or links."""
    if not isinstance(value, dict):
        return False
    found = select(value, reading.options.fields).keys()
    return bool(found & _CONTENTS) and (keyed or "name" in found or "slug" in found)


def _is_glossary(value: dict[str, Any] | list[Any], reading: _Reading) -> bool:
    """Tell whether a value is a list of terms or a mapping from slugs to terms."""
    if isinstance(value, list):
        return any(_is_entry(item, reading) for item in value)
    items = value.values()
    return all(isinstance(item, dict) for item in items) and any(_is_entry(item, reading, keyed=True) for item in items)


def _holds_entries(value: dict[str, Any], reading: _Reading) -> bool:
    """Tell whether a mapping with a name and a text is the title page of a glossary that it holds."""
    own = {key for key, _ in select(value, reading.options.fields).values()}
    inside = [item for key, item in value.items() if key not in own and folded(key) not in _ABOUT_A_TERM]
    seen: set[int] = set()
    while inside:
        item = inside.pop()
        if isinstance(item, dict | list) and id(item) not in seen:
            seen.add(id(item))
            if isinstance(item, list) and _is_glossary(item, reading):
                return True
            inside.extend(item.values() if isinstance(item, dict) else item)
    return False


def _member(container: Any, key: Any, item: Any, pointer: str, reading: _Reading) -> Iterator[Term | Problem]:
    """Read one of the terms of a list or of a mapping from slugs to terms."""
    line = reading.document.line_of(container, key)
    if isinstance(item, dict) and (isinstance(key, str) or not _holds_entries(item, reading)):
        yield from _entry(item, pointer, reading, line=line, key=key if isinstance(key, str) else "")
    elif isinstance(item, dict | list):
        yield from _walk(item, pointer, reading)
    elif item is not None:
        where = Where(file=reading.label, line=line, field=pointer)
        yield Problem(
            where=where, problem="a text among terms", cure='write it as a mapping with "term" and "definition"'
        )


def _entry(
    record: dict[str, Any], pointer: str, reading: _Reading, *, line: int = 0, key: str = ""
) -> Iterator[Term | Problem]:
    line = line or min(reading.document.lines.get(id(record), {}).values(), default=reading.document.line)
    defaults = {"slug": slug_of(key), "name": key} if key else {}
    term = term_from(record, reading.options, file=reading.label, line=line, field=pointer, **defaults)
    if term is None:
        where = Where(file=reading.label, line=line, field=pointer)
        yield Problem(where=where, problem="neither a name nor a slug", cure='give the entry a "term"')
    else:
        yield replace(term, related=tuple(_with_line(link, record, reading.document) for link in term.related))


def _with_line(reference: Reference, record: dict[str, Any], document: Document) -> Reference:
    """Give a link the line that it stands on."""
    place = _PLACE.fullmatch(reference.field)
    if place is None:
        return reference
    key = place["key"] if place["key"] in record else place["key"].partition(".")[0]
    line = document.line_of(record.get(key), int(place["position"])) or document.line_of(record, key)
    return replace(reference, line=line or reference.line)
