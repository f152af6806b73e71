"""What a user would write instead of termatlas: networkx, rdflib and pyvis as their tutorials show them.

It reads a glossary in JSON Lines and writes its measures, its communities, linked data in four syntaxes and a page
with its network. Each step is reported as a line ``step<tab>CPU seconds``.

Usage: python tests/bench/plain_script.py GLOSSARY.jsonl FOLDER
"""

import time

_STARTED = time.process_time()

import json  # noqa: E402 -- imports are a step of their own
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import networkx as nx  # noqa: E402
from pyvis.network import Network  # noqa: E402
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef  # noqa: E402

SCHEMA = Namespace("https://schema.org/")
TERM = Namespace("https://example.org/glossary/")
SYNTAXES = {"turtle": "ttl", "nt": "nt", "xml": "rdf", "json-ld": "jsonld"}
PIVOTS = 200


def main(source: str, out: str) -> None:  # noqa: PLR0915 -- a script reads from top to bottom
    """Do all steps."""
    started = report("imports", _STARTED)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    with Path(source).open(encoding="utf-8") as stream:
        terms = [json.loads(line) for line in stream]
    graph = network_of(terms)
    started = report("graph", started)
    measures = {"pagerank": nx.pagerank(graph)}
    started = report("PageRank", started)
    measures["hub"], measures["authority"] = nx.hits(graph)
    started = report("HITS", started)
    measures["betweenness"] = nx.betweenness_centrality(graph, k=min(PIVOTS, len(graph)), seed=1)
    started = report("betweenness", started)
    measures["closeness"] = nx.closeness_centrality(graph)
    started = report("closeness", started)
    groups = nx.community.louvain_communities(graph.to_undirected(), seed=1)
    measures["community"] = {slug: number for number, group in enumerate(groups) for slug in group}
    started = report("communities", started)
    (folder / "measures.json").write_text(json.dumps(measures), encoding="utf-8")
    rdf = rdf_of(terms)
    for syntax, suffix in SYNTAXES.items():
        rdf.serialize(folder / f"glossary.{suffix}", format=syntax, encoding="utf-8")
    started = report("linked data", started)
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph)
    (folder / "network.html").write_text(network.generate_html(), encoding="utf-8")
    report("pyvis page", started)


def network_of(terms: Sequence[dict[str, Any]]) -> "nx.DiGraph[str]":
    """Make the graph of the links."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for term in terms:
        graph.add_node(term["slug"], label=term["term"], category=term["category"])
    for term in terms:
        graph.add_edges_from((term["slug"], other) for other in slugs_of(term))
    return graph


def rdf_of(terms: Sequence[dict[str, Any]]) -> Graph:
    """Make the linked data."""
    rdf = Graph()
    for term in terms:
        iri = TERM[term["slug"]]
        rdf.add((iri, RDF.type, SKOS.Concept))
        rdf.add((iri, RDF.type, SCHEMA.DefinedTerm))
        rdf.add((iri, SKOS.prefLabel, Literal(term["term"], lang="en")))
        for alias in term["aliases"]:
            rdf.add((iri, SKOS.altLabel, Literal(alias, lang="en")))
        rdf.add((iri, SKOS.definition, Literal(term.get("definition") or term["explanation"], lang="en")))
        if "definition" in term:
            rdf.add((iri, SKOS.note, Literal(term["explanation"], lang="en")))
        for other in slugs_of(term):
            rdf.add((iri, SKOS.related, URIRef(TERM[other])))
    return rdf


def slugs_of(term: dict[str, Any]) -> list[str]:
    """Give the targets of a term's links, which are slugs or objects with one; links to itself are left out."""
    slugs = (other["slug"] if isinstance(other, dict) else other for other in term["relatedTerms"])
    return [slug for slug in slugs if slug != term["slug"]]


def report(step: str, started: float) -> float:
    """Say how long a step took, and start the next."""
    print(f"{step}\t{time.process_time() - started:.3f}", flush=True)
    return time.process_time()


if __name__ == "__main__":
    main(*sys.argv[1:])
