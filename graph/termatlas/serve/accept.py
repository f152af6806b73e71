"""Choosing a form by what a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_PART: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_QUALITY: Final = re.compile(r";\s*q\s*=\s*([^;\s]*)\s*(?:;|$)", re.IGNORECASE)
_WEIGHT: Final = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
_RANGES: Final = 64  # more than any client means


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """Choose the media type that a client likes best of those offered, or None if it accepts none of them.

    A range that names the type decides over ``text/*``, and that over ``*/*``. Of types liked equally well, one
    that is named goes before one that only a wildcard allows, then an earlier one before a later one.

    >>> offered = ["text/html", "text/turtle"]
    >>> best("text/turtle, */*;q=0.1", offered), best("*/*", offered), best("image/png", offered)
    ('text/turtle', 'text/html', None)
    """
    ranges = list(_ranges(accept)) if accept and accept.strip() else [("*/*", 1.0)]
    liked = [(*_liking(ranges, media_type), -place, media_type) for place, media_type in enumerate(offered)]
    quality, _, _, media_type = max(liked, default=(0.0, 0, 0, ""))
    return media_type if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Read the ranges with their weights; one whose weight is none is left out, parameters are not looked at."""
    for part in _PART.findall(accept)[:_RANGES]:
        name = part.partition(";")[0].strip().lower()
        weight = found[1] if (found := _QUALITY.search(part)) else "1"
        if "/" in name and _WEIGHT.fullmatch(weight):
            yield name, float(weight)


def _liking(ranges: Sequence[tuple[str, float]], media_type: str) -> tuple[float, int]:
    """Give the weight of a media type and how exactly it was named, from the most exact range that it falls in."""
    names = ("*/*", f"{media_type.partition('/')[0]}/*", media_type)
    matches = [(names.index(name), weight) for name, weight in ranges if name in names]
    exactness, weight = max(matches, default=(0, 0.0))
    return weight, exactness
