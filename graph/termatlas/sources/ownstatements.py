"""What others have said, in an export of ours, about terms of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from termatlas.sources.ownexport import OwnExport
from termatlas.sources.rdffile import short_name
from termatlas.sources.skostexts import language_tag

#: Property → the objects that an export of ours gives it; with others it is not ours.
Objects = Mapping[str, frozenset[bytes]]

#: The properties that an export says all of again.
_OURS = frozenset(
    (
        *("dct:identifier", "dct:source", "owl:deprecated", "rdfs:comment", "rdfs:label", "rdfs:subPropertyOf"),
        *("schema:about", "schema:acceptedAnswer", "schema:mainEntity", "schema:position", "schema:subjectOf"),
        *("schema:email", "schema:termCode", "schema:text", "schema:url"),
        *("skos:broader", "skos:member", "skos:narrower", "skos:notation", "skos:related"),
    )
)
#: Those that it says of the glossary alone.
_OF_GLOSSARY = frozenset(
    (
        *("dct:created", "dct:creator", "dct:description", "dct:license", "dct:modified", "dct:publisher", "dct:title"),
        *("owl:versionInfo", "schema:creator", "schema:dateCreated", "schema:dateModified", "schema:inLanguage"),
        *("schema:license", "schema:publisher", "schema:version", "skos:hasTopConcept", "vann:preferredNamespaceUri"),
    )
)
#: Those of which it says the texts in the term's language.
_TEXTS = frozenset(
    (
        *("schema:alternateName", "schema:description", "schema:name"),
        *("skos:altLabel", "skos:definition", "skos:note", "skos:prefLabel"),
    )
)
_CLASSES = {
    "http://www.w3.org/2004/02/skos/core#": ("Concept", "ConceptScheme", "Collection"),
    "https://schema.org/": (
        *("Answer", "DefinedTerm", "DefinedTermSet", "FAQPage", "Organization", "Person", "Question"),
    ),
    "http://www.w3.org/2002/07/owl#": ("DatatypeProperty", "ObjectProperty"),
}
_TAG = re.compile(rb'"@([A-Za-z0-9-]+) \.\n$')


def our_objects(own: OwnExport) -> Objects:
    """List the classes, glossaries and histories that are ours."""
    import pyoxigraph

    schemes = frozenset(f"<{node}>".encode() for node in own.headings)
    told = ((heading.description.history, language_tag(heading.language)) for heading in own.headings.values())
    histories = (pyoxigraph.Literal(text, language=tag or None) for text, tag in told if text)
    classes = (f"<{namespace}{name}>".encode() for namespace, names in _CLASSES.items() for name in names)
    return {
        "rdf:type": frozenset(classes),
        "skos:historyNote": frozenset(str(history).encode() for history in histories),
        **dict.fromkeys(("rdfs:isDefinedBy", "schema:inDefinedTermSet", "skos:inScheme", "skos:topConceptOf"), schemes),
    }


def foreign_statements(said: bytes, tag: str, objects: Objects, *, is_glossary: bool = False) -> bytes:
    r"""Keep what an export of ours does not say of a term whose texts have a tag, or of another thing of its own.

    >>> foreign_statements(b'<https://schema.org/name> "CLIP"@en .\n<https://e.org/p> "x" .\n', "en", {})
    b'<https://e.org/p> "x" .\n'
    """
    properties = _OURS | _OF_GLOSSARY if is_glossary else _OURS
    return b"".join(line for line in said.splitlines(keepends=True) if not _is_ours(line, tag, objects, properties))


def _is_ours(line: bytes, tag: str, objects: Objects, properties: frozenset[str]) -> bool:
    end = line.index(b">")
    name = short_name(line[1:end].decode())
    if name in objects:
        return line[end + 2 : -3] in objects[name]
    if name in _TEXTS and tag:
        found = _TAG.search(line)
        return found is None or found[1].decode().lower() == tag
    return name in properties or name in _TEXTS or name.startswith("ta:")
