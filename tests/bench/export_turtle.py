"""Measure our Turtle against rdflib's, which builds a graph of the same triples and serialises it.

Usage: python tests/bench/export_turtle.py [10k]

Both in one process, by turns, three times; medians of CPU seconds. rdflib is handed the triples as strings and makes
its terms of them, as anybody who uses it has to. At the end both files are read, and hold the same triples.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import pyoxigraph
import rdflib
from children import HERE, machine, run, table

from termatlas.export.rdf import rdf_bytes, to_triples
from termatlas.model import Glossary
from termatlas.sources.read import read

Result = TypeVar("Result")
#: Subject, property, and an IRI or the text, language and type of a literal.
Plain = tuple[str, str, str | tuple[str, str | None, str | None]]


def main(size: str = "10k") -> None:
    """Measure and print."""
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "glossary.jsonl")
        run(str(HERE / "generate.py"), size, path)
        glossary = read(path)
    triples = [_plain(triple) for triple in to_triples(glossary)]
    ours, theirs = _measure(glossary, triples)
    rows = [
        ("rdflib: build", theirs[0], f"{theirs[0] / ours:.1f}"),
        ("rdflib: serialise", theirs[1], f"{theirs[1] / ours:.1f}"),
        ("rdflib: both", theirs[0] + theirs[1], f"{(theirs[0] + theirs[1]) / ours:.1f}"),
        ("termatlas", ours, "1"),
    ]
    print(table((f"Turtle, {len(glossary):,} terms, {len(triples):,} triples", "CPU s", "times ours"), rows))
    print(f"\nBoth files hold the same triples.\n\n{machine()}")


def _measure(glossary: Glossary, triples: list[Plain]) -> tuple[float, tuple[float, float]]:
    seconds: list[tuple[float, float, float]] = []
    for _ in range(3):
        ours, text = _timed(lambda: rdf_bytes(glossary, "turtle"))
        build, graph = _timed(lambda: _graph(triples))
        serialise, theirs = _timed(partial(graph.serialize, format="turtle", encoding="utf-8"))
        seconds.append((ours, build, serialise))
    if _parsed(text) != _parsed(theirs):
        raise ValueError("the two files do not hold the same triples")
    mine, build, serialise = map(median, zip(*seconds, strict=True))
    return mine, (build, serialise)


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def _graph(triples: Iterable[Plain]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for subject, name, value in triples:
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(name), _object(value)))
    return graph


def _object(value: str | tuple[str, str | None, str | None]) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(value, str):
        return rdflib.URIRef(value)
    text, language, datatype = value
    return rdflib.Literal(text, lang=language, datatype=datatype and rdflib.URIRef(datatype))


def _plain(triple: pyoxigraph.Triple) -> Plain:
    subject, name, value = triple
    assert isinstance(subject, pyoxigraph.NamedNode)
    if isinstance(value, pyoxigraph.NamedNode):
        return subject.value, name.value, value.value
    assert isinstance(value, pyoxigraph.Literal)
    tag = None if value.language or value.datatype.value.endswith("#string") else value.datatype.value
    return subject.value, name.value, (value.value, value.language, tag)


def _parsed(turtle: bytes) -> set[str]:
    return {str(triple) for triple in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)}


if __name__ == "__main__":
    main(*sys.argv[1:])
