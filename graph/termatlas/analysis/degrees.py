"""Degrees: how many links lead to a term, and how many lead out of it."""

from __future__ import annotations

import numpy as np

from termatlas.analysis.csr import Graph, Ints, as_csr, by_node


def in_degree(graph: Graph) -> dict[str, int]:
    """Count the links that lead to each term.

    >>> import networkx as nx
    >>> in_degree(nx.DiGraph([("a", "b"), ("c", "b"), ("b", "b")]))
    {'a': 0, 'b': 2, 'c': 0}
    """
    rows = as_csr(graph)
    return by_node(rows, degrees(rows)[0])


def out_degree(graph: Graph) -> dict[str, int]:
    """Count the links that lead out of each term.

    >>> import networkx as nx
    >>> out_degree(nx.DiGraph([("a", "b"), ("c", "b"), ("b", "b")]))
    {'a': 1, 'b': 0, 'c': 1}
    """
    rows = as_csr(graph)
    return by_node(rows, degrees(rows)[1])


def degrees(graph: Graph) -> tuple[Ints, Ints]:
    """Give the in-degrees and the out-degrees as arrays."""
    rows = as_csr(graph)
    return np.bincount(rows.indices, minlength=len(rows)), np.diff(rows.indptr)
