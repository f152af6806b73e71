"""A mapping of fields, as JSON, YAML, CSV or front matter give it → a `Term`.

Sources call one thing by many names; `SYNONYMS` knows the common ones, `Options.fields` adds others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from termatlas.errors import UsageError
from termatlas.model import Question, Reference, Term
from termatlas.slugs import slugify
from termatlas.sources.options import Options
from termatlas.sources.text import Inline, plain

#: Field of a term → what sources call it, the usual name first; compared without case, ``_``, ``-`` and spaces.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "slug": ("slug", "id", "key", "termId", "identifier", "notation"),
    "name": ("term", "name", "title", "label", "headword", "prefLabel", "preferredLabel"),
    "aliases": ("aliases", "alias", "synonyms", "synonym", "altLabels", "altLabel", "alternateNames", "alternateName",
                "alsoKnownAs", "aka", "abbreviations", "abbreviation", "acronym", "fullName"),
    "categories": ("categories", "category", "topics", "topic", "collection", "areas", "area", "collections", "domain",
                   "subject", "section", "group", "tags"),
    "definition": ("definition", "shortDefinition", "short", "summary", "description", "gloss"),
    "explanation": ("explanation", "longDefinition", "body", "content", "text", "html", "details", "note"),
    "related": ("related", "relatedTerms", "relatedTo", "seeAlso", "see", "links", "xrefs", "relations"),
    "broader": ("broader", "isA", "parent", "parents", "hypernyms"),
    "narrower": ("narrower", "children", "hyponyms"),
    "prerequisite": ("prerequisite", "prerequisites", "requires"),
    "part_of": ("partOf",),
    "contrast": ("contrast", "contrastsWith", "antonyms", "notToBeConfusedWith"),
    "questions": ("faq", "faqs", "questions", "questionsAndAnswers"),
    "iri": ("iri", "uri", "url", "@id", "permalink"),
    "language": ("language", "lang", "inLanguage"),
}  # fmt: skip

#: The fields that hold links, and the kind that they give them; the first of two links to one term counts,
#: so the kinds that say more come first.
LINK_FIELDS = ("broader", "narrower", "prerequisite", "part_of", "contrast", "related")

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = re.compile(r"\s*[;|\n]\s*")
_COMMAS = re.compile(r"\s*[,;|\n]\s*")
_FOLD = str.maketrans("", "", "_- ")


def folded(key: str) -> str:
    """Fold a field's name for comparison.

    >>> folded("Related_Terms") == folded("relatedTerms")
    True
    """
    return key.translate(_FOLD).casefold()


_FIELD_OF = {folded(name): field for field, names in SYNONYMS.items() for name in (*names, field)}
_RANK = {folded(name): rank for names in SYNONYMS.values() for rank, name in enumerate(names)}


def field_named(name: str) -> str:
    """Find the field of a term that goes by `name`.

    Raises `UsageError` where none does.

    >>> field_named("term"), field_named("see-also")
    ('name', 'related')
    """
    if (field := _FIELD_OF.get(folded(name))) is None:
        raise UsageError(f'a term has no field "{name}"; it has {", ".join(sorted(SYNONYMS))}')
    return field


def legal(text: str) -> str:
    r"""Replace what no text file can hold (lone surrogates, control characters) by U+FFFD.

    >>> legal(" a\x00b ")
    ' a�b '
    """
    # A stricter test than the pattern, and a faster one.
    is_legal = text.isprintable() or text.replace("\n", "").isprintable()
    return text if is_legal else _ILLEGAL.sub("\ufffd", text)


def clean(text: str) -> str:
    r"""Replace what no text file can hold (lone surrogates, control characters) by U+FFFD and trim.

    >>> clean(" a\x00b ")
    'a�b'
    """
    return legal(text).strip()


def lookup(record: Mapping[str, Any], path: str) -> Any:
    """Follow a dotted path through mappings and lists; None where it leads nowhere.

    >>> lookup({"links": [{"to": "a"}, {"to": "b"}]}, "links.to")
    ['a', 'b']
    """
    if path in record:
        return record[path]
    value: Any = record
    for key in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            value = [item.get(key) for item in value if isinstance(item, Mapping)]
        else:
            return None
    return value


def select(record: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, tuple[str, Any]]:
    """Find a term's fields in a record: field → (the record's key for it, value).

    `fields` (field → key or dotted path) comes first; of several synonyms the more usual one wins.
    """
    found: dict[str, tuple[str, Any]] = {}
    for field, key in _known_keys(tuple(record)):
        if field not in found and ((value := record[key]) or value == 0):
            found[field] = (str(key), value)
    for name, path in fields.items():
        value = lookup(record, path)
        if value is not None:
            found[field_named(name)] = (path, value)
    return found


@lru_cache(maxsize=1024)
def _known_keys(keys: tuple[Any, ...]) -> tuple[tuple[str, Any], ...]:
    """Find the keys that a term's fields go by, the more usual ones first: (field, key)."""
    known = [(_FIELD_OF[name], key, _RANK[name]) for key in keys if (name := folded(str(key))) in _FIELD_OF]
    return tuple((field, key) for field, key, _ in sorted(known, key=lambda found: found[2]))


