"""The description of a glossary as a data set: DCAT for catalogues, VoID for those who want to link to it.

Sources: Data Catalog Vocabulary (DCAT) 3, W3C Recommendation; Describing Linked Datasets with the VoID Vocabulary,
W3C Interest Group Note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from termatlas.export.blocks import PREFIXES, Plan
from termatlas.export.iris import is_iri
from termatlas.export.syntaxes import quoted
from termatlas.model import Agent, Description
from termatlas.publish.extent import Extent
from termatlas.publish.sitemap import absolute

DESCRIPTION: Final = "void.ttl"

#: Syntax → its media type, and its name among the W3C's IRIs for formats of files.
MEDIA_TYPES: Final = {
    "turtle": ("text/turtle", "Turtle"),
    "nt": ("application/n-triples", "N-Triples"),
    "xml": ("application/rdf+xml", "RDF_XML"),
    "jsonld": ("application/ld+json", "JSON-LD"),
    "trig": ("application/trig", "TriG"),
}

_NAMESPACES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": PREFIXES["dct"],
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": PREFIXES["owl"],
    "void": "http://rdfs.org/ns/void#",
    "xsd": PREFIXES["xsd"],
}
_FORMATS = "http://www.w3.org/ns/formats/"
_MEDIA = "https://www.iana.org/assignments/media-types/"

#: A property and its value, both as Turtle writes them.
_Said = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A file that holds the whole data set."""

    path: str
    syntax: str
    size: int  #: bytes


def dataset(known: Plan, root: str, extent: Extent, dumps: Sequence[Dump], examples: Iterable[str] = ()) -> bytes:
    """Describe a glossary in Turtle; `root` is where its site stands, `examples` are slugs of terms.

    The data set has the IRI of the glossary itself, so that all that is said about it stands together.
    """
    document = _address(root, DESCRIPTION)
    blocks = [
        _block(document, "void:DatasetDescription", [("foaf:primaryTopic", f"<{known.scheme}>")]),
        _block(f"<{known.scheme}>", "void:Dataset, dcat:Dataset", _dataset(known, root, extent, dumps, examples)),
        *(_distribution(root, dump) for dump in dumps),
        *(_agent(agent) for agent in _agents(known.glossary.description)),
    ]
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _NAMESPACES.items())
    return "\n".join([head, *blocks]).encode()


def _dataset(known: Plan, root: str, extent: Extent, dumps: Sequence[Dump], examples: Iterable[str]) -> Iterator[_Said]:
    tag = known.tag
    yield "dct:title", quoted(known.glossary.title) + tag
    yield from _given(known.glossary.description, tag)
    if root:
        yield "dcat:landingPage", _address(root, "index.html")
    if all(iri.startswith(known.base) for iri in known.iris.values()):
        yield "void:uriSpace", quoted(known.base)
    for slug in examples:
        yield "void:exampleResource", f"<{known.iris[slug]}>"
    yield from _figures(extent)
    for dump in dumps:
        yield "void:dataDump", _address(root, dump.path)
        yield "void:feature", f"<{_FORMATS}{MEDIA_TYPES[dump.syntax][1]}>"
        yield "dcat:distribution", _distribution_of(root, dump)


def _given(said: Description, tag: str) -> Iterator[_Said]:
    """Repeat what the glossary says about itself."""
    if said.text:
        yield "dct:description", quoted(said.text) + tag
    if is_iri(said.license):
        yield "dct:license", f"<{said.license}>"
    for name, agents in (("dct:creator", said.creators), ("dct:publisher", filter(None, [said.publisher]))):
        for agent in agents:
            yield name, f"<{agent.iri}>"
    for name, date in (("dct:created", said.created), ("dct:modified", said.modified)):
        if date:
            yield name, f"{quoted(date)}^^xsd:date"
    if said.version:
        yield "owl:versionInfo", quoted(said.version)


def _figures(extent: Extent) -> Iterator[_Said]:
    yield "void:triples", str(extent.triples)
    yield "void:entities", str(extent.entities)
    yield "void:distinctSubjects", str(extent.subjects)
    yield "void:classes", str(len(extent.classes))
    yield "void:properties", str(len(extent.properties))
    for vocabulary in extent.vocabularies:
        yield "void:vocabulary", f"<{vocabulary}>"
    for name, count in extent.classes.items():
        yield "void:classPartition", f"[ void:class <{name}> ; void:entities {count} ]"
    for name, count in extent.properties.items():
        yield "void:propertyPartition", f"[ void:property <{name}> ; void:triples {count} ]"


def _distribution(root: str, dump: Dump) -> str:
    media, form = MEDIA_TYPES[dump.syntax]
    address = _address(root, dump.path)
    return _block(
        _distribution_of(root, dump),
        "dcat:Distribution",
        [
            ("dcat:accessURL", address),
            ("dcat:downloadURL", address),
            ("dcat:mediaType", f"<{_MEDIA}{media}>"),
            ("dct:format", f"<{_FORMATS}{form}>"),
            ("dcat:byteSize", f'"{dump.size}"^^xsd:nonNegativeInteger'),
        ],
    )


def _distribution_of(root: str, dump: Dump) -> str:
    return f"{_address(root, DESCRIPTION)[:-1]}#{dump.syntax}>"


def _agents(said: Description) -> list[Agent]:
    listed = [*said.creators, *filter(None, [said.publisher])]
    return sorted({agent for agent in listed if is_iri(agent.iri)}, key=lambda agent: (agent.iri, agent.name))


def _agent(agent: Agent) -> str:
    said = [("foaf:name", quoted(agent.name))]
    said += [("foaf:homepage", f"<{agent.url}>")] if is_iri(agent.url) else []
    said += [("foaf:mbox", f"<mailto:{agent.email}>")] if is_iri(f"mailto:{agent.email}") and agent.email else []
    return _block(f"<{agent.iri}>", "foaf:Person" if agent.email else "foaf:Organization", said)


def _address(root: str, path: str) -> str:
    return f"<{absolute(root, path)}>"


def _block(subject: str, types: str, said: Iterable[_Said]) -> str:
    """Write one thing, a property a line."""
    return " ;\n    ".join([f"{subject} a {types}", *(f"{name} {value}" for name, value in said)]) + " .\n"
