"""What mappings say together: contradictions, several for one, and what SKOS forbids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from termatlas.align.clusters import Clusters, clusters
from termatlas.align.model import Mapping, MappingProblem, Mappings, Relation
from termatlas.align.prefixes import known_prefixes, namespace
from termatlas.align.rules import problem
from termatlas.align.stated import stated_mappings
from termatlas.align.subjects import addresses
from termatlas.collector import collector_paused
from termatlas.model import Glossary

#: A relation → the one that follows from it (SKOS Reference, S42): what denies this, denies that.
_IMPLIED: dict[Relation, Relation] = {"exactMatch": "closeMatch"}
_DENY_ONE = frozenset({"exactMatch", "closeMatch"})
_DISJOINT = frozenset({"broadMatch", "narrowMatch", "relatedMatch"})


class _Known(NamedTuple):
    """What checks look at: mappings that hold, those said not to, and a target's identity."""

    asserted: Sequence[Mapping]
    denied: Sequence[Mapping]
    stated: Sequence[Mapping]
    thing: Callable[[str], object]  #: an IRI → what it names: a term of the glossary, by its slug, or itself
    one: Clusters
    namespaces: Callable[[str], str]


@collector_paused()
def check_mappings(mappings: Mappings, glossary: Glossary) -> tuple[MappingProblem, ...]:
    """Give all that is wrong with mappings, in their order: what reading them found, and what they say together.

    Mappings that the glossary's own RDF sources state count too: exact matches of both together make things one.
    """
    known = _known(mappings, glossary, tuple(stated_mappings(glossary)))
    found = chain(mappings.problems, *(check(known) for check in _CHECKS))
    return tuple(sorted(found, key=lambda each: (each.where.file, each.where.line, each.rule, each.problem)))


def _known(mappings: Mappings, glossary: Glossary, stated: Sequence[Mapping]) -> _Known:
    term_at = addresses(glossary)
    own = {iri: term_at(iri)[:1] for iri in {each.target for each in chain(mappings.mappings, stated)}}

    def thing(iri: str) -> object:
        return own.get(iri) or iri

    exact = (each for each in chain(mappings.asserted, stated) if each.relation == "exactMatch")
    return _Known(
        asserted=mappings.asserted,
        denied=[each for each in mappings.mappings if each.negated],
        stated=stated,
        thing=thing,
        one=clusters(((each.slug,), thing(each.target)) for each in exact),
        namespaces=_namespaces(known_prefixes(mappings.prefixes).values()),
    )


def _namespaces(known: Iterable[str]) -> Callable[[str], str]:
    """Make what gives an IRI's namespace: the longest known one, else all up to its last sign that parts."""
    starts = set(known)
    lengths = sorted({len(start) for start in starts}, reverse=True)
    return lambda iri: next((iri[:n] for n in lengths if iri[:n] in starts), "") or namespace(iri)


def _own(known: _Known) -> Iterator[MappingProblem]:
    for each in known.asserted:
        if isinstance(own := known.thing(each.target), tuple):
            said = "itself" if own == (each.slug,) else f'"{own[0]}", a term of the same glossary'
            yield problem("own-concept", each.where, f'"{each.slug}" is mapped to {said}', each)


def _disjoint(known: _Known) -> Iterator[MappingProblem]:
    """Find S46: what exact matches make one may not be broader, narrower or related."""
    exact = [each for each in known.asserted if each.relation == "exactMatch"]
    lines: dict[tuple[object, object], int] = {
        ((each.slug,), known.thing(each.target)): each.where.line for each in reversed(exact)
    }
    for each in chain(known.asserted, known.stated):
        thing = known.thing(each.target)
        if each.relation in _DISJOINT and known.one.are_one((each.slug,), thing):
            way = _way(known.one, (each.slug,), thing, lines)
            yield problem("s46", each.where, f'"{each.slug}" {each.relation} {each.target}, but {way}', each)


def _way(one: Clusters, start: object, end: object, lines: dict[tuple[object, object], int]) -> str:
    """Say by which exact matches two things are one."""
    if start == end:
        return "that is the term itself"
    steps = one.chain(start, end)
    if not steps:
        return "a chain of exact matches makes them one"
    shown = " = ".join(f'"{step[0]}"' if isinstance(step, tuple) else str(step) for step in steps)
    pairs = chain(pairwise(steps), pairwise(reversed(steps)))
    at = sorted({lines[pair] for pair in pairs if pair in lines})
    return f"{shown} by exact matches" + (f" (line {', '.join(map(str, at))})" if at else "")


def _contradictions(known: _Known) -> Iterator[MappingProblem]:
    """Find what is said and denied; a denied closeMatch denies an exactMatch too."""
    held = {(each.slug, each.target, each.relation): each.where for each in reversed(known.asserted)}
    for (slug, target, relation), where in list(held.items()):
        if relation in _IMPLIED:
            held.setdefault((slug, target, _IMPLIED[relation]), where)
    for each in known.denied:
        if other := held.get((each.slug, each.target, each.relation)):
            said = f'line {other.line} says what this line denies: "{each.slug}" {each.relation} {each.target}'
        elif each.relation in {"exactMatch", "closeMatch"} and known.one.are_one(
            (each.slug,), known.thing(each.target)
        ):
            said = f'"{each.slug}" and {each.target} are one by other exact matches, which this line denies'
        else:
            continue
        yield problem("contradiction", each.where, said, each)


def _relations(known: _Known) -> Iterator[MappingProblem]:
    """Find pairs with several relations, and rows that say nothing new."""
    first: dict[tuple[str, str], Mapping] = {}
    seen: dict[str, Mapping] = {}
    for each in known.asserted:
        other = first.setdefault((each.slug, each.target), each)
        twin = seen.setdefault(each.fingerprint, each)
        relations = {other.relation, each.relation}
        if len(relations) > 1 and not ("exactMatch" in relations and relations & _DISJOINT):  # else it is S46
            said = f'"{each.slug}" {each.relation} {each.target}, though line {other.where.line} says {other.relation}'
            yield problem("two-relations", each.where, said, each)
        elif twin is not each:
            yield problem("said-twice", each.where, f"line {twin.where.line} says the same", each)


def _one_to_one(known: _Known) -> Iterator[MappingProblem]:
    """Find exact matches that several terms share, and terms that have several within one vocabulary."""
    terms: defaultdict[object, dict[str, Mapping]] = defaultdict(dict)
    targets: defaultdict[tuple[str, str], dict[str, Mapping]] = defaultdict(dict)
    for each in known.asserted:
        if each.relation == "exactMatch":
            terms[each.target].setdefault(each.slug, each)
            targets[each.slug, known.namespaces(each.target)].setdefault(each.target, each)
    for target, by_slug in terms.items():
        for each in list(by_slug.values())[1:]:
            said = f'"{each.slug}" and {_others(by_slug, each.slug)} are exact matches of {target}'
            yield problem("shared-target", each.where, said, each)
    for (slug, start), by_target in targets.items():
        for each in list(by_target.values())[1:]:
            others = _others(by_target, each.target)
            said = f'"{slug}" is an exact match of {each.target} and of {others}, all in {start}'
            yield problem("several-targets", each.where, said, each)


def _others(names: Collection[str], but: str) -> str:
    """Name three others, and count the rest."""
    shown = list(islice((name for name in names if name != but), 3))
    rest = len(names) - 1 - len(shown)
    return ", ".join([*shown, *([f"{rest} more"] if rest else [])])


_CHECKS: tuple[Callable[[_Known], Iterator[MappingProblem]], ...] = (
    _own,
    _disjoint,
    _contradictions,
    _relations,
    _one_to_one,
)
