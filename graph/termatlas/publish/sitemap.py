"""What a site tells crawlers: its pages, in the sitemap protocol (sitemaps.org), and that they are welcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from termatlas.publish.addresses import address_of
from termatlas.publish.siteurl import ascii_url

MOST: Final = 50_000  #: addresses in one sitemap, by the protocol
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(root: str, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """List pages, by their paths, in ``sitemap.xml``; where they are too many, that lists further sitemaps.

    There are no dates: when a page changed is not known, and a wrong date is worse than none.

    >>> [path for path, _ in sitemaps("https://example.org/", ["a.html"] * 50_001)]
    ['sitemap-1.xml', 'sitemap-2.xml', 'sitemap.xml']
    """
    parts = [pages[start : start + MOST] for start in range(0, len(pages), MOST)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _listing("urlset", "url", root, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _listing("urlset", "url", root, part)
    yield "sitemap.xml", _listing("sitemapindex", "sitemap", root, names)


def _listing(whole: str, part: str, root: str, paths: Sequence[str]) -> bytes:
    lines = [f"<{part}><loc>{escape(absolute(root, path))}</loc></{part}>\n" for path in paths]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_NAMESPACE}">\n'
    return f"{head}{''.join(lines)}</{whole}>\n".encode("ascii")


def absolute(root: str, path: str) -> str:
    """Give the whole address of a file of a site; that of an ``index.html`` is its folder's.

    >>> absolute("https://example.org/", "category/index.html")
    'https://example.org/category/'
    """
    folder, _, name = path.rpartition("/")
    path = (f"{folder}/" if folder else "") if name == "index.html" else path
    return ascii_url(root) + address_of(path)


def robots(root: str) -> bytes:
    """Welcome all robots and show them the sitemap (RFC 9309)."""
    sitemap = f"\nSitemap: {absolute(root, 'sitemap.xml')}\n" if root else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode("ascii")
