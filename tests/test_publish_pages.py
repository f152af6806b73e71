"""The pages of a site, as text: valid, whole, safe and small, whatever the glossary says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from published_pages import EVIL, SLUGS, hostile, link, small, wide
from termatlas.errors import UnknownTerm
from termatlas.model import Glossary, Term
from termatlas.publish.assets import assets
from termatlas.publish.category_page import category_page
from termatlas.publish.files import RESERVED, file_names
from termatlas.publish.pages import pages
from termatlas.publish.site import path_of, site
from termatlas.publish.start_page import not_found_page
from termatlas.publish.term_page import term_page

MAKERS: dict[str, Callable[[], Glossary]] = {"small": small, "hostile": hostile, "wide": wide, "empty": Glossary}


@cache
def written(name: str) -> dict[str, str]:
    """Give all pages of a glossary; they are made once."""
    return {path: page() for path, page in pages(site(MAKERS[name]())).items()}


def tree(page: str) -> Any:
    """Read a page as strictly as the standard says."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


@pytest.fixture(params=MAKERS)
def glossary_pages(request: pytest.FixtureRequest) -> dict[str, str]:
    """Give the pages of each glossary in turn."""
    return written(request.param)


def some(found: dict[str, str]) -> dict[str, str]:
    """Leave out most of the pages that are all alike: reading them takes a second each hundred."""
    return {
        path: page
        for number, (path, page) in enumerate(found.items())
        if number < 30 or number % 60 == 0 or path == "hub.html"
    }


def test_all_pages_are_valid(glossary_pages: dict[str, str]) -> None:
    for page in some(glossary_pages).values():
        tree(page)


def test_pages_are_small(glossary_pages: dict[str, str]) -> None:
    assert max((len(page.encode()), path) for path, page in glossary_pages.items())[0] <= 60_000


def test_no_id_comes_twice(glossary_pages: dict[str, str]) -> None:
    for page in some(glossary_pages).values():
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_page(glossary_pages: dict[str, str]) -> None:
    there = {*glossary_pages, "site/site.css", "site/site.js", "site/icon.svg", "explorer.html"}
    for path, page in glossary_pages.items():
        if path == "404.html":
            continue
        for href in re.findall(r'<(?:a|link|script)[^>]* (?:href|src)="(\./[^"]*|\.\./[^"]*)"', page):
            target = unquote(urlsplit(urljoin(f"http://host/{path.count('/') * 'x/'}", href)).path[1:])
            assert target in there or target.removesuffix(".ttl") + ".html" in there, (path, href)


def test_nothing_of_a_page_comes_from_elsewhere(glossary_pages: dict[str, str]) -> None:
    for page in some(glossary_pages).values():
        addresses = re.findall(r'<(?:script src|link rel="stylesheet" href|img src|iframe src)="([^"]*)"', page)
        assert len(addresses) == 2
        assert all(urlsplit(address).netloc == "" for address in addresses)


def test_a_page_says_all_of_a_term() -> None:
    page = written("small")["clip.html"]
    read = tree(page)
    text = " ".join("".join(read.itertext()).split())
    for words in ("CLIP", "also Contrastive pre-training", "A model of pictures & texts.", "First paragraph.",
                  "Second <paragraph>.", "What is it for?", "Finding pictures.", "Leads to 3", "Linked from 2",
                  "Vision transformer broader one-way", "Wished for no page yet", "DINO one-way"):  # fmt: skip
        assert words in text
    assert "Both ways one-way" not in text
    assert 'href="./category/vision.html"' in page
    assert 'href="./category/models.html"' in page
    assert 'rel="alternate" type="text/turtle" href="./clip.ttl"' in page
    assert '<link rel="canonical" href="https://example.org/glossary/clip.html">' in page
    assert '<meta name="description" content="A model of pictures &amp; texts.">' in page
    assert '<meta property="og:title" content="CLIP">' in page
    assert 'href="https://example.org/source/clip"' in page
    assert '<html lang="en">' in page


def test_terms_follow_each_other_in_the_alphabet() -> None:
    page = written("small")["dino.html"]
    assert re.findall(r'<link rel="(prev|next)" href="([^"]*)">', page) == [
        ("prev", "./clip.html"),
        ("next", "./lone.html"),
    ]


