"""What stands around a name that has no page: the terms nearest to it, and their category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from termatlas.model import Glossary
from termatlas.suggest.corpus import BORDER, Corpus, Ints, tokenised
from termatlas.suggest.sparse import sparse

_NEAREST = 3
_BY_NAME = 0.5  # what a name of the same words counts beside a text of the same words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surroundings:
    """The texts and names of a corpus as rows of weighted words (TF-IDF)."""

    corpus: Corpus
    texts: Any  #: a sparse row for each term, of length 1
    names: Any
    weights: NDArray[np.float64]  #: of each word
    categories: Sequence[str]  #: by their numbers in the corpus

    def nearest(self, name: str, texts: Ints) -> list[int]:
        """Give the terms whose texts are most like `texts` and whose names share words with a name."""
        wanted = np.zeros(len(self.weights))
        numbers = [word for word in tokenised(name, self.corpus.vocabulary) if word > 0]
        wanted[numbers] = self.weights[numbers]
        like = self.texts @ _unit(np.asarray(self.texts[texts].sum(axis=0)).ravel())
        like = like + _BY_NAME * (self.names @ _unit(wanted))
        return [number for number in np.argsort(-like, kind="stable")[:_NEAREST].tolist() if like[number] > 0]

    def category(self, *groups: Ints) -> str:
        """Give the category that most of the terms have; of equally frequent ones the first by name."""
        named = [self.categories[number] for number in self.corpus.category[np.concatenate(groups)].tolist()]
        counts = Counter(filter(None, named))
        return min(counts, key=lambda name: (-counts[name], name), default="")


def surroundings(corpus: Corpus, glossary: Glossary) -> Surroundings:
    """Weigh the words of all texts and names by how rare they are."""
    shape = (len(corpus), len(corpus.vocabulary) + 1)
    kept = corpus.tokens != BORDER
    counts = sparse(np.ones(int(kept.sum())), corpus.text_of[kept], corpus.tokens[kept], shape)
    weights = np.log((1 + len(corpus)) / (1 + np.bincount(counts.indices, minlength=shape[1])))
    counts.data = 1 + np.log(counts.data)
    named = [tokenised(" ".join(labels), corpus.vocabulary) for labels in corpus.labels]
    rows = np.repeat(np.arange(len(named)), [len(each) for each in named])
    names = sparse(np.ones(len(rows)), rows, np.array([word for each in named for word in each], np.int64), shape)
    names.data[:] = 1
    return Surroundings(
        corpus=corpus,
        texts=_unit_rows(counts, weights),
        names=_unit_rows(names, weights),
        weights=weights,
        categories=sorted({term.category for term in glossary.terms} | {""}),
    )


def _unit_rows(rows: Any, weights: NDArray[np.float64]) -> Any:
    rows.data = rows.data * weights[rows.indices]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(rows.indptr))
    return rows


def _unit(row: NDArray[np.float64]) -> NDArray[np.float64]:
    length = float(np.linalg.norm(row))
    return row / length if length else row
