"""What the report asks of a survey: names, neighbours, places and groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termatlas.findings import Finding
from termatlas.model import Glossary, Where

if TYPE_CHECKING:
    import networkx as nx

    from termatlas.suggest.suggested import Suggested
    from termatlas.survey import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A survey with its islands and one-way links, and the definitions of its statistics."""

    glossary: Glossary
    graph: nx.DiGraph[str]
    measures: Mapping[str, Mapping[str, float]]
    pivots: Mapping[str, int]
    status: Mapping[str, str]
    communities: Mapping[str, int]
    islands: Sequence[Sequence[str]]
    one_way: Sequence[tuple[str, str]]
    findings: Sequence[Finding]
    stats: Mapping[str, Any]
    definitions: Mapping[str, str]
    suggested: Suggested | None

    def name(self, slug: str) -> str:
        """Give a term's name, or its slug where it has none."""
        return str(self.graph.nodes[slug].get("name") or slug) if slug in self.graph else slug

    def category(self, slug: str) -> str:
        """Give a term's first category, or ""."""
        return str(self.graph.nodes[slug].get("category") or "") if slug in self.graph else ""

    def measure(self, name: str, slug: str) -> float:
        """Give one measure of a term, 0 where it was not measured."""
        return self.measures.get(name, {}).get(slug, 0.0)

    def rank(self, slug: str) -> tuple[bool, float, str]:
        """Give the sort key that puts terms with a page first, and the most central of them."""
        return slug not in self.glossary, -self.measure("pagerank", slug), slug

    def links_from(self, slug: str) -> list[str]:
        """List the terms that a term links to, in the order of its page, itself left out."""
        return [target for target in self.graph.successors(slug) if target != slug]

    def links_to(self, slug: str) -> list[str]:
        """List the terms that link to a term, the most central first."""
        sources = (source for source in self.graph.predecessors(slug) if source != slug)
        return sorted(sources, key=lambda source: (-self.measure("pagerank", source), source))

    def links_in(self, slug: str) -> int:
        """Count the links that lead to a term."""
        return int(self.graph.in_degree(slug)) - self.graph.has_edge(slug, slug)

    def links_out(self, slug: str) -> int:
        """Count the links that lead out of a term."""
        return int(self.graph.out_degree(slug)) - self.graph.has_edge(slug, slug)

    def having(self, status: str) -> list[str]:
        """List the terms of a status by category (none last) and name."""
        slugs = (slug for slug in self.graph if self.status.get(slug) == status)
        return sorted(slugs, key=self._alphabetical)

    def _alphabetical(self, slug: str) -> tuple[bool, str, str, str]:
        category = self.category(slug)
        return not category, category.casefold(), self.name(slug).casefold(), slug

    def where(self, slug: str) -> Where | None:
        """Give the place that defines a term, None where no page does."""
        return self.glossary[slug].where if slug in self.glossary else None

    def where_linked(self, source: str, target: str) -> Where | None:
        """Give the place of the link from one term to another."""
        if source not in self.glossary:
            return None
        term = self.glossary[source]
        places = (term.where_of(reference) for reference in term.related if reference.target == target)
        return next(places, term.where)

    def defined(self) -> list[str]:
        """List the terms that have a page, in the order of the glossary."""
        return [slug for slug, defined in self.graph.nodes(data="defined", default=True) if defined]


def view_of(survey: Survey) -> View:
    """Take from a survey what the report tells, and add what follows from it."""
    from termatlas.analysis import DEFINITIONS, islands, one_way_links

    return View(
        glossary=survey.glossary,
        graph=survey.graph,
        measures=survey.measures,
        pivots=survey.measures.pivots,
        status=survey.status,
        communities=survey.communities,
        islands=[island for island in islands(survey.rows) if len(island) > 1],
        one_way=one_way_links(survey.rows),
        findings=survey.findings,
        stats=survey.stats,
        definitions=DEFINITIONS,
        suggested=survey.suggested,
    )


def links_between(view: View) -> Counter[tuple[str, str]]:
    """Count the links from category to category, links to oneself and to wanted terms left out."""
    categories = {slug: view.category(slug) for slug in view.defined()}
    counts: Counter[tuple[str, str]] = Counter()
    for source, category in categories.items():
        targets = (target for target in view.graph.adj[source] if target != source)
        counts.update((category, categories[target]) for target in targets if target in categories)
    return counts


def terms_by_category(view: View) -> Counter[str]:
    """Count the terms with a page by their first category."""
    return Counter(view.category(slug) for slug in view.defined())


def one_way_by_source(view: View) -> dict[str, list[str]]:
    """Group one-way links by the term that carries them."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in view.one_way:
        groups[source].append(target)
    return dict(groups)
