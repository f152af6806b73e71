"""Commands that answer a question: stats, orphans, central, show, path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources, takes_format
from termatlas.cli.reading import read_glossary, source_counts
from termatlas.errors import UsageError
from termatlas.terminal import Format, as_json, as_rows, cell, safe


@cli.command()
@reads_sources
@takes_format
def stats(form: Format, **source: Any) -> None:
    """Count terms, links and what is wrong, each with its definition."""
    from termatlas.analysis import DEFINITIONS
    from termatlas.analysis import stats as stats_of
    from termatlas.build import build as build_graph

    glossary = read_glossary(source)
    values = stats_of(build_graph(glossary))
    if form == "json":
        click.echo(as_json({"sources": source_counts(glossary), **values}))
        return
    rows = [
        {"count": name, "value": values[name], "definition": meaning}
        for name, meaning in DEFINITIONS.items()
        if not isinstance(values.get(name), Mapping)
    ]
    click.echo(as_rows(rows, form))
    if form == "table":
        counts = {what.replace("_", " "): cell(number) for what, number in source_counts(glossary).items() if number}
        click.echo("\n" + ", ".join(f"{what}: {number}" for what, number in counts.items()))


@cli.command()
@reads_sources
@takes_format
def orphans(form: Format, **source: Any) -> None:
    """List isolated terms, orphans, dead ends and wanted terms, apart, each with its definition."""
    from termatlas.analysis import orphans as orphans_of
    from termatlas.build import build as build_graph
    from termatlas.findings import RULES

    glossary = read_glossary(source)
    graph = build_graph(glossary)
    lists = orphans_of(graph)
    if form == "json":
        click.echo(as_json(lists))
        return
    rows = [
        {
            "status": status,
            "slug": slug,
            "name": graph.nodes[slug]["name"],
            "category": graph.nodes[slug]["category"],
            "where": str(glossary[slug].where) if slug in glossary else "",
        }
        for status, slugs in lists.items()
        for slug in slugs
    ]
    click.echo(as_rows(rows, form)) if rows else click.echo("no term is isolated, an orphan, a dead end or wanted")
    if form == "table":
        for status, slugs in lists.items():
            rule = RULES["wanted-term" if status == "wanted" else status]
            click.echo(f"{cell(len(slugs)):>6} {status}: {rule.definition}")


@cli.command()
@click.option("--by", default="pagerank", show_default=True, help="The measure to rank by.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many terms to list.")
@reads_sources
@takes_format
def central(by: str, top: int, form: Format, **source: Any) -> None:
    """Rank terms: PageRank, betweenness, closeness, hub and authority, degree, core number."""
    from termatlas.analysis import central as measure
    from termatlas.build import build as build_graph

    graph = build_graph(read_glossary(source))
    measures = measure(graph)
    if by not in measures:
        raise UsageError(f'there is no measure "{by}"; there are {", ".join(measures)}')
    ranked = sorted(graph, key=lambda slug: (-measures[by][slug], slug))[:top]
    order = [by, *(name for name in measures if name != by)]
    click.echo(
        as_rows(
            [
                {
                    "rank": rank,
                    "slug": slug,
                    "name": graph.nodes[slug]["name"],
                    **{name: measures[name][slug] for name in order},
                }
                for rank, slug in enumerate(ranked, start=1)
            ],
            form,
        )
    )
    if form == "table":
        sampled = [name for name in measures if not measures.exact[name]]
        click.echo(f"\n{', '.join(sampled)}: estimated from a sample" if sampled else "\nall values are exact")


@cli.command()
@click.argument("term")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="The form of the output.",
)
@reads_sources
def show(term: str, form: Format, **source: Any) -> None:
    """Show one term: its definition, links both ways, measures with their ranks, and findings.

    TERM is a slug, a name or an alias.
    """
    from termatlas.show import show as show_term
    from termatlas.show import show_text

    page = show_term(read_glossary(source), term)
    click.echo(as_json(page) if form == "json" else show_text(page))


@cli.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--undirected", is_flag=True, help="Follow links in both directions.")
@reads_sources
@takes_format
def path(start: str, end: str, undirected: bool, form: Format, **source: Any) -> None:
    """Find a shortest path from term A to term B along links."""
    from termatlas.analysis import find_term
    from termatlas.analysis import path as path_of
    from termatlas.build import build as build_graph

    graph = build_graph(read_glossary(source))
    first, last = find_term(graph, start), find_term(graph, end)
    steps = path_of(graph, first, last, directed=not undirected)
    if steps is None:
        way = "in either direction" if undirected else "along the links' direction; try --undirected"
        click.echo(as_json([]) if form == "json" else f"no path leads from {safe(first)} to {safe(last)} {way}")
        return
    click.echo(
        as_rows(
            [{"step": step, "slug": slug, "name": graph.nodes[slug]["name"]} for step, slug in enumerate(steps)], form
        )
    )
