"""The report's sentences and numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and the list that it leads to, if any."""

    text: str
    anchor: str = ""


def number(value: float) -> str:
    """Write a number as a reader wants it: separators, two decimals at most.

    >>> number(12345), number(0.5), number(-0.0311), number(3.0)
    ('12,345', '0.5', '−0.03', '3')
    """
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return (text if text not in {"-0", ""} else "0").replace("-", "−")


def percent(part: float, whole: float) -> str:
    """Write a share with at most one decimal; it says neither 0 % nor 100 % of what is not so.

    >>> [" ".join(percent(*shares).split()) for shares in ((1, 3), (1, 2), (1, 9000), (8999, 9000), (0, 0))]
    ['33.3 %', '50 %', 'under 0.1 %', 'over 99.9 %', '0 %']
    """
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 0.05:
        return "under 0.1\u00a0%"
    if 99.95 <= share < 100:
        return "over 99.9\u00a0%"
    return f"{share:.1f}".removesuffix(".0") + "\u00a0%"


def count(value: float, one: str, many: str = "") -> str:
    """Write a count with its noun.

    >>> count(1, "term"), count(0, "link"), count(1204, "category", "categories")
    ('1 term', 'no links', '1,204 categories')
    """
    many = many or f"{one}s"
    return f"{number(value) if value else 'no'} {one if value == 1 else many}"


def opening(stats: Mapping[str, float]) -> list[Piece]:
    """Say in words how large the glossary is and what it lacks."""
    terms, links = stats["terms"], stats["links"]
    if not terms and not stats["wanted"]:
        return [Piece("This glossary has no terms yet.")]
    size = count(terms, "term")
    if not links:
        between = "." if terms == 1 else " and no link between them."
        return [Piece(size[0].upper() + size[1:], "categories"), Piece(between if terms > 1 else ", no links.")]
    return [
        Piece(size[0].upper() + size[1:], "categories"),
        Piece(", "),
        Piece(count(links, "link"), "categories"),
        Piece(". "),
        *_unreached(stats["isolated"], stats["orphans"]),
        Piece("; "),
        *_wanted(stats["wanted"]),
        Piece("; "),
        *_one_way(stats["one_way_links"]),
        Piece("."),
    ]


def _unreached(isolated: float, orphans: float) -> list[Piece]:
    terms = isolated + orphans
    if not terms:
        return [Piece("Every term can be reached from another")]
    reached = " cannot be reached from any other"
    if not isolated or not orphans:
        return [Piece(count(terms, "term"), "orphans" if orphans else "isolated"), Piece(reached)]
    return [
        Piece(count(terms, "term"), "orphans"),
        Piece(f"{reached}, "),
        Piece(f"{number(isolated)} of them isolated", "isolated"),
    ]


def _wanted(targets: float) -> list[Piece]:
    if not targets:
        return [Piece("every link target has a page")]
    verb = "has" if targets == 1 else "have"
    return [Piece(count(targets, "link target"), "wanted"), Piece(f" {verb} no page")]


def _one_way(links: float) -> list[Piece]:
    if not links:
        return [Piece("every link goes both ways")]
    verb = "is" if links == 1 else "are"
    return [Piece(count(links, "link"), "one-way"), Piece(f" {verb} one-way")]
