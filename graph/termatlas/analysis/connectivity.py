"""Components: the parts into which a graph falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from scipy.sparse.csgraph import connected_components

from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, matrix


def components(graph: Graph) -> list[list[str]]:
    """List the weak components: terms that links join, whatever their direction.

    The largest comes first, of equally large ones the one with the smallest slug; the slugs of each are sorted.

    >>> import networkx as nx
    >>> components(nx.DiGraph([("d", "c"), ("b", "a"), ("b", "e")]))
    [['a', 'b', 'e'], ['c', 'd']]
    """
    return _components(as_csr(graph), "weak")


def islands(graph: Graph) -> list[list[str]]:
    """List the islands: all weak components but the largest.

    >>> import networkx as nx
    >>> islands(nx.DiGraph([("d", "c"), ("b", "a"), ("b", "e")]))
    [['c', 'd']]
    """
    return components(graph)[1:]


def strong_components(graph: Graph) -> list[list[str]]:
    """List the strong components, sorted as `components` are: terms of which each leads to each by links.

    >>> import networkx as nx
    >>> strong_components(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    [['a', 'b'], ['c']]
    """
    return _components(as_csr(graph), "strong")


def numbered(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """Give each term the number of its group, from 0.

    >>> numbered([["a", "b"], ["c"]])
    {'a': 0, 'b': 0, 'c': 1}
    """
    return {term: number for number, members in enumerate(groups) for term in members}


def component_labels(rows: Csr, connection: Literal["weak", "strong"]) -> Ints:
    """Give each node a number that it shares with the nodes of its component."""
    if not len(rows):
        return np.zeros(0, np.int64)
    links = matrix(replace(rows, weights=None))  # a link of weight 0 is a link
    return connected_components(links, directed=True, connection=connection)[1].astype(np.int64)


def grouped(nodes: Sequence[str], labels: Sequence[int]) -> list[list[str]]:
    """Put together what has one label: the largest group first, then by smallest member; members sorted."""
    groups: dict[int, list[str]] = {}
    for node, label in sorted(zip(nodes, labels, strict=True)):
        groups.setdefault(label, []).append(node)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _components(rows: Csr, connection: Literal["weak", "strong"]) -> list[list[str]]:
    return grouped(rows.nodes, component_labels(rows, connection).tolist())
