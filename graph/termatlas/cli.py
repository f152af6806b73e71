"""The command line: parses, calls, prints; the only module that prints or exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termatlas.errors import TermAtlasError, UsageError
from termatlas.terminal import Format, as_json, as_rows, cell, safe
from termatlas.version import __version__

if TYPE_CHECKING:
    from termatlas.model import Glossary
    from termatlas.sources import Options

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OF_A_RULE = 10


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="termatlas")
def cli() -> None:
    """See, question, repair and publish a glossary as a graph.

    SOURCE is a file, a folder or a glob, any number of them, of several formats at once: Nuxt payloads
    and pages, JSON, JSON Lines, YAML, CSV, Markdown, SKOS. Without SOURCE a command works on the atlas
    of AI terms that TermAtlas ships.
    """


def reads_sources(command: _Command) -> _Command:
    """Give a command its SOURCE arguments and the options that say how to read them."""
    for decorate in (
        click.option("--strict", is_flag=True, help="Stop at the first file or entry that cannot be read."),
        click.option("--base-iri", metavar="IRI", help="What the terms' IRIs start with."),
        click.option("--language", metavar="TAG", help="The language to read, and of texts that name none."),
        click.option("--title", help="The glossary's name."),
        click.option(
            "--map",
            "mapping",
            metavar="FIELD=NAME,…",
            help="Fields that the source calls otherwise: term=headword,related=xrefs.",
        ),
        click.option(
            "--reader", metavar="NAME", help="Force a reader: csv, json, jsonl, markdown, nuxt, skos or yaml."
        ),
        click.argument("sources", nargs=-1, metavar="[SOURCE]..."),
    ):
        command = decorate(command)
    return command


def takes_format(command: _Command) -> _Command:
    """Give a command the option that picks its form of output."""
    forms = click.Choice(["table", "json", "csv"])
    return click.option(
        "--format", "form", type=forms, default="table", show_default=True, help="The form of the output."
    )(command)


def keeps_positions(command: _Command) -> _Command:
    """Give a command the option that keeps terms where an earlier map had them."""
    return click.option(
        "--positions",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="An earlier explorer.html whose map to keep.",
    )(command)


@cli.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("exports"), show_default=True, help="The folder to write."
)
@keeps_positions
@reads_sources
def build(out: Path, positions: Path | None, **source: Any) -> None:
    """Write everything: tables, findings, linked data, graph files, pages, and a manifest.

    Either all files are written or, on an error, none is changed.
    """
    from termatlas.explorer import read_positions
    from termatlas.job import FILES, write_exports

    with _progress(len(FILES) + 6) as say:
        glossary = _read(source, say)
        start = read_positions(positions) if positions else None
        manifest = write_exports(glossary, out, settings=_settings(source), positions=start, progress=say)
    counts = manifest["counts"]
    numbers = ", ".join(f"{cell(counts[what])} {what}" for what in ("terms", "links", "categories"))
    levels = ", ".join(f"{cell(number)} {level}" for level, number in counts["levels"].items())
    click.echo(f"{safe(glossary.title)}: {numbers}")
    click.echo(f"{cell(counts['findings'])} findings: {levels}")
    for name in ("report.html", "explorer.html"):
        click.echo(f"look at {out / name}")
    click.echo(f"{len(manifest['outputs'])} files and manifest.json in {out}")


@cli.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("explorer.html"),
    show_default=True,
    help="The file to write.",
)
@click.option("--open", "show_it", is_flag=True, help="Open it in the browser.")
@keeps_positions
@reads_sources
def explore(out: Path, show_it: bool, positions: Path | None, **source: Any) -> None:
    """Write the explorer alone: the glossary as a map to search, read and follow, in one file."""
    from termatlas.explorer import explore as explorer_of

    with _progress(6) as say:
        written = explorer_of(_read(source, say), positions=positions, progress=say).save(out)
    click.echo(f"look at {written}")
    if show_it:
        click.launch(str(written))


@cli.command()
@reads_sources
@takes_format
def stats(form: Format, **source: Any) -> None:
    """Count terms, links and what is wrong, each with its definition."""
    from termatlas.analysis import DEFINITIONS
    from termatlas.analysis import stats as stats_of
    from termatlas.build import build as build_graph

    glossary = _read(source)
    values = stats_of(build_graph(glossary))
    if form == "json":
        click.echo(as_json({"sources": _source_counts(glossary), **values}))
        return
    rows = [
        {"count": name, "value": values[name], "definition": meaning}
        for name, meaning in DEFINITIONS.items()
        if not isinstance(values.get(name), Mapping)
    ]
    click.echo(as_rows(rows, form))
    if form == "table":
        counts = {what.replace("_", " "): cell(number) for what, number in _source_counts(glossary).items() if number}
        click.echo("\n" + ", ".join(f"{what}: {number}" for what, number in counts.items()))


@cli.command()
@reads_sources
@takes_format
def orphans(form: Format, **source: Any) -> None:
    """List isolated terms, orphans, dead ends and wanted terms, apart, each with its definition."""
    from termatlas.analysis import orphans as orphans_of
    from termatlas.build import build as build_graph
    from termatlas.findings import RULES

    glossary = _read(source)
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

    graph = build_graph(_read(source))
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

    page = show_term(_read(source), term)
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

    graph = build_graph(_read(source))
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


@cli.command()
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="The level from which on findings make the exit code 1.",
)
@click.option("--select", metavar="ID,…", default="", help="Check by these rules alone.")
@click.option("--ignore", metavar="ID,…", default="", help="Leave these rules out.")
@click.option("--rules", is_flag=True, help="List the rules with their definitions, and stop.")
@reads_sources
@takes_format
def check(fail_on: str, select: str, ignore: str, rules: bool, form: Format, **source: Any) -> None:
    """Say what is wrong: findings by rule, with file and place; exit 1 where --fail-on says so."""
    from termatlas.build import build as build_graph
    from termatlas.findings import RULES, listing, worst_reaches
    from termatlas.findings import check as check_glossary

    if rules:
        keys = ("id", "level", "definition", "qskos", "mediawiki")
        click.echo(as_rows([{key: getattr(rule, key) for key in keys} for rule in RULES.values()], form))
        return
    glossary = _read(source)
    chosen, left_out = (tuple(filter(None, ids.replace(" ", "").split(","))) for ids in (select, ignore))
    found = check_glossary(glossary, build_graph(glossary), select=chosen, ignore=left_out)
    if form == "table":
        click.echo(listing(found))
    else:
        from termatlas.export.findings_json import finding_row

        click.echo(as_rows([finding_row(finding) for finding in found], form))
    if worst_reaches(found, fail_on):
        sys.exit(1)


@cli.command()
@click.argument("name", metavar="FORMAT")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; standard output where none is given.")
@reads_sources
def export(name: str, out: Path | None, **source: Any) -> None:
    """Write one of build's files alone.

    FORMAT is the file's name: terms.csv, glossary.ttl, graph.gexf and so on.
    """
    from termatlas.job import export_one
    from termatlas.replace_files import replace_file

    data = export_one(_read(source), name)
    if out:
        replace_file(out, data)
    else:
        sys.stdout.buffer.write(data)


def main() -> None:
    """Run the command line; an error that a user can cause is one line, never a traceback."""
    # Read when numpy is loaded. Our vectors are too short to share between cores: threads spend more time in waiting
    # than they save, and the number of cores would show in the last digits.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("termatlas: stopped; nothing was changed", err=True)
        sys.exit(130)
    except UsageError as error:
        click.echo(f"termatlas: {safe(str(error))}", err=True)
        sys.exit(2)
    except TermAtlasError as error:
        click.echo(f"termatlas: {safe(str(error))}", err=True)
        sys.exit(3)
    except BrokenPipeError:
        sys.stdout = None  # else Python complains again while it closes the pipe
        sys.exit(141)


def _settings(source: Mapping[str, Any]) -> Options:
    """Take the settings of ``termatlas.toml``, then those of the command line."""
    from dataclasses import replace

    from termatlas.sources import settings_for
    from termatlas.sources.config import field_map

    options = settings_for(source["sources"])
    fields = dict(options.fields) | field_map(source["mapping"] or "")
    given = {key: source[key] for key in ("reader", "title", "language", "base_iri") if source[key]}
    return replace(options, fields=fields, **given)


def _read(source: Mapping[str, Any], progress: Callable[[str], None] = lambda _: None) -> Glossary:
    """Read the sources of a command and say on standard error what could not be read."""
    from termatlas.sources import read

    glossary = read(*source["sources"], options=_settings(source), strict=source["strict"], progress=progress)
    for problem in glossary.problems[:_OF_A_RULE]:
        click.echo(f"termatlas: {safe(str(problem))}", err=True)
    if len(glossary.problems) > _OF_A_RULE:
        click.echo(f"termatlas: {cell(len(glossary.problems) - _OF_A_RULE)} more problems: termatlas check", err=True)
    if not glossary.terms:
        click.echo("termatlas: no term was found in any of the files", err=True)
    return glossary


def _source_counts(glossary: Glossary) -> dict[str, int]:
    files = glossary.sources
    return {
        "files_read": len(files),
        "with_terms": sum(file.terms > 0 for file in files),
        "without_a_term": sum(file.left_out == "it holds no term" for file in files),
        "left_out": sum(bool(file.left_out) and file.left_out != "it holds no term" for file in files),
    }


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal and nothing on a pipe."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=steps, file=sys.stderr, hidden=hidden, show_eta=False, item_show_func=lambda text: text and safe(text)
    ) as bar:
        yield lambda text: bar.update(0 if text.startswith("reading") else 1, text)
