"""The report's counts, each with its definition, and the tables by category, community and measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from termatlas.export.report_lists import LIMIT, Column, Listing, Names
from termatlas.export.report_view import View, links_between, terms_by_category
from termatlas.export.report_words import count, number, percent
from termatlas.findings import RULES

_NAMED = 5  #: central terms that stand for a community


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number, what it counts and the list that it leads to, if any."""

    label: str
    value: str
    definition: str
    anchor: str = ""


#: Statistic → (group, label, list), in the order of the page.
_COUNTS = {
    "terms": ("Size", "Terms", "categories"),
    "links": ("Size", "Links", "categories"),
    "mean_degree": ("Size", "Links per term", ""),
    "categories": ("Size", "Categories", "categories"),
    "wanted": ("Gaps", "Wanted terms", "wanted"),
    "isolated": ("Gaps", "Isolated terms", "isolated"),
    "orphans": ("Gaps", "Orphans", "orphans"),
    "dead_ends": ("Gaps", "Dead ends", "dead-ends"),
    "islands": ("Gaps", "Islands of two or more", "islands"),
    "one_way_links": ("Gaps", "One-way links", "one-way"),
    "reciprocity": ("Shape", "Reciprocity", "one-way"),
    "assortativity": ("Shape", "Assortativity", "categories"),
    "largest_component": ("Shape", "Main group", "islands"),
    "communities": ("Shape", "Communities", "communities"),
    "modularity": ("Shape", "Modularity", "communities"),
}
#: What the page says otherwise than `stats`, because it counts otherwise or shows less beside it.
_OWN = {
    "islands": RULES["island"].definition,
    "largest_component": "terms in the largest group that links hold together, wanted ones included",
}


def counts(view: View) -> dict[str, list[Count]]:
    """Give the statistics by group, each with its definition; those that are not defined are left out.

    Islands are counted as they are listed: isolated terms are not among them.
    """
    stats = {**view.stats, "islands": len(view.islands)}
    definitions = {**view.definitions, **_OWN}
    groups: defaultdict[str, list[Count]] = defaultdict(list)
    for key, (group, label, anchor) in _COUNTS.items():
        if stats[key] is not None:
            value = Count(label=label, value=number(stats[key]), definition=definitions[key], anchor=anchor)
            groups[group].append(value)
    return dict(groups)


def tables(view: View) -> list[Listing]:
    """Give the tables by category and by community."""
    return [_categories(view), _communities(view)]


def _categories(view: View) -> Listing:
    terms = terms_by_category(view)
    between = links_between(view)
    out, into = Counter[str](), Counter[str]()
    for (source, target), links in between.items():
        if source != target:
            out[source] += links
            into[target] += links
    status = Counter((view.category(slug), view.status.get(slug, "")) for slug in view.defined())
    ranked = sorted(terms, key=lambda name: (-terms[name], name))
    rows = [
        (
            name or "no category",
            terms[name],
            between[name, name],
            out[name],
            into[name],
            status[name, "isolated"] + status[name, "orphan"],
            status[name, "dead-end"],
        )
        for name in ranked[:LIMIT]
    ]
    heads = ("Terms", "Links inside", "Links out", "Links in", "Nothing leads to", "Dead ends")
    return Listing(
        anchor="categories",
        title="Categories",
        total=sum(map(bool, terms)),
        definition="Terms with a page by their first category, and the links inside each, out of it and into it.",
        cure="Many terms that nothing leads to mean that a category was written apart from the rest.",
        columns=(Column("Category", "name"), *(Column(head, "number") for head in heads)),
        rows=rows,
        empty="No term has a category.",
        rest=f"… the other {len(terms) - LIMIT:,} are in terms.csv (column category)." if len(terms) > LIMIT else "",
    )


def _communities(view: View) -> Listing:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for slug, community in view.communities.items():
        groups[community].append(slug)
    several = [_ranked(view, group) for group in groups.values() if len(group) > 1]
    single = len(groups) - len(several)
    several.sort(key=lambda group: (-len(group), group[0]))
    rows = [
        (
            view.name(group[0]),
            len(group),
            Names(tuple(map(view.name, group[1 : _NAMED + 1])), max(len(group) - _NAMED - 1, 0)),
            _mostly(view, group),
        )
        for group in several[:LIMIT]
    ]
    return Listing(
        anchor="communities",
        title="Communities",
        total=len(several),
        definition=f"Groups of two terms or more that link among themselves more than to the rest{_single(single)}.",
        cure="A community that mixes categories may be a subject that deserves a category of its own.",
        columns=(
            Column("Around", "name"),
            Column("Terms", "number"),
            Column("With", "names"),
            Column("Mostly", "text"),
        ),
        rows=rows,
        empty="No two terms are joined by a link.",
        rest=f"… the other {len(several) - LIMIT:,} are in terms.csv (column community)."
        if len(several) > LIMIT
        else "",
    )


def _single(terms: int) -> str:
    if not terms:
        return ""
    return "; one more is a single term" if terms == 1 else f"; {terms:,} more are single terms"


def _ranked(view: View, group: Iterable[str]) -> list[str]:
    return sorted(group, key=lambda slug: (-view.measure("pagerank", slug), slug))


def _mostly(view: View, group: list[str]) -> str:
    shares = Counter(view.category(slug) for slug in group)
    top = min(shares, key=lambda name: (-shares[name], name))
    return f"{top or 'no category'}, {percent(shares[top], len(group))}"


#: Measure → (name, definition), in the order of the page.
MEASURES = {
    "in_degree": ("Links in", "the terms that link to it"),
    "out_degree": ("Links out", "the terms that it links to"),
    "pagerank": ("PageRank", "how often a reader who follows links at random, and starts anew now and then, comes by"),
    "betweenness": ("Betweenness", "the share of shortest paths between two other terms that pass through it"),
    "closeness": ("Closeness", "how near the terms are from which it can be reached"),
    "hub": ("Hub", "how much it links to good authorities"),
    "authority": ("Authority", "how much good hubs link to it"),
    "core": ("Core", "the largest k for which it belongs to a group where each term has k links with the others"),
}


def measured(view: View) -> list[tuple[str, str, str]]:
    """List the measures: name, exact or from how many sampled terms, definition."""
    return [
        (name, f"from {count(view.pivots[key], 'term')}" if key in view.pivots else "exact", definition)
        for key, (name, definition) in MEASURES.items()
        if key in view.measures
    ]
