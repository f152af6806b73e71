"""Make the pages that `explorer_peers.py` compares, each from the same generated glossary."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from children import HERE, run

from termatlas.explorer import explorer_page
from termatlas.sources.read import read
from termatlas.survey import survey

OURS, PHYSICS, PLACED, SIGMA = "explorer", "pyvis, defaults", "pyvis, our positions", "sigma + graphology"
MADE = "network = new vis.Network(container, data, options);\n"
#: Tell the first frame, after the physics where there are any, and count frames; at once, for it may be drawn at once.
WATCHED = """window.drawn = 0;
let isSettled = false;
const hasPhysics = () => network.physics.options.enabled;
network.once("stabilizationIterationsDone", () => (isSettled = true));
network.on("afterDrawing", () => {
  if ((isSettled || !hasPhysics()) && !window.drawn++) performance.mark("termatlas-picture");
});
"""
DRAWING = """
const { nodes, links } = JSON.parse(document.getElementById("graph").textContent);
const graph = new graphology.DirectedGraph();
for (const [key, label, x, y, size] of nodes) graph.addNode(key, { label, x, y, size, color: "#0072b2" });
for (const [source, target] of links) graph.addEdge(source, target, { size: 1, color: "#ccc" });
const renderer = new Sigma(graph, document.getElementById("stage")); // which draws at once
performance.mark("termatlas-picture");
window.drawn = 0;
renderer.on("afterRender", () => window.drawn++);
"""
SIGMA_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>sigma.js</title>
<style>html, body, #stage {{ margin: 0; height: 100% }}</style><div id="stage"></div>
<script type="application/json" id="graph">{data}</script>{scripts}<script>{drawing}</script></html>"""
_PYVIS_UP_TO = 10_000  # terms
_FILES = ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js")

Places = Mapping[str, tuple[float, float]]


def fetched(folder: Path, npm: str) -> list[Path]:
    """Fetch sigma.js and graphology; give nothing where there is no npm."""
    command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run([*command, "sigma", "graphology"], check=True, capture_output=True)
    except OSError:
        return []
    return [folder / "node_modules" / name for name in _FILES]


def pages(folder: Path, size: str, libraries: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Write the pages of one generated glossary; give what each is."""
    source = folder / f"{size}.jsonl"
    run(str(HERE / "generate.py"), size, str(source))
    known = survey(read(source))
    yield OURS, _written(folder / f"{size}.html", explorer_page(known))
    graph, places = known.graph, known.positions
    if len(graph) <= _PYVIS_UP_TO:
        yield PHYSICS, _written(folder / f"{size}-physics.html", _pyvis(graph, None))
        yield PLACED, _written(folder / f"{size}-placed.html", _pyvis(graph, places))
    if libraries:
        yield SIGMA, _written(folder / f"{size}-sigma.html", _sigma(graph, places, libraries))


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _pyvis(graph: nx.DiGraph[str], places: Places | None) -> str:
    """Write the page that one would write; nodes and edges are filled in directly, for `add_edge` takes hours."""
    from pyvis.network import Network

    network = Network(height="800px", directed=True, cdn_resources="in_line")
    for slug, term in graph.nodes.items():
        options: dict[str, Any] = {"title": term["definition"]}
        if places:
            options |= dict(zip("xy", places[slug], strict=True))
        network.add_node(slug, term["name"], **options)
    network.edges = [{"from": source, "to": target, "arrows": "to"} for source, target in graph.edges]
    if places:
        network.toggle_physics(False)
    html: str = network.generate_html()
    return html.replace(MADE, MADE + WATCHED)


def _sigma(graph: nx.DiGraph[str], places: Places, libraries: Sequence[Path]) -> str:
    nodes = [[slug, name, *places[slug], 2 + graph.degree(slug) ** 0.5 / 2] for slug, name in graph.nodes(data="name")]
    data = json.dumps({"nodes": nodes, "links": list(graph.edges)}, ensure_ascii=False).replace("<", "\\u003c")
    scripts = "".join(f"<script>{path.read_text('utf-8')}</script>" for path in libraries)
    return SIGMA_PAGE.format(data=data, scripts=scripts, drawing=DRAWING)
