from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas import analysis
from termatlas.analysis import as_csr
from termatlas.errors import UnknownTerm

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)
CATEGORIES = st.lists(st.sampled_from(["", "vision", "text", "audio"]), min_size=12, max_size=12)
DEFINED = st.lists(st.booleans(), min_size=12, max_size=12)


def digraph(pairs: list[tuple[int, int]], count: int = 12) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(f"t{number:03}" for number in range(count))
    graph.add_edges_from((f"t{one:03}", f"t{other:03}") for one, other in pairs)
    return graph


def simple(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    copy = graph.copy()
    copy.remove_edges_from(list(nx.selfloop_edges(graph)))
    return copy


def joined(graph: nx.DiGraph[str]) -> nx.Graph[str]:
    return simple(graph).to_undirected()


def turned(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    other: nx.DiGraph[str] = nx.DiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges)))
    return other


def planted(groups: int, size: int) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.relabel_nodes(
        nx.planted_partition_graph(groups, size, 0.3, 0.01, seed=5, directed=True), str
    )
    return graph


@settings(deadline=None)
@given(PAIRS, DEFINED)
def test_status_follows_the_definitions(pairs: list[tuple[int, int]], defined: list[bool]) -> None:
    graph = digraph(pairs)
    nx.set_node_attributes(graph, dict(zip(graph, defined, strict=True)), "defined")
    plain, found = simple(graph), analysis.status(graph)
    for term, is_defined in zip(graph, defined, strict=True):
        entering, leaving = plain.in_degree(term) > 0, plain.out_degree(term) > 0
        word = {(False, False): "isolated", (False, True): "orphan", (True, False): "dead-end", (True, True): "ok"}
        assert found[term] == (word[entering, leaving] if is_defined else "wanted")
    lists = analysis.orphans(graph)
    assert list(lists) == ["isolated", "orphan", "dead-end", "wanted"]
    assert lists == {gap: sorted(term for term in graph if found[term] == gap) for gap in lists}


@settings(deadline=None)
@given(PAIRS)
def test_components_cuts_and_reciprocity_equal_networkx(pairs: list[tuple[int, int]]) -> None:
    graph = digraph(pairs)
    weak, strong = analysis.components(graph), analysis.strong_components(graph)
    assert {frozenset(part) for part in weak} == {frozenset(part) for part in nx.weakly_connected_components(graph)}
    assert {frozenset(part) for part in strong} == {frozenset(part) for part in nx.strongly_connected_components(graph)}
    for parts in (weak, strong):
        assert parts == sorted(map(sorted, parts), key=lambda part: (-len(part), part))
    assert analysis.islands(graph) == weak[1:]
    assert analysis.numbered(weak) == {term: place for place, part in enumerate(weak) for term in part}
    assert analysis.articulation_terms(graph) == sorted(nx.articulation_points(joined(graph)))
    assert analysis.bridges(graph) == sorted((min(pair), max(pair)) for pair in nx.bridges(joined(graph)))
    expected = nx.overall_reciprocity(simple(graph)) if simple(graph).edges else None
    assert analysis.reciprocity(graph) == expected


@settings(deadline=None)
@given(PAIRS, DEFINED)
def test_one_way_links_are_those_that_could_be_returned(pairs: list[tuple[int, int]], defined: list[bool]) -> None:
    graph = digraph(pairs)
    nx.set_node_attributes(graph, dict(zip(graph, defined, strict=True)), "defined")
    pages = graph.subgraph([term for term in graph if graph.nodes[term]["defined"]])
    expected = sorted((one, other) for one, other in pages.edges if one != other and not pages.has_edge(other, one))
    assert analysis.one_way_links(graph) == expected


