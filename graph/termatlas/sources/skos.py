"""SKOS, in any syntax of RDF → terms. A concept is a term; so is a schema.org ``DefinedTerm``.

- The slug is the last segment of the concept's IRI, or as many as make it unique.
- Texts are read in one language: that of the options, else the one most names are in. A name in
  any language is better than none; other texts without a translation are left out.
- Notations are further addresses of a term, not names. Hidden labels, which are misspellings, and
  editors' notes are left out. Deprecated concepts are terms like others.
- Categories are the collections that a concept is a member of; where it is in none, its schemes if the
  file has several; where it is in none, the nearest top concept above it.
- Links are the semantic relations; mappings only between concepts of the file. A link to a
  concept that the file does not describe is a wanted term.
- What TermAtlas exported comes back as it was: there, ``ta:linksTo`` says which links a page carries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from termatlas.model import Problem, Question, Reference, Term
from termatlas.slugs import slugify
from termatlas.sources.fields import clean
from termatlas.sources.files import SourceFile
from termatlas.sources.irislugs import slugs_of
from termatlas.sources.options import Options
from termatlas.sources.rdffile import Facts, Text, rdf_syntax, read_facts, short_name
from termatlas.sources.reader import Link, Reader
from termatlas.sources.skosgroups import categories_of, grouped
from termatlas.sources.skostexts import (
    ALIASES,
    DEFINITIONS,
    NOTES,
    conventional,
    most_frequent_language,
    name_of,
    texts_of,
)

#: Property → the kind of link that it makes.
RELATIONS = {
    "skos:broader": "broader",
    "skos:narrower": "narrower",
    "skos:related": "related",
    **{f"isothes:broader{sort}": "broader" for sort in ("Generic", "Partitive", "Instantial")},
    **{f"isothes:narrower{sort}": "narrower" for sort in ("Generic", "Partitive", "Instantial")},
}
MAPPINGS = {
    name: name.partition(":")[2]
    for name in (
        *("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
        "dct:isReplacedBy",
    )
}
_ENTAILING = frozenset(RELATIONS) | {"skos:topConceptOf"}  # only concepts have them (SKOS Reference, S6, S19)


class Vocabulary(NamedTuple):
    """What has to be known of a file before its first concept can be read."""

    facts: Facts
    language: str
    slugs: dict[str, str]  #: IRI → slug of concepts and of what they link to
    described: frozenset[str]  #: the concepts that are terms
    groups: dict[str, list[str]]  #: IRI → categories
    kinds: dict[str, str]  #: property → kind of link, in our own export
    file: str


def _read(file: SourceFile, options: Options) -> Iterator[Term | Link | Problem]:
    facts = read_facts(file)
    concepts = [node for node in facts if _is_concept(facts, node)]
    vocabulary = _vocabulary(facts, concepts, options.language.lower(), file.label)
    for node in concepts:
        if node in vocabulary.described:
            yield _term(vocabulary, node)


def _is_concept(facts: Facts, node: str) -> bool:
    said = facts[node]
    types = set(map(_name, said.get("rdf:type", ())))
    if types & {"skos:Concept", "schema:DefinedTerm"} or any(_is_below(facts, kind) for kind in types):
        return True
    return not types and "skos:prefLabel" in said and not _ENTAILING.isdisjoint(said)


def _name(value: object) -> str:
    return short_name(value) if isinstance(value, str) else ""


def _is_below(facts: Facts, kind: str) -> bool:
    """Tell whether the file declares a class as a kind of concept."""
    return any(_name(above) == "skos:Concept" for above in facts.get(kind, {}).get("rdfs:subClassOf", ()))


def _vocabulary(facts: Facts, concepts: list[str], language: str, file: str) -> Vocabulary:
    language = language or most_frequent_language(facts, concepts)
    kinds = {node: _kind(facts, node) for node in facts if _is_kind(facts, node)}
    described = frozenset(node for node in concepts if Text("wanted", "") not in facts[node].get("ta:status", ()))
    known = Vocabulary(facts, language, {}, described, {}, kinds, file)
    targets = (target for node in concepts for target, _ in _targets(known, node))
    slugs = _slugs(facts, dict.fromkeys((*concepts, *targets)), language)
    known = known._replace(slugs=slugs)
    return known._replace(groups=grouped(facts, [node for node in concepts if node in described], slugs, language))
