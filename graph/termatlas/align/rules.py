"""What can be wrong with a mapping: a stable id, a level and a definition for each."""

from __future__ import annotations

from typing import NamedTuple

from termatlas.align.model import Level, Mapping, MappingProblem
from termatlas.model import Where


class MappingRule(NamedTuple):
    """What is wrong, how bad it is, and what to do."""

    level: Level
    definition: str
    cure: str


#: Rule → what it says.
MAPPING_RULES: dict[str, MappingRule] = {
    "unknown-term": MappingRule(
        "error", "The row's subject is no term of the glossary.", "write a term's slug, name, alias or IRI"
    ),
    "ambiguous-term": MappingRule("error", "The row's subject can mean several terms.", "write the slug of the one"),
    "unknown-relation": MappingRule(
        "error",
        "The row's predicate is no mapping relation of SKOS.",
        "write exactMatch, closeMatch, broadMatch, narrowMatch or relatedMatch",
    ),
    "incomplete-row": MappingRule("error", "The row names no term or no target.", "fill both cells or delete the row"),
    "unknown-prefix": MappingRule(
        "error", "The target is a CURIE whose prefix stands for nothing.", "declare the prefix in a line of #curie_map:"
    ),
    "bad-target": MappingRule(
        "error", "The target is no IRI that can name a concept.", "write an IRI that begins with http, https or urn"
    ),
    "bad-confidence": MappingRule("error", "A confidence is no number from 0 to 1.", "write 0.95 for 95 per cent"),
    "unclosed-quote": MappingRule(
        "error", "A quotation mark is opened and not closed.", "close it, or double it if it is part of the text"
    ),
    "s46": MappingRule(
        "error",
        "skos:exactMatch is disjoint with skos:broadMatch and skos:relatedMatch, and it is symmetric and transitive.",
        "weaken the exact match to closeMatch, or delete the other row",
    ),
    "contradiction": MappingRule(
        "error", "A relation is said to hold and said not to hold.", "keep the row that is right"
    ),
    "own-concept": MappingRule(
        "warning", "The target is a term of the glossary itself.", "make it a link between the terms' pages"
    ),
    "two-relations": MappingRule(
        "warning", "One term and one target have several relations.", "keep the row that is right"
    ),
    "shared-target": MappingRule(
        "warning", "Several terms are exact matches of one target.", "keep one, or merge the terms if they are one"
    ),
    "several-targets": MappingRule(
        "warning",
        "One term has several exact matches within one vocabulary.",
        "keep one, and make the others closeMatch",
    ),
    "page-not-concept": MappingRule(
        "warning", "The target is a page about a thing, not the thing.", "write the id that Wikidata has for it"
    ),
    "bad-value": MappingRule("warning", "A cell holds what its column cannot.", "correct it; it was left out"),
    "too-many-cells": MappingRule(
        "warning",
        "A row has more cells than the table has columns.",
        "put a cell that holds the delimiter between quotation marks",
    ),
    "said-twice": MappingRule("info", "Two rows say the same.", "delete one"),
    "unknown-column": MappingRule(
        "info", "SSSOM has no such column, so it is left out.", "rename the column, or do without it"
    ),
}


def problem(rule: str, where: Where, said: str, mapping: Mapping | None = None, cure: str = "") -> MappingProblem:
    """Say what is wrong by a rule, with the rule's cure unless there is a better one."""
    known = MAPPING_RULES[rule]
    return MappingProblem(
        rule=rule,
        level=known.level,
        where=where,
        problem=said,
        cure=cure or known.cure,
        term=mapping.slug if mapping else "",
        target=mapping.target if mapping else "",
    )
