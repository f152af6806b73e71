"""What people write for a term of the glossary → its slug."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from urllib.parse import unquote

from termatlas.align.prefixes import expand
from termatlas.analysis.lookup import nearest
from termatlas.build import build
from termatlas.model import Glossary
from termatlas.resolve import Index, case_folded, find
from termatlas.slugs import slugify

_LOOKED_UP = 20

#: Gives the slugs of the terms that a text can mean: one, several, or none.
Finder = Callable[[str], tuple[str, ...]]


def subjects(glossary: Glossary, prefixes: Mapping[str, str]) -> Finder:
    """Make what finds terms by slug, name, alias, IRI or CURIE; exact spelling goes before upper and lower case.

    >>> from termatlas.model import Term
    >>> term_of = subjects(Glossary(terms=(Term(slug="clip", name="CLIP"),)), {"ex": "https://example.org/glossary/"})
    >>> term_of("Clip"), term_of("ex:clip"), term_of("https://example.org/glossary/clip"), term_of("nope")
    (('clip',), ('clip',), ('clip',), ())
    """
    index = Index(glossary.terms)
    at = addresses(glossary)

    @lru_cache(maxsize=1 << 16)
    def term_of(text: str) -> tuple[str, ...]:
        return _named(index, text) or at(text) or at(expand(text, prefixes))

    return term_of


def addresses(glossary: Glossary) -> Finder:
    """Make what finds the term that an IRI names: by the address its source gives it, or below the base IRI."""
    index = Index(glossary.terms)
    iris = {term.iri: term.slug for term in reversed(glossary.terms) if term.iri}
    base = glossary.base_iri if glossary.base_iri.endswith(("/", "#", ":")) else f"{glossary.base_iri}/"

    def term_at(iri: str) -> tuple[str, ...]:
        if iri in iris:
            return (iris[iri],)
        slug = unquote(iri[len(base) :]) if iri.startswith(base) else ""
        return (slug,) if slug in glossary else find(index, iri).candidates if "://" in iri else ()

    return term_at


def _named(index: Index, text: str) -> tuple[str, ...]:
    """Find terms by slug, name or alias, in the spelling that is least unlike."""
    found: Iterator[tuple[str, ...]] = chain(
        (known.get(text, ()) for known in index.exact),
        (known.get(case_folded(text), ()) for known in index.folded),
        (known.get(slugify(text), ()) for known in index.slugified),
    )
    return next(filter(None, found), ())


def near_names(glossary: Glossary) -> Callable[[str], str]:
    """Make what says which terms look like a text; of the first twenty texts, for it takes a look at all terms."""
    known: dict[str, str] = {}

    def near(text: str) -> str:
        if text not in known and len(known) < _LOOKED_UP and glossary.terms:
            known[text] = f"near it: {', '.join(nearest(build(glossary), text))}"
        return known.get(text, "")

    return near
