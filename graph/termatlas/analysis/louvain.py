"""Communities: groups of terms that link to one another more than to the rest."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termatlas.analysis.connectivity import grouped, numbered
from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, offsets, starts, undirected

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


def modularity(graph: Graph, found: Mapping[str, int]) -> float:
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
    """A graph whose nodes are the communities of the level below, as rows and as the lists that loops want."""

    rows: Csr
    indptr: list[int]
    indices: list[int]
    weights: list[int]  #: of the links; empty where all are 1
    degrees: list[int]  #: all weight that ends at the node, links within it included


def _louvain(rows: Csr) -> list[int]:
    """Move nodes, make each community a node of a smaller graph, and so on until nothing moves."""
    chance = random.Random(_SEED)
    bottom = level = _level(rows, np.diff(rows.indptr))
    labels = np.arange(len(rows))
    while True:
        names, joined = np.unique(_move(level, list(range(len(level.rows))), chance), return_inverse=True)
        labels = joined[labels]
        if len(names) == len(level.rows):
            return _move(bottom, labels.tolist(), chance)
        level = _join(level, joined)


def _move(level: _Level, labels: list[int], chance: random.Random) -> list[int]:
    """Move single nodes to the community of a neighbour where that raises the modularity.

    Whenever a node moves, its neighbours are due again, up to as many visits as twice the nodes: what is left then
    is for the levels above, which are much smaller, and for the last round.
    """
    degrees, sizes = level.degrees, _sizes(level.degrees, labels)
    scale = 1 / (sum(degrees) or 1)
    due = deque(chance.sample(range(len(degrees)), len(degrees)))
    waiting = [True] * len(degrees)
    for _ in range(2 * len(degrees)):
        if not due:
            break
        node = due.popleft()
        waiting[node] = False
        here, degree = labels[node], degrees[node]
        sizes[here] -= degree
        best = _best(_pull(level, labels, node), sizes, here, degree * scale)
        sizes[best] += degree
        if best != here:
            labels[node] = best
            around = level.indices[level.indptr[node] : level.indptr[node + 1]]
            fresh = [other for other in around if not waiting[other] and labels[other] != best]
            due.extend(fresh)
            for other in fresh:
                waiting[other] = True
    return labels


def _sizes(degrees: list[int], labels: list[int]) -> list[int]:
    sizes = [0] * len(degrees)
    for label, degree in zip(labels, degrees, strict=True):
        sizes[label] += degree
    return sizes


def _pull(level: _Level, labels: list[int], node: int) -> dict[int, int]:
    """Add up the weight of a node's links to each community."""
    pull: dict[int, int] = {}
    begin, end = level.indptr[node], level.indptr[node + 1]
    weights = level.weights[begin:end] or repeat(1)
    for other, weight in zip(level.indices[begin:end], weights):  # noqa: B905 -- repeat never ends
        label = labels[other]
        if label in pull:
            pull[label] += weight
        else:
            pull[label] = weight
    return pull


def _best(pull: dict[int, int], sizes: list[int], here: int, push: float) -> int:
    """Choose the community with the most links over what random links would give; `here` unless one is better."""
    best, most = here, pull.get(here, 0) - sizes[here] * push + 1e-12
    for label, weight in pull.items():
        gain = weight - sizes[label] * push
        if gain > most:
            best, most = label, gain
    return best


def _join(level: _Level, joined: Ints) -> _Level:
    """Make each community a node; the links between two communities become one, their weights added up."""
    count = int(joined.max()) + 1
    keys = joined[starts(level.rows)] * count + joined[level.rows.indices]
    weights = np.ones(len(keys)) if level.rows.weights is None else level.rows.weights
    pairs, places = np.unique(keys, return_inverse=True)
    between = pairs // count != pairs % count
    rows = Csr(
        nodes=list(range(count)),
        indptr=offsets(np.bincount((pairs // count)[between], minlength=count)),
        indices=(pairs % count)[between],
        looped=joined[:0],
        weights=np.bincount(places, weights)[between],
    )
    return _level(rows, np.bincount(joined, level.degrees))


def _level(rows: Csr, degrees: NDArray[Any]) -> _Level:
    return _Level(
        rows=rows,
        indptr=rows.indptr.tolist(),
        indices=rows.indices.tolist(),
        weights=[] if rows.weights is None else rows.weights.astype(np.int64).tolist(),
        degrees=degrees.astype(np.int64).tolist(),
    )


def _by_slug(rows: Csr) -> Csr:
    """Put the nodes of an undirected graph in the order of their slugs."""
    order = np.array(sorted(range(len(rows)), key=rows.nodes.__getitem__), np.int64)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(rows))
    return replace(
        rows,
        nodes=[rows.nodes[node] for node in order.tolist()],
        indptr=offsets(np.diff(rows.indptr)[order]),
        indices=np.sort(rank[starts(rows)] * len(rows) + rank[rows.indices]) % max(len(rows), 1),
    )
