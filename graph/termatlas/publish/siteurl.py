"""The address at which a site will stand."""

from __future__ import annotations

from string import punctuation
from urllib.parse import quote, urlsplit

from termatlas.errors import UsageError
from termatlas.export.iris import is_iri


def checked_site_url(url: str) -> str:
    """Check the address of a site's folder; it comes back in ASCII and ends in a slash.

    Raises `UsageError` where it is no address of the web, or one with a query or fragment.

    >>> checked_site_url("https://example.org/glossär")
    'https://example.org/gloss%C3%A4r/'
    """
    if not _is_folder(url):
        raise UsageError(
            f'--site-url "{url}" is no address of a folder on the web; '
            "give one without query or fragment, such as https://example.org/glossary/"
        )
    return ascii_url(url if url.endswith("/") else f"{url}/")


def _is_folder(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and is_iri(url) and not {"?", "#", "@"} & set(url) and not {".", ".."} & set(parts.path.split("/"))


def ascii_url(iri: str) -> str:
    """Write an IRI as sitemaps, redirects and servers want it (RFC 3987, section 3.1).

    >>> ascii_url("https://bücher.example/é")
    'https://xn--bcher-kva.example/%C3%A9'
    """
    if iri.isascii():
        return iri
    host = urlsplit(iri).netloc
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = quote(host, safe=punctuation)
    return quote(iri.replace(host, plain, 1), safe=punctuation)
