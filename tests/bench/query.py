"""Measure the named queries on a generated glossary, and three of them by rdflib's own engine.

Usage: python tests/bench/query.py [10k] [--rdflib]

CPU seconds, each query asked three times of one store, the median. The store is made before, and its time given
apart. rdflib is handed the same triples in its own memory store; it takes minutes for 10k terms.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

import pyoxigraph
import rdflib
from children import HERE, machine, run, table

from termatlas.export.rdf import rdf_bytes, to_store
from termatlas.model import Glossary
from termatlas.query import USUAL_PREFIXES, Solutions, named_queries, query
from termatlas.sources.read import read

Result = TypeVar("Result")
PEER = ("orphans", "most-linked", "terms-without-definition")


def main(size: str = "10k", *options: str) -> None:
    """Measure and print."""
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "glossary.jsonl")
        run(str(HERE / "generate.py"), size, path)
        glossary = read(path)
    seconds, store = _timed(lambda: to_store(glossary))
    print(f"{len(glossary):,} terms, {len(store):,} triples; the store is made in {seconds:.2f} CPU s\n")
    ours = {name: _measured(store, name, _values(glossary, name)) for name in named_queries()}
    print(table(("named query", "rows", "CPU s"), [(name, rows, f"{cpu:.3f}") for name, (cpu, rows) in ours.items()]))
    if "--rdflib" in options:
        print(f"\n{_peers(glossary, ours)}")
    print(f"\n{machine()}")


def _values(glossary: Glossary, name: str) -> dict[str, str]:
    first, second = glossary.terms[0], glossary.terms[1]
    known = {"term": first.name, "start": first.name, "one": first.name, "other": second.name, "text": "kiri"}
    known["category"] = first.category
    return {parameter: known[parameter] for parameter in named_queries()[name].parameters}


def _measured(store: pyoxigraph.Store, name: str, values: dict[str, str]) -> tuple[float, int]:
    runs = [_timed(lambda: query(store, name, **values)) for _ in range(3)]
    found = runs[0][1]
    return median(seconds for seconds, _ in runs), len(found) if isinstance(found, Solutions) else 1


def _peers(glossary: Glossary, ours: dict[str, tuple[float, int]]) -> str:
    graph = rdflib.Graph()
    seconds, _ = _timed(lambda: graph.parse(data=rdf_bytes(glossary, "nt"), format="nt"))
    rows: list[tuple[object, ...]] = [("(to read the triples)", "", f"{seconds:.1f}", "")]
    for name in PEER:
        text = named_queries()[name].text
        cpu, found = _timed(lambda text=text: list(graph.query(text, initNs=USUAL_PREFIXES)))  # type: ignore[misc]  # its default
        if len(found) != ours[name][1]:
            raise ValueError(f"rdflib finds {len(found)} rows for {name}, and ours are {ours[name][1]}")
        rows.append((name, len(found), f"{cpu:.1f}", f"{cpu / ours[name][0]:.0f}"))
    return table(("rdflib's own engine", "rows", "CPU s", "times ours"), rows)


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


if __name__ == "__main__":
    main(*sys.argv[1:])
