"""Measure each of our measures against networkx's, on one generated graph.

Usage: python tests/bench/measures.py [1k]

Both in one process, one after the other; CPU seconds of the median of three runs for ours, of one for networkx's.
Ours count the making of the rows that all measures share apart, and each value is compared: the last column is the
largest difference in any term. networkx's PageRank gets a tight tolerance; with its own default it is far off.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
from children import HERE, machine, run, table

from termatlas.analysis import Csr, as_csr, betweenness, closeness, core, hits, pagerank
from termatlas.build import build
from termatlas.sources.read import read

Values = Mapping[str, float]
MEASURES: dict[str, tuple[Callable[[nx.DiGraph[str]], Values], Callable[[Csr], Values]]] = {
    "PageRank": (lambda graph: nx.pagerank(graph, tol=1e-12, max_iter=1000), pagerank),
    "hubs, authorities": (lambda graph: _both(nx.hits(graph)), lambda rows: _both(hits(rows))),
    "betweenness": (nx.betweenness_centrality, betweenness),
    "closeness": (nx.closeness_centrality, closeness),
    "core": (lambda graph: nx.core_number(graph.to_undirected()), core),
}


def main(size: str = "1k") -> None:
    """Measure and print."""
    print(f"{machine()}\n")
    graph = _graph(size)
    rows = as_csr(graph)
    shared = median(_timed(as_csr, graph)[0] for _ in range(3))
    lines = [_line(name, graph, rows) for name in MEASURES]
    print(table((f"{len(graph):,} terms", "networkx", "termatlas", "ratio", "difference"), lines))
    print(f"\nThe rows that ours share: {shared:.3f} s.\n\n{machine()}")


def _graph(size: str) -> nx.DiGraph[str]:
    """Give a generated graph; it has no links of a term to itself, which ours leave out."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "glossary.jsonl")
        run(str(HERE / "generate.py"), size, path)
        return build(read(path))


def _line(name: str, graph: nx.DiGraph[str], rows: Csr) -> tuple[object, ...]:
    theirs, ours = MEASURES[name]
    slow, expected = _timed(theirs, graph)
    runs = [_timed(ours, rows) for _ in range(3)]
    quick = median(seconds for seconds, _ in runs)
    found = runs[0][1]
    difference = max(abs(value - found[slug]) for slug, value in expected.items())
    return name, slow, quick, f"{slow / quick:.0f}", f"{difference:.0e}"


def _both(found: tuple[Values, Values]) -> dict[str, float]:
    return {f"{kind} {slug}": value for kind, values in zip("ha", found, strict=True) for slug, value in values.items()}


def _timed(work: Callable[[Any], Any], given: Any) -> tuple[float, Any]:
    started = time.process_time()
    result = work(given)
    return time.process_time() - started, result


if __name__ == "__main__":
    main(*sys.argv[1:])
