"""The W3C's tests of the SPARQL 1.1 Protocol: each that is about queries passes, each update is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest

from sparql_endpoint import Endpoint, endpoint

PASS = [
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
]
REFUSED = [
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
]

FORMATS = {
    "boolean": {"application/sparql-results+json"},
    "tabular": {"application/sparql-results+json"},
    "RDF": {"text/turtle"},
}


class Exchange(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str | None


@pytest.fixture(scope="module")
def suite(corpora: Path) -> dict[str, list[Exchange]]:
    import rdflib
    from rdflib.collection import Collection

    mf = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
    ht = rdflib.Namespace("http://www.w3.org/2011/http#")
    cnt = rdflib.Namespace("http://www.w3.org/2011/content#")
    path = corpora / "rdf-tests" / "protocol" / "manifest.ttl"
    graph = rdflib.Graph().parse(path, publicID="http://manifest.example/")

    def exchange(request: Any) -> Exchange:
        listed = graph.value(request, ht.headers)
        pairs = Collection(graph, listed) if listed else ()
        headers = {str(graph.value(one, ht.fieldName)): str(graph.value(one, ht.fieldValue)) for one in pairs}
        body, response = graph.value(request, ht.body), graph.value(request, ht.resp)
        encoding = str(graph.value(body, cnt.characterEncoding)) if body else "UTF-8"
        boolean, form = graph.value(response, mf.expectedBoolean), graph.value(response, mf.expectedFormat)
        return Exchange(
            method=str(graph.value(request, ht.methodName)),
            path=str(graph.value(request, ht.absolutePath)),
            headers=headers,
            body=str(graph.value(body, cnt.chars)).encode(encoding) if body else None,
            statuses=frozenset(str(each)[-3:] for each in graph.objects(response, mf.expectedStatus)),
            boolean=bool(boolean.toPython()) if boolean is not None else None,
            form=str(form) if form is not None else None,
        )

    manifest = graph.value(predicate=rdflib.RDF.type, object=mf.Manifest)
    tests = Collection(graph, graph.value(manifest, mf.entries) or rdflib.RDF.nil)
    return {
        str(test).partition("#")[2]: [
            exchange(request)
            for request in Collection(graph, graph.value(graph.value(test, mf.action), ht.requests) or rdflib.RDF.nil)
        ]
        for test in tests
    }


@pytest.fixture(scope="module")
def served(corpora: Path) -> Iterator[Endpoint]:
    folder = corpora / "rdf-tests" / "protocol"
    trig = "".join(
        f"<http://kasei.us/2009/09/sparql/data/data{number}.rdf> {{ {(folder / f'data{number}.nt').read_text()} }}\n"
        for number in (1, 2, 3)
    )
    with endpoint(trig) as made:
        yield made


def sent(served: Endpoint, exchange: Exchange) -> httpx.Response:
    parts = urlsplit(exchange.path)
    url = f"{served.url}?{parts.query}" if parts.query else served.url
    return served.client.request(exchange.method, url, headers=exchange.headers, content=exchange.body)


def test_every_test_of_the_suite_is_here(suite: dict[str, list[Exchange]]) -> None:
    assert sorted(suite) == sorted(PASS + REFUSED)


@pytest.mark.parametrize("name", PASS)
def test_queries(suite: dict[str, list[Exchange]], served: Endpoint, name: str) -> None:
    for exchange in suite[name]:
        response = sent(served, exchange)
        assert f"{response.status_code // 100}xx" in exchange.statuses, response.text
        if exchange.form is not None:
            assert response.headers["content-type"].partition(";")[0] in FORMATS[exchange.form]
        if exchange.boolean is not None:
            assert json.loads(response.content)["boolean"] is exchange.boolean


@pytest.mark.parametrize("name", REFUSED)
def test_updates_are_refused(suite: dict[str, list[Exchange]], served: Endpoint, name: str) -> None:
    response = sent(served, suite[name][0])
    if name in ("bad_update_wrong_media_type", "bad_update_missing_form_type"):
        assert response.status_code == 415
    else:
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
        assert "takes no updates" in response.text
