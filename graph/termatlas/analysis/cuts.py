"""Cuts: the terms and the links that alone hold parts of a glossary together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, starts, undirected


def articulation_terms(graph: Graph) -> list[str]:
    """List the *articulation terms*: without one of them its component falls apart, whatever the direction of links.

    As `networkx.articulation_points` of the undirected graph; sorted.

    >>> import networkx as nx
    >>> articulation_terms(nx.DiGraph([("a", "b"), ("c", "b")]))
    ['b']
    """
    rows = as_csr(graph)
    return sorted(rows.nodes[node] for node in articulation_nodes(search(undirected(rows))))


def bridges(graph: Graph) -> list[tuple[str, str]]:
    """List the *bridges*: pairs of terms whose link, if it went, would leave no other way between them.

    As `networkx.bridges` of the undirected graph: links both ways between two terms count as one. The smaller slug
    stands first; sorted.

    >>> import networkx as nx
    >>> bridges(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("d", "c")]))
    [('c', 'd')]
    """
    rows = as_csr(graph)
    pairs = ((rows.nodes[one], rows.nodes[other]) for one, other in bridge_nodes(search(undirected(rows))))
    return sorted((one, other) if one < other else (other, one) for one, other in pairs)


def articulation_nodes(tree: Tree) -> list[int]:
    """Give the numbers of the articulation nodes, in order.

    A node is one if a child of it in the search tree reaches nothing above it, a root if it has several children.
    """
    child = np.flatnonzero(tree.parent >= 0)
    parent = tree.parent[child]
    at_root = tree.parent[parent] < 0
    inner = parent[~at_root & (tree.low[child] >= tree.first[parent])]
    roots = np.flatnonzero(np.bincount(parent[at_root], minlength=1) > 1)
    found: list[int] = np.union1d(inner, roots).tolist()
    return found


def bridge_nodes(tree: Tree) -> list[tuple[int, int]]:
    """Give the bridges as pairs of node numbers, the smaller first, in order.

    A bridge joins a node to its parent in the search tree if nothing below it reaches above it.
    """
    child = np.flatnonzero((tree.parent >= 0) & (tree.low == tree.first))
    parent = tree.parent[child]
    return sorted(zip(np.minimum(child, parent).tolist(), np.maximum(child, parent).tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tree:
    """What a depth-first search of an undirected graph found, by node."""

    parent: Ints  #: in the search tree; -1 for a root
    first: Ints  #: the node's place in the order of the search
    low: Ints  #: the first place that it or a node below it reaches, other than by the link to its parent


def search(rows: Csr) -> Tree:
    """Search an undirected graph depth-first.

    Source: Hopcroft and Tarjan, Algorithm 447: efficient algorithms for graph manipulation, 1973.
    """
    order, parents = _depth_first(rows)
    first = np.empty(len(rows), np.int64)
    first[order] = np.arange(len(rows))
    parent = np.array(parents, np.int64)
    here = starts(rows)
    low = first.copy()
    other = rows.indices != parent[here]
    np.minimum.at(low, here[other], first[rows.indices[other]])
    lowest = low.tolist()
    for node in reversed(order):
        above = parents[node]
        if above >= 0 and lowest[node] < lowest[above]:
            lowest[above] = lowest[node]
    return Tree(parent=parent, first=first, low=np.array(lowest, np.int64))


def _depth_first(rows: Csr) -> tuple[list[int], list[int]]:
    """Give the nodes in the order of a depth-first search, and the parent of each."""
    indptr, indices = rows.indptr.tolist(), rows.indices.tolist()
    ahead = [iter(indices[begin:end]) for begin, end in pairwise(indptr)]
    order: list[int] = []
    parents = [-2] * len(rows)  # not seen yet
    for root in range(len(rows)):
        stack = [root] if parents[root] == -2 else []
        if stack:
            parents[root] = -1
            order.append(root)
        while stack:
            node = stack[-1]
            for other in ahead[node]:
                if parents[other] == -2:
                    parents[other] = node
                    order.append(other)
                    stack.append(other)
                    break
            else:
                stack.pop()
    return order, parents
