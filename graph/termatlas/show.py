"""All that is known of one term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from termatlas.analysis import central, find_term, status
from termatlas.build import build
from termatlas.findings import check
from termatlas.model import Glossary
from termatlas.terminal import cell, safe


def show(glossary: Glossary, term: str) -> dict[str, Any]:
    """Gather a term's definition, links both ways, measures with their ranks, and findings.

    `term` is a slug, a name or an alias. A rank is one more than the terms with a greater value.

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
        "deprecated": bool(defined and defined.deprecated),
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
            "rank": 1 + sum(value > values[slug] for value in values.values()),
        }
        for name, values in central(graph).items()
    }


def show_text(page: Mapping[str, Any]) -> str:
    """Lay out what `show` gives as people read it in a terminal."""
    return "\n".join(safe(line) if line else "" for line in _lines(page))


def _lines(page: Mapping[str, Any]) -> Iterator[str]:
    yield f"{page['name']} ({page['slug']})"
    deprecated = "deprecated" if page["deprecated"] else ""
    yield " · ".join(filter(None, (page["category"], page["status"], deprecated, page["where"])))
    yield from (
        "",
        page["definition"] or ("No page defines it." if page["status"] == "wanted" else "It has no definition."),
    )
    if page["aliases"]:
        yield from ("", f"also: {', '.join(page['aliases'])}")
    for title, key in (("links to", "links_to"), ("linked from", "linked_from")):
        yield from ("", f"{title} {cell(len(page[key]))}")
        for link in page[key]:
            yield f"  {link['name']} ({link['slug']}){'' if link['reciprocal'] else ', one-way'}"
    yield from ("", "measures")
    for name, value in page["measures"].items():
        yield f"  {name} {cell(value['value'])}, rank {cell(value['rank'])}"
    if page["findings"]:
        yield from ("", "findings", *(f"  {finding['rule']}: {finding['message']}" for finding in page["findings"]))
