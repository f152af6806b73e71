"""GEXF that networkx reads back equal and that Gephi opens as a map.

The official schemas are not kept here; `ALLOWED` says the part of them that we use. Visual elements stand in
a namespace of their own, as in gexf.rng 1.3, the primer and Gephi; gexf.xsd has them in GEXF's.
"""

from __future__ import annotations

import io

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from termatlas.export.gexf import gexf
from termatlas.look import palette

# element: (attributes it must have, further ones it may have, children in order)
ALLOWED: dict[str, tuple[set[str], set[str], list[str]]] = {
    "gexf": ({"version"}, {"variant"}, ["meta", "graph"]),
    "meta": (set(), {"lastmodifieddate"}, ["creator"]),
    "creator": (set(), set(), []),
    "graph": (set(), {"defaultedgetype", "mode", "idtype"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class"}, {"mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, set(), []),
    "nodes": (set(), {"count"}, ["node"]),
    "node": ({"id"}, {"label"}, ["attvalues", "color", "position", "size"]),
    "edges": (set(), {"count"}, ["edge"]),
    "edge": ({"source", "target"}, {"id", "type", "label", "weight", "kind"}, ["attvalues"]),
    "attvalues": (set(), set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, set(), []),
    "color": ({"r", "g", "b"}, {"a"}, []),
    "position": ({"x", "y"}, {"z"}, []),
    "size": ({"value"}, set(), []),
}
VIZ = {"color", "position", "size"}
NODE = {
    "name": "A",
    "category": "x",
    "categories": ("x", "y"),
    "defined": True,
    "definition": "d\ne",
    "aliases": ("B",),
}


@pytest.fixture
def graph() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("b", **NODE)
    graph.add_node("a \"<&>'", **NODE | {"name": "two\nlines  ", "category": "z"})
    graph.add_node("c", name="C", category="", categories=(), defined=False, definition="", aliases=())
    graph.add_edge("b", "a \"<&>'", kind="broader", position=3)
    graph.add_edge("a \"<&>'", "b", kind="see", position=0)
    graph.add_edge("b", "b", kind="related", position=1)
    return graph


def read(text: str) -> nx.DiGraph[str]:
    return nx.DiGraph(nx.read_gexf(io.BytesIO(text.encode())))


def test_networkx_reads_it_back_equal(graph: nx.DiGraph[str]) -> None:
    measures: dict[str, dict[str, object]] = {
        "pagerank": {"b": 0.1 + 0.2},
        "core": {"b": 2},
        "status": {"c": "wanted"},
        "cut": {"b": True},
    }
    back = read("".join(gexf(graph, measures=measures, positions={"b": (1.5, -2.0)})))
    assert {link: {key: edge[key] for key in ("kind", "position")} for link, edge in back.edges.items()} == dict(
        graph.edges
    )
    viz = back.nodes["b"].pop("viz")
    assert back.nodes["b"] == NODE | {
        "label": "A", "categories": "x; y", "aliases": "B", "pagerank": 0.3, "core": 2, "cut": True,
    }  # fmt: skip
    red, green, blue = bytes.fromhex(palette({"x": 1, "z": 1, "": 1})["x"].light[1:])
    assert viz["color"] == {"r": red, "g": green, "b": blue, "a": 1.0}
    assert viz["position"] == {"x": 1.5, "y": 2.0, "z": 0.0}
    assert viz["size"] == 45
    assert back.nodes["c"]["status"] == "wanted"
    assert back.nodes["a \"<&>'"]["name"] == "two\nlines  "


def test_it_follows_the_schema(graph: nx.DiGraph[str]) -> None:
    text = "".join(gexf(graph, measures={"pagerank": {"b": 0.5}}, positions={"b": (1.0, 2.0)}))
    root = etree.fromstring(text.encode())
    ids = {attribute.get("id") for attribute in root.iter("{*}attribute")}
    for element in root.iter():
        tag = etree.QName(element)
        must, may, children = ALLOWED[tag.localname]
        assert tag.namespace == "http://gexf.net/1.3" + ("/viz" if tag.localname in VIZ else "")
        assert must <= set(element.attrib) <= must | may
        places = [children.index(etree.QName(child).localname) for child in element]
        assert places == sorted(places)
        assert element.get("for", "n-name") in ids
    assert [nodes.get("count") for nodes in root.iter("{*}nodes", "{*}edges")] == ["3", "3"]


def test_no_date(graph: nx.DiGraph[str]) -> None:
    assert "lastmodified" not in "".join(gexf(graph))


def test_the_order_of_the_graph_does_not_show(graph: nx.DiGraph[str]) -> None:
    reordered: nx.DiGraph[str] = nx.DiGraph()
    reordered.add_nodes_from(reversed(list(graph.nodes(data=True))))
    reordered.add_edges_from(reversed(list(graph.edges(data=True))))
    assert list(gexf(reordered)) == list(gexf(graph))


def test_an_empty_graph() -> None:
    assert len(read("".join(gexf(nx.DiGraph())))) == 0


def test_size_grows_with_the_root_of_pagerank() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("c", "b")])
    back = read("".join(gexf(graph, measures={"pagerank": {"a": 0.1, "b": 0.4, "c": 0.0}})))
    assert [back.nodes[slug]["viz"]["size"] for slug in "abc"] == [25, 45, 5]


@given(st.text("a<>&\"'\t\n\r\x00\x1f\ufffe\ud800é]", max_size=8))
@settings(deadline=None)
def test_any_text_comes_back_but_for_what_xml_refuses(text: str) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a", name=text, definition=text)
    expected = "".join("\ufffd" if char in "\x00\x1f\ufffe\ud800" else char for char in text)
    assert read("".join(gexf(graph))).nodes["a"]["definition"] == expected
