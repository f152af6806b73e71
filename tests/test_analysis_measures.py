from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas import analysis
from termatlas.analysis import brandes, centrality, distances
from termatlas.analysis.csr import as_csr

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


def digraph(pairs: list[tuple[int, int]], count: int = 10) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(f"t{number}" for number in range(count))
    graph.add_edges_from((f"t{one}", f"t{other}") for one, other in pairs)
    return graph


def simple(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    copy = graph.copy()
    copy.remove_edges_from(list(nx.selfloop_edges(graph)))
    return copy


def reference(graph: nx.DiGraph[str]) -> dict[str, dict[str, Any]]:
    """Give what networkx says of a graph without its self-links; HITS apart, which it cannot always define."""
    graph = simple(graph)
    return {
        "in_degree": dict(graph.in_degree()),
        "out_degree": dict(graph.out_degree()),
        "pagerank": nx.pagerank(graph, tol=1e-13 / max(len(graph), 1), max_iter=1000),
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "core": nx.core_number(graph.to_undirected()),
    }


def agree(found: dict[str, Any], expected: dict[str, Any], tolerance: float = 1e-9) -> None:
    assert list(found) == list(expected)
    assert found == pytest.approx(expected, abs=tolerance)


@pytest.fixture(scope="module")
def glossary_like() -> nx.DiGraph[str]:
    """Give 500 terms whose links favour some of them, with hubs, self-links, islands and isolated terms."""
    chance = np.random.default_rng(7)
    ends = np.minimum(chance.zipf(1.5, 2200), 460) - 1
    pairs = list(zip(chance.integers(0, 460, 2200).tolist(), ends.tolist(), strict=True))
    returned = [(other, one) for one, other in pairs[::3]]
    return digraph([*pairs, *returned, (3, 3), (470, 471), (472, 471), (473, 472)], 500)


def foldoc(corpora: Path) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    with (corpora / "foldoc" / "foldoc.jsonl").open(encoding="utf-8") as lines:
        terms = [json.loads(line) for line in lines]
    graph.add_nodes_from(term["slug"] for term in terms)
    graph.add_edges_from((term["slug"], other["slug"]) for term in terms for other in term["relatedTerms"])
    return graph


@settings(deadline=None, max_examples=60)
@given(PAIRS)
def test_measures_equal_networkx(pairs: list[tuple[int, int]]) -> None:
    graph = digraph(pairs)
    found = analysis.central(graph)
    for measure, expected in reference(graph).items():
        agree(found[measure], expected)


def test_measures_equal_networkx_on_500_terms(glossary_like: nx.DiGraph[str]) -> None:
    found = analysis.central(glossary_like)
    assert all(found.exact.values())
    for measure, expected in reference(glossary_like).items():
        agree(found[measure], expected)
    hubs, authorities = nx.hits(simple(glossary_like), tol=0)
    agree(found["hub"], hubs)
    agree(found["authority"], authorities)


def test_functions_of_their_own_give_the_same(glossary_like: nx.DiGraph[str]) -> None:
    together, rows = analysis.central(glossary_like), analysis.as_csr(glossary_like)
    alone = {
        "in_degree": analysis.in_degree(rows),
        "out_degree": analysis.out_degree(rows),
        "pagerank": analysis.pagerank(rows),
        "betweenness": analysis.betweenness(rows),
        "closeness": analysis.closeness(rows),
        "hub": analysis.hits(rows)[0],
        "authority": analysis.hits(rows)[1],
        "core": analysis.core(rows),
    }
    assert dict(together) == alone


@settings(deadline=None, max_examples=100)
@given(PAIRS)
def test_hits_are_singular_vectors(pairs: list[tuple[int, int]]) -> None:
    graph = simple(digraph(pairs))
    hubs, authorities = (np.array(list(values.values())) for values in analysis.hits(graph))
    links = nx.to_numpy_array(graph)
    largest = np.linalg.norm(links, 2) ** 2
    assert (hubs >= 0).all()
    assert (authorities >= 0).all()
    assert hubs.sum() == pytest.approx(1.0 if largest else 0.0)
    assert links.T @ links @ authorities == pytest.approx(largest * authorities, abs=1e-9)
    assert links @ links.T @ hubs == pytest.approx(largest * hubs, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(PAIRS)
def test_hits_equal_networkx_where_they_are_defined(pairs: list[tuple[int, int]]) -> None:
    graph = simple(digraph(pairs))
    first, second = np.linalg.svd(nx.to_numpy_array(graph), compute_uv=False)[:2]
    if first > second + 0.01:
        for found, expected in zip(analysis.hits(graph), nx.hits(graph, tol=0), strict=True):
            agree(found, expected, 1e-8)


def test_equally_dense_parts_share_the_hits() -> None:
    hubs, authorities = analysis.hits(nx.DiGraph([("a", "b"), ("x", "y")]))
    assert hubs == pytest.approx({"a": 0.5, "b": 0.0, "x": 0.5, "y": 0.0})
    assert authorities == pytest.approx({"a": 0.0, "b": 0.5, "x": 0.0, "y": 0.5})


@pytest.mark.parametrize("graph", [nx.DiGraph(), digraph([], 1), digraph([(0, 0)], 1), digraph([], 3)])
def test_graphs_with_next_to_nothing_in_them(graph: nx.DiGraph[str]) -> None:
    found = analysis.central(graph)
    assert {measure: set(values) for measure, values in found.items()} == {measure: set(graph) for measure in found}
    assert sum(found["pagerank"].values()) == pytest.approx(1.0 if graph else 0.0)
    assert not any(value for measure in found if measure != "pagerank" for value in found[measure].values())


def test_large_graphs_are_sampled_and_say_so(monkeypatch: pytest.MonkeyPatch, glossary_like: nx.DiGraph[str]) -> None:
    exact = analysis.central(glossary_like)
    monkeypatch.setattr(centrality, "EXACT", {"betweenness": 0, "closeness": 0})
    sampled = analysis.central(glossary_like, sample=100)
    assert sampled.pivots == {"betweenness": 100, "closeness": 400}
    assert [measure for measure, is_exact in sampled.exact.items() if not is_exact] == ["betweenness", "closeness"]
    assert dict(analysis.central(glossary_like, sample=100)) == dict(sampled)
    for measure in ("betweenness", "closeness"):
        pairs = np.array([list(exact[measure].values()), list(sampled[measure].values())])
        assert np.corrcoef(pairs)[0, 1] > 0.95
        assert pairs[1].sum() == pytest.approx(pairs[0].sum(), rel=0.15)
    assert analysis.central(glossary_like, sample=500).pivots == {}


def test_the_sample_does_not_depend_on_the_order_of_terms(
    monkeypatch: pytest.MonkeyPatch, glossary_like: nx.DiGraph[str]
) -> None:
    monkeypatch.setattr(centrality, "EXACT", {"betweenness": 0, "closeness": 0})
    turned: nx.DiGraph[str] = nx.DiGraph()
    turned.add_nodes_from(reversed(list(glossary_like)))
    turned.add_edges_from(reversed(list(glossary_like.edges)))
    one, other = analysis.central(glossary_like, sample=50), analysis.central(turned, sample=50)
    for measure in one:
        assert one[measure] == pytest.approx(other[measure], abs=1e-12)


def test_samples_of_all_terms_are_exact(glossary_like: nx.DiGraph[str]) -> None:
    rows = as_csr(glossary_like)
    mixed = np.random.default_rng(3).permutation(len(rows))
    for measure in (brandes.betweenness_from, distances.closeness_from):
        assert measure(rows, mixed) == pytest.approx(measure(rows, np.arange(len(rows))), abs=1e-12)


def test_long_chains() -> None:
    chain = digraph([(number, number + 1) for number in range(999)], 1000)
    assert analysis.betweenness(chain)["t600"] == pytest.approx(600 * 399 / (999 * 998))
    assert analysis.closeness(chain)["t999"] == pytest.approx(2 / 1000)
    assert analysis.core(chain) == dict.fromkeys(chain, 1)


def test_foldoc(corpora: Path) -> None:
    graph = foldoc(corpora)
    found = analysis.central(graph)
    assert found.pivots == {"betweenness": 256}
    pagerank = nx.pagerank(graph, tol=1e-11 / len(graph), max_iter=500)
    assert sum(abs(pagerank[term] - value) for term, value in found["pagerank"].items()) < 1e-9
    agree(found["core"], nx.core_number(graph.to_undirected()))
    hubs, authorities = nx.hits(graph, tol=0, max_iter=1000)
    agree(found["hub"], hubs, 1e-7)
    agree(found["authority"], authorities, 1e-7)
    for term in list(graph)[::1500]:
        assert found["closeness"][term] == pytest.approx(nx.closeness_centrality(graph, term), abs=1e-12)
