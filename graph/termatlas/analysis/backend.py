"""The networkx backend ``termatlas``: networkx's own functions, computed on compressed sparse rows.

``nx.pagerank(graph, backend="termatlas")`` needs no more than an installed termatlas. Every function here has the
name, the arguments and the result of the networkx function; `can_run` declines arguments that it does not know, and
networkx then runs its own code or says so. All names in this module are read by networkx as functions of its own,
hence the modules, not functions, that are imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any, Literal

import networkx as nx
import numpy as np

from termatlas.analysis import brandes, categories, connectivity, cores, csr, cuts, distances, link_analysis, mutual

#: Arguments that are only known with these values; positions are those of networkx 3.4 to 3.6.
_ONLY: dict[str, dict[str, tuple[int, object]]] = {
    "attribute_assortativity_coefficient": {"nodes": (2, None)},
    "betweenness_centrality": {"weight": (3, None), "endpoints": (4, False)},
    "bridges": {"root": (1, None)},
    "closeness_centrality": {"u": (1, None), "distance": (2, None)},
    "harmonic_centrality": {"nbunch": (1, None), "distance": (2, None), "sources": (3, None)},
    "hits": {"nstart": (3, None)},
}


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Say whether the backend knows these arguments, or why it does not."""
    graph = args[0] if args else kwargs["G"]
    if graph.is_multigraph():
        return "multigraphs are not supported"
    for argument, (place, only) in _ONLY.get(name, {}).items():
        value = args[place] if len(args) > place else kwargs.get(argument, only)
        if value is not only:
            return f"{argument} is not supported"
    return True


def convert_from_nx(
    graph: nx.Graph[Any],
    *,
    edge_attrs: Mapping[str, float] | None = None,
    node_attrs: Mapping[str, object] | None = None,
    **_: object,
) -> csr.Csr:
    """Make the rows of a networkx graph, with the weight and the node attributes that the call reads."""
    rows = csr.walk(graph, node_attrs or {})
    for key, default in (edge_attrs or {}).items():
        weights = [values.get(key, default) for node in rows.nodes for values in graph[node].values()]
        if any(weight != 1 for weight in weights):
            return replace(rows, weights=np.array(weights, np.float64))
    return rows


def convert_to_nx(result: Any, **_: object) -> Any:
    """Give networkx a result: rows become a graph again, and all else is as networkx has it."""
    if not isinstance(result, csr.Csr):
        return result
    graph: nx.Graph[Any] = nx.DiGraph() if result.directed else nx.Graph()
    graph.add_nodes_from(result.nodes)
    ends = zip(csr.starts(result).tolist(), result.indices.tolist(), strict=True)
    graph.add_edges_from((result.nodes[one], result.nodes[other]) for one, other in ends)
    return graph


def pagerank(  # noqa: PLR0913, PLR0917 -- networkx's arguments
    G: csr.Csr,  # noqa: N803
    alpha: float = 0.85,
    personalization: Mapping[Any, float] | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: Mapping[Any, float] | None = None,
    weight: str | None = "weight",
    dangling: Mapping[Any, float] | None = None,
) -> dict[Any, float]:
    """Compute networkx's PageRank, which stops when a step changes less than ``len(G) * tol`` in all."""
    if not len(G):
        return {}
    uniform = np.full(len(G), 1 / len(G))
    jump = _shares(G, personalization, uniform)
    rows = G if weight else replace(G, weights=None)  # networkx's cache may hand on those of another call
    step = link_analysis.pagerank_step(rows, alpha, jump, _shares(G, dangling, jump))
    start = _shares(G, nstart, uniform)
    ranks = link_analysis.fixed_point(step, start, tolerance=len(G) * tol, rounds=max_iter)
    if ranks is None:
        raise nx.PowerIterationFailedConvergence(max_iter)
    return csr.by_node(G, ranks)


def _shares(rows: csr.Csr, given: Mapping[Any, float] | None, default: csr.Floats) -> csr.Floats:
    if given is None:
        return default
    values = np.array([given.get(node, 0) for node in rows.nodes], np.float64)
    if not values.sum():
        raise ZeroDivisionError
    shares: csr.Floats = values / values.sum()
    return shares


def hits(
    G: csr.Csr,  # noqa: N803
    max_iter: int = 100,
    tol: float = 1e-8,
    nstart: None = None,
    normalized: bool = True,
) -> tuple[dict[Any, float], dict[Any, float]]:
    """Compute hubs and authorities to rounding, whatever `tol`."""
    if max_iter <= 0:
        raise nx.PowerIterationFailedConvergence(max_iter)
    hubs, authorities = link_analysis.singular_vectors(G)
    if normalized:
        hubs, authorities = hubs / (hubs.sum() or 1), authorities / (authorities.sum() or 1)
    return csr.by_node(G, hubs), csr.by_node(G, authorities)


def betweenness_centrality(
    G: csr.Csr,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,
    weight: None = None,
    endpoints: bool = False,
    seed: Random | None = None,
) -> dict[Any, float]:
    """Compute the betweenness from all nodes, or from the `k` pivots that networkx would choose."""
    pivots = np.arange(len(G))
    if k is not None and k != len(G):
        pivots = np.array((seed or Random()).sample(range(len(G)), k), np.int64)
    values = brandes.betweenness_from(csr.without_loops(G), pivots)
    pairs = 1 if normalized else (len(G) - 1) * (len(G) - 2) / (1 if G.directed else 2)
    return csr.by_node(G, values * pairs)


