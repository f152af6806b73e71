"""What to do first: the ten repairs of a glossary that help most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from termatlas.export.report_words import count
from termatlas.export.survey import Survey
from termatlas.findings import RULES
from termatlas.model import Where

ROWS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One repair: what to do, with which term, why, where, and the list that it comes from."""

    act: str
    name: str
    why: str
    where: Where | None
    anchor: str


def first_steps(survey: Survey) -> list[Step]:
    """Rank the repairs: errors, then wanted terms, isolated terms and orphans, dead ends, islands.

    Each kind gets a fair part of the ten rows; what one does not need goes to the next.
    """
    kinds = [
        (list(islice(steps, ROWS)), part)
        for steps, part in (
            (_errors(survey), 3),
            (_wanted(survey), 3),
            (_isolated(survey), 1),
            (_orphans(survey), 2),
            (_dead_ends(survey), 1),
            (_islands(survey), 1),
        )
    ]
    taken = [min(part, len(steps)) for steps, part in kinds]
    for rank, (steps, _) in enumerate(kinds):
        taken[rank] += max(min(ROWS - sum(taken), len(steps) - taken[rank]), 0)
    every = [step for (steps, _), part in zip(kinds, taken, strict=True) for step in steps[:part]]
    return every[:ROWS]


def _errors(survey: Survey) -> Iterator[Step]:
    for finding in survey.findings:
        if finding.level == "error":
            yield Step(
                act=f"{RULES[finding.rule].title}: {RULES[finding.rule].cure}",
                name=survey.name(finding.term),
                why=finding.message,
                where=finding.where,
                anchor=f"rule-{finding.rule}",
            )


def _wanted(survey: Survey) -> Iterator[Step]:
    for slug in _most(survey, "wanted", survey.links_to):
        sources = survey.links_to(slug)
        want = "links lead" if len(sources) > 1 else "link leads"
        yield Step(
            act="Write the page for",
            name=survey.name(slug),
            why=f"{len(sources):,} {want} to it, and it has no page.",
            where=survey.where_linked(sources[0], slug) if sources else None,
            anchor="wanted",
        )


def _isolated(survey: Survey) -> Iterator[Step]:
    for slug in _longest(survey):
        yield Step(
            act="Link to and from",
            name=survey.name(slug),
            why="It has no link at all, in or out.",
            where=survey.where(slug),
            anchor="isolated",
        )


def _orphans(survey: Survey) -> Iterator[Step]:
    for slug in _most(survey, "orphan", survey.links_from):
        targets = survey.links_from(slug)
        yield Step(
            act="Link to",
            name=survey.name(slug),
            why=f"It has {count(len(targets), 'link')} to others, but none leads to it.",
            where=survey.where(slug),
            anchor="orphans",
        )


def _dead_ends(survey: Survey) -> Iterator[Step]:
    for slug in _most(survey, "dead-end", survey.links_to):
        sources = survey.links_to(slug)
        lead = "terms lead" if len(sources) > 1 else "term leads"
        yield Step(
            act="Link on from",
            name=survey.name(slug),
            why=f"{len(sources):,} {lead} to it, and none leads on.",
            where=survey.where(slug),
            anchor="dead-ends",
        )


def _islands(survey: Survey) -> Iterator[Step]:
    for island in sorted(survey.islands, key=lambda island: (-len(island), min(island))):
        if len(island) > 1:
            slug = min(island, key=lambda slug: (slug not in survey.glossary, -survey.measure("pagerank", slug), slug))
            yield Step(
                act="Join the island around",
                name=survey.name(slug),
                why=f"One link joins {len(island):,} terms with the rest.",
                where=survey.where(slug),
                anchor="islands",
            )


def _most(survey: Survey, status: str, neighbours: Callable[[str], list[str]]) -> list[str]:
    """List the terms of a status, those with the most neighbours first."""
    return sorted(survey.having(status), key=lambda slug: (-len(neighbours(slug)), survey.name(slug).casefold(), slug))


def _longest(survey: Survey) -> list[str]:
    """List the isolated terms, those with the longest texts first: they are worth the most to a reader."""
    return sorted(survey.having("isolated"), key=lambda slug: (-_length(survey, slug), slug))


def _length(survey: Survey, slug: str) -> int:
    if slug not in survey.glossary:
        return 0
    term = survey.glossary[slug]
    return len(term.definition) + len(term.explanation)
