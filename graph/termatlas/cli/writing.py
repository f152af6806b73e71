"""Commands that write files: build, explore, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from termatlas.cli.group import cli
from termatlas.cli.options import keeps_positions, reads_sources, suggests, takes_mappings, writes_a_file
from termatlas.cli.reading import kept_suggestions, progress_bar, read_glossary, settings_of
from termatlas.terminal import cell, safe


@cli.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("exports"), show_default=True, help="The folder to write."
)
@takes_mappings
@suggests
@keeps_positions
@reads_sources
def build(
    out: Path, mapped: Path | None, positions: Path | None, suggest: bool, decisions: Path | None, **source: Any
) -> None:
    """Write everything: tables, findings, linked data, graph files, pages, and a manifest.

    Either all files are written or, on an error, none is changed.
    """
    from termatlas.align import checked_mappings
    from termatlas.explorer import read_positions
    from termatlas.job import FILES, write_exports

    with progress_bar(len(FILES) + 6) as say:
        glossary = read_glossary(source, say)
        start = read_positions(positions) if positions else None
        keep = kept_suggestions(decisions, source["sources"]) if suggest else None
        settings = settings_of(source)
        mappings = checked_mappings(mapped, glossary) if mapped else None
        manifest = write_exports(
            glossary, out, settings=settings, positions=start, keep=keep, mappings=mappings, progress=say
        )
    counts = manifest["counts"]
    numbers = ", ".join(f"{cell(counts[what])} {what}" for what in ("terms", "links", "categories"))
    levels = ", ".join(f"{cell(number)} {level}" for level, number in counts["levels"].items())
    click.echo(f"{safe(glossary.title)}: {numbers}")
    click.echo(f"{cell(counts['findings'])} findings: {levels}")
    if suggest:
        click.echo(f"{cell(counts['suggested_links'])} links suggested: termatlas review {out / 'suggestions.csv'}")
    if mapped:
        click.echo(f"{cell(counts['mappings'])} mappings: {out / 'mappings.trig'}")
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
@suggests
@keeps_positions
@reads_sources
def explore(
    out: Path, show_it: bool, positions: Path | None, suggest: bool, decisions: Path | None, **source: Any
) -> None:
    """Write the explorer alone: the glossary as a map to search, read and follow, in one file."""
    from termatlas.explorer import explore as explorer_of

    with progress_bar(6) as say:
        glossary = read_glossary(source, say)
        keep = kept_suggestions(decisions, source["sources"]) if suggest else None
        written = explorer_of(glossary, positions=positions, keep=keep, progress=say).save(out)
    click.echo(f"look at {written}")
    if show_it:
        click.launch(str(written))


@cli.command()
@click.argument("name", metavar="FORMAT")
@writes_a_file
@reads_sources
def export(name: str, out: Path | None, **source: Any) -> None:
    """Write one of build's files alone.

    FORMAT is the file's name: terms.csv, glossary.ttl, graph.gexf and so on.
    """
    from termatlas.job import export_one
    from termatlas.replace_files import replace_file

    data = export_one(read_glossary(source), name)
    if out:
        replace_file(out, data)
    else:
        sys.stdout.buffer.write(data)
