"""Circles: definitions that explain two or three terms by each other (ISO 704 calls them circular definitions)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from termatlas.analysis import Csr
from termatlas.findings.model import Hit
from termatlas.findings.spoken import folded, words
from termatlas.model import Glossary, Term
from termatlas.suggest.names import names_of
from termatlas.suggest.texts import sentences

_ACRONYM = 6  # names in capitals of at most so many letters are other words when written small: IT, ADD
_FEWEST_SIGNS = 3  # shorter names, such as "C" and "go", stand for too much else

Parts = tuple[str, ...]


class Names(NamedTuple):
    """What terms are called, to be looked up in texts."""

    owners: dict[Parts, tuple[str, str]]  #: folded words → the term, and the name as written where case counts
    lengths: dict[str, dict[str, list[int]]]  #: first word → second, if any → lengths of such names, in falling order


def find_circles(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the pairs and triples of terms whose definitions name each other in their first sentences.

    What comes later in a definition are examples and remarks. A triple with a pair in it is not found again.
    """
    names = _names(glossary)
    named = {slug: _named(glossary[slug], names) for slug in dict.fromkeys(term.slug for term in glossary.terms)}
    for one, others in named.items():
        for other in sorted(others):
            if one in named[other]:
                if one < other:
                    yield _circle(glossary, (one, other))
            else:
                thirds = (third for third in sorted(named[other]) if third not in others and other not in named[third])
                yield from (
                    _circle(glossary, (one, other, third)) for third in thirds if _is_first(named, one, other, third)
                )


def _is_first(named: dict[str, set[str]], one: str, other: str, third: str) -> bool:
    """Tell whether three terms are a circle, and `one` is that of the three from which it is told."""
    return one < min(other, third) and one in named[third]


def _circle(glossary: Glossary, slugs: tuple[str, ...]) -> Hit:
    *first, last = (f'"{glossary[slug].name}"' for slug in slugs)
    message = f"the definitions of {', '.join(first)} and {last} name each other"
    if len(slugs) == 3:
        message += " in a circle"
    return Hit(glossary[slugs[0]].where, message, slugs[0], slugs[1], weight=4 - len(slugs))


def _names(glossary: Glossary) -> Names:
    """Index the names of the terms; a name that several terms have names none."""
    calls: dict[Parts, dict[str, str]] = {}
    for term in glossary.terms:
        for name in names_of(term):
            is_acronym = len(name) <= _ACRONYM and name.isupper()
            if is_acronym or len(name) >= _FEWEST_SIGNS:
                parts = tuple(map(folded, words(name)))
                calls.setdefault(parts, {})[term.slug] = name if is_acronym else ""
    owners = {parts: next(iter(terms.items())) for parts, terms in calls.items() if parts and len(terms) == 1}
    lengths: dict[str, dict[str, list[int]]] = {}
    for parts in sorted(owners, key=len, reverse=True):
        found = lengths.setdefault(parts[0], {}).setdefault("".join(parts[1:2]), [])
        if len(parts) not in found:
            found.append(len(parts))
    return Names(owners, lengths)


def _named(term: Term, names: Names) -> set[str]:
    """Give the other terms that the first sentence of a definition names; of names at one place the longest counts."""
    end = next((end for _, end in sentences(term.definition)), 0)
    written = words(term.definition[:end])
    text = tuple(map(folded, written))
    found: set[str] = set()
    at = 0
    while at < len(text):
        begun = names.lengths.get(text[at])
        slug, length = _at(names, begun, text, written, at) if begun else ("", 1)
        found.add(slug)
        at += length
    return found - {term.slug, ""}


def _at(names: Names, begun: dict[str, list[int]], text: Parts, written: list[str], at: int) -> tuple[str, int]:
    """Give the term that the words at a place name, and how many they are; "" and one where they name none."""
    longer = begun.get(text[at + 1]) if at + 1 < len(text) else None
    alone = begun.get("")
    for length in (*(longer or ()), *(alone or ())) if longer or alone else ():
        slug, exact = names.owners.get(text[at : at + length], ("", ""))
        if slug and (not exact or " ".join(written[at : at + length]) == exact):
            return slug, length
    return "", 1
