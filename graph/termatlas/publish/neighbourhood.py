"""A term and those next to it as a small picture: SVG whose labels never touch.

The term stands in the middle; those that only link to it are on its left, those that it only links to on
its right, in rows, each with room for its name; a curve joins two of them that are linked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from termatlas.publish.links import Neighbour
from termatlas.publish.site import Site
from termatlas.publish.texts import short

MOST: Final = 12  #: neighbours in a picture
WIDTH: Final = 340
_ROW = 36.0
_MIDDLE = WIDTH / 2
_REACH = 46.0  #: of the ring of neighbours, from the middle to either side
_GAP = 9.0  #: from a term's disc to its name
_SIZE = 12.0  #: of letters
# Half the width of a line: at the end where its link begins, where it ends, and where it leads both ways.
_WIDE, _THIN, _EVEN = 2.0, 0.4, 0.8
# Widths of letters in ems, as wide as they come in the fonts that systems have.
_NARROW: Final = dict.fromkeys("iIjl.,:;'|!()[]ft /-r", 0.4) | dict.fromkeys("mwMWQ@%", 0.98)


class Place(NamedTuple):
    """Where a neighbour stands, and its name in one or two lines."""

    neighbour: Neighbour
    x: float
    y: float
    side: int  #: -1 left, 1 right
    lines: list[str]

    @property
    def label(self) -> tuple[float, float]:
        """Give where the first line of its name begins, or on the left ends."""
        return round(self.x + self.side * (_GAP + 1), 1), round(self.y + (4 if len(self.lines) == 1 else -3), 1)


class Picture(NamedTuple):
    """What the template draws."""

    height: float
    middle: tuple[float, float]
    places: list[Place]
    spokes: list[str]
    chords: list[str]
    shown: int
    total: int


def neighbourhood(site: Site, targets: Sequence[Neighbour], origins: Sequence[Neighbour]) -> Picture | None:
    """Draw the neighbours of a term; None where it has none. Of many, those that most links lead to are drawn."""
    others = {near.slug: near for near in (*targets, *origins)}
    if not others:
        return None
    chosen = sorted(others.values(), key=lambda near: (-len(site.coming.get(near.slug, ())), near.slug))[:MOST]
    places = _placed(sorted(chosen, key=_order))
    height = _ROW * max(sum(place.side < 0 for place in places), sum(place.side > 0 for place in places)) + 12
    middle = (_MIDDLE, height / 2)
    moved = [place._replace(y=place.y + height / 2) for place in places]
    return Picture(
        height=height,
        middle=middle,
        places=moved,
        spokes=[_spoke(middle, place) for place in moved],
        chords=[_chord(middle, *pair) for pair in _linked(site, moved)],
        shown=len(moved),
        total=len(others),
    )


def _order(near: Neighbour) -> tuple[int, str, str]:
    """Put those that only lead here first and those that only are led to last."""
    return (int(near.leads_to) - int(near.leads_back), near.colour, near.slug)


def _placed(chosen: Sequence[Neighbour]) -> list[Place]:
    """Give each a row, half of them left; of an odd number the side with the greater share has one more."""
    leaning = sum(int(near.leads_to) - int(near.leads_back) for near in chosen)
    half = len(chosen) // 2 if leaning >= 0 else (len(chosen) + 1) // 2
    left, right = chosen[:half], chosen[half:]
    return [*_column(left, -1), *_column(right, 1)]


def _column(chosen: Sequence[Neighbour], side: int) -> Iterable[Place]:
    for row, near in enumerate(chosen):
        y = (row - (len(chosen) - 1) / 2) * _ROW
        bend = abs(y) / (_ROW * MOST / 3.4)
        x = round(_MIDDLE + side * _REACH * (1 - bend**2) ** 0.5, 1)
        room = (_MIDDLE - abs(x - _MIDDLE) - _GAP - 3) / _SIZE
        yield Place(near, x, y, side, _lines(near.name, room))


def _spoke(middle: tuple[float, float], place: Place) -> str:
    """Draw a line as a quadrangle: wide where the link begins, even where there is one each way."""
    near = place.neighbour
    here, there = (
        (_EVEN, _EVEN) if near.leads_to and near.leads_back else (_WIDE, _THIN) if near.leads_to else (_THIN, _WIDE)
    )
    across, down = place.x - middle[0], place.y - middle[1]
    length = math.hypot(across, down)
    turned = (-down / length, across / length)
    corners = [
        (x + sign * half * turned[0], y + sign * half * turned[1])
        for (x, y), half, sign in (
            (middle, here, 1),
            ((place.x, place.y), there, 1),
            ((place.x, place.y), there, -1),
            (middle, here, -1),
        )
    ]
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in corners)}z"


def _chord(middle: tuple[float, float], one: Place, other: Place) -> str:
    """Bend a line between two neighbours towards the middle, so that it does not cross the names."""
    x, y = ((one.x + other.x) / 2 + middle[0]) / 2, ((one.y + other.y) / 2 + middle[1]) / 2
    return f"M{one.x:.1f} {one.y:.1f}Q{x:.1f} {y:.1f} {other.x:.1f} {other.y:.1f}"


def _linked(site: Site, places: Sequence[Place]) -> Iterable[tuple[Place, Place]]:
    for number, one in enumerate(places):
        leading = site.leading.get(one.neighbour.slug, ())
        for other in places[number + 1 :]:
            if other.neighbour.slug in leading or one.neighbour.slug in site.leading.get(other.neighbour.slug, ()):
                yield one, other


def _lines(name: str, room: float) -> list[str]:
    """Break a name into one or two lines that fit a number of ems."""
    words = short(name, 80).split(" ")
    lines = [words.pop(0)] if words else [""]
    for word in words:
        if _ems(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        elif len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] += "…"
            break
    return [_cut(line, room) for line in lines]


def _cut(line: str, room: float) -> str:
    if _ems(line) <= room:
        return line
    line = line.rstrip("…")
    while line and _ems(line) + 1 > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


@lru_cache(maxsize=1 << 16)
def _ems(text: str) -> float:
    return sum(map(_em, text))


@cache
def _em(char: str) -> float:
    return _NARROW.get(char) or (1.05 if char > "\u0530" else 0.75 if char.isupper() or not char.isascii() else 0.62)
