"""GraphML that networkx reads back equal."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from termatlas.export.graphml import graphml
from termatlas.export.xmltext import escaped

NODE = {"name": "A", "category": "x", "categories": ("x", "y"), "defined": True, "definition": "d", "aliases": ("B",)}


@pytest.fixture
def graph() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("b", **NODE)
    graph.add_node("a \"<&>'", **NODE | {"name": "two\nlines\tand\rmore  ", "definition": "]]><!--&amp;"})
    graph.add_node("c", name="C", category="", categories=(), defined=False, definition="", aliases=())
    graph.add_edge("b", "a \"<&>'", kind="broader", position=3)
    graph.add_edge("a \"<&>'", "b", kind="see", position=0)
    graph.add_edge("b", "b", kind="related", position=1)
    return graph


def test_networkx_reads_it_back_equal(graph: nx.DiGraph[str]) -> None:
    measures: dict[str, dict[str, object]] = {
        "pagerank": {"b": 0.1 + 0.2, "c": 1e-12},
        "core": {"b": 2},
        "status": {"c": "wanted"},
        "cut": {"b": True},
    }
    positions = {"b": (1.5, -2.0), "c": (0.0, 3.0)}
    back = nx.parse_graphml("".join(graphml(graph, measures=measures, positions=positions)))
    assert type(back) is nx.DiGraph
    assert dict(back.edges) == dict(graph.edges)
    assert back.nodes["b"] == NODE | {
        "label": "A", "categories": "x; y", "aliases": "B", "pagerank": 0.3, "core": 2, "cut": True,
        "x": 1.5, "y": -2.0,
    }  # fmt: skip
    assert back.nodes["c"]["status"] == "wanted"
    assert "pagerank" not in back.nodes["a \"<&>'"]
    assert back.nodes["a \"<&>'"]["name"] == "two\nlines\tand\rmore  "
    assert back.nodes["a \"<&>'"]["definition"] == "]]><!--&amp;"


def test_the_order_of_the_graph_does_not_show(graph: nx.DiGraph[str]) -> None:
    reordered: nx.DiGraph[str] = nx.DiGraph()
    reordered.add_nodes_from(reversed(list(graph.nodes(data=True))))
    reordered.add_edges_from(reversed(list(graph.edges(data=True))))
    assert list(graphml(reordered)) == list(graphml(graph))


def test_any_digraph_will_do() -> None:
    back = nx.parse_graphml("".join(graphml(nx.DiGraph([("a", "b")]))))
    assert back.nodes["a"]["name"] == "a"
    assert back.nodes["a"]["defined"] is True


def test_an_empty_graph() -> None:
    assert len(nx.parse_graphml("".join(graphml(nx.DiGraph())))) == 0


def test_slugs_that_xml_refuses_stay_apart() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([("a\x00", "a\x01"), ("a\x01", "\ud800")])
    back = nx.parse_graphml("".join(graphml(graph)).encode().decode())
    assert (len(back), back.number_of_edges()) == (3, 2)


def test_data_follow_the_schema_s_order(graph: nx.DiGraph[str]) -> None:
    root = etree.fromstring("".join(graphml(graph)).encode())
    names = [etree.QName(child).localname for child in root]
    assert names == ["key"] * names.count("key") + ["graph"]
    declared = {(key.get("for"), key.get("id")) for key in root if key.get("id")}
    for element in root.iter("{*}node", "{*}edge"):
        assert {(etree.QName(element).localname, data.get("key")) for data in element} <= declared


@given(st.text("a<>&\"'\t\n\r\x00\x1f\ufffe\ud800é]", max_size=8))
@settings(deadline=None)
def test_any_text_comes_back_but_for_what_xml_refuses(text: str) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a", name=text, definition=text)
    expected = "".join("\ufffd" if char in "\x00\x1f\ufffe\ud800" else char for char in text)
    back = nx.parse_graphml("".join(graphml(graph)))
    assert (back.nodes["a"]["name"], back.nodes["a"]["definition"]) == (expected, expected)
    assert etree.fromstring(f'<a b="{escaped(text)}"/>').get("b") == expected
