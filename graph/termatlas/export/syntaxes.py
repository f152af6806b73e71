"""Blocks of linked data → text in five syntaxes.

Own writers rather than `pyoxigraph.serialize`: FOLDOC (11,596 terms, 324,796 triples) in all five took 2.2
to 2.7 CPU seconds here and 4.1 to 4.6 there, Turtle alone 0.9 and 2.4 (median of 3, side by side),
because there every triple first becomes a Python object. These also write prefixes for terms, one
property a line and a JSON-LD context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from json.encoder import encode_basestring
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from termatlas.export.blocks import PREFIXES, Block, Plan, Property
from termatlas.export.ownproperties import OWN

#: Name of a syntax → the suffix of its files.
SUFFIXES = {"turtle": ".ttl", "nt": ".nt", "xml": ".rdf", "jsonld": ".jsonld", "trig": ".trig"}

#: Properties whose texts are codes; in JSON-LD they are kept from the language of the rest.
_CODES = (
    "dct:identifier", "schema:inLanguage", "schema:termCode", "skos:notation", "ta:alsoWritten", "ta:asWritten",
    "ta:status", "vann:preferredNamespaceUri",
)  # fmt: skip

#: Properties whose values are IRIs, besides the kinds of link.
_LINKS = (
    "dct:creator", "dct:license", "dct:publisher", "dct:source", "schema:creator", "schema:license", "schema:publisher",
    "rdfs:isDefinedBy", "rdfs:subPropertyOf", "schema:about", "schema:acceptedAnswer",
    "schema:inDefinedTermSet", "schema:mainEntity", "schema:subjectOf", "skos:broader", "skos:hasTopConcept",
    "skos:inScheme", "skos:member", "skos:narrower", "skos:related", "skos:topConceptOf", "ta:linksTo",
    "ta:mainCategory",
)  # fmt: skip

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


class Writer(NamedTuple):
    """How a file is written: its first lines, one block, what stands between two, its last lines."""

    head: str
    block: Callable[[Block], str]
    between: str = ""
    tail: str = ""


def writers(plan: Plan) -> dict[str, Writer]:
    """Give the writers for a glossary, by name of the syntax."""
    turtle = _turtle(plan)
    return {
        "turtle": turtle,
        "nt": Writer("", ntriples()),
        "xml": _xml(),
        "jsonld": _jsonld(plan),
        "trig": _trig(plan, turtle),
    }


def ntriples() -> Callable[[Block], str]:
    """Write N-Triples: a line for each triple."""
    iris, nodes = _Bracketed(), _Objects()
    is_a = iris["rdf:type"]

    def block(block: Block) -> str:
        subject = f"{_bracketed(block.subject)} "
        lines = [f"{subject}{is_a} {iris[name]} .\n" for name in block.types]
        for names, tag, values in block.properties:
            if tag is None:
                objects = [nodes[value] for value in values]
            else:
                end = f"^^{iris[tag[2:]]} .\n" if tag[:1] == "^" else f"{tag} .\n"
                objects = [quoted(value) + end for value in values]
            for name in names:
                start = f"{subject}{iris[name]} "
                lines += [start + written for written in objects]
        return "".join(lines)

    return block


def _bracketed(node: str) -> str:
    return node if node.startswith("_:") else f"<{node}>"


class _Objects(dict[str, str]):
    """A node → how it ends a statement, kept: most are written many times."""

    def __missing__(self, node: str) -> str:
        self[node] = written = f"{_bracketed(node)} .\n"
        return written


class _Bracketed(dict[str, str]):
    """A prefixed name → the IRI in angle brackets."""

    def __missing__(self, name: str) -> str:
        self[name] = written = f"<{expanded(name)}>"
        return written


def expanded(name: str) -> str:
    """Give the IRI that a prefixed name stands for."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def quoted(text: str) -> str:
    r"""Quote a text for N-Triples and Turtle.

    >>> print(quoted('a "b"\n'))
    "a \"b\"\n"
    """
    if "\t" not in text:
        return encode_basestring(text)  # the same, and faster: of what JSON escapes, legal texts hold but one sign more
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"'