def is_term(record: object, fields: Mapping[str, str]) -> bool:
    """Tell whether a record describes a term: a name, and a text or a link or a slug beside it.

    >>> is_term({"term": "CLIP", "definition": "…"}, {}), is_term({"name": "CLIP"}, {})
    (True, False)
    """
    if not isinstance(record, Mapping):
        return False
    found = select(record, fields)
    has_name = "name" in found and isinstance(found["name"][1], str | int | float)
    return has_name and any(field in found for field in ("definition", "explanation", "related", "aliases"))


def term_from(
    record: Mapping[str, Any], options: Options, *, file: str, line: int = 0, field: str = "", **defaults: Any
) -> Term | None:
    """Make a term of a record; None where it has neither slug nor name.

    `defaults` (``slug``, ``categories``, ``explanation``, …) stand in for fields that the record lacks.
    Texts become plain text, and the links in them references of kind ``inline``. Where no field
    gives a definition, the first paragraph of the explanation is the definition.
    """
    found = {**{name: (name, value) for name, value in defaults.items() if value}, **select(record, options.fields)}
    name = _text(found, "name").removesuffix(options.strip).rstrip()
    slug = _text(found, "slug") or slugify(name)
    if not slug and not name:
        return None
    definition, first_links = plain(_text(found, "definition"), options.markup)
    explanation, more_links = plain(_text(found, "explanation"), options.markup)
    if not definition:
        definition, _, explanation = (part.strip() for part in explanation.partition("\n\n"))
    return Term(
        slug=sys.intern(slug or name),
        name=name or slug,
        aliases=tuple(_aliases(_value(found, "aliases"), name or slug)),
        categories=tuple(sys.intern(category) for category in _names(_value(found, "categories"))),
        definition=definition,
        explanation=explanation,
        related=(*_field_references(found, line, field), *inline_references((*first_links, *more_links), line)),
        questions=tuple(_questions(_value(found, "questions"), options)),
        iri=_text(found, "iri"),
        language=_text(found, "language"),
        anchors=tuple(_value(found, "anchors") or ()),
        file=file,
        line=line,
        field=field,
    )


def _field_references(found: Mapping[str, tuple[str, Any]], line: int, field: str) -> Iterator[Reference]:
    """Read the links that stand in fields of their own."""
    for kind in LINK_FIELDS:
        if kind in found:
            key, value = found[kind]
            yield from references(value, kind, f"{field}, {key}" if field else key, line)


