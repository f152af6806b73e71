"""What people write for a concept of another vocabulary → its IRI.

Only what is certain is turned into another IRI: Wikidata's ids and pages into its entities (whose IRIs begin with
http), DBpedia's pages into its resources, pages of the English Wikipedia with plain titles into DBpedia's resources,
which are named after them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from termatlas.align.prefixes import expand, parted

_ITEM = re.compile(r"Q[1-9][0-9]*")
_WIKIDATA = re.compile(
    r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki/(?:Property:|Special:EntityData/)?|entity/)"
    r"([QP][1-9][0-9]*)(?:\.[a-z]+)?(?:[?#].*)?"
)
_DBPEDIA = re.compile(r"https?://dbpedia\.org/(?:page|resource)/([^?#]+)")
_WIKIPEDIA = re.compile(r"https?://en\.(?:m\.)?wikipedia\.org/wiki/([A-Za-z0-9][A-Za-z0-9_.,()'-]*)")
_ANY_WIKIPEDIA = re.compile(r"https?://[a-z-]+\.(?:m\.)?wikipedia\.org/", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*://|(?:urn|info|tag):[^\s:]", re.IGNORECASE)
_NAMING = re.compile(r"https?://[^/?#]|(?:urn|info|tag):.", re.IGNORECASE)
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")


class Target(NamedTuple):
    """An IRI; or the rule that a text breaks, and how."""

    iri: str = ""
    rule: str = ""
    said: str = ""


def target_of(text: str, prefixes: Mapping[str, str]) -> Target:
    """Give the IRI of a concept that is written as an IRI, a CURIE, an id of Wikidata or a page's address.

    >>> target_of("https://www.wikidata.org/wiki/Q42", {}).iri, target_of("wd:Q42", {"wd": "https://e.org/"}).iri
    ('http://www.wikidata.org/entity/Q42', 'https://e.org/Q42')
    >>> target_of("javascript:alert(1)", {}).rule, target_of("https://e.org/a b", {}).rule
    ('unknown-prefix', 'bad-target')
    """
    iri = _entity(text) or (text if _ABSOLUTE.match(text) else expand(text, prefixes))
    if iri:
        return _checked(_entity(iri) or iri)
    prefix, _ = parted(text)
    if prefix:
        return Target("", "unknown-prefix", f'the prefix "{prefix}" of "{text}" stands for nothing')
    return Target("", "bad-target", f'"{text}" is no IRI')


def _entity(text: str) -> str:
    """Give the entity that an id or a page stands for; "" where it is neither."""
    if _ITEM.fullmatch(text):
        return f"http://www.wikidata.org/entity/{text}"
    if found := _WIKIDATA.fullmatch(text):
        return f"http://www.wikidata.org/entity/{found[1]}"
    if found := _DBPEDIA.fullmatch(text):
        return f"http://dbpedia.org/resource/{found[1]}"
    if found := _WIKIPEDIA.fullmatch(text):
        return f"http://dbpedia.org/resource/{found[1][0].upper()}{found[1][1:]}"
    return ""


def _checked(iri: str) -> Target:
    if not is_concept_iri(iri):
        return Target("", "bad-target", f'"{iri}" is no IRI that can name a concept')
    if _ANY_WIKIPEDIA.match(iri):
        return Target(iri, "page-not-concept", f'"{iri}" is a page of Wikipedia')
    return Target(iri)


def is_concept_iri(iri: str) -> bool:
    r"""Tell whether a text is an IRI that can name a thing and that a page may link to: no ``javascript:``.

    Invisible signs, which RFC 3987 (section 4.1) forbids in part, make an IRI look like another one.

    >>> is_concept_iri("https://e.org/é"), is_concept_iri("data:text/html,x"), is_concept_iri("https://e.org/\u202ea")
    (True, False, False)
    """
    import pyoxigraph

    if not iri.isprintable() or _NO_IRI.search(iri) or not _NAMING.match(iri):
        return False
    try:
        pyoxigraph.NamedNode(iri)
    except ValueError:
        return False
    return True
