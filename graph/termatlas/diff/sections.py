"""A diff in words: what the forms for people have in common."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from termatlas.diff.model import MEASURES, Changed, Diff, TermState
from termatlas.findings import Finding
from termatlas.terminal import cell

#: What stands before a line.
CAME, GONE, CHANGED = "+", "-", "!"


class Section(NamedTuple):
    """A heading and its lines, each with its sign."""

    title: str
    lines: list[tuple[str, str]]


def summary(diff: Diff) -> str:
    """Count what came, went and changed, in one line.

    >>> from termatlas.model import Glossary, Term
    >>> from termatlas.diff import diff
    >>> summary(diff(Glossary(), Glossary(terms=(Term(slug="a", name="A"),))))
    'terms: 1 came; findings: 2 came'
    """
    counts = {
        "terms": _counts(
            came=diff.terms_came,
            went=diff.terms_gone,
            renamed=diff.renamed,
            changed={each.slug for each in diff.changed},
        ),
        "links": _counts(came=diff.links_came, went=diff.links_gone),
        "statuses": _counts(changed=diff.statuses),
        "findings": _counts(came=diff.findings_came, went=diff.findings_gone),
    }
    said = "; ".join(f"{what}: {numbers}" for what, numbers in counts.items() if numbers)
    return said or "no difference"


def _counts(**groups: tuple[object, ...] | set[str]) -> str:
    return ", ".join(f"{cell(len(group))} {what}" for what, group in groups.items() if group)


def sections(diff: Diff) -> Iterator[Section]:
    """Yield what came, went and changed under headings; those without lines are left out."""
    found = (
        Section("Terms", [*_terms(diff)]),
        Section("Texts and categories", [(CHANGED, _change(each)) for each in diff.changed]),
        Section("Links", [*_links(diff)]),
        Section("Statuses", [(CHANGED, _change(each)) for each in diff.statuses]),
        *(_ranks(diff, measure) for measure in MEASURES),
        Section("Findings", [*_findings(diff)]),
    )
    return (section for section in found if section.lines)


def _terms(diff: Diff) -> Iterator[tuple[str, str]]:
    yield from ((CAME, _term(term)) for term in diff.terms_came)
    yield from ((GONE, _term(term)) for term in diff.terms_gone)
    yield from ((CHANGED, f"{each.old} is now {each.new}: same {each.by}") for each in diff.renamed)


def _term(term: TermState) -> str:
    categories = f" ({'; '.join(term.categories)})" if term.categories else ""
    return f"{term.slug}: {cell(term.name)}{categories}{'' if term.status == 'ok' else f', {term.status}'}"


def _change(change: Changed) -> str:
    same = _same_words(change.old, change.new)
    old, new = (cell(_from_word(text, same)) or "none" for text in (change.old, change.new))
    what = "" if change.what == "status" else f"{change.what}: "
    return f"{change.slug}: {what}{old} → {new}"


def _same_words(old: str, new: str) -> int:
    """Count the words that two texts start with alike."""
    pairs = zip(old.split(), new.split(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _from_word(text: str, same: int) -> str:
    """Leave out words that are the same, but for the last two, so that what differs is seen."""
    return f"… {' '.join(text.split()[same - 2 :])}" if same > 4 else text


def _links(diff: Diff) -> Iterator[tuple[str, str]]:
    for sign, links in ((CAME, diff.links_came), (GONE, diff.links_gone)):
        for link in links:
            kind = "" if link.kind == "related" else f" ({link.kind})"
            yield sign, f"{link.source} → {link.target}{kind}"


def _ranks(diff: Diff, measure: str) -> Section:
    moved = (each for each in diff.moved if each.measure == measure)
    lines = [(CHANGED, f"{each.slug}: {cell(each.old)} → {cell(each.new)}") for each in moved]
    return Section(f"Ranks by {measure}", lines)


def _findings(diff: Diff) -> Iterator[tuple[str, str]]:
    for sign, findings in ((CAME, diff.findings_came), (GONE, diff.findings_gone)):
        yield from ((sign, _finding(finding)) for finding in findings)


def _finding(finding: Finding) -> str:
    place = f"{finding.where}: " if finding.where.file else ""
    return f"{finding.level}: {finding.rule}: {place}{finding.message}"
