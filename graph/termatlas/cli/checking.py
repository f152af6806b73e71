"""The command that says what is wrong: check."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termatlas.cli.finding_forms import FORMS, Asked
from termatlas.cli.group import cli
from termatlas.cli.options import fails_on, reads_sources, writes_a_file
from termatlas.cli.output import write_pieces
from termatlas.cli.reading import read_glossary
from termatlas.errors import SourceError, UsageError
from termatlas.terminal import Format, as_rows, cell, safe

if TYPE_CHECKING:
    from termatlas.decisions import Decisions
    from termatlas.findings.gate import Gated
    from termatlas.model import Glossary

_LISTS: dict[str, Format] = {"table": "table", "text": "table", "json": "json", "csv": "csv"}


@cli.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    default="table",
    show_default=True,
    help="The form of the output; text is another name of table.",
)
@writes_a_file
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An earlier findings.json: only what it lacks is shown, and fails.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with the waivers; else the source's or the current folder's termatlas.decisions.jsonl.",
)
@fails_on("error", "findings")
@click.option("--select", metavar="ID,…", default="", help="Check by these rules alone.")
@click.option("--ignore", metavar="ID,…", default="", help="Leave these rules out.")
@click.option("--rules", is_flag=True, help="List the rules with their definitions, and stop.")
@reads_sources
def check(form: str, fail_on: str, rules: bool, **given: Any) -> None:
    """Say what is wrong: findings by rule, with file and place; exit 1 where --fail-on says so.

    Code hosts annotate a pull request with the forms sarif and github, build servers read junit, and
    markdown is a worklist with tick boxes. Findings that decisions waive are left out.
    """
    from termatlas.findings import worst_reaches

    if rules:
        click.echo(_rules(form))
        return
    asked = _checked_rules(given)
    glossary = read_glossary(given)
    gated = _gated(glossary, asked, given)
    write_pieces(FORMS[form](Asked(gated.open, glossary, asked, fail_on, _folder(given["out"]))), given["out"])
    _say(gated, form, given["out"])
    if worst_reaches(gated.open, fail_on):
        sys.exit(1)


def _rules(form: str) -> str:
    from termatlas.findings import RULES

    if form not in _LISTS:
        raise UsageError(f"rules are listed as {', '.join(_LISTS)}, not as {form}")
    keys = ("id", "level", "definition", "skos", "qskos", "mediawiki")
    return as_rows([{key: getattr(rule, key) for key in keys} for rule in RULES.values()], _LISTS[form])


def _checked_rules(given: Mapping[str, Any]) -> list[str]:
    """Give the ids of the rules to check by."""
    from termatlas.findings import chosen_rules

    select, ignore = (filter(None, given[ids].replace(" ", "").split(",")) for ids in ("select", "ignore"))
    return [rule.id for rule in chosen_rules(select, ignore)]


def _gated(glossary: Glossary, rules: list[str], given: Mapping[str, Any]) -> Gated:
    from termatlas.build import build as build_graph
    from termatlas.findings import check as check_glossary
    from termatlas.findings.baseline import read_findings
    from termatlas.findings.gate import gate

    baseline = read_findings(given["baseline"]) if given["baseline"] else None
    decisions = _decisions(given)
    found = check_glossary(glossary, build_graph(glossary), select=rules) if rules else []
    today = date.today()
    return gate(found, decisions=decisions, today=today, baseline=baseline, rules=rules)


def _decisions(given: Mapping[str, Any]) -> Decisions:
    """Read the decisions and say which of their lines are none."""
    from termatlas.decisions import find_decisions, read_decisions

    named: Path | None = given["decisions"]
    if named and not named.exists():
        raise SourceError(named.as_posix(), "no such file", "check the spelling of the path given to --decisions")
    decisions = read_decisions(named or find_decisions(given["sources"]))
    for problem in decisions.problems:
        click.echo(f"termatlas: {safe(str(problem))}", err=True)
    return decisions


def _folder(out: Path | None) -> Path:
    return out.parent if out else Path()


def _say(gated: Gated, form: str, out: Path | None) -> None:
    """Say what was left out: below a table, else on standard error, where it is in nobody's way."""
    from termatlas.findings.gate import notes

    if out:
        click.echo(f"{cell(len(gated.open))} {'finding' if len(gated.open) == 1 else 'findings'} in {safe(str(out))}")
    for note in notes(gated):
        click.echo(safe(note), err=form not in ("table", "text"))
