"""Training on the glossary's own links: hide some, and learn what tells them from pairs that are no links.

All signals are computed anew from the links that stay, by the same code as later for suggestions; a hidden link is
in no array that they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.calibration import LEAST, MOST, Curve
from termatlas.suggest.corpus import Bools, Ints
from termatlas.suggest.features import Pairs, pairs_of
from termatlas.suggest.fixed import fixed_ranker
from termatlas.suggest.hiding import HIDDEN_LINKS, hide_links, hide_terms
from termatlas.suggest.linksignals import Direction, LinkProbability, Links, link_probability, visible_links
from termatlas.suggest.ranker import Examples, Logistic, Ranker, fit_logistic, fit_ranker
from termatlas.suggest.sparse import threads
from termatlas.suggest.texts import Progress
from termatlas.suggest.textsignals import TextSignals

#: What a pair is judged by: its source has links / its source is isolated / its target is isolated.
Regime = Literal["linked", "isolated-out", "isolated-in"]

#: From how many links on trees are fitted, and from how many on anything is.
_TREES_FROM, _LEARN_FROM = 1_000, 100
#: How many terms are asked for their links in all folds together, and in one.
_ASKED, _ASKED_AT_ONCE = 6_000, 2_000
_MOST_FOLDS, _ORPHAN_FOLDS = 4, 2
#: A small glossary is hidden from more than once.
_MOST_ROUNDS, _ENOUGH_LINKS = 2, 3_000
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


def state_of(text: TextSignals, visible: Bools) -> State:
    """Compute the signals of the links that are visible."""
    links = visible_links(text.corpus, visible)
    return State(text=text, links=links, known=link_probability(text, links))


def propose(state: State, rows: Ints, direction: Direction) -> Pairs:
    """Propose pairs to some terms and describe them."""
    return pairs_of(state.text, state.links, state.known, rows, direction)


def train(
    text: TextSignals,
    visible: Bools,
    progress: Progress = lambda _: None,
    regimes: Sequence[Regime] = ("linked", "isolated-out", "isolated-in"),
) -> dict[Regime, Ranker]:
    """Fit the rankers of some regimes on the visible links.

    Links are hidden twice over. Those of an outer part are hidden from all fitting; the scores that they get, once
    the rankers are fitted, tell what a score is worth. So the curves are fitted in the very position in which the
    rankers are used later: with links missing that training has taken for no links.
    """
    count = int(visible.sum())
    if count < _LEARN_FROM:
        return dict.fromkeys(regimes, fixed_ranker())
    fitting: dict[Regime, list[Examples]] = {regime: [] for regime in regimes}
    outer: dict[Regime, list[Examples]] = {regime: [] for regime in regimes}
    sieves: dict[Regime, Logistic] = {}
    for regime, inside, examples in _examples(text, visible, progress, regimes):
        if regime not in sieves:
            sieves[regime] = fit_logistic(examples)
        (fitting if inside else outer)[regime].append(sieved(examples, sieves[regime]))
    progress("fitting the model")

    def fit(regime: Regime) -> Ranker:
        ranker = fit_ranker(_joined(fitting[regime]), _joined(outer[regime]), trees=count >= _TREES_FROM)
        if regime != "linked":
            return ranker
        return replace(ranker, mentioned=_lifted(ranker.mentioned), unmentioned=_lifted(ranker.unmentioned))

    with ThreadPoolExecutor(threads()) as pool:
        return dict(zip(fitting, pool.map(fit, fitting), strict=True))


def _lifted(curve: Curve) -> Curve:
    """Turn the chance q of being hidden in training into that of being missing.

    Suppose that a share h of all links is missing. Training hides the share h of the others and takes the missing
    ones for no links: were all else equal, a pair found hidden with q would be missing with q / ((1 - h)(1 - q))
    (the argument of Elkan and Noto, Learning classifiers from only positive and unlabeled data, 2008). But all scores
    rise a little where more links are visible; the root, which takes that back, was chosen by measuring.
    """
    chance = curve.probabilities
    lifted = chance / ((1 - HIDDEN_LINKS) * np.sqrt(1 - chance))
    return Curve(scores=curve.scores, probabilities=np.clip(lifted, LEAST, MOST))


def _examples(
    text: TextSignals, visible: Bools, progress: Progress, regimes: Sequence[Regime]
) -> Iterator[tuple[Regime, bool, Examples]]:
    """Give examples by regime, for fitting (True) or of the outer part (False); some for fitting come first."""
    chance = np.random.default_rng(_SEED)
    for round_ in range(max(1, min(_MOST_ROUNDS, _ENOUGH_LINKS // int(visible.sum())))):
        if "linked" in regimes:
            progress(f"hiding links, round {round_ + 1}")
            hidden = hide_links(visible, chance)
            for regime, examples in _of_links(text, visible & ~hidden, chance):
                yield regime, True, examples
            for regime, examples in _asked(text, visible & ~hidden, hidden, _ASKED_AT_ONCE, chance):
                yield regime, False, examples
        if "isolated-out" in regimes:
            progress(f"making orphans, round {round_ + 1}")
            hidden, terms = hide_terms(text.corpus, visible, chance)
            for regime, examples in _of_orphans(text, visible & ~hidden, chance):
                yield regime, True, examples
            some = _sample(terms, _ASKED_AT_ONCE, chance)
            for regime, examples in _orphans_asked(text, visible & ~hidden, hidden, some):
                yield regime, False, examples


def _of_links(text: TextSignals, visible: Bools, chance: np.random.Generator) -> Iterator[tuple[Regime, Examples]]:
    asked = 0
    for _ in range(_MOST_FOLDS):
        hidden = hide_links(visible, chance)
        yield from _asked(text, visible & ~hidden, hidden, _ASKED_AT_ONCE, chance)
        asked += min(_ASKED_AT_ONCE, len(np.unique(text.corpus.sources[hidden])))
        if asked >= _ASKED:
            break


def _asked(
    text: TextSignals, visible: Bools, hidden: Bools, most: int, chance: np.random.Generator
) -> Iterator[tuple[Regime, Examples]]:
    """Ask some of the terms that lost links for targets, and some of the others, who weigh as many as they are."""
    having = np.unique(text.corpus.sources[hidden])
    others = np.setdiff1d(np.arange(len(text.corpus)), having)
    state = state_of(text, visible)
    for terms, count in ((having, most), (others, most // 3)):
        some = _sample(terms, count, chance)
        if len(some):
            yield "linked", _told(state, hidden, some, "out", len(terms) / len(some))


def _of_orphans(text: TextSignals, visible: Bools, chance: np.random.Generator) -> Iterator[tuple[Regime, Examples]]:
    for _ in range(_ORPHAN_FOLDS):
        hidden, terms = hide_terms(text.corpus, visible, chance)
        yield from _orphans_asked(text, visible & ~hidden, hidden, _sample(terms, _ASKED_AT_ONCE, chance))


def _orphans_asked(text: TextSignals, visible: Bools, hidden: Bools, terms: Ints) -> Iterator[tuple[Regime, Examples]]:
    state = state_of(text, visible)
    yield "isolated-out", _modest(_told(state, hidden, terms, "out", 1.0))
    yield "isolated-in", _modest(_told(state, hidden, terms, "in", 1.0))


def _modest(examples: Examples) -> Examples:
    """Let no term weigh more than one with thirty links: hubs are no orphans, and would speak for all."""
    links = np.bincount(examples.group, examples.is_link, minlength=1)
    return replace(examples, weight=examples.weight * np.minimum(1, _MODEST / np.maximum(links, 1))[examples.group])


def sieved(examples: Examples, sieve: Logistic) -> Examples:
    """Keep the first candidates of each term, in the sieve's order, and of the next ones every fourth for four."""
    score = sieve(examples.features)
    rank = order_in_groups(examples.group, score)
    surely = (rank < _SURELY) | (score > _LIKELY)
    keep = surely | ((rank < JUDGED) & (rank % 4 == 0))
    weight = np.where(surely, 1.0, 4.0) * examples.weight
    return Examples(
        features=examples.features[keep],
        is_link=examples.is_link[keep],
        mentioned=examples.mentioned[keep],
        group=examples.group[keep],
        weight=weight[keep],
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


def _sample(terms: Ints, most: int, chance: np.random.Generator) -> Ints:
    if len(terms) <= most:
        return terms
    return np.sort(chance.choice(terms, most, replace=False))


def _told(state: State, hidden: Bools, rows: Ints, direction: Direction, weight: float) -> Examples:
    """Propose pairs to some terms and tell which of them are hidden links."""
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


def _joined(parts: list[Examples]) -> Examples:
    """Put examples together, with groups of their own."""
    names = ("features", "is_link", "mentioned", "weight")
    columns: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    sizes = [int(part.group.max(initial=-1)) + 1 for part in parts]
    shifts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.concatenate([part.group + shift for part, shift in zip(parts, shifts, strict=True)])
    return Examples(group=group, **columns)