def structured(page: str) -> list[dict[str, Any]]:
    """Read the JSON-LD of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return data


def test_search_engines_are_told_of_the_term_the_way_and_the_questions() -> None:
    term, way, questions = structured(written("small")["clip.html"])
    assert term["@type"] == "DefinedTerm"
    assert term["@id"] == "https://example.org/glossary/clip"
    assert term["description"] == "A model of pictures & texts."
    assert term["inDefinedTermSet"] == {
        "@type": "DefinedTermSet",
        "@id": "https://example.org/glossary",
        "name": "Small",
        "url": "https://example.org/glossary/",
    }
    assert [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]] == [
        (1, "Small", "https://example.org/glossary/"),
        (2, "Vision", "https://example.org/glossary/category/vision.html"),
        (3, "CLIP", "https://example.org/glossary/clip.html"),
    ]
    assert questions["@type"] == "FAQPage"
    assert questions["mainEntity"][0]["acceptedAnswer"]["text"] == "Finding pictures."
    assert [thing["@type"] for thing in structured(written("small")["vit.html"])] == ["DefinedTerm", "BreadcrumbList"]


def test_structured_data_holds_any_text() -> None:
    made = site(hostile())
    term, *_ = structured(term_page(made, "a-b"))
    assert term["description"].startswith("</script><script>alert(1)</script>")


def test_no_text_becomes_markup_or_a_template() -> None:
    for page in written("hostile").values():
        assert "<script>alert" not in page
        assert "49" not in re.sub(r"[0-9a-f]{8}|<svg.*?</svg>", "", page, flags=re.DOTALL)
        assert not re.search(r'href="\s*javascript:', page, re.IGNORECASE)
        assert not any(name.startswith("on") for element in tree(page).iter() for name in element.attrib)


def test_mappings_are_links_only_where_one_can_follow_them() -> None:
    mappings = {
        "clip": [("skos:exactMatch", "http://www.wikidata.org/entity/Q1"), ("skos:closeMatch", "javascript:alert(1)")]
    }
    page = term_page(site(small(), mappings=mappings), "clip")
    assert '<dt>exactMatch</dt><dd><a href="http://www.wikidata.org/entity/Q1">' in page
    assert "javascript:" not in page
    assert structured(page)[0]["sameAs"] == ["http://www.wikidata.org/entity/Q1"]


def test_a_term_in_another_language_says_so() -> None:
    page = written("small")["lone.html"]
    assert '<html lang="fr">' in page
    assert '<header class="bar" lang="en" dir="ltr">' in page
    assert written("hostile")[path_of(site(hostile()), "a-b")].splitlines()[1] == '<html lang="ar" dir="rtl">'


def test_what_has_no_room_has_pages_of_its_own() -> None:
    found = written("wide")
    more = {path: page for path, page in found.items() if path.startswith("more/")}
    assert len(more) > 2
    everything = "".join(more.values())
    assert all(f"Spoke of the hub with number {number}<" in everything for number in range(700))
    assert all(f"Number {number}?" in everything for number in range(400))
    assert everything.count("answer") >= 9_000
    assert 'href="./more/hub.html">All 700' in found["hub.html"]
    assert 'href="./more/hub.html">Read the whole text' in found["hub.html"]
    assert "also hub number 299" in everything
    assert "more/clip.html" not in written("small")


def test_parts_lead_to_each_other() -> None:
    found = written("wide")
    parts = [path for path in found if path.startswith("category/spokes")]
    assert parts[:2] == ["category/spokes.html", "category/spokes/2.html"]
    assert 'href="./category/spokes/2.html"' not in found["category/spokes.html"]
    assert 'href="../category/spokes/2.html"' in found["category/spokes.html"]
    assert 'href="../../category/spokes.html"' in found["category/spokes/2.html"]


def test_the_index_has_every_name_under_its_letter() -> None:
    page = written("small")["a-z/index.html"]
    headings = re.findall(r'<h2 id="[^"]*"><bdi>(.*?)</bdi>', page)
    assert headings == ["B", "C", "D", "E", "V"]
    assert 'Contrastive pre-training</bdi> <small>see</small> <a href="../clip.html">' in page


def test_a_large_index_has_a_page_for_each_letter() -> None:
    found = [path for path in written("wide") if path.startswith("a-z/")]
    assert found[0] == "a-z/index.html"
    assert "a-z/s.html" in found
    assert "a-z/s/2.html" in found


def test_an_index_in_other_scripts() -> None:
    names = ["жук", "注意力", "3D", "?!", "ẞ", "ألف", "τ"]
    made = site(Glossary(terms=tuple(Term(slug=name, name=name) for name in names)))
    page = pages(made)["a-z/index.html"]()
    assert re.findall(r'<h2 id="([^"]*)"><bdi>(.*?)</bdi>', page) == [
        ("signs", "#"), ("0-9", "0–9"), ("s", "S"), ("u03c4", "Τ τ"), ("u0436", "Ж ж"), ("u0627", "ا"), ("han", "Han"),
    ]  # fmt: skip


def test_the_start_page_says_what_the_glossary_is() -> None:
    page = written("small")["index.html"]
    text = " ".join("".join(tree(page).itertext()).split())
    assert "5 terms · 2 categories · 5 links · 1 wanted term" in text
    assert "terms that links point to though no page defines them" in text
    assert "Good places to begin" in text
    assert 'href="./explorer.html"' in page
    assert "This glossary has no terms yet." in written("empty")["index.html"]


def test_a_map_stands_on_the_start_page_where_places_are_known() -> None:
    places = {"clip": (0.0, 0.0), "vit": (1.0, 0.5), "dino": (0.5, 1.0), "wish": (9.0, 9.0)}
    made = site(small(), positions=places)
    page = pages(made)["index.html"]()
    tree(page)
    assert page.count("h0") == 3
    assert 'viewBox="0 0 420 420"' in page
    assert 'class="map"' not in written("small")["index.html"]


def test_no_page_leads_to_an_explorer_that_is_not_there() -> None:
    made = site(small(), explorer=None)
    assert not any("explorer" in page() for page in pages(made).values())


def test_links_hold_at_any_depth() -> None:
    addresses = {slug: f"deep/er/{number}" for number, slug in enumerate(site(small()).order)}
    made = site(small(), addresses=addresses, start="start.html", explorer="")
    page = term_page(made, "clip")
    assert f'href="../../{addresses["vit"]}.html"' in page
    assert 'href="../../site/site.css"' in page
    assert 'href="../../#t=clip">Map' in page
    assert path_of(made, "vit") in pages(made)


def test_an_address_with_a_colon_stays_within_the_site() -> None:
    made = site(small(), addresses={slug: f"javascript:{slug}" for slug in site(small()).order})
    assert 'href="./javascript:vit.html"' in term_page(made, "clip")


def test_the_page_for_a_wrong_address_can_stand_anywhere() -> None:
    page = written("small")["404.html"]
    assert 'href="/glossary/site/site.css"' in page
    assert 'rel="canonical"' not in page
    assert 'href="/site/site.css"' in not_found_page(site(small()), absolute=True)


def test_the_address_of_the_site_can_be_given() -> None:
    page = term_page(site(small(), root="https://terms.example/here"), "clip")
    assert '<link rel="canonical" href="https://terms.example/here/clip.html">' in page


def test_who_asks_for_a_term_that_is_not_there_is_told_what_is_near() -> None:
    with pytest.raises(UnknownTerm, match='no term is called "clib"; near it: clip'):
        term_page(site(small()), "clib")
    with pytest.raises(UnknownTerm):
        term_page(site(small()), "wish")


def test_a_category_lists_its_terms_with_their_definitions() -> None:
    page = category_page(site(small()), "Vision")
    assert page == written("small")["category/vision.html"]
    assert re.findall(
        r"<dt><a href=\"\.\./(.*?)\.html\"><bdi>(.*?)</bdi></a></dt><dd dir=\"auto\">(.*?)</dd>", page
    ) == [
        ("clip", "CLIP", "A model of pictures &amp; texts."),
        ("vit", "Vision transformer", "A transformer."),
    ]


def test_same_glossary_same_bytes() -> None:
    turned = Glossary(terms=tuple(reversed(hostile().terms)), title=EVIL, language="he")
    again = {path: page() for path, page in pages(site(turned)).items()}
    assert again == written("hostile")


def test_files_are_told_apart_on_any_file_system() -> None:
    names = file_names([*SLUGS, *RESERVED])
    assert len({name.casefold() for name in names.values()}) == len(names)
    for name in names.values():
        assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
        assert name.partition(".")[0].casefold() not in {"con", "index", "404", ""} | RESERVED
        assert not name.endswith((".", " "))
        assert len(name.encode()) <= 200


def test_a_file_name_does_not_depend_on_other_terms() -> None:
    assert all(file_names([slug])[slug] == file_names(SLUGS)[slug] for slug in SLUGS if slug not in {"CON", "con"})


def test_two_categories_of_one_slug_have_two_pages() -> None:
    found = [path for path in written("hostile") if path.startswith("category/") and path != "category/index.html"]
    assert len({path.casefold() for path in found}) == len(found) == 5


def test_the_style_holds_the_colours_of_all_categories() -> None:
    css = dict(assets(site(small())))["site/site.css"].decode()
    assert ".c1 { --own: var(--c1); }" in css
    assert "prefers-color-scheme: dark" in css
    assert "@media print" in css
    assert "prefers-reduced-motion" in css


def test_real_glossaries_have_valid_small_pages(corpora: Path) -> None:
    import termatlas

    made = site(termatlas.read(corpora / "gpu-glossary"))
    for number, make in enumerate(pages(made).values()):
        page = make()
        if number % 5 == 0:
            tree(page)
        assert len(page.encode()) <= 60_000


def test_a_link_to_itself_is_not_shown() -> None:
    made = site(Glossary(terms=(Term(slug="a", name="A", related=(link("a"),)),)))
    assert 'Leads to <span class="n">no term</span>' in term_page(made, "a")


def test_a_term_that_is_no_longer_used_says_so() -> None:
    made = site(Glossary(terms=(Term(slug="a", name="A", deprecated=True), Term(slug="b", name="B"))))
    assert "No longer in use." in term_page(made, "a")
    assert "No longer in use." not in term_page(made, "b")
