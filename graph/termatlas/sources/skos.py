"""SKOS, in any syntax of RDF → terms. A concept is a term; so is a schema.org ``DefinedTerm``.

- The slug is the last segment of the concept's IRI, or as many as make it unique.
- Texts are read in one language: that of the options, else the one most names are in. A concept that
  has no name in it is read in the language of the name it has.
- Notations are further addresses of a term, not names. Hidden labels, which are misspellings, and
  editors' notes are no part of a term. Deprecated concepts are terms that say so.
- Categories are the collections that a concept is a member of; where it is in none, its schemes if the
  file has several; where it is in none, the nearest top concept above it.
- Links are the semantic relations; mappings only between concepts of the file. A link to a
  concept that the file does not describe is a wanted term.
- All that a file says is kept beside the terms, as a `Vocabulary`, to be written again.
- What TermAtlas exported comes back as it was (`termatlas.sources.ownterms`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termatlas.model import Problem, Question, Reference, Term, Vocabulary, Where
from termatlas.slugs import slugify
from termatlas.sources.fields import clean
from termatlas.sources.files import SourceFile
from termatlas.sources.irislugs import slugs_of
from termatlas.sources.options import Options
from termatlas.sources.ownexport import OwnExport, is_wanted, own_export, own_subjects, own_targets, wanted_names
from termatlas.sources.ownstatements import foreign_statements, our_objects
from termatlas.sources.ownterms import own_terms, tag_of
from termatlas.sources.rdffile import Facts, Kept, Text, rdf_syntax, read_facts, short_name
from termatlas.sources.reader import Item, Reader
from termatlas.sources.skosgroups import grouped
from termatlas.sources.skosintegrity import integrity_violations
from termatlas.sources.skosissues import quality_issues
from termatlas.sources.skosstatements import statements
from termatlas.sources.skosstatus import is_deprecated
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


class Concepts(NamedTuple):
    """What has to be known of a file before its first concept can be read."""

    facts: Facts
    language: str
    slugs: dict[str, str]  #: node → slug of terms and of what they link to
    described: frozenset[str]  #: the concepts that are terms
    groups: dict[str, list[str]]  #: concept → categories
    kinds: dict[str, str]  #: property → kind of link
    own: OwnExport
    file: str


def _read(file: SourceFile, options: Options) -> Iterator[Item]:
    kept = Kept({}, {}, [])
    facts = read_facts(file, kept)
    asked = options.language.lower()
    own = own_export(facts, file.label)
    yield from own.headings.values()
    concepts = [node for node in facts if node in own.home or _is_concept(facts, node)]
    known = _concepts(own, concepts, asked, file.label)
    wanted = _wanted_names(known)
    for node in concepts:
        if node in known.described:
            yield from own_terms(own, node, known.slugs, wanted, asked) if node in own.home else [_term(known, node)]
    if vocabulary := _vocabulary(known, kept, asked):
        yield vocabulary
    yield from _left_out(kept, file.label)
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


def _concepts(own: OwnExport, concepts: list[str], asked: str, file: str) -> Concepts:
    facts = own.facts
    foreign = [node for node in concepts if node not in own.home]
    language = asked or most_frequent_language(facts, foreign)
    described = frozenset(node for node in concepts if not is_wanted(facts[node]))
    kinds = {**RELATIONS, **own.kinds}
    known = Concepts(facts, language, {}, described, {}, kinds, own, file)
    terms = [node for node in foreign if node in described]
    targets = (target for node in terms for target, _ in _targets(known, node))
    own_links = (target for node in own.home for target, _ in own_targets(own, node))
    slugs = _slugs(facts, (node for node in (*foreign, *targets, *own_links) if node not in own.home), language)
    groups = grouped(facts, {node: slugs[node] for node in terms}, language)
    return known._replace(slugs=slugs | own.slugs, groups=groups)


def _wanted_names(known: Concepts) -> dict[str, str]:
    """Give the terms that links of our own lead to and that no page defines, by slug, and their names."""
    names = {slug: slug for node, slug in known.slugs.items() if node not in known.described} if known.own.home else {}
    return names | wanted_names(known.own)


def _vocabulary(known: Concepts, kept: Kept, asked: str) -> Vocabulary | None:
    """Keep what the file says beside what an export of ours says of itself."""
    own = known.own
    ours = set(own_subjects(own))
    objects = our_objects(own) if ours else {}
    statements: dict[str, bytes] = {}
    for node, text in kept.statements.items():
        said = bytes(text)
        if node in ours:
            tag = tag_of(own, node, asked) if node in own.home else ""
            said = foreign_statements(said, tag, objects, is_glossary=node in own.headings)
        if said:
            statements[node] = said
    if not statements:
        return None
    nodes = {slug: node for node, slug in known.slugs.items() if node not in own.home}
    return Vocabulary(file=known.file, statements=statements, nodes=nodes, terms={}, prefixes=kept.prefixes)


def _left_out(kept: Kept, file: str) -> Iterator[Problem]:
    """Tell of statements that could not be kept."""
    if kept.left_out:
        count = f"{len(kept.left_out):,} statements with" if len(kept.left_out) > 1 else "a statement with"
        yield Problem(
            where=Where(file=file, field=next((node for node in kept.left_out if not node.startswith("_:")), "")),
            problem=f"{count} a triple term of RDF 1.2 cannot be kept",
            cure="describe the statement by rdf:subject, rdf:predicate and rdf:object",
        )


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


def _term(known: Concepts, node: str) -> Term:
    facts = known.facts
    name = name_of(facts, node, known.language) or Text(known.slugs[node], "")
    language = name.language or known.language
    aliases = texts_of(facts, node, ALIASES, language)
    definition, explanation = _meaning(facts, node, language)
    iri = "" if node.startswith("_:") else node
    return Term(
        slug=sys.intern(known.slugs[node]),
        name=name.text,
        aliases=tuple(alias for alias in aliases if alias != name.text),
        categories=tuple(map(sys.intern, known.groups[node])),
        definition=definition,
        explanation=explanation,
        related=tuple(_references(known, node, iri)),
        questions=tuple(_questions(facts, node, language)),
        iri=iri,
        anchors=tuple(_notations(facts, node, known.slugs[node])),
        language=conventional(name.language),
        deprecated=is_deprecated(facts[node]),
        file=known.file,
        field=iri,
    )


def _meaning(facts: Facts, node: str, language: str) -> tuple[str, str]:
    """Give the definition and, in paragraphs, the notes; in a foreign file without definition the first note is it."""
    said = facts[node]
    chosen = next((name for name in DEFINITIONS if any(texts_of(facts, node, [name], language))), "")
    definition, *more = list(texts_of(facts, node, [chosen], language)) or [""]
    others = [name for name in NOTES if name != chosen and name in said]
    notes = [*more, *texts_of(facts, node, others, language)]
    notes = [note for note in notes if note != definition]
    return definition or "".join(notes[:1]), "\n\n".join(notes if definition else notes[1:])


def _targets(known: Concepts, node: str) -> Iterator[tuple[str, str]]:
    """Yield where a concept's links lead, and their kinds, each once."""
    said = known.facts[node]
    links = {
        (target, kind): None
        for properties, inside in ((known.kinds, False), (MAPPINGS, True))
        for name, kind in properties.items()
        for target in said.get(name, ())
        if isinstance(target, str) and (target in known.described or not inside)
    }
    yield from links


def _references(known: Concepts, node: str, place: str) -> Iterator[Reference]:
    for target, kind in _targets(known, node):
        slug = sys.intern(known.slugs[target])
        is_defined = target in known.described
        name = None if is_defined else name_of(known.facts, target, known.language)
        yield Reference(
            written=slug,
            target=slug,
            kind=kind,
            name="" if is_defined else name.text if name else slug,
            resolution="slug" if is_defined else "wanted",
            field=place,
        )


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
