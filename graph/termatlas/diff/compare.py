"""Two snapshots → what came, went and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from termatlas.diff.model import MEASURES, Changed, Diff, Link, Moved, Renamed, Snapshot, TermState
from termatlas.diff.snapshot import snapshot, snapshot_of
from termatlas.findings.baseline import compare
from termatlas.model import Glossary
from termatlas.resolve import case_folded
from termatlas.survey import Survey


def diff(old: Glossary | Survey | Snapshot, new: Glossary | Survey | Snapshot) -> Diff:
    """Say what came, went and changed between two states of a glossary.

    A term whose slug is gone is *renamed* where one came with the same name, in whatever case, or else with the same
    definition, and neither has a double. Findings are compared by their fingerprints.

    >>> from termatlas.model import Reference, Term
    >>> a, link = Term(slug="a", name="A"), Reference(written="a", target="a")
    >>> old = Glossary(terms=(a, Term(slug="b", name="B", related=(link,))))
    >>> new = Glossary(terms=(a, Term(slug="bee", name="b"), Term(slug="c", name="C")))
    >>> found = diff(old, new)
    >>> [term.slug for term in found.terms_came], found.renamed, found.links_gone
    (['c'], (Renamed(old='b', new='bee', by='name'),), (Link(source='bee', target='a', kind='related'),))
    """
    before, after = _taken(old), _taken(new)
    renamed = _renamed(before, after)
    before = _with_new_slugs(before, {each.old: each.new for each in renamed})
    findings = compare(after.findings, before.findings)
    return Diff(
        terms_came=_only_in(after, before),
        terms_gone=_only_in(before, after),
        renamed=renamed,
        changed=tuple(_changes(before, after)),
        links_came=tuple(sorted(after.links - before.links)),
        links_gone=tuple(sorted(before.links - after.links)),
        statuses=tuple(_statuses(before, after)),
        moved=tuple(_moves(before, after)),
        findings_came=findings.new,
        findings_gone=findings.gone,
        estimated=tuple(name for name in MEASURES if not (name in before.measures and name in after.measures)),
    )


def _taken(state: Glossary | Survey | Snapshot) -> Snapshot:
    if isinstance(state, Glossary):
        return snapshot(state)
    return snapshot_of(state) if isinstance(state, Survey) else state


def _only_in(one: Snapshot, other: Snapshot) -> tuple[TermState, ...]:
    """List the defined terms that the other snapshot does not define."""
    there = other.terms
    found = (term for slug, term in one.terms.items() if term.defined and not (slug in there and there[slug].defined))
    return tuple(sorted(found, key=lambda term: term.slug))


def _renamed(old: Snapshot, new: Snapshot) -> tuple[Renamed, ...]:
    gone, came = list(_only_in(old, new)), list(_only_in(new, old))
    found: list[Renamed] = []
    keys: dict[str, Callable[[TermState], str]] = {
        "name": lambda term: case_folded(term.name),
        "definition": lambda term: term.definition,
    }
    for by, key in keys.items():
        pairs = _pairs(gone, came, key)
        found += (Renamed(old=first.slug, new=second.slug, by=by) for first, second in pairs)
        left = {slug for each in found for slug in (each.old, each.new)}
        gone, came = ([term for term in terms if term.slug not in left] for terms in (gone, came))
    return tuple(sorted(found, key=lambda each: each.new))


def _pairs(
    gone: Iterable[TermState], came: Iterable[TermState], key: Callable[[TermState], str]
) -> list[tuple[TermState, TermState]]:
    """Pair the terms that alone have a key on their side."""
    groups: defaultdict[str, tuple[list[TermState], list[TermState]]] = defaultdict(lambda: ([], []))
    for side, terms in enumerate((gone, came)):
        for term in terms:
            groups[key(term)][side].append(term)
    return [(old[0], new[0]) for text, (old, new) in groups.items() if text and len(old) == len(new) == 1]


def _with_new_slugs(old: Snapshot, renamed: Mapping[str, str]) -> Snapshot:
    """Call the renamed terms by their new slugs."""

    def now(slug: str) -> str:
        return renamed.get(slug, slug)

    # A page that was wanted under its new slug before has its own state counted, not that of the gap.
    slugs = sorted(old.terms, key=lambda slug: old.terms[slug].defined)
    return Snapshot(
        terms={now(slug): replace(old.terms[slug], slug=now(slug)) for slug in slugs},
        links=frozenset(Link(now(source), now(target), kind) for source, target, kind in old.links),
        measures={name: {now(slug): values[slug] for slug in slugs} for name, values in old.measures.items()},
        findings=tuple(
            replace(finding, term=now(finding.term), target=now(finding.target)) for finding in old.findings
        ),
    )


def _common(old: Snapshot, new: Snapshot) -> list[tuple[TermState, TermState]]:
    """Pair the states of the terms that are defined in both, by slug."""
    both = sorted(old.terms.keys() & new.terms.keys())
    pairs = ((old.terms[slug], new.terms[slug]) for slug in both)
    return [(before, after) for before, after in pairs if before.defined and after.defined]


def _changes(old: Snapshot, new: Snapshot) -> Iterator[Changed]:
    for before, after in _common(old, new):
        for what in ("name", "categories", "aliases", "definition", "explanation"):
            first, second = getattr(before, what), getattr(after, what)
            if first != second and first is not None and second is not None:
                yield Changed(slug=after.slug, what=what, old=_text(first), new=_text(second))


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _statuses(old: Snapshot, new: Snapshot) -> Iterator[Changed]:
    for before, after in _common(old, new):
        if before.status != after.status:
            yield Changed(slug=after.slug, what="status", old=before.status, new=after.status)


def _moves(old: Snapshot, new: Snapshot) -> Iterator[Moved]:
    """Give the terms of both whose rank changed by a tenth or more, those first that moved by the greatest factor.

    A factor, because from rank 1 to rank 2 is as far as from 1,000 to 2,000. Smaller moves are left out: they follow
    from the others' and, in a large glossary, are in the thousands.
    """
    slugs = [after.slug for _, after in _common(old, new)]
    for name in MEASURES:
        if name in old.measures and name in new.measures:
            before, after = _ranks(old.measures[name]), _ranks(new.measures[name])
            moves = [Moved(measure=name, slug=slug, old=before[slug], new=after[slug]) for slug in slugs]
            yield from sorted(filter(_is_far, moves), key=lambda move: (-_factor(move), move.slug))


def _factor(move: Moved) -> float:
    return max(move.old, move.new) / min(move.old, move.new)


def _is_far(move: Moved) -> bool:
    return _factor(move) >= 1.1


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    ranks: dict[float, int] = {}
    for place, value in enumerate(sorted(values.values(), reverse=True), start=1):
        ranks.setdefault(value, place)
    return {slug: ranks[value] for slug, value in values.items()}
