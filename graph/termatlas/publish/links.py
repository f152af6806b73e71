"""A term's links as its page shows them: where they lead and where others come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from termatlas.model import Glossary
from termatlas.publish.texts import short

#: Kinds of link that say no more than that there is one.
PLAIN_KINDS = frozenset(("related", "inline"))

#: slug → target → the kinds of link between them, in the order of the page
Outgoing = Mapping[str, Mapping[str, tuple[str, ...]]]


class Neighbour(NamedTuple):
    """A term at the other end of a link."""

    slug: str
    name: str
    address: str  #: of its page, without suffix; "" where it has none: it is *wanted*
    colour: str  #: the token of its first category's colour
    kinds: tuple[str, ...]  #: of the link, plain ones left out
    leads_to: bool  #: a link leads to it
    leads_back: bool  #: a link comes from it

    @property
    def one_way(self) -> bool:
        """Tell whether one of the two links to the other and the other, though it has a page, not back."""
        return bool(self.address) and self.leads_to != self.leads_back


def words_of(kinds: tuple[str, ...]) -> str:
    """Say what kinds of link there are.

    >>> words_of(("part_of", "broader"))
    'part of, broader'
    """
    return short(", ".join(kinds).replace("_", " "), 60)


def outgoing(glossary: Glossary) -> dict[str, dict[str, tuple[str, ...]]]:
    """Gather what each term links to, itself left out; several links to one term become one with several kinds.

    >>> from termatlas.model import Reference, Term
    >>> link = Reference(written="b", target="b", kind="broader")
    >>> outgoing(Glossary(terms=(Term(slug="a", name="A", related=(link, link)),)))
    {'a': {'b': ('broader',)}}
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for term in glossary.terms:
        targets = found.setdefault(term.slug, {})
        for reference in term.related:
            if reference.target != term.slug:
                known = targets.get(reference.target, ())
                plain = reference.kind in PLAIN_KINDS or reference.kind in known
                targets[reference.target] = known if plain else (*known, reference.kind)
    return found


def incoming(leading: Outgoing) -> dict[str, list[str]]:
    """List for each term the terms that link to it."""
    found: dict[str, list[str]] = {}
    for slug, targets in leading.items():
        for target in targets:
            found.setdefault(target, []).append(slug)
    return found


def wanted(glossary: Glossary) -> dict[str, str]:
    """Give the name of each term that links lead to and no page defines: the one that its first link gives it."""
    found: dict[str, str] = {}
    for term in glossary.terms:
        for reference in term.related:
            if reference.target not in glossary:
                found.setdefault(reference.target, reference.name or reference.target)
    return found