def references(value: Any, kind: str, key: str, line: int) -> Iterator[Reference]:
    """Read links from a list of strings or mappings, or from one string with ``;``, ``|`` or line ends between."""
    items = _split(value, _SEPARATORS) if isinstance(value, str) else value if isinstance(value, Sequence) else [value]
    for position, item in enumerate(items):
        place = _place(key, position)
        is_mapping = not isinstance(item, str) and isinstance(item, Mapping)  # the first test is the faster one
        if is_mapping:
            if reference := _from_mapping(item, kind, place, line):
                yield reference
        elif written := clean(_scalar(item)):
            yield Reference(written=sys.intern(written), kind=sys.intern(kind), line=line, field=place)


@lru_cache(maxsize=1024)
def _place(key: str, position: int) -> str:
    return f"{key}[{position}]"


def inline_references(links: Iterable[Inline], line: int) -> Iterator[Reference]:
    """Make references of the links in running text."""
    for position, link in enumerate(links):
        if target := clean(link.target):
            yield Reference(
                written=target, name=clean(link.label), kind="inline", line=line, field=f"text link {position + 1}"
            )


def _from_mapping(item: Mapping[str, Any], kind: str, place: str, line: int) -> Reference | None:
    found = select(item, {})
    name = _text(found, "name")
    written = _text(found, "slug") or _text(found, "iri") or name or clean(_scalar(item.get("target")))
    if not written:
        return None
    own_kind = clean(_scalar(item.get("kind") or item.get("type")))
    return Reference(
        written=sys.intern(written),
        name=name,
        kind=sys.intern(own_kind or kind),
        line=line,
        field=place,
    )


def _value(found: Mapping[str, tuple[str, Any]], field: str) -> Any:
    return found[field][1] if field in found else None


def _text(found: Mapping[str, tuple[str, Any]], field: str) -> str:
    return clean(_scalar(found[field][1])) if field in found else ""


def _scalar(value: Any) -> str:
    """Give the text of a value: of a list its items' paragraphs, of a mapping its name or value."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return "\n\n".join(filter(None, _texts(value)))


def _texts(value: Any) -> Iterator[str]:
    """List the texts in a value. What it holds twice, such as itself, counts once."""
    stack = [value]
    seen: set[int] = set()
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping | Sequence):
            if id(value) not in seen:
                seen.add(id(value))
                stack.extend([_named_value(value)] if isinstance(value, Mapping) else reversed(value))
        elif value is not None and not isinstance(value, bool):
            yield str(value)


def _named_value(record: Mapping[str, Any]) -> Any:
    return next((record[key] for key in ("@value", "value", "name", "text", "title") if key in record), None)


def _split(value: str, separators: re.Pattern[str]) -> list[str]:
    return [part for part in separators.split(value.strip()) if part]


def _names(value: Any) -> list[str]:
    """Read names from a list, or from one string with separators; doubles are dropped."""
    if value is None:
        return []
    if isinstance(value, str):
        items: Iterable[Any] = _split(value, _SEPARATORS)
    else:
        items = value if isinstance(value, Sequence) else [value]
    names = (clean(_name_of(item)) for item in items)
    return list(dict.fromkeys(" ".join(name.split()) for name in names if name))


def _name_of(item: Any) -> str:
    if isinstance(item, Mapping):
        found = select(item, {})
        return _scalar(next((found[key][1] for key in ("name", "categories", "slug") if key in found), ""))
    return _scalar(item)


def _aliases(value: Any, name: str) -> list[str]:
    items = _split(value, _COMMAS) if isinstance(value, str) else value
    return [alias for alias in _names(items) if alias != name]


def _questions(value: Any, options: Options) -> Iterator[Question]:
    for item in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        if isinstance(item, Mapping):
            fields = {folded(str(key)): entry for key, entry in item.items()}
            question = clean(_scalar(fields.get("question", fields.get("q", fields.get("name")))))
            answer = clean(_scalar(fields.get("answer", fields.get("a", fields.get("acceptedanswer")))))
            if question:
                yield Question(question=question, answer=plain(answer, options.markup)[0])
