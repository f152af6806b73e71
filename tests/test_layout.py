"""The map: the same every time, neighbours near, nothing on top of anything, terms without a place on shelves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import combinations
from math import dist, inf
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from termatlas.analysis.forces import Links, settle
from termatlas.analysis.map_layout import layout
from termatlas.analysis.overlap import spread
from termatlas.analysis.packing import pack, shelf_box, shelve
from termatlas.analysis.statuses import status

Positions = dict[str, tuple[float, float]]


def named(graph: nx.Graph[int]) -> nx.DiGraph[str]:
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_nodes_from(f"t{node:05}" for node in graph)
    made.add_edges_from((f"t{source:05}", f"t{target:05}") for source, target in graph.edges)
    return made


def planted(groups: int, size: int, seed: int = 4) -> nx.DiGraph[str]:
    """Have communities with many links inside and few between."""
    return named(nx.planted_partition_graph(groups, size, 8 / size, 0.6 / (groups * size), seed=seed))


def nearest(positions: Positions) -> float:
    return min((dist(*pair) for pair in combinations(positions.values(), 2)), default=inf)


def preserved(graph: nx.DiGraph[str], positions: Positions) -> float:
    """Give the share of a term's d nearest on the map (d its links, 20 at most) that are linked with it."""
    linked = graph.to_undirected()
    slugs = [slug for slug in graph if linked.degree[slug]]
    tree = cKDTree(np.array([positions[slug] for slug in slugs]))
    shares = []
    for slug in slugs:
        count = min(20, linked.degree[slug])
        near = np.atleast_1d(tree.query(positions[slug], k=count + 1)[1])
        shares.append(sum(slugs[at] in linked[slug] for at in near) / count)
    return float(np.mean(shares))


