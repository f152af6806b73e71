"""What is wrong with a hierarchy of typed links, and with a vocabulary by the conditions of SKOS.

Links of the kinds ``broader`` and ``narrower``, in whatever format, make a hierarchy; what only the file of a
vocabulary can show, its reader has noted as violations of the glossary. A ``related`` link of another format says
that a page leads there, not that the hierarchy does not: only in a vocabulary can the two contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from termatlas.analysis import Csr
from termatlas.findings.model import Hit
from termatlas.model import Glossary, Reference, Term
from termatlas.sources.skoshierarchy import reached

Up = dict[str, dict[str, tuple[Term, Reference]]]  # term → those above it, with the link that says so


def find_cycles(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the groups of terms of which each is above each, or asked for before each."""
    kinds = (("broader", "narrower", "broader than itself"), ("prerequisite", "", "a prerequisite of itself"))
    for upwards, downwards, what in kinds:
        up = _up(glossary, upwards, downwards)
        for group in _cycles(up):
            first, *_ = members = sorted(group)
            named = ", ".join(f'"{glossary[slug].name}"' for slug in members[:5])
            more = f" and {len(members) - 5:,} more" if len(members) > 5 else ""
            term, link = next(up[first][high] for high in up[first] if high in group)
            yield Hit(term.where_of(link), f"each of {named}{more} is {what}", first, weight=len(members))


def find_redundant(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the links to a broader term that broader terms of the term lead to anyway; not those in cycles."""
    up = _up(glossary, "broader", "narrower")
    for low, highs in up.items():
        if len(highs) > 1:
            above = {high: reached(up, high) for high in highs}
            for high, (term, link) in highs.items():
                between = next((other for other in highs if other != high and high in above[other]), "")
                if between and between not in above[high]:
                    one, other, third = _names(glossary, low, high, between)
                    yield Hit(term.where_of(link), f"{other} is above {one} anyway, by {third}", low, high)


def find_label_clashes(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the labels of two kinds (S13): in other formats, aliases that are the term's own name."""
    seen: set[str] = set()
    for hit in _violations(glossary, "S13"):
        seen.add(hit.term)
        yield hit
    for term in glossary.terms:
        if term.name in term.aliases and term.slug not in seen:
            yield Hit(term.where, f'"{term.name}" is both name and alias of {term.slug}', term.slug)


def of_condition(condition: str) -> Callable[[Glossary, Csr], Iterator[Hit]]:
    """Make the function that finds the violations of a condition."""

    def find(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
        return _violations(glossary, condition)

    return find


def _violations(glossary: Glossary, condition: str) -> Iterator[Hit]:
    broken = [each for each in glossary.violations if each.condition == condition]
    slugs = {term.iri: term.slug for term in glossary.terms} if broken else {}
    for each in broken:
        term = slugs.get(each.subject, "")
        yield Hit(each.where, each.message, term, slugs.get(each.object, "") if term else "", each.weight)


def _up(glossary: Glossary, upwards: str, downwards: str) -> Up:
    """Give the terms above each term by links of one kind, and by those of another turned round."""
    up: Up = {}
    for term in glossary.terms:
        for link in term.related:
            if link.kind == upwards:
                low, high = term.slug, link.target
            elif link.kind == downwards:
                low, high = link.target, term.slug
            else:
                continue
            if low != high and low in glossary and high in glossary:
                up.setdefault(low, {}).setdefault(high, (term, link))
    return up


def _cycles(up: Up) -> list[set[str]]:
    """Give the groups of two or more of which each leads to each: the strong components."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph((low, high) for low, highs in up.items() for high in highs)
    return [group for group in nx.strongly_connected_components(graph) if len(group) > 1]


def _names(glossary: Glossary, *slugs: str) -> list[str]:
    return [f'"{glossary[slug].name}"' for slug in slugs]
