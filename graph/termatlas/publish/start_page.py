"""The start page: what the glossary is, how large, the ways into it; and the page where an address leads nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from termatlas.analysis.summary import DEFINITIONS
from termatlas.publish.addresses import root_path
from termatlas.publish.letters import INDEX
from termatlas.publish.page import Crumb, way, written
from termatlas.publish.parts import fitting, weight
from termatlas.publish.site import Site
from termatlas.publish.start_map import start_map
from termatlas.publish.structured import embedded, glossary_thing
from termatlas.publish.texts import plural, short

_CENTRAL: Final = 12  #: of the most central terms
_MOST_CATEGORIES: Final = 60


class Count(NamedTuple):
    """A number that describes the glossary, what it counts and how that is defined."""

    words: str
    definition: str


def start_page(site: Site) -> str:
    """Write the page that a visit begins on."""
    categories, _ = fitting(list(site.categories.values())[:_MOST_CATEGORIES], lambda it: weight(it.name) + 150, 14_000)
    return written(
        site,
        "start",
        site.start,
        "",
        summary=f"{site.glossary.title}: {_size(site)}.",
        structured=embedded({"@context": "https://schema.org", **glossary_thing(site)}),
        counts=counts(site),
        central=[site.glossary[slug] for slug in site.ranked[:_CENTRAL]],
        categories=categories,
        map=start_map(site, site.positions),
        index=INDEX,
    )


def not_found_page(site: Site, *, absolute: bool = False, near: Sequence[str] = ()) -> str:
    """Write the page for an address that leads nowhere; a host shows it at any depth, so its links hold everywhere.

    They begin with the path of the site's root, or with "/" where a server is the root (`absolute`). `near` are
    the slugs of terms that may have been meant.
    """
    return written(
        site,
        "404",
        "404.html",
        "No page here",
        summary=f"{site.glossary.title} has no page at this address.",
        up="/" if absolute else root_path(site.root),
        crumbs=way(site, [Crumb("No page here", "404.html")]),
        near=[site.glossary[slug] for slug in near],
    )


def counts(site: Site) -> list[Count]:
    """Say in numbers how large the glossary is."""
    links = sum(map(len, site.leading.values()))
    found = [
        Count(plural(len(site.order), "term"), DEFINITIONS["terms"]),
        Count(plural(len(site.categories), "category", "categories"), DEFINITIONS["categories"]),
        Count(plural(links, "link"), DEFINITIONS["links"]),
    ]
    if site.wanted:
        found.append(Count(plural(len(site.wanted), "wanted term"), DEFINITIONS["wanted"]))
    return found


def _size(site: Site) -> str:
    words = [count.words for count in counts(site)[:3]]
    return short(f"{words[0]} in {words[1]}, with {words[2]} between them", 200)
