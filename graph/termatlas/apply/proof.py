"""The proof that applying links added them and changed nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from termatlas.apply.model import Applied
from termatlas.errors import OutputError
from termatlas.model import Glossary, Reference, Term


def prove(before: Glossary, after: Glossary, applied: Applied) -> None:
    """Compare what sources held with what they hold now.

    Raises `OutputError` where a link is not there or anything else is not what it was.
    """
    added: defaultdict[str, set[str]] = defaultdict(set)
    for outcome in applied.outcomes:
        if outcome.state == "added":
            added[outcome.link.source].add(outcome.link.target)
    for source, targets in sorted(added.items()):
        term = after.get(source)
        if lost := sorted(targets.difference(link.target for link in term.related) if term else targets):
            raise _failed(before[source], f"the link {source} → {lost[0]} is not read from it after it was added")
    if len(before.terms) != len(after.terms) or len(before.problems) != len(after.problems):
        raise OutputError("sources", "other terms are read after links were added", _CURE)
    for old, new in zip(before.terms, after.terms, strict=True):
        if old != new and _bare(old, added[new.slug]) != _bare(new, added[new.slug]):
            raise _failed(old, f"{old.slug} is read otherwise after links were added")


_CURE = "the old files are back; add these links by hand, and reject their rows or take them out"


def _failed(term: Term, problem: str) -> OutputError:
    return OutputError(term.file, problem, _CURE)


def _bare(term: Term, added: set[str]) -> Term:
    """Take off what an added link may move: places, and the link itself."""
    links = tuple(_placeless(link) for link in term.related if link.target not in added)
    return replace(term, related=links, line=0, field="")


def _placeless(link: Reference) -> Reference:
    return replace(link, line=0, field="")
