"""All terms of a glossary as dots, where the explorer's map has them: the picture on the start page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from termatlas.publish.site import Site

WIDTH: Final = 420
_MOST: Final = 2_000  #: dots: of a larger glossary the most central terms
_EDGE = 6
_CENTRAL = 12  #: terms with a larger dot


class Dots(NamedTuple):
    """Dots of one colour and size, as the path of an SVG: points that round line ends make visible."""

    colour: str
    size: str  #: class: "small" or "large"
    path: str


class Map(NamedTuple):
    """What the template draws."""

    width: int
    height: int
    dots: list[Dots]
    shown: int


def start_map(site: Site, positions: Mapping[str, tuple[float, float]]) -> Map | None:
    """Draw the map; None where fewer than three terms have a place."""
    slugs = [slug for slug in site.ranked if slug in positions][:_MOST]
    if len(slugs) < 3:
        return None
    across = [positions[slug][0] for slug in slugs]
    down = [positions[slug][1] for slug in slugs]
    left, top = min(across), min(down)
    span = max(max(across) - left, max(down) - top) or 1.0
    scale = (WIDTH - 2 * _EDGE) / span
    groups: dict[tuple[str, str], list[str]] = {}
    for number, slug in enumerate(slugs):
        x, y = positions[slug]
        point = f"M{_EDGE + (x - left) * scale:.0f} {_EDGE + (y - top) * scale:.0f}h0"
        groups.setdefault(("large" if number < _CENTRAL else "small", site.colour(slug)), []).append(point)
    return Map(
        width=round((max(across) - left) * scale) + 2 * _EDGE,
        height=round((max(down) - top) * scale) + 2 * _EDGE,
        dots=[
            Dots(colour, size, "".join(sorted(found))) for (size, colour), found in sorted(groups.items(), reverse=True)
        ],
        shown=len(slugs),
    )
