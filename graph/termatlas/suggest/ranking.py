"""All pairs that may be missing links, with their probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.corpus import Bools, Corpus, Floats, Ints
from termatlas.suggest.folds import Regime, State, order_in_groups, propose, state_of, worth_judging
from termatlas.suggest.linksignals import Direction
from termatlas.suggest.ranker import Ranker
from termatlas.suggest.sparse import one_blas_thread, threads
from termatlas.suggest.texts import Progress
from termatlas.suggest.textsignals import text_signals
from termatlas.suggest.training import train

#: How many terms are described at a time: 300 candidates each with 50 features fill 120 MB.
_AT_ONCE = 2_000
#: Pairs less probable than this are forgotten, but for the best of each term, and those that would give a term its
#: first incoming link, for which less will do.
_LEAST, _SHOWN, _HOPE = 0.005, 5, 0.0002


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """Pairs by number of term, the most probable first."""

    state: State
    rankers: dict[Regime, Ranker]
    source: Ints
    target: Ints
    probability: NDArray[np.float64]
    features: Floats
    regime: list[Regime]


@one_blas_thread()
def rank_links(corpus: Corpus, progress: Progress = lambda _: None) -> Ranking:
    """Train on the links that are there, and judge the pairs that are none."""
    progress("comparing the texts")
    text = text_signals(corpus)
    visible = np.ones(len(text.corpus.sources), np.bool_)
    rankers = train(text, visible, progress)
    state = state_of(text, visible)
    return _ranking(state, rankers, list(_judged(state, rankers, progress)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Judged:
    regime: Regime
    source: Ints
    target: Ints
    probability: NDArray[np.float64]
    features: Floats


def _judged(state: State, rankers: dict[Regime, Ranker], progress: Progress) -> Iterator[_Judged]:
    """Judge each pair once: by its target where that is isolated, otherwise by its source."""
    alone = state.links.isolated
    passes: tuple[tuple[Regime, Direction, Bools], ...] = (
        ("linked", "out", ~alone),
        ("isolated-out", "out", alone),
        ("isolated-in", "in", alone),
    )
    for regime, direction, asked in passes:
        rows = np.flatnonzero(asked)
        starts = range(0, len(rows), _AT_ONCE)
        progress(f"judging {len(rows)} terms")
        jobs = [(rows[start : start + _AT_ONCE], regime, direction) for start in starts]
        with ThreadPoolExecutor(threads()) as pool:
            yield from pool.map(lambda job: _judge(state, rankers[job[1]], *job), jobs)


def _judge(state: State, ranker: Ranker, rows: Ints, regime: Regime, direction: Direction) -> _Judged:
    pairs = propose(state, rows, direction)
    alone = state.links.isolated
    elsewhere = {"linked": alone[pairs.target], "isolated-in": alone[pairs.source]}.get(regime, False)
    first = worth_judging(pairs.group, ranker.logistic(pairs.features))
    judged = np.flatnonzero(first & ~np.broadcast_to(elsewhere, len(pairs)))
    score = ranker.score(pairs.features[judged])
    probability = ranker.probability(score, pairs.mentioned[judged])
    best = order_in_groups(pairs.group[judged], score) < _SHOWN
    lost = (state.links.in_degree[pairs.target[judged]] == 0) & (probability >= _HOPE)
    told = np.flatnonzero((probability >= _LEAST) | best | lost)
    keep = judged[told]
    return _Judged(
        regime=regime,
        source=pairs.source[keep],
        target=pairs.target[keep],
        probability=probability[told],
        features=pairs.features[keep],
    )


def _ranking(state: State, rankers: dict[Regime, Ranker], parts: list[_Judged]) -> Ranking:
    width = next((part.features.shape[1] for part in parts), 0)
    source = np.concatenate([np.zeros(0, np.int64), *(part.source for part in parts)])
    target = np.concatenate([np.zeros(0, np.int64), *(part.target for part in parts)])
    probability = np.concatenate([np.zeros(0), *(part.probability for part in parts)])
    features = np.concatenate([np.zeros((0, width), np.float32), *(part.features for part in parts)])
    regime = [part.regime for part in parts for _ in range(len(part.source))]
    order = np.lexsort((target, source, -probability))
    return Ranking(
        state=state,
        rankers=rankers,
        source=source[order],
        target=target[order],
        probability=probability[order],
        features=features[order],
        regime=[regime[at] for at in order.tolist()],
    )
