"""Waivers: findings that somebody decided to leave as they are, until the waiver expires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from termatlas.decisions import Decision, Decisions, in_force
from termatlas.findings.fingerprints import numbered
from termatlas.findings.model import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """Findings beside decisions: `open` ones, `waived` ones, and the waivers that `expired` though they are needed."""

    open: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    expired: tuple[tuple[Finding, Decision], ...]


def without_waived(findings: Sequence[Finding], decisions: Decisions, today: date) -> Waived:
    """Leave out the findings that are waived or rejected, by their fingerprints; an expired waiver counts no more.

    A waiver of ``126286ceb20ec62c#2`` is about the second finding of that fingerprint alone.

    >>> from termatlas.model import Where
    >>> finding = Finding(rule="orphan", level="warning", term="clip", message="…", where=Where(file="clip.md"))
    >>> waiver = Decision(
    ...     kind="finding", verdict="waive", fingerprint="126286ceb20ec62c", expires=date(2026, 6, 30)
    ... )
    >>> decisions = Decisions(made=(waiver,))
    >>> [len(without_waived([finding], decisions, date(2026, month, 1)).open) for month in (6, 7)]
    [0, 1]
    """
    named = zip(findings, numbered(findings), strict=True)
    verdicts = [(finding, *_waiver(name, decisions, today)) for finding, name in named]
    return Waived(
        open=tuple(finding for finding, waiver, holds in verdicts if not holds),
        waived=tuple(finding for finding, _, holds in verdicts if holds),
        expired=tuple((finding, waiver) for finding, waiver, holds in verdicts if waiver and not holds),
    )


def _waiver(name: str, decisions: Decisions, today: date) -> tuple[Decision | None, bool]:
    """Give the waiver of a finding, if there is one, and whether it holds."""
    waiver = decisions.last(name)
    if waiver is None or waiver.kind != "finding" or waiver.verdict == "accept":
        return None, False
    return waiver, in_force(decisions, name, today) is not None
