"""How much a phrase is a term of this glossary: learned from the glossary's own names and links.

What is learned is the share of the texts with a phrase that link to the term whose name it is, 0 for what is no name.
Each phrase is judged by a model that did not see it. What is missing stands among the zeros, which lowers all values
alike (Charles Elkan and Keith Noto, Learning classifiers from only positive and unlabeled data, 2008).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from termatlas.suggest.corpus import Bools, Corpus, Ints, tokenised
from termatlas.suggest.nested import Numbers
from termatlas.suggest.phrases import Phrases
from termatlas.suggest.termfeatures import Matrix, phrase_features

_SEED = 42
_FOLDS = 3
_FEWEST = 10  # names, below which nothing can be learned; and so many phrases that are none
_FEW = 300  # names, below which trees learn by heart
_ENOUGH = 40_000  # phrases to learn from


def termhood(phrases: Phrases) -> Numbers:
    """Give each phrase the share of its texts that would link to it if it were a term; where names are few, 1."""
    owner = _owners(phrases)
    if min((owner >= 0).sum(), (owner < 0).sum()) < _FEWEST:
        return np.ones(len(phrases), np.float32)
    owned = owner[phrases.kind] == phrases.corpus.text_of[phrases.place]
    share, texts = _link_shares(phrases, owner)
    known = (owner < 0) | (texts > 0)
    weight = np.where(owner >= 0, 1 + np.log1p(texts), 1) * known
    return _judged(phrase_features(phrases, share, owned), share, weight, owner >= 0)


def _owners(phrases: Phrases) -> Ints:
    """Give each phrase the number of the term whose name it is, or -1."""
    number = {words: at for at, words in enumerate(phrases.words())}
    owner = np.full(len(phrases), -1)
    for term, labels in enumerate(phrases.corpus.labels):
        for label in labels:
            at = number.get(tuple(tokenised(label, phrases.corpus.vocabulary)))
            if at is not None:
                owner[at] = term
    return owner


def _link_shares(phrases: Phrases, owner: Ints) -> tuple[Numbers, Ints]:
    """Give each name the share of the other terms' texts with it that link to its term, and how many have it.

    In a glossary without links every name counts in full.
    """
    corpus = phrases.corpus
    size = max(len(corpus), 1)
    phrase, text = np.divmod(np.unique(phrases.kind * size + corpus.text_of[phrases.place]), size)
    other = (owner[phrase] >= 0) & (owner[phrase] != text)
    phrase, text = phrase[other], text[other]
    texts = np.bincount(phrase, minlength=len(phrases))
    if not len(corpus.sources):
        return (owner >= 0).astype(np.float32), texts
    linked = _linked(corpus, text, owner[phrase])
    return np.bincount(phrase, linked, minlength=len(phrases)) / np.maximum(texts, 1), texts


def _linked(corpus: Corpus, sources: Ints, targets: Ints) -> Bools:
    return np.isin(sources * len(corpus) + targets, corpus.sources * len(corpus) + corpus.targets)


def _judged(rows: Matrix, share: Numbers, weight: Numbers, named: Bools) -> Numbers:
    from sklearn.model_selection import StratifiedKFold
    from threadpoolctl import threadpool_limits

    judged = np.zeros(len(rows))
    chance = np.random.default_rng(_SEED)
    names = int((share > 0).sum())
    model = _model(names)
    rows = rows if names < _FEW else _coarse(rows)
    with threadpool_limits(1):  # with more, threads wait for each other longer than they work
        for seen, unseen in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(rows, named):
            some = np.sort(chance.permutation(seen)[:_ENOUGH])
            model.fit(rows[some], share[some], sample_weight=weight[some])
            judged[unseen] = model.predict(rows[unseen])
    return np.clip(judged, 0, 1)


def _coarse(rows: Matrix) -> Matrix:
    """Round each column to 200 quantiles: weighted ones, which the trees take else, cost ten times as much as they."""
    found = rows.copy()
    for column in found.T:
        steps = np.unique(np.quantile(column, np.linspace(0, 1, 201)).astype(np.float32))
        column[:] = steps[np.searchsorted(steps, column, side="right").clip(1) - 1]
    return found


def _model(names: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.linear_model import RidgeCV

    if names < _FEW:
        return RidgeCV(alphas=np.logspace(0, 4, 9))
    return HistGradientBoostingRegressor(
        max_iter=120, learning_rate=0.08, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=5.0,
        max_features=0.4, early_stopping=False, random_state=_SEED,
    )  # fmt: skip
