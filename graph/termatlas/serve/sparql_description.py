"""What the endpoint says of itself as linked data.

Source: SPARQL 1.1 Service Description (W3C Recommendation, 2013).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from termatlas.serve.sparql_run import graph_format
from termatlas.serve.sparql_tidy import tidy

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {"sd": _SD, "format": _FORMATS, "void": "http://rdfs.org/ns/void#"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TRIPLES = "http://rdfs.org/ns/void#triples"
_RESULTS = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle N-Triples JSON-LD RDF_XML TriG"
)


def description(endpoint: str, graphs: Mapping[str, int], syntax: str) -> bytes:
    """Describe an endpoint that serves these graphs of so many triples, in a syntax of `sparql_run`.

    Raises `ValueError` where the endpoint's address is no IRI.

    >>> print(description("https://example.org/sparql", {}, "turtle").decode().splitlines()[3])
    <https://example.org/sparql> a sd:Service ;
    """
    import pyoxigraph

    def node(value: str | int) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
        return pyoxigraph.Literal(value) if isinstance(value, int) else pyoxigraph.NamedNode(value)

    triples = (
        pyoxigraph.Triple(pyoxigraph.NamedNode(about), pyoxigraph.NamedNode(said), node(value))
        for about, said, value in _statements(endpoint, graphs)
    )
    into = io.BytesIO()
    pyoxigraph.serialize(triples, into, graph_format(syntax), prefixes=_PREFIXES)
    return tidy(syntax, into.getvalue())


def _statements(endpoint: str, graphs: Mapping[str, int]) -> Iterator[tuple[str, str, str | int]]:
    dataset, union = f"{endpoint}#dataset", f"{endpoint}#union"
    yield endpoint, _TYPE, f"{_SD}Service"
    yield endpoint, f"{_SD}endpoint", endpoint
    yield endpoint, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"
    yield endpoint, f"{_SD}feature", f"{_SD}UnionDefaultGraph"
    for name in _RESULTS.split():
        yield endpoint, f"{_SD}resultFormat", f"{_FORMATS}{name}"
    yield endpoint, f"{_SD}defaultDataset", dataset
    yield dataset, _TYPE, f"{_SD}Dataset"
    yield dataset, f"{_SD}defaultGraph", union
    numbered = {f"{endpoint}#graph-{number}": graph for number, graph in enumerate(sorted(graphs.items()), start=1)}
    for graph in numbered:
        yield dataset, f"{_SD}namedGraph", graph
    yield union, _TYPE, f"{_SD}Graph"
    yield union, _TRIPLES, sum(graphs.values())
    for graph, (name, size) in numbered.items():
        yield graph, _TYPE, f"{_SD}NamedGraph"
        yield graph, f"{_SD}name", name
        yield graph, f"{_SD}graph", f"{graph}-triples"
        yield f"{graph}-triples", _TYPE, f"{_SD}Graph"
        yield f"{graph}-triples", _TRIPLES, size
