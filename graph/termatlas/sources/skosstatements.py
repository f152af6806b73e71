"""What a file says in SKOS, by property, with what follows from sub-properties and sub-classes.

The properties of SKOS, ISO 25964 and the file's own are sorted under the few that conditions speak of. Source of
what follows from what: SKOS Reference, S5–S8, S19–S26, S31–S33, S39–S44; ISO 25964 SKOS extension.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from termatlas.model import Violation, Where
from termatlas.sources.rdffile import Facts, Text, short_name
from termatlas.sources.skostexts import name_of

_SORTS = ("Generic", "Partitive", "Instantial")

#: Properties that lead up the hierarchy, those that lead down, and those that lead aside.
BROADER = ("skos:broader", "skos:broaderTransitive", "skos:broadMatch", *(f"isothes:broader{s}" for s in _SORTS))
NARROWER = ("skos:narrower", "skos:narrowerTransitive", "skos:narrowMatch", *(f"isothes:narrower{s}" for s in _SORTS))
RELATED = ("skos:related", "skos:relatedMatch")
EXACT = ("skos:exactMatch",)
#: All properties that lead from a concept to a concept.
RELATIONS = (
    *BROADER,
    *NARROWER,
    *RELATED,
    *EXACT,
    *("skos:closeMatch", "skos:mappingRelation", "skos:semanticRelation"),
)
COLLECTIONS = ("skos:Collection", "skos:OrderedCollection", "isothes:ThesaurusArray", "isothes:ConceptGroup")

#: The properties that lead from thing to thing of which conditions speak.
PROPERTIES = frozenset(
    (
        *RELATIONS,
        *("skos:inScheme", "skos:topConceptOf", "skos:hasTopConcept", "skos:member", "skos:memberList", "rdf:type"),
        *("skosxl:prefLabel", "skosxl:altLabel", "skosxl:hiddenLabel"),
    )
)

Pairs = list[tuple[str, str]]  # subject and object


class Statements(NamedTuple):
    """The statements of a file between things, by what they come to."""

    facts: Facts
    pairs: dict[str, Pairs]  #: property → (subject, object), in the order of the file
    above: dict[str, tuple[str, ...]]  #: property or class → those of SKOS that it is a kind of, itself included

    def of(self, properties: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the subjects and objects of properties and of their kinds."""
        wanted = frozenset(properties)
        for name, pairs in self.pairs.items():
            if not wanted.isdisjoint(self.above.get(name, (name,))):
                yield from pairs

    def up(self, broader: Iterable[str], narrower: Iterable[str]) -> dict[str, set[str]]:
        """Give each concept those directly above it, by properties that lead up and by some that lead down."""
        found: dict[str, set[str]] = {}
        for low, high in self.of(broader):
            found.setdefault(low, set()).add(high)
        for high, low in self.of(narrower):
            found.setdefault(low, set()).add(high)
        return found

    def shown(self, node: str) -> str:
        """Give what messages call a thing: its name, else the last part of its IRI."""
        name = name_of(self.facts, node, "en")
        return name.text if name else last_part(node)


def statements(facts: Facts) -> Statements:
    """Sort the facts of a file between things by property; texts are left out."""
    above = _above(facts, "rdfs:subPropertyOf") | _above(facts, "rdfs:subClassOf")
    found: dict[str, Pairs] = {name: [] for name in (*PROPERTIES, *above)}
    for node, said in facts.items():
        for name, values in said.items():
            if name in found:
                found[name] += [(node, value) for value in values if isinstance(value, str)]
    return Statements(facts, {name: pairs for name, pairs in found.items() if pairs}, above)


def _above(facts: Facts, property_: str) -> dict[str, tuple[str, ...]]:
    """Find what each property or class of the file is a kind of, by however many steps."""
    return all_above(
        {
            short_name(node): [short_name(value) for value in said[property_] if not isinstance(value, Text)]
            for node, said in facts.items()
            if property_ in said
        }
    )


def all_above(direct: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Find what each name is a kind of, itself first, by however many steps.

    >>> all_above({"a": ["b"], "b": ["skos:related"]})["a"]
    ('a', 'b', 'skos:related')
    """
    return {name: tuple(_reached(direct, name)) for name in direct}


def _reached(direct: Mapping[str, Iterable[str]], name: str) -> dict[str, None]:
    seen = {name: None}
    waiting = [name]
    while waiting:
        for higher in direct.get(waiting.pop(), ()):
            if higher not in seen:
                seen[higher] = None
                waiting.append(higher)
    return seen


def typed(said: Statements, classes: Iterable[str]) -> Iterator[str]:
    """Yield the things that the file gives one of some classes, or a class that is a kind of one."""
    wanted = frozenset(classes)
    known: dict[str, bool] = {}
    for node, kind in said.pairs.get("rdf:type", ()):
        if kind not in known:
            name = short_name(kind)
            known[kind] = not wanted.isdisjoint(said.above.get(name, (name,)))
        if known[kind]:
            yield node


def last_part(iri: str) -> str:
    """Give the last part of an IRI.

    >>> last_part("https://example.org/terms/a/"), last_part("_:b0")
    ('a', '_:b0')
    """
    bare = iri.rstrip("/#")
    return bare[max(bare.rfind("/"), bare.rfind("#")) + 1 :]


def violation(condition: str, subject: str, message: str, file: str, other: str = "", weight: int = 1) -> Violation:
    """Make the violation of a condition by what a file says about a thing."""
    place = "" if subject.startswith("_:") else subject
    where = Where(file=file, field=place)
    return Violation(condition=condition, subject=subject, object=other, message=message, where=where, weight=weight)
