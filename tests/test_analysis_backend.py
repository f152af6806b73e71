from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.analysis import backend, backend_info

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)
SETTINGS = settings(deadline=None, max_examples=40)

pytestmark = [
    pytest.mark.skipif(
        not list(distributions(name="termatlas")),
        reason="networkx finds the backend of an installed termatlas only; `pip install -e .` makes it one",
    ),
    pytest.mark.filterwarnings("ignore:Note. conversions to backend graphs are saved to cache"),
]


def graph_of(pairs: list[tuple[int, int]], kind: type[nx.Graph[Any]], loops: bool = True) -> nx.Graph[Any]:
    graph = kind()
    graph.add_nodes_from(range(10))
    graph.add_edges_from((one, other) for one, other in pairs if loops or one != other)
    return graph


def both(name: str, graph: nx.Graph[Any], *args: Any, **kwargs: Any) -> tuple[Any, Any]:
    function: Callable[..., Any] = getattr(nx, name)
    return function(graph, *args, backend="termatlas", **kwargs), function(graph, *args, **kwargs)


def as_sets(groups: Any) -> set[frozenset[Any]]:
    return set(map(frozenset, groups))


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.Graph])
@SETTINGS
@given(pairs=PAIRS)
def test_values_equal_networkx(kind: type[nx.Graph[Any]], pairs: list[tuple[int, int]]) -> None:
    graph = graph_of(pairs, kind)
    calls: list[tuple[str, dict[str, Any]]] = [
        ("betweenness_centrality", {}),
        ("betweenness_centrality", {"normalized": False}),
        ("betweenness_centrality", {"k": 4, "seed": 3}),
        ("betweenness_centrality", {"k": 10, "seed": 3}),
        ("betweenness_centrality", {"k": 4, "seed": 3, "normalized": False}),
        ("closeness_centrality", {}),
        ("closeness_centrality", {"wf_improved": False}),
        ("harmonic_centrality", {}),
        ("pagerank", {}),
        ("pagerank", {"alpha": 0.6, "tol": 1e-9}),
        ("pagerank", {"personalization": {1: 1, 2: 3}, "dangling": {5: 1}, "nstart": {7: 1, 8: 1}}),
        ("degree_centrality", {}),
        *([("in_degree_centrality", {}), ("out_degree_centrality", {})] if graph.is_directed() else []),
    ]
    for name, options in calls:
        found, expected = both(name, graph, **options)
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True), (name, options)
        assert {type(value) for value in found.values()} <= {float}


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.Graph])
@SETTINGS
@given(pairs=PAIRS)
def test_core_numbers_equal_networkx(kind: type[nx.Graph[Any]], pairs: list[tuple[int, int]]) -> None:
    found, expected = both("core_number", graph_of(pairs, kind, loops=False))
    assert list(found.items()) == list(expected.items())


@SETTINGS
@given(pairs=PAIRS)
def test_groups_equal_networkx(pairs: list[tuple[int, int]]) -> None:
    directed, undirected = graph_of(pairs, nx.DiGraph), graph_of(pairs, nx.Graph)
    for name in ("weakly_connected_components", "strongly_connected_components"):
        found, expected = both(name, directed)
        assert as_sets(found) == as_sets(expected)
        assert len(set(both(f"number_{name}", directed))) == 1
    found, expected = both("connected_components", undirected)
    assert list(found) == list(expected)
    assert len(set(both("number_connected_components", undirected))) == 1
    found, expected = both("articulation_points", undirected)
    assert set(found) == set(expected)
    found, expected = both("bridges", undirected)
    assert list(found) == sorted(map(tuple, map(sorted, expected)))


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.Graph])
@SETTINGS
@given(pairs=PAIRS.filter(bool))
def test_numbers_equal_networkx(kind: type[nx.Graph[Any]], pairs: list[tuple[int, int]]) -> None:
    graph = graph_of(pairs, kind)
    nx.set_node_attributes(graph, {node: node % 3 for node in range(8)}, "colour")
    if len({graph.nodes[node].get("colour") for node in chain.from_iterable(graph.edges)}) > 1:
        found, expected = both("attribute_assortativity_coefficient", graph, "colour")
        assert found == pytest.approx(expected, nan_ok=True)
    if graph.is_directed():
        assert len(set(both("overall_reciprocity", graph))) == 1


