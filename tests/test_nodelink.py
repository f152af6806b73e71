"""Node-link JSON that networkx reads back equal."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.export.nodelink import nodelink

NODE = {"name": "A", "category": "x", "categories": ["x", "y"], "defined": True, "definition": "d", "aliases": ["B"]}


@pytest.fixture
def graph() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("b", **NODE | {"categories": ("x", "y")})
    graph.add_node("a", **NODE | {"name": "</script>\u2028注意"})
    graph.add_edge("b", "a", kind="broader", position=3)
    graph.add_edge("b", "b", kind="related", position=1)
    return graph


def read(text: str) -> nx.DiGraph[str]:
    return nx.DiGraph(nx.node_link_graph(json.loads(text), edges="edges"))


def test_networkx_reads_it_back_equal(graph: nx.DiGraph[str]) -> None:
    measures: dict[str, dict[str, object]] = {"pagerank": {"b": 0.1 + 0.2}, "core": {"b": 2}, "status": {"b": "ok"}}
    back = read("".join(nodelink(graph, measures=measures, positions={"b": (1.5, -2.0)})))
    assert dict(back.edges) == dict(graph.edges)
    assert back.nodes["b"] == NODE | {"pagerank": 0.3, "core": 2, "status": "ok", "x": 1.5, "y": -2.0}
    assert back.nodes["a"] == NODE | {"name": "</script>\u2028注意"}


def test_the_order_of_the_graph_does_not_show(graph: nx.DiGraph[str]) -> None:
    reordered: nx.DiGraph[str] = nx.DiGraph()
    reordered.add_nodes_from(reversed(list(graph.nodes(data=True))))
    reordered.add_edges_from(reversed(list(graph.edges(data=True))))
    assert list(nodelink(reordered)) == list(nodelink(graph))


def test_one_line_a_term_and_a_link(graph: nx.DiGraph[str]) -> None:
    assert len("".join(nodelink(graph)).strip().split("\n")) == 1 + 1 + 2 + 1 + 2


def test_an_empty_graph() -> None:
    assert len(read("".join(nodelink(nx.DiGraph())))) == 0


@given(st.text('a"\\\x00\ud800é\n', max_size=8))
@settings(deadline=None)
def test_any_text_comes_back(text: str) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a", name=text)
    assert read("".join(nodelink(graph)).encode().decode()).nodes["a"]["name"] == text
