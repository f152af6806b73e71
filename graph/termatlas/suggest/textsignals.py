"""What the texts and names alone say of two terms, whatever the links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from termatlas.suggest.corpus import BORDER, Corpus, Ints, tokenised
from termatlas.suggest.mentionpairs import MentionPairs, mention_pairs
from termatlas.suggest.mentions import Mentions, find_mentions
from termatlas.suggest.sparse import inverse, product, scaled_columns, scaled_rows, sparse, unit_rows

#: How many similar terms each term has.
SIMILAR = 50
#: A word in more than this share of all texts says nothing.
_COMMON = 0.05
#: The words of the name count as if the text said them so often.
_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TextSignals:
    """Matrices over (term, term), in rows, and the mentions."""

    corpus: Corpus
    mentions: Mentions
    pairs: MentionPairs
    tfidf: Any  #: (term, word or pair of words), rows of length 1
    similar: Any  #: cosine of the texts, the nearest 50 of each term
    title_in_text: Any  #: share of the target's name, by weight, that stands in the source's text
    text_in_title: Any  #: the same the other way round
    name_in_name: Any  #: share of the target's name, by weight, that stands in the source's name
    name_of_name: Any  #: the same the other way round


def text_signals(corpus: Corpus) -> TextSignals:
    """Compare all texts and names."""
    count = len(corpus)
    words, names = _counts(corpus), _name_counts(corpus)
    weights = _idf(words + names)
    titles = scaled_columns(names.sign(), weights)
    total = np.asarray(titles.sum(axis=1)).ravel()
    shares = scaled_rows(titles, inverse(total)).T.tocsr()
    rare = scaled_columns(words.sign(), (_frequency(words) <= max(_COMMON * count, 20)).astype(np.float32))
    within = product(rare, shares, 60)
    named = product(names.sign(), shares, 40)
    tfidf = _tfidf(corpus, words + names * _NAME)
    mentions = find_mentions(corpus)
    return TextSignals(
        corpus=corpus,
        mentions=mentions,
        pairs=mention_pairs(corpus, mentions),
        tfidf=tfidf,
        similar=_without_itself(product(tfidf, tfidf.T.tocsr(), SIMILAR + 1)),
        title_in_text=_without_itself(within),
        text_in_title=_without_itself(within.T.tocsr()),
        name_in_name=_without_itself(named),
        name_of_name=_without_itself(named.T.tocsr()),
    )


def _counts(corpus: Corpus) -> Any:
    inside = corpus.tokens != BORDER
    shape = (len(corpus), len(corpus.vocabulary) + 1)
    return sparse(np.ones(int(inside.sum())), corpus.text_of[inside], corpus.tokens[inside], shape)


def _name_counts(corpus: Corpus) -> Any:
    found = [(term, token) for term, name in enumerate(corpus.names) for token in tokenised(name, corpus.vocabulary)]
    both = np.array(found, np.int64).reshape(-1, 2)
    return sparse(np.ones(len(both)), both[:, 0], both[:, 1], (len(corpus), len(corpus.vocabulary) + 1))


def _frequency(counts: Any) -> Ints:
    """Give in how many rows each column has an entry."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.int64)


def _idf(counts: Any) -> Any:
    return (np.log((1 + counts.shape[0]) / (1 + _frequency(counts))) + 0.1).astype(np.float32)


def _tfidf(corpus: Corpus, counts: Any) -> Any:
    """Weigh words and pairs of words by TF-IDF, with 1 + log(frequency), and scale each text to length 1.

    Salton and Buckley, Term-weighting approaches in automatic text retrieval, 1988.
    """
    from scipy.sparse import hstack

    both = hstack([counts, _bigrams(corpus)]).tocsr()
    frequency = _frequency(both)
    useful = (frequency > 1) & (frequency <= max(_COMMON * len(corpus), 20))
    weighted = both.copy()
    weighted.data = 1 + np.log(weighted.data)
    weighted = scaled_columns(weighted, np.where(useful, _idf(both), 0))
    weighted.eliminate_zeros()
    return unit_rows(weighted).astype(np.float32)


def _bigrams(corpus: Corpus) -> Any:
    """Count pairs of neighbouring words that stand in at least two places."""
    here, there = corpus.tokens[:-1], corpus.tokens[1:]
    inside = (here != BORDER) & (there != BORDER)
    keys = here[inside] * (len(corpus.vocabulary) + 1) + there[inside]
    _, column, count = np.unique(keys, return_inverse=True, return_counts=True)
    often = count[column] > 1
    renumbered = np.cumsum(count > 1) - 1
    rows = corpus.text_of[:-1][inside][often]
    return sparse(np.ones(len(rows)), rows, renumbered[column[often]], (len(corpus), int((count > 1).sum())))


def _without_itself(matrix: Any) -> Any:
    """Drop the diagonal."""
    from termatlas.suggest.sparse import row_of

    rows = row_of(matrix)
    keep = rows != matrix.indices
    return sparse(matrix.data[keep], rows[keep], matrix.indices[keep], matrix.shape)
