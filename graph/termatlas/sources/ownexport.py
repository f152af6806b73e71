"""What TermAtlas exported: which part of a file that is, its terms' slugs, categories and links."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from termatlas.sources.aswritten import decoded_unsaid, one_text
from termatlas.sources.fields import legal
from termatlas.sources.irislugs import slugs_of
from termatlas.sources.owndescription import own_agents, own_description
from termatlas.sources.rdffile import Facts, Text, Value, short_name
from termatlas.sources.reader import Heading
from termatlas.sources.skostexts import language_tag

_LINKS_TO = "https://w3id.org/termatlas/ns#linksTo"

_INVERSES = {"skos:broader": "skos:narrower", "skos:narrower": "skos:broader", "skos:related": "skos:related"}

Said = Mapping[str, list[Value]]  # property → values


class OwnExport(NamedTuple):
    """The part of a file that is an export of ours."""

    facts: Facts
    headings: dict[str, Heading]  #: IRI of a glossary → what it says about itself
    home: dict[str, str]  #: node of a term, defined or wanted → its glossary
    slugs: dict[str, str]  #: node of a term → slug
    groups: dict[str, list[str]]  #: node of a term → its categories, the main one first
    kinds: dict[str, str]  #: property → the kind of link that it stands for


def own_export(facts: Facts, file: str) -> OwnExport:
    """Find what is an export of ours in a file."""
    headings = {node: heading for node, said in facts.items() if (heading := _heading(facts, said, file))}
    home = {node: one for node, said in facts.items() if (one := _home(said, headings))} if headings else {}
    slugs = {node: sys.intern(_slug(facts[node])) for node in home}
    return OwnExport(facts, headings, home, slugs, _groups(facts, home), dict(_kinds(facts)))


def is_wanted(said: Said) -> bool:
    """Tell whether no page defines a term: links alone lead to it."""
    return Text("wanted", "") in said.get("ta:status", ())


def wanted_names(own: OwnExport) -> dict[str, str]:
    """Give the terms that no page defines, and their names."""
    wanted = ((own.slugs[node], own.facts[node]) for node in own.home if is_wanted(own.facts[node]))
    return {slug: first_text(said, "skos:prefLabel") or legal(slug) for slug, said in wanted}


def own_targets(own: OwnExport, node: str) -> Iterator[tuple[str, str]]:
    """Yield where the links of a term lead, and their kinds.

    A semantic relation that no link explains and that stands in one direction only was added by hand: it is a link
    too. One that stands in both, as we write them, is left of a link that was taken away.
    """
    said = own.facts[node]
    by_target: dict[str, list[str]] = {}
    for name, kind in own.kinds.items():
        for target in said.get(name, ()):
            by_target.setdefault(str(target), []).append(kind)
    linked = dict.fromkeys(nodes_of(said, "ta:linksTo"))
    for target in linked:
        yield from ((target, kind) for kind in by_target.get(target, ["related"]))
    for name, inverse in _INVERSES.items():
        for target in nodes_of(said, name):
            there = own.facts.get(target, {})
            if target not in linked and node not in (*there.get("ta:linksTo", ()), *there.get(inverse, ())):
                yield target, name.partition(":")[2]


def own_subjects(own: OwnExport) -> Iterator[str]:
    """List the nodes that a new export says all of again: glossaries, terms, categories, questions, kinds of link."""
    bases = tuple(f"{heading.namespace}category/" for heading in own.headings.values())
    for node, said in own.facts.items():
        is_category = node.startswith(bases) and "skos:Collection" in map(_short, said.get("rdf:type", ()))
        is_category = is_category and all(member in own.home for member in said.get("skos:member", ()))
        if is_category or node in own.home or node in own.headings or short_name(node).startswith("ta:"):
            yield node
        if node in own.headings:
            yield from own_agents(said)
    for node in own.home:
        for page in nodes_of(own.facts[node], "schema:subjectOf"):
            yield page
            for entry in nodes_of(own.facts.get(page, {}), "schema:mainEntity"):
                yield from (entry, *nodes_of(own.facts.get(entry, {}), "schema:acceptedAnswer"))


def first_text(said: Said, name: str) -> str:
    """Give the first text that a property has, or ""."""
    return next((value.text for value in said.get(name, ()) if isinstance(value, Text)), "")


def unsaid_of(said: Said) -> Mapping[str, Any]:
    """Give what the statements about a thing cannot say."""
    text = first_text(said, "ta:asWritten")
    return decoded_unsaid(text) if text else {}


def texts_in(said: Said, name: str, tag: str) -> list[str]:
    """Give the texts that a property has in a language, as they stand, each once."""
    values = (value.text for value in said.get(name, ()) if isinstance(value, Text) and value.language == tag)
    return list(dict.fromkeys(values))


def text_in(said: Said, name: str, tag: str) -> str:
    """Give the first text that a property has in a language, or ""."""
    return next(iter(texts_in(said, name, tag)), "")


def nodes_of(said: Said, name: str) -> Iterator[str]:
    """Yield the things that a property leads to."""
    return (value for value in said.get(name, ()) if isinstance(value, str))


def _short(value: object) -> str:
    return short_name(value) if isinstance(value, str) else ""


def _heading(facts: Facts, said: Said, file: str) -> Heading | None:
    base = first_text(said, "vann:preferredNamespaceUri")
    if not base or _LINKS_TO not in facts or "schema:DefinedTermSet" not in map(_short, said.get("rdf:type", ())):
        return None
    unsaid = unsaid_of(said)
    language = first_text(said, "schema:inLanguage")
    title = text_in(said, "schema:name", language_tag(language)) or first_text(said, "schema:name")
    return Heading(
        title=one_text(unsaid.get("title"), title),
        language=language or str(unsaid.get("language", "")),
        base_iri=base[:-1] if unsaid.get("base_iri") == base[:-1] else base,
        namespace=base,
        file=file,
        description=own_description(facts, said, base),
    )


def _home(said: Said, headings: Mapping[str, Heading]) -> str:
    if "schema:termCode" not in said and not is_wanted(said):
        return ""
    return next((scheme for scheme in nodes_of(said, "skos:inScheme") if scheme in headings), "")


def _slug(said: Said) -> str:
    return one_text(
        unsaid_of(said).get("slug"), first_text(said, "schema:termCode") or first_text(said, "dct:identifier")
    )


def _groups(facts: Facts, home: Mapping[str, str]) -> dict[str, list[str]]:
    """Give each term its categories: the main one, the others by the alphabet."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for group, said in facts.items() if home else ():
        if members := said.get("skos:member", ()):
            name = _name_of_group(group, said)
            for member in members:
                if isinstance(member, str) and member in home:
                    is_main = group in facts[member].get("ta:mainCategory", ())
                    found.setdefault(member, []).append((not is_main, name))
    return {node: [name for _, name in sorted(groups)] for node, groups in found.items()}


def _name_of_group(group: str, said: Said) -> str:
    unsaid = unsaid_of(said)
    label = first_text(said, "skos:prefLabel")
    return one_text(unsaid.get("name"), label) if label or "name" in unsaid else slugs_of([group])[group]


def _kinds(facts: Facts) -> Iterator[tuple[str, str]]:
    """Find the properties for kinds of link, and the kinds: their labels."""
    for node, said in facts.items():
        if "ta:linksTo" in map(_short, said.get("rdfs:subPropertyOf", ())):
            name = unsaid_of(said).get("name")
            label = one_text(name, first_text(said, "rdfs:label"))
            yield short_name(node), label or (short_name(node).partition(":")[2] if name is None else "")
