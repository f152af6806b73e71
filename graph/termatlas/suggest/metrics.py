"""Measures of a ranking: how far up the hidden links stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.corpus import Bools, Floats, Ints

_SAMPLES = 500
#: A table has so many cells at most.
_TABLE = 20_000_000
_SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value with its bootstrap 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranks:
    """Where the hidden links stand, each among all terms but the one itself and those it is linked with."""

    group: Ints  #: of each hidden link, rising
    other: Ints  #: the term at the other end
    filtered: Floats  #: place from 1, other hidden links of the group left out; of equal scores the mean place
    unfiltered: Floats
    top: Floats  #: of each group: the chance that the first place is a hidden link


def ranks_of(scores: Any, linked: Any, hidden: Any, rows: Ints) -> Ranks:
    """Rank all terms for each of the rows; the three matrices have these rows and a column for each term."""
    columns: tuple[list[Any], ...] = ([], [], [], [])
    top = np.zeros(len(rows), np.float32)
    for at, itself in enumerate(rows.tolist()):
        dense = np.zeros(scores.shape[1])
        dense[_columns(scores, at)] = scores.data[scores.indptr[at] : scores.indptr[at + 1]]
        dense[_columns(linked, at)] = -np.inf
        dense[itself] = -np.inf
        wanted = _columns(hidden, at)
        values = dense[wanted]
        above, equal = _places(dense, values)
        above_hidden, equal_hidden = _places(values, values)
        for column, found in zip(
            columns,
            (
                np.full(len(wanted), at),
                wanted,
                1 + above - above_hidden + (equal - equal_hidden) / 2,
                1 + above + (equal - 1) / 2,
            ),
            strict=True,
        ):
            column.append(found)
        best = dense.max()
        top[at] = (values == best).sum() / (dense == best).sum()
    group, other, filtered, unfiltered = (np.concatenate([np.zeros(0), *column]) for column in columns)
    return Ranks(
        group=group.astype(np.int64),
        other=other.astype(np.int64),
        filtered=filtered.astype(np.float32),
        unfiltered=unfiltered.astype(np.float32),
        top=top,
    )


def ranks_by(score: Callable[[Ints], Any], linked: Any, hidden: Any, rows: Ints) -> Ranks:
    """Rank all terms as `ranks_of` does, a few rows at a time: the scores of all may be a large table."""
    step = max(1, _TABLE // max(linked.shape[1], 1))
    starts = range(0, max(len(rows), 1), step)
    parts = [
        ranks_of(score(rows[at : at + step]), linked[at : at + step], hidden[at : at + step], rows[at : at + step])
        for at in starts
    ]
    return Ranks(
        group=np.concatenate([part.group + at for at, part in zip(starts, parts, strict=True)]),
        other=np.concatenate([part.other for part in parts]),
        filtered=np.concatenate([part.filtered for part in parts]),
        unfiltered=np.concatenate([part.unfiltered for part in parts]),
        top=np.concatenate([part.top for part in parts]),
    )


def _columns(matrix: Any, row: int) -> Ints:
    found: Ints = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return found


def _places(all_of: NDArray[Any], values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Count what lies above each value, and what is equal to it."""
    above = np.array([(all_of > value).sum() for value in values], np.float64)
    equal = np.array([(all_of == value).sum() for value in values], np.float64)
    return above, equal


#: Measures over hidden links, and whether other hidden links of the same term are left out.
_MEASURES: dict[str, Callable[[Ranks], NDArray[Any]]] = {
    "mrr": lambda ranks: 1 / ranks.filtered,
    "hits_5": lambda ranks: (ranks.filtered <= 5).astype(np.float32),
    "hits_10": lambda ranks: (ranks.filtered <= 10).astype(np.float32),
}


def measures_of(ranks: Ranks, chosen: Bools) -> dict[str, Interval]:
    """Give MRR and Hits over the chosen hidden links, Recall@20 and P@1 over their terms.

    The bootstrap draws terms, with all their hidden links, for these are not independent of each other.
    """
    groups, place = np.unique(ranks.group[chosen], return_inverse=True)
    counts = np.bincount(place, minlength=len(groups)).astype(float)
    ones = np.ones(len(groups))
    found = {
        name: (np.bincount(place, measure(ranks)[chosen], minlength=len(groups)), counts)
        for name, measure in _MEASURES.items()
    }
    within = (ranks.unfiltered[chosen] <= 20).astype(float)
    found["recall_20"] = (np.bincount(place, within, minlength=len(groups)) / np.maximum(counts, 1), ones)
    found["p_1"] = (ranks.top[groups].astype(float), ones)
    return {name: _bootstrapped(total, count) for name, (total, count) in found.items()}


def _bootstrapped(total: NDArray[Any], count: NDArray[Any]) -> Interval:
    """Give Σ total / Σ count, and its interval over samples of the groups drawn with replacement."""
    if not len(total):
        return Interval(value=0.0, low=0.0, high=0.0)
    chance = np.random.default_rng(_SEED)
    drawn = chance.multinomial(len(total), np.full(len(total), 1 / len(total)), size=_SAMPLES)
    low, high = np.percentile((drawn @ total) / np.maximum(drawn @ count, 1), [2.5, 97.5])
    value = float(total.sum() / count.sum())
    return Interval(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))
