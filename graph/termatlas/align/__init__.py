"""Mappings: which terms are the same as, or near to, concepts of other vocabularies.

>>> from termatlas.align import check_mappings, read_mappings
"""

from __future__ import annotations

from termatlas.align.align import align, checked_mappings
from termatlas.align.check import check_mappings
from termatlas.align.model import RELATIONS, Mapping, MappingProblem, Mappings
from termatlas.align.read import read_mappings
from termatlas.align.rules import MAPPING_RULES

__all__ = [
    "MAPPING_RULES",
    "RELATIONS",
    "Mapping",
    "MappingProblem",
    "Mappings",
    "align",
    "check_mappings",
    "checked_mappings",
    "read_mappings",
]
