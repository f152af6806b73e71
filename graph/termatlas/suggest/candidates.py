"""Candidates: the few hundred pairs of terms, of millions, for which anything speaks."""

from __future__ import annotations

from typing import Any

import numpy as np

from termatlas.suggest.corpus import Ints
from termatlas.suggest.linksignals import Direction, LinkProbability, Links
from termatlas.suggest.mentionpairs import MentionPairs
from termatlas.suggest.sparse import largest, positions, row_of, sparse
from termatlas.suggest.textsignals import TextSignals

#: How many candidates each signal proposes to a term.
_EACH = 60
#: A list of abbreviations mentions a thousand terms, and links to them.
_MENTIONED = 2_000


def candidates(
    text: TextSignals,
    links: Links,
    known: LinkProbability,
    near: dict[str, Any],
    rows: Ints,
    direction: Direction,
) -> Ints:
    """Give the pairs that some signal proposes, as sorted keys ``place in rows * count of terms + other term``.

    Pairs that are linked already, and a term with itself, are left out.
    """
    count = len(text.corpus)
    linked = (links.out if direction == "out" else links.into)[rows]
    reverse = (links.into if direction == "out" else links.out)[rows]
    mentions = mention_matrix(text.pairs, known, count)
    proposed = [
        largest((mentions if direction == "out" else mentions.T.tocsr())[rows], _MENTIONED),
        largest((mentions.T.tocsr() if direction == "out" else mentions)[rows], _EACH),
        largest(reverse, _EACH),
        *(largest(matrix[rows], _EACH) for matrix in (text.similar, text.title_in_text, text.text_in_title)),
        *(largest(matrix[rows], _EACH // 2) for matrix in (text.name_in_name, text.name_of_name)),
        *(largest(matrix, _EACH) for matrix in near.values()),
    ]
    keys = np.sort(np.concatenate([_keys(matrix) for matrix in proposed]))
    keys = keys[np.diff(keys, prepend=-1) > 0]
    itself = np.arange(len(rows)) * count + rows
    return keys[positions(np.sort(np.concatenate([_keys(linked), itself])), keys) < 0]


def mention_matrix(pairs: MentionPairs, known: LinkProbability, count: int) -> Any:
    """Weigh the mentions by link probability, the firm before the loose."""
    weight = known.columns["lp_name"] + (pairs.count > 0) + 1 / (2.0 + pairs.size)
    return sparse(weight, pairs.source, pairs.target, (count, count))


def _keys(matrix: Any) -> Ints:
    found: Ints = row_of(matrix) * matrix.shape[1] + matrix.indices
    return found
