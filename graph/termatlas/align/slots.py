"""The slots of SSSOM 1.1: what a mapping, and a set of mappings, can have, in the order of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

#: What a slot holds: the CURIE of a thing, a whole IRI, a text, a number, a date, or one of a few words.
Kind = Literal["entity", "iri", "text", "number", "date", "word"]

_ESCAPED = re.compile(r"\\([\\|])")
_VALUE = re.compile(r"(?:\\[\\|]|[^|])+")


class Slot(NamedTuple):
    """What a slot holds, whether it holds several, and the property that stands for it in RDF."""

    kind: Kind = "text"
    many: bool = False
    property: str = ""  #: "" for the slot's own name in SSSOM's namespace


#: Slot of a mapping → what it holds.
SLOTS: dict[str, Slot] = {
    "record_id": Slot("entity"),
    "subject_id": Slot("entity", property="owl:annotatedSource"),
    "subject_label": Slot(),
    "subject_category": Slot(),
    "predicate_id": Slot("entity", property="owl:annotatedProperty"),
    "predicate_label": Slot(),
    "predicate_modifier": Slot("word"),
    "object_id": Slot("entity", property="owl:annotatedTarget"),
    "object_label": Slot(),
    "object_category": Slot(),
    "mapping_justification": Slot("entity"),
    "author_id": Slot("entity", many=True, property="pav:authoredBy"),
    "author_label": Slot(many=True),
    "reviewer_id": Slot("entity", many=True),
    "reviewer_label": Slot(many=True),
    "creator_id": Slot("entity", many=True, property="dct:creator"),
    "creator_label": Slot(many=True),
    "license": Slot("iri", property="dct:license"),
    "subject_type": Slot("word"),
    "subject_source": Slot("entity"),
    "subject_source_version": Slot(),
    "object_type": Slot("word"),
    "object_source": Slot("entity"),
    "object_source_version": Slot(),
    "predicate_type": Slot("word"),
    "mapping_provider": Slot("iri"),
    "mapping_source": Slot("entity"),
    "mapping_cardinality": Slot("word"),
    "cardinality_scope": Slot(many=True),
    "mapping_tool": Slot(),
    "mapping_tool_id": Slot("entity"),
    "mapping_tool_version": Slot(),
    "mapping_date": Slot("date", property="dct:created"),
    "publication_date": Slot("date", property="dct:issued"),
    "review_date": Slot("date"),
    "confidence": Slot("number"),
    "reviewer_agreement": Slot("number"),
    "curation_rule": Slot("entity", many=True),
    "curation_rule_text": Slot(many=True),
    "subject_match_field": Slot("entity", many=True),
    "object_match_field": Slot("entity", many=True),
    "match_string": Slot(many=True),
    "subject_preprocessing": Slot("entity", many=True),
    "object_preprocessing": Slot("entity", many=True),
    "similarity_score": Slot("number"),
    "similarity_measure": Slot(),
    "see_also": Slot("iri", many=True, property="rdfs:seeAlso"),
    "issue_tracker_item": Slot("entity"),
    "other": Slot(),
    "comment": Slot(property="rdfs:comment"),
}

#: Slot of a set of mappings → what it holds; its CURIE map and its mappings are kept apart.
SET_SLOTS: dict[str, Slot] = {
    "sssom_version": Slot("word"),
    "mapping_set_id": Slot("iri"),
    "mapping_set_version": Slot(property="owl:versionInfo"),
    "mapping_set_source": Slot("iri", many=True, property="prov:wasDerivedFrom"),
    "mapping_set_title": Slot(property="dct:title"),
    "mapping_set_description": Slot(property="dct:description"),
    "mapping_set_confidence": Slot("number"),
    **{
        name: SLOTS[name]
        for name in (
            *("creator_id", "creator_label", "license", "subject_type", "subject_source", "subject_source_version"),
            *("object_type", "object_source", "object_source_version", "predicate_type", "mapping_provider"),
            *("cardinality_scope", "mapping_tool", "mapping_tool_id", "mapping_tool_version", "mapping_date"),
            *("publication_date", "subject_match_field", "object_match_field", "subject_preprocessing"),
            *("object_preprocessing", "similarity_measure", "curation_rule", "curation_rule_text", "see_also"),
        )
    },
    "issue_tracker": Slot("iri"),
    "other": Slot(),
    "comment": Slot(property="rdfs:comment"),
}

#: The slots that a `Mapping` has as fields of its own; all others are in `Mapping.further`.
FIELDS = frozenset({
    *("subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label"),
    *("mapping_justification", "confidence", "comment"),
})  # fmt: skip


def split_values(cell: str) -> list[str]:
    r"""Part the values of a cell at its pipes (SSSOM/TSV, section "Multi-valued slots").

    >>> split_values(r"Alice\|Bob|Charlie\\|")
    ['Alice|Bob', 'Charlie\\']
    """
    values = (_ESCAPED.sub(r"\1", value).strip() for value in _VALUE.findall(cell))
    return [value for value in values if value]


def joined_values(values: Iterable[str]) -> str:
    r"""Join values by pipes so that `split_values` parts them again.

    >>> print(joined_values(["Alice|Bob", "Charlie\\"]))
    Alice\|Bob|Charlie\\
    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def written_slot(name: str, values: Sequence[str]) -> str:
    """Write the values of a mapping's slot as one cell."""
    return joined_values(values) if SLOTS[name].many else values[0]
