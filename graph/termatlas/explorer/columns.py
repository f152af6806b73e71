"""A survey as what the page holds of it: a header that people can read, and blocks of numbers and texts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from termatlas.explorer.blocks import pack_numbers, pack_texts
from termatlas.explorer.numbers import categories, kinds, map_frame, numbers, shelves
from termatlas.explorer.termtexts import ONE_WAY, definitions, details, evidence, found_rules, labels
from termatlas.findings import RULES
from termatlas.survey import Survey
from termatlas.version import __version__

#: The form of header and blocks, which `blocks.js` and `positions.py` know; another form takes another number.
VERSION: Final = 2
_TOGETHER: Final = 512  # terms whose texts are packed together: few enough to unpack while a panel opens
_MEASURES: Final = {
    "in_degree": "links to it",
    "out_degree": "links out of it",
    "pagerank": "PageRank",
    "hub": "hub score",
    "authority": "authority score",
    "core": "core number",
}
_STATUS_RULES: Final = {"isolated": "isolated", "orphan": "orphan", "dead-end": "dead-end", "wanted": "wanted-term"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The header, and blocks of signs by name."""

    header: Mapping[str, Any]
    blocks: Mapping[str, str]


def columns(survey: Survey) -> Columns:
    """Give what the page holds of a survey; terms come by falling PageRank, equals by slug."""
    rank = survey.measures["pagerank"]
    order = sorted(survey.graph, key=lambda slug: (-rank[slug], slug))
    frame = map_frame(survey, order)
    table = numbers(survey, order, frame)
    texts = {
        "definitions": _grouped(definitions(survey, order)),
        "details": _grouped(details(survey, order)),
        "evidence": _grouped(evidence(survey)),
    }
    blocks = {
        "numbers": pack_numbers(table.values()),
        **pack_texts({"labels": [labels(survey, order)], **texts}),
    }
    header = {
        **_about(survey),
        **_legends(survey),
        "map": frame,
        "shelves": shelves(survey),
        "columns": {name: len(column) for name, column in table.items()},
        "texts": _TOGETHER,
        "blocks": {name: len(block) for name, block in blocks.items()},
    }
    return Columns(header=header, blocks=blocks)


def _grouped(rows: Sequence[Any]) -> list[Sequence[Any]]:
    return [rows[at : at + _TOGETHER] for at in range(0, len(rows), _TOGETHER)]


def _about(survey: Survey) -> dict[str, Any]:
    return {
        "format": "termatlas explorer",
        "version": VERSION,
        "generator": f"termatlas {__version__}",
        "title": survey.glossary.title,
        "language": survey.glossary.language,
        "source": _digest(survey),
        "counts": {key: survey.stats[key] for key in ("terms", "wanted", "links")},
    }


def _digest(survey: Survey) -> str:
    """Give one hash for all the files that the glossary was read from; "" where there were none."""
    files = sorted(source.sha256 for source in survey.glossary.sources)
    return hashlib.sha256("\n".join(files).encode()).hexdigest() if files else ""


def _legends(survey: Survey) -> dict[str, Any]:
    fields = ("id", "level", "title", "definition")
    exact = survey.measures.exact
    return {
        "categories": categories(survey),
        "kinds": kinds(survey),
        "measures": [
            {"name": name, "title": _MEASURES.get(name, name), "exact": exact[name]} for name in survey.measures
        ],
        "words": {status: RULES[rule].definition for status, rule in _STATUS_RULES.items()},
        "rules": [{field: getattr(RULES[rule], field) for field in fields} for rule in found_rules(survey)],
        "oneway": {"rule": found_rules(survey).index("one-way-link"), "message": ONE_WAY},
    }
