"""What the pyvis page holds; how it behaves is in test_network_browser.py."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from termatlas.errors import TermAtlasError
from termatlas.export import network
from termatlas.export.network import SHOWN, network_page, to_pyvis
from termatlas.look import COLOURS, UNCATEGORISED
from termatlas.scripts import joined

MODULES = sorted(Path(network.__file__).parent.glob("network*.js"))


@pytest.fixture
def graph() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("clip", name="CLIP", category="Vision", defined=True, definition="A model.", aliases=("Clip",))
    graph.add_node("hub", name="Hub", category="", defined=True, definition='See <a href="x">this</a>.')
    graph.add_node("end", name="0", category="Vision", defined=True)
    graph.add_node("alone", name="", category="Audio", defined=True)
    graph.add_node("wish", name="Wish", defined=False)
    graph.add_edge("clip", "hub", kind="broader", position=0)
    graph.add_edge("hub", "clip", kind="related", position=0)
    graph.add_edge("hub", "end", kind="related", position=1)
    graph.add_edge("hub", "wish", kind="related", position=2)
    graph.add_edge("hub", "hub", kind="related", position=3)
    return graph


def many(count: int) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph((f"{at:05}", "hub") for at in range(count - 2))
    graph.add_edge("hub", "second")
    return graph


def positions(graph: nx.DiGraph[str]) -> dict[str, tuple[float, float]]:
    return {slug: (float(at), float(at % 7)) for at, slug in enumerate(sorted(graph))}


def test_pyvis_holds_terms_and_links(graph: nx.DiGraph[str]) -> None:
    net = to_pyvis(graph, positions=positions(graph))
    terms = {node["id"]: node for node in net.nodes}
    assert terms.keys() == set(graph)
    assert (terms["clip"]["x"], terms["clip"]["y"]) == positions(graph)["clip"]
    assert terms["clip"]["label"] == "CLIP"
    assert terms["end"]["label"] == "0"
    assert terms["clip"]["title"] == "CLIP\nVision\nA model."
    assert terms["clip"]["color"]["background"] == COLOURS[0].light
    assert terms["hub"]["color"]["background"] == UNCATEGORISED.light
    assert terms["end"]["shape"] == "square"
    assert terms["wish"]["shapeProperties"]["borderDashes"]
    assert terms["hub"]["size"] > terms["alone"]["size"]
    links = [(link["from"], link["to"]) for link in net.edges]
    assert links == [("clip", "hub"), ("hub", "clip"), ("hub", "end"), ("hub", "wish")]
    assert net.directed
    assert (net.num_nodes(), net.num_edges()) == (5, 4)


def test_the_graph_is_left_as_it_was(graph: nx.DiGraph[str]) -> None:
    before = copy.deepcopy(graph)
    to_pyvis(graph)
    assert nx.utils.graphs_equal(before, graph)


def test_physics_is_off_and_pyvis_can_write_it(graph: nx.DiGraph[str]) -> None:
    net = to_pyvis(graph)
    assert net.options["physics"]["enabled"] is False
    assert '"enabled": false' in net.generate_html()


def test_no_title_makes_pyvis_use_html(graph: nx.DiGraph[str]) -> None:
    assert "popup.innerHTML" not in to_pyvis(graph).generate_html()
    assert "popup.innerHTML" not in network_page(graph)


def test_numpy_values_are_taken(graph: nx.DiGraph[str]) -> None:
    ranks = {slug: np.float64(0.2) for slug in graph}
    places = {slug: (np.float64(1), np.float32(2)) for slug in graph}
    assert "CLIP" in network_page(graph, ranks=ranks, positions=places)  # type: ignore[arg-type]  # as a user may


def test_up_to_two_thousand_terms_are_all_shown() -> None:
    graph = many(SHOWN)
    assert len(to_pyvis(graph, positions=positions(graph)).nodes) == SHOWN
    assert "2,000 terms, 1,999 links" in network_page(graph, positions=positions(graph))


def test_of_more_the_most_central_are_shown_and_counted() -> None:
    graph = many(SHOWN + 100)
    ranks = {slug: 1 / (at + 1) for at, slug in enumerate(sorted(graph, reverse=True))}
    page = network_page(graph, ranks=ranks)
    assert "2,000 of 2,100 terms shown: the most central by PageRank; 100 left out." in page
    assert "1,999 of 2,099 links lie between them." in page
    assert {node["id"] for node in to_pyvis(graph, ranks=ranks).nodes} == set(sorted(graph)[100:])


@pytest.mark.parametrize(
    ("edges", "expected"),
    [([], "This glossary has no term yet."), ([("a", "b")], "2 terms, 1 link"), ([("a", "a")], "1 term, 0 links")],
)
def test_counts_are_said_in_words(edges: list[tuple[str, str]], expected: str) -> None:
    assert expected in network_page(nx.DiGraph(edges))


def test_nothing_comes_from_the_network(graph: nx.DiGraph[str]) -> None:
    page = network_page(graph)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "jsdelivr" not in page
    assert "TomSelect" not in page.split("<script>")[-1]
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_page_is_html5_and_weighs_what_vis_network_weighs(graph: nx.DiGraph[str]) -> None:
    page = network_page(graph, title="A & B", language="de")
    assert page.startswith('<!doctype html>\n<html lang="de">')
    assert page.count("<h1") == 1
    assert "<title>A &amp; B: network of terms</title>" in page
    assert len(page.encode()) < 560_000


def test_the_modules_are_joined_in_a_scope_of_their_own() -> None:
    page = network_page(nx.DiGraph())
    script = page.split("<script>")[-1].split("</script>")[0]
    assert script.startswith('(() => {\n"use strict";\n')
    assert not re.search(r"^(?:import|export)\b|/\*\*", script, re.MULTILINE)
    assert joined("termatlas.export", "network.js") in script


def test_names_at_the_top_of_the_modules_differ() -> None:
    sources = "".join(module.read_text("utf-8") for module in MODULES)
    names = re.findall(r"^(?:export )?(?:function|const|let) (\w+)", sources, re.MULTILINE)
    assert len(names) > 60
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_each_module_is_joined(module: Path) -> None:
    script = joined("termatlas.export", "network.js")
    source = module.read_text("utf-8")
    imports = re.findall(r"^import\b[^;]*;", source, re.MULTILINE)
    assert all(re.fullmatch(r'import \{[\w\s,]+\} from "\./\w+\.js";', each) for each in imports)
    assert not re.search(r"\bas\b", " ".join(imports))
    assert all(line.count("`") % 2 == 0 for line in source.splitlines())
    for exported in re.findall(r"^export ((?:function|const) \w+)", source, re.MULTILINE):
        assert f"\n{exported}" in f"\n{script}"


def test_the_same_graph_gives_the_same_bytes(graph: nx.DiGraph[str]) -> None:
    reordered: nx.DiGraph[str] = nx.DiGraph()
    reordered.add_nodes_from(reversed(list(graph.nodes(data=True))))
    reordered.add_edges_from(reversed(list(graph.edges(data=True))))
    assert network_page(reordered) == network_page(graph)


def legend(page: str) -> list[tuple[str, str, str]]:
    rows = re.findall(r'data-(?:token|status)="([^"]+)">.*?<bdi>([^<]*).*?</bdi><span>([^<]*)</span>', page, re.DOTALL)
    return [(key, name, count) for key, name, count in rows]


def test_the_legend_counts_categories_and_statuses(graph: nx.DiGraph[str]) -> None:
    assert legend(network_page(graph)) == [
        ("c1", "Vision", "2"),
        ("c2", "Audio", "1"),
        ("none", "no category", "2"),
        ("wanted", "wanted", "1"),
        ("dead-end", "dead end", "1"),
        ("isolated", "isolated", "1"),
    ]


def test_beyond_24_categories_the_smallest_share_one_row() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for at in range(30):
        graph.add_node(str(at), name=str(at), category=f"category {at:02}")
    rows = legend(network_page(graph))
    assert len(rows) == 24 + 1 + 1
    assert rows[24] == ("other", "other (6 categories)", "6")


def test_where_no_term_has_a_category_the_legend_does_not_speak_of_them() -> None:
    assert "<h2>Categories</h2>" not in network_page(nx.DiGraph([("a", "b")]))


def test_another_pyvis_is_refused_in_words(graph: nx.DiGraph[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_SCRIPT", re.compile("<nothing>"))
    with pytest.raises(TermAtlasError, match=r"^this version of pyvis .*; install pyvis 0\.3\.2$"):
        network_page(graph)


def test_hostile_names_stay_text() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    name = "</script><script>alert(1)</script>"
    graph.add_node("a", name=name, category='"><img src=x onerror=alert(1)>', definition="<!-- <script> ]]>")
    page = network_page(graph, title=name)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert json.dumps(name).replace("<", r"\u003c").replace(">", r"\u003e") in page
