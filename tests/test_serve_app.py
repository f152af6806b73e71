"""The web application: search and neighbours as JSON, what is refused, and the headers of every answer."""

from __future__ import annotations

import gc
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

import termatlas as ta
from asgi import Answer, ask
from running import Command
from termatlas.cli import serving
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.serve.accept import best
from termatlas.serve.app import app
from termatlas.serve.headers import LOOPBACK_HOSTS
from termatlas.serve.names import Called, names, near, search
from termatlas.serve.openapi import openapi
from termatlas.serve.served import load, prepare
from termatlas.serve.workers import Limits, Workers
from termatlas.slugs import slugify

Ask = Callable[..., Answer]


def link(target: str, kind: str = "related") -> Reference:
    return Reference(written=target, target=target, kind=kind, resolution="slug")


GLOSSARY = Glossary(
    terms=(
        Term(slug="a", name="Self-Attention", related=(link("b"), link("c", "broader")), categories=("Vision",)),
        Term(slug="b", name="Attention", aliases=("Focus", "Aufmerksamkeit"), related=(link("a"), link("gone"))),
        Term(slug="c", name="Café", definition="A place.", questions=(Question(question="Why?", answer="Tea."),)),
        Term(slug="x/y z", name="注意力", aliases=("attention (zh)",), related=(link("c"),)),
        Term(slug="c-plus-plus", name="C++"),
    )
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    folder = tmp_path_factory.mktemp("served")
    prepare(GLOSSARY, folder)
    atlas = app(load(folder), hosts=LOOPBACK_HOSTS)
    atlas.state.workers = Workers(Limits())
    return atlas


@pytest.fixture(scope="module")
def get(made: Starlette) -> Ask:
    return lambda target, method="GET", **headers: ask(made, target, method, **headers)


def found(get: Ask, text: str, limit: int = 20) -> list[str]:
    answer = get(f"/api/search?q={quote(text)}&limit={limit}")
    assert answer.status == 200
    return [hit["slug"] for hit in answer.json["results"]]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Attention", ["b", "x/y z", "a"]),  # the name itself, an alias that starts with it, a word of a name
        ("ATTENT", ["b", "x/y z", "a"]),
        ("self attention", ["a"]),
        ("cafe", ["c"]),
        ("注意", ["x/y z"]),
        ("merksam", ["b"]),
        ("c++", ["c-plus-plus"]),
        ("gone", ["gone"]),
        ("nothing like it", []),
        ("?!", []),
    ],
)
def test_search_finds_names_and_aliases_the_best_first(get: Ask, text: str, slugs: list[str]) -> None:
    assert found(get, text) == slugs


def test_search_says_what_it_matched_and_keeps_to_its_limit(get: Ask) -> None:
    hit = get("/api/search?q=focus").json["results"][0]
    assert (hit["slug"], hit["matched"], hit["text"], hit["path"]) == ("b", "alias", "Focus", "/glossary/b")
    assert len(found(get, "a", 2)) == 2


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", "q, the text to look for, must have 1 to 200 characters"),
        ("?q=+", "q, the text to look for, must have 1 to 200 characters"),
        (f"?q={'a' * 201}", "q, the text to look for, must have 1 to 200 characters"),
        ("?q=a&limit=0", "limit must be a whole number from 1 to 100"),
        ("?q=a&limit=101", "limit must be a whole number from 1 to 100"),
        ("?q=a&limit=-1", "limit must be a whole number from 1 to 100"),
        ("?q=a&limit=%D9%A3", "limit must be a whole number from 1 to 100"),
        ("?q=a&limit=1e9", "limit must be a whole number from 1 to 100"),
    ],
)
def test_a_search_that_cannot_be_carried_out_says_why(get: Ask, query: str, error: str) -> None:
    answer = get(f"/api/search{query}")
    assert (answer.status, answer.json) == (400, {"error": error})


def test_a_term_as_json(get: Ask) -> None:
    term = get("/api/terms/a").json
    assert (term["name"], term["iri"], term["categories"]) == ("Self-Attention", f"{GLOSSARY.base_iri}a", ["Vision"])
    assert term["links_to"] == [
        {"slug": "b", "name": "Attention", "kinds": [], "reciprocal": True},
        {"slug": "c", "name": "Café", "kinds": ["broader"], "reciprocal": False},
    ]
    assert [each["slug"] for each in term["linked_from"]] == ["b"]
    assert get(term["documents"]["text/turtle"]).status == 200
    assert get("/api/terms/c").json["questions"] == [{"question": "Why?", "answer": "Tea."}]
    assert get("/api/terms/x%2Fy%20z").json["name"] == "注意力"
    wanted = get("/api/terms/gone").json
    assert (wanted["defined"], wanted["linked_from"][0]["slug"]) == (False, "b")
    assert "text/html" not in wanted["documents"]


