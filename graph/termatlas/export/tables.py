"""CSV that a spreadsheet opens rightly: UTF-8, CRLF and quotes as in RFC 4180, formulas made harmless.

There is no byte order mark: scripts would find it in the first column's name. Write it with ``newline=""``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import isnan
from typing import Any, Final

import networkx as nx

from termatlas.export.attributes import Measures, edges
from termatlas.terminal import guarded

_MEASURES: Final = ("in_degree", "out_degree", "pagerank", "betweenness", "closeness", "hub", "authority", "core")
_GROUPS: Final = ("community", "component", "status")
TERM_COLUMNS: Final = ("slug", "name", "category", "defined", *_MEASURES, *_GROUPS)
LINK_COLUMNS: Final = ("source", "target", "kind", "reciprocal")
_LONE: Final = re.compile("[\ud800-\udfff]")


def terms_csv(graph: nx.DiGraph[str], measures: Measures) -> Iterator[str]:
    """Yield ``terms.csv``: a row a term, by slug.

    `measures` gives the columns from ``in_degree`` on, by name and slug; where one is missing the cell is
    empty, but degrees are counted here, without links of a term to itself.

    >>> print(*terms_csv(nx.DiGraph([("a", "b")]), {"pagerank": {"b": 2 / 3}}), sep="")
    slug,name,category,defined,in_degree,...,status
    a,a,,true,0,1,,,,,,,,,
    b,b,,true,1,0,0.6666666667,,,,,,,,
    """
    columns = [_column(graph, measures, name) for name in (*_MEASURES, *_GROUPS)]
    yield from _csv(TERM_COLUMNS, (map(cell, _term_row(graph, slug, columns)) for slug in sorted(graph)))


def links_csv(graph: nx.DiGraph[str]) -> Iterator[str]:
    """Yield ``links.csv``: a row a link, by source and target; `reciprocal` where the other way is a link too.

    >>> print(*links_csv(nx.DiGraph([("a", "b"), ("b", "a")])), sep="")
    source,target,kind,reciprocal
    a,b,related,true
    b,a,related,true
    """
    names, kinds = {slug: cell(slug) for slug in graph}, cache(cell)
    rows = (
        [names[source], names[target], kinds(kind), cell(source != target and graph.has_edge(target, source))]
        for source, target, kind, _ in edges(graph)
    )
    yield from _csv(LINK_COLUMNS, rows)


def cell(value: Any) -> str:
    """Write a value; text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> [cell(value) for value in ("=1+1", -0.1, True, 12, 1 / 3, float("nan"), None)]
    ["'=1+1", '-0.1', 'true', '12', '0.3333333333', '', '']
    """
    if isinstance(value, str):
        return guarded(_LONE.sub("\ufffd", value))
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return str(int(value)) if hasattr(value, "__index__") else "" if isnan(value) else f"{value:.10g}"


def _term_row(graph: nx.DiGraph[str], slug: str, columns: Iterable[Mapping[str, Any]]) -> list[Any]:
    node = graph.nodes[slug]
    own = [slug, node.get("name", slug), node.get("category", ""), bool(node.get("defined", True))]
    return own + [column.get(slug) for column in columns]


def _column(graph: nx.DiGraph[str], measures: Measures, name: str) -> Mapping[str, Any]:
    if name in measures:
        return measures[name]
    neighbours = {"in_degree": graph.pred, "out_degree": graph.succ}
    return _degree(graph, neighbours[name]) if name in neighbours else {}


def _degree(graph: nx.DiGraph[str], neighbours: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    return {slug: len(neighbours[slug]) - (slug in neighbours[slug]) for slug in graph}


class _Echo:
    """Hand back what is written: a file for `csv.writer` that keeps nothing."""

    def write(self, text: str) -> str:
        return text


def _csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    line = csv.writer(_Echo(), lineterminator="\r\n").writerow
    yield str(line(head))
    for row in rows:
        yield str(line(row))
