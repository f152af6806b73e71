"""SKOS, in any syntax of RDF → terms. A concept is a term; so is a schema.org ``DefinedTerm``.

- The slug is the last segment of the concept's IRI, or as many as make it unique.
- Texts are read in one language: that of the options, else the one most names are in. A concept that
  has no name in it is read in the language of the name it has.
- Notations are further addresses of a term, not names. Hidden labels, which are misspellings, and
  editors' notes are left out. Deprecated concepts are terms like others.
- Categories are the collections that a concept is a member of; where it is in none, its schemes if the
  file has several; where it is in none, the nearest top concept above it.
- Links are the semantic relations; mappings only between concepts of the file. A link to a
  concept that the file does not describe is a wanted term.
- What TermAtlas exported comes back as it was: there, ``ta:linksTo`` says which links a page carries.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termatlas.model import Question, Reference, Term
from termatlas.slugs import slugify
from termatlas.sources.fields import clean
from termatlas.sources.files import SourceFile
from termatlas.sources.irislugs import slugs_of
from termatlas.sources.options import Options
from termatlas.sources.rdffile import Facts, Text, Value, rdf_syntax, read_facts, short_name
from termatlas.sources.reader import Item, Reader
from termatlas.sources.skosgroups import grouped, is_ours
from termatlas.sources.skosintegrity import integrity_violations
from termatlas.sources.skosissues import quality_issues
from termatlas.sources.skosstatements import statements
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


def _read(file: SourceFile, options: Options) -> Iterator[Item]:
    facts = read_facts(file)
    concepts = [node for node in facts if _is_concept(facts, node)]
    vocabulary = _vocabulary(facts, concepts, options.language.lower(), file.label)
    for node in concepts:
        if node in vocabulary.described:
            yield _term(vocabulary, node)
    said = statements(facts)
    yield from integrity_violations(said, file.label)
    yield from quality_issues(said, concepts, file.label)


def _is_concept(facts: Facts, node: str) -> bool:
    said = facts[node]
    types = set(map(_name, said.get("rdf:type", ())))
    if types & {"skos:Concept", "schema:DefinedTerm"} or any(_is_below(facts, kind) for kind in types):
        return True
    return not types and not _ENTAILING.isdisjoint(said)


def _name(value: object) -> str:
    return short_name(value) if isinstance(value, str) else ""


def _is_below(facts: Facts, kind: str) -> bool:
    """Tell whether the file declares a class as a kind of concept."""
    return any(_name(above) == "skos:Concept" for above in facts.get(kind, {}).get("rdfs:subClassOf", ()))


def _vocabulary(facts: Facts, concepts: list[str], language: str, file: str) -> Vocabulary:
    language = language or most_frequent_language(facts, concepts)
    described = [node for node in concepts if Text("wanted", "") not in facts[node].get("ta:status", ())]
    kinds = dict(_kinds(facts))
    inside = frozenset(described)
    targets = (target for node in described for target, _ in _targets(facts, node, inside, kinds))
    slugs = _slugs(facts, (*concepts, *targets), language)
    groups = grouped(facts, {node: slugs[node] for node in described}, language)
    return Vocabulary(facts, language, slugs, inside, groups, kinds, file)


def _kinds(facts: Facts) -> Iterator[tuple[str, str]]:
    """Find the properties for kinds of link in an export of ours, and the kinds: their labels."""
    for node, said in facts.items():
        if "ta:linksTo" in map(_name, said.get("rdfs:subPropertyOf", ())):
            label = next((value.text for value in said.get("rdfs:label", ()) if isinstance(value, Text)), "")
            yield short_name(node), label or short_name(node).partition(":")[2]


def _slugs(facts: Facts, nodes: Iterable[str], language: str) -> dict[str, str]:
    """Give each node a slug; a blank node has no IRI, so it takes the slug of its name."""
    named = list(dict.fromkeys(nodes))
    slugs = slugs_of(node for node in named if not node.startswith("_:"))
    taken = set(slugs.values())
    for node in named:
        if node not in slugs:
            name = name_of(facts, node, language)
            first = slug = (slugify(name.text) if name else "") or "concept"
            number = 2
            while slug in taken:
                slug, number = f"{first}-{number}", number + 1
            taken.add(slug)
            slugs[node] = slug
    return slugs


def _term(vocabulary: Vocabulary, node: str) -> Term:
    facts = vocabulary.facts
    name = name_of(facts, node, vocabulary.language) or Text(vocabulary.slugs[node], "")
    language = name.language or vocabulary.language
    aliases = texts_of(facts, node, ALIASES, language)
    definition, explanation = _meaning(facts, node, language)
    iri = "" if node.startswith("_:") else node
    return Term(
        slug=sys.intern(vocabulary.slugs[node]),
        name=name.text,
        aliases=tuple(alias for alias in aliases if alias != name.text),
        categories=tuple(map(sys.intern, vocabulary.groups[node])),
        definition=definition,
        explanation=explanation,
        related=tuple(_references(vocabulary, node, iri)),
        questions=tuple(_questions(facts, node, language)),
        iri=iri,
        anchors=tuple(_notations(facts, node, vocabulary.slugs[node])),
        language=conventional(name.language),
        file=vocabulary.file,
        field=iri,
    )


def _meaning(facts: Facts, node: str, language: str) -> tuple[str, str]:
    """Give the definition and, in paragraphs, the notes; in a foreign file without definition the first note is it."""
    said = facts[node]
    chosen = next((name for name in DEFINITIONS if any(texts_of(facts, node, [name], language))), "")
    definition, *more = list(texts_of(facts, node, [chosen], language)) or [""]
    others = [name for name in NOTES if name != chosen and name in said]
    notes = [*more, *texts_of(facts, node, others, language)]
    if is_ours(facts, node):
        return definition, "\n\n".join(notes)
    notes = [note for note in notes if note != definition]
    return definition or "".join(notes[:1]), "\n\n".join(notes if definition else notes[1:])


def _targets(facts: Facts, node: str, described: frozenset[str], kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield where a concept's links lead, and their kinds, each once."""
    said = facts[node]
    if is_ours(facts, node):
        yield from _our_targets(said, kinds)
        return
    links = {
        (target, kind): None
        for properties, inside in ((RELATIONS, False), (MAPPINGS, True))
        for name, kind in properties.items()
        for target in said.get(name, ())
        if isinstance(target, str) and (target in described or not inside)
    }
    yield from links


