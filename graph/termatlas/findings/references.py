"""What is wrong with single links: to oneself, given twice, ambiguous, loosely spelt."""

from __future__ import annotations

from collections.abc import Iterator

from termatlas.analysis import Csr
from termatlas.findings.model import Hit
from termatlas.model import Glossary, Reference, Term

_SHOWN = 5
_LOOSE = {"folded": "but for its case or spaces", "slugified": "but for its punctuation"}


def _links(glossary: Glossary) -> Iterator[tuple[Term, Reference]]:
    return ((term, link) for term in glossary.terms for link in term.related)


def find_self_links(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the links that lead to their own term."""
    for term, link in _links(glossary):
        if link.target == term.slug:
            yield Hit(term.where_of(link), f'"{term.name}" links to itself', term.slug, link.target)


def find_doubled_links(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the links of one kind that a term lists more than once; running text may repeat itself."""
    for term in glossary.terms:
        seen: set[tuple[str, str]] = set()
        for link in term.related:
            if link.kind != "inline" and (link.target, link.kind) in seen:
                message = f'"{term.name}" lists {link.target} more than once'
                yield Hit(term.where_of(link), message, term.slug, link.target)
            seen.add((link.target, link.kind))


def find_ambiguous_links(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the links that several terms answer to."""
    for term, link in _links(glossary):
        if link.resolution == "ambiguous":
            more = f" or {len(link.candidates) - _SHOWN:,} more" if len(link.candidates) > _SHOWN else ""
            message = f'"{link.written}" can mean {" or ".join(link.candidates[:_SHOWN])}{more}'
            yield Hit(term.where_of(link), message, term.slug, link.target)


def find_folded_links(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the links that resolved only after their spelling was folded."""
    for term, link in _links(glossary):
        if how := _LOOSE.get(link.resolution):
            message = f'"{link.written}" is {link.target} {how}'
            yield Hit(term.where_of(link), message, term.slug, link.target)
