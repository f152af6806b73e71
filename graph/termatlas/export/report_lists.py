"""The report's lists: what to work through, as plain rows under named columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from termatlas.export.report_view import View, one_way_by_source
from termatlas.export.report_words import number
from termatlas.findings import RULES
from termatlas.findings.model import LEVELS, Finding

LIMIT = 500  #: rows of a list; the other outputs hold the rest
NAMED = 6  #: neighbours that a row names

#: How a cell is written: the row's own name, words, a number, names of terms, a place in a source, or words and a
#: sentence with a mention.
Kind = Literal["name", "text", "number", "names", "place", "quote"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how its cells are written."""

    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Names:
    """Some terms by name, and how many more there are."""

    names: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list under a stable anchor: what it holds, how to repair it, its rows, and where the rest is."""

    anchor: str
    title: str
    total: int
    definition: str
    cure: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[object, ...]]
    rest: str = ""
    empty: str = ""
    level: str = ""
    known_as: str = ""


_TERM, _CATEGORY, _WHERE = Column("Term", "name"), Column("Category", "text"), Column("Where", "place")
#: The rules whose findings have a list of their own, with neighbours.
_LISTED = ("wanted-term", "isolated", "orphan", "dead-end", "island", "one-way-link")


def gaps(view: View) -> list[Listing]:
    """List the gaps between the terms, those first whose repair helps most."""
    return [make(view) for make in (_wanted, _isolated, _orphans, _dead_ends, _islands, _one_way)]


def others(view: View) -> list[Listing]:
    """List the other findings, one list a rule, worst level first."""
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in view.findings:
        if finding.rule not in _LISTED:
            groups[finding.rule].append(finding)
    ordered = sorted(groups, key=lambda rule: (LEVELS.index(RULES[rule].level), list(RULES).index(rule)))
    return [_of_rule(view, rule, groups[rule]) for rule in ordered]


def _wanted(view: View) -> Listing:
    ranked = sorted(view.having("wanted"), key=lambda slug: (-view.links_in(slug), view.name(slug).casefold(), slug))
    rows = []
    for slug in ranked[:LIMIT]:
        sources = view.links_to(slug)
        place = view.where_linked(sources[0], slug) if sources else None
        rows.append((view.name(slug), slug, len(sources), _named(view, sources), place))
    columns = (_TERM, Column("Slug", "text"), Column("Links", "number"), Column("Wanted by", "names"))
    return _listing(
        "wanted-term",
        "wanted",
        "Wanted terms",
        len(ranked),
        (*columns, Column("Wanted at", "place")),
        rows,
        cure="Write a page under the slug, the most wanted first, or correct the links.",
        rest=_rest(len(ranked), len(rows), "terms.csv (status = wanted)"),
        empty="Every link leads to a page.",
    )


def _isolated(view: View) -> Listing:
    return _of_status(
        view,
        "isolated",
        "isolated",
        "Isolated terms",
        cure="Link each to its nearest terms, and from them.",
        empty="Every term has a link in or out.",
    )


def _orphans(view: View) -> Listing:
    return _of_status(
        view,
        "orphan",
        "orphans",
        "Orphans",
        (Column("Links to", "names"), view.links_from),
        cure="Link to each from a term whose readers want it; those that it links to are the first to ask.",
        empty="A link leads to every term that has links of its own.",
    )


def _dead_ends(view: View) -> Listing:
    return _of_status(
        view,
        "dead-end",
        "dead-ends",
        "Dead ends",
        (Column("Linked from", "names"), view.links_to),
        cure="Add the terms that a reader wants next; those that link here are the first to look at.",
        empty="Every term that links lead to leads on.",
    )


def _of_status(  # noqa: PLR0913 -- the words of a list stand where the list is made
    view: View,
    status: str,
    anchor: str,
    title: str,
    neighbours: tuple[Column, Callable[[str], list[str]]] | None = None,
    *,
    cure: str,
    empty: str,
) -> Listing:
    slugs = view.having(status)
    column, near = neighbours or (None, lambda _: [])
    rows = [
        (
            view.name(slug),
            view.category(slug),
            *([_named(view, near(slug))] if column else []),
            view.where(slug),
        )
        for slug in slugs[:LIMIT]
    ]
    columns = (_TERM, _CATEGORY, *([column] if column else []), _WHERE)
    rest = _rest(len(slugs), len(rows), f"terms.csv (status = {status})")
    return _listing(status, anchor, title, len(slugs), columns, rows, cure=cure, rest=rest, empty=empty)


def _islands(view: View) -> Listing:
    groups = [sorted(island, key=view.rank) for island in view.islands]
    groups.sort(key=lambda island: (-len(island), island[0]))
    rows = [
        (
            view.name(island[0]),
            view.category(island[0]),
            len(island),
            Names(tuple(map(view.name, island))),
            view.where(island[0]),
        )
        for island in groups[:LIMIT]
    ]
    columns = (Column("Around", "name"), _CATEGORY, Column("Terms", "number"), Column("All of them", "names"), _WHERE)
    return _listing(
        "island",
        "islands",
        "Islands",
        len(groups),
        columns,
        rows,
        cure="One link from the main group to the term named first joins the whole island.",
        rest=_rest(len(groups), len(rows), "terms.csv (column component)"),
        empty="All terms with links hang together.",
    )


def _one_way(view: View) -> Listing:
    groups = one_way_by_source(view)
    ranked = sorted(groups, key=lambda slug: (-len(groups[slug]), view.name(slug).casefold(), slug))
    rows = [
        (view.name(slug), len(groups[slug]), Names(tuple(map(view.name, groups[slug]))), view.where(slug))
        for slug in ranked[:LIMIT]
    ]
    shown = list(accumulate((len(groups[slug]) for slug in ranked[:LIMIT]), initial=0))[-1]
    columns = (Column("From", "name"), Column("Links", "number"), Column("To, and not back", "names"), _WHERE)
    return _listing(
        "one-way-link",
        "one-way",
        "One-way links",
        len(view.one_way),
        columns,
        rows,
        cure="Link back where the reader of the target wants the source; many links are rightly one-way.",
        rest=_rest(len(view.one_way), shown, "links.csv (reciprocal = false)"),
        empty="Every link between two pages goes both ways.",
    )


def _of_rule(view: View, rule_id: str, findings: Sequence[Finding]) -> Listing:
    rule = RULES[rule_id]
    rows = [(view.name(finding.term), finding.message, finding.where) for finding in findings[:LIMIT]]
    return _listing(
        rule_id,
        f"rule-{rule_id}",
        rule.title,
        len(findings),
        (_TERM, Column("What", "text"), _WHERE),
        rows,
        cure=_sentence(rule.cure),
        rest=_rest(len(findings), len(rows), f"findings.json (rule = {rule_id})"),
    )


def _listing(  # noqa: PLR0913 -- it adds what the rule says to what its callers say
    rule_id: str,
    anchor: str,
    title: str,
    total: int,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[object, ...]],
    *,
    cure: str,
    rest: str,
    empty: str = "",
) -> Listing:
    rule = RULES[rule_id]
    known = [
        f"{name} in {tool}"
        for tool, name in (("SKOS", rule.skos), ("qSKOS", rule.qskos), ("MediaWiki", rule.mediawiki))
        if name
    ]
    kept = [rank for rank, column in enumerate(columns) if column != _CATEGORY or any(row[rank] for row in rows)]
    return Listing(
        anchor=anchor,
        title=title,
        total=total,
        definition=_sentence(rule.definition),
        cure=cure,
        columns=tuple(columns[rank] for rank in kept),
        rows=[tuple(row[rank] for rank in kept) for row in rows],
        rest=rest,
        empty=empty,
        level=rule.level,
        known_as=f"Called {', '.join(known)}." if known else "",
    )


def _named(view: View, slugs: Sequence[str]) -> Names:
    return Names(tuple(map(view.name, slugs[:NAMED])), max(len(slugs) - NAMED, 0))


def _rest(total: int, shown: int, where: str) -> str:
    left = total - shown
    return f"… the other {'one is' if left == 1 else f'{number(left)} are'} in {where}." if left else ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."
