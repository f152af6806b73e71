"""Mappings → linked data in a graph of their own: what SKOS says of them, and on what ground.

A mapping is a triple, ``<term> skos:exactMatch <target>``; `schema:sameAs` mirrors the exact ones. Where a file says
more of it than that (why, how sure, who), an `owl:Axiom` says so of the triple, as SSSOM/RDF does (SSSOM 1.1); its IRI
is ``<base>mapping/<fingerprint>``, or the record's own, for no blank node is minted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Literal

from termatlas.align.model import RELATIONS, Mapping, Mappings
from termatlas.align.prefixes import BUILT_IN, known_prefixes
from termatlas.align.slots import SET_SLOTS, SLOTS, Kind, Slot
from termatlas.align.values import number_text, texts_of, value_of
from termatlas.export.blocks import PREFIXES, Block, Plan, Property, plan
from termatlas.export.syntaxes import quoted
from termatlas.model import Glossary
from termatlas.sources.fields import legal

if TYPE_CHECKING:
    import pyoxigraph

Syntax = Literal["turtle", "nt", "trig"]

#: Properties of one thing: prefixed name, and values as N-Triples and Turtle write them.
Said = list[tuple[str, list[str]]]

_PREFIXES = {
    **{prefix: PREFIXES[prefix] for prefix in ("dct", "owl", "rdf", "rdfs", "schema", "skos", "xsd")},
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "semapv": BUILT_IN["semapv"],
    "sssom": BUILT_IN["sssom"],
}
_DATATYPES: dict[Kind, str] = {"number": "double", "date": "date"}


def mappings_graph(known: Plan) -> str:
    """Give the IRI of the graph that holds a glossary's mappings."""
    return f"{known.base}mapping/all"


def mappings_rdf(mappings: Mappings, known: Plan, syntax: Syntax) -> Iterator[str]:
    r"""Yield mappings as Turtle or N-Triples, or as TriG in a graph of their own; denied ones are left out.

    >>> from termatlas.export.blocks import plan
    >>> from termatlas.model import Glossary, Term
    >>> known = plan(Glossary(terms=(Term(slug="clip", name="CLIP"),)))
    >>> exact = Mapping(slug="clip", relation="exactMatch", target="https://e.org/clip")
    >>> print("".join(mappings_rdf(Mappings(mappings=(exact,)), known, "turtle")).split("\n\n")[1])
    <https://example.org/glossary/clip> skos:exactMatch <https://e.org/clip> ;
      schema:sameAs <https://e.org/clip> .
    """
    write = _ntriples if syntax == "nt" else _turtle
    if syntax != "nt":
        yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
    if syntax == "trig":
        yield f"\n<{mappings_graph(known)}> {{\n"
    for subject, said in _things(mappings, known):
        yield write(subject, said)
    if syntax == "trig":
        yield "}\n"


def mappings_file(mappings: Mappings, glossary: Glossary, form: Syntax | Literal["sssom"]) -> bytes:
    """Give mappings as a file: linked data in a syntax, or SSSOM/TSV.

    Raises `UsageError` where the glossary's base IRI is none.
    """
    from termatlas.export.mappings_sssom import mappings_sssom

    known = plan(glossary)
    pieces = mappings_sssom(mappings, known) if form == "sssom" else mappings_rdf(mappings, known, form)
    return "".join(pieces).encode("utf-8", "replace")


def matches_by_term(mappings: Mappings) -> dict[str, list[tuple[str, str]]]:
    """Give the properties and the IRIs in other vocabularies of each term that is mapped, by slug."""
    found: dict[str, list[tuple[str, str]]] = {}
    for mapping in mappings.asserted:
        found.setdefault(mapping.slug, []).append((f"skos:{mapping.relation}", mapping.target))
    return found


def matches_block(iri: str, matches: Sequence[tuple[str, str]]) -> Block:
    """Say what a term matches, to be written with all else that is said about it.

    >>> matches_block("https://e.org/clip", [("skos:exactMatch", "https://e.org/q1")]).properties
    [(('skos:exactMatch', 'schema:sameAs'), None, ['https://e.org/q1'])]
    """
    properties: list[Property] = []
    for relation in RELATIONS:
        names = (f"skos:{relation}", "schema:sameAs") if relation == "exactMatch" else (f"skos:{relation}",)
        if targets := sorted({target for name, target in matches if name == names[0]}):
            properties.append((names, None, targets))
    return Block(iri, ("skos:Concept",), properties)


def mapping_quads(mappings: Mappings, known: Plan) -> Iterator[pyoxigraph.Quad]:
    """Yield mappings as quads for a store: ``store.bulk_extend(mapping_quads(mappings, known))``."""
    import pyoxigraph

    text = "".join(mappings_rdf(mappings, known, "nt"))
    graph = pyoxigraph.NamedNode(mappings_graph(known))
    for triple in pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES):
        yield pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph)


