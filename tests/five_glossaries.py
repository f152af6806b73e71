"""The glossaries on which the explorer is tested, and what Python knows of each: real ones, and large ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import cos, sin
from pathlib import Path
from runpy import run_path
from typing import Any, NamedTuple

import networkx as nx

from termatlas.explorer import explorer_page
from termatlas.export.findings_json import findings_json
from termatlas.findings import Finding
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve
from termatlas.sources import read
from termatlas.survey import Survey, survey

terms: Callable[[int], Iterator[dict[str, Any]]] = run_path(str(Path(__file__).parent / "bench" / "generate.py"))[
    "terms"
]
_SAMPLES = 6
_FEW = 1_000  # terms; of more the findings are counted as records, for writing hundreds of thousands takes long


class Atlas(NamedTuple):
    """A glossary's explorer page, and what is true of the glossary."""

    file: Path
    terms: int
    links: int
    categories: int
    findings: Mapping[str, int]  #: rule → count
    definitions: Mapping[str, str]  #: name → definition, of some terms with a name of their own
    graph: nx.DiGraph[str]


def shipped(_: Path) -> Survey:
    return survey(read())


def mlg(corpora: Path) -> Survey:
    return survey(read(str(corpora / "ml-glossary-mlg")))


def foldoc(corpora: Path) -> Survey:
    return survey(read(str(corpora / "foldoc" / "foldoc.jsonl")))


def ten_thousand(_: Path) -> Survey:
    return survey(generated(10_000))


def hundred_thousand(_: Path) -> Survey:
    """Survey 100,000 terms from places that they have, which takes half as long as to find some."""
    glossary = generated(100_000)
    names = sorted({term.category for term in glossary.terms})
    turns = {name: (at, 700 * at**0.5) for at, name in enumerate(names, start=9)}
    places = {}
    for at, term in enumerate(glossary.terms):
        turn, far = turns[term.category]
        near = 3 * (at % 40_000) ** 0.5
        places[term.slug] = (far * cos(2.4 * turn) + near * cos(2.4 * at), far * sin(2.4 * turn) + near * sin(2.4 * at))
    return survey(glossary, start=places)


GLOSSARIES: dict[str, Callable[[Path], Survey]] = {
    "shipped": shipped,
    "mlg": mlg,
    "foldoc": foldoc,
    "10k": ten_thousand,
    "100k": hundred_thousand,
}


def generated(count: int) -> Glossary:
    made = (
        Term(
            slug=term["slug"],
            name=term["term"],
            aliases=tuple(term["aliases"]),
            categories=(term["category"],),
            definition=term["definition"],
            explanation=term["explanation"],
            related=tuple(Reference(written=written) for written in term["relatedTerms"]),
        )
        for term in terms(count)
    )
    return Glossary(title=f"{count:,} terms", terms=tuple(resolve(made)))


def build(known: Survey, file: Path) -> Atlas:
    """Write the page and keep what tests compare it with; a whole survey of 100,000 terms would fill the memory."""
    file.write_text(explorer_page(known), encoding="utf-8")
    return Atlas(
        file=file,
        terms=len(known.graph),
        links=sum(source != target for source, target in known.graph.edges),
        categories=len({node["category"] for node in known.graph.nodes.values()} - {""}),
        findings=_counted(known.findings),
        definitions=_definitions(known.glossary),
        graph=known.graph,
    )


def _counted(findings: tuple[Finding, ...]) -> Counter[str]:
    if len(findings) > _FEW:
        return Counter(finding.rule for finding in findings)
    return Counter(row["rule"] for row in json.loads("".join(findings_json(findings))))


def _definitions(glossary: Glossary) -> dict[str, str]:
    """Choose terms from all over the glossary: with a definition, and a name that is no other's."""
    names = Counter(term.name.casefold() for term in glossary.terms)
    fit = [term for term in glossary.terms if 0 < len(term.definition) < 3_000 and names[term.name.casefold()] == 1]
    return {term.name: " ".join(term.definition.split()) for term in fit[:: max(1, len(fit) // _SAMPLES)][:_SAMPLES]}
