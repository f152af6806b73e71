"""Vocabularies made to order: sound ones, ones with known faults, and real ones with random faults."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pyoxigraph as ox

from termatlas.model import Where
from termatlas.validate.model import Given

SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://example.org/v/"

Triples = list[ox.Triple]
#: A rule and the things that break it: one, or the two ends of a relation.
Fault = tuple[str, frozenset[str]]


def iri(name: object) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}{name}")


def said(subject: object, name: str, value: object) -> ox.Triple:
    """Say something in SKOS: of a thing by its name, with the name of another or a literal."""
    known = value if isinstance(value, ox.Literal | ox.NamedNode) else iri(value)
    return ox.Triple(iri(subject), ox.NamedNode(SKOS + name), known)


def typed(subject: object, kind: str) -> ox.Triple:
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return ox.Triple(iri(subject), rdf_type, ox.NamedNode(SKOS + kind))


def sound(count: int, chance: Random) -> Triples:
    """Make a vocabulary that breaks nothing: a tree of concepts, some with a second way up, relations, mappings."""
    triples = [typed("s", "ConceptScheme"), typed("g", "Collection")]
    for number in range(count):
        triples += [
            typed(number, "Concept"),
            said(number, "inScheme", "s"),
            said(number, "prefLabel", ox.Literal(f"name {number}", language="en")),
            said(number, "prefLabel", ox.Literal(f"Name {number}", language="de")),
            said(number, "altLabel", ox.Literal(f"alias {number}", language="en")),
            said(number, "hiddenLabel", ox.Literal(f"nmae {number}", language="en")),
            said(number, "exactMatch", f"m{number}"),
        ]
        # Even levels go up by broader, odd ones down by narrower; related links stay among the leaves of one level.
        if number > 2:
            above = (number - 1) // 2
            triples.append(said(number, "broader", above) if number % 2 else said(above, "narrower", number))
        if number > count // 2 and chance.random() < 0.5:
            triples.append(said(number, "related", chance.randrange(count // 2 + 1, count)))
        if number % 5 == 0:
            triples.append(said("g", "member", number))
    return [triple for triple in triples if triple.subject != triple.object]


def faulty(count: int, chance: Random) -> tuple[Triples, set[Fault]]:
    """Make a vocabulary with one to four faults, each in another concept, and say which."""
    triples = sound(count, chance)
    faults: set[Fault] = set()
    for at in chance.sample(range(7, count), chance.randint(1, 4)):
        rule = chance.choice(sorted(_FAULTS))
        more, things = _FAULTS[rule](at, chance)
        triples += more
        faults.add((rule, frozenset(iri(thing).value for thing in things)))
    chance.shuffle(triples)
    return triples, faults


def _label(at: int, chance: Random) -> tuple[Triples, list[object]]:
    text, other = chance.choice([
        ("name", "altLabel"), ("name", "hiddenLabel"), ("alias", "hiddenLabel"), ("nmae", "altLabel"),
    ])  # fmt: skip
    return [said(at, other, ox.Literal(f"{text} {at}", language="en"))], [at]


def _second(at: int, chance: Random) -> tuple[Triples, list[object]]:
    if chance.random() < 0.5:
        return [said(at, "prefLabel", ox.Literal("another", language=chance.choice(["en", "de"])))], [at]
    return [said(at, "prefLabel", ox.Literal("one")), said(at, "prefLabel", ox.Literal("two"))], [at]


def _related(at: int, chance: Random) -> tuple[Triples, list[object]]:
    above = (at - 1) // 2
    while above > 2 and chance.random() < 0.5:
        above = (above - 1) // 2
    pair = [at, above]
    chance.shuffle(pair)
    return [said(pair[0], "related", pair[1])], [at, above]


def _mapped(at: int, chance: Random) -> tuple[Triples, list[object]]:
    kind = chance.choice(["broadMatch", "narrowMatch", "relatedMatch"])
    return [said(f"n{at}", "exactMatch", f"m{at}"), said(at, kind, f"n{at}")], [at, f"n{at}"]


def _scheme(at: int, chance: Random) -> tuple[Triples, list[object]]:
    return [chance.choice([typed(at, "ConceptScheme"), said(f"x{at}", "inScheme", at)])], [at]


def _collection(at: int, chance: Random) -> tuple[Triples, list[object]]:
    return [chance.choice([typed(at, "Collection"), said(at, "member", 0), typed(at, "OrderedCollection")])], [at]


_FAULTS = {"S9": _scheme, "S13": _label, "S14": _second, "S27": _related, "S37": _collection, "S46": _mapped}


def mutated(triples: Triples, chance: Random) -> Triples:
    """Damage a vocabulary in one to six places: remove, add or change statements."""
    changed = list(triples)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed))
        triple = changed[at]
        value = triple.object.value if isinstance(triple.object, ox.Literal) else "x"
        other = chance.choice(
            [
                ox.Literal(value),
                ox.Literal(value, datatype=ox.NamedNode(XSD + chance.choice(["date", "anyURI", "integer", "boolean"]))),
                ox.Literal("second", language=chance.choice(["en", "de"])),
                ox.NamedNode("https://example.org/unknown"),
                ox.BlankNode("b"),
                chance.choice(changed).object,
            ]
        )
        if chance.random() < 0.2:
            del changed[at]
            continue
        if chance.random() < 0.4:
            del changed[at]
        changed.append(ox.Triple(triple.subject, triple.predicate, other))
    return changed


def in_turtle(triples: Triples) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b""


def given(data: bytes, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE) -> Given:
    """Give statements that are held in memory."""
    return Given("v.ttl", lambda: ox.parse(io.BytesIO(data), syntax), lambda node: Where(file="v.ttl", field=node))


def triples_of(path: Path) -> Triples:
    return [quad.triple for quad in ox.parse(path=path, base_iri=BASE)]
