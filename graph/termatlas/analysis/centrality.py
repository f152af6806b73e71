"""All the measures of single terms together, from one walk over the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from termatlas.analysis.brandes import betweenness_from
from termatlas.analysis.cores import core
from termatlas.analysis.csr import Csr, Floats, Graph, Ints, as_csr, by_node
from termatlas.analysis.degrees import in_degree, out_degree
from termatlas.analysis.distances import closeness_from
from termatlas.analysis.link_analysis import hits, pagerank

#: Terms × (terms + links) up to which a measure is exact: at most some two and four seconds.
EXACT = {"betweenness": 60_000_000, "closeness": 2_500_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures(Mapping[str, dict[str, Any]]):
    """What `central` found: ``measures["pagerank"]`` gives each slug its value."""

    tables: Mapping[str, dict[str, Any]]
    pivots: Mapping[str, int]  #: of the measures that were sampled, from how many terms

    def __getitem__(self, measure: str) -> dict[str, Any]:
        return self.tables[measure]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    @property
    def exact(self) -> dict[str, bool]:
        """Say of each measure whether its values are exact or estimated from a sample."""
        return {measure: measure not in self.pivots for measure in self.tables}


def central(graph: Graph, *, sample: int = 256) -> Measures:
    """Measure how central each term is, in eight ways.

    They are `in_degree`, `out_degree`, `pagerank`, `betweenness`, `closeness`, `hub`, `authority` and `core`, each
    defined by the function of its name (`hits` gives `hub` and `authority`). Where betweenness or closeness would
    take long, they are estimated from the shortest paths that start at some terms, chosen by a fixed seed:
    `sample` of them for betweenness, four times as many for closeness, which costs less. Then `exact` says so.

    >>> import networkx as nx
    >>> measures = central(nx.DiGraph([("a", "b"), ("b", "c")]))
    >>> list(measures)
    ['in_degree', 'out_degree', 'pagerank', 'betweenness', 'closeness', 'hub', 'authority', 'core']
    >>> measures["betweenness"], measures.exact["betweenness"]
    ({'a': 0.0, 'b': 0.5, 'c': 0.0}, True)
    """
    rows = as_csr(graph)
    hubs, authorities = hits(rows)
    pivots = {"betweenness": _pivots(rows, "betweenness", sample), "closeness": _pivots(rows, "closeness", 4 * sample)}
    tables: dict[str, dict[str, Any]] = {
        "in_degree": in_degree(rows),
        "out_degree": out_degree(rows),
        "pagerank": pagerank(rows),
        "betweenness": _table(rows, betweenness_from, pivots["betweenness"]),
        "closeness": _table(rows, closeness_from, pivots["closeness"]),
        "hub": hubs,
        "authority": authorities,
        "core": core(rows),
    }
    sampled = {measure: len(chosen) for measure, chosen in pivots.items() if len(chosen) < len(rows)}
    return Measures(tables=tables, pivots=sampled)


def _table(rows: Csr, measure: Callable[[Csr, Ints], Floats], pivots: Ints) -> dict[str, float]:
    return by_node(rows, measure(rows, pivots))


def _pivots(rows: Csr, measure: str, sample: int) -> Ints:
    """Choose the terms to start from: all where that is quick, else a sample that the order of terms cannot change."""
    if len(rows) * (len(rows) + len(rows.indices)) <= EXACT[measure] or sample >= len(rows):
        return np.arange(len(rows))
    by_slug = np.array(sorted(range(len(rows)), key=rows.nodes.__getitem__), np.int64)
    return np.sort(np.random.default_rng(1).choice(by_slug, sample, replace=False))
