"""What others have said, in an export of ours, about terms of ours."""

from __future__ import annotations

import re

from termatlas.sources.rdffile import short_name

#: The properties that an export says all of again, and those of which it says the texts in the term's language.
_OURS = frozenset(
    (
        *(
            "rdf:type",
            "rdfs:isDefinedBy",
            "rdfs:subPropertyOf",
            "rdfs:comment",
            "rdfs:label",
            "vann:preferredNamespaceUri",
        ),
        *("dct:identifier", "dct:source", "dct:title", "owl:deprecated"),
        *("schema:about", "schema:acceptedAnswer", "schema:inDefinedTermSet", "schema:inLanguage", "schema:mainEntity"),
        *("schema:position", "schema:subjectOf", "schema:termCode", "schema:text"),
        *("skos:broader", "skos:hasTopConcept", "skos:inScheme", "skos:member", "skos:narrower", "skos:notation"),
        *("skos:related", "skos:topConceptOf"),
        # of the glossary's description
        *("dct:created", "dct:creator", "dct:description", "dct:license", "dct:modified", "dct:publisher"),
        *("owl:versionInfo", "schema:creator", "schema:dateCreated", "schema:dateModified", "schema:email"),
        *("schema:license", "schema:publisher", "schema:url", "schema:version", "skos:historyNote"),
    )
)
_TEXTS = frozenset(
    (
        *("schema:alternateName", "schema:description", "schema:name"),
        *("skos:altLabel", "skos:definition", "skos:note", "skos:prefLabel"),
    )
)
_TAG = re.compile(rb'"@([A-Za-z0-9-]+) \.\n$')


def foreign_statements(said: bytes, tag: str) -> bytes:
    r"""Keep what an export of ours does not say of a term whose texts have a tag, or of another thing of its own.

    >>> foreign_statements(b'<https://schema.org/name> "CLIP"@en .\n<https://e.org/p> "x" .\n', "en")
    b'<https://e.org/p> "x" .\n'
    """
    return b"".join(line for line in said.splitlines(keepends=True) if not _is_ours(line, tag))


def _is_ours(line: bytes, tag: str) -> bool:
    name = short_name(line[1 : line.index(b">")].decode())
    if name in _TEXTS and tag:
        found = _TAG.search(line)
        return found is None or found[1].decode().lower() == tag
    return name in _OURS or name in _TEXTS or name.startswith("ta:")
