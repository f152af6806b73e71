"""Checklists and decisions → the links that were accepted in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from termatlas.apply.model import Accepted
from termatlas.checklist import decisions_of, read_checklist
from termatlas.decisions import Decision, Decisions, in_force, read_decisions
from termatlas.model import Problem
from termatlas.sources.files import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a file asks to apply, the decisions that a checklist holds, and the rows or lines that cannot be read."""

    links: tuple[Accepted, ...]
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_accepted(path: Path, *, who: str, today: date) -> Asked:
    """Read the accepted links of a checklist, or of a file of decisions as they stand today.

    Raises `SourceError` where the file cannot be read.
    """
    with translated(path.as_posix()), path.open("rb") as stream:
        start = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if path.suffix == ".jsonl" or start.startswith(b"{"):
        decisions = read_decisions(path)
        return Asked(links=tuple(_in_decisions(decisions, today)), problems=decisions.problems)
    checklist = read_checklist(path)
    links = tuple(
        Accepted(source=row.source, target=row.target, source_id=row.source_id, place=f"line {row.line}")
        for row in checklist.rows
        if row.verdict == "accept"
    )
    made = tuple(decisions_of(checklist, who=who, when=today))
    return Asked(links=links, decisions=made, problems=checklist.problems)


def _in_decisions(decisions: Decisions, today: date) -> Iterator[Accepted]:
    for decision in decisions.latest():
        is_accepted = decision.kind == "link" and decision.verdict == "accept"
        if is_accepted and in_force(decisions, decision.fingerprint, today):
            yield Accepted(source=decision.source, target=decision.target, source_id=decision.source_id)
