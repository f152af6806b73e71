"""The endpoint as a page: valid, safe, and of use without a script, a mouse or sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from sparql_endpoint import Endpoint, endpoint

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
DATA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix term: <https://example.org/glossary/> .
term:clip a skos:Concept ; skos:prefLabel "CLIP & <script>alert(1)</script>"@en , "سم"@ar ;
  skos:definition "Pairs texts and images." ; skos:exactMatch <javascript:alert(1)> , <https://e.example/"x> .
""".replace('"x>', "x>")
ALL = "SELECT * { ?term ?property ?value } ORDER BY ?property ?value"
HTML = "text/html,application/xhtml+xml;q=0.9"


@pytest.fixture(scope="module")
def served() -> Iterator[Endpoint]:
    with endpoint(DATA) as made:
        yield made


def page_of(served: Endpoint, query: str | None = None) -> str:
    response = served.client.get(
        served.url, params={"query": query} if query is not None else {}, headers={"accept": HTML}
    )
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        self.found += [value or "" for name, value in attributes if tag == "a" and name == "href"]


@pytest.mark.parametrize(
    "query", [None, ALL, "ASK {}", "SELECT * { ?x a ?x }", "SELECT * {", "DESCRIBE term:clip", "</textarea><b>"]
)
def test_the_page_is_valid(served: Endpoint, query: str | None) -> None:
    import html5lib

    html5lib.HTMLParser(strict=True).parse(page_of(served, query))


def test_nothing_that_the_glossary_or_a_client_says_is_markup(served: Endpoint) -> None:
    text = page_of(served, f"{ALL} # </textarea><script>alert(1)</script> \0")
    assert "<script" not in text
    assert "CLIP &amp; &lt;script&gt;" in text
    assert "A &lt;b&gt;glossary&lt;/b&gt;" in text
    assert not [link for link in Links(text).found if link.startswith("javascript")]
    policy = served.client.get(served.url, headers={"accept": HTML}).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_terms_lead_to_this_server(served: Endpoint) -> None:
    assert "/glossary/clip" in Links(page_of(served, ALL)).found


def test_results_are_named_as_what_they_are(served: Endpoint) -> None:
    assert '<p class="answer">Yes</p>' in page_of(served, "ASK {}")
    assert '<p class="answer">1 row</p>' in page_of(served, "SELECT (1 AS ?one) {}")
    assert '<p class="answer">6 triples</p>' in page_of(served, "DESCRIBE term:clip")
    assert '<p class="answer">No row</p>' in page_of(served, "SELECT * { ?x a ?x }")
    many = "SELECT * { VALUES ?a { " + "1 " * 40 + "} VALUES ?b { " + "2 " * 40 + "} }"
    assert "The first 1,000 rows; there are more" in page_of(served, many)


def test_examples_can_be_asked(served: Endpoint) -> None:
    examples = [link for link in Links(page_of(served)).found if "/sparql?query=" in link]
    assert len(examples) >= 12
    for link in examples:
        response = served.client.get(served.url.removesuffix("/sparql") + link, headers={"accept": HTML})
        assert response.status_code == 200, link
        assert "Not answered" not in response.text


@pytest.fixture
def at(browser: Browser) -> Iterator[Callable[..., Page]]:
    opened: list[Page] = []

    def open_at(address: str, **options: Any) -> Page:
        page = browser.new_page(**options)
        opened.append(page)
        page.goto(address)
        return page

    yield open_at
    for page in opened:
        page.close()


def test_the_form_works_by_keyboard_without_a_script(served: Endpoint, at: Callable[..., Page]) -> None:
    page = at(served.url, java_script_enabled=False)
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the question"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("SELECT ?name { term:clip skos:prefLabel ?name FILTER(LANG(?name) = 'ar') }")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sparql?query=*#result")
    assert page.inner_text("#result tbody") == "سم"
    assert "FILTER(LANG(?name)" in page.input_value("textarea")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", f"?query={ALL}", "?query=SELECT"])
def test_axe_finds_nothing(served: Endpoint, at: Callable[..., Page], scheme: str, query: str) -> None:
    page = at(served.url + query, color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844})
    page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
