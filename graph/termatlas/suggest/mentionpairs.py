"""Mentions by pair of terms: one row for each two terms of which one's text mentions the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from termatlas.suggest.corpus import Corpus, Ints
from termatlas.suggest.mentions import Mentions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MentionPairs:
    """Sorted by source, then target; the *best* mention is the first that is not loose, or else the first."""

    source: Ints
    target: Ints
    key: Ints  #: source * count of terms + target
    count: Ints  #: how many mentions are not loose
    all: Ints  #: how many mentions there are
    best: Ints  #: which mention is the best
    place: Ints  #: how many words stand before it in its text
    size: Ints  #: how many words that text has
    previous: Ints  #: the word before the best mention
    following: Ints  #: the word behind it
    edges: Ints  #: a code for the signs right before and behind it
    sentence_start: Ints  #: the best mention is the first word of a text or stands behind a full stop

    def __len__(self) -> int:
        return len(self.source)


def mention_pairs(corpus: Corpus, mentions: Mentions) -> MentionPairs:
    """Gather the mentions of each pair of terms."""
    key = mentions.source * len(corpus) + mentions.target
    order = np.lexsort((mentions.first, mentions.loose, key))
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    best = order[starts]
    source, first = mentions.source[best], mentions.first[best]
    behind = first + mentions.length[best]
    sizes = np.diff(corpus.offsets) - 1
    before_sign, behind_sign = _signs(corpus, source, first, behind)
    return MentionPairs(
        source=source,
        target=mentions.target[best],
        key=key[best],
        count=np.add.reduceat((~mentions.loose[order]).astype(np.int64), starts) if len(starts) else starts,
        all=np.diff(np.append(starts, len(order))),
        best=best,
        place=first - corpus.offsets[source],
        size=sizes[source],
        previous=np.where(first > corpus.offsets[source], corpus.tokens[np.maximum(first - 1, 0)], 0),
        following=corpus.tokens[np.minimum(behind, len(corpus.tokens) - 1)],
        edges=before_sign * len(_SIGNS) + behind_sign,
        sentence_start=(before_sign <= 1).astype(np.int64),
    )


#: Signs that can stand beside a mention; 0 is the border of the text.
_SIGNS = ("", ".", " ", "(", ")", ",", ";", ":", '"', "'", "-", "/", "\n", "_", "*", "other")
_SIGN = {sign: at for at, sign in enumerate(_SIGNS)}


def _signs(corpus: Corpus, source: Ints, first: Ints, behind: Ints) -> tuple[Ints, Ints]:
    """Give the signs right before and behind mentions; a space behind a full stop is a full stop."""
    begins, ends = corpus.begins[first].tolist(), corpus.ends[behind - 1].tolist()
    before, after = [], []
    for text_number, begin, end in zip(source.tolist(), begins, ends, strict=True):
        text = corpus.texts[text_number]
        sign = text[begin - 1] if begin else ""
        if sign == " " and text[max(begin - 2, 0)] in ".!?":
            sign = "."
        before.append(_SIGN.get(sign, len(_SIGNS) - 1))
        after.append(_SIGN.get(text[end : end + 1], len(_SIGNS) - 1))
    return np.array(before, np.int64), np.array(after, np.int64)
