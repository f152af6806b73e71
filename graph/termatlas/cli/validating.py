"""The command that holds linked data against conditions, profiles and shapes: validate."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termatlas.cli.finding_forms import repository
from termatlas.cli.group import cli
from termatlas.cli.options import fails_on, reads_sources, writes_a_file
from termatlas.cli.output import write_pieces
from termatlas.cli.reading import read_glossary
from termatlas.terminal import as_csv, cell, safe

if TYPE_CHECKING:
    from termatlas.validate import Result


def _text(results: Sequence[Result]) -> Iterable[str]:
    from termatlas.validate.reports import results_text

    return [results_text(results), "\n"]


def _json(results: Sequence[Result]) -> Iterable[str]:
    from termatlas.validate.reports import results_json

    return results_json(results)


def _csv(results: Sequence[Result]) -> Iterable[str]:
    from termatlas.validate.reports import result_rows

    return [as_csv(list(result_rows(results))), "\n"]


def _sarif(results: Sequence[Result]) -> Iterable[str]:
    from termatlas.validate.reports import results_sarif

    return results_sarif(results, root=repository())


def _shacl(results: Sequence[Result]) -> Iterable[str]:
    from termatlas.validate.shaclreport import results_shacl

    return results_shacl(results)


_FORMS: dict[str, Callable[[Sequence[Result]], Iterable[str]]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "sarif": _sarif,
    "shacl": _shacl,
}


@cli.command()
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="Validate by this profile: skos (the default), skohub, vocpub, vocpub-ga or vocpub-multilang; repeatable.",
)
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Validate by the SHACL shapes of this file (extra shacl); repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMS)),
    default="text",
    show_default=True,
    help="The form of the output; shacl is a validation report in Turtle.",
)
@writes_a_file
@fails_on("error", "results")
@reads_sources
def validate(profiles: Sequence[str], shapes: Sequence[Path], form: str, fail_on: str, **given: Any) -> None:
    """Say where linked data breaks the conditions of SKOS, a profile or shapes; exit 1 where --fail-on says so.

    An RDF file is validated as it stands, each by itself; any other SOURCE as the linked data that it is exported
    to. Shapes alone replace the profile skos, unless --profile names it too. Nothing is fetched from anywhere.
    """
    from termatlas.findings import levels_from
    from termatlas.validate import given_sources, results_of

    out: Path | None = given["out"]
    sources = given_sources(given["sources"], lambda: read_glossary(given))
    results = results_of(sources, profiles or (() if shapes else ("skos",)), shapes)
    write_pieces(_FORMS[form](results), out)
    if out:
        click.echo(f"{cell(len(results))} {'result' if len(results) == 1 else 'results'} in {safe(str(out))}")
    failing = levels_from(fail_on)
    if any(result.level in failing for result in results):
        sys.exit(1)
