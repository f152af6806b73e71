"""Finding terms by name, and the names nearest to one that no term has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from termatlas.slugs import slugify

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Field = Literal["name", "alias", "slug"]

_COMPARED: Final = 24  # names that are compared letter by letter
_LONGEST: Final = 120  # letters of a text that are looked at
_COMMON: Final = 4_000  # a pair of letters in more names than this tells little and costs much


class Called(NamedTuple):
    """What a term is called."""

    slug: str
    field: Field
    text: str


class Lines(NamedTuple):
    """Folded texts in one string, a line each, so that looking through them is one scan."""

    text: str
    starts: list[int]
    calls: list[Called]


class Names(NamedTuple):
    """What terms are called, the most linked ones first."""

    lines: Mapping[Field, Lines]
    calls: list[Called]
    pairs: Mapping[str, NDArray[np.int32]]  #: two letters → the numbers of the calls that have them


def names(calls: Iterable[Called]) -> Names:
    """Prepare the names of terms for `search` and `near`; of equal hits, the earlier one goes first."""
    import numpy as np

    listed = list(calls)
    fields: tuple[Field, ...] = ("name", "alias", "slug")
    pairs: dict[str, list[int]] = {}
    for number, call in enumerate(listed):
        for pair in _pairs(slugify(call.text)):
            pairs.setdefault(pair, []).append(number)
    lines = {field: _lines([call for call in listed if call.field == field]) for field in fields}
    return Names(lines, listed, {pair: np.array(numbers, dtype=np.int32) for pair, numbers in pairs.items()})


def search(known: Names, text: str, limit: int) -> list[Called]:
    """Find the terms that a text names: wholly, from the start, from the start of a word, anywhere.

    Case, accents and punctuation do not count, as in slugs; names go before aliases.

    >>> calls = [Called("clip", "name", "CLIP"), Called("gan", "alias", "Clips"), Called("eclipse", "name", "Éclipse")]
    >>> known = names(calls)
    >>> [(hit.slug, hit.field) for hit in search(known, "Clip", 5)]
    [('clip', 'name'), ('gan', 'alias'), ('eclipse', 'name')]
    """
    found: dict[str, Called] = {}
    if asked := slugify(text[:_LONGEST]):
        for hit in _hits(known, asked):
            found.setdefault(hit.slug, hit)
            if len(found) == limit:
                break
    return list(found.values())


def near(known: Names, text: str, count: int = 5) -> list[str]:
    """Give the slugs of the terms whose name looks most like a text.

    The 24 names that share the most pairs of letters with it are compared letter by letter.
    """
    asked = slugify(text[:_LONGEST])
    matcher = SequenceMatcher(b=asked, autojunk=False)
    likeness: dict[str, float] = {}
    for number in _sharing(known, asked):
        call = known.calls[number]
        matcher.set_seq1(slugify(call.text)[:_LONGEST])
        likeness[call.slug] = max(matcher.ratio(), likeness.get(call.slug, 0.0))
    alike = sorted(likeness, key=lambda slug: (-likeness[slug], slug))
    return [slug for slug in alike if likeness[slug] > 0.4][:count]


def _sharing(known: Names, asked: str) -> Sequence[int]:
    """Give the numbers of the names that share the most pairs of letters with a text."""
    import numpy as np

    found = [known.pairs[pair] for pair in sorted(_pairs(asked)) if pair in known.pairs]
    numbers = [some for some in found if len(some) <= _COMMON]
    if not numbers:
        return ()
    shared = np.bincount(np.concatenate(numbers), minlength=len(known.calls)).astype(np.int16)
    best: list[int] = np.argsort(-shared, kind="stable")[:_COMPARED].tolist()
    return best


def _hits(known: Names, asked: str) -> Iterator[Called]:
    lines = known.lines
    yield from _having(lines["name"], f"\n{asked}\n")
    yield from _having(lines["alias"], f"\n{asked}\n")
    yield from _having(lines["slug"], f"\n{asked}\n")
    yield from _having(lines["name"], f"\n{asked}")
    yield from _having(lines["alias"], f"\n{asked}")
    for start in ("-", ""):
        yield from _having(lines["name"], start + asked)
        yield from _having(lines["alias"], start + asked)
    yield from _having(lines["slug"], asked)


def _having(lines: Lines, needle: str) -> Iterator[Called]:
    """Yield the lines with a text in them, each once."""
    at = lines.text.find(needle)
    while at >= 0:
        line = bisect_right(lines.starts, at) - 1
        yield lines.calls[line]
        at = lines.text.find(needle, lines.starts[line + 1])


def _lines(calls: list[Called]) -> Lines:
    folded = [slugify(call.text) for call in calls]
    starts = [0]
    for text in folded:
        starts.append(starts[-1] + 1 + len(text))
    return Lines("\n" + "".join(f"{text}\n" for text in folded), starts, calls)


def _pairs(text: str) -> set[str]:
    return set(map("".join, pairwise(f" {text} "))) if text else set()