def _turtle(plan: Plan) -> Writer:
    """Write Turtle: a paragraph for each thing, a line for each property."""
    iris = _Shortened(plan)
    namespaces = {**PREFIXES, "term": plan.base}

    def block(block: Block) -> str:
        lines = [f"{iris[block.subject]} a {' , '.join(block.types)}"]
        for names, tag, values in block.properties:
            if tag is None:
                objects = " , ".join([iris[value] for value in values])
            else:
                objects = " , ".join([quoted(value) + tag for value in values])
            for name in names:
                lines.append(f"{name} {objects}")
        return " ;\n    ".join(lines) + " .\n\n"

    return Writer("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in namespaces.items()) + "\n", block)


class _Shortened(dict[str, str]):
    """An IRI → how Turtle writes it, kept: most IRIs are written many times."""

    def __init__(self, plan: Plan) -> None:
        self._base = plan.base
        own = [f"ta:{name}" for name in (*OWN, *plan.kinds.values())]
        super().__init__((expanded(name), name) for name in ("skos:semanticRelation", *own))

    def __missing__(self, iri: str) -> str:
        local = iri.removeprefix(self._base)
        self[iri] = written = f"term:{local}" if local != iri and _LOCAL.fullmatch(local) else f"<{iri}>"
        return written


def _trig(plan: Plan, turtle: Writer) -> Writer:
    """Write TriG: the Turtle in a graph named after the glossary, so that a store can hold several apart."""
    return Writer(f"{turtle.head}<{plan.scheme}> {{\n\n", turtle.block, tail="}\n")


def _xml() -> Writer:
    """Write RDF/XML: a typed element for each thing, an element for each value."""
    iris = _Quoted()
    namespaces = "".join(f'\n    xmlns:{prefix}="{iri}"' for prefix, iri in PREFIXES.items())

    def values_of(said: Property) -> str:
        names, tag, values = said
        if tag is None:
            return "".join([f"  <{name} rdf:resource={iris[value]}/>\n" for name in names for value in values])
        attribute = _attribute(tag)
        texts = [_text(value) for value in values]
        return "".join([f"  <{name}{attribute}>{text}</{name}>\n" for name in names for text in texts])

    def block(block: Block) -> str:
        name, *others = block.types
        types = "".join([f"  <rdf:type rdf:resource={iris[expanded(other)]}/>\n" for other in others])
        properties = "".join(map(values_of, block.properties))
        return f"<{name} rdf:about={iris[block.subject]}>\n{types}{properties}</{name}>\n\n"

    return Writer(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{namespaces}>\n\n', block, tail="</rdf:RDF>\n")


class _Quoted(dict[str, str]):
    """An IRI → the value of an XML attribute."""

    def __missing__(self, iri: str) -> str:
        self[iri] = written = quoteattr(iri)
        return written


def _attribute(tag: str) -> str:
    if tag[:1] == "@":
        return f' xml:lang="{tag[1:]}"'
    return f' rdf:datatype="{expanded(tag[2:])}"' if tag else ""


def _text(text: str) -> str:
    """Escape a text for XML; a carriage return as a reference, else parsers make it a line feed (XML 1.0, 2.11)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _jsonld(plan: Plan) -> Writer:
    """Write JSON-LD 1.1 with its context inside: a node for each thing, a line for each property."""
    iris = _Compact(plan.base)
    links = {*_LINKS, *(f"ta:{name}" for name in plan.kinds.values())}

    def line(said: Property) -> str:
        names, tag, values = said
        if tag is None:  # what the context does not call a link, such as a mapping, says so itself
            bare = links.issuperset(names)
            written = [iris[value] if bare else f'{{"@id": {iris[value]}}}' for value in values]
        else:
            start, end = _wrapping(tag, "" if names[0] in _CODES else plan.tag)
            written = [f"{start}{_json(value)}{end}" for value in values]
        listed = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
        return ",\n ".join([f'"{name}": {listed}' for name in names])

    def block(block: Block) -> str:
        types = ", ".join([f'"{name}"' for name in block.types])
        first = f'{{"@id": {iris[block.subject]},\n "@type": [{types}]'
        return ",\n ".join([first, *map(line, block.properties)]) + "}"

    head = f'{{"@context": {_context(plan.base, plan.tag, tuple(plan.kinds.values()))},\n"@graph": [\n'
    return Writer(head, block, between=",\n", tail="\n]}\n")


@lru_cache(maxsize=8)  # it is asked for once a term, where each has a file of its own
def _context(base: str, tag: str, kinds: tuple[str, ...]) -> str:
    """Say what names stand for: a processor never has to fetch a context, which would be refused as remote."""
    links = (*_LINKS, *(f"ta:{name}" for name in kinds))
    context: dict[str, object] = {**PREFIXES, "term": base}
    context |= {"@language": tag[1:]} if tag else {}
    context |= {name: {"@id": name, "@type": "@id"} for name in links}
    context |= {name: {"@id": name, "@language": None} for name in _CODES}
    lines = [f"{json.dumps(name)}: {json.dumps(said, ensure_ascii=False)}" for name, said in context.items()]
    return "{\n  " + ",\n  ".join(lines) + "}"


def _wrapping(tag: str, language: str) -> tuple[str, str]:
    """Give what stands before and after a text whose tag is not that of the place it stands in."""
    if tag == language:
        return "", ""
    if tag[:1] == "^":
        return '{"@value": ', f', "@type": "{tag[2:]}"}}'
    return '{"@value": ', f', "@language": "{tag[1:]}"}}' if tag else "}"


def _json(text: str) -> str:
    """Quote a text for JSON, fit to stand in a page's script element."""
    return encode_basestring(text).replace("</", "<\\/")


class _Compact(dict[str, str]):
    """An IRI → how JSON-LD writes it."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __missing__(self, iri: str) -> str:
        local = iri.removeprefix(self._base)
        self[iri] = written = _json(f"term:{local}" if local and local != iri and "/" not in local else iri)
        return written
