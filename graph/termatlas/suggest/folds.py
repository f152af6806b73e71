"""Folds: the ways in which links are hidden to learn from, and the pairs that are learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.corpus import Bools, Corpus, Floats, Ints
from termatlas.suggest.features import Pairs, pairs_of
from termatlas.suggest.hiding import HIDDEN_LINKS, HIDDEN_TERMS
from termatlas.suggest.linksignals import Direction, LinkProbability, Links, link_probability, visible_links
from termatlas.suggest.ranker import Examples, Logistic, fit_logistic
from termatlas.suggest.sparse import threads
from termatlas.suggest.textsignals import TextSignals

#: What a pair is judged by: its source has links / its source is isolated / its target is isolated.
Regime = Literal["linked", "isolated-out", "isolated-in"]

#: How many terms are asked for their links in one fold.
_ASKED = 2_000
#: How many folds there are: of links, and of terms. In a small glossary each tells little.
_LINK_FOLDS, _TERM_FOLDS, _SMALL_FOLDS = 4, 3, 6
#: From so many links on a glossary is not small.
_ENOUGH_LINKS = 3_000
#: So many links of a term count in full.
_MODEST = 30.0
#: How many candidates of a term the trees judge: those that the logistic half puts first.
JUDGED = 80
#: And all that it does not think improbable (log-odds).
_LIKELY = -3.0
#: Of the candidates in training all up to this place are kept.
_SURELY = 24
_SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class State:
    """A glossary with some links hidden: what the signals may know."""

    text: TextSignals
    links: Links
    known: LinkProbability
    affinity: Floats  #: of each category: its terms link to each other so many times as often as chance has it


def state_of(text: TextSignals, visible: Bools) -> State:
    """Compute the signals of the links that are visible."""
    links = visible_links(text.corpus, visible)
    return State(text=text, links=links, known=link_probability(text, links), affinity=_affinity(text.corpus, links))


def _affinity(corpus: Corpus, links: Links) -> Floats:
    here, there = corpus.category[links.source], corpus.category[links.target]
    size = np.bincount(corpus.category)
    within = np.bincount(here[here == there], minlength=len(size))
    found: Floats = within * len(corpus) / np.maximum(np.bincount(here, minlength=len(size)) * size, 1)
    return found


def propose(state: State, rows: Ints, direction: Direction) -> Pairs:
    """Propose pairs to some terms and describe them."""
    return pairs_of(state.text, state.links, state.known, rows, direction)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fold:
    """Links that are hidden, and who is asked for them."""

    hidden: Bools
    asked: Sequence[tuple[Regime, Ints, float]]  #: the terms, and for how many terms each of them stands


def examples_of(text: TextSignals, visible: Bools, regimes: Sequence[Regime]) -> dict[Regime, list[Examples]]:
    """Give the examples of each fold by regime.

    No link is hidden in two folds, so that a fold's links were told to no other one's ranker. The first fold's
    candidates are all looked at, to learn which ones of the others need not be.
    """
    chance = np.random.default_rng(_SEED)
    folds: list[list[_Fold]] = []
    if "linked" in regimes:
        folds.append(list(_link_folds(text.corpus, visible, chance)))
    if "isolated-out" in regimes:
        folds.append(list(_term_folds(text.corpus, visible, chance)))
    # The first folds make the sieves, so they come before the others.
    sieves: dict[Regime, Logistic] = {}
    batches = ([each[0] for each in folds], [fold for each in folds for fold in each[1:]])
    found: dict[Regime, list[Examples]] = {regime: [] for regime in regimes}
    with ThreadPoolExecutor(threads()) as pool:
        for told in chain.from_iterable(pool.map(partial(_told, text, visible, sieves), each) for each in batches):
            for regime, examples in told:
                found[regime].append(examples)
    return found


def _link_folds(corpus: Corpus, visible: Bools, chance: np.random.Generator) -> Iterator[_Fold]:
    shuffled = chance.permutation(np.flatnonzero(visible))
    size = round(len(shuffled) * HIDDEN_LINKS)
    for number in range(_SMALL_FOLDS if len(shuffled) < _ENOUGH_LINKS else _LINK_FOLDS):
        hidden = np.zeros(len(visible), np.bool_)
        hidden[shuffled[number * size : (number + 1) * size]] = True
        having = np.unique(corpus.sources[hidden])
        others = np.setdiff1d(np.arange(len(corpus)), having)
        asked: list[tuple[Regime, Ints, float]] = [
            ("linked", some, len(terms) / len(some))
            for terms, most in ((having, _ASKED), (others, _ASKED // 3))
            if len(some := sample(terms, most, chance))
        ]
        yield _Fold(hidden=hidden, asked=asked)


def _term_folds(corpus: Corpus, visible: Bools, chance: np.random.Generator) -> Iterator[_Fold]:
    shuffled = chance.permutation(np.union1d(corpus.sources[visible], corpus.targets[visible]))
    size = round(len(shuffled) * HIDDEN_TERMS)
    for number in range(_SMALL_FOLDS if int(visible.sum()) < _ENOUGH_LINKS else _TERM_FOLDS):
        terms = np.sort(shuffled[number * size : (number + 1) * size])
        chosen = np.isin(np.arange(len(corpus)), terms)
        some = sample(terms, _ASKED, chance)
        hidden = visible & (chosen[corpus.sources] | chosen[corpus.targets])
        yield _Fold(hidden=hidden, asked=[("isolated-out", some, 1.0), ("isolated-in", some, 1.0)])


def _told(
    text: TextSignals, visible: Bools, sieves: dict[Regime, Logistic], fold: _Fold
) -> list[tuple[Regime, Examples]]:
    """Propose pairs to those who are asked, tell which of them are hidden links, and keep the likelier ones."""
    state = state_of(text, visible & ~fold.hidden)
    parts: dict[Regime, list[Examples]] = {}
    for regime, rows, weight in fold.asked:
        examples = _examples(state, fold.hidden, rows, "in" if regime == "isolated-in" else "out", weight)
        parts.setdefault(regime, []).append(examples if regime == "linked" else _modest(examples))
    found = []
    for regime, some in parts.items():
        examples = joined(some)
        if regime not in sieves:
            sieves[regime] = fit_logistic(examples)
        found.append((regime, sieved(examples, sieves[regime])))
    return found


def _examples(state: State, hidden: Bools, rows: Ints, direction: Direction, weight: float) -> Examples:
    corpus = state.text.corpus
    pairs = propose(state, rows, direction)
    wanted = (corpus.sources * len(corpus) + corpus.targets)[hidden]
    return Examples(
        features=pairs.features,
        is_link=np.isin(pairs.source * len(corpus) + pairs.target, wanted),
        mentioned=pairs.mentioned,
        group=pairs.group,
        weight=np.full(len(pairs), weight),
    )


def _modest(examples: Examples) -> Examples:
    """Let no term weigh more than one with thirty links: hubs are no orphans, and would speak for all."""
    links = np.bincount(examples.group, examples.is_link, minlength=1)
    factor = np.minimum(1, _MODEST / np.maximum(links, 1))[examples.group]
    return chosen_of(examples, slice(None), examples.weight * factor)


def sieved(examples: Examples, sieve: Logistic) -> Examples:
    """Keep the first candidates of each term, in the sieve's order, and of the next ones every fourth for four."""
    score = sieve(examples.features)
    rank = order_in_groups(examples.group, score)
    surely = (rank < _SURELY) | (score > _LIKELY)
    keep = surely | ((rank < JUDGED) & (rank % 4 == 0))
    weight = np.where(surely, 1.0, 4.0) * examples.weight
    return chosen_of(examples, keep, weight)


