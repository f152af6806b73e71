"""Mixing: how the links run between categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """Links between categories: ``matrix[i][j]`` links lead from ``categories[i]`` to ``categories[j]``."""

    categories: tuple[str, ...]  #: sorted; "" stands for terms without one, wanted terms among them
    matrix: tuple[tuple[int, ...], ...]
    assortativity: float | None  #: None where all links start, or all end, as if there were one category


def mixing(graph: Graph) -> Mixing:
    """Count the links between categories, and measure their *assortativity*.

    It is 1 where all links stay within their category, 0 where categories play no part, below 0 where links
    avoid their own. As `networkx.attribute_mixing_matrix` and `networkx.attribute_assortativity_coefficient` of
    the attribute `category`. Source: Newman, Mixing patterns in networks, 2003, equation 2.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("d", "c")])
    >>> nx.set_node_attributes(graph, {"a": "x", "b": "x", "c": "y", "d": "y"}, "category")
    >>> mixing(graph)
    Mixing(categories=('x', 'y'), matrix=((1, 1), (0, 2)), assortativity=0.5)
    """
    rows = as_csr(graph)
    categories = sorted(set(rows.columns["category"]))
    matrix = mixing_matrix(rows, rows.columns["category"], categories)
    value = assortativity(matrix)
    return Mixing(
        categories=tuple(categories),
        matrix=tuple(map(tuple, matrix.tolist())),
        assortativity=None if np.isnan(value) else value,
    )


def mixing_matrix(rows: Csr, values: list[object], order: list[object]) -> Ints:
    """Count the links from each value to each, in the order given."""
    number = {value: place for place, value in enumerate(order)}
    label = np.fromiter(map(number.__getitem__, values), np.int64, len(values))
    pairs = label[starts(rows)] * len(order) + label[rows.indices]
    return np.bincount(pairs, minlength=len(order) ** 2).reshape(len(order), len(order))


def assortativity(matrix: Ints) -> float:
    """Compute (trace − expected) / (1 − expected); nan where that is 0 / 0."""
    total = matrix.sum()
    if not total:
        return float("nan")
    expected = float(matrix.sum(axis=0) @ matrix.sum(axis=1)) / total**2
    return float((matrix.trace() / total - expected) / (1 - expected)) if expected != 1 else float("nan")
