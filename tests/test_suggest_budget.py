"""The choice of suggestions that together repair most."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.analysis import orphans
from termatlas.errors import UsageError
from termatlas.suggest.budget import within_budget
from termatlas.suggest.model import Suggestion


def link(source: str, target: str, probability: float = 0.5) -> Suggestion:
    return Suggestion(source=source, target=target, probability=probability, reasons=())


def ring(*slugs: str) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    nx.add_cycle(graph, slugs)
    return graph


def test_what_repairs_goes_before_what_is_merely_probable() -> None:
    graph = ring("a", "b", "c")
    graph.add_edge("orphan", "a")
    found = [link("a", "c", 0.9), link("b", "orphan", 0.4)]
    chosen = within_budget(found, graph, 1)
    assert [each.target for each in chosen.suggestions] == ["orphan"]
    assert (chosen.before.orphans, chosen.after.orphans) == (1, 0)
    assert (chosen.before.links, chosen.after.links) == (4, 5)


def test_an_island_is_joined_once() -> None:
    graph = nx.compose(ring("a", "b", "c"), ring("x", "y"))
    found = [link("a", "x", 0.5), link("b", "y", 0.5), link("a", "c", 0.5), link("c", "a", 0.6)]
    chosen = within_budget(found, graph, 2)
    assert [(each.source, each.target) for each in chosen.suggestions] == [("a", "x"), ("c", "a")]
    assert (chosen.before.islands, chosen.after.islands) == (1, 0)


def test_no_hub_swells() -> None:
    graph = ring("hub", "a", "b", "c", "d")
    found = [link(source, "hub", 0.9) for source in "abc"] + [link("a", "c", 0.5)]
    chosen = within_budget(found, graph, 2)
    assert [each.target for each in chosen.suggestions] == ["hub", "c"]


def test_the_counts_are_those_of_the_graph_with_the_links_and_the_graph_stays() -> None:
    graph = ring("a", "b")
    graph.add_nodes_from(["x", "y"])
    graph.add_edge("a", "end")
    chosen = within_budget([link("a", "x"), link("x", "y"), link("end", "a")], graph, 9)
    assert (chosen.before.isolated, chosen.before.orphans, chosen.before.dead_ends) == (2, 0, 1)
    assert (chosen.after.isolated, chosen.after.orphans, chosen.after.dead_ends) == (0, 0, 1)
    assert graph.number_of_edges() == 3
    changed = graph.copy()
    changed.add_edges_from((each.source, each.target) for each in chosen.suggestions)
    assert len(orphans(changed)["dead-end"]) == chosen.after.dead_ends


def test_no_budget_and_no_suggestion_choose_nothing() -> None:
    assert within_budget([link("a", "c")], ring("a", "b", "c"), 0).suggestions == ()
    nothing = within_budget([], nx.DiGraph(), 5)
    assert nothing.before == nothing.after
    with pytest.raises(UsageError, match="a budget of -1 suggestions is none; give 0 or more"):
        within_budget([], nx.DiGraph(), -1)


@settings(deadline=None, max_examples=60)
@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=14), st.integers(0, 8))
def test_a_budget_is_kept_and_never_harms(pairs: set[tuple[str, str]], budget: int) -> None:
    graph = ring("a", "b", "c")
    graph.add_nodes_from("def")
    found = [link(source, target, 0.3) for source, target in sorted(pairs) if source != target]
    chosen = within_budget(found, graph, budget)
    assert len(chosen.suggestions) == min(budget, len(found))
    assert len(set(chosen.suggestions)) == len(chosen.suggestions)
    before, after = chosen.before, chosen.after
    assert after.isolated <= before.isolated
    assert after.isolated + after.orphans <= before.isolated + before.orphans
    assert chosen == within_budget(found, graph, budget)
