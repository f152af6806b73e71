"""Which terms of a glossary stand in the vocabularies that it was read from, and which are its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from termatlas.model import Glossary, Term


class Imported(NamedTuple):
    """The terms that stand in vocabularies: changed since they were read, or not."""

    nodes: dict[
        str, str
    ]  #: slug → IRI or blank node, where what defines the slug, or is wanted, stands in a vocabulary
    iris: dict[str, str]  #: the same without blank nodes
    terms: dict[str, tuple[Term, Term]]  #: node → the term as it was read and as it is now
    gone: frozenset[str] = frozenset()  #: nodes of terms that the glossary has no longer
    changed: Mapping[str, tuple[Term, Term]] = MappingProxyType({})  #: those of `terms` that have changed
    regrouped: frozenset[str] = frozenset()  #: nodes of terms with other categories than they had


def imported_terms(glossary: Glossary) -> Imported:
    """Find the terms of a glossary that stand in its vocabularies."""
    imported = Imported({}, {}, {})
    if not glossary.vocabularies:
        return imported
    entries = _by_slug(glossary)
    gone: set[str] = set()
    for vocabulary in glossary.vocabularies:
        for slug, node in vocabulary.nodes.items():
            was = vocabulary.terms.get(slug)
            now = _found(was, entries.get(slug, ())) if was else None
            if was and now:
                imported.terms[node] = (was, now)
            elif was:
                gone.add(node)
            if now is glossary.get(slug):
                imported.nodes.setdefault(slug, node)
    iris = {slug: node for slug, node in imported.nodes.items() if not node.startswith("_:")}
    changed = {node: (was, now) for node, (was, now) in imported.terms.items() if was != now}
    return imported._replace(
        iris=iris,
        gone=frozenset(gone - set(imported.terms)),
        changed=changed,
        regrouped=frozenset(node for node, (was, now) in changed.items() if was.categories != now.categories),
    )


def own_terms(glossary: Glossary, imported: Imported) -> dict[str, tuple[Term, ...]]:
    """Give the terms that stand in no vocabulary, by slug: all that have one slug, in their order."""
    if not imported.terms and len(glossary) == len(glossary.terms):
        return {term.slug: (term,) for term in glossary.terms}
    known = {id(now) for _, now in imported.terms.values()}
    own = {slug: tuple(term for term in terms if id(term) not in known) for slug, terms in _by_slug(glossary).items()}
    return {slug: terms for slug, terms in own.items() if terms}


def _by_slug(glossary: Glossary) -> dict[str, tuple[Term, ...]]:
    found: dict[str, tuple[Term, ...]] = {}
    for term in glossary.terms:
        found[term.slug] = (*found.get(term.slug, ()), term)
    return found


def _found(was: Term, terms: tuple[Term, ...]) -> Term | None:
    """Find what has become of a term."""
    same = (term for term in terms if term == was)
    return next(same, None) or next((term for term in terms if (term.file, term.iri) == (was.file, was.iri)), None)