def _things(mappings: Mappings, known: Plan) -> Iterator[tuple[str, Said]]:
    """Say what there is to say: of the set, of each term by slug, of each mapping with a ground."""
    if about := list(_about(mappings)):
        yield mappings_graph(known), [("rdf:type", ["sssom:MappingSet"]), *about]
    ordered = sorted(((_order(each), each) for each in mappings.asserted if each.slug in known.iris), key=itemgetter(0))
    for slug, group in groupby((each for _, each in ordered), key=attrgetter("slug")):
        yield known.iris[slug], _matches(list(group))
    written: set[str] = set()
    for (*_, fingerprint), each in ordered:
        iri = _record_id(each) or f"{known.base}mapping/{fingerprint}"
        if (ground := _ground(each)) and iri not in written:
            written.add(iri)
            yield iri, [*_axiom(each, known), *ground]


def _order(mapping: Mapping) -> tuple[str, int, str, str]:
    return mapping.slug, RELATIONS.index(mapping.relation), mapping.target, mapping.fingerprint


def _matches(mappings: Sequence[Mapping]) -> Said:
    """Say what a term matches; `schema:sameAs` mirrors the exact matches."""
    by_relation = {relation: _iris(mappings, relation) for relation in RELATIONS}
    said = [(f"skos:{relation}", iris) for relation, iris in by_relation.items() if iris]
    return [*said, *([("schema:sameAs", by_relation["exactMatch"])] if by_relation["exactMatch"] else [])]


def _iris(mappings: Sequence[Mapping], relation: str) -> list[str]:
    return sorted({f"<{each.target}>" for each in mappings if each.relation == relation})


def _axiom(mapping: Mapping, known: Plan) -> Said:
    return [
        ("rdf:type", ["owl:Axiom", "sssom:Mapping"]),
        ("owl:annotatedSource", [f"<{known.iris[mapping.slug]}>"]),
        ("owl:annotatedProperty", [f"skos:{mapping.relation}"]),
        ("owl:annotatedTarget", [f"<{mapping.target}>"]),
    ]


def _ground(mapping: Mapping) -> Said:
    """Say why a mapping holds, how sure that is, and what else its file says of it."""
    given: dict[str, Sequence[str]] = {
        "object_label": [mapping.label],
        "mapping_justification": [mapping.justification],
        "confidence": [] if mapping.confidence is None else [number_text(mapping.confidence)],
        "comment": [mapping.comment],
        **dict(mapping.further),
    }
    given.pop("record_id", None)
    said = list(_slots(given, SLOTS))
    return said if any(name != "sssom:object_label" for name, _ in said) else []


def _slots(given: dict[str, Sequence[str]], slots: dict[str, Slot]) -> Iterator[tuple[str, list[str]]]:
    """Write the values of slots, in their order here."""
    for name, texts in given.items():
        kind, _, property_name = slots[name]
        if values := sorted({_value(kind, text) for text in texts if text}):
            yield property_name or f"sssom:{name}", values


def _value(kind: Kind, value: str) -> str:
    if kind in {"entity", "iri"}:
        return f"<{value}>"
    datatype = _DATATYPES.get(kind)
    return f'"{value}"^^xsd:{datatype}' if datatype else quoted(legal(value))


def _record_id(mapping: Mapping) -> str:
    return next((values[0] for name, values in mapping.further if name == "record_id"), "")


def _about(mappings: Mappings) -> Iterator[tuple[str, list[str]]]:
    """Say what the file says of itself; what a slot cannot hold is left out."""
    prefixes = known_prefixes(mappings.prefixes)
    given: dict[str, Sequence[str]] = {
        name: [value_of(SET_SLOTS[name].kind, text, prefixes) for text in texts_of(value)]
        for name, value in mappings.metadata.items()
    }
    return _slots(given, SET_SLOTS)


def _turtle(subject: str, said: Said) -> str:
    lines = (f"{'a' if name == 'rdf:type' else name} {' , '.join(values)}" for name, values in said)
    return f"\n<{subject}> " + " ;\n  ".join(lines) + " .\n"


def _ntriples(subject: str, said: Said) -> str:
    lines = (f"<{subject}> {_whole(name)} {_whole(value)} .\n" for name, values in said for value in values)
    return "".join(lines)


def _whole(written: str) -> str:
    """Write a prefixed name, or the datatype of a literal, as a whole IRI."""
    if written[0] == "<":
        return written
    literal, mark, name = written.rpartition("^^") if written[0] == '"' else ("", "", written)
    if not name or name[-1] == '"':
        return written
    prefix, _, local = name.partition(":")
    return f"{literal}{mark}<{_PREFIXES[prefix]}{local}>"
