"""Columns → the things that may break a condition of SKOS, and what has to be known of them to tell.

No thing that breaks one is missed. Each condition is a comparison of sorted numbers, without a step for each concept.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from termatlas.sources.skoshierarchy import numbered_lines, reached
from termatlas.sources.skosstatements import BROADER, COLLECTIONS, EXACT, NARROWER, RELATED, RELATIONS
from termatlas.validate.columns import FORM, LABELS, Columns

Hashes = NDArray[np.int64]

_XL_LABELS = ("skosxl:prefLabel", "skosxl:altLabel", "skosxl:hiddenLabel")
_ODD = np.int64(-7046029254386353131)  # 2⁶⁴ divided by the golden ratio: mixes two hashes to one


def suspects(columns: Columns) -> Hashes:
    """Give the hashes of all things that a condition may be broken by, sorted, each once."""
    with np.errstate(over="ignore"):
        found = [*_in_two_classes(columns), *_by_labels(columns), *_by_hierarchy(columns), *_by_mappings(columns)]
    return np.unique(np.concatenate(found))


def _in_two_classes(columns: Columns) -> Iterator[Hashes]:
    """Find what can be two of concept, collection and scheme (S9, S37)."""
    within = columns.of(("skos:inScheme", "skos:topConceptOf"))
    tops = columns.of(("skos:hasTopConcept",))
    schemes = _unique(within[:, 1], tops[:, 0], columns.of(("skos:ConceptScheme",), 1)[:, 0])
    members = columns.of(("skos:member", "skos:memberList"))
    collections = _unique(members[:, 0], columns.of(COLLECTIONS, 1)[:, 0])
    concepts = (
        columns.of(RELATIONS).ravel(),
        columns.of(("skos:topConceptOf",))[:, 0],
        tops[:, 1],
        columns.of(("skos:Concept",), 1)[:, 0],
    )
    others = _unique(schemes, collections)
    yield np.intersect1d(schemes, collections, assume_unique=True)
    yield from (each[_is_in(each, others)] for each in concepts)


def _by_labels(columns: Columns) -> Iterator[Hashes]:
    """Find what has one label in two kinds (S13), or two preferred labels in a language (S14)."""
    tables = [_labels(columns, kind) for kind in range(len(LABELS))]
    thing, text, language = tables[0].T
    doubled = _differing(thing, thing * _ODD + language, text)
    kinds = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    thing, text, _ = np.concatenate(tables).T
    things = _unique(doubled, _differing(thing, thing * _ODD + text, kinds))
    yield things
    extended = columns.of(_XL_LABELS)  # labels that are things themselves
    yield extended[_is_in(extended[:, 0], things), 1]


def _labels(columns: Columns, kind: int) -> Hashes:
    """Give the labels of a kind, those that are things among them by their literal forms (SKOS Reference, S55–S57)."""
    plain = columns.of((LABELS[kind],), 3)
    extended = columns.of((_XL_LABELS[kind],))
    if not extended.size:
        return plain
    forms = columns.of((FORM,), 3)
    forms = forms[np.argsort(forms[:, 0], kind="stable")]
    first = np.searchsorted(forms[:, 0], extended[:, 1], "left")
    times = np.searchsorted(forms[:, 0], extended[:, 1], "right") - first
    offset = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    joined = forms[np.repeat(first, times) + offset].copy()
    joined[:, 0] = np.repeat(extended[:, 0], times)
    return np.concatenate([plain, joined])


def _differing(things: Hashes, keys: Hashes, values: Hashes) -> Hashes:
    """Give the things that have one key with two values."""
    order = np.argsort(keys)
    keys, values = keys[order], values[order]
    found: Hashes = things[order[1:]][(keys[1:] == keys[:-1]) & (values[1:] != values[:-1])]
    return found


def _by_hierarchy(columns: Columns) -> Iterator[Hashes]:
    """Find the related things of which one is above the other, and all that is above the lower one (S27)."""
    up = np.concatenate([columns.of(BROADER), columns.of(NARROWER)[:, ::-1]])
    nodes, edges = np.unique(up, return_inverse=True)
    low, high = edges.reshape(-1, 2).T
    related = columns.of(RELATED)
    inside = _is_in(related[:, 0], nodes) & _is_in(related[:, 1], nodes)
    one, other = np.searchsorted(nodes, related[inside]).T
    found = numbered_lines(low, high, one, other)
    if found:
        ways: dict[int, list[int]] = {}
        for below, above in zip(low.tolist(), high.tolist(), strict=True):
            ways.setdefault(below, []).append(above)
        lower = {below for below, _ in found}
        yield nodes[sorted(lower.union(*(reached(ways, below) for below in lower)))]


def _by_mappings(columns: Columns) -> Iterator[Hashes]:
    """Find the things that exact matches join, by however many steps, and another match joins as well (S46)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    exact = columns.of(EXACT)
    others = columns.of(("skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"))
    nodes, edges = np.unique(exact, return_inverse=True)
    clashing = others[_is_in(others[:, 0], nodes) & _is_in(others[:, 1], nodes)]
    if not clashing.size:
        return
    ends = edges.reshape(-1, 2).T
    joined = coo_array((np.ones(len(exact), bool), tuple(ends)), shape=(len(nodes), len(nodes)))
    _, group = connected_components(joined, directed=False)
    one, other = group[np.searchsorted(nodes, clashing)].T
    yield nodes[np.isin(group, one[one == other])]


def _unique(*columns: Hashes) -> Hashes:
    return np.unique(np.concatenate(columns))


def _is_in(values: Hashes, among: Hashes) -> NDArray[np.bool_]:
    """Tell which values are among sorted ones."""
    if not among.size:
        return np.zeros(len(values), bool)
    found: NDArray[np.bool_] = among[np.minimum(np.searchsorted(among, values), len(among) - 1)] == values
    return found
