"""Shortest paths between two terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


def path(graph: nx.DiGraph[Any], start: str, end: str, *, directed: bool = True) -> list[str] | None:
    """Find a shortest path, both ends included; None if there is none.

    Of equally short ones it is the one whose slugs come first. `directed=False` follows links both ways.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "c"), ("c", "d"), ("a", "b"), ("b", "d")])
    >>> path(graph, "a", "d"), path(graph, "d", "a"), path(graph, "d", "a", directed=False)
    (['a', 'b', 'd'], None, ['d', 'b', 'a'])
    """
    return next(_paths(graph, start, end, directed), None)


def paths(graph: nx.DiGraph[Any], start: str, end: str, *, directed: bool = True, limit: int = 100) -> list[list[str]]:
    """List the shortest paths, all of them or the first `limit`, sorted.

    >>> import networkx as nx
    >>> paths(nx.DiGraph([("a", "c"), ("c", "d"), ("a", "b"), ("b", "d")]), "a", "d")
    [['a', 'b', 'd'], ['a', 'c', 'd']]
    """
    return list(islice(_paths(graph, start, end, directed), limit))


def _paths(graph: nx.DiGraph[Any], start: str, end: str, directed: bool) -> Iterator[list[str]]:
    left = _distances(graph, start, end, directed)
    steps = [iter([start])] if start in left else []
    trail: list[str] = []
    while steps:
        term = next(steps[-1], None)
        if term is None:
            steps.pop()
            del trail[-1:]
            continue
        if term == end:
            yield [*trail, term]
            continue
        trail.append(term)
        ahead = set(graph.succ[term]) if directed else {*graph.succ[term], *graph.pred[term]}
        steps.append(iter(sorted(other for other in ahead if left.get(other) == left[term] - 1)))


def _distances(graph: nx.DiGraph[Any], start: str, end: str, directed: bool) -> Mapping[str, int]:
    """Measure how far `end` is from the terms around it, up to `start`."""
    known, level, ways = {end: 0}, [end], [graph.pred] if directed else [graph.pred, graph.succ]
    while level and start not in known:
        before = chain.from_iterable(way[term] for term in level for way in ways)
        distance = known[level[0]] + 1
        level = [term for term in dict.fromkeys(before) if term not in known]
        known.update(dict.fromkeys(level, distance))
    return known