def test_neighbours_as_json(get: Ask) -> None:
    one = get("/api/terms/a/neighbours").json
    assert {each["slug"]: each["distance"] for each in one["terms"]} == {"a": 0, "b": 1, "c": 1}
    assert {(arc["source"], arc["target"]) for arc in one["links"]} == {("a", "b"), ("b", "a"), ("a", "c")}
    two = get("/api/terms/a/neighbours?depth=2").json
    assert {each["slug"] for each in two["terms"]} == {"a", "b", "c", "gone", "x/y z"}
    assert (one["complete"], two["complete"]) == (True, True)
    few = get("/api/terms/x%2Fy%20z/neighbours?depth=4&limit=2").json
    assert ([each["slug"] for each in few["terms"]], few["complete"]) == (["x/y z", "c"], False)
    assert get("/api/terms/a/neighbours?depth=5").json == {"error": "depth must be a whole number from 1 to 4"}


def test_an_unknown_slug_is_404_with_near_ones(get: Ask) -> None:
    answer = get("/api/terms/attentoin")
    assert (answer.status, answer.json["error"]) == (404, "no term has this slug")
    assert answer.json["near"][0] == {"slug": "b", "name": "Attention"}
    assert get("/api/terms/zzz/neighbours").status == 404


EXAMPLES = {
    "/api/search": ["/api/search?q=a", "/api/search", "/api/search?q=zzzz"],
    "/api/terms/{slug}": ["/api/terms/a", "/api/terms/gone", "/api/terms/nobody"],
    "/api/terms/{slug}/neighbours": [
        "/api/terms/a/neighbours?depth=3",
        "/api/terms/q/neighbours",
        "/api/terms/a/neighbours?depth=x",
    ],
    "/health": ["/health"],
}


@pytest.mark.parametrize(("path", "target"), [(path, target) for path, many in EXAMPLES.items() for target in many])
def test_answers_are_as_the_openapi_document_says(get: Ask, path: str, target: str) -> None:
    document = get("/openapi.json").json
    answer = get(target)
    responses = document["paths"][path]["get"]["responses"]
    schema = responses[str(answer.status)]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json)


