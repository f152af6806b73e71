"""From scores to probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: With fewer positives a step function follows chance; then a logistic curve is fitted instead.
_ISOTONIC = 1_000
#: No evidence is certain.
LEAST, MOST = 1e-6, 0.995


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """A rising curve through points: score → probability."""

    scores: NDArray[np.float64]
    probabilities: NDArray[np.float64]

    def __call__(self, score: NDArray[Any]) -> NDArray[np.float64]:
        """Read the probabilities off the curve.

        >>> Curve(scores=np.array([0.0, 1.0]), probabilities=np.array([0.2, 0.4]))(np.array([-1.0, 0.5])).tolist()
        [0.2, 0.30000000000000004]
        """
        found: NDArray[np.float64] = np.interp(score, self.scores, self.probabilities)
        return found


def fit_curve(score: NDArray[Any], is_link: NDArray[Any], weight: NDArray[Any]) -> Curve:
    """Fit a curve to scores whose outcome is known.

    Isotonic regression (Zadrozny and Elkan, Transforming classifier scores, 2002) from 1,000 positives on, below
    that a logistic curve (Platt, Probabilistic outputs for support vector machines, 1999).
    """
    if int(is_link.sum()) >= _ISOTONIC:
        return _isotonic(score, is_link, weight)
    return _logistic(score, is_link, weight)


def _isotonic(score: NDArray[Any], is_link: NDArray[Any], weight: NDArray[Any]) -> Curve:
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(y_min=LEAST, y_max=MOST, out_of_bounds="clip").fit(score, is_link, weight)
    return Curve(scores=fitted.X_thresholds_, probabilities=fitted.y_thresholds_)


def _logistic(score: NDArray[Any], is_link: NDArray[Any], weight: NDArray[Any]) -> Curve:
    """Fit a and b of 1 / (1 + exp(-(a·score + b))), with Platt's targets against certainty, and a never falling."""
    from scipy.optimize import minimize

    positives, all_weight = float((weight * is_link).sum()), float(weight.sum())
    high, low = (positives + 1) / (positives + 2), 1 / (max(all_weight - positives, 0) + 2)
    target = np.where(is_link, high, low)

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = at[0] * score + at[1]
        error = weight * (1 / (1 + np.exp(-np.clip(logit, -50, 50))) - target)
        value = weight * (np.logaddexp(0, logit) - target * logit)
        return float(value.sum()) / all_weight, np.array([(error * score).sum(), error.sum()]) / all_weight

    found = minimize(loss, np.array([1.0, -2.0]), jac=True, bounds=[(0, None), (None, None)], method="L-BFGS-B").x
    points = np.linspace(float(score.min(initial=0)), float(score.max(initial=1)), 257)
    curve = 1 / (1 + np.exp(-np.clip(found[0] * points + found[1], -50, 50)))
    return Curve(scores=points, probabilities=np.clip(curve, LEAST, MOST))


def calibration_error(
    probability: NDArray[Any], is_link: NDArray[Any], weight: NDArray[Any] | None = None, *, above: float = 0.02
) -> float:
    """Give the expected calibration error over ten equally wide bins, of probabilities above a bound.

    It is the mean distance between the probability that is said and the share that comes true (Naeini, Cooper and
    Hauskrecht, 2015); far below the bound nothing is suggested, and millions of zeros would hide the rest.

    >>> round(calibration_error(np.array([0.3, 0.3, 0.3, 0.3]), np.array([1, 0, 0, 0])), 3)
    0.05
    """
    keep = probability > above
    if not keep.any():
        return 0.0
    chance, hit = probability[keep], is_link[keep].astype(float)
    count = np.ones(len(chance)) if weight is None else weight[keep]
    bins = np.minimum((chance * 10).astype(int), 9)
    gap = np.bincount(bins, count * (chance - hit), minlength=10)
    return float(np.abs(gap).sum() / count.sum())
