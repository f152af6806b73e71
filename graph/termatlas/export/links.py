"""A glossary's links as SKOS states them: both ways, and without contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termatlas.export.hierarchy import joined
from termatlas.model import Glossary, Reference


class Links(NamedTuple):
    """What leads where, by slug.

    `related` holds each pair both ways; `broader` and `narrower` are each other's inverse. A link of
    a term to itself is only in `written`, as is one between terms that the hierarchy joins already:
    SKOS forbids those to be related (SKOS Reference, S27).
    """

    written: dict[str, tuple[Reference, ...]]  #: of each defined term, as its pages carry them
    wanted: dict[str, str]  #: the terms that no page defines, with their names
    related: dict[str, list[str]]
    broader: dict[str, list[str]]
    narrower: dict[str, list[str]]


def skos_links(glossary: Glossary) -> Links:
    """Gather the links of a glossary with resolved references."""
    written: dict[str, tuple[Reference, ...]] = {}
    for term in glossary.terms:
        written[term.slug] = written.get(term.slug, ()) + term.related
    links = Links(written, {}, defaultdict(list), defaultdict(list), defaultdict(list))
    for slug in sorted(written):
        _add(links, slug, written[slug])
    _keep_apart(links)
    return links


def _add(links: Links, slug: str, references: Iterable[Reference]) -> None:
    written, wanted, related, broader, narrower = links
    for reference in references:
        target, kind = reference.target, reference.kind
        if target not in written and not wanted.get(target):
            wanted[target] = reference.name
        if target != slug:
            here = broader if kind == "broader" else narrower if kind == "narrower" else related
            there = narrower if kind == "broader" else broader if kind == "narrower" else related
            here[slug].append(target)
            there[target].append(slug)


def _keep_apart(links: Links) -> None:
    """Take the pairs that the hierarchy joins from the related ones."""
    apart = joined(links.broader, links.narrower, set(_suspects(links)))
    for low, high in apart:
        for one, other in ((low, high), (high, low)):
            links.related[one] = [slug for slug in links.related[one] if slug != other]


def _suspects(links: Links) -> Iterator[tuple[str, str]]:
    """List the related pairs that could have a way up: the first has something above it, the second below."""
    for slug in links.broader:
        for other in links.related.get(slug, ()):
            if other in links.narrower:
                yield slug, other
