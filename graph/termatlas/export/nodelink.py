"""JSON in networkx's node-link form, for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import networkx as nx

from termatlas.export.attributes import Measures, Positions, Value, edges, nodes

_dump = partial(json.dumps, ensure_ascii=False)
_LONE = re.compile("[\ud800-\udfff]")  # UTF-8 has no place for half a surrogate pair, JSON's escapes have


def nodelink(
    graph: nx.DiGraph[str], *, measures: Measures | None = None, positions: Positions | None = None
) -> Iterator[str]:
    """Yield a graph as node-link JSON, a term or a link a line, by slug: same graph, same bytes.

    ``networkx.node_link_graph(json.load(file), edges="edges")`` reads it; networkx 3.6 and later need
    no `edges`. Categories and aliases are lists.

    >>> graph = nx.node_link_graph(json.loads("".join(nodelink(nx.DiGraph([("a", "b")])))), edges="edges")
    >>> graph.edges["a", "b"]
    {'kind': 'related', 'position': 0}
    """
    yield '{"directed": true, "multigraph": false, "graph": {},\n"nodes": ['
    yield from _lines({"id": slug} | values for slug, values in nodes(graph, measures or {}, positions or {}))
    yield '],\n"edges": ['
    yield from _lines({"source": source, "target": target} | values for source, target, values in edges(graph))
    yield "]}\n"


def _lines(records: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    for number, record in enumerate(records):
        line = _LONE.sub(lambda match: f"\\u{ord(match[0]):04x}", _dump(record))
        yield f"{',' if number else ''}\n{line}"