SHAPES: dict[str, nx.Graph[int]] = {
    "one link": nx.path_graph(2),
    "three in a row": nx.path_graph(3),
    "path": nx.path_graph(40),
    "cycle": nx.cycle_graph(30),
    "star": nx.star_graph(50),
    "complete": nx.complete_graph(25),
    "tree": nx.balanced_tree(3, 4),
    "two parts": nx.disjoint_union(nx.cycle_graph(20), nx.cycle_graph(20)),
    "many parts": nx.disjoint_union_all([nx.path_graph(n) for n in (60, 14, 13, 5, 4, 3, 2, 2, 2, 1, 1, 1)]),
    "no link": nx.empty_graph(17),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_term_has_a_place_of_its_own(shape: str) -> None:
    graph = named(SHAPES[shape])
    positions = layout(graph)
    assert positions.keys() == set(graph)
    assert np.isfinite(list(positions.values())).all()
    assert nearest(positions) > 12


def test_no_term_and_one_term() -> None:
    assert layout(nx.DiGraph()) == {}
    assert layout(nx.DiGraph([("a", "a")])) == {"a": (0.0, 0.0)}


def test_the_values_are_plain_floats() -> None:
    assert {type(value) for place in layout(named(nx.path_graph(3))).values() for value in place} == {float}


def test_the_order_of_terms_and_links_does_not_matter() -> None:
    graph = planted(4, 30)
    turned: nx.DiGraph[str] = nx.DiGraph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((target, source) for source, target in reversed(list(graph.edges)))
    turned.add_edges_from((slug, slug) for slug in list(graph)[:9])
    assert layout(turned) == layout(graph)
    assert list(layout(turned)) == sorted(graph)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_gives_the_same_places(hash_seed: str) -> None:
    code = (
        "import json, networkx as nx; from termatlas.analysis.map_layout import layout;"
        "print(json.dumps(layout(nx.DiGraph([(str(a), str(a * 7 % 60)) for a in range(60)]))))"
    )
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    here = layout(nx.DiGraph([(str(a), str(a * 7 % 60)) for a in range(60)]))
    assert {slug: tuple(place) for slug, place in json.loads(run.stdout).items()} == here


def test_another_seed_gives_another_map() -> None:
    graph = planted(4, 30)
    assert layout(graph, seed=2) != layout(graph)


def test_linked_terms_are_near() -> None:
    graph = planted(12, 50)
    # Random places give 0.01, networkx's spring layout 0.1.
    assert preserved(graph, layout(graph)) > 0.25


def test_a_path_is_not_folded() -> None:
    graph = named(nx.path_graph(40))
    positions = layout(graph)
    slugs = sorted(graph)
    apart = np.array([[dist(positions[one], positions[other]) for other in slugs] for one in slugs])
    steps = np.abs(np.subtract.outer(np.arange(40), np.arange(40)))
    assert np.corrcoef(apart.ravel(), steps.ravel())[0, 1] > 0.8


def test_communities_come_apart() -> None:
    graph = planted(4, 30)
    places = np.array(list(layout(graph).values())).reshape(4, 30, 2)
    middles = places.mean(axis=1)
    inside = np.median(
        [np.linalg.norm(group - middle, axis=1).mean() for group, middle in zip(places, middles, strict=True)]
    )
    between = min(dist(one, other) for one, other in combinations(middles, 2))
    assert between > 1.5 * inside


def shelved(graph: nx.DiGraph[str], positions: Positions) -> tuple[dict[str, Positions], Positions]:
    """Part the terms on shelves from those on the map."""
    kinds = status(graph)
    shelves = {
        kind: {slug: positions[slug] for slug in graph if kinds[slug] == kind} for kind in ("isolated", "wanted")
    }
    return shelves, {slug: place for slug, place in positions.items() if kinds[slug] not in shelves}


def in_columns(places: Positions) -> list[str]:
    return sorted(places, key=lambda slug: places[slug])


def test_isolated_terms_stand_on_a_shelf_below_the_map_by_category_and_name() -> None:
    graph = planted(3, 30)
    lonely = [("x", "Vision", "b"), ("y", "Vision", "A"), ("z", "Audio", "c"), ("loop", "Audio", "d")]
    for slug, category, name in lonely:
        graph.add_node(slug, category=category, name=name)
    graph.add_edge("loop", "loop")
    shelves, on_map = shelved(graph, layout(graph))
    lone = [slug for slug in graph if not graph.degree[slug] and slug.startswith("t")]
    assert in_columns(shelves["isolated"]) == [*lone, "z", "loop", "y", "x"]
    edge = max(y for _, y in on_map.values())
    assert all(y > edge + 50 for _, y in shelves["isolated"].values())


def test_wanted_terms_stand_by_name_on_a_shelf_of_their_own() -> None:
    graph = planted(3, 30)
    graph.add_nodes_from(f"lonely {at}" for at in range(9))
    for at in range(40):
        graph.add_node(f"wish {at}", name=f"Wish {99 - at}", defined=False)
        graph.add_edge(f"t{at:05}", f"wish {at}")
    graph.add_edge("only wishes", "wish 3")
    shelves, on_map = shelved(graph, layout(graph))
    assert in_columns(shelves["wanted"]) == [f"wish {at}" for at in reversed(range(40))]
    (left, top, width, _), (other, other_top, *_) = (
        shelf_box(np.array([*shelf.values()])) for shelf in shelves.values()
    )
    assert left + width < other
    assert top == other_top > max(y for _, y in on_map.values())
    assert min(left, other) >= min(x for x, _ in on_map.values()) - 160
    # Whoever wants the same is near: the place of a term does not depend on whether the page that it wants was written.
    width = np.ptp([*on_map.values()], axis=0).max()
    assert dist(on_map["t00003"], on_map["only wishes"]) < 0.2 * width


@pytest.mark.parametrize("count", [1, 7, 60, 61, 3_000])
def test_a_shelf_is_compact_and_nothing_on_it_overlaps(count: int) -> None:
    graph = planted(4, 50)
    for at in range(count):
        graph.add_node(f"wish {at:04}", defined=False)
        graph.add_edge(f"t{at % 200:05}", f"wish {at:04}")
    shelves, on_map = shelved(graph, layout(graph))
    _, _, width, height = shelf_box(np.array([*shelves["wanted"].values()]))
    across, down = np.ptp([*on_map.values()], axis=0)
    assert width * height < (0.4 if count <= 61 else 1) * across * down
    assert width <= 1.2 * across or width < 4 * height
    places = np.array([*shelves["wanted"].values()])
    assert count == 1 or np.min(cKDTree(places).query(places, k=[2])[0]) > 12


def test_isolated_terms_leave_the_rest_where_it_was() -> None:
    graph = planted(3, 30)
    before = layout(graph)
    graph.add_nodes_from(f"z{number}" for number in range(50))
    after = layout(graph)
    assert {slug: after[slug] for slug in before if graph.degree[slug]} == {
        slug: place for slug, place in before.items() if graph.degree[slug]
    }


def test_islands_do_not_lie_on_the_map() -> None:
    graph = named(SHAPES["many parts"])
    positions = layout(graph)
    parts = sorted(nx.weakly_connected_components(graph), key=len, reverse=True)
    for one, other in combinations(parts, 2):
        assert min(dist(positions[a], positions[b]) for a in one for b in other) > 30


@pytest.fixture(scope="module")
def grown() -> tuple[nx.DiGraph[str], Positions, Positions]:
    graph = planted(8, 40)
    before = layout(graph)
    graph.add_edges_from([("new", "t00003"), ("new", "t00004"), ("newer", "new"), ("t00100", "t00200")])
    return graph, before, layout(graph, start=before)


def test_from_a_start_the_map_stays(grown: tuple[nx.DiGraph[str], Positions, Positions]) -> None:
    graph, before, after = grown
    width = np.ptp(list(before.values()), axis=0).max()
    moved = [dist(after[slug], before[slug]) for slug in before if graph.degree[slug]]
    assert np.median(moved) < 0.03 * width
    # Without the start the same edit moves half of the terms further.
    anew = layout(graph)
    assert np.median([dist(anew[slug], before[slug]) for slug in before]) > 2 * np.median(moved)


def test_terms_that_many_wanted_ones_hang_on_stay(grown: tuple[nx.DiGraph[str], Positions, Positions]) -> None:
    graph = nx.DiGraph(grown[0])
    for at in range(450):
        graph.add_node(f"wish {at}", defined=False)
        graph.add_edge(f"t{at % 300:05}", f"wish {at}")
    before = layout(graph)
    graph.add_edge("t00001", "t00011")
    after = layout(graph, start=before)
    _, on_map = shelved(graph, before)
    moved = [dist(after[slug], before[slug]) for slug in on_map]
    assert np.median(moved) < 0.04 * np.ptp([*on_map.values()], axis=0).max()


def test_new_terms_start_at_their_neighbours(grown: tuple[nx.DiGraph[str], Positions, Positions]) -> None:
    _, _, after = grown
    width = np.ptp(list(after.values()), axis=0).max()
    assert dist(after["new"], after["t00003"]) < 0.2 * width
    assert dist(after["newer"], after["new"]) < 0.2 * width


def test_a_start_that_knows_hardly_anybody_is_of_no_use() -> None:
    graph = planted(4, 30)
    assert layout(graph, start={"t00001": (5.0, 5.0), "gone": (1.0, 1.0)}) == layout(graph)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14))
