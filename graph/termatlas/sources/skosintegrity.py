"""The six integrity conditions of SKOS: S9, S13, S14, S27, S37 and S46.

They hold for what a file says and for all that follows from it: from the domains and ranges of properties, from
sub-properties (a broader match is a broader concept), inverses, symmetry and transitivity. Nothing else is asked:
a cycle of broader concepts breaks no condition. Source: SKOS Reference, https://www.w3.org/TR/skos-reference/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from termatlas.model import Violation
from termatlas.sources.rdffile import Facts, Text, Value
from termatlas.sources.skoshierarchy import lines
from termatlas.sources.skosstatements import (
    BROADER,
    COLLECTIONS,
    EXACT,
    NARROWER,
    RELATED,
    RELATIONS,
    Statements,
    typed,
    violation,
)

_LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
_XL_LABELS = ("skosxl:prefLabel", "skosxl:altLabel", "skosxl:hiddenLabel")
_LABEL_NAMES = ("preferred label", "alternative label", "hidden label")


def integrity_violations(said: Statements, file: str) -> Iterator[Violation]:
    """Yield where the statements of a file break an integrity condition of SKOS.

    >>> from termatlas.sources.skosstatements import statements
    >>> said = statements({"a": {"skos:broader": ["b"], "skos:related": ["c"]}, "b": {"skos:broader": ["c"]}})
    >>> [(each.condition, each.subject, each.object, each.message) for each in integrity_violations(said, "x.ttl")]
    [('S27', 'a', 'c', '"a" is related to "c", which is broader than it')]
    """
    yield from _class_clashes(said, file)
    yield from _label_clashes(said, file)
    yield from _hierarchy_clashes(said, file)
    yield from _mapping_clashes(said, file)


def _class_clashes(said: Statements, file: str) -> Iterator[Violation]:
    """Find the concepts that are schemes (S9), and the collections that are concepts or schemes (S37)."""
    schemes, collections = _schemes(said), _collections(said)
    concepts = _concepts(said, schemes.keys() | collections.keys())
    clashes = (("S9", concepts, schemes), ("S37", collections, concepts), ("S37", collections, schemes))
    for condition, one, other in clashes:
        for node, why in one.items():
            if node in other:
                yield violation(condition, node, f'"{said.shown(node)}" is {why} and {other[node]}', file)


def _schemes(said: Statements) -> dict[str, str]:
    """Say of each concept scheme why it is one; so do the two functions below of collections and concepts."""
    members = said.of(["skos:inScheme", "skos:topConceptOf"])
    return {
        **dict.fromkeys((node for _, node in members), "a concept scheme, for things are in it"),
        **dict.fromkeys((node for node, _ in said.of(["skos:hasTopConcept"])), "a concept scheme with top concepts"),
        **dict.fromkeys(typed(said, ["skos:ConceptScheme"]), "a concept scheme"),
    }


def _collections(said: Statements) -> dict[str, str]:
    members = said.of(["skos:member", "skos:memberList"])
    return {
        **dict.fromkeys((node for node, _ in members), "a collection, for it has members"),
        **dict.fromkeys(typed(said, COLLECTIONS), "a collection"),
    }


def _concepts(said: Statements, among: Set[str]) -> dict[str, str]:
    if not among:
        return {}
    tops = (*said.of(["skos:topConceptOf"]), *((high, low) for low, high in said.of(["skos:hasTopConcept"])))
    found = {node: "a concept, for it is the top concept of a scheme" for node, _ in tops if node in among}
    for one, other in said.of(RELATIONS):
        if one in among:
            found[one] = "a concept, for it has relations of concepts"
        if other in among:
            found[other] = "a concept, for a relation of concepts leads to it"
    return found | {node: "a concept" for node in typed(said, ["skos:Concept"]) if node in among}


def _label_clashes(said: Statements, file: str) -> Iterator[Violation]:
    """Find the labels of two kinds (S13) and the second preferred labels in a language (S14)."""
    extended = any(name in said.pairs for name in _XL_LABELS)
    for node, facts in said.facts.items():
        values = [facts.get(name, ()) for name in _LABELS]
        if extended:
            values = [
                (*plain, *_forms(said.facts, facts.get(name, ())))
                for plain, name in zip(values, _XL_LABELS, strict=True)
            ]
        preferred, alternative, hidden = values
        if len({label[-1] for label in preferred}) < len(preferred):  # as a rule each has another language
            yield from _doubled(said, node, preferred, file)
        if hidden or (preferred and alternative):
            yield from _shared(said, node, values, file)


def _forms(facts: Facts, labels: Iterable[Value]) -> Iterator[Value]:
    """Give the literal forms of labels that are things themselves (SKOS Reference, S55–S57)."""
    for label in labels:
        if isinstance(label, str):
            yield from facts.get(label, {}).get("skosxl:literalForm", ())


def _doubled(said: Statements, node: str, labels: Iterable[Value], file: str) -> Iterator[Violation]:
    first: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        if isinstance(label, Text) and first.setdefault(label.language, label.text) != label.text:
            language = f'in the language "{label.language}"' if label.language else "without a language"
            both = f'"{first[label.language]}" and "{label.text}"'
            yield violation("S14", node, f'"{said.shown(node)}" has two preferred labels {language}: {both}', file)


def _shared(said: Statements, node: str, values: Sequence[Sequence[Value]], file: str) -> Iterator[Violation]:
    for one, other in ((0, 1), (0, 2), (1, 2)):
        if set(values[one]).isdisjoint(values[other]):
            continue
        for label in dict.fromkeys(values[one]):
            if isinstance(label, Text) and label in values[other]:
                names = f"{_LABEL_NAMES[one]} and {_LABEL_NAMES[other]}"
                yield violation("S13", node, f'"{label.text}" is both {names} of "{said.shown(node)}"', file)


def _hierarchy_clashes(said: Statements, file: str) -> Iterator[Violation]:
    """Find the related concepts of which one is, by however many steps, broader than the other (S27)."""
    for low, high in lines(said.up(BROADER, NARROWER), said.of(RELATED)):
        message = f'"{said.shown(low)}" is related to "{said.shown(high)}", which is broader than it'
        yield violation("S27", low, message, file, high)


def _mapping_clashes(said: Statements, file: str) -> Iterator[Violation]:
    """Find the exact matches, by however many steps, that are broader or related matches too (S46)."""
    root = _same(said.of(EXACT))
    clashing = (
        ("broader", said.of(["skos:broadMatch"])),
        ("narrower", said.of(["skos:narrowMatch"])),
        ("related", said.of(["skos:relatedMatch"])),
    )
    for kind, pairs in clashing if root else ():
        for one, other in dict.fromkeys(pairs):
            if one in root and other in root and _find(root, one) == _find(root, other):
                message = f'"{said.shown(other)}" is both an exact match and a {kind} match of "{said.shown(one)}"'
                yield violation("S46", one, message, file, other)


def _same(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join what pairs join; two things are joined if `_find` gives one root for them.

    Source: Tarjan, Efficiency of a good but not linear set union algorithm, 1975.
    """
    root: dict[str, str] = {}
    for one, other in pairs:
        root.setdefault(one, one)
        root.setdefault(other, other)
        root[_find(root, one)] = _find(root, other)
    return root


def _find(root: dict[str, str], node: str) -> str:
    while root[node] != node:
        root[node] = root[root[node]]
        node = root[node]
    return node
