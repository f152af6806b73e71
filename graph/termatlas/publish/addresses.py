"""How one page of a site points at another: relatively, so that the site works wherever it lies."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def address_of(path: str) -> str:
    """Percent-encode a path within the site, as an address has it.

    >>> address_of("category/注意力.html")
    'category/%E6%B3%A8%E6%84%8F%E5%8A%9B.html'
    """
    return quote(path, safe="/~")


def up_from(address: str) -> str:
    """Give the way from a page up to the site's root, to be put before an address.

    >>> up_from("a-z/c/2.html"), up_from("clip.html")
    ('../../', './')
    """
    return "../" * address.count("/") or "./"


def folder_of(base: str) -> str:
    """Give the folder that a base IRI's documents lie in, as an address that ends in a slash.

    >>> folder_of("https://example.org/glossary/"), folder_of("https://example.org/terms#")
    ('https://example.org/glossary/', 'https://example.org/')
    """
    without_fragment = base.partition("#")[0]
    folder = without_fragment[: without_fragment.rfind("/") + 1]
    return folder if urlsplit(folder).netloc else ""


def root_path(root: str) -> str:
    """Give the path of a site's address on its host.

    >>> root_path("https://example.org/glossary/"), root_path("")
    ('/glossary/', '/')
    """
    return urlsplit(root).path or "/"