def test_the_openapi_document_is_well_formed(get: Ask) -> None:
    document = get("/openapi.json").json
    assert document == json.loads(json.dumps(openapi()))
    assert document["openapi"] == "3.1.0"
    operations = [
        (path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post")
    ]
    names_of = [operation["operationId"] for _, operation in operations]
    assert len(set(names_of)) == len(names_of)
    for path, operation in operations:
        assert operation["responses"], path
        declared = {each["name"] for each in operation.get("parameters", ()) if each.get("in") == "path"}
        assert declared == {part[1:-1] for part in path.split("/") if part.startswith("{")}
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for reference in _references(document):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [each for key, inner in value.items() for each in ([inner] if key == "$ref" else _references(inner))]
    return [each for inner in value for each in _references(inner)] if isinstance(value, list) else []


def test_robots_keep_out_of_the_interfaces(get: Ask) -> None:
    assert get("/robots.txt").text == "User-agent: *\nDisallow: /api/\nDisallow: /sparql\n"
    assert get("/health").json == {"status": "ok", "terms": 5}


PLACES = [
    "/",
    "/glossary/a",
    "/glossary/a.html",
    "/glossary/a.ttl",
    "/glossary.nt",
    "/api/search?q=a",
    "/nobody",
    "/robots.txt",
]


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_carries_the_security_headers(get: Ask, path: str) -> None:
    headers = get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert "'unsafe-inline'" not in headers["content-security-policy"].partition("script-src")[2].partition(";")[0]
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/glossary/a", "/api/search?q=a", "/nobody"])
def test_nothing_can_be_changed(get: Ask, method: str, path: str) -> None:
    answer = get(path, method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", [*PLACES, "/sparql", "/openapi.json", "/x" * 3_000])
def test_a_page_elsewhere_reads_nothing_of_what_is_served_to_this_machine(get: Ask, path: str) -> None:
    for method in ("GET", "OPTIONS", "POST"):
        headers = get(path, method, origin="https://elsewhere.example").headers
        assert "access-control-allow-origin" not in headers
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", [*PLACES, "/sparql", "/openapi.json", "/x" * 3_000])
def test_a_page_elsewhere_reads_what_everyone_may(made: Starlette, path: str) -> None:
    public = app(made.state.served)
    public.state.workers = made.state.workers
    for method in ("GET", "OPTIONS", "POST"):
        headers = ask(public, path, method, origin="https://elsewhere.example").headers
        assert headers["access-control-allow-origin"] == "*"
        assert headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_page_elsewhere_hears_how_it_may_ask(get: Ask) -> None:
    answer = get("/glossary/a", "OPTIONS", origin="https://elsewhere.example", access_control_request_method="GET")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(get: Ask, host: str) -> None:
    assert get("/health", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8000", "127.0.0.1.evil.example", "", "[::2]"])
def test_another_name_of_this_machine_is_refused(get: Ask, host: str) -> None:
    answer = get("/glossary.ttl", host=host)
    assert answer.status == 421
    assert answer.text == "this server answers for localhost only; start it with --host for others\n"
    assert get("/sparql?query=ASK%7B%7D", host=host).status == 421


def test_any_name_is_answered_where_everyone_may_ask(made: Starlette) -> None:
    assert ask(app(made.state.served), "/health", host="atlas.example").status == 200


HOSTILE = [
    "/../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%252f..%252fetc%252fpasswd",
    "/site/..%2f..%2fpyproject.toml",
    "/site/../../pyproject.toml",
    "/glossary.ttl/../../x",
    "/..%5c..%5cwindows%5cwin.ini",
    "/%00",
    "/glossary/a%00.html",
    "/%ff%fe",
    "/term/..%2f..%2fetc%2fpasswd.ttl",
    "//etc/passwd",
    "/file:///etc/passwd",
    "/%0d%0aSet-Cookie:%20a=b",
    "/term/a%0d%0aSet-Cookie:%20a=b",
    "/api/terms/..%2f..%2fetc",
    "/" + "%2e%2e%2f" * 400,
    "*",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_no_path_leads_out_of_the_glossary(get: Ask, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = get(path, accept=accept)
        assert answer.status == 404
        assert "set-cookie" not in answer.headers
        assert b"root:" not in answer.body


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab/.%2eEfF0dDaA\\~:?#&;=", max_size=24))
def test_any_path_is_answered(made: Starlette, path: str) -> None:
    answer = ask(made, "/" + path)
    assert answer.status in (200, 303, 308, 400, 404)
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")


def test_what_is_too_long_is_refused(get: Ask) -> None:
    assert get("/" + "a" * 5_000).status == 414
    assert get("/" + "%41" * 5_000).status == 414
    assert get("/api/search?q=" + "a" * 9_000).status == 414
    assert get("/glossary/a", accept="text/html," * 5_000).status == 303


def test_what_goes_wrong_inside_is_not_shown(made: Starlette) -> None:
    def broken(_: object) -> None:
        raise ValueError("a secret")

    again = app(made.state.served)
    again.router.routes.insert(0, Route("/broken", broken))
    answer = ask(again, "/broken")
    assert (answer.status, answer.headers["x-content-type-options"]) == (500, "nosniff")
    assert answer.text == "something went wrong here; the server's own messages say what\n"
    assert answer.headers["access-control-allow-origin"] == "*"
    made.router.routes.insert(0, Route("/broken", broken))
    assert ask(made, "/broken").headers["cross-origin-resource-policy"] == "same-origin"
    del made.router.routes[0]


@settings(deadline=None)
@given(st.text(alphabet='text/html,;q=0.15* "\\', max_size=40))
def test_any_accept_header_is_read(accept: str) -> None:
    assert best(accept, ["text/html", "text/turtle"]) in ("text/html", "text/turtle", None)


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="abç -+", min_size=1, max_size=5), max_size=12), st.text(alphabet="abç -+", max_size=4)
)
def test_search_finds_each_term_once_and_every_one_named_so(calls: list[str], text: str) -> None:
    known = names([Called(str(number), "name", call) for number, call in enumerate(calls)])
    hits = [hit.slug for hit in search(known, text, 99)]
    assert len(set(hits)) == len(hits)
    asked = slugify(text)
    assert set(hits) == {str(number) for number, call in enumerate(calls) if asked and asked in slugify(call)}


def test_near_names_are_found_quickly_among_many() -> None:
    known = names(Called(f"term-{number}", "name", f"Neural network method {number}") for number in range(20_000))
    before = time.process_time()
    assert near(known, "Neural netwrok methd 777")
    assert time.process_time() - before < 0.5


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, termatlas: Command) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None if name == "uvicorn" else object())
    done = termatlas("serve", "--port", "0")
    assert (done.code, done.err) == (2, "termatlas: serving needs uvicorn: pip install 'termatlas[serve]'\n")


def test_an_application_takes_mappings() -> None:
    mappings = ta.Mappings(mappings=(ta.Mapping(slug="a", relation="exactMatch", target="https://e.org/1"),))
    assert b"skos:exactMatch <https://e.org/1>" in ask(ta.web_app(GLOSSARY, mappings), "/glossary/a.ttl").body


def test_an_application_for_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = ta.web_app(GLOSSARY)
    assert ask(made, "/glossary/a.ttl", host="atlas.example").status == 200
    del made
    gc.collect()
    assert list(tmp_path.iterdir()) == []
