"""What is wrong with the shape: terms that nothing leads to or that lead nowhere, islands, one-way links."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from termatlas.analysis import islands, one_way_links, status
from termatlas.findings.model import Hit
from termatlas.model import Glossary, Reference, Term, Where


def find_wanted(glossary: Glossary, graph: nx.DiGraph[str]) -> Iterator[Hit]:
    """Find the targets that no page defines, with the links that want them."""
    wanting: dict[str, list[tuple[Term, Reference]]] = {}
    for term in glossary.terms:
        for link in term.related:
            if link.target not in glossary:
                wanting.setdefault(link.target, []).append((term, link))
    for slug, links in wanting.items():
        first, link = links[0]
        sources = sorted({term.slug for term, _ in links})
        named = ", ".join(sources[:3]) + (f" and {len(sources) - 3:,} more" if len(sources) > 3 else "")
        name = graph.nodes[slug].get("name", slug)
        yield Hit(
            where=first.where_of(link),
            message=f'no page defines "{name}", which {named} {"links" if len(sources) == 1 else "link"} to',
            term=slug,
            weight=len(sources),
        )


def find_isolated(glossary: Glossary, graph: nx.DiGraph[str]) -> Iterator[Hit]:
    """Find the terms with no link in and none out."""
    return _with_status(glossary, graph, "isolated", "no link leads to it and none leads out")


def find_orphans(glossary: Glossary, graph: nx.DiGraph[str]) -> Iterator[Hit]:
    """Find the defined terms that no link leads to, other than isolated ones."""
    return _with_status(glossary, graph, "orphan", "no link leads to it")


def find_dead_ends(glossary: Glossary, graph: nx.DiGraph[str]) -> Iterator[Hit]:
    """Find the defined terms that no link leads out of; orphans among them count as isolated."""
    return _with_status(glossary, graph, "dead-end", "no link leads out of it")


def _with_status(glossary: Glossary, graph: nx.DiGraph[str], name: str, message: str) -> Iterator[Hit]:
    for slug, value in status(graph).items():
        if value == name:
            yield Hit(
                where=_where(glossary, slug), message=f'"{graph.nodes[slug].get("name", slug)}": {message}', term=slug
            )


def find_one_way_links(glossary: Glossary, graph: nx.DiGraph[str]) -> Iterator[Hit]:
    """Find the links A → B between defined terms without B → A."""
    places = {
        (term.slug, link.target): term.where_of(link)
        for term in reversed(glossary.terms)
        for link in reversed(term.related)
    }
    for source, target in one_way_links(graph):
        yield Hit(
            where=places.get((source, target), Where(file="")),
            message=f"{source} links to {target}, which does not link back",
            term=source,
            target=target,
        )


def find_islands(glossary: Glossary, graph: nx.DiGraph[str]) -> Iterator[Hit]:
    """Find the groups of two terms or more that no link joins to the largest group."""
    for island in islands(graph):
        if len(island) > 1:
            members = sorted(island, key=lambda slug: (slug not in glossary, slug))
            named = ", ".join(members[:5]) + (f" and {len(members) - 5:,} more" if len(members) > 5 else "")
            yield Hit(
                where=_where(glossary, members[0]),
                message=f"an island of {len(members):,} terms: {named}",
                term=members[0],
                weight=len(members),
            )


def _where(glossary: Glossary, slug: str) -> Where:
    return glossary[slug].where if slug in glossary else Where(file="")
