"""The k-core number of a term."""

from __future__ import annotations

import numpy as np

from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, by_node, expand, undirected


def core(graph: Graph) -> dict[str, int]:
    """Give each term its *core number*: the largest k of a k-core that it is in.

    A k-core is the largest group of terms of which each is joined to k others of the group, whatever the direction
    of the links. As `networkx.core_number` of the undirected graph.

    >>> import networkx as nx
    >>> core(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {'a': 2, 'b': 2, 'c': 2, 'd': 1}
    """
    rows = as_csr(graph)
    return by_node(rows, core_numbers(undirected(rows)))


def core_numbers(rows: Csr) -> Ints:
    """Take away, for k = 0, 1, 2, …, the nodes with k links or fewer until none is left.

    Source: Batagelj and Zaveršnik, An O(m) algorithm for cores decomposition of networks, 2003; here all nodes
    that are due go at once.
    """
    left = np.diff(rows.indptr)
    numbers = np.zeros(len(rows), np.int64)
    alive = np.ones(len(rows), bool)
    while alive.any():
        number = left[alive].min()
        due = np.flatnonzero(alive & (left <= number))
        while len(due):
            alive[due] = False
            numbers[due] = number
            joined = rows.indices[expand(rows.indptr, due)[0]]
            np.subtract.at(left, joined, 1)
            due = np.unique(joined[alive[joined] & (left[joined] <= number)])
    return numbers
