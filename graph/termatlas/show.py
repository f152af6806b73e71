"""All that is known of one term."""

from __future__ import annotations

from typing import Any

import networkx as nx

from termatlas.analysis import central, find_term, status
from termatlas.build import build
from termatlas.findings import check
from termatlas.model import Glossary


def show(glossary: Glossary, term: str) -> dict[str, Any]:
    """Gather a term's definition, links both ways, measures with their ranks from 1, and findings.

    `term` is a slug, a name or an alias. Of terms with equal values the first by slug ranks first.

    Raises `UnknownTerm` with the three nearest names.
    """
    graph = build(glossary)
    slug = find_term(graph, term)
    node = graph.nodes[slug]
    defined = glossary.get(slug)
    return {
        "slug": slug,
        "name": node["name"],
        "category": node["category"],
        "categories": list(node["categories"]),
        "aliases": list(node["aliases"]),
        "status": status(graph)[slug],
        "where": str(defined.where) if defined else "",
        "definition": node["definition"],
        "explanation": defined.explanation if defined else "",
        "links_to": [_link(graph, slug, target, target) for target in graph.successors(slug)],
        "linked_from": [_link(graph, source, slug, source) for source in sorted(graph.predecessors(slug))],
        "measures": _ranked(graph, slug),
        "findings": [
            {"rule": finding.rule, "level": finding.level, "message": finding.message, "where": str(finding.where)}
            for finding in check(glossary, graph)
            if slug in (finding.term, finding.target)
        ],
    }


def _link(graph: nx.DiGraph[str], source: str, target: str, other: str) -> dict[str, Any]:
    return {
        "slug": other,
        "name": graph.nodes[other]["name"],
        "kind": graph.edges[source, target]["kind"],
        "reciprocal": graph.has_edge(target, source),
    }


def _ranked(graph: nx.DiGraph[str], slug: str) -> dict[str, dict[str, float]]:
    return {
        name: {
            "value": values[slug],
            "rank": 1 + sum((-value, other) < (-values[slug], slug) for other, value in values.items()),
        }
        for name, values in central(graph).items()
    }
