"""Mixing: how the links run between categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from termatlas.analysis.csr import Csr, Graph, Ints, as_csr, starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """Links between categories; "" stands for terms without one, wanted terms among them."""

    categories: tuple[str, ...]  #: sorted
    links: Mapping[tuple[str, str], int]  #: (from, to) → how many, where there are any; sorted
    assortativity: float | None  #: None where all links start, or all end, as if there were one category

    @property
    def matrix(self) -> list[list[int]]:
        """Give the links from each category (row) to each (column), in the order of `categories`."""
        return [[self.links.get((one, other), 0) for other in self.categories] for one in self.categories]


def mixing(graph: Graph) -> Mixing:
    """Count the links between categories, and measure their *assortativity*.

    It is 1 where all links stay within their category, 0 where categories play no part, below 0 where links
    avoid their own. As `networkx.attribute_mixing_matrix` and `networkx.attribute_assortativity_coefficient` of
    the attribute `category`. Source: Newman, Mixing patterns in networks, 2003, equation 2.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("d", "c")])
    >>> nx.set_node_attributes(graph, {"a": "x", "b": "x", "c": "y", "d": "y"}, "category")
    >>> found = mixing(graph)
    >>> found.categories, found.matrix, found.assortativity
    (('x', 'y'), [[1, 1], [0, 2]], 0.5)
    """
    rows = as_csr(graph)
    values = rows.columns["category"]
    ends = zip(starts(rows).tolist(), rows.indices.tolist(), strict=True)
    links = Counter((values[one], values[other]) for one, other in ends)
    value = assortativity(rows, values)
    return Mixing(
        categories=tuple(sorted(set(values))),
        links=dict(sorted(links.items())),
        assortativity=None if np.isnan(value) else value,
    )


def assortativity(rows: Csr, values: Sequence[object]) -> float:
    """Compute (within − expected) / (1 − expected), as shares of the links; nan where that is 0 / 0."""
    numbers: dict[object, int] = {}
    labels = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)
    here, there = labels[starts(rows)], labels[rows.indices]
    total = len(here)
    expected = _by_chance(here, there, len(numbers)) / (total**2 or 1)
    if not total or expected == 1:
        return float("nan")
    return float((np.count_nonzero(here == there) / total - expected) / (1 - expected))


def _by_chance(here: Ints, there: Ints, count: int) -> int:
    return int(np.bincount(here, minlength=count) @ np.bincount(there, minlength=count))
