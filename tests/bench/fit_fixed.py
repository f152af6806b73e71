"""Fit the fixed weights of `termatlas.suggest.fixed`: prints the table that stands there.

Most links of a few glossaries are hidden, so that about as few are left as in the glossaries that the weights are
for, and a logistic regression learns which pairs are links.

Usage: python tests/bench/fit_fixed.py GLOSSARY …
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

import termatlas as ta
from termatlas.suggest.corpus import corpus_for
from termatlas.suggest.features import FEATURES
from termatlas.suggest.folds import propose, state_of
from termatlas.suggest.textsignals import text_signals

#: Features that mean the same in every glossary.
CHOSEN = (
    "mentions",
    "mentions_loose",
    "name_words",
    "cased",
    "mentions_back",
    "similar",
    "similar_rank",
    "title_in_text",
    "text_in_title",
    "name_in_name",
    "name_of_name",
    "votes_rank",
    "pagerank_rank",
    "links_back",
    "same_category",
)
_VISIBLE = 0.15


def main(*sources: str) -> None:
    """Fit and print."""
    columns = [FEATURES.index(name) for name in CHOSEN]
    features, is_link = [], []
    for source in ("", *sources):
        glossary = ta.read(*filter(None, [source]))
        text = text_signals(corpus_for(glossary, ta.build(glossary)))
        corpus = text.corpus
        visible = np.random.default_rng(1).random(len(corpus.sources)) < _VISIBLE
        pairs = propose(state_of(text, visible), np.arange(len(corpus)), "out")
        features.append(pairs.features[:, columns])
        keys = (corpus.sources * len(corpus) + corpus.targets)[~visible]
        is_link.append(np.isin(pairs.source * len(corpus) + pairs.target, keys))
    fitted = LogisticRegression(C=1.0, max_iter=500).fit(np.concatenate(features), np.concatenate(is_link))
    for name, weight in zip(CHOSEN, fitted.coef_[0], strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"_INTERCEPT = {fitted.intercept_[0]:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
