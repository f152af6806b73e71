"""Vocabularies of a glossary: each with its terms as they were read, and blank nodes of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from termatlas.model import Term, Vocabulary

_OBJECT = re.compile(rb" _:b(\d+) \.$", re.MULTILINE)  # a literal holds no line end, so none can end like this


def with_terms(vocabularies: Sequence[Vocabulary], terms: Iterable[Term]) -> tuple[Vocabulary, ...]:
    """Have vocabularies know their terms as they were read."""
    by_file: dict[str, list[Term]] = {vocabulary.file: [] for vocabulary in vocabularies}
    for term in terms if vocabularies else ():
        if term.file in by_file:
            by_file[term.file].append(term)
    return tuple(
        _apart(replace(vocabulary, terms=_of(vocabulary, by_file[vocabulary.file])), number)
        for number, vocabulary in enumerate(vocabularies)
    )


def _of(vocabulary: Vocabulary, terms: Iterable[Term]) -> dict[str, Term]:
    nodes = vocabulary.nodes
    known = (term for term in terms if term.slug in nodes)
    return {term.slug: term for term in known if nodes[term.slug] == term.iri or nodes[term.slug].startswith("_:")}


def _apart(vocabulary: Vocabulary, number: int) -> Vocabulary:
    """Rename the blank nodes of all vocabularies but the first, which every file numbers from 0."""
    if not number or not any(b" _:b" in said for said in vocabulary.statements.values()):
        return vocabulary
    new = rb" _:f%db\1 ." % number
    return replace(
        vocabulary,
        statements={_renamed(node, number): _OBJECT.sub(new, said) for node, said in vocabulary.statements.items()},
        nodes={slug: _renamed(node, number) for slug, node in vocabulary.nodes.items()},
    )


def _renamed(node: str, number: int) -> str:
    return f"_:f{number}{node[2:]}" if node.startswith("_:b") else node
