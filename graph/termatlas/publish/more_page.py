"""All that is said of a term, where its own page has no room for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple

from termatlas.model import Question
from termatlas.publish.addresses import address_of
from termatlas.publish.links import words_of
from termatlas.publish.page import Crumb, way, written
from termatlas.publish.parts import pager, part_path, parts, weight
from termatlas.publish.site import Site
from termatlas.publish.term_page import ENTRY, MOST_NAME, content, more_stem, shortened, size_of_link
from termatlas.publish.texts import cut_text, short

_PIECE: Final = 8_000  #: characters of a paragraph in one piece
_ROOM: Final = 44_000
_SURELY_FITS: Final = 1_100  #: letters of a definition and an explanation


class Piece(NamedTuple):
    """Something to be written under a heading."""

    heading: str
    value: Any
    size: int


def more_pages(site: Site) -> dict[str, Callable[[], str]]:
    """List the pages of the terms that have more than their own page holds."""
    pages: dict[str, Callable[[], str]] = {}
    widest = _widest(site)
    for slug in site.order:
        if _may_be_long(site, slug, widest) and _is_long(site, slug):
            cut = parts(_pieces(site, slug), lambda piece: piece.size, _ROOM)
            for number, pieces in enumerate(cut, start=1):
                pages[part_path(more_stem(site, slug), number)] = partial(_page, site, slug, pieces, number, len(cut))
    return pages


def _page(site: Site, slug: str, pieces: list[Piece], number: int, count: int) -> str:
    name = site.name(slug)
    stem = more_stem(site, slug)
    address = address_of(part_path(stem, number))
    return written(
        site,
        "more",
        address,
        f"All about {name}" if count == 1 else f"All about {name}, part {number} of {count}",
        summary=f"Everything that {site.glossary.title} says of {name}.",
        crumbs=way(site, [Crumb(name, f"{site.addresses[slug]}.html"), Crumb("All", address)]),
        term=site.glossary[slug],
        groups=[
            (heading, [piece.value for piece in group]) for heading, group in groupby(pieces, lambda it: it.heading)
        ],
        pager=pager(stem, number, count),
        number=number,
    )


def _pieces(site: Site, slug: str) -> Iterator[Piece]:
    whole = content(site, site.glossary[slug])
    for heading, texts in (
        ("Also called", whole.aliases),
        ("Definition", [whole.definition]),
        ("Explanation", whole.paragraphs),
    ):
        for text in texts:
            for piece in cut_text(text, _PIECE):
                yield Piece(heading, piece, weight(piece) + 40)
    for question in whole.questions:
        for part in _cut(question):
            yield Piece("Questions", part, weight(part.question) + weight(part.answer) + 80)
    for heading, links in (("Leads to", whole.targets), ("Linked from", whole.origins)):
        for near in links:
            yield Piece(heading, near, size_of_link(near) + 20)


def _cut(question: Question) -> Iterator[Question]:
    """Cut a long answer; what follows the first piece has no question of its own."""
    for number, answer in enumerate(cut_text(question.answer, _PIECE) or [""]):
        yield Question(question="" if number else question.question[:_PIECE], answer=answer)


def _is_long(site: Site, slug: str) -> bool:
    whole = content(site, site.glossary[slug])
    return shortened(whole) != whole


def _may_be_long(site: Site, slug: str, widest: int) -> bool:
    """Tell quickly of most terms that their page holds all: a letter takes up to five bytes there."""
    term = site.glossary[slug]
    links = max(len(site.leading[slug]), len(site.coming.get(slug, ())))
    asked = sum(len(question.question) + len(question.answer) + 20 for question in term.questions)
    return (
        len(term.definition) + len(term.explanation) > _SURELY_FITS
        or sum(len(alias) + 20 for alias in term.aliases) > 250
        or asked > 700
        or links * widest > 8_000
    )


def _widest(site: Site) -> int:
    """Give the most bytes that one linked term can take in a list."""
    kinds = {kinds for targets in site.leading.values() for kinds in targets.values()}
    names = [
        weight(short(site.name(slug), MOST_NAME)) + len(site.addresses.get(slug, ""))
        for slug in (*site.order, *site.wanted)
    ]
    return max(names, default=0) + max((weight(words_of(each)) for each in kinds), default=0) + ENTRY
