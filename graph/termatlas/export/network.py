"""The pyvis page: the glossary as a map in one HTML file that opens from disk and asks nothing of the network."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from termatlas.analysis import layout, pagerank, status
from termatlas.errors import TermAtlasError
from termatlas.look import COLOURS, OTHER, TOKENS_CSS, UNCATEGORISED, Colour, palette
from termatlas.scripts import joined

if TYPE_CHECKING:
    from pyvis.network import Network

Positions = Mapping[str, tuple[float, float]]
#: How many terms are drawn: above, vis-network needs more than a tenth of a second a frame.
SHOWN: Final = 2_000
_SCRIPT: Final = re.compile(r"<script(?: type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
#: What marks a term that needs an editor: status → (what the legend says, what it means).
STATUSES: Final = {
    "wanted": ("wanted", "links point to it, no page defines it"),
    "orphan": ("orphan", "no link leads to it"),
    "dead-end": ("dead end", "no link leads out of it"),
    "isolated": ("isolated", "no link in, none out"),
}
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"dragNodes": False, "hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "tooltipDelay": 120},
    "nodes": {"font": {"size": 14, "face": "system-ui, sans-serif", "strokeWidth": 3, "strokeColor": "#ffffff"}},
    "edges": {"smooth": False, "arrows": {"to": {"scaleFactor": 0.4}}, "width": 0.7, "color": {"color": "#8b8c8855"}},
}
_LIGHT: Final = {colour.token: colour.light for colour in (*COLOURS, OTHER, UNCATEGORISED)}
_LEFT_TO_OUR_SCRIPT: Final = {"nodes": {"shape": "dot"}, "edges": {"hidden": True, "smooth": False}}


def to_pyvis(
    graph: nx.DiGraph[str],
    *,
    positions: Positions | None = None,
    ranks: Mapping[str, float] | None = None,
    statuses: Mapping[str, str] | None = None,
) -> Network:
    """Give a graph as a pyvis network: directed, still, coloured by category, sized by PageRank.

    Beyond 2,000 terms it holds the most central ones by PageRank. What is not given is computed here.

    >>> net = to_pyvis(nx.DiGraph([("a", "b")]))
    >>> [node["label"] for node in net.nodes], net.edges
    (['b', 'a'], [{'from': 'a', 'to': 'b', 'kind': 'related'}])
    """
    terms = _terms(graph, positions, ranks, statuses)
    links = list(_links(graph, {term["id"] for term in terms}))
    return _network([term | _drawn(term) for term in terms], links, _OPTIONS)


def network_page(
    graph: nx.DiGraph[str],
    *,
    title: str = "Glossary",
    language: str = "en",
    positions: Positions | None = None,
    ranks: Mapping[str, float] | None = None,
    statuses: Mapping[str, str] | None = None,
) -> str:
    """Write the page ``network.html``: the network of `to_pyvis` with a legend, a search and the links of each term.

    Of what pyvis writes only its drawing code and vis-network are kept: its CDN tags, fonts and styles go.

    >>> page = network_page(nx.DiGraph([("a", "</script>")]), title="Two <terms>")
    >>> "<title>Two &lt;terms&gt;" in page, "https://cdn" in page
    (True, False)
    """
    from jinja2 import Environment, PackageLoader

    terms = _terms(graph, positions, ranks, statuses)
    links = list(_links(graph, {term["id"] for term in terms}))
    environment = Environment(loader=PackageLoader("termatlas", "export"), autoescape=True, trim_blocks=True)
    library, drawing = _scripts(_network(terms, links, _OPTIONS | _LEFT_TO_OUR_SCRIPT))
    return environment.get_template("network.html.j2").render(
        title=title,
        language=language,
        counts=_counts(graph, len(terms), len(links)),
        categories=_categories(terms),
        statuses=_marks(terms),
        style=TOKENS_CSS + _file("network.css"),
        scripts=(library, drawing, _script()),
    )


def _terms(
    graph: nx.DiGraph[str],
    positions: Positions | None,
    ranks: Mapping[str, float] | None,
    statuses: Mapping[str, str] | None,
) -> list[dict[str, Any]]:
    """Give the terms to draw, the most central first, with plain values only: pyvis refuses numpy's."""
    ranks = pagerank(graph) if ranks is None else ranks
    statuses = status(graph) if statuses is None else statuses
    shown = sorted(graph, key=lambda slug: (-ranks.get(slug, 0.0), slug))[:SHOWN]
    if positions is None or len(shown) < len(graph):
        positions = layout(graph.subgraph(shown))
    colours = palette(Counter(str(graph.nodes[slug].get("category", "")) for slug in graph))
    most = max(ranks.values(), default=0.0) or 1.0
    return [
        _term(graph, slug, colours)
        | {"status": statuses.get(slug, "ok"), "size": round(4 + 16 * float(ranks.get(slug, 0.0) / most) ** 0.5, 1)}
        | {"x": float(positions[slug][0]), "y": float(positions[slug][1])}
        for slug in shown
    ]


