"""Fixed weights, for glossaries with too few links to learn from."""

from __future__ import annotations

import numpy as np

from termatlas.suggest.calibration import Curve
from termatlas.suggest.features import FEATURES
from termatlas.suggest.ranker import Logistic, Ranker

#: Feature → weight of the feature as it is. Fitted by ``tests/bench/fit_fixed.py`` to three small glossaries (the
#: shipped atlas, a glossary of machine learning and one of graphics processors) with 85 % of their links hidden.
_WEIGHTS: dict[str, float] = {
    "mentions": 1.46,
    "mentions_loose": -1.06,
    "name_words": 0.88,
    "cased": 1.05,
    "mentions_back": 0.44,
    "similar": -1.96,
    "similar_rank": 3.19,
    "title_in_text": 1.07,
    "text_in_title": 1.18,
    "name_in_name": 3.18,
    "name_of_name": -0.83,
    "votes_rank": 2.06,
    "pagerank_rank": 4.48,
    "links_back": 1.17,
    "same_category": 0.06,
}
_INTERCEPT = -4.20


def fixed_ranker() -> Ranker:
    """Give the ranker with fixed weights."""
    weights = np.array([_WEIGHTS.get(name, 0.0) for name in FEATURES], np.float32)
    width = len(FEATURES)
    logistic = Logistic(
        mean=np.zeros(width, np.float32), scale=np.ones(width, np.float32), weights=weights, intercept=_INTERCEPT
    )
    scores = np.linspace(-12, 6, 257)
    curve = Curve(scores=scores, probabilities=1 / (1 + np.exp(-scores)))
    return Ranker(
        kind="fixed",
        logistic=logistic,
        trees=None,
        centre=(0.0, 0.0),
        spread=(1.0, 0.0),
        mentioned=curve,
        unmentioned=curve,
    )
