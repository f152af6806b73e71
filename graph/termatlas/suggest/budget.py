"""The suggestions that together repair most: a greedy choice with diminishing returns.

What a link repairs: an orphan gets a way in, a dead end a way out, an island is joined to the rest. The gain of each
counts by its probability, and less for each further link to the same target, so that no hub swells. Of a choice with
diminishing returns, taking the best each time gives at least 63 % of what the best choice would (George Nemhauser,
Laurence Wolsey and Marshall Fisher, An analysis of approximations for maximizing submodular set functions, 1978).
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termatlas.analysis import components, islands, orphans
from termatlas.errors import UsageError
from termatlas.suggest.model import Suggestion

if TYPE_CHECKING:
    import networkx as nx

_WAY_IN, _WAY_OUT, _JOINED, _ANY = 1.0, 0.5, 2.0, 0.1  # what is repaired counts for; any good link counts a little


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """What is counted before and after: terms by status, and islands of two terms or more."""

    isolated: int
    orphans: int
    dead_ends: int
    islands: int
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgeted:
    """The chosen suggestions, the most useful first, and the counts without and with them."""

    suggestions: tuple[Suggestion, ...]
    before: Repairs
    after: Repairs  #: counted on the graph with the chosen links in it


def within_budget(suggestions: Sequence[Suggestion], graph: nx.DiGraph[str], budget: int) -> Budgeted:
    """Choose the `budget` suggestions that together repair most.

    Raises `UsageError` where the budget is negative.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "a")])
    >>> graph.add_node("orphan")
    >>> chances = {"c": 0.9, "orphan": 0.6}
    >>> found = [Suggestion(source="a", target=slug, probability=p, reasons=()) for slug, p in chances.items()]
    >>> chosen = within_budget(found, graph, 1)
    >>> [each.target for each in chosen.suggestions], chosen.before.isolated, chosen.after.isolated
    (['orphan'], 1, 0)
    """
    if budget < 0:
        raise UsageError(f"a budget of {budget} suggestions is none; give 0 or more")
    state = _State(graph)
    heap = [(-state.gain(each), at, each) for at, each in enumerate(suggestions)]
    heapq.heapify(heap)
    chosen: list[Suggestion] = []
    while heap and len(chosen) < budget:
        value, at, each = heapq.heappop(heap)
        now = state.gain(each)
        if heap and -now > heap[0][0] and -now > value:
            heapq.heappush(heap, (-now, at, each))  # it was worth more when it was put here
            continue
        state.add(each)
        chosen.append(each)
    changed = graph.copy()
    changed.add_edges_from((each.source, each.target) for each in chosen)
    return Budgeted(suggestions=tuple(chosen), before=_count(graph), after=_count(changed))


def _count(graph: nx.DiGraph[str]) -> Repairs:
    gaps = orphans(graph)
    return Repairs(
        isolated=len(gaps["isolated"]),
        orphans=len(gaps["orphan"]),
        dead_ends=len(gaps["dead-end"]),
        islands=sum(len(island) > 1 for island in islands(graph)),
        links=graph.number_of_edges(),
    )


class _State:
    """What the chosen links have repaired so far."""

    def __init__(self, graph: nx.DiGraph[str]) -> None:
        self.entered = {slug: len(graph.pred[slug]) - (slug in graph.pred[slug]) for slug in graph}
        self.left = {slug: len(graph.succ[slug]) - (slug in graph.succ[slug]) for slug in graph}
        self.added: Counter[str] = Counter()
        self.above: dict[str, str] = {}  # a forest: each term's way up to the name of its component
        for group in components(graph):
            self.above.update(dict.fromkeys(group, group[0]))

    def gain(self, suggestion: Suggestion) -> float:
        """Say what a further link would repair; the same link is never worth more later."""
        source, target = suggestion.source, suggestion.target
        repaired = _ANY
        repaired += _WAY_IN * (not self.entered.get(target, 0))
        repaired += _WAY_OUT * (not self.left.get(source, 0))
        repaired += _JOINED * (self.root(source) != self.root(target))
        return suggestion.probability * repaired / (1 + self.added[target])

    def add(self, suggestion: Suggestion) -> None:
        """Count a link as made."""
        source, target = suggestion.source, suggestion.target
        self.entered[target] = self.entered.get(target, 0) + 1
        self.left[source] = self.left.get(source, 0) + 1
        self.added[target] += 1
        self.above[self.root(source)] = self.root(target)

    def root(self, slug: str) -> str:
        """Give the name of a term's component."""
        while (up := self.above.setdefault(slug, slug)) != slug:
            self.above[slug] = self.above.get(up, up)
            slug = up
        return slug
