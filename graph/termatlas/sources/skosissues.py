"""What is unsound in a vocabulary though it breaks no condition of SKOS: issues that only its file can show.

Source of the issues and of their ids: Mader, Haslhofer and Isaac, Finding quality issues in SKOS vocabularies, 2012,
and the tool qSKOS. Those that a glossary in any format can have are rules of `termatlas.findings`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from termatlas.model import Violation
from termatlas.sources.rdffile import Facts, Text, short_name
from termatlas.sources.skoshierarchy import lines
from termatlas.sources.skosstatements import Statements, typed, violation
from termatlas.sources.skostexts import NAMES

_LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
_NOTES = ("definition", "note", "scopeNote", "example", "changeNote", "editorialNote", "historyNote")
_TEXTS = (*_LABELS, *(f"skos:{name}" for name in _NOTES))
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}|[xi](?=-))(?:-[a-z0-9]{1,8})*")
_UP = ("skos:broader", "isothes:broaderGeneric", "isothes:broaderPartitive", "isothes:broaderInstantial")
_DOWN = tuple(name.replace("broader", "narrower") for name in _UP)
_MAPPINGS = tuple(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
_OTHERS = """Collection Concept ConceptScheme OrderedCollection
    broaderTransitive narrowerTransitive semanticRelation mappingRelation hasTopConcept inScheme topConceptOf
    member memberList notation broader narrower related"""
_SKOS = frozenset((*_TEXTS, *_MAPPINGS, *(f"skos:{name}" for name in _OTHERS.split())))


def quality_issues(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    """Yield the issues of a file whose concepts are known, each under its id in qSKOS.

    >>> from termatlas.sources.skosstatements import statements
    >>> facts = {"https://example.org/a": {"skos:prefLabel": [Text("", "en")]}}
    >>> [(each.condition, each.message) for each in quality_issues(statements(facts), list(facts), "x.ttl")]
    [('el', 'a label of "a" is empty'), ('ml', '"a" has no name')]
    """
    yield from _empty_labels(said, concepts, file)
    yield from _missing_labels(said, concepts, file)
    yield from _language_tags(said, concepts, file)
    yield from _languages(said, concepts, file)
    yield from _notations(said, concepts, file)
    yield from _siblings(said, file)
    yield from _transitive(said, file)
    yield from _top_concepts(said, file)
    yield from _mappings(said, concepts, file)
    yield from _unknown(said, file)
    yield from _addresses(said, concepts, file)


def _empty_labels(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    for node in concepts:
        values = (value for name in _LABELS for value in said.facts[node].get(name, ()))
        if any(isinstance(value, Text) and not value.text.strip() for value in values):
            yield violation("el", node, f'a label of "{said.shown(node)}" is empty', file)


def _missing_labels(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    """Find the concepts and schemes without a name; one that is a thing itself, as in SKOS-XL, counts."""
    for node in dict.fromkeys((*concepts, *typed(said, ["skos:ConceptScheme"]))):
        values = (value for name in NAMES for value in said.facts[node].get(name, ()))
        if not any(value.text.strip() if isinstance(value, Text) else value for value in values):
            yield violation("ml", node, f'"{said.shown(node)}" has no name', file)


def _language_tags(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    """Find bad tags (BCP 47, 2.1), and missing ones in a file that tags most of its texts."""
    tags = {node: [value.language for value in _texts(said.facts, node)] for node in concepts}
    uses = Counter(tag for each in tags.values() for tag in each)
    bad = {tag for tag in uses if tag and not _LANGUAGE.fullmatch(tag)}
    mostly = 0 < 2 * uses[""] < uses.total()
    for node, each in tags.items():
        if wrong := next((tag for tag in each if tag in bad), ""):
            yield violation(
                "oilt", node, f'the text of "{said.shown(node)}" is in "{wrong}", which is no language', file
            )
        elif mostly and "" in each:
            yield violation("oilt", node, f'a text of "{said.shown(node)}" does not say its language', file)


def _texts(facts: Facts, node: str) -> Iterator[Text]:
    said = facts[node]
    for name in _TEXTS:
        if name in said:
            yield from (value for value in said[name] if isinstance(value, Text))


def _languages(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    """Find the concepts without a name in a language that at least half of the concepts have one in."""
    spoken = {}
    for node in concepts:
        values = said.facts[node].get("skos:prefLabel", ())
        spoken[node] = {value.language for value in values if isinstance(value, Text) and value.language}
    uses = Counter(language for languages in spoken.values() for language in languages)
    usual = sorted(language for language, count in uses.items() if 2 * count >= len(concepts))
    for node, languages in spoken.items():
        if languages and (missing := [language for language in usual if language not in languages]):
            named = ", ".join(missing)
            yield violation("ilc", node, f'"{said.shown(node)}" has no name in {named}', file, weight=len(missing))


def _notations(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    """Find the notations that two concepts of a scheme have."""
    schemes = _schemes(said)
    first: dict[tuple[str, str], str] = {}
    for node in concepts:
        for value in dict.fromkeys(said.facts[node].get("skos:notation", ())):
            if isinstance(value, Text):
                others = [first.setdefault((value.text, scheme), node) for scheme in schemes.get(node, [""])]
                if other := next((other for other in others if other != node), ""):
                    message = f'"{value.text}" is the notation of both "{said.shown(other)}" and "{said.shown(node)}"'
                    yield violation("anr", node, message, file, other)


def _schemes(said: Statements) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    tops = ((node, scheme) for scheme, node in said.of(["skos:hasTopConcept"]))
    for node, scheme in dict.fromkeys((*said.of(["skos:inScheme", "skos:topConceptOf"]), *tops)):
        found.setdefault(node, []).append(scheme)
    return found


def _siblings(said: Statements, file: str) -> Iterator[Violation]:
    """Find the related concepts that share a broader one; not links of pages that TermAtlas exported."""
    up, links = said.up(_UP, _DOWN), "ta:linksTo"
    for one, other in sorted({(min(pair), max(pair)) for pair in said.of(["skos:related"]) if up}):
        if one == other or any(links in said.facts.get(node, ()) for node in (one, other)):
            continue
        if shared := up.get(one, set()) & up.get(other, set()):
            both = f'"{said.shown(one)}" and "{said.shown(other)}"'
            message = f'{both} are related, and both below "{said.shown(min(shared))}"'
            yield violation("var", one, message, file, other)


def _transitive(said: Statements, file: str) -> Iterator[Violation]:
    """Find what is above a concept by the transitive properties alone, which are for inference."""
    down = ((low, high) for high, low in said.of(["skos:narrowerTransitive"]))
    pairs = [*said.of(["skos:broaderTransitive"]), *down]
    if pairs:
        chained = set(lines(said.up(_UP, _DOWN), pairs))
        for low, high in dict.fromkeys(pairs):
            if low != high and (low, high) not in chained:
                message = f'no chain of broader concepts leads from "{said.shown(low)}" to "{said.shown(high)}"'
                yield violation("strc", low, message, file, high)


def _top_concepts(said: Statements, file: str) -> Iterator[Violation]:
    """Find the schemes with a hierarchy and no top concept, and the top concepts below others of their scheme."""
    up, schemes = said.up(_UP, _DOWN), _schemes(said)
    turned = ((node, scheme) for scheme, node in said.of(["skos:hasTopConcept"]))
    tops = dict.fromkeys((*said.of(["skos:topConceptOf"]), *turned))
    topped = {scheme for _, scheme in tops}
    for scheme in {scheme: None for node in up for scheme in schemes.get(node, ()) if scheme not in topped}:
        yield violation("otc", scheme, f'the scheme "{said.shown(scheme)}" has a hierarchy but no top concept', file)
    for node, scheme in tops:
        for high in sorted(up.get(node, ())):
            if high != node and scheme in schemes.get(high, [scheme]):
                message = f'"{said.shown(node)}" is a top concept of its scheme, though "{said.shown(high)}" is broader'
                yield violation("tchbc", node, message, file, high)


def _mappings(said: Statements, concepts: Collection[str], file: str) -> Iterator[Violation]:
    """Find the mappings between concepts of one scheme: mappings are for other people's concepts."""
    inside, schemes = set(concepts), _schemes(said)
    for one, other in dict.fromkeys(said.of(_MAPPINGS)):
        if one == other or one not in inside or other not in inside:
            continue
        if not set(schemes.get(one, [""])).isdisjoint(schemes.get(other, [""])):
            message = f'"{said.shown(one)}" is mapped to "{said.shown(other)}", a concept of its own scheme'
            yield violation("mri", one, message, file, other)