def closeness_centrality(
    G: csr.Csr,  # noqa: N803
    u: None = None,
    distance: None = None,
    wf_improved: bool = True,
) -> dict[Any, float]:
    """Compute the closeness of all nodes."""
    everyone = np.arange(len(G))
    if wf_improved:
        return csr.by_node(G, distances.closeness_from(G, everyone))
    known = distances.distances(G, everyone)
    mean = np.divide(known.reached, known.total, out=np.zeros(len(G)), where=known.total > 0)
    return csr.by_node(G, mean)


def harmonic_centrality(
    G: csr.Csr,  # noqa: N803
    nbunch: None = None,
    distance: None = None,
    sources: None = None,
) -> dict[Any, float]:
    """Compute the harmonic centrality of all nodes."""
    return csr.by_node(G, distances.distances(G, np.arange(len(G))).inverse)


def core_number(G: csr.Csr) -> dict[Any, int]:  # noqa: N803
    """Compute the core numbers; as in networkx a directed graph counts links both ways between two nodes twice."""
    if len(G.looped):
        message = "Input graph has self loops which is not permitted; remove them with nx.selfloop_edges(G)."
        raise nx.NetworkXNotImplemented(message)
    return csr.by_node(G, cores.core_numbers(_both_ways(G) if G.directed else G))


def _both_ways(rows: csr.Csr) -> csr.Csr:
    order = np.argsort(np.concatenate([csr.starts(rows), rows.indices]), kind="stable")
    counts = np.diff(rows.indptr) + np.bincount(rows.indices, minlength=len(rows))
    ends = np.concatenate([rows.indices, csr.starts(rows)])[order]
    return replace(rows, indptr=csr.offsets(counts), indices=ends, weights=None)


def weakly_connected_components(G: csr.Csr) -> Iterator[set[Any]]:  # noqa: N803
    """Generate the nodes of each weak component, in the order of their first nodes."""
    yield from _groups(G, "weak")


def strongly_connected_components(G: csr.Csr) -> Iterator[set[Any]]:  # noqa: N803
    """Generate the nodes of each strong component, in the order of their first nodes."""
    yield from _groups(G, "strong")


def connected_components(G: csr.Csr) -> Iterator[set[Any]]:  # noqa: N803
    """Generate the nodes of each component of an undirected graph, in the order of their first nodes."""
    yield from _groups(G, "weak")


def number_weakly_connected_components(G: csr.Csr) -> int:  # noqa: N803
    """Count the weak components."""
    return len(_groups(G, "weak"))


def number_strongly_connected_components(G: csr.Csr) -> int:  # noqa: N803
    """Count the strong components."""
    return len(_groups(G, "strong"))


def number_connected_components(G: csr.Csr) -> int:  # noqa: N803
    """Count the components of an undirected graph."""
    return len(_groups(G, "weak"))


def _groups(rows: csr.Csr, connection: Literal["weak", "strong"]) -> list[set[Any]]:
    groups: dict[int, set[Any]] = {}
    for node, label in zip(rows.nodes, connectivity.component_labels(rows, connection).tolist(), strict=True):
        groups.setdefault(label, set()).add(node)
    return list(groups.values())


def articulation_points(G: csr.Csr) -> Iterator[Any]:  # noqa: N803
    """Generate the articulation points, in the order of the nodes."""
    yield from (G.nodes[node] for node in cuts.articulation_nodes(cuts.search(csr.without_loops(G))))


def bridges(G: csr.Csr, root: None = None) -> Iterator[tuple[Any, Any]]:  # noqa: N803
    """Generate the bridges, in the order of the nodes."""
    pairs = cuts.bridge_nodes(cuts.search(csr.without_loops(G)))
    yield from ((G.nodes[one], G.nodes[other]) for one, other in pairs)


def overall_reciprocity(G: csr.Csr) -> float:  # noqa: N803
    """Compute the reciprocity of a directed graph; a self-link counts as a link that is not returned."""
    if not len(G.indices):
        raise nx.NetworkXError("Not defined for empty graphs")
    returned = np.count_nonzero(mutual.returned(G)) - len(G.looped)
    return returned / len(G.indices)


def attribute_assortativity_coefficient(
    G: csr.Csr,  # noqa: N803
    attribute: str,
    nodes: None = None,
) -> float:
    """Compute the assortativity of a node attribute."""
    return categories.assortativity(G, G.columns[attribute])


def degree_centrality(G: csr.Csr) -> dict[Any, float]:  # noqa: N803
    """Compute the share of other nodes that each is joined to; a self-link counts twice."""
    entering = np.bincount(G.indices, minlength=len(G))
    if not G.directed:
        entering = np.bincount(G.looped, minlength=len(G))
    return _centrality(G, np.diff(G.indptr) + entering)


def in_degree_centrality(G: csr.Csr) -> dict[Any, float]:  # noqa: N803
    """Compute the share of nodes that link to each node."""
    return _centrality(G, np.bincount(G.indices, minlength=len(G)))


def out_degree_centrality(G: csr.Csr) -> dict[Any, float]:  # noqa: N803
    """Compute the share of nodes that each node links to."""
    return _centrality(G, np.diff(G.indptr))


def _centrality(rows: csr.Csr, degrees: csr.Ints) -> dict[Any, float]:
    if len(rows) <= 1:
        return dict.fromkeys(rows.nodes, 1)
    return csr.by_node(rows, degrees / (len(rows) - 1.0))
