"""What is known of a phrase that may be a term: its form, its words, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from termatlas.suggest.corpus import BORDER, Bools, Ints
from termatlas.suggest.nested import Numbers, c_value, nested
from termatlas.suggest.phrases import LONGEST, Phrases

_BESIDE = 24  # of the commonest words is known how often they stand beside a phrase
_START = 12  # words at the start of a text, where it says what a term is
_ENDING = 3  # letters that tell a verb from a noun
_DOUBT = 5.0  # unseen cases that a share of few cases is mixed with

Matrix = npt.NDArray[np.float32]


def phrase_features(phrases: Phrases, named: Numbers, owned: Bools) -> Matrix:
    """Give the features of each phrase, a row a phrase.

    `named` says how much of a name each phrase is, `owned` which occurrences stand in their own term's text: these do
    not count, because a phrase that is missing has none. Nor does a name count as a name where it is judged itself.
    """
    kind, place = phrases.kind[~owned], phrases.place[~owned]
    count = np.bincount(kind, minlength=len(phrases)).astype(np.float32)
    columns = [
        *_sizes(phrases, kind, place),
        *_rarity(phrases),
        *_spelling(phrases, kind, place, count),
        *_family(phrases, named),
        *_beside(phrases, kind, place, count),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _sizes(phrases: Phrases, kind: Ints, place: Ints) -> Iterator[Numbers]:
    """Yield length, frequency, how much of it lies outside longer phrases, and how it is spread over texts."""
    corpus = phrases.corpus
    count = np.bincount(kind, minlength=len(phrases))
    text = corpus.text_of[place]
    phrase, paired = np.divmod(np.unique(kind * len(corpus) + text), max(len(corpus), 1))
    texts = np.bincount(phrase, minlength=len(phrases))
    outside = c_value(phrases)
    yield phrases.length.astype(float)
    yield np.log1p(count)
    yield np.log1p(texts)
    yield count / np.maximum(texts, 1)
    yield np.log1p(np.maximum(outside, 0))
    yield outside / np.log2(phrases.length + 1) / np.maximum(phrases.count, 1)
    yield _share(kind, place - corpus.offsets[text] < _START, count)
    yield _commonest(phrase, corpus.category[paired], len(phrases)) / np.maximum(texts, 1)


def _commonest(phrase: Ints, category: Ints, phrases: int) -> Numbers:
    """Count, for each phrase, the texts of the category in which it stands most often."""
    width = int(category.max(initial=0)) + 1
    groups, together = np.unique(phrase * width + category, return_counts=True)
    most = np.zeros(phrases)
    np.maximum.at(most, groups // width, together)
    return most


def _rarity(phrases: Phrases) -> Iterator[Numbers]:
    """Yield how rare the words are, and how much oftener they stand together than by chance.

    The latter is normalised pointwise mutual information (Gerlof Bouma, Normalized (pointwise) mutual information in
    collocation extraction, 2009).
    """
    total = max(len(phrases.corpus.tokens), 1)
    logs = np.log(np.maximum(np.bincount(phrases.corpus.tokens), 1) / total)
    table = np.stack([logs[_word(phrases, at)] for at in range(LONGEST)])
    inside = np.arange(LONGEST)[:, None] < phrases.length
    joint = np.log(np.maximum(phrases.count, 1) / total)
    yield np.where(phrases.length > 1, (joint - (table * inside).sum(axis=0)) / -joint, 0)
    yield table.min(axis=0)
    yield table.max(axis=0)


def _spelling(phrases: Phrases, kind: Ints, place: Ints, count: Numbers) -> Iterator[Numbers]:
    corpus = phrases.corpus
    capital, capitals = phrases.capital, _several_capitals(phrases)
    inner = phrases.joined[place - 1]  # the first word of a sentence has a capital anyway
    inner_count = np.bincount(kind[inner], minlength=len(phrases))
    last = place + phrases.length[kind] - 1
    yield _share(kind[inner], capital[place[inner]], inner_count)
    yield _share(kind[inner], capital[last[inner]], inner_count)
    yield _share(kind, capitals[last], count)
    yield _share(kind, (corpus.ends[last] - corpus.begins[place]), count)
    numbers = np.array([False, *(any(sign.isdecimal() for sign in word) for word in corpus.vocabulary)])
    yield numbers[_word(phrases, -1)].astype(float)


def _several_capitals(phrases: Phrases) -> Bools:
    """Say of each word whether it has a capital after its first letter."""
    corpus = phrases.corpus
    several = np.zeros(len(corpus.tokens), np.bool_)
    for at in np.flatnonzero(phrases.capital).tolist():
        rest = corpus.texts[corpus.text_of[at]][corpus.begins[at] + 1 : corpus.ends[at]]
        several[at] = rest != rest.lower()
    return several


def _family(phrases: Phrases, named: Numbers) -> Iterator[Numbers]:
    """Yield how often names have the phrase's first word, last word, their endings, or the phrase within them."""
    a_name = (named > 0).astype(float)
    mean = named.sum() / max(a_name.sum(), 1)
    for group in _alike(phrases):
        size = group.max(initial=0) + 1
        weight, names, others = (
            np.bincount(group, column, minlength=size)[group] - column
            for column in (named, a_name, np.ones(len(phrases)))
        )
        yield np.log1p(weight)
        yield (names + _DOUBT * a_name.mean()) / (others + _DOUBT)
        yield (weight + mean) / (names + 1)
    within, longer = nested(phrases)
    yield np.log1p(np.bincount(within, named[longer], minlength=len(phrases)))
    yield np.bincount(longer, named[within], minlength=len(phrases)).astype(float)


def _alike(phrases: Phrases) -> Iterator[Ints]:
    """Yield groups of phrases: with one first word, its ending, one last word, its ending."""
    numbers: dict[str, int] = {}
    endings = (word[-_ENDING:] for word in ["", *phrases.corpus.vocabulary])
    ending = np.array([numbers.setdefault(letters, len(numbers)) for letters in endings])
    for at in (0, -1):
        yield _word(phrases, at)
        yield ending[_word(phrases, at)]


def _beside(phrases: Phrases, kind: Ints, place: Ints, count: Numbers) -> Iterator[Numbers]:
    """Yield how often each of the commonest words, or none, stands before the phrase, and after it."""
    tokens, joined = phrases.corpus.tokens, phrases.joined
    words = np.bincount(tokens)
    words[BORDER] = 0
    common = np.argsort(-words, kind="stable")[:_BESIDE]
    column = np.full(len(words), _BESIDE)
    column[common] = np.arange(len(common))
    last = place + phrases.length[kind] - 1
    before = np.where(joined[place - 1], column[tokens[place - 1]], _BESIDE + 1)
    after = np.where(joined[last], column[tokens[np.minimum(last + 1, len(tokens) - 1)]], _BESIDE + 1)
    for side in (before, after):
        table = np.bincount(kind * (_BESIDE + 2) + side, minlength=len(phrases) * (_BESIDE + 2))
        yield from (table.reshape(len(phrases), -1) / np.maximum(count, 1)[:, None]).T


def _word(phrases: Phrases, at: int) -> Ints:
    """Give one word of each phrase, by its place in it; of a shorter phrase the last one."""
    offset = np.minimum(at, phrases.length - 1) if at >= 0 else phrases.length + at
    words: Ints = phrases.corpus.tokens[phrases.first + offset]
    return words


def _share(kind: Ints, true: npt.NDArray[np.generic], count: Numbers | Ints) -> Numbers:
    share: Numbers = np.bincount(kind, true.astype(float), minlength=len(count)) / np.maximum(count, 1)
    return share
