"""Validation of linked data: the conditions of SKOS, profiles, and any SHACL shapes."""

from __future__ import annotations

from termatlas.validate.model import Result
from termatlas.validate.profiles import PROFILES
from termatlas.validate.validate import given_sources, results_of, validate

__all__ = ["PROFILES", "Result", "given_sources", "results_of", "validate"]
