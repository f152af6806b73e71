"""What a glossary says about itself as a dataset, as linked data: for its scheme, its makers, categories and terms.

Dublin Core and schema.org stand side by side: catalogues read one or the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termatlas.model import Agent, Description

Properties = list[tuple[tuple[str, ...], str | None, Sequence[str]]]

_DATE = "^^xsd:date"
_ADDRESS = "^^xsd:anyURI"


def description_of_scheme(said: Description, tag: str) -> Properties:
    """Say what is known of a glossary; `tag` is that of its texts."""
    creators = [creator.iri for creator in said.creators]
    return [
        (("skos:definition", "dct:description", "schema:description"), tag, _one(said.text)),
        (("dct:creator", "schema:creator"), None, creators),
        (("dct:publisher", "schema:publisher"), None, [said.publisher.iri] if said.publisher else ()),
        (("dct:created", "schema:dateCreated"), _DATE, _one(said.created)),
        (("dct:modified", "schema:dateModified"), _DATE, _one(said.modified)),
        (("dct:license", "schema:license"), None, _one(said.license)),
        (("owl:versionInfo", "schema:version"), "", _one(said.version)),
        (("skos:historyNote",), tag, _one(said.history)),
    ]


def origin(said: Description, scheme: str, tag: str) -> Properties:
    """Say where a part of a glossary is from: VocPub wants of each what it wants of the whole (2.2.02, 2.3.04)."""
    return [(("rdfs:isDefinedBy",), None, [scheme]), (("skos:historyNote",), tag, _one(said.history))]


def makers(said: Description) -> Iterator[tuple[str, str, Properties]]:
    """Yield the IRI, the class and the properties of each who made or publishes a glossary, once."""
    agents = (*said.creators, *([said.publisher] if said.publisher else ()))
    for agent in {agent.iri: agent for agent in reversed(agents)}.values():
        yield agent.iri, f"schema:{'Person' if agent.email else 'Organization'}", _maker(agent)


def _maker(agent: Agent) -> Properties:
    return [
        (("schema:name",), "", _one(agent.name)),
        (("schema:url",), _ADDRESS, _one(agent.url)),
        (("schema:email",), _ADDRESS, [f"mailto:{agent.email.removeprefix('mailto:')}"] if agent.email else ()),
    ]


def _one(text: str) -> Sequence[str]:
    return [text] if text else ()
