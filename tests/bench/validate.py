"""Measure the six conditions of SKOS against pySHACL and the package shacl, which have our shapes for them.

Usage: PYTHONPATH=tests python tests/bench/validate.py [10k] [alone]

One sound vocabulary with a hierarchy, relations and mappings, in Turtle; CPU seconds, each in this one process.
Of ours, reading and checking are told apart. `alone` leaves the others out: pySHACL takes minutes for 100k concepts.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

from children import machine, table
from generate import count_of

import termatlas as ta
from termatlas.sources.files import SourceFile
from termatlas.sources.rdfstream import stream_quads
from termatlas.validate.columns import columns_of
from termatlas.validate.suspects import suspects
from vocabularies import in_turtle, sound

Outcome = TypeVar("Outcome")
Row = tuple[str, float, str]

SHAPES = Path(ta.__file__).parent / "validate" / "skos.shacl.ttl"


def main(size: str = "10k", which: str = "") -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vocabulary.ttl"
        triples = sound(count_of(size), Random(1))
        path.write_bytes(in_turtle(triples))
        ours, whole = _ours(path)
        rows = [*ours, *([] if which == "alone" else _theirs(path, whole))]
    print(table((f"{count_of(size):,} concepts, {len(triples):,} triples", "CPU s", "times ours"), rows))
    print(f"\n{machine()}")


def _ours(path: Path) -> tuple[list[Row], float]:
    file = SourceFile(path=path, label=path.name, root=path.parent)
    ta.validate(path)  # loads what is loaded once
    parsing, _ = _timed(lambda: sum(1 for _ in stream_quads(file)))
    reading, columns = _timed(lambda: columns_of(lambda: stream_quads(file)))
    checking, found = _timed(lambda: suspects(columns))
    whole, results = _timed(lambda: ta.validate(path))
    if found.size or results:
        raise ValueError("the vocabulary is not sound")
    rows = [("parsing alone", parsing), ("reading", reading), ("checking", checking), ("termatlas: whole", whole)]
    return [(name, seconds, "1" if seconds == whole else "") for name, seconds in rows], whole


def _theirs(path: Path, whole: float) -> list[Row]:
    import pyshacl
    import rdflib
    import shacl

    loading, graph = _timed(lambda: rdflib.Graph().parse(path))
    shapes = rdflib.Graph().parse(SHAPES)
    validating, (conforms, _, _) = _timed(lambda: pyshacl.validate(graph, shacl_graph=shapes))
    compiled = shacl.Shapes.from_file(str(SHAPES))
    rust, report = _timed(lambda: compiled.validate_file(str(path)))
    if not (conforms and report.conforms):
        raise ValueError("the shapes do not find the vocabulary sound")
    rows = [("shacl: whole", rust), ("pySHACL: loading", loading), ("pySHACL: validating", validating)]
    rows.append(("pySHACL: whole", loading + validating))
    return [(name, seconds, f"{seconds / whole:.1f}") for name, seconds in rows]


def _timed(work: Callable[[], Outcome]) -> tuple[float, Outcome]:
    started = time.process_time()
    outcome = work()
    return time.process_time() - started, outcome


if __name__ == "__main__":
    main(*sys.argv[1:])
