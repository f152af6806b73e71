"""Suggestions → JSON, rows, or linked data: as annotations in a graph of their own, never asserted.

A suggested link is an `oa:Annotation` (W3C Web Annotation Vocabulary, 2017) whose target is the term that the link
would lead from and whose body is the one it would lead to; `ta:linksTo` is not said of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

from termatlas.export.blocks import PREFIXES, Plan, plan
from termatlas.export.syntaxes import quoted
from termatlas.model import Glossary
from termatlas.suggest.budget import Budgeted
from termatlas.suggest.duplicates import Duplicate
from termatlas.suggest.model import Suggestion
from termatlas.suggest.score import Score
from termatlas.suggest.terms import MissingTerm

_PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdfs": PREFIXES["rdfs"],
    "ta": PREFIXES["ta"],
    "xsd": PREFIXES["xsd"],
}


def link_row(suggestion: Suggestion, glossary: Glossary) -> dict[str, Any]:
    """Give a suggested link as JSON has it."""
    return {
        "source": suggestion.source,
        "source_name": name_of(glossary, suggestion.source),
        "target": suggestion.target,
        "target_name": name_of(glossary, suggestion.target),
        "probability": suggestion.probability,
        "fingerprint": suggestion.fingerprint,
        "evidence": suggestion.evidence,
        "reasons": [_filled(asdict(reason)) for reason in suggestion.reasons],
    }


def budget_row(found: Budgeted, glossary: Glossary) -> dict[str, Any]:
    """Give a choice within a budget as JSON has it: counts before and after, and the suggestions."""
    return {
        "before": asdict(found.before),
        "after": asdict(found.after),
        "suggestions": [link_row(suggestion, glossary) for suggestion in found.suggestions],
    }


def term_row(term: MissingTerm) -> dict[str, Any]:
    """Give a missing term as JSON has it."""
    return {**asdict(term), "fingerprint": term.fingerprint}


def term_cells(term: MissingTerm) -> dict[str, Any]:
    """Give a missing term as a row of a table."""
    row = term_row(term)
    row["nearest"] = " ".join(term.nearest)
    row["sentences"] = " … ".join(f"{said.sentence} ({said.term})" for said in term.sentences)
    return row


def duplicate_row(found: Duplicate, glossary: Glossary) -> dict[str, Any]:
    """Give two terms that may be one as JSON has them."""
    return {
        "first": found.first,
        "first_name": name_of(glossary, found.first),
        "second": found.second,
        "second_name": name_of(glossary, found.second),
        "kind": found.kind,
        "score": found.score,
        "fingerprint": found.fingerprint,
        "cluster": list(found.cluster),
        "reasons": [_filled(asdict(reason)) for reason in found.reasons],
    }


def duplicate_cells(found: Duplicate, glossary: Glossary) -> dict[str, Any]:
    """Give two terms that may be one as a row of a table."""
    row = duplicate_row(found, glossary)
    row["cluster"] = " ".join(found.cluster)
    row["reasons"] = "; ".join(reason.message for reason in found.reasons)
    return row


def score_rows(score: Score) -> Iterator[dict[str, Any]]:
    """Yield a score's rows as cells: each measure with the ends of its interval."""
    for row in score.rows:
        cells: dict[str, Any] = {"regime": row.regime, "model": row.model, "links": row.links}
        for name, interval in row.measures.items():
            cells |= {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}
        yield cells


def score_json(score: Score) -> dict[str, Any]:
    """Give a score as JSON has it."""
    return asdict(score)


def name_of(glossary: Glossary, slug: str) -> str:
    """Give a term's name; its slug where the glossary does not define it."""
    term = glossary.get(slug)
    return term.name or slug if term else slug


def suggestions_rdf(
    suggestions: Sequence[Suggestion], glossary: Glossary, syntax: Literal["turtle", "trig"]
) -> Iterator[str]:
    r"""Yield suggested links as Turtle, or as TriG in a graph of their own, by source and target.

    Raises `UsageError` where the glossary's base IRI is none.

    >>> from termatlas.model import Term
    >>> glossary = Glossary(terms=(Term(slug="a", name="A"), Term(slug="b", name="B")))
    >>> found = Suggestion(source="a", target="b", probability=0.5, reasons=())
    >>> print("".join(suggestions_rdf([found], glossary, "turtle")).split("\n\n")[1])
    <https://example.org/glossary/suggestion/96f405bb1fe5a1ca> a oa:Annotation, ta:Suggestion ;
      oa:motivatedBy oa:linking ;
      oa:hasTarget <https://example.org/glossary/a> ;
      oa:hasBody <https://example.org/glossary/b> ;
      ta:probability "0.5"^^xsd:decimal .
    """
    known = plan(glossary)
    for prefix, iri in _PREFIXES.items():
        yield f"@prefix {prefix}: <{iri}> .\n"
    if syntax == "trig":
        yield f"\n<{known.base}suggestion/all> {{\n"
    for suggestion in sorted(suggestions, key=lambda each: (each.source, each.target)):
        yield "\n" + " ;\n".join(_annotation(suggestion, known)) + " .\n"
    if syntax == "trig":
        yield "}\n"


def _annotation(suggestion: Suggestion, known: Plan) -> Iterator[str]:
    yield f"<{known.base}suggestion/{suggestion.fingerprint}> a oa:Annotation, ta:Suggestion"
    yield "  oa:motivatedBy oa:linking"
    yield f"  oa:hasTarget <{known.iris[suggestion.source]}>"
    yield f"  oa:hasBody <{known.iris[suggestion.target]}>"
    yield f'  ta:probability "{suggestion.probability}"^^xsd:decimal'
    if reasons := _texts(reason.message for reason in suggestion.reasons):
        yield f"  rdfs:comment {reasons}"
    if sentences := _texts(reason.sentence for reason in suggestion.reasons):
        yield f"  ta:sentence {sentences}"


def _texts(texts: Iterable[str]) -> str:
    return ", ".join(quoted(text) for text in dict.fromkeys(map(_valid, texts)) if text)


def _valid(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in record.items()
        if value not in ("", ())
    }