def _term(graph: nx.DiGraph[str], slug: str, colours: Mapping[str, Colour]) -> dict[str, Any]:
    node = graph.nodes[slug]
    category = str(node.get("category", ""))
    return {
        "id": slug,
        "name": str(node.get("name", slug)),
        "category": category,
        "token": colours[category].token,
        "aliases": [str(alias) for alias in node.get("aliases", ())],
        "definition": str(node.get("definition", "")),
        "in": len(graph.pred[slug]) - graph.has_edge(slug, slug),
        "out": len(graph.succ[slug]) - graph.has_edge(slug, slug),
    }


def _links(graph: nx.DiGraph[str], shown: set[str]) -> Iterator[dict[str, str]]:
    for source, target in sorted(graph.edges()):
        if source != target and source in shown and target in shown:
            yield {"from": source, "to": target, "kind": str(graph.edges[source, target].get("kind", "related"))}


def _network(terms: list[dict[str, Any]], links: list[dict[str, str]], options: Mapping[str, Any]) -> Network:
    """Fill a network directly: `from_nx` takes quadratic time and changes the graph it is given."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="100%")
    net.nodes, net.edges = terms, links
    net.node_ids = [term["id"] for term in terms]
    net.node_map = {term["id"]: term for term in terms}
    net.set_options(json.dumps(options))  # once: pyvis cannot set options that are set
    return net


def _drawn(term: Mapping[str, Any]) -> dict[str, Any]:
    """Say how vis-network draws a term by itself; our page draws it in `network_discs.js`."""
    tokens = {
        colour.token: colour.light for colour in (*palette(dict.fromkeys(map(str, range(24)), 1)).values(), OTHER)
    }
    colour = tokens.get(term["token"], UNCATEGORISED.light)
    hollow = term["status"] == "wanted"
    about = filter(None, (term["name"], term["category"] or "no category", term["definition"]))
    return {
        "label": term["name"] or " ",  # for "" pyvis would show the slug
        "title": "\n".join(about).replace("href", "hr\u200bef"),  # "href" makes pyvis show titles as HTML
        "shape": "square" if term["status"] == "dead-end" else "dot",
        "color": {"background": "#ffffff" if hollow else colour, "border": colour},
        "borderWidth": 2 if hollow else 1,
        "shapeProperties": {"borderDashes": [3, 2] if hollow else False},
    }


def _scripts(net: Network) -> tuple[str, str]:
    """Take vis-network and the code that draws with it out of pyvis's page."""
    found = _SCRIPT.findall(net.generate_html())
    library = [script for script in found if "@visjs" in script or "vis-network" in script]
    drawing = [script for script in found if "function drawGraph" in script]
    if not (len(library) == len(drawing) == 1):
        raise TermAtlasError("this version of pyvis writes its page in another way; install pyvis 0.3.2")
    return library[0], drawing[0]


def _script() -> str:
    """Join our modules into a scope of their own: pyvis's variables are global."""
    return f'(() => {{\n"use strict";\n{joined("termatlas.export", "network.js")}}})();\n'


def _counts(graph: nx.DiGraph[str], terms: int, links: int) -> str:
    every = graph.number_of_edges() - nx.number_of_selfloops(graph)
    if not len(graph):
        return "This glossary has no term yet."
    if terms == len(graph):
        return f"{_number(terms, 'term')}, {_number(links, 'link')}"
    return (
        f"{terms:,} of {len(graph):,} terms shown: the most central by PageRank; {len(graph) - terms:,} left out. "
        f"{links:,} of {_number(every, 'link')} lie between them."
    )


def _number(count: int, of: str) -> str:
    return f"{count:,} {of}" if count == 1 else f"{count:,} {of}s"


def _categories(terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the legend's rows: a category each, but one for all that share the grey, and one for none."""
    counts = Counter((term["token"], term["category"]) for term in terms)
    grey = OTHER.token
    own = [(token, name, count) for (token, name), count in counts.items() if name and token != grey]
    rows = [{"token": token, "name": name, "count": count} for token, name, count in sorted(own, key=_by_count)]
    shared = [count for (token, _), count in counts.items() if token == grey]
    if shared:
        rows.append({"token": grey, "name": f"other ({_categories_said(len(shared))})", "count": sum(shared)})
    nowhere = counts[UNCATEGORISED.token, ""]
    if rows and nowhere:
        rows.append({"token": UNCATEGORISED.token, "name": "no category", "count": nowhere})
    return rows  # none at all where no term has a category


def _by_count(row: tuple[str, str, int]) -> tuple[int, str]:
    return -row[2], row[1]


def _categories_said(count: int) -> str:
    return "1 category" if count == 1 else f"{count} categories"


def _marks(terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts = Counter(term["status"] for term in terms)
    return [
        {"status": each, "name": name, "meaning": meaning, "count": counts[each]}
        for each, (name, meaning) in STATUSES.items()
        if counts[each]
    ]


def _file(name: str) -> str:
    return files("termatlas.export").joinpath(name).read_text("utf-8")
