"""The forms in which check writes findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from termatlas.terminal import as_csv

if TYPE_CHECKING:
    from termatlas.findings import Finding
    from termatlas.model import Glossary


class Asked(NamedTuple):
    """What the forms are made of."""

    findings: Sequence[Finding]
    glossary: Glossary
    rules: Collection[str]  #: ids of those that were asked
    fail_on: str  #: the level from which on findings fail
    folder: Path  #: where the output goes


def _table(asked: Asked) -> Iterable[str]:
    from termatlas.findings import listing

    return [listing(asked.findings), "\n"]


def _json(asked: Asked) -> Iterable[str]:
    from termatlas.export.findings_json import findings_json

    return findings_json(asked.findings)


def _csv(asked: Asked) -> Iterable[str]:
    from termatlas.export.findings_json import finding_rows

    return [as_csv(list(finding_rows(asked.findings))), "\n"]


def _sarif(asked: Asked) -> Iterable[str]:
    from termatlas.export.findings_sarif import findings_sarif

    files = (source.file for source in asked.glossary.sources)
    return findings_sarif(asked.findings, root=repository(), otherwise=next(files, "."))


def _junit(asked: Asked) -> Iterable[str]:
    from termatlas.export.findings_junit import findings_junit
    from termatlas.findings import levels_from

    return findings_junit(asked.findings, failing=levels_from(asked.fail_on), rules=asked.rules)


def _markdown(asked: Asked) -> Iterable[str]:
    from termatlas.export.findings_markdown import findings_markdown

    return findings_markdown(asked.findings, title=asked.glossary.title, folder=asked.folder)


def _github(asked: Asked) -> Iterable[str]:
    from termatlas.export.findings_github import findings_github

    return findings_github(asked.findings, root=repository())


FORMS: dict[str, Callable[[Asked], Iterable[str]]] = {
    "table": _table,
    "text": _table,
    "json": _json,
    "csv": _csv,
    "sarif": _sarif,
    "junit": _junit,
    "markdown": _markdown,
    "github": _github,
}


def repository() -> Path:
    """Give the root of the repository that the current folder is in; the folder itself where it is in none."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
