"""Glossary, survey or exports → snapshot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from termatlas.analysis import betweenness, pagerank, status
from termatlas.analysis.centrality import EXACT
from termatlas.analysis.csr import by_slug
from termatlas.build import build
from termatlas.collector import collector_paused
from termatlas.diff.model import MEASURES, Link, Snapshot, TermState
from termatlas.errors import SourceError
from termatlas.export.attributes import rounded
from termatlas.findings import check
from termatlas.findings.baseline import read_findings
from termatlas.model import Glossary
from termatlas.survey import Survey

_GRAPH, _FINDINGS = "graph.json", "findings.json"
_CURE = "name a folder that termatlas build wrote, or the sources"


@collector_paused()
def snapshot(glossary: Glossary) -> Snapshot:
    """Take a glossary as it is: measured and checked."""
    graph = build(glossary)
    rows = by_slug(graph)
    measures = {"pagerank": pagerank(rows)}
    if _is_exact(len(graph), graph.number_of_edges()):
        measures["betweenness"] = betweenness(rows)
    return Snapshot(
        terms=_terms(glossary, graph, status(rows)),
        links=_links(graph),
        measures={name: _rounded(values) for name, values in measures.items()},
        findings=tuple(check(glossary, rows)),
    )


def snapshot_of(known: Survey) -> Snapshot:
    """Take a glossary that was surveyed already."""
    exact = [name for name in MEASURES if known.measures.exact[name]]
    return Snapshot(
        terms=_terms(known.glossary, known.graph, known.status),
        links=_links(known.graph),
        measures={name: _rounded(known.measures[name]) for name in exact},
        findings=known.findings,
    )


def is_exports(path: Path) -> bool:
    """Tell whether a path is a folder that the main job wrote, or what was kept of it."""
    return (path / _FINDINGS).is_file() and any((path / name).is_file() for name in (_GRAPH, "terms.csv"))


def read_exports(folder: Path) -> Snapshot:
    """Take a glossary as the main job wrote it; of its texts the explanations are not known.

    Raises `SourceError` where the folder's ``graph.json`` or ``findings.json`` cannot be read.
    """
    path = folder / _GRAPH
    try:
        graph = json.loads(path.read_bytes())
        terms = {node["id"]: _state(node) for node in graph["nodes"]}
        links = frozenset(Link(edge["source"], edge["target"], edge["kind"]) for edge in graph["edges"])
        names = MEASURES if _is_exact(len(terms), len(links)) else MEASURES[:1]
        measures = {name: {node["id"]: float(node[name]) for node in graph["nodes"]} for name in names}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(path.as_posix(), f"cannot be read ({reason})", _CURE) from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise SourceError(path.as_posix(), "not a graph that termatlas build wrote", _CURE) from error
    return Snapshot(terms=terms, links=links, measures=measures, findings=read_findings(folder / _FINDINGS))


def _state(node: Mapping[str, Any]) -> TermState:
    return TermState(
        slug=node["id"],
        name=node["name"],
        status=node["status"],
        categories=tuple(node["categories"]),
        aliases=tuple(node["aliases"]),
        definition=node["definition"],
    )


def _is_exact(terms: int, links: int) -> bool:
    """Tell whether `central` computes the betweenness exactly."""
    return terms * (terms + links) <= EXACT["betweenness"]


def _terms(glossary: Glossary, graph: nx.DiGraph[str], statuses: Mapping[str, str]) -> dict[str, TermState]:
    return {slug: _term(glossary, slug, node, statuses[slug]) for slug, node in graph.nodes.items()}


def _term(glossary: Glossary, slug: str, node: Mapping[str, Any], status: str) -> TermState:
    page = glossary.get(slug)
    return TermState(
        slug=slug,
        name=node["name"],
        status=status,
        categories=tuple(node["categories"]),
        aliases=tuple(node["aliases"]),
        definition=node["definition"],
        explanation=page.explanation if page else "",
    )


def _links(graph: nx.DiGraph[str]) -> frozenset[Link]:
    return frozenset(Link(source, target, str(edge["kind"])) for source, target, edge in graph.edges(data=True))


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    """Round as exports are, so that neither differs from the other and ties stay ties."""
    return {slug: rounded(value) for slug, value in values.items()}
