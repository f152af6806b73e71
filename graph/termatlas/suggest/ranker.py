"""The ranker: features of a pair → score → probability that it is a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from termatlas.suggest.calibration import Curve, fit_curve
from termatlas.suggest.corpus import Bools, Floats, Ints

#: How a ranker came by its weights.
Kind = Literal["learned", "logistic", "fixed"]

#: What the trees weigh in the blend; the rest is the logistic half's.
_TREES = 0.8
#: A logistic regression needs no more rows than this.
_ROWS = 200_000
_SEED = 42


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Logistic:
    """A weighted sum of standardised features."""

    mean: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def __call__(self, features: Floats) -> NDArray[np.float64]:
        """Give the log-odds."""
        factors = self.weights / self.scale
        found: NDArray[np.float64] = (features @ factors).astype(np.float64)
        return found + float(self.intercept - (self.mean * factors).sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examples:
    """Pairs of which it is known whether they are a link that was hidden."""

    features: Floats
    is_link: Bools
    mentioned: Bools
    group: Ints  #: rising; the term to which the pair was proposed
    weight: NDArray[np.float64]  #: how many pairs of the glossary it stands for


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranker:
    """Scores pairs; `trees` is None where there are too few links to learn interactions from."""

    kind: Kind
    logistic: Logistic
    trees: Any
    centre: tuple[float, float]  #: mean of the logistic scores, of the trees' scores
    spread: tuple[float, float]  #: their standard deviations
    mentioned: Curve
    unmentioned: Curve

    def score(self, features: Floats) -> NDArray[np.float64]:
        """Give the scores by which pairs are ranked."""
        scores = (self.logistic(features), _tree_scores(self.trees, features))
        return _blended(scores, self.centre, self.spread)

    def probability(self, score: NDArray[np.float64], mentioned: Bools) -> NDArray[np.float64]:
        """Turn scores into probabilities, by a curve of their own for mentioned targets."""
        return np.where(mentioned, self.mentioned(score), self.unmentioned(score))


def fit_ranker(examples: Examples, unseen: Examples, *, trees: bool) -> Ranker:
    """Fit a ranker to examples, and its curves to others, whose links were hidden from the first as well."""
    logistic = fit_logistic(examples)
    forest = _fit_trees(examples) if trees else None
    scores = (logistic(unseen.features), _tree_scores(forest, unseen.features))
    centre = (float(scores[0].mean()), float(scores[1].mean()))
    spread = (float(scores[0].std()) or 1.0, float(scores[1].std()))
    blended = _blended(scores, centre, spread)
    curves = [
        fit_curve(blended[which], unseen.is_link[which], unseen.weight[which])
        for which in (unseen.mentioned, ~unseen.mentioned)
    ]
    return Ranker(
        kind="learned" if trees else "logistic",
        logistic=logistic,
        trees=forest,
        centre=centre,
        spread=spread,
        mentioned=curves[0],
        unmentioned=curves[1],
    )


def _blended(
    scores: tuple[NDArray[np.float64], NDArray[np.float64]], centre: tuple[float, float], spread: tuple[float, float]
) -> NDArray[np.float64]:
    """Add the standardised scores of both halves; without trees the logistic one stands alone."""
    linear = (scores[0] - centre[0]) / spread[0]
    if not spread[1]:
        return linear
    return (1 - _TREES) * linear + _TREES * (scores[1] - centre[1]) / spread[1]


def fit_logistic(examples: Examples) -> Logistic:
    """Fit a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    rows = slice(None, None, max(1, len(examples.group) // _ROWS))
    features, is_link = examples.features[rows], examples.is_link[rows]
    # In 32 bits a constant column would seem to vary.
    mean, scale = features.mean(axis=0, dtype=np.float64), features.std(axis=0, dtype=np.float64)
    scale[scale < 1e-4] = 1
    mean, scale = mean.astype(np.float32), scale.astype(np.float32)
    width = features.shape[1]
    if is_link.all() or not is_link.any():
        none = np.zeros(width, np.float32)
        return Logistic(mean=mean, scale=scale, weights=none, intercept=0.0)
    fitted = LogisticRegression(C=0.1, max_iter=200, tol=1e-3).fit((features - mean) / scale, is_link)
    weights = fitted.coef_[0].astype(np.float32)
    return Logistic(mean=mean, scale=scale, weights=weights, intercept=float(fitted.intercept_[0]))


def _fit_trees(examples: Examples) -> Any:
    """Fit gradient-boosted trees, small and regularised (Friedman, Greedy function approximation, 2001)."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        learning_rate=0.08,
        max_iter=120,
        max_leaf_nodes=15,
        min_samples_leaf=100,
        l2_regularization=5.0,
        max_features=0.4,
        early_stopping=False,
        random_state=_SEED,
    )
    with threadpool_limits(1, "openmp"):
        return model.fit(examples.features, examples.is_link)


def _tree_scores(trees: Any, features: Floats) -> NDArray[np.float64]:
    if trees is None or not len(features):
        return np.zeros(len(features))
    with threadpool_limits(1, "openmp"):
        found: NDArray[np.float64] = trees.decision_function(features)
    return found
