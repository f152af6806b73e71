"""The command that says what is wrong: check."""

from __future__ import annotations

import sys
from typing import Any

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources, takes_format
from termatlas.cli.reading import read_glossary
from termatlas.terminal import Format, as_rows


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
    glossary = read_glossary(source)
    chosen, left_out = (tuple(filter(None, ids.replace(" ", "").split(","))) for ids in (select, ignore))
    found = check_glossary(glossary, build_graph(glossary), select=chosen, ignore=left_out)
    if form == "table":
        click.echo(listing(found))
    else:
        from termatlas.export.findings_json import finding_row

        click.echo(as_rows([finding_row(finding) for finding in found], form))
    if worst_reaches(found, fail_on):
        sys.exit(1)
