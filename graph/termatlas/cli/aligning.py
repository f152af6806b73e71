"""The command that says what terms are elsewhere: align."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from termatlas.cli.group import cli
from termatlas.cli.options import fails_on, reads_sources, takes_format
from termatlas.cli.reading import read_glossary
from termatlas.errors import UsageError
from termatlas.terminal import Format, as_csv, as_json, safe

if TYPE_CHECKING:
    from termatlas.align import Mappings

_SUFFIXES: dict[str, Literal["turtle", "nt", "trig", "sssom"]] = {
    ".trig": "trig",
    ".ttl": "turtle",
    ".nt": "nt",
    ".tsv": "sssom",
}


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the mappings: .trig, .ttl or .nt for linked data, .tsv for SSSOM.",
)
@click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="SSSOM's metadata (YAML); else those inside FILE, or FILE's name with .yml for .tsv.",
)
@fails_on("error", "problems")
@reads_sources
@takes_format
def align(file: Path, out: Path | None, metadata: Path | None, fail_on: str, form: Format, **source: Any) -> None:
    """Check the mappings of FILE to other vocabularies, such as Wikidata, and write them as linked data.

    FILE is SSSOM/TSV, or a table with columns such as term, match and target. A term is a slug, a name, an alias or an
    IRI; a match is exactMatch, closeMatch, broadMatch, narrowMatch or relatedMatch, closeMatch where there is none; a
    target is an IRI, a CURIE or an id of Wikidata, such as Q42. Where --fail-on says so, nothing is written.
    """
    from termatlas.align import align as align_with
    from termatlas.findings import levels_from

    if out and out.suffix.lower() not in _SUFFIXES:
        raise UsageError(f'"{out.name}" does not say what to write; end it in {", ".join(_SUFFIXES)}')
    glossary = read_glossary(source)
    found = align_with(file, glossary, metadata=metadata)
    click.echo(_text(found, form))
    failing = levels_from(fail_on)
    if any(each.level in failing for each in found.problems):
        if out:
            click.echo(f"termatlas: {safe(str(out))} was not written; mend the mappings, or say --fail-on", err=True)
        sys.exit(1)
    if out:
        from termatlas.export.mappings import mappings_file
        from termatlas.replace_files import replace_file

        replace_file(out, mappings_file(found, glossary, _SUFFIXES[out.suffix.lower()]))
        click.echo(f"look at {safe(str(out))}", err=form != "table")


def _text(found: Mappings, form: Format) -> str:
    from termatlas.align.listing import mapping_counts, mappings_listing, problem_rows

    if form == "table":
        return mappings_listing(found)
    rows = problem_rows(found.problems)
    return as_csv(rows) if form == "csv" else as_json({"counts": mapping_counts(found), "problems": rows})
