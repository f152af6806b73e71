"""The categories of concepts: their collections, else their schemes, else the top concept above them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from termatlas.sources.irislugs import slugs_of
from termatlas.sources.rdffile import Facts, Value
from termatlas.sources.skostexts import name_of

_SCHEMES = ("skos:inScheme", "skos:topConceptOf", "schema:inDefinedTermSet")

Groups = dict[str, list[str]]  # concept → nodes it is grouped under


def grouped(facts: Facts, slugs: Mapping[str, str], language: str) -> dict[str, list[str]]:
    """Find the categories of each concept (the keys of `slugs`), by name."""
    collections, schemes, tops = _collections(facts), _schemes(facts, slugs), _nearest_tops(facts, slugs)
    names: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for node in slugs:
        groups = collections.get(node) or schemes.get(node) or tops.get(node, [])
        for group in groups:
            if group not in names:
                name = name_of(facts, group, language)
                names[group] = name.text if name else slugs_of([group])[group]
        found[node] = list(dict.fromkeys(names[group] for group in groups))
    return found


def _collections(facts: Facts) -> Groups:
    found: Groups = {}
    for node, said in facts.items():
        for member in (*said.get("skos:member", ()), *_items(facts, said.get("skos:memberList", ()))):
            if isinstance(member, str):
                found.setdefault(member, []).append(node)
    return found


def _items(facts: Facts, heads: list[Value] | tuple[()]) -> Iterator[Value]:
    """Walk through lists; a list that bites its tail ends there."""
    for head in heads:
        seen: set[Value] = set()
        node = head
        while isinstance(node, str) and node in facts and node not in seen:
            seen.add(node)
            yield from facts[node].get("rdf:first", ())
            node = next(iter(facts[node].get("rdf:rest", ())), "")


def _schemes(facts: Facts, slugs: Mapping[str, str]) -> Groups:
    """Find the schemes that tell some concepts from others: not one that all are in."""
    found: Groups = {}
    for node in slugs:
        values = (value for name in _SCHEMES for value in facts.get(node, {}).get(name, ()) if isinstance(value, str))
        found[node] = list(dict.fromkeys(values))
    common = set.intersection(*map(set, found.values())) if found else set()
    found = {node: [scheme for scheme in schemes if scheme not in common] for node, schemes in found.items()}
    several = len({scheme for schemes in found.values() for scheme in schemes}) > 1
    return found if several else {}


def _nearest_tops(facts: Facts, slugs: Mapping[str, str]) -> Groups:
    """Find the top concept nearest to each concept, the first by slug of several; a breadth-first walk from all."""
    below = _below(facts, slugs)
    tops = sorted(_tops(facts, slugs, below), key=lambda node: slugs[node])
    found: Groups = {top: [top] for top in tops}
    queue = deque(tops)
    while queue:
        node = queue.popleft()
        for lower in sorted(below.get(node, ()), key=lambda node: slugs[node]):
            if lower not in found:
                found[lower] = found[node]
                queue.append(lower)
    return found


def _below(facts: Facts, slugs: Mapping[str, str]) -> dict[str, set[str]]:
    below: dict[str, set[str]] = {}
    for node in slugs:
        for higher in facts[node].get("skos:broader", ()):
            if higher in slugs and isinstance(higher, str):
                below.setdefault(higher, set()).add(node)
        for lower in facts[node].get("skos:narrower", ()):
            if lower in slugs and isinstance(lower, str):
                below.setdefault(node, set()).add(lower)
    return below


def _tops(facts: Facts, slugs: Mapping[str, str], below: Mapping[str, set[str]]) -> set[str]:
    """Find the top concepts: those declared so, else those with concepts below and none above."""
    declared = {node for node in slugs if "skos:topConceptOf" in facts[node]}
    for said in facts.values():
        declared.update(
            value for value in said.get("skos:hasTopConcept", ()) if value in slugs and isinstance(value, str)
        )
    lower = set().union(*below.values())
    return {node for node in declared if node in below} or {node for node in below if node not in lower}
