"""IRIs → the paths at which a server answers for them.

A *key* is a path without its first slash, written in one way: every segment decoded and encoded again. So
``/a%2fb``, ``/%61%2Fb`` and the IRI's own ``/a%2Fb`` are one key, and ``/a/b`` is another. Paths are looked up among
keys and never joined to a folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes

from termatlas.export.blocks import PREFIXES, Plan
from termatlas.export.iris import segment

#: Syntax → the suffix of its documents, in the order in which they are offered.
SUFFIXES: Final = {"html": ".html", "turtle": ".ttl", "jsonld": ".jsonld", "nt": ".nt", "xml": ".rdf", "trig": ".trig"}
_SYNTAX_OF: Final = {suffix[1:]: syntax for syntax, suffix in SUFFIXES.items()}

#: The syntaxes of the mappings' documents.
MAPPED: Final = ("trig", "turtle", "nt")

#: First segments that are the server's own or those of pages about many terms.
_RESERVED: Final = frozenset(
    {
        "",
        "404.html",
        "a-z",
        "api",
        "categories",
        "category",
        "explorer.html",
        "favicon.ico",
        "health",
        "index.html",
        "more",
    }
    | {"openapi.json", "robots.txt", "site", "sparql", "term", *(f"glossary{end}" for end in SUFFIXES.values())}
    | {f"mappings{SUFFIXES[syntax]}" for syntax in MAPPED}
)
_IRI: Final = re.compile(r"https?://[^/?#]*/?([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_TARGET: Final = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_ANSWER: Final = re.compile(r"/\d+(/answer)?$")

#: What an IRI names: ("term", slug), ("category", name) or ("glossary", "").
Thing = tuple[str, str]
GLOSSARY: Final[Thing] = ("glossary", "")


class Addresses(NamedTuple):
    """Where things answer, by key, and where their documents stand, without suffix."""

    things: dict[str, Thing]  #: the key of an IRI → what it names
    documents: dict[str, Thing]  #: the key of documents, without their suffix → what they are about
    of: dict[Thing, str]  #: the same the other way round
    slugs: frozenset[str]
    questions: str  #: what the keys of questions' IRIs begin with
    mappings: str  #: what the keys of the IRIs of mappings and of their graph begin with; "" where they have none


class Found(NamedTuple):
    """What a path leads to: a thing, or one of its documents in a syntax."""

    thing: Thing
    syntax: str = ""


def key(path: str) -> str:
    """Write a path in the one way in which it is looked up.

    >>> key("/glossary/a%2fb"), key("/%e6%b3%a8"), key("/../etc"), key("https://example.org/clip")
    ('glossary/a%2Fb', '%E6%B3%A8', '../etc', 'clip')
    """
    path = _TARGET.sub("", path, count=1)
    return "/".join(quote(unquote_to_bytes(part), safe="") for part in path.removeprefix("/").split("/"))


def iri_key(iri: str) -> str | None:
    """Give the key of an IRI, with its query if it has one; None where it has no path on the web.

    >>> iri_key("https://example.org/glossary/注意"), iri_key("https://example.org/t?id=5#x"), iri_key("urn:isbn:1")
    ('glossary/%E6%B3%A8%E6%84%8F', 't?id=5', None)
    """
    if not (parts := _IRI.match(iri)):
        return None
    path, query = parts.groups()
    return key(path) + (f"?{_query(query)}" if query else "")


def addresses(plan: Plan) -> Addresses:
    """Find a path for every term and category of a glossary, and for the glossary.

    An IRI that several things share but for a fragment or a host stands for the whole glossary.
    """
    things: dict[str, Thing] = {}
    for thing, iri in _named(plan):
        if (at := iri_key(iri)) is not None:
            things[at] = thing if things.get(at, thing) == thing else GLOSSARY
    of: dict[Thing, str] = {}
    documents: dict[str, Thing] = {}
    for thing, iri in _named(plan):
        if thing not in of and thing != GLOSSARY:
            of[thing] = _document(thing, iri_key(iri), things, documents)
            documents[of[thing]] = thing
    questions = iri_key(f"{plan.base}faq/") or "faq/"
    mappings = "" if "#" in plan.base else iri_key(f"{plan.base}mapping/") or ""
    return Addresses(things, documents, of, frozenset(plan.iris), questions, mappings)


def _named(plan: Plan) -> Iterator[tuple[Thing, str]]:
    for slug, iri in plan.iris.items():
        yield ("term", slug), iri
    for category, iri in plan.categories.items():
        yield ("category", category), iri
    yield GLOSSARY, plan.scheme
    yield GLOSSARY, plan.base
    yield GLOSSARY, PREFIXES["ta"]


def _document(thing: Thing, at: str | None, things: dict[str, Thing], taken: dict[str, Thing]) -> str:
    """Choose where the documents of a thing stand: at its IRI's path, or at one by name if that is not free."""
    kind, name = thing
    if at is not None and things[at] == thing and at.partition("/")[0] not in _RESERVED and _is_free(at, things, taken):
        return at
    own = key(f"{'term' if kind == 'term' else 'categories'}/{segment(name)}")
    while not _is_free(own, things, taken):
        own = f"term/{own}"
    return own


def _is_free(at: str, things: dict[str, Thing], taken: dict[str, Thing]) -> bool:
    unfit = "?" in at or at.endswith("/") or at in taken
    return not unfit and not any(at + suffix in things for suffix in SUFFIXES.values())


def find(known: Addresses, at: str, query: str = "") -> Found | None:
    """Find what a key leads to: an IRI's thing, a document, a term by its slug, or the term of a question."""
    if query and (thing := known.things.get(f"{at}?{_query(query)}")):
        return Found(thing)
    if thing := known.things.get(at) or known.documents.get(at):
        return Found(thing)
    stem, _, suffix = at.rpartition(".")
    if suffix in _SYNTAX_OF and (thing := known.documents.get(stem) or _by_slug(known, stem)):
        return Found(thing, _SYNTAX_OF[suffix])
    if thing := _by_slug(known, at) or _asked_about(known, at):
        return Found(thing)
    return None


def _by_slug(known: Addresses, at: str) -> Thing | None:
    slug = unquote(at.removeprefix("term/"))
    return ("term", slug) if at.startswith("term/") and slug in known.slugs else None


def _asked_about(known: Addresses, at: str) -> Thing | None:
    slug = unquote(_ANSWER.sub("", at.removeprefix(known.questions)))
    return ("term", slug) if at.startswith(known.questions) and slug in known.slugs else None


def _query(query: str) -> str:
    return quote(unquote_to_bytes(query), safe="&=;/?")
