"""All pages of a site, by path."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from termatlas.publish.category_page import category_pages
from termatlas.publish.letters import letter_pages
from termatlas.publish.more_page import more_pages
from termatlas.publish.site import Site, path_of
from termatlas.publish.start_page import not_found_page, start_page
from termatlas.publish.term_page import term_page


def pages(site: Site) -> dict[str, Callable[[], str]]:
    """List every page of a site, its path with what writes it: the terms' in the order of the alphabet.

    >>> from termatlas.model import Glossary, Term
    >>> from termatlas.publish.site import site
    >>> list(pages(site(Glossary(terms=(Term(slug="clip", name="CLIP", categories=("Vision",)),)))))
    ['clip.html', 'category/index.html', 'category/vision.html', 'a-z/index.html', 'index.html', '404.html']
    """
    return {path_of(site, slug): partial(term_page, site, slug) for slug in site.order} | furniture(site)


def furniture(site: Site) -> dict[str, Callable[[], str]]:
    """List the pages that are no term's own."""
    found = more_pages(site) | category_pages(site) | letter_pages(site)
    found[site.start] = partial(start_page, site)
    found["404.html"] = partial(not_found_page, site)
    return found
