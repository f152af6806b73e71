"""Closeness, by a breadth-first search that runs from 1,024 terms at once, one bit for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from termatlas.analysis.csr import Bools, Csr, Floats, Graph, Ints, as_csr, by_node, reverse, starts

_WORDS = 16  # of 64 bits: a pass starts from 1,024 nodes

Words: TypeAlias = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distances:
    """What each node knows of its distances from the pivots that reach it."""

    reached: Ints  #: from how many pivots, itself left out
    total: Ints  #: the sum of the distances
    inverse: Floats  #: the sum of 1 / distance


def closeness(graph: Graph) -> dict[str, float]:
    """Give each term its *closeness*: how few steps others need to get to it.

    It is the inverse of the mean distance from the terms that reach it, times the share of terms that do. Exact;
    `central` samples where that takes too long. As `networkx.closeness_centrality`. Source: Wasserman and Faust,
    Social Network Analysis, 1994, page 201; the search is that of Then and others, The more the merrier:
    efficient multi-source graph traversal, 2014.

    >>> import networkx as nx
    >>> closeness(nx.DiGraph([("a", "b"), ("b", "c")]))
    {'a': 0.0, 'b': 0.5, 'c': 0.6666666666666666}
    """
    rows = as_csr(graph)
    return by_node(rows, closeness_from(rows, np.arange(len(rows))))


def closeness_from(rows: Csr, pivots: Ints) -> Floats:
    """Estimate the closeness from the distances from the pivots; exact if these are all nodes.

    Source: Eppstein and Wang, Fast approximation of centrality, 2004.
    """
    known = distances(rows, pivots)
    asked = np.full(len(rows), len(pivots), np.float64)
    asked[pivots] -= 1  # a node's distance from itself says nothing
    bound = asked * known.total
    return np.divide(known.reached.astype(np.float64) ** 2, bound, out=np.zeros(len(rows)), where=bound > 0)


def distances(rows: Csr, pivots: Ints) -> Distances:
    """Measure the distances from the pivots to every node."""
    back = reverse(rows)
    result = Distances(
        reached=np.zeros(len(rows), np.int64), total=np.zeros(len(rows), np.int64), inverse=np.zeros(len(rows))
    )
    for first in range(0, len(pivots), 64 * _WORDS):
        _search(back, starts(back), pivots[first : first + 64 * _WORDS], result)
    return result


def _search(back: Csr, ends: Ints, pivots: Ints, result: Distances) -> None:
    """Add the distances from one batch of pivots; bit ``b`` of a node says that pivot ``b`` reaches it."""
    seen = _bits(pivots, len(back))
    fresh = seen.copy()
    active = np.zeros(len(back), bool)
    active[pivots] = True
    distance = 0
    while active.any():
        distance += 1
        nodes, found = _step(back.indices, ends, active, fresh)
        found &= ~seen[nodes]
        counts = np.bitwise_count(found).sum(axis=1, dtype=np.int64)
        nodes, found, counts = nodes[counts > 0], found[counts > 0], counts[counts > 0]
        seen[nodes] |= found
        fresh[nodes] = found
        active[:] = False
        active[nodes] = True
        result.reached[nodes] += counts
        result.total[nodes] += distance * counts
        result.inverse[nodes] += counts / distance


def _bits(pivots: Ints, count: int) -> Words:
    lanes = np.arange(len(pivots))
    bits = np.zeros((count, -(-len(pivots) // 64)), np.uint64)
    bits[pivots, lanes // 64] = np.uint64(1) << (lanes % 64).astype(np.uint64)
    return bits


def _step(origins: Ints, ends: Ints, active: Bools, fresh: Words) -> tuple[Ints, Words]:
    """Hand on the bits of the active nodes along their links; give the nodes that get some, and the bits."""
    links = np.flatnonzero(active[origins])
    reached = ends[links]
    groups = np.flatnonzero(np.diff(reached, prepend=-1))
    if not len(links):
        return reached, fresh[:0]
    return reached[groups], np.bitwise_or.reduceat(fresh[origins[links]], groups, axis=0)
