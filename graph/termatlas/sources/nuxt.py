"""Read the data of Nuxt pages: ``_payload.json`` files and pages that hold it inline.

A payload holds whatever a page needs: menus, posts, prices, and on the page of a term the term. It is
found by its fields, wherever it lies: it has a name, a text or links, and a key that is a glossary's
(see `recognize`). What stands in the links of a term is a reference to another page, and a term of
this one only if it has an explanation or links of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from json import JSONDecoder
from typing import Any

from termatlas.errors import SourceError
from termatlas.model import Term
from termatlas.sources import devalue
from termatlas.sources.devalue import DevalueError, SparseArray
from termatlas.sources.fields import term_from
from termatlas.sources.files import SourceFile
from termatlas.sources.options import Options
from termatlas.sources.reader import Reader
from termatlas.sources.recognize import is_full_term, is_sure_term, link_values

_SCRIPT_ID = "__NUXT_DATA__"
_PAYLOAD_KEYS = frozenset({"data", "state", "once", "_errors", "serverRendered", "prerenderedAt"})


def read_nuxt(file: SourceFile, options: Options) -> Iterator[Term]:
    """Read the terms of a payload; of most pages, none.

    Raises `SourceError` where a payload is damaged.
    """
    for line, text in _payloads(file.text()):
        try:
            values = devalue.decode(text, devalue.NUXT, unknown=devalue.itself)
        except DevalueError as error:
            place = ", ".join(filter(None, (f"line {line}" if line else "", error.place)))
            raise SourceError(file.label, error.problem, "save the page's payload again", place=place) from error
        yield from _terms(values, options, file.label, line)


def knows_nuxt(file: SourceFile, head: bytes) -> bool:
    """Know a payload by the look of its first value, and a page by the script that holds one."""
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith("["):
        return _looks_encoded(text)
    is_page = file.path.suffix.lower() in {".html", ".htm"} or text[:1000].lower().startswith(("<!doctype", "<html"))
    return is_page and _SCRIPT_ID.encode() in file.bytes()


def _looks_encoded(text: str) -> bool:
    """Tell a payload from an array of JSON: its first value refers to others by their numbers.

    >>> _looks_encoded('[{"data":1},{}]'), _looks_encoded('[["Reactive",1],{}]')
    (True, True)
    >>> _looks_encoded('[{"id":1},{"id":2}]'), _looks_encoded('[{"term":"CLIP"}]')
    (False, False)
    """
    start = len(text) - len(text[1:].lstrip())
    try:
        first, end = JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return False
    if isinstance(first, list):
        return bool(first) and isinstance(first[0], str) and first[0] in devalue.NUXT
    if not isinstance(first, dict) or not first or not all(type(value) is int for value in first.values()):
        return False
    following = text[end:].lstrip(" \t\r\n,")[:1]
    return bool(_PAYLOAD_KEYS & first.keys()) or following not in ("{", "]", "")


class _Scripts(HTMLParser):
    """Collects the payloads that stand inline in a page: (line, text)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_inside = tag == "script" and dict(attrs).get("id") == _SCRIPT_ID

    def handle_data(self, data: str) -> None:
        if self.is_inside and data.strip():
            self.found.append((self.getpos()[0], data))

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = False


def _payloads(text: str) -> list[tuple[int, str]]:
    """List the payloads of a file with the lines where they begin, 0 where the payload is the file."""
    if not text.lstrip().startswith("<"):
        return [(0, text)]
    scripts = _Scripts()
    scripts.feed(text)
    scripts.close()
    return scripts.found


def _terms(values: dict[int, Any], options: Options, label: str, line: int) -> Iterator[Term]:
    """Make terms of the records in a decoded payload, each once however often it is referred to."""
    indices = {id(value): index for index, value in sorted(values.items())}
    for record in _records(values[0], options.fields):
        place = f"value {indices.get(id(record), 0)}"
        if term := term_from(_dense(record), options, file=label, line=line, field=place):
            yield term


def _records(root: Any, fields: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Find the records of terms: first those that lie about, then those that only links of terms lead to."""
    seen: set[int] = set()
    linked: list[Any] = []
    yield from _walk([root], fields, is_sure_term, seen, linked)
    while linked:
        found = linked.copy()
        linked.clear()
        yield from _walk(found, fields, is_full_term, seen, linked)


def _walk(
    values: list[Any],
    fields: Mapping[str, str],
    is_wanted: Callable[[object, Mapping[str, str]], bool],
    seen: set[int],
    linked: list[Any],
) -> Iterator[Mapping[str, Any]]:
    """Visit what `values` hold, each value once and in order; put the links of the terms by, in `linked`."""
    stack = values[::-1]
    while stack:
        value = stack.pop()
        if id(value) in seen or not isinstance(value, dict | list | tuple | SparseArray):
            continue
        seen.add(id(value))
        links: list[Any] = []
        if isinstance(value, dict) and is_wanted(value, fields):
            yield value
            links = link_values(value, fields)
            linked.extend(links)
        avoided = {id(link) for link in links}
        stack.extend(child for child in reversed(_children(value)) if id(child) not in avoided)


def _children(value: Any) -> list[Any]:
    if isinstance(value, SparseArray):
        return list(value.items.values())
    return list(value.values() if isinstance(value, dict) else value)


def _dense(record: Mapping[str, Any]) -> dict[str, Any]:
    """Give a record whose sparse arrays are lists of what they hold."""
    return {key: _children(value) if isinstance(value, SparseArray) else value for key, value in record.items()}


READER = Reader(name="nuxt", read=read_nuxt, knows=knows_nuxt)
