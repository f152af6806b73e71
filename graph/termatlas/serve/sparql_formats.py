"""The media types in which results are given, and which of them a client gets."""

from __future__ import annotations

from typing import Final

from termatlas.serve.accept import best

HTML: Final = "text/html"

#: Of SELECT and ASK: media type → syntax, in the order in which they are offered.
SOLUTIONS: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    HTML: "html",
}
#: Of CONSTRUCT and DESCRIBE.
TRIPLES: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/trig": "trig",
    HTML: "html",
}


def chosen(accept: str | None) -> tuple[str | None, str | None]:
    """Choose the media types for the two kinds of results, None where the client takes none that there is.

    >>> chosen("text/csv, text/turtle"), chosen("*/*"), chosen("image/png")
    (('text/csv', 'text/turtle'), ('application/sparql-results+json', 'text/turtle'), (None, None))
    """
    return best(accept, list(SOLUTIONS)), best(accept, list(TRIPLES))


def content_type(media_type: str) -> str:
    """Say that a text is in UTF-8, where the media type could mean another.

    >>> content_type("text/csv"), content_type("application/json")
    ('text/csv; charset=utf-8', 'application/json')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