def chosen_of(examples: Examples, which: Bools | slice, weight: NDArray[np.float64] | None = None) -> Examples:
    """Choose some examples, perhaps with other weights."""
    return Examples(
        features=examples.features[which],
        is_link=examples.is_link[which],
        mentioned=examples.mentioned[which],
        group=examples.group[which],
        weight=(examples.weight if weight is None else weight)[which],
    )


def joined(parts: Sequence[Examples]) -> Examples:
    """Put examples together, with groups of their own."""
    sizes = [int(part.group.max(initial=-1)) + 1 for part in parts]
    shifts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return Examples(
        features=np.concatenate([part.features for part in parts]),
        is_link=np.concatenate([part.is_link for part in parts]),
        mentioned=np.concatenate([part.mentioned for part in parts]),
        group=np.concatenate([part.group + shift for part, shift in zip(parts, shifts.tolist(), strict=True)]),
        weight=np.concatenate([part.weight for part in parts]),
    )


def worth_judging(group: Ints, score: NDArray[np.float64]) -> Bools:
    """Say which candidates the trees should judge, by the logistic half's score."""
    chosen: Bools = (order_in_groups(group, score) < JUDGED) | (score > _LIKELY)
    return chosen


def order_in_groups(group: Ints, score: NDArray[np.float64]) -> Ints:
    """Give the place of each pair in its group, from 0, the highest score first."""
    order = np.lexsort((-score, group))
    starts = np.searchsorted(group[order], group[order])
    place = np.empty(len(group), np.int64)
    place[order] = np.arange(len(group)) - starts
    return place


def sample(terms: Ints, most: int, chance: np.random.Generator) -> Ints:
    """Draw some terms where there are many, sorted."""
    if len(terms) <= most:
        return terms
    return np.sort(chance.choice(terms, most, replace=False))
