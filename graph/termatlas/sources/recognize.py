"""Terms among other records: what only glossaries call their fields tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from termatlas.sources.fields import LINK_FIELDS, folded, is_term, select

#: Keys that products, people, pages and posts do not have, unlike ``title``, ``description`` or ``links``.
GLOSSARY_KEYS = frozenset(
    map(
        folded,
        (
            *("term", "termId", "headword", "prefLabel", "preferredLabel", "altLabel", "altLabels"),
            *("definition", "shortDefinition", "longDefinition", "gloss"),
            *("relatedTerms", "seeAlso", "xrefs", "broader", "narrower"),
        ),
    )
)
_TELLING_FIELDS = frozenset({"name", "definition", "explanation", *LINK_FIELDS})


def is_sure_term(record: object, fields: Mapping[str, str]) -> bool:
    """Tell whether a record is a term wherever it stands: `is_term`, and one of its keys is a glossary's.

    A key that `fields` name as a term's name, text or links counts as a glossary's.

    >>> is_sure_term({"title": "CLIP", "description": "…"}, {}), is_sure_term({"title": "CLIP", "definition": "…"}, {})
    (False, True)
    >>> is_sure_term({"title": "CLIP", "description": "…"}, {"definition": "description"})
    True
    """
    if not isinstance(record, Mapping) or not is_term(record, fields):
        return False
    named = {path for field, path in fields.items() if field in _TELLING_FIELDS}
    return any(key in named or folded(str(key)) in GLOSSARY_KEYS for key in record)


def is_full_term(record: object, fields: Mapping[str, str]) -> bool:
    """Tell whether a record is a term that could be a page: it has an explanation or links of its own."""
    return is_sure_term(record, fields) and bool(_page_keys(record, fields))


def link_values(record: Mapping[str, Any], fields: Mapping[str, str]) -> list[Any]:
    """List the values in a term's record that hold its links."""
    found = select(record, fields)
    return [found[kind][1] for kind in LINK_FIELDS if kind in found]


def _page_keys(record: object, fields: Mapping[str, str]) -> set[str]:
    found = select(record, fields) if isinstance(record, Mapping) else {}
    return found.keys() & {"explanation", *LINK_FIELDS}
