"""Pairs of terms that may be one, and what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.corpus import Corpus
from termatlas.suggest.othernames import OtherName, other_names
from termatlas.suggest.samenames import Pair, are_siblings, initial_pairs, letter_pairs, name_likeness, spelling_pairs
from termatlas.suggest.sparse import product, row_of, sparse, without_common

_NEAREST = 5
_ALIKE = 0.6  # cosine of two texts, from which on they may be one page
_NONE = OtherName()

#: What speaks for a pair being one, and how much: coefficients of a logistic regression on half of 3,000 aliases and
#: 3,000 names of FOLDOC without one, each asked for as a name without a page. Those after `rivals_short`, of which
#: such names tell little, are set by hand.
WEIGHTS = {
    "initials": 0.36,  #: one is the other's initials
    "stands_for": 0.76,  #: one's letters stand in the other in that order
    "within": -0.79,  #: share of the shorter name's words in the other
    "words": 1.59,  #: share of all words that both have
    "letters": 3.67,  #: square of the cosine of their letters
    "opening": 4.12,  #: named in brackets at the other's start
    "cue": 1.11,  #: named after "or", "called", "short for"
    "quoted": 2.34,  #: named in quotes or brackets near the start
    "early": -1.33,  #: named among the first words
    "rare": 4.15,  #: 1 shared by the texts that name it
    "rivals_told": -3.49,  #: logarithm of the other terms that name it, or are named, so
    "rivals_short": -0.78,  #: logarithm of the other terms with such initials
    "siblings": -6.0,  #: the names differ in one word and no more: inner join, outer join
    "unnamed": -2.5,  #: neither is told to be the other's name, and the names are not alike
    "text": 8.0,  #: square of the texts' cosine
    "neighbours": 3.0,  #: share of their neighbours that both have
    "unlike": -2.5,  #: both have a text, and the two have little in common
    "linked": -1.5,  #: one links to the other: whoever set the link told them apart
}
INTERCEPT = -5.17
_FEWEST_WORDS = 15  # of a text that says enough to be compared
_UNLIKE = 0.15  # cosine


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Pairs of terms by number, the smaller first, and a row for each, its columns in the order of `WEIGHTS`."""

    pairs: list[Pair]
    rows: NDArray[np.float64]
    told: Mapping[Pair, OtherName]  #: (whose text, whose name) → how the text gives it


def pairs_of(corpus: Corpus, texts: Any) -> Pairs:
    """Gather the pairs of terms that share a name, an initialism, letters or a text, or of which one names the other.

    `texts` are the texts as rows of weighted words.
    """
    told = other_names(corpus)
    letters = letter_pairs(corpus.labels)
    telling = without_common(texts)
    like = product(telling, telling.T.tocsr(), _NEAREST)
    near = like.data >= _ALIKE
    found = {*spelling_pairs(corpus.labels), *initial_pairs(corpus.labels), *letters, *map(_ordered, told)}
    found |= {_ordered(pair) for pair in zip(row_of(like)[near].tolist(), like.indices[near].tolist(), strict=True)}
    pairs = sorted(pair for pair in found if pair[0] != pair[1])
    rows = [_row(corpus, pair, told, letters.get(pair, 0.0)) for pair in pairs]
    columns = np.array(rows, np.float64).reshape(len(pairs), len(WEIGHTS) - 8)
    return Pairs(
        pairs=pairs,
        rows=np.column_stack(
            [columns, _rivals(pairs, columns), _apart(corpus, pairs, columns), _together(corpus, texts, pairs)]
        ),
        told=told,
    )


def scores(found: Pairs) -> NDArray[np.float64]:
    """Give each pair a score between 0 and 1."""
    total: NDArray[np.float64] = 1 / (1 + np.exp(-(INTERCEPT + found.rows @ np.array([*WEIGHTS.values()]))))
    return total


def _ordered(pair: Pair) -> Pair:
    return min(pair), max(pair)


def _row(corpus: Corpus, pair: Pair, told: Mapping[Pair, OtherName], letters: float) -> list[float]:
    one, other = pair
    names = name_likeness(corpus.labels[one], corpus.labels[other])
    both = [told.get(pair, _NONE), told.get((other, one), _NONE)]
    given = [float(max(getattr(each, how) for each in both)) for how in ("opening", "cue", "quoted", "early", "rare")]
    return [*names, letters * letters, *given]


def _rivals(pairs: Sequence[Pair], columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count the other pairs of the same terms that speak for themselves in the same way: at most one is the same."""
    initials, stands_for, _, _, letters, opening, cue, quoted = columns.T[:8]
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    told = (opening > 0) | ((cue > 0) & (quoted > 0))
    short = (initials > 0) | ((stands_for > 0) & (letters > 0))
    others = []
    for which in (told, short):
        counts = np.bincount(ends[which].ravel(), minlength=int(ends.max(initial=0)) + 1)
        others.append(np.log1p(counts[ends] - which[:, None]))
    return np.column_stack([others[0].min(axis=1), others[1].max(axis=1)])


def _apart(corpus: Corpus, pairs: Sequence[Pair], columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Say of each pair with two texts if the names are those of siblings, and if nothing gives one as the other's."""
    initials, stands_for, _, _, letters, opening, cue, quoted = columns.T[:8]
    long = np.diff(corpus.offsets) > _FEWEST_WORDS
    both = [bool(long[one] and long[other]) for one, other in pairs]
    names = corpus.labels
    siblings = [tell and are_siblings(names[one], names[other]) for tell, (one, other) in zip(both, pairs, strict=True)]
    unnamed = (np.stack([initials, stands_for, opening, cue, quoted]).max(axis=0) == 0) & (letters < _UNLIKE)
    return np.column_stack([np.array(siblings, np.float64), unnamed & np.array(both, np.bool_)])


def _together(corpus: Corpus, texts: Any, pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Compare texts and neighbours: cosine squared, share of neighbours that both have, unlike texts, a direct link."""
    size = len(corpus)
    sources, targets = np.concatenate([[corpus.sources, corpus.targets], [corpus.targets, corpus.sources]], axis=1)
    links = sparse(np.ones(len(sources)), sources, targets, (size, size))
    links.data[:] = 1
    first, second = np.array(pairs, np.int64).reshape(-1, 2).T
    cosine = np.asarray(texts[first].multiply(texts[second]).sum(axis=1)).ravel()
    shared = np.asarray(links[first].multiply(links[second]).sum(axis=1)).ravel()
    linked = np.asarray(links[first, second]).ravel() if len(first) else np.zeros(0)
    degree = np.diff(links.indptr)
    union = degree[first] + degree[second] - shared - 2 * linked
    told = np.diff(corpus.offsets) > _FEWEST_WORDS
    unlike = told[first] & told[second] & (cosine < _UNLIKE)
    return np.column_stack([cosine**2, shared / np.maximum(union, 1), unlike, linked])
