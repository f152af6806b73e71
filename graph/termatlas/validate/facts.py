"""All that a source says about its things, as a profile asks for it: values, literals with their datatypes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from termatlas.validate.model import Given, Value, Written
from termatlas.validate.nodes import Named, namer, statements_of

#: Prefixes of the names that profiles are written in.
PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "reg": "http://purl.org/linked-data/registry#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Subject → property, such as ``skos:prefLabel`` → values, each once, in the order of the source.
Said = Mapping[str, Mapping[str, Mapping[Value, None]]]


class Facts(NamedTuple):
    """What a source says by some properties, forwards and, for some, backwards."""

    said: Said
    back: Said  #: the same, by the object: its values are the subjects
    instances: Mapping[str, Mapping[str, None]]  #: class → its things, those of the classes below it among them

    def values(self, node: Value, path: str) -> Mapping[Value, None]:
        """Give the values of a property of a thing; ``^skos:narrower`` is the property backwards."""
        if not isinstance(node, str):
            return {}
        said = self.back if path.startswith("^") else self.said
        return said.get(node, {}).get(path.removeprefix("^"), {})

    def name(self, node: str) -> str:
        """Give the preferred label of a thing, English if there is one; "" where it has none."""
        labels = [value for value in self.values(node, "skos:prefLabel") if isinstance(value, Written)]
        return min(labels, key=lambda label: (label.language != "en", label)).text if labels else ""


def full(name: str) -> str:
    """Give the IRI of a prefixed name; an IRI stays as it is.

    >>> full("skos:Concept")
    'http://www.w3.org/2004/02/skos/core#Concept'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def short(iri: str) -> str:
    """Give the prefixed name of an IRI; it stays as it is where there is no prefix for it.

    >>> short("http://www.w3.org/2001/XMLSchema#date"), short("urn:x:a")
    ('xsd:date', 'urn:x:a')
    """
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return f"{_NAMESPACES[iri[:end]]}:{iri[end:]}" if iri[:end] in _NAMESPACES else iri


_NAMESPACES = {iri: prefix for prefix, iri in PREFIXES.items()}


def read_facts(given: Given, properties: Set[str]) -> Facts:
    """Read what a source says by some properties; those that start with ``^`` are read backwards too.

    Raises `SourceError`.
    """
    named = namer()
    wanted = {full(name.removeprefix("^")): name.removeprefix("^") for name in properties}
    wanted |= {full(name): name for name in ("rdf:type", "rdfs:subClassOf", "skos:prefLabel")}
    backwards = {name.removeprefix("^") for name in properties if name.startswith("^")}
    said: dict[str, dict[str, dict[Value, None]]] = {}
    back: dict[str, dict[str, dict[Value, None]]] = {}
    for subject, predicate, value in statements_of(given.quads(), named):
        if name := wanted.get(predicate.value):
            node, read = named(subject), _value(named, value)
            said.setdefault(node, {}).setdefault(name, {})[read] = None
            if name in backwards and isinstance(read, str):
                back.setdefault(read, {}).setdefault(name, {})[node] = None
    return Facts(said, back, _instances(said))


def _value(named: Named, value: Any) -> Value:
    from pyoxigraph import Literal

    if type(value) is Literal:
        return Written(value.value, value.language or "", short(value.datatype.value))
    return named(value)


def _instances(said: Said) -> dict[str, dict[str, None]]:
    """Find the things of each class that the source names, by however many sub-classes."""
    direct: dict[str, dict[str, None]] = {}
    above: dict[str, list[str]] = {}
    for node, values in said.items():
        for kind in values.get("rdf:type", ()):
            direct.setdefault(str(kind), {})[node] = None
        for higher in values.get("rdfs:subClassOf", ()):
            above.setdefault(node, []).append(str(higher))
    found: dict[str, dict[str, None]] = {}
    for kind, things in direct.items():
        for each in _closure(kind, above):
            found.setdefault(short(each), {}).update(things)
    return found


def _closure(kind: str, above: Mapping[str, list[str]]) -> Iterator[str]:
    seen = {kind}
    waiting = [kind]
    while waiting:
        here = waiting.pop()
        yield here
        fresh = [higher for higher in above.get(here, ()) if higher not in seen]
        seen.update(fresh)
        waiting += fresh
