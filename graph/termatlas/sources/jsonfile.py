"""Read glossaries in JSON and JSON Lines.

JSON Lines are streamed. A JSON document is read as a whole: it needs a few times its size in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from termatlas.errors import SourceError
from termatlas.model import Problem, Term, Where
from termatlas.slugs import slugify
from termatlas.sources.fields import clean, select, term_from
from termatlas.sources.files import SourceFile, decoded, translated
from termatlas.sources.jsonentries import Entry, find_entries
from termatlas.sources.jsontext import NotJsonError, loads
from termatlas.sources.nuxt import knows_nuxt
from termatlas.sources.options import Options
from termatlas.sources.reader import Reader

_CONTEXT = re.compile(rb'(?<!\\)"@context"\s*:')
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_NAMELESS = "the entry has neither slug nor name"
_CURE = "give it a name, or tell which field is the name with --map name=FIELD"


def read_json(file: SourceFile, options: Options) -> Iterator[Term | Problem]:
    """Read the entries of a JSON document, wherever they lie in it (see `jsonentries`).

    Where a list's entries have addresses but no slugs, the last segments of the addresses are the
    slugs, if all of them are fit for slugs and no two are the same.

    Raises `SourceError` for what is not JSON.
    """
    try:
        document = loads(file.text())
    except NotJsonError as error:
        raise SourceError(file.label, error.problem, error.cure, place=error.place) from error
    for group in find_entries(document, options.fields):
        slugs = _slugs_of_addresses([entry.record for entry in group], options.fields)
        for position, entry in enumerate(group):
            yield _term(entry, options, file.label, entry.key or (slugs[position] if slugs else ""))


def read_json_lines(file: SourceFile, options: Options) -> Iterator[Term | Problem]:
    """Read an entry a line; a line that is none becomes a `Problem`."""
    with translated(file.label), file.path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _term_of_line(line, number, options, file.label)


def knows_json(file: SourceFile, head: bytes) -> bool:
    """Know JSON by its first sign, unless it is linked data, a payload or JSON Lines."""
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return False
    return not (_CONTEXT.search(head) or knows_nuxt(file, head) or knows_json_lines(file, head))


def knows_json_lines(file: SourceFile, head: bytes) -> bool:
    """Know JSON Lines by the file's suffix, or by two lines that are an object each."""
    if file.path.suffix.lower() in _LINES_SUFFIXES:
        return True
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()][:2]
    return len(lines) == 2 and lines[1].lstrip().startswith(b"{") and _is_object(lines[0])


def _is_object(line: bytes) -> bool:
    try:
        return line.lstrip().startswith(b"{") and isinstance(loads(line.decode()), dict)
    except (NotJsonError, UnicodeDecodeError):
        return False


def _term(entry: Entry, options: Options, label: str, slug: str) -> Term | Problem:
    record = entry.record if isinstance(entry.record, Mapping) else {}
    term = term_from(record, options, file=label, field=entry.pointer, slug=slug)
    return term or Problem(where=Where(file=label, field=entry.pointer), problem=_NAMELESS, cure=_CURE)


def _term_of_line(line: bytes, number: int, options: Options, label: str) -> Term | Problem:
    where = Where(file=label, line=number)
    try:
        record = loads(decoded(line.rstrip(), label, number))
    except SourceError as error:
        return Problem(where=where, problem=error.problem, cure=error.cure)
    except NotJsonError as error:
        place = f"column {error.column}" if error.column else ""
        return Problem(where=Where(file=label, line=number, field=place), problem=error.problem, cure=error.cure)
    if not isinstance(record, Mapping):
        return Problem(where=where, problem="the line is not a JSON object", cure="write one object a line")
    return term_from(record, options, file=label, line=number) or Problem(where=where, problem=_NAMELESS, cure=_CURE)


def _slugs_of_addresses(records: list[Any], fields: Mapping[str, str]) -> list[str]:
    """List the slugs that the addresses of records end in; none where they do not do for all.

    >>> _slugs_of_addresses([{"url": "https://x.org/t/a"}, {"url": "https://x.org/t/b/"}], {})
    ['a', 'b']
    >>> _slugs_of_addresses([{"url": "https://x.org/show?id=1"}, {"url": "https://x.org/show?id=2"}], {})
    []
    """
    slugs: list[str] = []
    for record in records:
        found = select(record, fields) if isinstance(record, Mapping) else {}
        address = found.get("iri", ("", ""))[1]
        if "slug" in found or not isinstance(address, str):
            return []
        slugs.append(clean(unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])))
    is_fit = len(set(slugs)) == len(slugs) and all(slug and slugify(slug) == slug for slug in slugs)
    return slugs if is_fit else []


JSON = Reader(name="json", read=read_json, knows=knows_json)
JSONL = Reader(name="jsonl", read=read_json_lines, knows=knows_json_lines)
