"""What every page of a site has: its head, the way to the others, and its frame."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from markupsafe import Markup

from termatlas.publish.addresses import up_from
from termatlas.publish.site import Site
from termatlas.publish.structured import page_address
from termatlas.publish.templates import fill
from termatlas.publish.texts import level, short, sound

_MOST_TITLE: Final = 110  #: characters
_MOST_SUMMARY: Final = 160


class Crumb(NamedTuple):
    """A step of the way from the start page."""

    name: str
    address: str


def start_crumb(site: Site) -> Crumb:
    """Give the first step of every way."""
    return Crumb(site.glossary.title, site.start)


def written(site: Site, template: str, address: str, title: str, **values: object) -> str:
    """Fill a page's template: `address` from the site's root, `title` for whoever lists the page.

    Of the values, `summary` says what the page is, `language` what it is in where that is not the
    glossary's, `up` how its links begin, and the others are the template's own.
    """
    glossary = site.glossary.title
    tag = str(values.get("language", site.language))
    frame: dict[str, object] = {
        "site": site,
        "title": level(
            f"{short(title, _MOST_TITLE)} · {short(glossary, 60)}" if title else short(glossary, _MOST_TITLE)
        ),
        "heading": title or glossary,
        "summary": "",
        "canonical": page_address(site, address) if site.root else "",
        "up": up_from(address),
        "here": address,
        "language": tag,
        "ours": _ours(tag),
        "crumbs": (),
        "structured": "",
        "fragment": "",
    }
    given = {**frame, **values}
    given["summary"] = level(short(str(given["summary"]), _MOST_SUMMARY))
    return sound(fill(site.templates, template, given))


@cache
def _ours(language: str) -> Markup:
    """Say that our own words are English, where a page is not."""
    return Markup("") if language.lower().partition("-")[0] == "en" else Markup(' lang="en" dir="ltr"')


def way(site: Site, crumbs: Sequence[Crumb]) -> tuple[Crumb, ...]:
    """Give the way to a page, from the start page on."""
    return (start_crumb(site), *crumbs)
