"""The pages of categories, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from termatlas.publish.addresses import address_of
from termatlas.publish.page import Crumb, way, written
from termatlas.publish.parts import ROOM, pager, part_path, parts, weight
from termatlas.publish.site import Category, Site
from termatlas.publish.texts import plural, short

LIST: Final = "category/index.html"
SUMMARY: Final = 150  #: characters of a definition in a list
_ENTRY: Final = 150


def category_pages(site: Site) -> dict[str, Callable[[], str]]:
    """List the pages of all categories, each in as many parts as it needs."""
    pages: dict[str, Callable[[], str]] = {}
    lists = parts(site.categories.values(), lambda category: weight(short(category.name, 120)) + _ENTRY)
    for number, part in enumerate(lists, start=1):
        pages[part_path("category/index", number)] = partial(_list_page, site, part, number, len(lists))
    for category in site.categories.values():
        stem = f"category/{category.stem}"
        cut = parts(category.slugs, partial(_size, site), ROOM)
        for number, slugs in enumerate(cut, start=1):
            pages[part_path(stem, number)] = partial(_category_page, site, category, slugs, number, len(cut))
    return pages


def category_page(site: Site, name: str) -> str:
    """Write the first page of a category; raises `KeyError` where no term is in it."""
    return category_pages(site)[part_path(f"category/{site.categories[name].stem}", 1)]()


def _size(site: Site, slug: str) -> int:
    term = site.glossary[slug]
    said = short(term.definition or term.explanation, SUMMARY)
    return weight(short(term.name, 160)) + weight(said) + len(site.addresses[slug]) + _ENTRY


def _category_page(site: Site, category: Category, slugs: Sequence[str], number: int, count: int) -> str:
    stem = f"category/{category.stem}"
    title = category.name if number == 1 else f"{category.name}, part {number}"
    return written(
        site,
        "category",
        address_of(part_path(stem, number)),
        title,
        summary=f"{plural(len(category.slugs), 'term')} of {site.glossary.title} in the category {category.name}.",
        crumbs=way(site, [Crumb("Categories", LIST), Crumb(category.name, category.address)]),
        category=category,
        terms=[site.glossary[slug] for slug in slugs],
        length=SUMMARY,
        pager=pager(stem, number, count),
        number=number,
    )


def _list_page(site: Site, categories: Sequence[Category], number: int, count: int) -> str:
    return written(
        site,
        "categories",
        address_of(part_path("category/index", number)),
        "Categories" if number == 1 else f"Categories, part {number}",
        summary=f"All categories of {site.glossary.title}.",
        crumbs=way(site, [Crumb("Categories", LIST)]),
        categories=categories,
        pager=pager("category/index", number, count),
        number=number,
    )
