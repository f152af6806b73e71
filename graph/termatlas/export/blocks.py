"""A glossary as linked data: what is said about each thing, once, for every syntax.

Terms are `skos:Concept`, their categories `skos:Collection` (groups of terms, no broader terms), the
glossary a `skos:ConceptScheme`; schema.org's `DefinedTerm` and `Question` stand beside them for the web.
`ta:linksTo` and its sub-properties, one for each kind of link, keep the direction that
`skos:related` loses. `ta:linksTo` is a sub-property of `skos:semanticRelation`, not of
`skos:related`: a link can also lead to a broader term, which must not be related (SKOS Reference, S27).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from termatlas.export.iris import (
    category_iris,
    checked_base,
    faq_iri,
    is_iri,
    language_tag,
    property_names,
    scheme_iri,
    segment,
)
from termatlas.export.links import Links, skos_links
from termatlas.model import Glossary, Question, Reference, Term

#: Prefixes of the vocabularies in use; ``term`` stands for the base IRI beside them.
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "ta": "https://w3id.org/termatlas/ns#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: The properties of our own that are no kind of link; kinds may not take their names.
OWN = {
    "linksTo": ("owl:ObjectProperty", "links to", "Leads from a term to one that its page links to."),
    "mainCategory": ("owl:ObjectProperty", "main category", "Leads to the first of a term's categories."),
    "status": ("owl:DatatypeProperty", "status", "Is \"wanted\" for a term that links lead to and no page defines."),
}  # fmt: skip

PLAIN = ""
INTEGER = "^^xsd:integer"

_NO_CHAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_ASCII = {code: "\ufffd" for code in range(32) if chr(code) not in "\t\n\r"}


#: Properties, such as ``skos:prefLabel`` and ``schema:name``, that have the same values: IRIs if the second item is
#: None, else texts with that tag: ``@en``, ``^^xsd:integer`` or, for plain ones, "". A name occurs once in a block.
#: A plain tuple, because a glossary makes a dozen for each term (a named one costs ten times as much).
Property = tuple[tuple[str, ...], str | None, Sequence[str]]


class Block(NamedTuple):
    """All that is said about one thing."""

    subject: str
    types: tuple[str, ...]
    properties: list[Property]


class Plan(NamedTuple):
    """What has to be known of a glossary before its first block can be written."""

    glossary: Glossary
    base: str
    scheme: str
    tag: str  #: of texts in the glossary's language
    links: Links
    iris: dict[str, str]  #: slug → IRI, in the order of slugs
    categories: dict[str, str]  #: category → IRI, in order
    kinds: Mapping[str, str]  #: kind of link → name of its property


def plan(glossary: Glossary) -> Plan:
    """Look through a glossary with resolved references.

    Raises `UsageError` where its base IRI is none.
    """
    base = checked_base(glossary.base_iri)
    links = skos_links(glossary)
    kinds = {reference.kind for references in links.written.values() for reference in references}
    return Plan(
        glossary=glossary,
        base=base,
        scheme=scheme_iri(base),
        tag=_tag(glossary.language),
        links=links,
        iris={slug: base + segment(slug) for slug in sorted({*links.written, *links.wanted})},
        categories=category_iris(base, (name for term in glossary.terms for name in term.categories)),
        kinds=property_names(kinds, taken=OWN),
    )


def blocks(plan: Plan) -> Iterator[Block]:
    """Say what there is to say: our own properties, the glossary, its categories, its terms by slug."""
    yield from _vocabulary(plan)
    yield _scheme(plan)
    yield from _collections(plan)
    for slug in plan.iris:
        yield from term_blocks(plan, slug)


def term_blocks(plan: Plan, slug: str) -> Iterator[Block]:
    """Say what there is to say about one term, defined or wanted: the term, then its questions."""
    if slug in plan.links.wanted:
        yield _wanted(plan, slug)
    else:
        yield _concept(plan, plan.glossary[slug])
        yield from _faq(plan, plan.glossary[slug])


def _tag(language: str) -> str:
    return f"@{tag}" if (tag := language_tag(language)) else PLAIN


def _vocabulary(plan: Plan) -> Iterator[Block]:
    for name, (kind, label, comment) in OWN.items():
        above = [PREFIXES["skos"] + "semanticRelation"] if name == "linksTo" else ()
        texts = [(("rdfs:label",), "@en", [label]), (("rdfs:comment",), "@en", [comment])]
        yield Block(PREFIXES["ta"] + name, (kind,), _filled([(("rdfs:subPropertyOf",), None, above), *texts]))
    for kind, name in plan.kinds.items():
        above = [PREFIXES["ta"] + "linksTo"]
        properties = [(("rdfs:subPropertyOf",), None, above), (("rdfs:label",), PLAIN, _text(kind))]
        yield Block(PREFIXES["ta"] + name, ("owl:ObjectProperty",), _filled(properties))


def _scheme(plan: Plan) -> Block:
    tops = [iri for slug, iri in plan.iris.items() if _is_top(plan, slug)]
    properties = [
        (("skos:prefLabel", "dct:title", "schema:name"), plan.tag, _text(plan.glossary.title)),
        (("vann:preferredNamespaceUri",), PLAIN, [plan.base]),
        (("skos:hasTopConcept",), None, tops),
    ]
    return Block(plan.scheme, ("skos:ConceptScheme", "schema:DefinedTermSet"), _filled(properties))


def _is_top(plan: Plan, slug: str) -> bool:
    return slug not in plan.links.broader and slug not in plan.links.wanted


def _collections(plan: Plan) -> Iterator[Block]:
    members: dict[str, list[str]] = {category: [] for category in plan.categories}
    for slug, iri in plan.iris.items():
        if slug in plan.glossary:
            for category in set(plan.glossary[slug].categories):
                members[category].append(iri)
    for category, iri in plan.categories.items():
        properties = [
            (("skos:prefLabel",), plan.tag, _text(category)),
            (("skos:inScheme",), None, [plan.scheme]),
            (("skos:member",), None, members[category]),
        ]
        yield Block(iri, ("skos:Collection",), _filled(properties))


def _concept(plan: Plan, term: Term) -> Block:
    tag = _tag(term.language) if term.language else plan.tag
    slug, scheme = _valid(term.slug), [plan.scheme]
    name = _valid(term.name) or slug
    aliases = sorted({_valid(alias) for alias in term.aliases} - {name, ""})
    properties = [
        (("skos:prefLabel", "schema:name"), tag, [name]),
        (("skos:altLabel", "schema:alternateName"), tag, aliases),
        (("skos:definition", "schema:description"), tag, _text(term.definition)),
        (("skos:note",), tag, _text(term.explanation)),
        (("skos:notation", "schema:termCode", "dct:identifier"), PLAIN, [slug]),
        (("dct:source",), None, _source(plan, term)),
        (("skos:inScheme", "schema:inDefinedTermSet"), None, scheme),
        (("skos:topConceptOf",), None, scheme if _is_top(plan, term.slug) else ()),
        (("ta:mainCategory",), None, [plan.categories[term.category]] if len(term.categories) > 1 else ()),
        *_links(plan, plan.links.written[term.slug]),
        *_relations(plan, term.slug),
        (("schema:subjectOf",), None, [faq_iri(plan.base, term.slug)] if term.questions else ()),
    ]
    return Block(plan.iris[term.slug], ("skos:Concept", "schema:DefinedTerm"), _filled(properties))


def _wanted(plan: Plan, slug: str) -> Block:
    notation = _valid(slug)
    properties = [
        (("skos:prefLabel",), plan.tag, [_valid(plan.links.wanted[slug]) or notation]),
        (("skos:notation", "dct:identifier"), PLAIN, [notation]),
        (("skos:inScheme",), None, [plan.scheme]),
        (("ta:status",), PLAIN, ["wanted"]),
        *_relations(plan, slug),
    ]
    return Block(plan.iris[slug], ("skos:Concept",), _filled(properties))


def _links(plan: Plan, references: Iterable[Reference]) -> list[Property]:
    """Say where a term's links lead: all of them, then again by kind.

    The commonest kind, ``related``, is said only of links that are of another kind as well.
    """
    by_kind: dict[str, set[str]] = {}
    for reference in references:
        by_kind.setdefault(reference.kind, set()).add(reference.target)
    related = by_kind.pop("related", set())
    others = set().union(*by_kind.values())
    if both := related & others:
        by_kind["related"] = both
    return [
        (("ta:linksTo",), None, _ordered(plan, related | others)),
        *(((f"ta:{plan.kinds[kind]}",), None, _ordered(plan, by_kind[kind])) for kind in sorted(by_kind)),
    ]


def _relations(plan: Plan, slug: str) -> list[Property]:
    _, _, related, broader, narrower = plan.links
    return [
        (("skos:broader",), None, _ordered(plan, broader.get(slug, ()))),
        (("skos:narrower",), None, _ordered(plan, narrower.get(slug, ()))),
        (("skos:related",), None, _ordered(plan, related.get(slug, ()))),
    ]


def _ordered(plan: Plan, slugs: Collection[str]) -> Sequence[str]:
    return [plan.iris[slug] for slug in sorted(set(slugs))] if slugs else ()


def _faq(plan: Plan, term: Term) -> Iterator[Block]:
    if not term.questions:
        return
    page = faq_iri(plan.base, term.slug)
    iris = [f"{page}/{number}" for number in range(1, len(term.questions) + 1)]
    about = (("schema:about",), None, [plan.iris[term.slug]])
    yield Block(page, ("schema:FAQPage",), [about, (("schema:mainEntity",), None, iris)])
    tag = _tag(term.language) if term.language else plan.tag
    for number, question in enumerate(term.questions, start=1):
        yield from _question(iris[number - 1], number, tag, question)


def _question(iri: str, number: int, tag: str, question: Question) -> Iterator[Block]:
    answer = f"{iri}/answer"
    properties = [
        (("schema:name",), tag, _text(question.question)),
        (("schema:position",), INTEGER, [str(number)]),
        (("schema:acceptedAnswer",), None, [answer]),
    ]
    yield Block(iri, ("schema:Question",), _filled(properties))
    yield Block(answer, ("schema:Answer",), _filled([(("schema:text",), tag, _text(question.answer))]))


def _source(plan: Plan, term: Term) -> list[str]:
    return [term.iri] if term.iri and term.iri != plan.iris[term.slug] and is_iri(term.iri) else []


def _text(text: str) -> list[str]:
    return [_valid(text)] if text else []


def _valid(text: str) -> str:
    """Replace what XML cannot hold even as a reference (XML 1.0, section 2.2), so that all syntaxes say the same."""
    return text.translate(_NO_ASCII) if text.isascii() else _NO_CHAR.sub("\ufffd", text)  # ten times faster


def _filled(properties: Iterable[Property]) -> list[Property]:
    return [said for said in properties if said[2]]
