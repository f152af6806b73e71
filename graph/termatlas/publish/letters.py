"""The alphabetical index: all names, by their first letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, NamedTuple

from termatlas.publish.addresses import address_of
from termatlas.publish.page import Crumb, way, written
from termatlas.publish.parts import ROOM, pager, part_path, parts, weight
from termatlas.publish.site import Site
from termatlas.publish.texts import folded, plural, short

#: Writing systems with too many signs for a page each.
_WHOLE: Final = {"CJK": "Han", "HANGUL": "Hangul", "YI": "Yi", "EGYPTIAN": "Hieroglyphs", "ETHIOPIC": "Ethiopic"}
#: Writing systems with capitals that look like Latin ones, so that the small letter has to stand beside them.
_ALIKE: Final = frozenset(("GREEK", "CYRILLIC", "COPTIC"))
#: The first page of the index.
INDEX: Final = "a-z/index.html"
_ENTRY: Final = 90


class Entry(NamedTuple):
    """A line of the index: a term, or another name that leads to it."""

    name: str
    slug: str
    address: str
    see: str  #: the term's own name, where the entry is another


class Letter(NamedTuple):
    """The entries under one letter."""

    title: str
    stem: str
    entries: list[Entry]


def letter_pages(site: Site) -> dict[str, Callable[[], str]]:
    """List the pages of the index: one where all fits on it, else one or more a letter."""
    letters = index(site)
    if sum(_size(entry) for letter in letters for entry in letter.entries) + 300 * len(letters) <= ROOM:
        return {INDEX: partial(_index_page, site, letters, True)}
    pages: dict[str, Callable[[], str]] = {INDEX: partial(_index_page, site, letters, False)}
    for letter in letters:
        cut = parts(letter.entries, _size)
        for number, part in enumerate(cut, start=1):
            pages[part_path(letter.stem, number)] = partial(_letter_page, site, letters, letter, part, number, len(cut))
    return pages


def index(site: Site) -> list[Letter]:
    """Sort all names under their letters."""
    found: dict[str, list[Entry]] = {}
    entries = sorted(_entries(site), key=lambda entry: (folded(entry.name), entry.name, entry.slug))
    for entry in entries:
        found.setdefault(letter_of(entry.name), []).append(entry)
    return [Letter(title, _stem(title), found[title]) for title in sorted(found, key=_order)]


def _entries(site: Site) -> list[Entry]:
    found = []
    for slug in site.order:
        term, address = site.glossary[slug], f"{site.addresses[slug]}.html"
        found.append(Entry(site.name(slug), slug, address, ""))
        names = dict.fromkeys(alias for alias in term.aliases if alias and folded(alias) != folded(term.name))
        found += [Entry(alias, slug, address, term.name) for alias in names]
    return found


@lru_cache(maxsize=1 << 16)
def letter_of(name: str) -> str:
    """Give the heading that a name stands under in the index.

    >>> [letter_of(name) for name in ("Élan", "3D", "жук", "注意力", "?!")]
    ['E', '0–9', 'Ж ж', 'Han', '#']
    """
    first = next((char for char in folded(name) if char.isalnum()), "")
    if not first:
        return "#"
    if first.isnumeric() and not unicodedata.name(first, "").startswith("CJK"):
        return "0–9"
    script = unicodedata.name(first, "").partition(" ")[0]
    capital = first.upper()[:1]
    return _WHOLE.get(script) or (f"{capital} {first}" if script in _ALIKE else capital)


def _order(title: str) -> tuple[int, str]:
    return (0 if title == "#" else 1 if title == "0–9" else 3 if title in _WHOLE.values() else 2, title)


def _stem(title: str) -> str:
    """Name a letter's file; outside a to z by the number of its sign.

    >>> _stem("A"), _stem("0–9"), _stem("#"), _stem("Ж ж"), _stem("Han")
    ('a-z/a', 'a-z/0-9', 'a-z/signs', 'a-z/u0436', 'a-z/han')
    """
    if title in {"#", "0–9"}:
        return "a-z/signs" if title == "#" else "a-z/0-9"
    return f"a-z/{title.lower()}" if title.isascii() else f"a-z/u{ord(title.lower()[0]):04x}"


def _size(entry: Entry) -> int:
    return weight(short(entry.name, 160)) + len(entry.address) + weight(short(entry.see, 80)) + _ENTRY


def _index_page(site: Site, letters: list[Letter], whole: bool) -> str:
    return written(
        site,
        "index",
        INDEX,
        "A–Z",
        summary=f"All names in {site.glossary.title}, in the order of the alphabet.",
        crumbs=way(site, [Crumb("A–Z", INDEX)]),
        letters=letters,
        whole=whole,
        count_of_names=sum(len(letter.entries) for letter in letters),
    )


def _letter_page(site: Site, letters: list[Letter], letter: Letter, part: list[Entry], number: int, count: int) -> str:
    address = address_of(part_path(letter.stem, number))
    return written(
        site,
        "letter",
        address,
        f"{letter.title}: A–Z" if count == 1 else f"{letter.title}, part {number} of {count}: A–Z",
        summary=f"{plural(len(letter.entries), 'name')} under {letter.title} in {site.glossary.title}.",
        crumbs=way(site, [Crumb("A–Z", INDEX), Crumb(letter.title, address)]),
        letters=letters,
        letter=letter,
        entries=part,
        pager=pager(letter.stem, number, count),
        number=number,
    )