@settings(deadline=None, max_examples=15)
def test_any_small_graph_has_a_map(edges: list[tuple[int, int]]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph((str(source), str(target)) for source, target in edges)
    positions = layout(graph)
    assert positions.keys() == set(graph)
    assert nearest(positions) > 12


def test_spread_leaves_what_does_not_overlap() -> None:
    places = np.array([[0.0, 0.0], [30.0, 0.0]])
    assert np.allclose(spread(places, np.array([10.0, 10.0])), places, atol=1e-4)


def test_spread_parts_discs_on_one_spot() -> None:
    places = spread(np.zeros((6, 2)), np.full(6, 5.0), rounds=200)
    assert nearest({str(at): (x, y) for at, (x, y) in enumerate(places.tolist())}) > 9.9


def test_packed_discs_lie_apart() -> None:
    around = np.random.default_rng(1).normal(scale=100, size=(200, 2))
    radii = [80.0, 40, 40, 20, 20, 20, 20]
    middles = pack(radii, around, gap=10)
    for (one, first), (other, second) in combinations(zip(radii, middles, strict=True), 2):
        assert dist(first, second) >= one + other + 10 - 1e-9
    for radius, middle in zip(radii, middles, strict=True):
        assert np.linalg.norm(around - middle, axis=1).min() >= radius + 9.999


def test_no_shelf() -> None:
    assert shelve([], np.zeros((3, 2))) == []


def test_forces_need_no_luck_with_the_start() -> None:
    line = Links(30, np.arange(29), np.arange(1, 30))
    same = settle(line, start=np.zeros((30, 2)) + np.arange(30)[:, None] * 1e-9)
    assert np.isfinite(same).all()


def test_a_real_glossary(corpora: Path) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for line in (corpora / "foldoc" / "foldoc.jsonl").read_text("utf-8").splitlines():
        term = json.loads(line)
        graph.add_node(term["slug"])
        graph.add_edges_from(
            (term["slug"], link["slug"]) for link in term["relatedTerms"] if link["slug"] != term["slug"]
        )
    assert preserved(graph, layout(graph)) > 0.16