def test_hits_and_weights_equal_networkx() -> None:
    graph = nx.gnp_random_graph(40, 0.15, seed=4, directed=True)
    nx.set_edge_attributes(graph, {edge: 1 + sum(edge) % 5 for edge in graph.edges}, "weight")
    for found, expected in zip(*both("hits", graph, tol=0), strict=True):
        assert found == pytest.approx(expected, abs=1e-10)
    hubs, authorities = nx.hits(graph, normalized=False, backend="termatlas")
    assert np.linalg.norm(list(authorities.values())) == pytest.approx(1)
    assert nx.to_numpy_array(graph) @ list(authorities.values()) == pytest.approx(list(hubs.values()))
    for options in ({}, {"weight": None}, {"weight": "other"}):
        found, expected = both("pagerank", graph, **options)
        assert found == pytest.approx(expected, abs=1e-12)
    assert nx.pagerank(graph, backend="termatlas") != pytest.approx(nx.pagerank(graph, weight=None))


@pytest.mark.parametrize("name", ["pagerank", "betweenness_centrality", "closeness_centrality", "harmonic_centrality"])
def test_graphs_with_next_to_nothing_in_them(name: str) -> None:
    for count in (0, 1, 2):
        found, expected = both(name, nx.empty_graph(count, create_using=nx.DiGraph))
        assert found == pytest.approx(expected)


def test_errors_are_those_of_networkx() -> None:
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 2)])
    calls: list[tuple[str, dict[str, Any], type[Exception]]] = [
        ("pagerank", {"max_iter": 1}, nx.PowerIterationFailedConvergence),
        ("pagerank", {"personalization": {0: 0}}, ZeroDivisionError),
        ("hits", {"max_iter": 0}, nx.PowerIterationFailedConvergence),
        ("core_number", {}, nx.NetworkXNotImplemented),
        ("bridges", {}, nx.NetworkXNotImplemented),
        ("articulation_points", {}, nx.NetworkXNotImplemented),
        ("betweenness_centrality", {"k": 9}, ValueError),
    ]
    for name, options, error in calls:
        for where in ({"backend": "termatlas"}, {}):
            with pytest.raises(error):
                getattr(nx, name)(graph, **options, **where)
    with pytest.raises(nx.NetworkXError, match=r"^Not defined for empty graphs$"):
        nx.overall_reciprocity(nx.DiGraph(), backend="termatlas")


@pytest.mark.parametrize(
    ("name", "args", "options"),
    [
        ("betweenness_centrality", (), {"weight": "weight"}),
        ("betweenness_centrality", (None, True, None, True), {}),
        ("closeness_centrality", (0,), {}),
        ("closeness_centrality", (), {"distance": "weight"}),
        ("harmonic_centrality", (), {"sources": [0]}),
        ("hits", (), {"nstart": {0: 1, 1: 1, 2: 1}}),
        ("attribute_assortativity_coefficient", ("colour", [0]), {}),
        ("bridges", (0,), {}),
    ],
)
def test_what_it_does_not_know_is_left_to_networkx(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
    graph = nx.Graph([(0, 1), (1, 2)])
    assert isinstance(backend.can_run(name, (graph, *args), options), str)
    with pytest.raises(NotImplementedError, match=f"'{name}' is not implemented by 'termatlas' backend for the given"):
        getattr(nx, name)(graph, *args, backend="termatlas", **options)


def test_multigraphs_are_left_to_networkx() -> None:
    with pytest.raises(NotImplementedError):
        nx.pagerank(nx.MultiDiGraph([(0, 1)]), backend="termatlas")


def test_rows_can_be_handed_to_networkx() -> None:
    graph = nx.DiGraph([("b", "a"), ("a", "a"), ("a", "c")])
    rows: Any = backend.convert_from_nx(graph)
    assert nx.pagerank(rows) == nx.pagerank(graph, backend="termatlas")
    again = backend.convert_to_nx(rows)
    assert (list(again), list(again.edges)) == (list(graph), list(graph.edges))
    assert not backend.convert_to_nx(backend.convert_from_nx(nx.Graph([(0, 1)]))).is_directed()


def test_the_description_names_what_the_module_has() -> None:
    networkx = vars(nx.utils.backends)["_registered_algorithms"]
    assert sorted(name for name in vars(backend) if name in networkx) == sorted(backend_info.FUNCTIONS)
    assert backend_info.info()["backend_name"] == "termatlas"
    assert vars(nx.utils.backends)["backend_info"]["termatlas"] == backend_info.info()


def test_networkx_does_not_load_numpy_for_it() -> None:
    code = "import sys, termatlas.analysis.backend_info; print('numpy' in sys.modules, 'networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
