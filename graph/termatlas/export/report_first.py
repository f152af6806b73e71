"""What to do first: the ten repairs of a glossary that help most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from termatlas.export.report_view import View
from termatlas.export.report_words import count
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


def first_steps(view: View) -> list[Step]:
    """Rank the repairs: errors, then wanted terms, isolated terms and orphans, dead ends, islands.

    Each kind gets its part of the ten rows; what one does not need is dealt out again.
    Where no term links to another, only errors are steps: every other gap would name every term.
    """
    makers = _KINDS if view.stats["links"] else _KINDS[:1]
    kinds = [(list(islice(make(view), ROWS)), part) for make, part in makers]
    taken = [0] * len(kinds)
    while sum(taken) < min(ROWS, sum(len(steps) for steps, _ in kinds)):
        for rank, (steps, part) in enumerate(kinds):
            taken[rank] += min(part, len(steps) - taken[rank], ROWS - sum(taken))
    return [step for (steps, _), part in zip(kinds, taken, strict=True) for step in steps[:part]]


def _errors(view: View) -> Iterator[Step]:
    for finding in view.findings:
        if finding.level == "error":
            yield Step(
                act=f"{RULES[finding.rule].title}: {RULES[finding.rule].cure}",
                name=view.name(finding.term),
                why=finding.message,
                where=finding.where,
                anchor=f"rule-{finding.rule}",
            )


def _wanted(view: View) -> Iterator[Step]:
    for slug in _most(view, "wanted", view.links_in):
        sources = view.links_to(slug)
        want = "links lead" if len(sources) > 1 else "link leads"
        yield Step(
            act="Write the page for",
            name=view.name(slug),
            why=f"{len(sources):,} {want} to it, and it has no page.",
            where=view.where_linked(sources[0], slug) if sources else None,
            anchor="wanted",
        )


def _isolated(view: View) -> Iterator[Step]:
    for slug in _longest(view):
        yield Step(
            act="Link to and from",
            name=view.name(slug),
            why="It has no link at all, in or out.",
            where=view.where(slug),
            anchor="isolated",
        )


def _orphans(view: View) -> Iterator[Step]:
    for slug in _most(view, "orphan", view.links_out):
        yield Step(
            act="Link to",
            name=view.name(slug),
            why=f"It has {count(view.links_out(slug), 'link')} to others, but none leads to it.",
            where=view.where(slug),
            anchor="orphans",
        )


def _dead_ends(view: View) -> Iterator[Step]:
    for slug in _most(view, "dead-end", view.links_in):
        lead = "terms lead" if view.links_in(slug) > 1 else "term leads"
        yield Step(
            act="Link on from",
            name=view.name(slug),
            why=f"{view.links_in(slug):,} {lead} to it, and none leads on.",
            where=view.where(slug),
            anchor="dead-ends",
        )


def _islands(view: View) -> Iterator[Step]:
    for island in sorted(view.islands, key=lambda island: (-len(island), min(island))):
        slug = min(island, key=view.rank)
        yield Step(
            act="Join the island around",
            name=view.name(slug),
            why=f"One link joins {len(island):,} terms with the rest.",
            where=view.where(slug),
            anchor="islands",
        )


def _most(view: View, status: str, links: Callable[[str], int]) -> list[str]:
    """List the terms of a status, those with the most links first."""
    return sorted(view.having(status), key=lambda slug: (-links(slug), view.name(slug).casefold(), slug))


def _longest(view: View) -> list[str]:
    """List the isolated terms, those with the longest texts first: they are worth the most to a reader."""
    return sorted(view.having("isolated"), key=lambda slug: (-_length(view, slug), slug))


def _length(view: View, slug: str) -> int:
    if slug not in view.glossary:
        return 0
    term = view.glossary[slug]
    return len(term.definition) + len(term.explanation)


#: The kinds of steps, most urgent first, each with its part of the rows.
_KINDS = ((_errors, 3), (_wanted, 3), (_isolated, 1), (_orphans, 2), (_dead_ends, 1), (_islands, 1))
