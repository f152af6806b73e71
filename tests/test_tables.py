"""The CSV files: the columns of the design, and cells that a spreadsheet shows as they are."""

from __future__ import annotations

import csv
import io
import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.export.tables import LINK_COLUMNS, TERM_COLUMNS, cell, links_csv, terms_csv


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def graph() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("b", name="=1+1", category="Vision, applied", defined=True)
    graph.add_node("a", name='Say "hi"\nthere', category="", defined=True)
    graph.add_node("c", name="Ångström 注意", category="", defined=False)
    graph.add_edge("b", "a", kind="broader", position=0)
    graph.add_edge("a", "b", kind="related", position=1)
    graph.add_edge("a", "c", kind="see", position=0)
    graph.add_edge("a", "a", kind="related", position=2)
    return graph


def test_columns_are_the_design_s() -> None:
    assert ",".join(TERM_COLUMNS) == (
        "slug,name,category,defined,in_degree,out_degree,pagerank,betweenness,closeness,hub,authority,core,"
        "community,component,status"
    )
    assert ",".join(LINK_COLUMNS) == "source,target,kind,reciprocal"


def test_terms(graph: nx.DiGraph[str]) -> None:
    measures: dict[str, dict[str, object]] = {
        "pagerank": {"a": 1 / 3, "b": 2e-12},
        "core": {"a": 2},
        "status": {"c": "wanted"},
    }
    a, b, c = read("".join(terms_csv(graph, measures)))
    assert a == dict(
        zip(
            TERM_COLUMNS,
            ["a", 'Say "hi"\nthere', "", "true", "1", "2", "0.3333333333", "", "", "", "", "2", "", "", ""],
            strict=True,
        )
    )
    assert (b["name"], b["category"], b["pagerank"]) == ("'=1+1", "Vision, applied", "2e-12")
    assert (c["name"], c["defined"], c["status"]) == ("Ångström 注意", "false", "wanted")


def test_a_link_to_itself_counts_neither_way(graph: nx.DiGraph[str]) -> None:
    a, *_ = read("".join(terms_csv(graph, {})))
    assert (a["in_degree"], a["out_degree"]) == ("1", "2")
    assert {"source": "a", "target": "a", "kind": "related", "reciprocal": "false"} in read("".join(links_csv(graph)))


def test_degrees_may_come_from_outside(graph: nx.DiGraph[str]) -> None:
    assert [row["in_degree"] for row in read("".join(terms_csv(graph, {"in_degree": {"a": 9}})))] == ["9", "", ""]


def test_links_are_sorted_whatever_the_order(graph: nx.DiGraph[str]) -> None:
    rows = read("".join(links_csv(graph)))
    assert [(row["source"], row["target"], row["reciprocal"]) for row in rows] == [
        ("a", "a", "false"), ("a", "b", "true"), ("a", "c", "false"), ("b", "a", "true"),
    ]  # fmt: skip
    reordered: nx.DiGraph[str] = nx.DiGraph()
    reordered.add_nodes_from(reversed(list(graph.nodes(data=True))))
    reordered.add_edges_from(reversed(list(graph.edges(data=True))))
    assert list(links_csv(reordered)) == list(links_csv(graph))
    assert list(terms_csv(reordered, {})) == list(terms_csv(graph, {}))


def test_a_script_finds_the_first_columns_name_as_it_is(graph: nx.DiGraph[str]) -> None:
    for text, name in (("".join(terms_csv(graph, {})), "slug"), ("".join(links_csv(graph)), "source")):
        assert text.startswith(f"{name},")
        assert text.endswith("\r\n")


def test_an_empty_graph_has_a_header() -> None:
    assert list(links_csv(nx.DiGraph())) == ["source,target,kind,reciprocal\r\n"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_is_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert cell(f"a{start}") == f"a{start}"


@pytest.mark.parametrize(
    ("value", "expected"), [(-0.1, "-0.1"), (-3, "-3"), (math.nan, ""), (1e-300, "1e-300"), (0.0, "0")]
)
def test_numbers_are_numbers(value: float, expected: str) -> None:
    assert cell(value) == expected


def test_numpy_numbers_are_numbers() -> None:
    np = pytest.importorskip("numpy")
    assert [cell(np.float64(0.5)), cell(np.int64(7)), cell(np.float32(0.25))] == ["0.5", "7", "0.25"]


def test_half_a_surrogate_pair_can_be_written() -> None:
    assert cell("a\ud800").encode() == "a\ufffd".encode()


@given(st.lists(st.text("a=,\"\r\n\t 'é", max_size=5), unique=True, max_size=4))
@settings(deadline=None)
def test_every_name_comes_back(names: list[str]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for number, name in enumerate(names):
        graph.add_node(str(number), name=name)
    assert [row["name"].removeprefix("'") for row in read("".join(terms_csv(graph, {})))] == [
        name.removeprefix("'") for name in names
    ]
