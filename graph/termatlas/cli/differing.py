"""The command that says what changed: diff."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termatlas.cli.group import cli
from termatlas.cli.options import fails_on, reads_sources, writes_a_file
from termatlas.cli.output import write_pieces
from termatlas.cli.reading import read_glossary, settings_of
from termatlas.errors import UsageError
from termatlas.terminal import as_json

if TYPE_CHECKING:
    from termatlas.diff import Diff, Snapshot
    from termatlas.model import Glossary


def _table(diff: Diff, title: str) -> str:
    from termatlas.diff.forms import diff_table

    return diff_table(diff, title)


def _markdown(diff: Diff, title: str) -> str:
    from termatlas.diff.forms import diff_markdown

    return diff_markdown(diff, title)


def _json(diff: Diff, title: str) -> str:
    from termatlas.diff.forms import diff_json

    return as_json(diff_json(diff))


_FORMS: dict[str, Callable[[Diff, str], str]] = {"table": _table, "json": _json, "markdown": _markdown}


@cli.command()
@click.option(
    "--rev",
    multiple=True,
    metavar="REVISION",
    help="Compare SOURCE as this git revision has it with the working tree; given twice, or as A..B, two revisions.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMS)),
    default="table",
    show_default=True,
    help="The form of the output; markdown suits a comment on a pull request.",
)
@writes_a_file
@fails_on("never", "findings that came")
@reads_sources
def diff(rev: tuple[str, ...], form: str, fail_on: str, out: Path | None, **source: Any) -> None:
    """Say what came, went and changed: terms, links, texts, statuses, ranks and findings.

    Without --rev it takes two: OLD and NEW, each a source or a folder that build wrote. With --rev, SOURCE is
    compared with itself as it was.
    """
    from termatlas.diff import diff as difference
    from termatlas.findings import worst_reaches

    old, new, title = _of_revisions(rev, source) if rev else _of_two(source)
    found = difference(old, new)
    write_pieces([_FORMS[form](found, title), "\n"], out)
    if worst_reaches(found.findings_came, fail_on):
        sys.exit(1)


def _of_two(source: Mapping[str, Any]) -> tuple[Snapshot, Snapshot, str]:
    from termatlas.diff import is_exports, read_exports, snapshot

    if len(source["sources"]) != 2:
        raise UsageError("diff takes two, OLD and NEW, or --rev REVISION and the source")
    old, new = (
        read_exports(Path(path)) if is_exports(Path(path)) else snapshot(read_glossary({**source, "sources": (path,)}))
        for path in source["sources"]
    )
    return old, new, " → ".join(source["sources"])


def _of_revisions(rev: Sequence[str], source: Mapping[str, Any]) -> tuple[Snapshot, Snapshot, str]:
    from termatlas.diff import snapshot
    from termatlas.diff.revisions import revisions, snapshot_at
    from termatlas.sources import read, shipped_atlas

    def read_there(paths: Sequence[str]) -> Glossary:
        there = {**source, "sources": tuple(paths)}
        return read(*paths, options=settings_of(there), strict=source["strict"])

    first, second = revisions(rev)
    paths = source["sources"] or (os.path.relpath(shipped_atlas()),)
    old = snapshot_at(first, paths, read_there)
    new = snapshot_at(second, paths, read_there) if second else snapshot(read_glossary(source))
    return old, new, f"{first} → {second or 'working tree'}"
