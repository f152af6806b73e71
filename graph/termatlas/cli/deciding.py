"""Commands that decide and carry out: review, apply."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termatlas.cli.group import cli
from termatlas.cli.options import reads_sources
from termatlas.cli.reading import read_glossary, settings_of
from termatlas.terminal import cell, safe

if TYPE_CHECKING:
    from termatlas.apply import Applied, Asked
    from termatlas.model import Problem

_SAID = 10
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _records_decisions(command: _Command) -> _Command:
    """Give a command the options that say where decisions go and whose they are."""
    for decorate in (
        click.option("--who", default="", metavar="NAME", help="Who decides; git's user.name where it is not given."),
        click.option(
            "--decisions",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The file of decisions; else the source's or the current folder's termatlas.decisions.jsonl.",
        ),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        command = decorate(command)
    return command


@cli.command()
@_records_decisions
@reads_sources
def review(file: Path, decisions: Path | None, who: str, **source: Any) -> None:
    """Walk through suggestions: accept, reject with a reason, skip; each decision is written down at once.

    FILE is a checklist (suggest links --format csv), what suggest links, terms or duplicates gives as JSON,
    or findings.json, whose findings can be waived. What is decided on already is passed over, so a review
    can be stopped and taken up again.
    """
    from termatlas.decisions import add_decision, find_decisions, read_decisions
    from termatlas.review import Desk
    from termatlas.review import review as walk
    from termatlas.undecided import read_items, without

    kept = decisions or find_decisions(source["sources"])
    known = read_decisions(kept)
    found = without(read_items(file), known, date.today())
    _say_problems((*found.problems, *known.problems))
    desk = Desk(
        ask=_ask,
        say=click.echo,
        record=lambda decision: add_decision(kept, decision),
        who=who or _git_user(),
        today=date.today(),
        glossary=read_glossary(source),
    )
    answers = walk(found.items, desk)
    click.echo(_counted(answers, found.decided, len(found.items), kept))


def _ask(prompt: str) -> str:
    return input(prompt)


def _counted(answers: Counter[str], decided: int, items: int, kept: Path) -> str:
    words = {"accept": "accepted", "reject": "rejected", "waive": "waived", "skip": "skipped"}
    parts = [f"{cell(answers[answer])} {word}" for answer, word in words.items() if answers[answer]]
    parts.append(f"{cell(items - sum(answers.values()))} left")
    if decided:
        parts.append(f"{cell(decided)} decided before")
    return f"{', '.join(parts)}; decisions are in {safe(str(kept))}"


@cli.command()
@click.option("--dry-run", is_flag=True, help="Show what would change as a unified diff, and change nothing.")
@_records_decisions
@reads_sources
def apply(file: Path, decisions: Path | None, who: str, dry_run: bool, **source: Any) -> None:
    """Write accepted links into the sources, and prove it: nothing else in them changes.

    FILE is a checklist with its decisions, which are recorded, or a file of decisions. Either all files
    are replaced or, on an error, none is. What a site makes is left for you in termatlas.patch.json.
    Exit 1 where a row is refused.
    """
    from termatlas.apply import apply_links, diff_of, read_accepted
    from termatlas.apply.patch import NAME

    asked = read_accepted(file, who=who or _git_user(), today=date.today())
    settings = {"options": settings_of(source), "strict": source["strict"]}
    applied = apply_links(asked.links, *source["sources"], **settings, patch=Path(NAME), dry_run=dry_run)
    if dry_run:
        _show_diff(diff_of(applied.changes))
    else:
        _record(asked, applied, decisions, source["sources"])
    _say_problems(asked.problems)
    refused = [outcome for outcome in applied.outcomes if outcome.state == "refused"]
    for outcome in refused:
        click.echo(f"termatlas: {safe(str(outcome))}", err=True)
    for remark in sorted(
        {outcome.reason for outcome in applied.outcomes if outcome.state in {"added", "patch"}} - {""}
    ):
        click.echo(remark, err=True)
    click.echo(_summary(applied, dry_run=dry_run), err=dry_run)
    if refused or asked.problems:
        sys.exit(1)


def _summary(applied: Applied, *, dry_run: bool) -> str:
    """Count what became of the links."""
    from termatlas.apply.patch import NAME

    states: Counter[str] = Counter(outcome.state for outcome in applied.outcomes)
    files = sum(path.name != NAME for path in applied.changes)
    would = "would be " if dry_run else ""
    parts = [f"{_many(states['added'], 'link')} {would}added to {_many(files, 'file')}"]
    for state, words in (("there", "there already"), ("patch", f"in {NAME}"), ("refused", "refused")):
        if states[state]:
            parts.append(f"{cell(states[state])} {words}")
    return ", ".join(parts)


def _many(number: int, what: str) -> str:
    return f"{cell(number)} {what}{'' if number == 1 else 's'}"


def _record(asked: Asked, applied: Applied, decisions: Path | None, sources: tuple[str, ...]) -> None:
    """Write down the decisions of a checklist, but for acceptances that were refused."""
    from termatlas.decisions import add_decisions, find_decisions, fresh, read_decisions

    kept = decisions or find_decisions(sources)
    refused = {(each.link.source, each.link.target) for each in applied.outcomes if each.state == "refused"}
    made = [each for each in asked.decisions if each.verdict == "reject" or (each.source, each.target) not in refused]
    add_decisions(kept, fresh(made, read_decisions(kept)))


def _show_diff(lines: Iterable[str]) -> None:
    """Print a diff: as it is into a pipe, harmless on a terminal."""
    is_terminal = sys.stdout.isatty()
    for line in lines:
        click.echo(safe(line.rstrip("\n")) if is_terminal else line, nl=is_terminal)


def _say_problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:_SAID]:
        click.echo(f"termatlas: {safe(str(problem))}", err=True)
    if len(problems) > _SAID:
        click.echo(f"termatlas: {cell(len(problems) - _SAID)} more such lines", err=True)


def _git_user() -> str:
    """Ask git who works here; "" where it does not know."""
    import shutil
    import subprocess

    git = shutil.which("git")
    if git is None:
        return ""
    asked = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False)  # noqa: S603 (no input)
    return asked.stdout.strip()
