"""The phrases of all texts: runs of one to four words, and in how many texts each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from termatlas.suggest.corpus import BORDER, Bools, Corpus, Ints, tokenised
from termatlas.suggest.stopwords import STOP_WORDS

LONGEST = 4  #: words in a phrase
_JOINS = frozenset(" -–‐‑") | {""}
_FORMULA = "\\_^{$"
_WITHIN = frozenset(["of", "to", "per", "de", "du", "von", "van", "la", "no"])  # function words within names
_FEW = 20  # texts, below which no share of them says much
_OFTEN = 0.1  # share of the texts above which a word that no name begins or ends with is a function word


@dataclass(frozen=True, kw_only=True, eq=False)
class Phrases:
    """Phrases by number: the shorter first, those of one length in the order of their words.

    Occurrence ``k`` is of phrase ``kind[k]`` and begins at word ``place[k]``; they are sorted by phrase, then place.
    """

    corpus: Corpus
    length: Ints  #: of each phrase, in words
    kind: Ints  #: of each occurrence
    place: Ints
    at: list[Ints]  #: ``at[n][k]`` is the phrase of n + 1 words that begins at word k, or -1
    joined: Bools  #: whether word k + 1 follows word k without a comma or the like between them
    capital: Bools  #: whether word k begins with a capital

    def __len__(self) -> int:
        return len(self.length)

    @cached_property
    def count(self) -> Ints:
        """Count the occurrences of each phrase."""
        return np.bincount(self.kind, minlength=len(self))

    @cached_property
    def texts(self) -> Ints:
        """Count the texts in which each phrase stands."""
        text = self.corpus.text_of[self.place]
        pairs = np.unique(self.kind * len(self.corpus) + text) // max(len(self.corpus), 1)
        return np.bincount(pairs, minlength=len(self))

    @cached_property
    def first(self) -> Ints:
        """Give the place where each phrase stands first."""
        return self.place[np.concatenate([[0], np.cumsum(self.count)[:-1]])] if len(self) else self.place

    def words(self) -> list[tuple[int, ...]]:
        """Give the numbers of each phrase's words."""
        tokens = self.corpus.tokens
        spans = zip(self.first.tolist(), self.length.tolist(), strict=True)
        return [tuple(tokens[place : place + length].tolist()) for place, length in spans]

    def places_of(self, phrase: int) -> Ints:
        """Give the places where a phrase stands."""
        start, end = np.searchsorted(self.kind, [phrase, phrase + 1])
        return self.place[start:end]


def find_phrases(corpus: Corpus, *, at_least: int = 2) -> Phrases:
    """Find the phrases that stand in `at_least` texts, and neither begin nor end with a function word.

    >>> from termatlas.build import build
    >>> from termatlas.model import Glossary, Term
    >>> from termatlas.suggest.corpus import corpus_of
    >>> texts = "A neural network learns.", "Neural networks learn, and a network of them."
    >>> glossary = Glossary(terms=tuple(Term(slug=text, name="", definition=text) for text in texts))
    >>> found = find_phrases(corpus_of(glossary, build(glossary)))
    >>> spelt = {number: word for word, number in found.corpus.vocabulary.items()}
    >>> [" ".join(spelt[word] for word in words) for words in found.words()]
    ['neural', 'network', 'learn', 'neural network', 'network learn', 'neural network learn']
    """
    joined, capital, plain = _signs(corpus)
    edge = _edges(corpus)
    number, inner = _numbers(corpus), _inner(corpus)
    kinds: list[Ints] = []
    places: list[Ints] = []
    at: list[Ints] = []
    total = 0
    for found, place, length in _runs(corpus, joined, at_least):
        last = corpus.tokens[place + length - 1]
        kept = edge[corpus.tokens[place]] & plain[place] & plain[place + length - 1]
        kept &= edge[last] | (number[last] & capital[place])
        for step in range(1, length - 1):
            kept &= inner[corpus.tokens[place + step]]
        numbers, kind = np.unique(found[kept], return_inverse=True)
        row = np.full(len(corpus.tokens), -1)
        row[place[kept]] = kind + total
        at.append(row)
        order = np.argsort(kind, kind="stable")
        kinds.append(kind[order] + total)
        places.append(place[kept][order])
        total += len(numbers)
    counts = [len(np.unique(kind)) for kind in kinds]
    none = [np.zeros(0, np.int64)]
    return Phrases(
        corpus=corpus,
        length=np.repeat(np.arange(1, len(counts) + 1), counts),
        kind=np.concatenate(none + kinds),
        place=np.concatenate(none + places),
        at=at,
        joined=joined,
        capital=capital,
    )