@settings(deadline=None)
@given(PAIRS.filter(lambda pairs: any(one != other for one, other in pairs)), CATEGORIES)
def test_mixing_equals_networkx(pairs: list[tuple[int, int]], categories: list[str]) -> None:
    graph = digraph(pairs)
    nx.set_node_attributes(graph, dict(zip(graph, categories, strict=True)), "category")
    found = analysis.mixing(graph)
    order = {category: place for place, category in enumerate(found.categories)}
    expected = nx.attribute_mixing_matrix(simple(graph), "category", mapping=order, normalized=False)
    assert found.categories == tuple(sorted(set(categories)))
    assert found.matrix == expected.tolist()
    if found.assortativity is not None:
        networkx = nx.attribute_assortativity_coefficient(simple(graph), "category")
        assert found.assortativity == pytest.approx(networkx)


def test_assortativity_of_one_category_is_not_defined() -> None:
    assert analysis.mixing(digraph([(0, 1)])).assortativity is None
    assert analysis.mixing(digraph([])).assortativity is None
    assert analysis.mixing(nx.DiGraph()).categories == ()


@pytest.mark.parametrize("graph", [planted(8, 25), planted(3, 100), digraph([(i, i // 3) for i in range(200)], 200)])
def test_communities_are_as_good_as_those_of_networkx(graph: nx.DiGraph[str]) -> None:
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    found, undirected = analysis.communities(graph), joined(graph)
    parts = [{term for term in graph if found[term] == number} for number in sorted(set(found.values()))]
    quality = analysis.modularity(graph, found)
    assert quality == pytest.approx(nx.community.modularity(undirected, parts))
    rival = nx.community.louvain_communities(undirected, seed=1)
    assert quality >= nx.community.modularity(undirected, rival) - 0.01
    assert parts == sorted(parts, key=lambda part: (-len(part), min(part)))


def test_communities_depend_on_neither_order_nor_run() -> None:
    graph = planted(8, 25)
    found = analysis.communities(graph)
    assert analysis.communities(turned(graph)) == found
    assert list(found) == list(graph)
    assert max(found.values()) == 7


def test_communities_of_next_to_nothing() -> None:
    assert analysis.communities(nx.DiGraph()) == {}
    assert analysis.communities(digraph([(0, 0)], 2)) == {"t000": 0, "t001": 1}
    assert analysis.modularity(digraph([(0, 0)], 2), {"t000": 0, "t001": 1}) == 0


def test_deep_graphs_do_not_reach_the_recursion_limit() -> None:
    chain = digraph([(number, number + 1) for number in range(4999)], 5000)
    assert len(analysis.articulation_terms(chain)) == 4998
    assert len(analysis.bridges(chain)) == 4999
    assert len(analysis.path(chain, "t000", "t4999") or []) == 5000


@settings(deadline=None)
@given(PAIRS, st.booleans())
def test_paths_are_all_the_shortest(pairs: list[tuple[int, int]], directed: bool) -> None:
    graph = digraph(pairs)
    if nx.has_path(graph if directed else joined(graph), "t000", "t011"):
        expected = sorted(nx.all_shortest_paths(graph if directed else joined(graph), "t000", "t011"))
    else:
        expected = []
    assert analysis.paths(graph, "t000", "t011", directed=directed, limit=10_000) == expected
    assert analysis.path(graph, "t000", "t011", directed=directed) == (expected[0] if expected else None)


def test_paths_keep_to_the_limit() -> None:
    layers = [
        (one + 10 * layer, other + 10 * layer) for layer in range(9) for one in range(10) for other in range(10, 20)
    ]
    graph = digraph(layers, 100)
    assert len(analysis.paths(graph, "t000", "t099")) == 100
    assert len(analysis.paths(graph, "t000", "t099", limit=3)) == 3
    assert analysis.paths(graph, "t000", "t000") == [["t000"]]


@pytest.fixture
def named() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("clip", name="CLIP", aliases=("Contrastive pre-training",))
    graph.add_node("glip", name="GLIP", defined=False)
    graph.add_node("go", name="Go")
    graph.add_node("golang", name="golang", aliases=("GO", "go language"))
    graph.add_node("mean", name="Average", aliases=())
    graph.add_node("average", name="average (statistics)", defined=False)
    graph.add_node("without attributes")
    return graph


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("clip", "clip"),
        ("CLIP", "clip"),
        ("contrastive PRE-training ", "clip"),
        ("Go", "go"),
        ("GO", "golang"),
        ("gO", "go"),
        ("Average", "mean"),
        ("AVERAGE", "average"),
        ("Without Attributes", "without attributes"),
    ],
)
def test_terms_are_found_by_slug_name_and_alias(named: nx.DiGraph[str], text: str, slug: str) -> None:
    assert analysis.find_term(named, text) == slug


def test_unknown_terms_come_with_the_nearest_names(named: nx.DiGraph[str]) -> None:
    with pytest.raises(UnknownTerm, match=r'^no term is called "clipp"; near it: CLIP, GLIP, ') as caught:
        analysis.find_term(named, "clipp")
    assert len(caught.value.nearest) == 3
    with pytest.raises(UnknownTerm, match=r'^no term is called ""; near it: '):
        analysis.find_term(named, "")
    with pytest.raises(UnknownTerm, match=r'^no term is called "x"; the glossary is empty$'):
        analysis.find_term(nx.DiGraph(), "x")


def test_stats() -> None:
    graph = digraph([(0, 1), (1, 0), (1, 2), (2, 2), (3, 1), (5, 6), (1, 7)], 8)
    nx.set_node_attributes(graph, {"t000": "x", "t001": "x", "t002": "y", "t005": "z"}, "category")
    graph.nodes["t007"]["defined"] = False
    graph.edges["t003", "t001"]["kind"] = "broader"
    found = analysis.stats(graph)
    assert list(found) == list(analysis.DEFINITIONS)
    assert json.loads(json.dumps(found)).keys() == found.keys()
    expected = {
        "terms": 7, "wanted": 1, "links": 6, "self_links": 1, "links_to_wanted": 1, "isolated": 1, "orphans": 2,
        "links_by_kind": {"broader": 1, "related": 5}, "dead_ends": 2, "one_way_links": 3, "reciprocity": 2 / 6,
        "density": 6 / 56, "mean_degree": 6 / 8, "in_degrees": {0: 3, 1: 4, 2: 1}, "out_degrees": {0: 4, 1: 3, 3: 1},
        "categories": 3, "uncategorised": 3, "links_across_categories": 3, "weak_components": 3, "islands": 2,
        "largest_component": 5, "strong_components": 7, "communities": 3, "articulation_terms": 1, "bridges": 5,
    }  # fmt: skip
    assert {key: found[key] for key in expected} == expected
    assert analysis.stats(graph, communities=analysis.communities(graph)) == found


def test_stats_of_an_empty_glossary() -> None:
    found = analysis.stats(nx.DiGraph())
    undefined = {"reciprocity", "density", "mean_degree", "assortativity"}
    assert {key for key, value in found.items() if value is None} == undefined
    assert not any(value for key, value in found.items() if key not in undefined)


def test_rows_are_made_once_and_read_by_all() -> None:
    graph = digraph([(0, 1), (1, 2), (2, 2)])
    rows = as_csr(graph)
    assert as_csr(rows) is rows
    assert analysis.orphans(rows) == analysis.orphans(graph)
    assert analysis.communities(rows) == analysis.communities(graph)


def test_machine_learning_glossary(corpora: Path) -> None:
    """Count again what the corpus says of itself; its front matter is simple enough for these few lines."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    links: list[tuple[str, str]] = []
    for file in sorted((corpora / "ml-glossary-mlg" / "terms").rglob("*.md")):
        if file.name.startswith("_"):
            continue
        graph.add_node(file.stem, defined=True)
        head = file.read_text(encoding="utf-8").split("---")[1]
        related = head.partition("related_terms:")[2].split("\n\n")[0]
        links += [(file.stem, line.strip(" -\"'")) for line in related.splitlines() if line.strip().startswith("- ")]
    graph.add_edges_from(links)
    for term in graph:
        graph.nodes[term].setdefault("defined", False)
    counts = Counter(analysis.status(graph).values())
    assert (counts["isolated"], counts["orphan"], counts["dead-end"]) == (78, 136, 67)
