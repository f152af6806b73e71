"""GEXF, for Gephi: it shows the map at once, with our places, sizes and colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import networkx as nx

from termatlas.export.attributes import Measures, Positions, Value, edges, nodes, types
from termatlas.export.xmltext import escaped, identifier, word
from termatlas.look import Colour, palette

_TYPES: Final = {str: "string", list: "string", bool: "boolean", int: "long", float: "double"}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>TermAtlas</creator></meta>
<graph defaultedgetype="directed" mode="static">
"""


def gexf(
    graph: nx.DiGraph[str], *, measures: Measures | None = None, positions: Positions | None = None
) -> Iterator[str]:
    """Yield a graph as GEXF 1.3 (https://gexf.net/schema.html), by slug: same graph, same bytes, no date.

    Categories and aliases are joined by "; ". Colour says the category, size the ``pagerank`` where it is
    among the measures. Gephi's y axis points up, ours down.

    The file is valid for the format's RELAX NG schema, gexf.rng 1.3, which puts the visual elements into a
    namespace of their own, as Gephi and networkx do; its XSD puts them into GEXF's.

    >>> "".join(gexf(nx.DiGraph())).splitlines()[-3:]
    ['</edges>', '</graph>', '</gexf>']
    """
    measures, positions = measures or {}, positions or {}
    sizes = _sizes(measures.get("pagerank", {}))
    counts = Counter(str(graph.nodes[slug].get("category", "")) for slug in graph)
    colours = {category: _colour(colour) for category, colour in palette(counts).items()}
    columns = {name: kind for name, kind in types(measures, positions).items() if name not in {"x", "y"}}
    yield _HEAD
    yield from _columns("node", columns)
    yield from _columns("edge", {"kind": str, "position": int})
    yield f'<nodes count="{len(graph)}">\n'
    for slug, values in nodes(graph, measures, positions):
        viz = colours[str(values["category"])] + _place(values) + f'<viz:size value="{sizes.get(slug, 10.0)}"/>'
        label = word(values["name"])
        yield f'<node id="{identifier(slug)}" label="{label}">{_values(values)}{viz}</node>\n'
    yield f'</nodes>\n<edges count="{graph.number_of_edges()}">\n'
    names, kinds = {slug: identifier(slug) for slug in graph}, cache(escaped)
    for number, (source, target, kind, position) in enumerate(edges(graph)):
        ends = f'source="{names[source]}" target="{names[target]}"'
        data = f'<attvalue for="e-kind" value="{kinds(kind)}"/><attvalue for="e-position" value="{position}"/>'
        yield f'<edge id="{number}" {ends}><attvalues>{data}</attvalues></edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _columns(of: str, columns: Mapping[str, type]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for name, kind in columns.items():
        yield f'<attribute id="{of[0]}-{word(name)}" title="{word(name)}" type="{_TYPES[kind]}"/>\n'
    yield "</attributes>\n"


def _values(values: Mapping[str, Value]) -> str:
    each = [f'<attvalue for="n-{name}" value="{word(value)}"/>' for name, value in values.items()]
    return f"<attvalues>{''.join(each)}</attvalues>"


def _sizes(pagerank: Mapping[str, float]) -> dict[str, float]:
    """Give each term a radius from 5 to 45: its area grows with its PageRank."""
    most = max(pagerank.values(), default=0.0)
    return {slug: round(5 + 40 * (value / most) ** 0.5, 2) for slug, value in pagerank.items()} if most else {}


def _colour(colour: Colour) -> str:
    red, green, blue = bytes.fromhex(colour.light[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _place(values: dict[str, Any]) -> str:
    """Take the place out of a term's attributes: its y axis points up here."""
    if "x" not in values:
        return ""
    return f'<viz:position x="{values.pop("x")}" y="{0.0 - values.pop("y")}" z="0.0"/>'
