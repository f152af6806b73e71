"""What is weak in the shape, though nothing in it is broken: terms that hang by a thread, hubs, closed categories."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from termatlas.analysis import Csr
from termatlas.analysis.csr import Bools, Ints, starts, undirected
from termatlas.analysis.cuts import Tree, search
from termatlas.analysis.degrees import degrees
from termatlas.findings.model import Hit
from termatlas.model import Glossary, Term, Where

#: So many terms a term may be linked with in any glossary without being a hub.
_HUB = 30
#: The lowest terms of a hierarchy have one link, as they should.
_HIERARCHY = frozenset({"broader", "narrower", "part_of"})


def find_weak(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the defined terms that links join to one other term only, unless it is broader or narrower."""
    joined = undirected(rows)
    weak = (np.diff(joined.indptr) == 1) & _defined(rows)
    for node in np.flatnonzero(weak).tolist():
        slug, other = rows.nodes[node], rows.nodes[joined.indices[joined.indptr[node]]]
        if _HIERARCHY.isdisjoint((*_kinds(glossary, slug, other), *_kinds(glossary, other, slug))):
            message = f'"{_name(glossary, slug)}" is linked with "{_name(glossary, other)}" alone'
            yield Hit(_where(glossary, slug), message, slug, other)


def _kinds(glossary: Glossary, source: str, target: str) -> Iterator[str]:
    term = glossary.get(source)
    return (link.kind for link in term.related if link.target == target) if term else iter(())


def find_single_entries(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the defined terms that one term alone links to, though they are linked with others."""
    entering, leaving = degrees(rows)
    entry = np.zeros(len(rows), np.int64)
    entry[rows.indices] = starts(rows)
    several = np.diff(undirected(rows).indptr) > 1
    for node in np.flatnonzero((entering == 1) & several & _defined(rows)).tolist():
        slug, source = rows.nodes[node], rows.nodes[entry[node]]
        message = f'only "{_name(glossary, source)}" links to "{_name(glossary, slug)}"'
        yield Hit(_where(glossary, slug), message, slug, source, weight=int(leaving[node]))


def find_cuts(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms without which two terms or more lose touch with the largest part of their component."""
    defined = _defined(rows)
    tree = search(undirected(rows))
    for node, lost in _lost(tree, defined).items():
        slug = rows.nodes[node]
        message = f'without "{_name(glossary, slug)}", {lost:,} terms would lose touch with the rest'
        yield Hit(_where(glossary, slug), message, slug, weight=lost)


def _lost(tree: Tree, counted: Bools) -> dict[int, int]:
    """Count what each node cuts off from the largest part of its component when it goes; only what is counted.

    What goes with it are the children that reach nothing above it, and what is above it or beside them.
    """
    parent, size = tree.parent.tolist(), counted.astype(np.int64).tolist()
    root = list(range(len(parent)))
    order = np.argsort(tree.first).tolist()
    for node in reversed(order):
        if parent[node] >= 0:
            size[parent[node]] += size[node]
    for node in order:
        if parent[node] >= 0:
            root[node] = root[parent[node]]
    parts: dict[int, list[int]] = {}
    for child in np.flatnonzero(tree.parent >= 0).tolist():
        above = parent[child]
        if parent[above] < 0 or tree.low[child] >= tree.first[above]:
            parts.setdefault(above, []).append(size[child])
    lost = {}
    for node, cut in parts.items():
        all_others = size[root[node]] - int(counted[node])
        lost[node] = all_others - max(*cut, all_others - sum(cut))
    return {node: count for node, count in lost.items() if count > 1}


def find_hubs(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms linked with far more terms than others are: beyond the outer fence, and beyond 30.

    The *outer fence* is three interquartile ranges above the third quartile (Tukey, Exploratory data analysis,
    1977), here of how many terms each term is linked with, isolated terms left out.
    """
    linked = np.diff(undirected(rows).indptr)
    if not linked.any():
        return
    entering, leaving = degrees(rows)
    first, third = np.percentile(linked[linked > 0], [25, 75])
    fence = max(int(third + 3 * (third - first)), _HUB)
    for node in np.flatnonzero(linked > fence).tolist():
        slug = rows.nodes[node]
        counts = f"{linked[node]:,} terms ({entering[node]:,} links in, {leaving[node]:,} out)"
        message = f'"{_name(glossary, slug)}" is linked with {counts}; over {fence:,} is far from usual'
        yield Hit(_where(glossary, slug), message, slug, weight=int(linked[node]))


def find_closed_categories(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the categories of two terms or more that no link leaves or none enters, in a glossary that has several."""
    inside: dict[str, list[Term]] = {}
    for term in glossary.terms:
        for category in term.categories:
            inside.setdefault(category, []).append(term)
    if len(inside) < 2:
        return
    leave, enter = _crossings(glossary, rows)
    for category, terms in inside.items():
        ways = [way for way, crossed in (("into", enter), ("out of", leave)) if category not in crossed]
        if ways and len(terms) > 1:
            message = f'no link leads {" or ".join(ways)} the category "{category}"'
            yield Hit(terms[0].where, message, weight=len(terms))


def _crossings(glossary: Glossary, rows: Csr) -> tuple[set[str], set[str]]:
    """Give the categories that links leave and those that links enter, from or to defined terms outside them."""
    numbers: dict[tuple[str, ...], int] = {(): 0}
    kind = [numbers.setdefault(term.categories if (term := glossary.get(slug)) else (), len(numbers)) for slug in rows]
    kinds, label, defined = list(numbers), np.array(kind, np.int64), _defined(rows)
    here = starts(rows)
    both = defined[here] & defined[rows.indices]
    pairs: Ints = np.unique(label[here[both]] * len(kinds) + label[rows.indices[both]])
    leave: set[str] = set()
    enter: set[str] = set()
    for pair in pairs.tolist():
        one, other = kinds[pair // len(kinds)], kinds[pair % len(kinds)]
        leave.update(category for category in one if category not in other)
        enter.update(category for category in other if category not in one)
    return leave, enter


def _defined(rows: Csr) -> Bools:
    return np.array(rows.columns["defined"], bool)


def _name(glossary: Glossary, slug: str) -> str:
    term = glossary.get(slug)
    return term.name if term else slug


def _where(glossary: Glossary, slug: str) -> Where:
    """Give the place of a term; none where the graph has terms that the glossary has not."""
    term = glossary.get(slug)
    return term.where if term else Where(file="")
