"""The SPARQL endpoint over HTTP: forms of results, refusals, limits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from sparql_endpoint import RUNAWAY, Endpoint, endpoint
from termatlas.export.rdf import rdf_bytes
from termatlas.model import Glossary, Reference, Term
from termatlas.serve.workers import Limits

CLIP = Term(
    slug="clip", name="CLIP", definition='Pairs "images" & <texts>', related=(Reference(written="vit", target="vit"),)
)
GLOSSARY = Glossary(title="Terms", terms=(CLIP, Term(slug="vit", name="ViT")))
MIB = 1 << 20
NAMES = "SELECT ?name { ?term a skos:Concept ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def served() -> Iterator[Endpoint]:
    with endpoint(rdf_bytes(GLOSSARY, "trig").decode()) as made:
        yield made


@pytest.fixture(scope="module")
def strict() -> Iterator[Endpoint]:
    """Serve four thousand numbers within close limits."""
    data = "\n".join(f"<urn:s{i}> <urn:p> {i} ." for i in range(4_000))
    limits = Limits(seconds=0.5, result_bytes=100_000, query_bytes=2 * MIB, workers=2, waiting=2, held_bytes=MIB)
    with endpoint(data, limits=limits) as made:
        yield made


@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("*/*", "application/sparql-results+json", '{"head":{"vars":["name"]}'),
        ("application/json", "application/json", '{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/xml", "text/xml; charset=utf-8", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", "name\r\nCLIP\r\nViT\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '?name\n"CLIP"@en\n"ViT"@en\n'),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?name"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "<!DOCTYPE html>"),
    ],
)
def test_rows_come_as_the_client_reads_them(served: Endpoint, accept: str, media_type: str, begins: str) -> None:
    response = served.ask(NAMES, accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert response.text.startswith(begins)
    assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/trig", "application/trig"),
    ],
)
def test_triples_come_as_the_client_reads_them(served: Endpoint, accept: str, media_type: str) -> None:
    import pyoxigraph

    response = served.ask("CONSTRUCT WHERE { term:clip skos:prefLabel ?name }", accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    found = pyoxigraph.parse(response.content, format=pyoxigraph.RdfFormat.from_media_type(media_type))
    assert [str(quad.object) for quad in found] == ['"CLIP"@en']


def test_xml_is_xml_whatever_a_text_holds(served: Endpoint) -> None:
    from xml.etree import ElementTree as ET

    for query in (
        "SELECT ('a\\u0000\\u001F\\uFFFE<' AS ?x) {}",
        "CONSTRUCT { <> <urn:b#c> 'a\\u0000\\u001F\\uFFFE<' } {}",
    ):
        text = "".join(ET.fromstring(served.ask(query, "application/xml").content).itertext()).strip()  # noqa: S314 (our own)
        assert text == "a\ufffd\ufffd\ufffd<"


def test_turtle_is_the_same_every_time_and_has_the_prefixes_it_uses(served: Endpoint) -> None:
    first = served.ask("DESCRIBE term:clip", "text/turtle").text
    prefixes = [line.split()[1] for line in first.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert {"skos:", "ta:", "term:"} <= set(prefixes)
    assert "foaf:" not in prefixes


def test_ask_describe_and_a_constructed_triple_once(served: Endpoint) -> None:
    assert served.ask("ASK { term:clip ta:linksTo term:vit }", "text/csv").text == "true"
    assert "skos:prefLabel" in served.ask("DESCRIBE <clip>", "text/turtle").text  # the base is the glossary's
    once = served.ask("CONSTRUCT { term:a a term:B } WHERE { ?s ?p ?o }", "application/n-triples").text
    assert once.count("\n") == 1


def test_columns_of_select_star_come_as_the_query_names_them(served: Endpoint) -> None:
    text = served.ask(
        "SELECT DISTINCT * { ?term skos:prefLabel ?name . OPTIONAL { ?term ta:linksTo ?also } }", "text/csv"
    ).text
    assert text.splitlines()[0] == "term,name,also"


def test_own_prefixes_win_and_graphs_can_be_chosen(served: Endpoint) -> None:
    assert '"urn:mine:a"' in served.ask("PREFIX skos: <urn:mine:> SELECT (skos:a AS ?x) {}").text
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    everything = served.ask(count, "text/csv").text.split()[1]
    scheme = "https://example.org/glossary"
    own = served.ask(count.replace("{", f"FROM <{scheme}> {{"), "text/csv").text.split()[1]
    assert everything == own
    assert int(own) > 10
    chosen = {"query": count, "default-graph-uri": scheme}
    assert served.client.get(served.url, params=chosen, headers={"accept": "text/csv"}).text.split()[1] == own
    assert served.ask("ASK FROM <file:///etc/passwd> { ?s ?p ?o }", "text/csv").text == "false"
    assert served.client.get(served.url, params={"query": "ASK {}", "default-graph-uri": "no iri"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT ?x {\n  ?x skos:prefLabel\n}", 'the query, line 3, column 1: "}" cannot stand here'),
        ("SELECT * {", "the query, line 1, column 11: the query ends too early"),
        ("SELECT * { ?s nope:y 1 }", 'the prefix "nope:" is not known'),
        ("CLEAR ALL", "CLEAR is a SPARQL update, and a glossary is only read here"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "column 12: SERVICE would ask another server"),
        ("SELECT * { SeRvIcE SILENT ?x { ?s ?p ?o } }", "column 12: SERVICE would ask another server"),
        ("", "the query is empty"),
        ("SELECT * { ?s ?p 'a\0b }", "the query, line 1, column 18: a text begins here and does not end"),
    ],
)
def test_a_query_that_is_none_gets_the_place_of_its_mistake(served: Endpoint, query: str, why: str) -> None:
    response = served.ask(query)
    assert response.status_code == 400
    assert why in response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_service_as_a_word_is_no_service(served: Endpoint) -> None:
    assert served.ask("ASK { FILTER(STR('service') = 'service') } # SERVICE <http://127.0.0.1:9/> {}").json()["boolean"]


@pytest.mark.parametrize(
    ("method", "options", "status", "why"),
    [
        ("POST", {"data": {"update": "CLEAR ALL"}}, 405, "it takes no updates"),
        (
            "POST",
            {"content": b"CLEAR ALL", "headers": {"content-type": "application/sparql-update"}},
            405,
            "no updates",
        ),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 405, "it takes no updates"),
        ("DELETE", {}, 405, "DELETE does nothing here"),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "there are several queries"),
        ("POST", {"data": {"query": "ASK {}"}, "params": {"query": "ASK {}"}}, 400, "there are several queries"),
        ("POST", {"data": {"x": "1"}}, 400, "there is no query"),
        ("POST", {"content": b"ASK {}"}, 415, "a query is posted as application/sparql-query"),
        ("POST", {"files": {"query": b"ASK {}"}}, 415, "a query is posted as"),
        (
            "POST",
            {"content": b"\xff", "headers": {"content-type": "application/sparql-query"}},
            400,
            "no UTF-8, at byte 1",
        ),
        ("POST", {"data": {"x": "y"}, "headers": {"content-encoding": "gzip"}}, 415, "without compression"),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"accept": "image/png"}}, 406, "rows are given as"),
        (
            "GET",
            {"params": {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, "headers": {"accept": "text/csv"}},
            406,
            "text/turtle",
        ),
        ("GET", {"headers": {"accept": "text/csv"}}, 406, "no type that is asked for is given"),
    ],
)
def test_refusals_say_why(served: Endpoint, method: str, options: dict[str, object], status: int, why: str) -> None:
    response = served.client.request(method, served.url, **options)  # type: ignore[arg-type]  # httpx's own names
    assert response.status_code == status, response.text
    assert why in response.text
    assert response.headers["access-control-allow-origin"] == "*"
    assert ("allow" in response.headers) == (status == 405)


@pytest.mark.parametrize("query_string", ["query=%FF", "query=ASK%20%7B%7D&" + "a&" * 2000])
def test_unfit_parameters_are_refused(served: Endpoint, query_string: str) -> None:
    assert served.client.get(f"{served.url}?{query_string}").status_code == 400


def test_a_body_that_is_too_large_is_refused_when_it_is_sent_whole(served: Endpoint) -> None:
    headers = {"content-type": "application/sparql-query"}
    response = served.client.post(served.url, content=b"#" * (10 * MIB), headers=headers)
    assert (response.status_code, response.text) == (413, "the query is larger than 1,048,576 bytes\n")


def test_scripts_of_other_pages_may_ask(served: Endpoint) -> None:
    preflight = served.client.options(served.url, headers={"origin": "https://a.example"})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert preflight.headers["access-control-allow-headers"] == "Accept, Content-Type"


def test_head_gives_the_headers_alone(served: Endpoint) -> None:
    response = served.client.head(served.url, params={"query": NAMES}, headers={"accept": "text/csv"})
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", "17")


def test_a_parameter_cannot_become_a_header(served: Endpoint) -> None:
    response = served.ask("SELECT * {\r\nX-Injected: yes\r\n\r\n<script>")
    assert response.status_code == 400
    assert "x-injected" not in response.headers


def test_the_service_describes_itself(served: Endpoint) -> None:
    import rdflib

    response = served.client.get(served.url, headers={"accept": "text/turtle"})
    found = rdflib.Graph().parse(data=response.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(served.url)
    assert found.value(service, sd.endpoint) == service
    assert found.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    assert [str(name) for name in found.objects(None, sd.name)] == ["https://example.org/glossary"]
    assert served.client.get(served.url, headers={"accept": "application/ld+json"}).json()


def test_a_runaway_ends_in_time_frees_its_core_and_lets_others_pass(strict: Endpoint) -> None:
    before = strict.workers.pids
    began = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        runaway = pool.submit(strict.ask, RUNAWAY)
        time.sleep(0.1)
        assert all(strict.ask("ASK {}").status_code == 200 for _ in range(10))
        response = runaway.result()
    assert time.monotonic() - began < 0.5 + 1
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert "the query took longer than 0.5 seconds, and was ended" in response.text
    assert strict.ask("ASK {}").status_code == 200
    assert len(set(before) & set(strict.workers.pids)) <= 1  # the worker that ran it is gone
    idle = cpu_seconds(strict.workers.pids)
    time.sleep(0.3)
    assert cpu_seconds(strict.workers.pids) - idle < 0.1


def cpu_seconds(pids: tuple[int, ...]) -> float:
    from pathlib import Path

    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / 100


def test_a_result_that_is_too_large_is_an_error_and_not_a_shorter_one(strict: Endpoint) -> None:
    response = strict.ask("SELECT * { ?s ?p ?o }")
    assert response.status_code == 500
    assert response.text.startswith("the result is larger than 100,000 bytes, and none of it is sent")


def test_more_queries_than_can_wait_are_turned_away(strict: Endpoint) -> None:
    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(strict.ask, [RUNAWAY] * 8))
    assert {response.status_code for response in responses} == {503}
    assert sum("too many queries" in response.text for response in responses) >= 2
    assert strict.ask("ASK {}").status_code == 200


def test_a_client_that_leaves_frees_its_worker() -> None:
    data = "\n".join(f"<urn:s{i}> <urn:p> {i} ." for i in range(4_000))
    with endpoint(data, limits=Limits(seconds=120, workers=2)) as patient:
        for _ in range(3):
            with pytest.raises(httpx.ReadTimeout):
                patient.ask(RUNAWAY, timeout=0.1)
        assert patient.ask("ASK {}").status_code == 200  # the client would not wait until a query may take no longer


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(" + "(" * 200_000 + "1" + ")" * 200_000 + ") }",
        "SELECT * { ?s " + "(" * 200_000 + "<p>" + ")" * 200_000 + " ?o }",
        "SELECT * " + "{" * 200_000 + "}" * 200_000,
        "SELECT * { FILTER(" + "!" * 500_000 + "true) }",
        "SELECT * { ?s " + "<p>|" * 200_000 + "<p> ?o }",
    ],
)
def test_nesting_without_end_harms_nobody(strict: Endpoint, query: str) -> None:
    response = strict.client.post(strict.url, data={"query": query})
    assert response.status_code in (400, 503)
    assert strict.ask("ASK {}").status_code == 200


def test_each_gets_the_answer_to_its_own_question_while_others_are_ended(strict: Endpoint) -> None:
    def ask(number: int) -> tuple[int, int | None]:
        response = strict.ask(RUNAWAY if number % 9 == 0 else f"SELECT ({number} AS ?n) {{}}")
        rows = json.loads(response.content)["results"]["bindings"] if response.status_code == 200 else []
        return response.status_code, int(rows[0]["n"]["value"]) if rows else None

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(ask, range(1, 40)))
    answered = [(number, value) for number, (_, value) in enumerate(found, start=1) if value is not None]
    assert len(answered) > 20
    assert all(number == value for number, value in answered)


def test_clients_that_never_send_the_rest_keep_nobody_waiting(strict: Endpoint) -> None:
    import select
    import socket

    host, port = httpx.URL(strict.url).host, httpx.URL(strict.url).port
    half = (
        f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
        "Content-Length: 999\r\n\r\nASK"
    ).encode()
    slow = [socket.create_connection((host, port)) for _ in range(200)]
    try:
        for one in slow:
            one.sendall(half)
        assert strict.ask("ASK {}").status_code == 200
        answered, _, _ = select.select(slow, [], [], 0)
        assert not answered  # they all waited still, and nobody with them
    finally:
        for one in slow:
            one.close()


def test_a_slow_body_gets_408(served: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termatlas.serve.sparql_request._BODY_SECONDS", 0.2)
    release = threading.Event()

    def body() -> Iterator[bytes]:
        yield b"ASK"
        release.wait(2)
        yield b" {}"

    threading.Timer(0.8, release.set).start()
    headers = {"content-type": "application/sparql-query"}
    response = served.client.post(served.url, content=body(), headers=headers)
    assert (response.status_code, response.text) == (408, "the query did not arrive in time\n")
