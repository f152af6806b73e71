"""Commands that say what is missing: suggest links, terms and duplicates; and how well it is found: score."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources, takes_format
from termatlas.cli.reading import progress_bar, read_glossary
from termatlas.errors import UsageError
from termatlas.terminal import Format, as_json, as_rows, cell, safe

if TYPE_CHECKING:
    from termatlas.decisions import Decisions
    from termatlas.model import Glossary
    from termatlas.suggest import Suggestion
    from termatlas.suggest.budget import Budgeted
    from termatlas.suggest.duplicates import Duplicate
    from termatlas.suggest.terms import MissingTerm

LinkFormat = Literal["table", "csv", "json", "turtle", "trig"]

_FEW_LINKS = 100  # below which the engine takes fixed weights (`termatlas.suggest.training`)
_STEPS = 12  # that the progress bar counts on
_Found = TypeVar("_Found", "MissingTerm", "Duplicate")

_decisions = click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Decisions, of which the rejected are left out; else the source's termatlas.decisions.jsonl.",
)
_out = click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")


@cli.group()
def suggest() -> None:
    """Say what is missing: links between terms, terms without a page; and which pages may be one."""


@suggest.command()
@click.option("--for", "term", default="", metavar="TERM", help="Only links out of this term and into it.")
@click.option("--orphans", is_flag=True, help="Only links into and out of terms that no link leads to.")
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.2,
    show_default=True,
    help="The probability from which on a link is suggested.",
)
@click.option(
    "--per-term",
    type=click.IntRange(min=0),
    metavar="N",
    help="At most N new links for a term; by default each is filled up to 10 links.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=0),
    metavar="N",
    help="The N links that together repair most: ways in and out, islands joined, no hub swollen.",
)
@_decisions
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle", "trig"]),
    default="table",
    show_default=True,
    help="csv is the checklist that review and apply read; turtle and trig annotate, and assert nothing.",
)
@_out
@reads_sources
def links(form: LinkFormat, decisions: Path | None, out: Path | None, budget: int | None, **given: Any) -> None:
    """Suggest the links that the glossary lacks, each with a probability and what speaks for it.

    What speaks for a link: its target is mentioned, links back, shares neighbours, or similar terms link to it. The
    weights are learned from the glossary's own links.
    """
    from termatlas.build import build as build_graph
    from termatlas.suggest.budget import within_budget
    from termatlas.suggest.links import suggest_links

    asked = {"source": given.pop("term"), **{key: given.pop(key) for key in ("orphans", "min_probability", "per_term")}}
    known = _known(decisions, given["sources"])
    with progress_bar(_STEPS) as say:
        glossary = read_glossary(given, say)
        graph = build_graph(glossary)
        found = suggest_links(glossary, graph, **asked, progress=say)
    from termatlas.decisions import open_suggestions

    kept = open_suggestions(found, known, date.today())
    chosen = within_budget(kept, graph, budget) if budget is not None else None
    _write(_links_text(chosen or kept, glossary, form, len(found) - len(kept), colour=out is None), out)
    _say_weights(graph.number_of_edges())


@suggest.command()
@click.option("--top", type=click.IntRange(min=1), default=100, show_default=True, help="How many terms to list.")
@_decisions
@_out
@reads_sources
@takes_format
def terms(top: int, form: Format, decisions: Path | None, out: Path | None, **source: Any) -> None:
    """List the terms that have no page: those that links want first, then phrases of the texts that look like terms.

    What a term of this glossary looks like is learned from its own names.
    """
    from termatlas.build import build as build_graph
    from termatlas.export.suggestions import term_cells, term_row
    from termatlas.suggest.listing import terms_listing
    from termatlas.suggest.terms import suggest_terms

    known = _known(decisions, source["sources"])
    glossary = read_glossary(source)
    found = _open(suggest_terms(glossary, build_graph(glossary), top=top), known)
    if form == "table":
        _write(terms_listing(found, _mark(colour=out is None)), out)
    else:
        _write(as_rows([term_row(term) if form == "json" else term_cells(term) for term in found], form), out)


@suggest.command()
@_decisions
@_out
@reads_sources
@takes_format
def duplicates(form: Format, decisions: Path | None, out: Path | None, **source: Any) -> None:
    """List the terms that may be one: two pages on one thing, an alias with a page, one name for two things.

    Nothing is merged: many abbreviations have several long forms.
    """
    from termatlas.build import build as build_graph
    from termatlas.export.suggestions import duplicate_cells, duplicate_row
    from termatlas.suggest.duplicates import suggest_duplicates
    from termatlas.suggest.listing import duplicates_listing

    known = _known(decisions, source["sources"])
    glossary = read_glossary(source)
    found = _open(suggest_duplicates(glossary, build_graph(glossary)), known)
    if form == "table":
        _write(duplicates_listing(found, glossary, _mark(colour=out is None)), out)
    else:
        row = duplicate_row if form == "json" else duplicate_cells
        _write(as_rows([row(pair, glossary) for pair in found], form), out)


@cli.command()
@click.option("--seed", default=42, show_default=True, help="Which links are hidden.")
@click.option(
    "--split",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A JSON file that says which links and terms to hide.",
)
@reads_sources
@takes_format
def score(seed: int, split: Path | None, form: Format, **source: Any) -> None:
    """Prove on your own glossary how well suggest links finds what is missing: hide links, and look for them.

    A hidden link is found where its target stands high among all terms: MRR is the mean of one over its place. Beside
    it stand simple ways to rank: mentions, similar texts, shared neighbours, popularity, chance.
    """
    from termatlas.build import build as build_graph
    from termatlas.export.suggestions import score_json, score_rows
    from termatlas.suggest.score import score as score_of

    with progress_bar(_STEPS) as say:
        glossary = read_glossary(source, say)
        found = score_of(glossary, build_graph(glossary), seed=seed, split=split, progress=say)
    if form == "json":
        click.echo(as_json(score_json(found)))
        return
    from termatlas.suggest.listing import score_cells, score_notes

    click.echo(as_rows(score_rows(found) if form == "csv" else score_cells(found), form))
    if form == "table":
        click.echo(score_notes(found))


def _links_text(
    found: Budgeted | Sequence[Suggestion], glossary: Glossary, form: LinkFormat, rejected: int, *, colour: bool
) -> str:
    """Give suggested links in the form that is asked for."""
    from termatlas.export.suggestions import budget_row, link_row, suggestions_rdf
    from termatlas.suggest.budget import Budgeted
    from termatlas.suggest.listing import budget_listing, links_listing

    kept = found.suggestions if isinstance(found, Budgeted) else found
    if form == "csv":
        from termatlas.checklist import checklist_csv

        return "".join(checklist_csv(kept, glossary))
    if form == "json":
        rows = [link_row(each, glossary) for each in kept]
        return as_json(budget_row(found, glossary) if isinstance(found, Budgeted) else rows)
    if form != "table":
        return "".join(suggestions_rdf(kept, glossary, form))
    listed = links_listing(kept, glossary, _mark(colour=colour), rejected)
    return f"{listed}\n{budget_listing(found)}" if isinstance(found, Budgeted) else listed


def _known(path: Path | None, sources: Sequence[str]) -> Decisions:
    """Read the decisions that were made, and say on standard error which lines cannot be read."""
    from termatlas.decisions import Decisions, find_decisions, read_decisions

    if path is not None and not path.exists():
        raise UsageError(f"there are no decisions at {path}; leave --decisions away where none were made yet")
    kept = path or find_decisions(sources)
    known = read_decisions(kept) if kept.exists() else Decisions()
    for problem in known.problems:
        click.echo(f"termatlas: {safe(str(problem))}", err=True)
    return known


def _open(found: Iterable[_Found], known: Decisions) -> list[_Found]:
    """Leave out what was rejected."""
    from termatlas.decisions import in_force

    today = date.today()
    made = ((each, in_force(known, each.fingerprint, today)) for each in found)
    return [each for each, decision in made if decision is None or decision.verdict == "accept"]


def _mark(*, colour: bool) -> Any:
    """Give what marks a mention: bold type on a terminal, else signs."""
    from termatlas.suggest.listing import pointed

    return (lambda text: click.style(text, bold=True)) if colour and sys.stdout.isatty() else pointed


def _say_weights(count: int) -> None:
    if count < _FEW_LINKS:
        click.echo(
            f"termatlas: the glossary has {cell(count)} links, too few to learn from ({_FEW_LINKS} are the least): "
            "the weights are fixed, so take the probabilities for a rank",
            err=True,
        )


def _write(text: str, out: Path | None) -> None:
    """Write a text to a file, or print it."""
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    from termatlas.replace_files import replace_file

    replace_file(out, (text if text.endswith("\n") else f"{text}\n").encode("utf-8", "backslashreplace"))
    click.echo(f"written: {out}")
