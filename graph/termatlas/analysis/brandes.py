"""Betweenness, by Brandes' algorithm run from many terms at once."""

from __future__ import annotations

import numpy as np

from termatlas.analysis.csr import Csr, Floats, Graph, Ints, as_csr, by_node, expand

_KEYS = 1 << 17  # values of one array; chosen by measurement: what stays in the cache is several times faster


def betweenness(graph: Graph) -> dict[str, float]:
    """Give each term its *betweenness*: the share of shortest paths between two others that lead over it.

    Exact, which takes time in proportion to terms times links; `central` samples where that is too long. As
    `networkx.betweenness_centrality`. Source: Brandes, A faster algorithm for betweenness centrality, 2001.

    >>> import networkx as nx
    >>> betweenness(nx.DiGraph([("a", "b"), ("b", "c")]))
    {'a': 0.0, 'b': 0.5, 'c': 0.0}
    """
    rows = as_csr(graph)
    return by_node(rows, betweenness_from(rows, np.arange(len(rows))))


def betweenness_from(rows: Csr, pivots: Ints) -> Floats:
    """Estimate the betweenness from the shortest paths that start at the pivots; exact if these are all nodes.

    Paths that start at a node do not lead over it, so a pivot has one sample less, as in networkx 3.6.
    """
    count, others = len(rows), len(rows) - 1
    if others < 2 or not len(pivots):
        return np.zeros(count)
    seen = np.full(count, len(pivots), np.float64)
    seen[pivots] -= 1
    with np.errstate(invalid="ignore"):  # a sole pivot knows nothing of itself: 0 / 0, nan as in networkx
        return dependencies(rows, pivots) / (seen * (others - 1))


def dependencies(rows: Csr, sources: Ints) -> Floats:
    """Add up, over the shortest paths from each source, what part of them leads over each node."""
    bits = min(8, max(0, (_KEYS // max(len(rows), 1)).bit_length() - 1))
    total = np.zeros(len(rows))
    for first in range(0, len(sources), 1 << bits):
        total += _dependencies(rows, sources[first : first + (1 << bits)], bits)
    return total


def _dependencies(rows: Csr, sources: Ints, bits: int) -> Floats:
    """Run one batch: the key of a node as seen from a source is ``node << bits | number of the source``."""
    keys = sources << bits | np.arange(len(sources))
    paths = np.zeros(len(rows) << bits)  # the number of shortest paths
    levels = _levels(rows, keys, bits, paths)
    passed = np.zeros(len(rows) << bits)  # Brandes' delta
    for frontier, parents, children in reversed(levels):
        parts = (1 + passed[children]) / paths[children]
        passed[frontier] = paths[frontier] * np.bincount(parents, parts, len(frontier))
    passed[keys] = 0
    result: Floats = passed.reshape(-1, 1 << bits).sum(axis=1)
    return result


def _levels(rows: Csr, frontier: Ints, bits: int, paths: Floats) -> list[tuple[Ints, Ints, Ints]]:
    """Search breadth-first and count the paths; a level is its keys, and its links as (place of key, key reached)."""
    unseen = np.ones(len(paths), bool)
    last = np.zeros(len(paths), np.int64)
    unseen[frontier] = False
    paths[frontier] = 1
    levels = []
    while len(frontier):
        links, counts = expand(rows.indptr, frontier >> bits)
        lanes = frontier & ((1 << bits) - 1)
        children = rows.indices[links] << bits | np.repeat(lanes, counts)
        fresh = np.flatnonzero(unseen[children])
        children = children[fresh]
        parents = np.repeat(np.arange(len(frontier)), counts)[fresh]
        np.add.at(paths, children, paths[frontier][parents])
        unseen[children] = False
        levels.append((frontier, parents, children))
        order = np.arange(len(children))
        last[children] = order
        frontier = children[last[children] == order]  # each key once
    return levels
