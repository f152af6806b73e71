"""Measure the layout: CPU seconds, memory, and how many of a term's links are near it on the map.

Usage: python tests/bench/layout.py [2k 10k 100k]

For each size a process of its own lays out a generated glossary. "Near" is neighbourhood preservation: of the d terms
nearest to a term with d links (20 at most), the share that it is linked with, as the mean over 2,000 terms of the
map's largest part; "purity" is the share of the ten nearest that are of its category. Wanted terms, which stand on a
shelf, are left out of both. Memory is what the process holds at its peak beyond the graph that it is given.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from random import Random

import networkx as nx
import numpy as np
from children import machine, run, table
from generate import count_of, terms
from scipy.spatial import cKDTree

from termatlas.analysis.map_layout import layout

SAMPLE = 2_000
NEAREST = 20
FIGURES = ("layout, CPU s", "layout, peak MB", "near", "purity")


def main(*sizes: str) -> None:
    """Measure each size in a process and print the table."""
    rows = []
    for size in sizes or ("2k", "10k", "100k"):
        steps = run(str(Path(__file__)), "one", size).steps
        rows.append((size, *(steps[name] for name in FIGURES)))
    print(machine(), "", table(("terms", *FIGURES), rows), "", machine(), sep="\n")


def one(size: str) -> None:
    """Lay out one glossary and report."""
    graph = generated(count_of(size))
    layout(nx.path_graph(30, create_using=nx.DiGraph))  # loads what is loaded on use
    before, started = peak(), time.process_time()
    positions = layout(graph)
    used = {"layout, CPU s": time.process_time() - started, "layout, peak MB": peak() - before}
    for name, value in {**used, **quality(graph, positions)}.items():
        print(f"{name}\t{value:.3f}")


def generated(count: int) -> nx.DiGraph[str]:
    """Give the graph of a generated glossary."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for term in terms(count):
        graph.add_node(term["slug"], category=term["category"], name=term["term"], defined=True)
        graph.add_edges_from((term["slug"], target) for target in term["relatedTerms"])
    for _, node in graph.nodes(data=True):
        node.setdefault("defined", False)
    return graph


def quality(graph: nx.DiGraph[str], positions: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Sample how many of a term's nearest are linked with it, and how many are of its category."""
    linked = graph.subgraph(slug for slug, node in graph.nodes.items() if node["defined"]).to_undirected()
    slugs = max(map(sorted, nx.connected_components(linked)), key=len)
    tree = cKDTree(np.array([positions[slug] for slug in slugs]))
    near, purity = [], []
    for slug in Random(1).sample(slugs, min(SAMPLE, len(slugs))):
        count = min(NEAREST, linked.degree[slug])
        around = [slugs[at] for at in np.atleast_1d(tree.query(positions[slug], k=NEAREST + 1)[1]) if slugs[at] != slug]
        near.append(np.mean([other in linked[slug] for other in around[:count]]))
        purity.append(
            np.mean([graph.nodes[other]["category"] == graph.nodes[slug]["category"] for other in around[:10]])
        )
    return {"near": float(np.mean(near)), "purity": float(np.mean(purity))}


def peak() -> float:
    """Give the megabytes that this process held at its peak so far."""
    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kilobytes elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    (one if sys.argv[1:2] == ["one"] else main)(*sys.argv[2 if sys.argv[1:2] == ["one"] else 1 :])