def _our_targets(said: dict[str, list[Value]], kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    by_target: dict[str, list[str]] = {}
    for name, kind in kinds.items():
        for target in said.get(name, ()):
            by_target.setdefault(str(target), []).append(kind)
    for target in said.get("ta:linksTo", ()):
        if isinstance(target, str):
            yield from ((target, kind) for kind in by_target.get(target, ["related"]))


def _references(vocabulary: Vocabulary, node: str, place: str) -> Iterator[Reference]:
    facts, _, slugs, described, _, kinds, _ = vocabulary
    for target, kind in _targets(facts, node, described, kinds):
        name = None if target in described else name_of(facts, target, vocabulary.language)
        yield Reference(written=sys.intern(slugs[target]), kind=kind, name=name.text if name else "", field=place)


def _notations(facts: Facts, node: str, slug: str) -> Iterator[str]:
    notations = (value.text for value in facts[node].get("skos:notation", ()) if isinstance(value, Text))
    return (notation for notation in dict.fromkeys(map(clean, notations)) if notation not in ("", slug))


def _questions(facts: Facts, node: str, language: str) -> Iterator[Question]:
    pages = (page for page in facts[node].get("schema:subjectOf", ()) if isinstance(page, str))
    for page in pages:
        entries = [entry for entry in facts.get(page, {}).get("schema:mainEntity", ()) if isinstance(entry, str)]
        for entry in sorted(entries, key=lambda entry: _position(facts, entry)):
            question = " ".join(texts_of(facts, entry, ["schema:name"], language))
            answers = (node for node in facts.get(entry, {}).get("schema:acceptedAnswer", ()) if isinstance(node, str))
            answer = "\n\n".join(text for node in answers for text in texts_of(facts, node, ["schema:text"], language))
            if question:
                yield Question(question=question, answer=answer)


def _position(facts: Facts, entry: str) -> int:
    texts = (value.text for value in facts.get(entry, {}).get("schema:position", ()) if isinstance(value, Text))
    return next((int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10), 0)


def _knows(file: SourceFile, head: bytes) -> bool:
    return bool(rdf_syntax(file, head))


READER = Reader(name="skos", read=_read, knows=_knows)
