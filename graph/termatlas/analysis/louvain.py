"""Communities: groups of terms that link to one another more than to the rest."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from termatlas.analysis.connectivity import grouped, numbered
from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, by_node, offsets, starts, undirected

_SEED = 1


def communities(graph: Graph) -> dict[str, int]:
    """Give each term the number of its community, from 0, the largest; of equally large ones the smallest slug decides.

    Links count without their direction, and once between two terms. The result depends on the slugs and the
    links alone, not on their order. Source: Blondel and others, Fast unfolding of communities in large networks
    (the *Louvain* method), 2008, with the queue of Traag, Waltman and van Eck, From Louvain to Leiden, 2019, and
    a last round on the terms themselves.

    >>> import networkx as nx
    >>> communities(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("x", "a")]))
    {'a': 0, 'b': 0, 'c': 0, 'x': 1, 'y': 1}
    """
    rows = as_csr(graph)
    ranked = _by_slug(undirected(rows))
    labels = _louvain(ranked)
    found = numbered(grouped(ranked.nodes, labels))
    return {node: found[node] for node in rows.nodes}


def modularity(graph: Graph, found: dict[str, int]) -> float:
    """Measure communities: the share of links within them, less what random links would give; 0 without links.

    As `networkx.community.modularity` of the undirected graph. Source: Newman and Girvan, Finding and evaluating
    community structure in networks, 2004.

    >>> import networkx as nx
    >>> modularity(nx.DiGraph([("a", "b"), ("c", "d")]), {"a": 0, "b": 0, "c": 1, "d": 1})
    0.5
    """
    rows = undirected(as_csr(graph))
    labels = np.array([found[node] for node in rows.nodes], np.int64)
    ends = len(rows.indices)
    within = np.count_nonzero(labels[starts(rows)] == labels[rows.indices])
    degrees = np.bincount(labels, np.diff(rows.indptr)) if len(rows) else np.zeros(0)
    return float(within / ends - np.square(degrees / ends).sum()) if ends else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Level:
    """A graph whose nodes are the communities of the level below; links both ways, with weights."""

    indptr: list[int]
    indices: list[int]
    weights: list[int]
    degrees: list[int]  #: all weight that ends at the node, links within it included
''' + '''

def _by_slug(rows: Csr) -> Csr:
    """Number the nodes of an undirected graph by their slugs."""
    order = np.array(sorted(range(len(rows)), key=rows.nodes.__getitem__), np.int64)
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    nodes = [rows.nodes[node] for node in order.tolist()]
    pairs = np.sort(rank[starts(rows)] * len(rows) + rank[rows.indices])
    counts = np.diff(rows.indptr)[order]
    return replace(rows, nodes=nodes, indptr=offsets(counts), indices=pairs % max(len(rows), 1))


def _louvain(rows: Csr) -> list[int]:
    """Move nodes, join communities to nodes of a smaller graph, and so on until nothing moves."""
    chance = random.Random(_SEED)
    bottom = _Level(
        indptr=rows.indptr.tolist(),
        indices=rows.indices.tolist(),
        weights=[1] * len(rows.indices),
        degrees=np.diff(rows.indptr).tolist(),
    )
    labels, level = np.arange(len(rows)), bottom
    while True:
        moved = _move(level, list(range(len(level.degrees))), chance)
        names, joined = np.unique(moved, return_inverse=True)
        labels = joined[labels]
        if len(names) == len(level.degrees):
            return _move(bottom, labels.tolist(), chance)
        level = _join(level, joined)


def _move(level: _Level, labels: list[int], chance: random.Random) -> list[int]:
    """Move single nodes to the community of a neighbour where that raises the modularity, until nothing does."""
    indptr, indices, weights, degrees = level.indptr, level.indices, level.weights, level.degrees
    size = [0] * len(degrees)  # of each community, in degrees
    for label, degree in zip(labels, degrees, strict=True):
        size[label] += degree
    scale = 1 / (sum(degrees) or 1)
    order = list(range(len(degrees)))
    chance.shuffle(order)
    queue, waiting = deque(order), [True] * len(order)
    while queue:
        node = queue.popleft()
        waiting[node] = False
        around = indices[indptr[node] : indptr[node + 1]]
        pull: dict[int, int] = {}
        for other, weight in zip(around, weights[indptr[node] : indptr[node + 1]], strict=True):
            label = labels[other]
            pull[label] = pull.get(label, 0) + weight
        here, push = labels[node], degrees[node] * scale
        size[here] -= degrees[node]
        best, most = here, pull.get(here, 0) - size[here] * push
        for label, weight in pull.items():
            gain = weight - size[label] * push
            if gain > most + 1e-12:
                best, most = label, gain
        size[best] += degrees[node]
        if best != here:
            labels[node] = best
            for other in around:
                if not waiting[other] and labels[other] != best:
                    waiting[other] = True
                    queue.append(other)
    return labels


def _join(level: _Level, joined: Ints) -> _Level:
    """Make each community a node; the links between two communities become one, their weights added up."""
    count = int(joined.max()) + 1
    here = joined[np.repeat(np.arange(len(level.degrees)), np.diff(level.indptr))]
    keys = here * count + joined[level.indices]
    pairs, places = np.unique(keys, return_inverse=True)
    between = pairs // count != pairs % count
    counts = np.bincount((pairs // count)[between], minlength=count)
    return _Level(
        indptr=offsets(counts).tolist(),
        indices=(pairs % count)[between].tolist(),
        weights=np.bincount(places, level.weights)[between].astype(np.int64).tolist(),
        degrees=np.bincount(joined, level.degrees).astype(np.int64).tolist(),
    )
