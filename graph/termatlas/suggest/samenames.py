"""How alike the names of two terms are: spelling, initials, letters, words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

import numpy as np

from termatlas.suggest.abbreviations import is_abbreviation, stands_for
from termatlas.suggest.keys import spelling_key, squeezed_key
from termatlas.suggest.sparse import product, row_of, without_common
from termatlas.suggest.stopwords import STOP_WORDS

Pair: TypeAlias = tuple[int, int]
Labels: TypeAlias = Sequence[Sequence[str]]

_NUMBER = re.compile(r"\d+")
_SHORT = 12  # signs of an abbreviation
_STEM = 4  # letters that spellings of one word share
_MOST = 8  # terms that share a key; more are another matter
_NEAREST = 8  # names that are compared letter by letter
_LIKE = 0.4  # cosine of letters, from which on names are compared


def spelling_pairs(labels: Labels) -> set[Pair]:
    """Give the pairs of terms of which two names differ only in case, spaces, hyphens, accents or a plural.

    >>> spelling_pairs([["Data base"], ["databases"], ["Table"]])
    {(0, 1)}
    """
    return _sharing(labels, lambda name: [squeezed_key(name)])


def initial_pairs(labels: Labels) -> set[Pair]:
    """Give the pairs of terms of which one has the initials of the other for a name.

    >>> initial_pairs([["University of York"], ["UY"], ["York"]])
    {(0, 1)}
    """
    return _sharing(labels, lambda name: {*initials(name), _bare(name)})


@lru_cache(maxsize=1 << 18)
def initials(name: str) -> frozenset[str]:
    """Give the initials of a name of several words, with and without its function words.

    >>> sorted(initials("University of York")), initials("York")
    (['uoy', 'uy'], frozenset())
    """
    parts = re.findall(r"[^\W_]+", name.casefold())
    short = "".join(part[0] for part in parts if part not in STOP_WORDS)
    return frozenset(found for found in ("".join(part[0] for part in parts), short) if len(found) > 1)


def letter_pairs(labels: Labels) -> dict[Pair, float]:
    """Give the pairs of terms with names of much the same letters (TF-IDF of runs of two to four), and how alike.

    >>> found = letter_pairs([["serialise"], ["serialize"], ["graph"]])
    >>> list(found), found[0, 1] > 0.4
    ([(0, 1)], True)
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    owners = np.array([number for number, names in enumerate(labels) for _ in names], np.int64)
    keys = [spelling_key(name) for names in labels for name in names]
    if not any(len(key) > 1 for key in keys):
        return {}
    rows = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32).fit_transform(
        keys
    )
    rows = without_common(rows)
    like = product(rows, rows.T.tocsr(), _NEAREST)
    found: dict[Pair, float] = {}
    for first, second, value in zip(
        owners[row_of(like)].tolist(), owners[like.indices].tolist(), like.data.tolist(), strict=True
    ):
        if first != second and value >= _LIKE:
            pair = (min(first, second), max(first, second))
            found[pair] = max(found.get(pair, 0.0), value)
    return found


def name_likeness(some: Sequence[str], others: Sequence[str]) -> tuple[float, float, float, float]:
    """Say how alike the names of two terms are: initials, letters in order, words within, words shared; 0 to 1 each.

    >>> name_likeness(["SAM"], ["Segment Anything Model"])
    (1.0, 1.0, 0.0, 0.0)
    """
    if not (some and others):
        return 0.0, 0.0, 0.0, 0.0
    columns = zip(*(_likeness(one, other) for one in some for other in others), strict=True)
    initial, stands, within, words = map(max, columns)
    return initial, stands, within, words


def are_siblings(some: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two terms' main names differ in one word only, no spellings of one, or in nothing but a number.

    >>> are_siblings(["inner join"], ["outer join"]), are_siblings(["telephone line"], ["telephony line"])
    (True, False)
    >>> are_siblings(["GPT-2"], ["GPT3"]), are_siblings(["Base 64"], ["base64"])
    (True, False)
    """
    if not (some and others):
        return False
    if _numbered_apart(squeezed_key(some[0]), squeezed_key(others[0])):
        return True
    one, other = (spelling_key(names[0]).split() for names in (some, others))
    if len(one) != len(other) or len(one) < 2:
        return False
    differing = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    return len(differing) == 1 and not _one_stem(*differing[0])


def _numbered_apart(one: str, other: str) -> bool:
    return one != other and any(map(str.isdecimal, one)) and _NUMBER.split(one) == _NUMBER.split(other)


def _one_stem(some: str, other: str) -> bool:
    length = min(_STEM, len(some), len(other))
    return length > 1 and some[:length] == other[:length]


def _likeness(one: str, other: str) -> tuple[float, float, float, float]:
    short, long = (one, other) if (len(one), one) <= (len(other), other) else (other, one)
    some, others = _words_of(one), _words_of(other)
    shared = len(some & others)
    within, of_all = shared / max(1, min(len(some), len(others))), shared / max(1, len(some | others))
    if len(short) > _SHORT:
        return 0.0, 0.0, within, of_all
    stands = is_abbreviation(short) and stands_for(short, long)
    return float(_bare(short) in initials(long)), float(stands), within, of_all


@lru_cache(maxsize=1 << 18)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(spelling_key(name).split())


@lru_cache(maxsize=1 << 18)
def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _sharing(labels: Labels, keys: Callable[[str], Iterable[str]]) -> set[Pair]:
    terms: defaultdict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(labels):
        for key in {key for name in names for key in keys(name) if key}:
            terms[key].add(number)
    groups = (sorted(group) for group in terms.values() if len(group) <= _MOST)
    return {pair for group in groups for pair in combinations(group, 2)}
