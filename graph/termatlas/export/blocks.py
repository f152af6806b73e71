"""A glossary as linked data: what is said about each thing, once, for every syntax.

Terms are `skos:Concept`, their categories `skos:Collection` (groups of terms, no broader terms), the
glossary a `skos:ConceptScheme`; schema.org's `DefinedTerm` and `Question` stand beside them for the web.
`ta:linksTo` and its sub-properties, one for each kind of link, keep the direction that
`skos:related` loses. `ta:linksTo` is a sub-property of `skos:semanticRelation`, not of
`skos:related`: a link can also lead to a broader term, which must not be related (SKOS Reference, S27).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from termatlas.export.description import description_of_scheme, makers, origin
from termatlas.export.faq import faq
from termatlas.export.imported import Imported, imported_terms, own_terms
from termatlas.export.iris import (
    category_iris,
    checked_base,
    faq_iri,
    is_iri,
    property_names,
    scheme_iri,
    segment,
)
from termatlas.export.links import Links, skos_links
from termatlas.export.ownproperties import OWN, own_properties
from termatlas.export.unsaid import also_written, unsaid_heading, unsaid_name, unsaid_of_term, unsaid_slug
from termatlas.model import Glossary, Reference, Term
from termatlas.sources.fields import legal
from termatlas.sources.skostexts import language_tag

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

PLAIN = ""
BOOLEAN = "^^xsd:boolean"


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
    nodes: Mapping[str, str]  #: the same, with the blank nodes that some vocabularies have in the place of IRIs
    categories: dict[str, str]  #: category → IRI, in order
    kinds: Mapping[str, str]  #: kind of link → name of its property
    labels: Mapping[str, str]  #: slug → name of the wanted terms that no vocabulary has
    imported: Imported  #: the terms that stand in vocabularies, and are written as they stand there
    own: Mapping[str, tuple[Term, ...]]  #: slug → the other terms
    origin: list[Property]  #: what each term and each category says about where it comes from


def plan(glossary: Glossary) -> Plan:
    """Look through a glossary with resolved references.

    Raises `UsageError` where its base IRI is none.
    """
    base = checked_base(glossary.base_iri)
    links = skos_links(glossary)
    imported = imported_terms(glossary)
    own = own_terms(glossary, imported)
    kinds = {reference.kind for terms in own.values() for term in terms for reference in term.related}
    kinds |= {link.kind for was, now in imported.changed.values() for link in now.related if link not in was.related}
    regrouped = [now for node, (_, now) in imported.changed.items() if node in imported.regrouped]
    iris = {slug: imported.iris.get(slug) or base + segment(slug) for slug in sorted({*links.written, *links.wanted})}
    grouped = [*(term for terms in own.values() for term in terms), *regrouped]
    return Plan(
        glossary=glossary,
        base=base,
        scheme=scheme_iri(base),
        tag=_tag(glossary.language),
        links=links,
        iris=iris,
        nodes=iris | imported.nodes if imported.nodes else iris,
        categories=category_iris(base, (name for term in grouped for name in term.categories)),
        kinds=property_names(kinds, taken=OWN),
        labels={slug: legal(name) or legal(slug) for slug, name in links.wanted.items() if slug not in imported.nodes},
        imported=imported,
        own=own,
        origin=_filled(_legal(origin(glossary.description, scheme_iri(base), _tag(glossary.language)))),
    )


def blocks(plan: Plan) -> Iterator[Block]:
    """Say what there is to say: our own properties, the glossary, its categories, its terms by slug."""
    yield from _vocabulary(plan)
    yield _scheme(plan)
    yield from _makers(plan)
    yield from _collections(plan)
    for slug in plan.iris:
        yield from term_blocks(plan, slug)


def term_blocks(plan: Plan, slug: str) -> Iterator[Block]:
    """Say what there is to say about one term, defined or wanted: the term, then its questions.

    Of a term that stands in a vocabulary this is nothing: its statements are written as they are.
    """
    if slug in plan.labels:
        yield _wanted(plan, slug)
    elif slug in plan.own and slug not in plan.imported.nodes:
        yield _concept(plan, plan.own[slug])
        if plan.own[slug][0].questions:
            yield from _faq(plan, plan.own[slug][0])
    else:
        was, now = plan.imported.changed.get(plan.imported.nodes[slug], (None, None))
        if was and now and was.questions != now.questions:
            yield from _faq(plan, now)


def _tag(language: str) -> str:
    return f"@{tag}" if (tag := language_tag(language)) else PLAIN


def _vocabulary(plan: Plan) -> Iterator[Block]:
    relation = "" if _is_foreign(plan) else PREFIXES["skos"] + "semanticRelation"
    for iri, kind, properties in own_properties(plan.kinds, PREFIXES["ta"], relation):
        yield Block(iri, (kind,), _filled(properties))


def _is_foreign(plan: Plan) -> bool:
    """Tell whether all terms stand in vocabularies, so that nothing of ours may be said in SKOS."""
    return bool(plan.glossary.vocabularies) and not plan.own


def _scheme(plan: Plan) -> Block:
    glossary, is_foreign = plan.glossary, _is_foreign(plan)
    tops = [iri for slug, iri in plan.iris.items() if _is_top(plan, slug)]
    names = ("schema:name",) if is_foreign else ("skos:prefLabel", "dct:title", "schema:name")
    language = [glossary.language] if language_tag(glossary.language) else ()
    unsaid = unsaid_heading(glossary.title, glossary.language, glossary.base_iri, plan.base)
    properties = [
        (names, plan.tag, _text(glossary.title)),
        (("schema:inLanguage",), PLAIN, language),
        (("vann:preferredNamespaceUri",), PLAIN, [plan.base]),
        (("ta:asWritten",), PLAIN, unsaid),
        *([] if is_foreign else _legal(description_of_scheme(glossary.description, plan.tag))),
        (("skos:hasTopConcept",), None, tops),
    ]
    types = ("schema:DefinedTermSet",) if is_foreign else ("skos:ConceptScheme", "schema:DefinedTermSet")
    return Block(plan.scheme, types, _filled(properties))


def _makers(plan: Plan) -> Iterator[Block]:
    if not _is_foreign(plan):
        yield from (Block(iri, (kind,), _legal(_filled(said))) for iri, kind, said in makers(plan.glossary.description))


def _is_top(plan: Plan, slug: str) -> bool:
    return slug not in plan.links.broader and slug in plan.own and slug not in plan.imported.nodes


def _collections(plan: Plan) -> Iterator[Block]:
    members: dict[str, list[str]] = {category: [] for category in plan.categories}
    for slug, iri in plan.iris.items():
        if slug in plan.own and slug not in plan.imported.nodes:
            for category in set(plan.own[slug][0].categories):
                members[category].append(iri)
    definitions = dict(plan.glossary.description.categories)
    for node in sorted(plan.imported.regrouped):
        for category in set(plan.imported.changed[node][1].categories):
            members[category].append(node)
    for category, iri in plan.categories.items():
        properties = [
            (("skos:prefLabel",), plan.tag, _text(category)),
            (("ta:asWritten",), PLAIN, unsaid_name(category, legal(category))),
            (("skos:definition",), plan.tag, _text(definitions.get(category, ""))),
            (("skos:inScheme",), None, [plan.scheme]),
            *plan.origin,
            (("skos:member",), None, members[category]),
        ]
        yield Block(iri, ("skos:Collection",), _filled(properties))


def _concept(plan: Plan, terms: Sequence[Term]) -> Block:
    term = terms[0]
    tag = _tag(term.language) if term.language else plan.tag
    slug, scheme = legal(term.slug), [plan.scheme]
    name = legal(term.name) or slug
    aliases = sorted({legal(alias) for alias in term.aliases} - {name, ""}) if term.aliases else ()
    definition, explanation, source = legal(term.definition), legal(term.explanation), _source(plan, term)
    links = term.related if len(terms) == 1 else tuple(link for one in terms for link in one.related)
    said = (slug, name, tuple(aliases), definition, explanation, source[0] if source else "")
    properties = [
        (("skos:prefLabel", "schema:name"), tag, [name]),
        (("skos:altLabel", "schema:alternateName"), tag, aliases),
        (("skos:definition", "schema:description"), tag, [definition] if definition else ()),
        (("skos:note",), tag, [explanation] if explanation else ()),
        (("skos:notation", "schema:termCode", "dct:identifier"), PLAIN, [slug]),
        (("owl:deprecated",), BOOLEAN, ["true"] if term.deprecated else ()),
        (("dct:source",), None, source),
        (("skos:inScheme", "schema:inDefinedTermSet"), None, scheme),
        *plan.origin,
        (("skos:topConceptOf",), None, scheme if _is_top(plan, term.slug) else ()),
        (("ta:mainCategory",), None, [plan.categories[term.category]] if len(term.categories) > 1 else ()),
        *_links(plan, links),
        *_relations(plan, term.slug),
        (("schema:subjectOf",), None, [faq_iri(plan.base, term.slug)] if term.questions else ()),
        (("ta:asWritten",), PLAIN, unsaid_of_term(term, said, plan.glossary.language, plan.labels, links)),
        (("ta:alsoWritten",), PLAIN, also_written(terms[1:], plan.labels)),
    ]
    return Block(plan.iris[term.slug], ("skos:Concept", "schema:DefinedTerm"), _filled(properties))


def _wanted(plan: Plan, slug: str) -> Block:
    notation = legal(slug)
    properties = [
        (("skos:prefLabel",), plan.tag, [plan.labels[slug]]),
        (("skos:notation", "dct:identifier"), PLAIN, [notation]),
        (("ta:asWritten",), PLAIN, unsaid_slug(slug, notation)),
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
        if (targets := by_kind.get(reference.kind)) is None:
            targets = by_kind[reference.kind] = set()
        targets.add(reference.target)
    related = by_kind.pop("related", set())
    if not by_kind:
        return [(("ta:linksTo",), None, _ordered(plan, related))]
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
    nodes = plan.nodes
    return [nodes[slug] for slug in sorted(set(slugs))] if slugs else ()


def _faq(plan: Plan, term: Term) -> Iterator[Block]:
    tag = _tag(term.language) if term.language else plan.tag
    page = faq_iri(plan.base, term.slug)
    for iri, kind, properties in faq(page, plan.iris[term.slug], tag, term.questions):
        yield Block(iri, (kind,), _filled(properties))


def _source(plan: Plan, term: Term) -> list[str]:
    return [term.iri] if term.iri and term.iri != plan.iris[term.slug] and is_iri(term.iri) else []


def _text(text: str) -> list[str]:
    return [legal(text)] if text else []


def _legal(properties: Iterable[Property]) -> list[Property]:
    return [(names, tag, [legal(value) for value in values]) for names, tag, values in properties]


def _filled(properties: Iterable[Property]) -> list[Property]:
    return [said for said in properties if said[2]]
