"""The numbers of a survey, column by column: places, groups, links and measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from termatlas.analysis.packing import shelf_box
from termatlas.explorer.blocks import Numbers
from termatlas.explorer.measurecodes import measure_columns
from termatlas.findings import LEVELS
from termatlas.look import palette
from termatlas.survey import Survey

#: The order in which `words.js` names them.
STATUSES: Final = ("ok", "isolated", "orphan", "dead-end", "wanted")
_FINEST: Final = 0.25  # map units; a disc is 9 wide
_FARTHEST: Final = 65_535  # steps from one side of the map to the other

Indices = npt.NDArray[np.uint32]


def numbers(survey: Survey, order: Sequence[str], frame: Mapping[str, float]) -> dict[str, Numbers]:
    """Give the columns; those of links have one value for each link, the others one for each term.

    `degree` counts the links out of each term; `target` gives where they lead, as the distance from the one before.
    """
    xy = (_xy(survey, order) - (frame["x"], frame["y"])) / frame["step"]
    place = {category["name"]: at for at, category in enumerate(categories(survey))}
    return {
        "x": xy[:, 0].round().astype(np.uint32),
        "y": xy[:, 1].round().astype(np.uint32),
        "category": _indices(place[survey.graph.nodes[slug]["category"]] for slug in order),
        "status": _indices(STATUSES.index(survey.status[slug]) for slug in order),
        "worst": _worst(survey, order),
        "community": _indices(survey.communities[slug] for slug in order),
        "component": _indices(survey.components[slug] for slug in order),
        **_links(survey, order),
        **_measures(survey, order),
        **_suggestions(survey, order),
    }


def _worst(survey: Survey, order: Sequence[str]) -> Indices:
    """Give the worst level of each term's findings: 3 for errors, 2 for warnings, 1 for what is worth knowing, or 0."""
    worst: dict[str, int] = {}
    for finding in survey.findings:
        worst[finding.term] = max(worst.get(finding.term, 0), len(LEVELS) - LEVELS.index(finding.level))
    return _indices(worst.get(slug, 0) for slug in order)


def _suggestions(survey: Survey, order: Sequence[str]) -> dict[str, Indices]:
    """Give the ends and the probability, in per cent, of each suggested link; no column where none were computed."""
    if survey.suggested is None:
        return {}
    place = {slug: at for at, slug in enumerate(order)}
    links = survey.suggested.links
    return {
        "suggested source": _indices(place[each.source] for each in links),
        "suggested target": _indices(place[each.target] for each in links),
        "suggested percent": _indices(round(100 * each.probability) for each in links),
    }


def _measures(survey: Survey, order: Sequence[str]) -> dict[str, Indices]:
    """Give the columns of the measures but degrees, which `data.js` counts by itself."""
    columns: dict[str, Indices] = {}
    for name, table in survey.measures.items():
        if name not in {"in_degree", "out_degree"}:
            columns |= measure_columns(name, np.array([table[slug] for slug in order], np.float32))
    return columns


def map_frame(survey: Survey, order: Sequence[str]) -> dict[str, float]:
    """Give where the position (0, 0) lies on the map, and how long a step from it is."""
    xy = _xy(survey, order)
    if not len(xy):
        return {"x": 0.0, "y": 0.0, "step": 1.0}
    (left, top), longest = xy.min(axis=0).tolist(), float(np.ptp(xy, axis=0).max())
    return {"x": left, "y": top, "step": max(longest / _FARTHEST, _FINEST)}


def categories(survey: Survey) -> list[dict[str, Any]]:
    """Give the categories of all terms, the largest first, with the CSS property of their colour."""
    counts = Counter(str(node["category"]) for node in survey.graph.nodes.values())
    return [
        {"name": name, "token": f"--{colour.token}", "count": counts[name]} for name, colour in palette(counts).items()
    ]


def kinds(survey: Survey) -> list[str]:
    """Give the kinds of links, the most frequent first."""
    counts = Counter(kind for _, _, kind in _triples(survey))
    return sorted(counts, key=lambda kind: (-counts[kind], kind))


def shelves(survey: Survey) -> list[dict[str, Any]]:
    """Give the rectangles in which the layout lined up isolated and wanted terms."""
    found = []
    for name in ("isolated", "wanted"):
        xy = _xy(survey, [slug for slug, status in survey.status.items() if status == name])
        if len(xy):
            sides = zip(("x", "y", "width", "height"), shelf_box(xy), strict=True)
            found.append({"name": name, **{side: round(value, 1) for side, value in sides}, "count": len(xy)})
    return found


def _xy(survey: Survey, slugs: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([survey.positions[slug] for slug in slugs], dtype=np.float64).reshape(-1, 2)


def _links(survey: Survey, order: Sequence[str]) -> dict[str, Indices]:
    place = {slug: at for at, slug in enumerate(order)}
    kind = {name: at for at, name in enumerate(kinds(survey))}
    links = [(place[source], place[target], kind[name]) for source, target, name in _triples(survey)]
    rows = np.array(links, dtype=np.int64).reshape(-1, 3)
    rows = rows[rows[:, 0] != rows[:, 1]]
    source, target, kind_of = rows[np.lexsort((rows[:, 1], rows[:, 0]))].T
    before = np.where(np.diff(source, prepend=-1) == 0, np.roll(target, 1), 0)
    degree = np.bincount(source, minlength=len(order))
    return {
        name: column.astype(np.uint32)
        for name, column in {"degree": degree, "target": target - before, "kind": kind_of}.items()
    }


def _triples(survey: Survey) -> Iterator[tuple[str, str, str]]:
    return ((source, target, str(link["kind"])) for source, target, link in survey.graph.edges(data=True))


def _indices(values: Iterable[int]) -> Indices:
    return np.fromiter(values, np.uint32)
