"""What an export of ours says about the glossary as a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from termatlas.model import Agent, Description
from termatlas.sources.rdffile import Facts, Text, Value

Said = Mapping[str, list[Value]]  # property → values


def own_description(facts: Facts, said: Said, base: str) -> Description:
    """Read the description of a glossary whose terms' IRIs start with `base` from what is said about it."""
    creators, publishers = ([_agent(facts, node) for node in _nodes(said, f"dct:{who}")] for who in _MAKERS)
    return Description(
        text=_text(said, "dct:description"),
        creators=tuple(creators),
        publisher=publishers[0] if publishers else None,
        created=_text(said, "dct:created"),
        modified=_text(said, "dct:modified"),
        license=next(_nodes(said, "dct:license"), ""),
        version=_text(said, "owl:versionInfo"),
        history=_text(said, "skos:historyNote"),
        categories=tuple(_categories(facts, f"{base}category/")),
    )


_MAKERS = ("creator", "publisher")


def own_agents(said: Said) -> Iterator[str]:
    """Yield the nodes of those who made or publish a glossary."""
    for who in _MAKERS:
        yield from _nodes(said, f"dct:{who}")


def _agent(facts: Facts, node: str) -> Agent:
    said = facts.get(node, {})
    email = _text(said, "schema:email").removeprefix("mailto:")
    return Agent(name=_text(said, "schema:name"), iri=node, url=_text(said, "schema:url"), email=email)


def _categories(facts: Facts, start: str) -> Iterator[tuple[str, str]]:
    for node, said in facts.items():
        if node.startswith(start) and (definition := _text(said, "skos:definition")):
            yield _text(said, "skos:prefLabel"), definition


def _text(said: Said, name: str) -> str:
    return next((value.text for value in said.get(name, ()) if isinstance(value, Text)), "")


def _nodes(said: Said, name: str) -> Iterator[str]:
    return (value for value in said.get(name, ()) if isinstance(value, str))
