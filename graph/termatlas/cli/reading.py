"""From the arguments of a command to a glossary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termatlas.terminal import cell, safe

if TYPE_CHECKING:
    from termatlas.model import Glossary
    from termatlas.sources import Options
    from termatlas.suggest import Suggestion

    Keep = Callable[[Iterable[Suggestion]], list[Suggestion]]

_SAID = 10


def settings_of(source: Mapping[str, Any]) -> Options:
    """Take the settings of ``termatlas.toml``, then those of the command line."""
    from dataclasses import replace

    from termatlas.sources import settings_for
    from termatlas.sources.config import field_map

    options = settings_for(source["sources"])
    fields = dict(options.fields) | field_map(source["mapping"] or "")
    given = {key: source[key] for key in ("reader", "title", "language", "base_iri") if source[key]}
    return replace(options, fields=fields, **given)


def read_glossary(source: Mapping[str, Any], progress: Callable[[str], None] = lambda _: None) -> Glossary:
    """Read the sources of a command and say on standard error what could not be read."""
    from termatlas.sources import read

    glossary = read(*source["sources"], options=settings_of(source), strict=source["strict"], progress=progress)
    for problem in glossary.problems[:_SAID]:
        click.echo(f"termatlas: {safe(str(problem))}", err=True)
    if len(glossary.problems) > _SAID:
        click.echo(f"termatlas: {cell(len(glossary.problems) - _SAID)} more problems: termatlas check", err=True)
    if not glossary.terms:
        click.echo("termatlas: no term was found in any of the files", err=True)
    return glossary


def kept_suggestions(decisions: Path | None, sources: Sequence[str]) -> Keep:
    """Give what leaves out the suggestions that were rejected, as a file of decisions says."""
    from termatlas.decisions import find_decisions, open_suggestions, read_decisions

    known = read_decisions(decisions or find_decisions(sources))
    for problem in known.problems[:_SAID]:
        click.echo(f"termatlas: {safe(str(problem))}", err=True)
    return lambda links: open_suggestions(links, known, date.today())


def source_counts(glossary: Glossary) -> dict[str, int]:
    """Count the files that were read, with and without a term, and those left out."""
    files = glossary.sources
    return {
        "files_read": len(files),
        "with_terms": sum(file.terms > 0 for file in files),
        "without_a_term": sum(file.left_out == "it holds no term" for file in files),
        "left_out": sum(bool(file.left_out) and file.left_out != "it holds no term" for file in files),
    }


@contextmanager
def progress_bar(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal and nothing on a pipe."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=steps, file=sys.stderr, hidden=hidden, show_eta=False, item_show_func=lambda text: text and safe(text)
    ) as bar:
        yield lambda text: bar.update(0 if text.startswith("reading") else 1, text)
