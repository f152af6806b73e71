"""The numbers that describe a glossary as a whole, each with its definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from termatlas.analysis import louvain
from termatlas.analysis.categories import assortativity
from termatlas.analysis.connectivity import components, strong_components
from termatlas.analysis.csr import Csr, Ints, as_csr, starts, undirected
from termatlas.analysis.cuts import articulation_nodes, bridge_nodes, search
from termatlas.analysis.degrees import degrees
from termatlas.analysis.mutual import one_way, reciprocity
from termatlas.analysis.statuses import orphans

if TYPE_CHECKING:
    import networkx as nx

#: What each number of `stats` is, in the order in which they are printed. Self-links count in `self_links` alone.
DEFINITIONS: dict[str, str] = {
    "terms": "terms with a page of their own",
    "wanted": "terms that links point to though no page defines them",
    "links": "links from one term to another, wanted ones included; several between the same two count once",
    "self_links": "terms that link to themselves; these links count nowhere else",
    "links_to_wanted": "links that lead to a wanted term",
    "links_by_kind": "links of each kind",
    "isolated": "terms with a page that no link leads to and none out of",
    "orphans": "terms with a page that no link leads to, though some lead out of them, so without the isolated",
    "dead_ends": "terms with a page that links lead to and none out of",
    "one_way_links": "links between two terms with pages of which the second does not link back to the first",
    "reciprocity": "share of all links that are returned, from 0 to 1",
    "density": "share of all possible links between two terms, wanted ones included, that exist",
    "mean_degree": "links per term, wanted ones included",
    "in_degrees": "for each number of links that lead to a term, how many terms have it, wanted ones included",
    "out_degrees": "for each number of links that lead out of a term, how many terms have it, wanted ones included",
    "categories": "categories of the terms with a page; a term can be in several",
    "uncategorised": "terms with a page and without a category",
    "links_across_categories": "links between two terms with pages whose first categories differ",
    "assortativity": "how far links keep to their category: 1 always, 0 as chance has it, below 0 less than that",
    "weak_components": "parts that no link joins to each other, whatever its direction; a single term can be one",
    "largest_component": "terms in the largest of these parts, wanted ones included",
    "islands": "weak components other than the largest, isolated terms included",
    "strong_components": "largest groups of terms of which each leads to each by links; a single term can be one",
    "communities": "groups of terms that link to one another more than to the rest; a single term can be one",
    "modularity": "share of links within communities, less what random links between the same terms would give",
    "articulation_terms": "terms without which their component falls apart",
    "bridges": "pairs of terms whose link, if it went, would leave no other way between them",
}


def stats(graph: nx.DiGraph[Any], *, communities: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Describe a glossary in numbers that are ready for JSON; `DEFINITIONS` says what each of them is.

    A value that is not defined, such as the reciprocity of a graph without links, is None. Whoever has the
    communities already can hand them on, for they take longer than all the rest.

    >>> import networkx as nx
    >>> found = stats(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    >>> found["links"], found["one_way_links"], found["in_degrees"]
    (3, 1, {1: 3})
    """
    rows = as_csr(graph)
    found = {**_terms(rows), **_links(graph, rows), **_categories(graph, rows), **_parts(rows)}
    found |= _communities(rows, communities or louvain.communities(rows))
    return {key: found[key] for key in DEFINITIONS}


def _terms(rows: Csr) -> dict[str, Any]:
    gaps = orphans(rows)
    entering, leaving = degrees(rows)
    return {
        "terms": len(rows) - len(gaps["wanted"]),
        "wanted": len(gaps["wanted"]),
        "isolated": len(gaps["isolated"]),
        "orphans": len(gaps["orphan"]),
        "dead_ends": len(gaps["dead-end"]),
        "in_degrees": _histogram(entering),
        "out_degrees": _histogram(leaving),
    }


def _histogram(values: Ints) -> dict[int, int]:
    counts = np.bincount(values)
    return {value: int(counts[value]) for value in np.flatnonzero(counts).tolist()}


def _links(graph: nx.DiGraph[Any], rows: Csr) -> dict[str, Any]:
    links, count = len(rows.indices), len(rows)
    kinds = Counter(kind for one, other, kind in graph.edges(data="kind", default="related") if one != other)
    return {
        "links": links,
        "self_links": len(rows.looped),
        "links_to_wanted": int(np.count_nonzero(~np.array(rows.columns["defined"], bool)[rows.indices])),
        "links_by_kind": dict(sorted(kinds.items())),
        "one_way_links": int(one_way(rows).sum()),
        "reciprocity": reciprocity(rows),
        "density": links / (count * (count - 1)) if count > 1 else None,
        "mean_degree": links / count if count else None,
    }


def _categories(graph: nx.DiGraph[Any], rows: Csr) -> dict[str, Any]:
    defined = np.array(rows.columns["defined"], bool)
    categories = np.array(rows.columns["category"], object)
    here, there = starts(rows), rows.indices
    inside = defined[here] & defined[there]
    return {
        "categories": len({name for _, node in graph.nodes(data=True) for name in _names(node)} - {""}),
        "uncategorised": int(np.count_nonzero(categories[defined] == "")),
        "links_across_categories": int(np.count_nonzero(inside & (categories[here] != categories[there]))),
        "assortativity": _number(assortativity(rows, rows.columns["category"])),
    }


def _names(node: Mapping[str, Any]) -> Iterable[str]:
    return (node.get("categories") or (node.get("category", ""),)) if node.get("defined", True) else ()


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _parts(rows: Csr) -> dict[str, Any]:
    parts, tree = components(rows), search(undirected(rows))
    return {
        "weak_components": len(parts),
        "largest_component": len(parts[0]) if parts else 0,
        "islands": max(len(parts) - 1, 0),
        "strong_components": len(strong_components(rows)),
        "articulation_terms": len(articulation_nodes(tree)),
        "bridges": len(bridge_nodes(tree)),
    }


def _communities(rows: Csr, found: Mapping[str, int]) -> dict[str, Any]:
    return {"communities": len(set(found.values())), "modularity": louvain.modularity(rows, found)}
