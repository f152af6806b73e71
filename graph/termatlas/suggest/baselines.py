"""Baselines: what each simple signal finds alone; `score` shows them beside the blend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

from termatlas.suggest.corpus import Ints
from termatlas.suggest.folds import State
from termatlas.suggest.linksignals import Direction, personalised_pagerank
from termatlas.suggest.sparse import inverse, product, scaled_columns, sparse

#: Gives the scores of all terms for some, each a row.
Baseline: TypeAlias = Callable[[State, Ints, Direction], Any]

#: How many entries of a row count; the rest is tied at nothing.
_KEPT = 500


def _random(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank all alike: the mean over all orders."""
    none = np.zeros(0, np.int64)
    return sparse(none, none, none, (len(rows), len(state.text.corpus)))


def _popularity(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by the number of links to the target (or, backwards, out of the source)."""
    degree = state.links.in_degree if direction == "out" else state.links.out_degree
    return csr_matrix(np.tile(degree.astype(np.float32), (len(rows), 1)))


def _mentions(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by how often the text mentions the target, with its rarity and how early it does."""
    pairs = state.text.pairs
    rarity = np.log((1 + len(state.text.corpus)) / (1 + state.known.mentioning[pairs.target]))
    weight = np.log1p(pairs.count) * rarity / (1 + 0.1 * np.log1p(pairs.place))
    return _of_pairs(state, weight, rows, direction)


def _mentions_by_probability(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by link probability, of mentioned targets alone."""
    pairs = state.text.pairs
    return _of_pairs(state, np.where(pairs.count > 0, state.known.columns["lp_target"], 0), rows, direction)


def _of_pairs(state: State, weight: Any, rows: Ints, direction: Direction) -> Any:
    pairs, count = state.text.pairs, len(state.text.corpus)
    here, there = (pairs.source, pairs.target) if direction == "out" else (pairs.target, pairs.source)
    return sparse(weight, here, there, (count, count))[rows]


def _tfidf(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by the cosine of the texts."""
    return product(state.text.tfidf[rows], state.text.tfidf.T.tocsr(), _KEPT)


def _adamic_adar(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by shared neighbours, each by 1 / log(degree) (Adamic and Adar, Friends and neighbors on the Web, 2003)."""
    degree = np.diff(state.links.either.indptr)
    return _shared(state, rows, inverse(np.log(np.maximum(degree, 1))))


def _resource_allocation(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by shared neighbours, each by 1 / degree."""
    return _shared(state, rows, inverse(np.diff(state.links.either.indptr).astype(float)))


def _shared(state: State, rows: Ints, weight: Any) -> Any:
    return product(scaled_columns(state.links.either[rows], weight), state.links.either, _KEPT)


def _pagerank(state: State, rows: Ints, direction: Direction) -> Any:
    """Rank by PageRank, personalised to the term."""
    return personalised_pagerank(state.links, rows)


#: The baselines by the name under which they are shown.
BASELINES: dict[str, Baseline] = {
    "random": _random,
    "popularity": _popularity,
    "mentions": _mentions,
    "mentions × link probability": _mentions_by_probability,
    "TF-IDF": _tfidf,
    "Adamic–Adar": _adamic_adar,
    "resource allocation": _resource_allocation,
    "PageRank, personalised": _pagerank,
}
