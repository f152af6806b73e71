"""What the statements about a term leave out of its record, for ``ta:asWritten`` and ``ta:alsoWritten``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any

from termatlas.model import Reference, Term
from termatlas.sources.aswritten import encoded, packed_links, whole
from termatlas.sources.fields import legal
from termatlas.sources.skostexts import conventional, language_tag

#: The fields that the statements about a term say as they are, where they can.
SAID = ("slug", "name", "aliases", "definition", "explanation", "iri")
_said = attrgetter(*SAID)


def unsaid_name(text: str, said: str) -> Sequence[str]:
    """Give the name of a category or a kind of link as JSON where the statement has another."""
    return () if text and text == said else [encoded({"name": text})]


def unsaid_heading(title: str, language: str, base: str, complete: str) -> Sequence[str]:
    """Give what the glossary's own statements leave out, as JSON."""
    unsaid: dict[str, Any] = {}
    if title != legal(title):
        unsaid["title"] = title
    if language and not language_tag(language):
        unsaid["language"] = language
    if base != complete:
        unsaid["base_iri"] = base
    return [encoded(unsaid)] if unsaid else ()


def unsaid_slug(slug: str, said: str) -> Sequence[str]:
    """Give the slug of a wanted term as JSON where the statement has another."""
    return () if slug == said else [encoded({"slug": slug})]


def unsaid_of_term(
    term: Term, said: tuple[Any, ...], home: str, wanted: Mapping[str, str], links: Sequence[Reference]
) -> Sequence[str]:
    """Give what the statements about a term leave out, as JSON; nothing for most terms.

    `said` has the `SAID` fields as the statements have them, `home` is the glossary's language, `wanted` has the names
    of wanted terms, `links` are all that lead from the term's slug.
    """
    unsaid: dict[str, Any] = {}
    fields = _said(term)
    if fields != said:
        unsaid = {name: field for name, field, value in zip(SAID, fields, said, strict=True) if field != value}
    if term.anchors:
        unsaid["anchors"] = term.anchors
    if len(term.categories) > 1 and term.categories != _ordered(term.categories):
        unsaid["categories"] = term.categories
    if term.language and _read_language(term.language, home) != term.language:
        unsaid["language"] = term.language
    written = packed_links(term.related, wanted)
    if term.related is not links or not _are_in_order(written):
        unsaid["links"] = written
    if not all(text == legal(text) for one in term.questions for text in (one.question, one.answer)):
        unsaid["questions"] = [(one.question, one.answer) for one in term.questions]
    return [encoded(unsaid)] if unsaid else ()


def also_written(terms: Sequence[Term], wanted: Mapping[str, str]) -> Sequence[str]:
    """Give further terms with one slug whole, as JSON."""
    return [encoded({"number": number, **whole(term, wanted)}) for number, term in enumerate(terms, start=2)]


def _ordered(categories: Sequence[str]) -> tuple[str, ...]:
    """Give categories in the order in which they are read."""
    first = categories[0]
    return (first, *sorted(set(categories) - {first}))


def _read_language(language: str, home: str) -> str:
    tag = language_tag(language)
    return "" if tag == language_tag(home) else conventional(tag)


def _are_in_order(links: list[str | list[str]]) -> bool:
    """Tell whether links are as they are read without more: nothing but targets and kinds, each once, sorted."""
    if set(map(type, links)) == {str}:
        return links == sorted(set(map(str, links)))
    pairs = [(link, "related") if isinstance(link, str) else tuple(link) for link in links]
    return all(len(pair) == 2 for pair in pairs) and all(one < other for one, other in pairwise(pairs))
