"""Glossary → networkx.DiGraph; the only module that adds nodes or edges."""

from __future__ import annotations

import networkx as nx

from termatlas.model import Glossary, Term


def build(glossary: Glossary) -> nx.DiGraph[str]:
    """Build the directed graph of a glossary.

    Node key: slug. Node attributes: ``name``, ``category``, ``categories``, ``defined``,
    ``definition``, ``aliases``. Edge attributes: ``kind`` and ``position``, the link's place in its
    term's list, from 0; of several links between the same two terms the first one counts. A *wanted*
    term, which links point to though no page defines it, has ``defined=False`` and the name that
    its first link gives it. Nodes and edges come in the order of the glossary, wanted terms last.

    >>> from termatlas.model import Reference, Term
    >>> graph = build(Glossary(terms=(Term(slug="a", name="A", related=(Reference(written="b", target="b"),)),)))
    >>> graph.nodes["b"]["defined"], graph.edges["a", "b"]
    (False, {'kind': 'related', 'position': 0})
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for term in glossary.terms:
        if term.slug not in graph:
            graph.add_node(term.slug, **_attributes(term))
    for term in glossary.terms:
        for position, reference in enumerate(term.related):
            if reference.target not in graph:
                graph.add_node(reference.target, **_wanted(reference.name or reference.target))
            if not graph.has_edge(term.slug, reference.target):
                graph.add_edge(term.slug, reference.target, kind=reference.kind, position=position)
    return graph


def _attributes(term: Term) -> dict[str, object]:
    return {
        "name": term.name,
        "category": term.category,
        "categories": term.categories,
        "defined": True,
        "definition": term.definition,
        "aliases": term.aliases,
    }


def _wanted(name: str) -> dict[str, object]:
    return {"name": name, "category": "", "categories": (), "defined": False, "definition": "", "aliases": ()}
