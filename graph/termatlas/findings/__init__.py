"""Findings: what is wrong with a glossary, each by a rule with an id, a definition and a level."""

from __future__ import annotations

from termatlas.findings.check import check, worst_reaches
from termatlas.findings.listing import listing
from termatlas.findings.model import LEVELS, Finding, Level, Rule
from termatlas.findings.rules import RULES

__all__ = ["LEVELS", "RULES", "Finding", "Level", "Rule", "check", "listing", "worst_reaches"]
