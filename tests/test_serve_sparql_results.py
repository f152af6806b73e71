"""The W3C's tests of result formats and property paths, over HTTP."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sparql_endpoint import BASE, Endpoint, endpoint

FOLDERS = ("csv-tsv-res", "json-res", "property-path")
ACCEPT = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".srj": "application/sparql-results+json",
    ".srx": "application/sparql-results+xml",
}
#: How many tests each folder has.
COUNTS = {"csv-tsv-res": 6, "json-res": 4, "property-path": 33}


#: A path of no steps from a constant to itself, where the data do not hold the constant: Oxigraph finds none. These
#: are later than the Recommendation, and not among the tests that its working group approved.
OXIGRAPH_DIFFERS = {
    "property-path": [
        "zero_or_more_set_start",
        "zero_or_more_set_end",
        "zero_or_one_set_start",
        "zero_or_one_set_end",
    ]
}


class Evaluation(NamedTuple):
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    result: Path


def evaluations(corpora: Path, folder: str) -> dict[str, Evaluation]:
    """Read a manifest: the tests that have a query, data and a result."""
    import rdflib
    from rdflib.collection import Collection

    mf = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
    qt = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
    here = f"{BASE}{folder}/"
    graph = rdflib.Graph().parse(corpora / "rdf-tests" / folder / "manifest.ttl", publicID=here)

    def path(node: object) -> Path:
        return corpora / "rdf-tests" / folder / str(node).removeprefix(here)

    manifest = graph.value(predicate=rdflib.RDF.type, object=mf.Manifest)
    found = {}
    for test in Collection(graph, graph.value(manifest, mf.entries) or rdflib.RDF.nil):
        action, result = graph.value(test, mf.action), graph.value(test, mf.result)
        if result is not None:
            found[str(test).partition("#")[2]] = Evaluation(
                query=path(graph.value(action, qt.query)).read_text("utf-8"),
                default=tuple(sorted(map(str, graph.objects(action, qt.data)))),
                named=tuple(sorted(map(str, graph.objects(action, qt.graphData)))),
                result=path(result),
            )
    return found


@pytest.fixture(scope="module", params=FOLDERS)
def suite(request: pytest.FixtureRequest, corpora: Path) -> Iterator[tuple[str, dict[str, Evaluation], Endpoint]]:
    """Serve all the data of a folder, each file a graph; a test names its own."""
    import pyoxigraph

    folder = str(request.param)
    dataset = pyoxigraph.Store()
    for file in sorted((corpora / "rdf-tests" / folder).glob("*.ttl")):
        iri = f"{BASE}{folder}/{file.name}"
        if file.name != "manifest.ttl":
            dataset.load(
                file.read_bytes(), pyoxigraph.RdfFormat.TURTLE, base_iri=iri, to_graph=pyoxigraph.NamedNode(iri)
            )
    trig = io.BytesIO()
    dataset.dump(trig, pyoxigraph.RdfFormat.TRIG)
    with endpoint(trig.getvalue().decode(), {"term": f"{BASE}{folder}/"}) as made:
        yield folder, evaluations(corpora, folder), made


def test_the_results_are_those_of_the_suite(suite: tuple[str, dict[str, Evaluation], Endpoint]) -> None:
    folder, tests, served = suite
    assert len(tests) == COUNTS[folder]
    wrong = [name for name, test in tests.items() if answered(served, test) != expected(test)]
    assert wrong == OXIGRAPH_DIFFERS.get(folder, [])


def answered(served: Endpoint, test: Evaluation) -> object:
    graphs = {"default-graph-uri": [*test.default] or ["urn:none"], "named-graph-uri": [*test.named]}
    accept = ACCEPT[test.result.suffix]
    response = served.client.get(served.url, params={"query": test.query, **graphs}, headers={"accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == accept
    return comparable(response.content, test.result.suffix)


def expected(test: Evaluation) -> object:
    return comparable(test.result.read_bytes(), test.result.suffix)


def comparable(data: bytes, suffix: str) -> object:
    """Read results so that the order of rows, the labels of blank nodes and the form of numbers make no difference.

    Oxigraph keeps the values of numbers: 1.0E6 comes back as 1000000, a negativeInteger as an integer.
    """
    import pyoxigraph
    from pyoxigraph import QueryResultsFormat

    if suffix == ".csv":
        header, *rows = csv.reader(io.StringIO(data.decode()))
        return header, Counter(tuple(map(alike, row)) for row in rows)
    known = {".tsv": QueryResultsFormat.TSV, ".srj": QueryResultsFormat.JSON, ".srx": QueryResultsFormat.XML}
    found = pyoxigraph.parse_query_results(data, format=known[suffix])
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return names, Counter(tuple(alike(row[name]) for name in names) for row in found)


def alike(term: object) -> object:
    """Give a blank node as any other, a number as its value."""
    text = str(getattr(term, "value", term))
    datatype = str(getattr(term, "datatype", ""))
    if text.startswith("_:") or type(term).__name__ == "BlankNode":
        return "_:"
    try:
        return float(text)
    except ValueError:
        return text, datatype
