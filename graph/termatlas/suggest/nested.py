"""Phrases within longer phrases."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from termatlas.suggest.corpus import Bools, Ints
from termatlas.suggest.mentions import find_mentions
from termatlas.suggest.phrases import LONGEST, Phrases

Numbers: TypeAlias = NDArray[np.floating[Any]]

_MOSTLY = 0.7  # of its texts


def nested(phrases: Phrases) -> tuple[Ints, Ints]:
    """Give the pairs of a phrase and a longer one that holds it, each pair once."""
    pairs = [np.zeros((2, 0), np.int64)]
    for length in range(2, LONGEST + 1):
        longer = np.flatnonzero(phrases.length == length)
        for part in range(1, length):
            for shift in range(length - part + 1):
                within = phrases.at[part - 1][phrases.first[longer] + shift]
                pairs.append(np.stack([within[within >= 0], longer[within >= 0]]))
    both: Ints = np.unique(np.concatenate(pairs, axis=1), axis=1)
    return both[0], both[1]


def c_value(phrases: Phrases) -> Numbers:
    """Weigh how often each phrase stands outside longer ones by its length.

    Katerina Frantzi, Sophia Ananiadou and Hideki Mima, Automatic recognition of multi-word terms: the C-value/NC-value
    method, 2000; the length is raised by one, so that single words count.
    """
    within, longer = nested(phrases)
    sums = np.bincount(within, phrases.count[longer], minlength=len(phrases))
    around = np.bincount(within, minlength=len(phrases))
    outside: Numbers = np.log2(phrases.length + 1) * (phrases.count - sums / np.maximum(around, 1))
    return outside


def mostly_nested(phrases: Phrases) -> Bools:
    """Say of each phrase whether it stands mostly within one longer phrase, which then speaks for both."""
    within, longer = nested(phrases)
    mostly = phrases.texts[longer] >= _MOSTLY * phrases.texts[within]
    return np.bincount(within[mostly], minlength=len(phrases)) > 0


def texts_outside(phrases: Phrases, named: Bools) -> Ints:
    """Count, for each phrase, the texts in which it stands outside names that are longer."""
    mentions = find_mentions(phrases.corpus)  # which knows the names of any length, in other terms' texts
    reach = np.zeros(len(phrases.corpus.tokens), np.int64)
    np.maximum.at(reach, mentions.first, mentions.first + mentions.length)
    of_names = named[phrases.kind]
    ends = phrases.place[of_names] + phrases.length[phrases.kind[of_names]]
    np.maximum.at(reach, phrases.place[of_names], ends)
    outside = np.maximum.accumulate(reach)[phrases.place] < phrases.place + phrases.length[phrases.kind]
    size = max(len(phrases.corpus), 1)
    pairs = np.unique(phrases.kind[outside] * size + phrases.corpus.text_of[phrases.place[outside]])
    return np.bincount(pairs // size, minlength=len(phrases))
