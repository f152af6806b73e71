"""Terms over HTTP: their IRIs, their documents, and what leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import html5lib
import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from asgi import Answer, ask
from termatlas.align import Mapping, Mappings
from termatlas.errors import SourceError
from termatlas.export.blocks import plan
from termatlas.export.iris import segment
from termatlas.export.rdf import rdf_bytes, to_store
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.serve.addresses import addresses, find, iri_key, key
from termatlas.serve.app import app
from termatlas.serve.served import dataset, load, prepare
from termatlas.sources import read

FORMATS = {
    "text/turtle": (".ttl", pyoxigraph.RdfFormat.TURTLE),
    "application/ld+json": (".jsonld", pyoxigraph.RdfFormat.JSON_LD),
    "application/n-triples": (".nt", pyoxigraph.RdfFormat.N_TRIPLES),
    "application/rdf+xml": (".rdf", pyoxigraph.RdfFormat.RDF_XML),
    "application/trig": (".trig", pyoxigraph.RdfFormat.TRIG),
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

Ask = Callable[..., Answer]


def link(target: str) -> Reference:
    return Reference(written=target, target=target, resolution="slug")


def term(slug: str, *targets: str, **more: object) -> Term:
    return Term(slug=slug, name=str(more.pop("name", slug)), related=tuple(map(link, targets)), **more)  # type: ignore[arg-type]  # fields by name


GLOSSARY = Glossary(
    title="Odd terms",
    terms=(
        term("clip", "a/b", "lost", name="CLIP", categories=("Vision",), definition="A model.", aliases=("Clippy",)),
        term("a/b", "clip", name="A over B", questions=(Question(question="Why?", answer="Because."),)),
        term("with space", name="With space"),
        term("注意力", name="注意力"),
        term("a&b", name='<script>alert("1")</script>'),
        term("50%", name="50%"),
        term("..", name="Dots"),
        term("new\r\nSet-Cookie: a=b", name="New\r\nline"),
        term("clip.ttl", name="Clip, the file"),
    ),
)


MAPPINGS = Mappings(
    mappings=(
        Mapping(slug="clip", relation="exactMatch", target="http://www.wikidata.org/entity/Q4115189", confidence=0.9),
        Mapping(slug="clip", relation="broadMatch", target="https://e.org/model"),
        Mapping(slug="lost", relation="closeMatch", target="https://e.org/lost"),
        Mapping(slug="a/b", relation="exactMatch", target="https://e.org/denied", negated=True),
    )
)


def served(glossary: Glossary, folder: Path, mappings: Mappings | None = None) -> Starlette:
    prepare(glossary, folder, mappings=mappings)
    return app(load(folder), hosts=frozenset({"localhost"}))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return served(GLOSSARY, tmp_path_factory.mktemp("odd"))


@pytest.fixture(scope="module")
def get(made: Starlette) -> Ask:
    return lambda target, method="GET", **headers: ask(made, target, method, **headers)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    made = served(GLOSSARY, tmp_path_factory.mktemp("mapped"), MAPPINGS)
    return lambda target, method="GET", **headers: ask(made, target, method, **headers)


def triples(body: bytes, form: pyoxigraph.RdfFormat) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in pyoxigraph.parse(body, form, base_iri="http://localhost/")}


PATHS = {
    "a/b": "/glossary/a%2Fb",
    "with space": "/glossary/with%20space",
    "注意力": "/glossary/%E6%B3%A8%E6%84%8F%E5%8A%9B",
    "a&b": "/glossary/a%26b",
    "50%": "/glossary/50%25",
}


@pytest.mark.parametrize(("slug", "path"), PATHS.items())
def test_a_term_leads_from_its_iri_to_its_document(get: Ask, slug: str, path: str) -> None:
    for accept, (suffix, form) in FORMATS.items():
        first = get(path, accept=accept)
        assert (first.status, first.headers["location"], first.headers["vary"]) == (303, path + suffix, "Accept")
        second = get(first.headers["location"])
        assert (second.status, second.headers["content-type"].partition(";")[0]) == (200, accept)
        about = {triple.subject for triple in triples(second.body, form)}
        assert pyoxigraph.NamedNode(plan(GLOSSARY).iris[slug]) in about


@pytest.mark.parametrize(("slug", "path"), PATHS.items())
def test_a_browser_gets_the_term_as_a_page(get: Ask, slug: str, path: str) -> None:
    assert get(path, accept=BROWSER).headers["location"] == path + ".html"
    page = get(path + ".html")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    html5lib.HTMLParser(strict=True).parse(page.text)
    assert "<script>alert" not in page.text


def test_paths_are_the_same_however_they_are_encoded(get: Ask) -> None:
    for path in ("/glossary/a%2fb.ttl", "/glossary/%61%2Fb.ttl", "http://example.org/glossary/a%2Fb.ttl"):
        assert get(path).body == get("/glossary/a%2Fb.ttl").body != b""
    assert get("/glossary/a/b.ttl").status == 404


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("", ".html"),
        ("*/*", ".html"),
        ("text/*", ".html"),
        ("text/turtle", ".ttl"),
        ("TEXT/TURTLE", ".ttl"),
        ("text/turtle;charset=utf-8", ".ttl"),
        ("text/html;q=0.5, application/ld+json", ".jsonld"),
        ("text/html;q=0.5, application/ld+json;q=0.4", ".html"),
        ("application/*;q=0.9, text/html;q=0.1", ".jsonld"),
        ("*/*;q=0.1, application/rdf+xml;q=0.2", ".rdf"),
        ("text/turtle, */*", ".ttl"),
        ("text/html;q=0, */*", ".ttl"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x"', ".jsonld"),
        ("application/trig", ".trig"),
        ("nonsense, text/turtle;q=2, application/n-triples;q=0.001", ".nt"),
    ],
)
def test_the_form_follows_the_accept_header(get: Ask, accept: str, suffix: str) -> None:
    answer = get("/glossary/clip", accept=accept) if accept else get("/glossary/clip")
    assert answer.headers["location"] == f"/term/clip{suffix}"  # /glossary/clip.ttl is another term


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "*/*;q=0", "text/plain, text/html;q=0"])
def test_what_is_not_offered_is_406_and_says_what_is(get: Ask, accept: str) -> None:
    answer = get("/glossary/a%2Fb", accept=accept)
    assert (answer.status, answer.headers["vary"]) == (406, "Accept")
    assert "text/turtle /glossary/a%2Fb.ttl\n" in answer.text
    assert '</glossary/a%2Fb.ttl>; rel="describedby"; type="text/turtle"' in answer.headers["link"]


def test_documents_name_each_other_and_what_they_describe(get: Ask) -> None:
    links = get("/glossary/a%2Fb.ttl").headers["link"]
    assert '</glossary/a%2Fb.ttl>; rel="canonical"' in links
    assert '<https://example.org/glossary/a%2Fb>; rel="describes"' in links
    assert '</glossary/a%2Fb.html>; rel="alternate"; type="text/html"' in links
    assert '</glossary/a%2Fb.ttl>; rel="alternate"' not in links


@pytest.mark.parametrize("path", ["/", "/glossary/a%2Fb.html", "/glossary/a%2Fb.nt", "/glossary.ttl", "/site/site.css"])
def test_a_client_that_has_a_document_is_told_so(get: Ask, path: str) -> None:
    tag = get(path).headers["etag"]
    assert tag.startswith('"')
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = get(path, if_none_match=known)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert get(path, if_none_match='"other"').status == 200
    assert "last-modified" not in get(path).headers


def test_the_glossary_leads_to_the_whole_data(get: Ask) -> None:
    for accept, (suffix, form) in FORMATS.items():
        for path in ("/glossary", "/glossary/", "/termatlas/ns", "/"):
            assert get(path, accept=accept).headers["location"] == f"/glossary{suffix}"
        whole = get(f"/glossary{suffix}")
        assert whole.headers["content-type"].partition(";")[0] == accept
        assert triples(whole.body, form) == {quad.triple for quad in to_store(GLOSSARY)}
    assert get("/glossary.nt").body == rdf_bytes(GLOSSARY, "nt")
    assert get("/glossary", accept=BROWSER).headers["location"] == "/index.html"
    part = get("/glossary.nt", range="bytes=0-9")
    assert (part.status, part.body) == (206, rdf_bytes(GLOSSARY, "nt")[:10])


def test_a_category_answers(get: Ask) -> None:
    assert get("/glossary/category/vision", accept=BROWSER).headers["location"] == "/category/vision.html"
    assert "CLIP" in get("/category/vision.html").text
    turtle = get(get("/glossary/category/vision", accept="text/turtle").headers["location"])
    members = {triple.object for triple in triples(turtle.body, pyoxigraph.RdfFormat.TURTLE)}
    assert pyoxigraph.NamedNode("https://example.org/glossary/clip") in members
    assert get("/glossary/category/vision.html").headers["location"] == "/category/vision.html"


def test_questions_answer_as_their_term(get: Ask) -> None:
    for path in ("/glossary/faq/a%2Fb", "/glossary/faq/a%2Fb/1", "/glossary/faq/a%2Fb/1/answer"):
        assert get(path, accept="text/turtle").headers["location"] == "/glossary/a%2Fb.ttl"
    assert get("/glossary/faq/nobody/1").status == 404


def test_every_term_has_a_short_path(get: Ask) -> None:
    assert get("/term/a%2Fb", accept="text/turtle").headers["location"] == "/glossary/a%2Fb.ttl"
    assert get("/term/clip.nt").body == get("/term/clip.nt").body != b""
    assert get("/term/nobody").status == 404


def test_a_wanted_term_answers_as_data_and_has_no_page(get: Ask) -> None:
    found = get(get("/glossary/lost", accept="text/turtle").headers["location"])
    assert b'ta:status "wanted"' in found.body
    page = get("/glossary/lost.html")
    assert page.status == 404
    assert '</glossary/lost.ttl>; rel="alternate"; type="text/turtle"' in page.headers["link"]


def test_a_slash_too_many_leads_to_where_something_is(get: Ask) -> None:
    assert get("/glossary/clip/").headers["location"] == "/glossary/clip"
    assert get("/glossary/clip/").status == 308
    assert get("/index.html/").headers["location"] == "/index.html"
    for path in ("/nobody/", "//clip", "//example.com/", "/glossary//clip"):
        assert get(path).status == 404


def test_an_unknown_term_is_404_with_names_near_it(get: Ask) -> None:
    page = get("/glossary/clib", accept=BROWSER)
    assert page.status == 404
    assert 'href="/term/clip.html"' in page.text
    html5lib.HTMLParser(strict=True).parse(page.text)
    for accept in ("application/json", "text/turtle"):
        answer = get("/glossary/clib.ttl", accept=accept)
        assert answer.headers["content-type"] == "application/json"
        assert answer.json["near"][0] == {"slug": "clip", "name": "CLIP"}


def test_a_document_never_hides_a_term(get: Ask) -> None:
    assert get("/glossary/clip.ttl").headers["location"] == "/glossary/clip.ttl.html"
    assert b"term:clip a skos:Concept" in get("/term/clip.ttl").body


def test_the_pages_are_the_published_ones(get: Ask) -> None:
    for path in ("/index.html", "/a-z/index.html", "/category/index.html"):
        page = get(path)
        assert page.status == 200
        assert html_policy(page.text) in page.headers["content-security-policy"]
    for href in sorted(set(re.findall(r'(?:href|src)="(\./[^"#]*|[^":#]+)"', get("/index.html").text))):
        assert get("/" + unescape(href).removeprefix("./")).status == 200, href


def html_policy(page: str) -> str:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found[1]


def test_the_explorer_is_at_the_root(get: Ask) -> None:
    page = get("/", accept=BROWSER)
    assert (page.status, page.headers["vary"]) == (200, "Accept")
    assert page.headers["content-security-policy"] == f"{html_policy(page.text)}; frame-ancestors 'none'"
    assert "script-src 'sha256-" in page.headers["content-security-policy"]
    assert get("/", accept="image/png").status == 406


def skos(*iris: str) -> str:
    lines = (f'<{iri}> a skos:Concept ; skos:prefLabel "T{number}"@en .' for number, iri in enumerate(iris))
    return "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n" + "\n".join(lines)


@pytest.mark.parametrize(("suffix", "form"), FORMATS.values())
def test_a_term_says_what_it_is_elsewhere(mapped: Ask, get: Ask, suffix: str, form: pyoxigraph.RdfFormat) -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    more = triples(mapped(f"/term/clip{suffix}").body, form) - triples(get(f"/term/clip{suffix}").body, form)
    assert {str(each) for each in more} == {
        f"<https://example.org/glossary/clip> <{skos}exactMatch> <http://www.wikidata.org/entity/Q4115189>",
        "<https://example.org/glossary/clip> <https://schema.org/sameAs> <http://www.wikidata.org/entity/Q4115189>",
        f"<https://example.org/glossary/clip> <{skos}broadMatch> <https://e.org/model>",
    }
    assert b"https://e.org/lost" in mapped(f"/term/lost{suffix}").body
    assert b"denied" not in mapped(f"/glossary/a%2Fb{suffix}").body


def test_pages_and_json_show_mappings(mapped: Ask) -> None:
    assert '<a href="http://www.wikidata.org/entity/Q4115189">' in mapped("/term/clip.html").text
    assert mapped("/api/terms/clip").json["mappings"] == [
        {"relation": "exactMatch", "iri": "http://www.wikidata.org/entity/Q4115189"},
        {"relation": "broadMatch", "iri": "https://e.org/model"},
    ]


def test_mappings_are_a_document_and_a_graph_of_their_own(mapped: Ask, made: Starlette, tmp_path: Path) -> None:
    store = to_store(GLOSSARY, MAPPINGS)
    expected = {quad.triple for quad in store} - {quad.triple for quad in to_store(GLOSSARY)}
    for media_type in ("application/trig", "text/turtle", "application/n-triples"):
        suffix, form = FORMATS[media_type]
        leading = mapped("/glossary/mapping/all", accept=media_type)
        assert (leading.status, leading.headers["location"]) == (303, f"/mappings{suffix}")
        document = mapped(f"/mappings{suffix}")
        assert (document.headers["content-type"].partition(";")[0], triples(document.body, form)) == (
            media_type,
            expected,
        )
        assert mapped(f"/mappings{suffix}", if_none_match=document.headers["etag"]).status == 304
    assert mapped("/glossary/mapping/0123456789abcdef", accept="*/*").headers["location"] == "/mappings.trig"
    assert mapped("/glossary/mapping/all", accept="image/png").status == 406
    prepare(GLOSSARY, tmp_path, mappings=MAPPINGS)
    loaded = pyoxigraph.Store()
    loaded.load(dataset(load(tmp_path)), pyoxigraph.RdfFormat.TRIG)
    assert set(loaded) == set(store)


def test_without_mappings_there_is_no_document_of_them(get: Ask) -> None:
    assert {get(path).status for path in ("/mappings.trig", "/mappings.ttl", "/glossary/mapping/all")} == {404}


def test_the_users_templates_are_filled(tmp_path: Path) -> None:
    templates, folder = tmp_path / "own", tmp_path / "served"
    templates.mkdir()
    folder.mkdir()
    (templates / "term.html.j2").write_text("<h1>Mine: {{ term.name }}</h1>", encoding="utf-8")
    (templates / "logo.svg").write_text("<svg/>", encoding="utf-8")
    prepare(GLOSSARY, folder, templates=templates)
    made = app(load(folder))
    assert ask(made, "/term/clip.html").text.startswith("<h1>Mine: CLIP</h1>")
    assert ask(made, "/logo.svg").body == b"<svg/>"


@pytest.mark.parametrize("name", ["term", "layout", "category", "index", "categories"])
def test_a_template_with_a_mistake_is_said_at_once(tmp_path: Path, name: str) -> None:
    templates, folder = tmp_path / "own", tmp_path / "served"
    templates.mkdir()
    folder.mkdir()
    (templates / f"{name}.html.j2").write_text("\n{{ nothing.like.it }}", encoding="utf-8")
    prepare(GLOSSARY, folder, templates=templates)
    with pytest.raises(SourceError, match=rf"{name}.html.j2, line 2: the template cannot be filled"):
        load(folder)


def test_concepts_of_other_hosts_answer_at_their_paths(tmp_path: Path) -> None:
    iris = ["http://v.example/id/1", "http://v.example/id/2/", "http://v.example/c?id=3", "http://v.example/c?id=4"]
    (tmp_path / "v.ttl").write_text(skos(*iris, "http://v.example/ns#a", "http://v.example/ns#b", "urn:isbn:1"))
    made = served(read(tmp_path / "v.ttl"), tmp_path)
    known = made.state.served
    for slug, iri in known.plan.iris.items():
        path = {"urn:isbn:1": None}.get(iri, iri.partition("#")[0].removeprefix("http://v.example"))
        if path and "#" not in iri:
            seen = ask(made, path, accept="text/turtle").headers["location"]
            assert f"<{iri}>" in ask(made, seen).text or f"term:{slug}" in ask(made, seen).text
        by_slug = ask(made, f"/term/{key(slug)}", accept="application/n-triples").headers["location"]
        assert f"<{iri}> " in ask(made, by_slug).text
    assert ask(made, "/ns", accept="text/turtle").headers["location"] == "/glossary.ttl"


def test_a_path_of_the_servers_own_goes_before_a_terms(tmp_path: Path) -> None:
    names = ["health", "sparql", "api", "robots.txt", "index.html", "term"]
    made = served(Glossary(terms=tuple(map(term, names)), base_iri="https://example.org/"), tmp_path)
    assert ask(made, "/health").json["status"] == "ok"
    for name in names:
        answer = ask(made, f"/term/{name}", accept="text/turtle")
        assert answer.headers["location"] == f"/term/{name}.ttl"
        assert (
            f"term:{name}" in ask(made, f"/term/{name}.ttl").text or f"/{name}>" in ask(made, f"/term/{name}.ttl").text
        )


SLUGS = st.lists(st.text(alphabet="ab./%?# é&+~", min_size=1, max_size=6), unique=True, max_size=8)


@settings(deadline=None, max_examples=200)
@given(SLUGS, st.sampled_from(["https://e.org/", "https://e.org/term/", "https://e.org/x#", "urn:x:"]))
def test_every_thing_is_found_at_its_documents_and_by_its_slug(slugs: list[str], base: str) -> None:
    known = addresses(plan(Glossary(terms=tuple(map(term, slugs)), base_iri=base)))
    for slug in slugs:
        thing = ("term", slug)
        for suffix, syntax in ((".html", "html"), (".ttl", "turtle"), (".rdf", "xml")):
            assert find(known, known.of[thing] + suffix) == (thing, syntax)
        assert key(known.of[thing]) == known.of[thing]
        if base.startswith("https") and not base.endswith("#"):
            found = find(known, iri_key(base + segment(slug)) or "")
            assert found is not None
            assert found.thing == thing
