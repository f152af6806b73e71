"""Everything that the exports and pages say about a glossary, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from termatlas.analysis import Csr, Measures, central, communities, components, layout, stats, status
from termatlas.analysis.csr import by_slug
from termatlas.build import build
from termatlas.collector import collector_paused
from termatlas.findings import Finding, check
from termatlas.model import Glossary
from termatlas.suggest import Suggestion
from termatlas.suggest.suggested import Suggested, suggest


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A glossary, its graph, and what was measured and found."""

    glossary: Glossary
    graph: nx.DiGraph[str]
    rows: Csr  #: the graph as the measures read it, by slug
    measures: Measures
    status: Mapping[str, str]  #: slug → ``ok``, ``isolated``, ``orphan``, ``dead-end`` or ``wanted``
    communities: Mapping[str, int]  #: slug → community, the largest is 0
    components: Mapping[str, int]  #: slug → weakly connected component, the largest is 0
    findings: tuple[Finding, ...]
    stats: Mapping[str, Any]
    positions: Mapping[str, tuple[float, float]]
    suggested: Suggested | None = None  #: None where nobody asked for suggestions

    @property
    def columns(self) -> dict[str, Mapping[str, Any]]:
        """Give what is known of each term, by name and slug, in the order of the tables' columns."""
        groups = {"community": self.communities, "component": self.components, "status": self.status}
        return {**self.measures, **groups}


@collector_paused()
def survey(
    glossary: Glossary,
    progress: Callable[[str], None] = lambda _: None,
    *,
    start: Mapping[str, tuple[float, float]] | None = None,
    keep: Callable[[Iterable[Suggestion]], Iterable[Suggestion]] | None = None,
) -> Survey:
    """Build the graph of a glossary, measure it and check it; `start` are earlier positions, for `layout`.

    Links, terms and duplicates are suggested only where `keep` is given; it says which suggested links to keep.
    """
    progress("building the graph")
    graph = build(glossary)
    rows = by_slug(graph)
    progress("measuring centrality")
    measures = central(rows)
    progress("finding communities")
    groups = communities(rows)
    progress("checking")
    findings = tuple(check(glossary, rows))
    return Survey(
        glossary=glossary,
        graph=graph,
        rows=rows,
        measures=measures,
        status=status(rows),
        communities=groups,
        components={slug: number for number, members in enumerate(components(rows)) for slug in members},
        findings=findings,
        stats=stats(graph, communities=groups),
        positions=layout(graph, start=start),
        suggested=suggest(glossary, graph, keep, progress) if keep else None,
    )
