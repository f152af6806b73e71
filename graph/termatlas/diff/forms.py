"""The forms of a diff: for a terminal, for a comment on a pull request, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from termatlas.diff.model import Diff
from termatlas.diff.sections import Section, sections, summary
from termatlas.export.findings_json import finding_rows
from termatlas.export.findings_markdown import inline
from termatlas.terminal import cell, safe

_IN_A_LIST = 20


def diff_table(diff: Diff, title: str) -> str:
    """Lay a diff out as people read it in a terminal: counts, then the first lines of each list."""
    blocks = [f"{safe(title)}: {summary(diff)}"]
    blocks += ["\n".join([section.title, *(f"  {line}" for line in _lines(section))]) for section in sections(diff)]
    return "\n\n".join([*blocks, *_estimated(diff)])


def diff_markdown(diff: Diff, title: str) -> str:
    """Lay a diff out as Markdown; what comes from the glossary stands in code blocks, where nothing is marked up."""
    blocks = [f"## {inline(title)}", summary(diff)]
    for section in sections(diff):
        blocks.append("\n".join([f"### {section.title}", "", "```diff", *_lines(section), "```"]))
    return "\n\n".join([*blocks, *_estimated(diff)])


def diff_json(diff: Diff) -> dict[str, Any]:
    """Give a diff as values for JSON."""
    return {
        "terms": {
            "came": [asdict(term) for term in diff.terms_came],
            "gone": [asdict(term) for term in diff.terms_gone],
            "renamed": [asdict(each) for each in diff.renamed],
            "changed": [asdict(each) for each in diff.changed],
        },
        "links": {
            "came": [link._asdict() for link in diff.links_came],
            "gone": [link._asdict() for link in diff.links_gone],
        },
        "statuses": [asdict(each) for each in diff.statuses],
        "ranks": [asdict(each) for each in diff.moved],
        "findings": {"came": [*finding_rows(diff.findings_came)], "gone": [*finding_rows(diff.findings_gone)]},
        "estimated": list(diff.estimated),
    }


def _lines(section: Section) -> Iterator[str]:
    """Yield the first lines and how many more there are."""
    yield from (f"{sign} {safe(' '.join(text.split()))}" for sign, text in section.lines[:_IN_A_LIST])
    rest = len(section.lines) - _IN_A_LIST
    if rest > 0:
        yield f"  … and {cell(rest)} more: --format json"


def _estimated(diff: Diff) -> list[str]:
    names = ", ".join(diff.estimated)
    return [f"Ranks by {names} are not compared: the values are estimates."] if names else []