def _unknown(said: Statements, file: str) -> Iterator[Violation]:
    """Find the names in the namespace of SKOS that SKOS has not, each once; weigh them by their uses."""
    uses: Counter[str] = Counter()
    first: dict[str, str] = {}
    for node, facts in said.facts.items():
        for name in facts:
            if name not in _SKOS and name.startswith("skos:"):
                uses[name] += 1
                first.setdefault(name, node)
    for node, kind in said.pairs.get("rdf:type", ()):
        name = short_name(kind)
        if name.startswith("skos:") and name not in _SKOS:
            uses[name] += 1
            first.setdefault(name, node)
    for name, count in uses.items():
        message = f'"{said.shown(first[name])}" has {name}, which SKOS does not know'
        yield violation("usr", first[name], message, file, weight=count)


def _addresses(said: Statements, concepts: Sequence[str], file: str) -> Iterator[Violation]:
    """Find the concepts whose addresses a browser cannot open: the first of each kind of address."""
    kinds: dict[str, list[str]] = {}
    for node in concepts:
        kind = node.partition(":")[0].lower()
        if kind not in ("http", "https"):
            kinds.setdefault(kind, []).append(node)
    for kind, nodes in kinds.items():
        what = "no address" if kind == "_" else f'an address that starts with "{kind}:"'
        message = f'concepts such as "{said.shown(nodes[0])}" have {what}'
        yield violation("husv", nodes[0], message, file, weight=len(nodes))