def places_of(corpus: Corpus, name: str) -> Ints:
    """Give the places where a name stands, its words folded."""
    wanted = tokenised(name, corpus.vocabulary)
    place = np.flatnonzero(corpus.tokens == wanted[0]) if wanted and min(wanted) > 0 else np.zeros(0, np.int64)
    for step, word in enumerate(wanted[1:], start=1):
        place = place[corpus.tokens[np.minimum(place + step, len(corpus.tokens) - 1)] == word]
    return place


def _runs(corpus: Corpus, joined: Bools, at_least: int) -> Iterable[tuple[Ints, Ints, int]]:
    """Yield, for each length, the numbers and the places of the runs of words that stand in enough texts.

    A run can do so only if the one without its last word does.
    """
    tokens = corpus.tokens
    width = int(tokens.max(initial=0)) + 1
    place = np.flatnonzero(tokens != BORDER)
    code = tokens[place]
    for length in range(1, LONGEST + 1):
        numbers, kind = np.unique(code, return_inverse=True)
        pairs = np.unique(kind * len(corpus) + corpus.text_of[place]) // max(len(corpus), 1)
        kept = (np.bincount(pairs, minlength=len(numbers)) >= at_least)[kind]
        place, kind = place[kept], kind[kept]
        yield kind, place, length
        longer = joined[place + length - 1] if len(place) else np.zeros(0, np.bool_)
        place, kind = place[longer], kind[longer]
        code = kind * width + tokens[place + length]


def _signs(corpus: Corpus) -> tuple[Bools, Bools, Bools]:
    """Say of each word if a space or a hyphen joins it to the next, if it has a capital, if it is no formula."""
    joined, capital, plain = (np.zeros(len(corpus.tokens), np.bool_) for _ in range(3))
    for number, text in enumerate(corpus.texts):
        first, last = int(corpus.offsets[number]), int(corpus.offsets[number + 1]) - 1
        begins, ends = corpus.begins[first:last].tolist(), corpus.ends[first:last].tolist()
        gaps = (text[end:begin] for end, begin in zip(ends, begins[1:], strict=False))
        joined[first : max(first, last - 1)] = [gap in _JOINS or (gap.isspace() and "\n\n" not in gap) for gap in gaps]
        capital[first:last] = [text[begin].isupper() for begin in begins]
        plain[first:last] = [begin == 0 or text[begin - 1] not in _FORMULA for begin in begins]
    return joined, capital, plain


def _edges(corpus: Corpus) -> Bools:
    """Say of each word whether a phrase may begin or end with it: no function word, no lone letter, no number."""
    good = np.zeros(len(corpus.vocabulary) + 1, np.bool_)
    for word, number in corpus.vocabulary.items():
        good[number] = not (word in STOP_WORDS or word.isdecimal() or (len(word) == 1 and word.isascii()))
    if len(corpus) >= _FEW:
        pairs = np.unique(corpus.tokens * len(corpus) + corpus.text_of) // len(corpus)
        texts = np.bincount(pairs, minlength=len(good))
        good &= (texts <= _OFTEN * len(corpus)) | _in_names(corpus)
    good[BORDER] = False
    return good


def _numbers(corpus: Corpus) -> Bools:
    """Say of each word whether it is a number, with which a name may end: "Apollo 11"."""
    return np.array([False, *(word.isdecimal() for word in corpus.vocabulary)], np.bool_)


def _inner(corpus: Corpus) -> Bools:
    """Say of each word whether it may stand within a phrase: "university of York", no "cells such as neurons"."""
    return np.array([False, *(word not in STOP_WORDS or word in _WITHIN for word in corpus.vocabulary)], np.bool_)


def _in_names(corpus: Corpus) -> Bools:
    """Say of each word whether a name begins or ends with it."""
    found = np.zeros(len(corpus.vocabulary) + 1, np.bool_)
    for label in chain.from_iterable(corpus.labels):
        if numbers := tokenised(label, corpus.vocabulary):
            found[[numbers[0], numbers[-1]]] = True
    return found
