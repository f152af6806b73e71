"""Terms of an export of ours, field by field, as they were before.

Texts are taken as they stand. ``ta:asWritten`` gives sets their order and says what the statements cannot
(`termatlas.sources.aswritten`); where somebody has edited the statements since, those count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from termatlas.model import Question, Reference, Term
from termatlas.sources.aswritten import (
    decoded_unsaid,
    one_text,
    ordered,
    questions,
    stated,
    texts,
    unpacked,
    whole_term,
)
from termatlas.sources.fields import legal
from termatlas.sources.ownexport import OwnExport, Said, first_text, nodes_of, own_targets, text_in, texts_in, unsaid_of
from termatlas.sources.rdffile import Facts, Text
from termatlas.sources.skosstatus import is_deprecated
from termatlas.sources.skostexts import conventional, language_tag


def own_terms(
    own: OwnExport, node: str, slugs: Mapping[str, str], wanted: Mapping[str, str], language: str
) -> Iterator[Term]:
    """Read a term, and further ones that have its slug.

    `slugs` are those of all nodes, `wanted` has the names of terms that no page defines, `language` is the one
    that is asked for, if any.
    """
    said, slug = own.facts[node], own.slugs[node]
    unsaid = unsaid_of(said)
    pairs = {(slugs[target], kind) for target, kind in own_targets(own, node)}
    file = own.headings[own.home[node]].file
    others = [replace(term, file=file, field=node) for term in _others(said, slug, pairs, wanted)]
    tag, known = _language(said, unsaid, own.headings[own.home[node]].language, language)
    name = text_in(said, "skos:prefLabel", tag) or legal(slug)
    yield Term(
        slug=slug,
        name=_name(unsaid.get("name"), name, slug),
        aliases=ordered(unsaid.get("aliases"), sorted(texts_in(said, "skos:altLabel", tag)), unsaid=("", name)),
        categories=_categories(unsaid.get("categories"), own.groups.get(node, [])),
        definition=one_text(unsaid.get("definition"), text_in(said, "skos:definition", tag)),
        explanation=one_text(unsaid.get("explanation"), "\n\n".join(texts_in(said, "skos:note", tag))),
        related=_links(unsaid.get("links"), pairs, others, wanted),
        questions=_questions(own.facts, said, tag, questions(unsaid.get("questions"))),
        **_addresses(own, node, unsaid),
        language=known,
        deprecated=is_deprecated(said),
        file=file,
        field=node,
    )
    yield from others


def tag_of(own: OwnExport, node: str, asked: str) -> str:
    """Give the tag of a term's texts."""
    said = own.facts[node]
    return _language(said, unsaid_of(said), own.headings[own.home[node]].language, asked)[0]


def _language(said: Said, unsaid: Mapping[str, Any], glossary: str, asked: str) -> tuple[str, str]:
    """Choose the tag of a term's texts, and say what its language is called: "" where it is the glossary's."""
    tags = [value.language for value in said.get("skos:prefLabel", ()) if isinstance(value, Text)]
    written = _text(unsaid.get("language"))
    home = language_tag(glossary)
    tag = next((tag for tag in (asked, language_tag(written), home) if tag in tags), (tags or [home])[0])
    if "language" in unsaid and language_tag(written) == tag:
        return tag, written
    return tag, "" if tag == home else conventional(tag)


def _name(known: object, said: str, slug: str) -> str:
    return known if isinstance(known, str) and (legal(known) or legal(slug)) == said else said


def _categories(known: object, groups: list[str]) -> tuple[str, ...]:
    if (written := texts(known)) is None:
        return tuple(groups)
    return (*(name for name in written if name in groups), *(name for name in groups if name not in written))


def _links(
    known: object, pairs: set[tuple[str, str]], others: list[Term], wanted: Mapping[str, str]
) -> tuple[Reference, ...]:
    """Give the links in the order in which they were written, then those that are new."""
    if known is None:
        return tuple(stated(*pair, wanted) for pair in sorted(pairs))
    written = [link for link in unpacked(known, wanted) if (link.target, link.kind) in pairs]
    said = {(link.target, link.kind) for term in others for link in term.related}
    said.update((link.target, link.kind) for link in written)
    return (*written, *(stated(*pair, wanted) for pair in sorted(pairs - said)))


def _others(said: Said, slug: str, pairs: set[tuple[str, str]], wanted: Mapping[str, str]) -> Iterator[Term]:
    found = [decoded_unsaid(value.text) for value in said.get("ta:alsoWritten", ()) if isinstance(value, Text)]
    for unsaid in sorted(found, key=lambda unsaid: str(unsaid.get("number", "")).zfill(9)):
        term = whole_term(unsaid, slug, wanted)
        yield replace(term, related=tuple(link for link in term.related if (link.target, link.kind) in pairs))


def _addresses(own: OwnExport, node: str, unsaid: Mapping[str, Any]) -> dict[str, Any]:
    """Give the address that a term's source gave it, else that of a term which lies outside of its glossary."""
    source = next(nodes_of(own.facts[node], "dct:source"), "") or _text(unsaid.get("iri"))
    is_inside = node.startswith(own.headings[own.home[node]].namespace)
    return {"iri": source if is_inside else node, "anchors": tuple(texts(unsaid.get("anchors")) or ())}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _questions(facts: Facts, said: Said, tag: str, known: list[Question] | None) -> tuple[Question, ...]:
    found = []
    for page in nodes_of(said, "schema:subjectOf"):
        entries = [facts.get(entry, {}) for entry in nodes_of(facts.get(page, {}), "schema:mainEntity")]
        for entry in sorted(entries, key=_position):
            answers = (facts.get(answer, {}) for answer in nodes_of(entry, "schema:acceptedAnswer"))
            answer = "\n\n".join(text for said in answers for text in texts_in(said, "schema:text", tag))
            found.append(Question(question=text_in(entry, "schema:name", tag), answer=answer))
    if known and [(legal(one.question), legal(one.answer)) for one in known] == [(q.question, q.answer) for q in found]:
        return tuple(known)
    return tuple(found)


def _position(entry: Said) -> int:
    text = first_text(entry, "schema:position")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
