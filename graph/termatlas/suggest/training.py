"""Training on the glossary's own links: hide some, and learn what tells them from pairs that are no links.

All signals are computed anew from the links that stay, by the same code as later for suggestions; a hidden link is
in no array that they read.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from termatlas.suggest.calibration import LEAST, MOST, Curve
from termatlas.suggest.corpus import Bools
from termatlas.suggest.fixed import fixed_ranker
from termatlas.suggest.folds import Regime, examples_of, joined
from termatlas.suggest.ranker import Ranker, fit_ranker
from termatlas.suggest.sparse import threads
from termatlas.suggest.texts import Progress
from termatlas.suggest.textsignals import TextSignals

#: From how many links on trees are fitted, and from how many on anything is.
_TREES_FROM, _LEARN_FROM = 1_000, 100
#: What is left of an orphan's probabilities.
_OF_ORPHANS = 0.95


def train(
    text: TextSignals,
    visible: Bools,
    progress: Progress = lambda _: None,
    regimes: Sequence[Regime] = ("linked", "isolated-out", "isolated-in"),
) -> dict[Regime, Ranker]:
    """Fit the rankers of some regimes on the visible links.

    The links of every third fold are hidden from all fitting; the scores that they get, once the rankers are fitted,
    tell what a score is worth.
    """
    count = int(visible.sum())
    if count < _LEARN_FROM:
        return dict.fromkeys(regimes, fixed_ranker())
    progress("hiding links to learn from")
    examples = examples_of(text, visible, regimes)
    progress("fitting the model")

    def fit(regime: Regime) -> Ranker:
        folds = examples[regime]
        unseen = len(folds) // 3
        ranker = fit_ranker(joined(folds[unseen:]), joined(folds[:unseen]), trees=count >= _TREES_FROM)
        missing = _missing if regime == "linked" else _missing_of_orphan
        return replace(ranker, mentioned=missing(ranker.mentioned), unmentioned=missing(ranker.unmentioned))

    with ThreadPoolExecutor(threads()) as pool:
        return dict(zip(regimes, pool.map(fit, regimes), strict=True))


def _missing(curve: Curve) -> Curve:
    """Turn the chance q of being hidden in a fold into that of being missing.

    Suppose that a share h of all links is missing. A fold hides the share h of the others and takes the missing ones
    for no links, so that even of pairs that are certainly links little more than half are found hidden: a pair with q
    would be missing with q / ((1 - h)(1 - q)), were all else equal (the argument of Elkan and Noto, Learning
    classifiers from only positive and unlabeled data, 2008). But with more links visible all scores rise a little,
    which takes the factor 1 - h back.
    """
    chance = curve.probabilities
    return Curve(scores=curve.scores, probabilities=np.clip(chance / np.maximum(1 - chance, LEAST), LEAST, MOST))


def _missing_of_orphan(curve: Curve) -> Curve:
    """Take the chance of being hidden for that of being missing: all links of an orphan are hidden.

    But for a little, which was measured: training has taken a real orphan's links for no links, a fold's orphans' not.
    """
    return Curve(scores=curve.scores, probabilities=np.maximum(curve.probabilities * _OF_ORPHANS, LEAST))
