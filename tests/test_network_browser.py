"""The pyvis page in a real browser, opened from disk without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from termatlas.export.network import network_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from offline import OfflinePage

Opener = Callable[..., Any]
BLOTS = [
    "</script><script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 1">',
    "<svg onload='window.ran = 1'>",
    "javascript:window.ran=1 href",
    "\u202egnp.exe\u202c",
    "{{ 7 * 7 }}",
    "x" * 5_000,
    "same",
    "same",
    "注意力机制 🧠",
]


def small() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node(
        "clip", name="CLIP", category="Vision", definition="Pairs images with texts.", aliases=("contrastive",)
    )
    graph.add_node("vit", name="Vision Transformer", category="Vision", definition="Cuts an image into patches.")
    graph.add_node("cafe", name="Café learning", category="Training", definition="Learns over coffee.")
    graph.add_node("alone", name="Alone", category="Training", definition="Knows nobody.")
    graph.add_node("wish", name="Wish", defined=False)
    graph.add_edges_from([("clip", "vit"), ("vit", "clip"), ("cafe", "clip"), ("vit", "wish")], kind="related")
    return graph


def hostile() -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for at, text in enumerate(BLOTS):
        graph.add_node(f"{at} {text}", name=text, category=text, definition=text, aliases=(text,))
    nx.add_cycle(graph, list(graph))
    return graph


@pytest.fixture
def opened(offline_page: Callable[..., OfflinePage], tmp_path: Path) -> Opener:
    def open_it(graph: nx.DiGraph[str], **options: Any) -> Page:
        page = offline_page(**options).show(tmp_path / "network.html", network_page(graph, title="My glossary"))
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(150)  # vis-network draws in the next frame
        return page

    return open_it


def colours_on(page: Page) -> int:
    """Count the colours of the map's pixels."""
    count = page.evaluate("""() => {
      const {width, height} = document.querySelector("canvas");
      const image = document.querySelector("canvas").getContext("2d").getImageData(0, 0, width, height);
      return new Set(new Uint32Array(image.data.buffer)).size;
    }""")
    return int(count)


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}])
def test_it_draws(opened: Opener, options: dict[str, Any]) -> None:
    page = opened(small(), **options)
    assert colours_on(page) > 20
    assert int(page.get_attribute("html", "data-labels")) == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_search_shows_the_term(opened: Opener) -> None:
    page = opened(small())
    page.keyboard.press("/")
    page.keyboard.type("cafe")
    assert page.inner_text("#said") == "1 term found"
    page.keyboard.press("Enter")
    assert page.inner_text("#term") == "Café learning"
    assert page.inner_text("#definition") == "Learns over coffee."
    assert page.inner_text("#standing") == "Orphan: no link leads to it."
    assert page.evaluate("document.activeElement.id") == "term"
    page.keyboard.press("Escape")
    assert page.is_hidden("#card")


def test_arrows_walk_through_what_is_found(opened: Opener) -> None:
    page = opened(small())
    page.keyboard.press("/")
    page.keyboard.type("vision")
    assert page.inner_text("#found [aria-selected=true] bdi") == "Vision Transformer"
    page.fill("#query", "i")
    names = page.locator("#found bdi").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#found [aria-selected=true] bdi") == names[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.inner_text("#term") == names[-1]


def test_an_alias_finds_its_term_and_nothing_says_so(opened: Opener) -> None:
    page = opened(small())
    page.fill("#query", "contrast")
    assert page.locator("#found bdi").all_inner_texts() == ["CLIP"]
    page.fill("#query", "zzz")
    assert page.inner_text("#found") == "No term on this map has that in its name."


def test_links_lead_on(opened: Opener) -> None:
    page = opened(small())
    page.fill("#query", "clip")
    page.keyboard.press("Enter")
    assert page.locator("#links h3").all_inner_texts() == ["Links to 1 term", "Linked from 2 terms"]
    assert page.locator("#links small").all_inner_texts() == ["", "one-way", ""]
    page.click("#links button >> nth=0")
    assert page.inner_text("#term") == "Vision Transformer"
    page.click("#close")
    assert page.is_hidden("#card")


def test_a_click_on_a_term_selects_it_and_beside_it_nothing(opened: Opener) -> None:
    page = opened(small())
    box = page.locator("canvas").bounding_box()
    at = page.evaluate('network.canvasToDOM({x: nodes.get("wish").x, y: nodes.get("wish").y})')
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    assert page.inner_text("#tip b") == "Wish"
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    page.wait_for_selector("#card:not([hidden])")
    assert page.inner_text("#standing") == "Wanted: links point to it, no page defines it."
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    page.wait_for_selector("#card", state="hidden")


def test_the_list_holds_every_term(opened: Opener) -> None:
    page = opened(small())
    page.click("#list summary")
    page.wait_for_selector("#rows tbody tr")  # the list is made once it is opened
    rows = page.locator("#rows tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == ["Alone", "Café learning", "CLIP", "Vision Transformer", "Wish"]
    assert rows[3].split("\t") == ["Vision Transformer", "Vision", "2", "1", ""]
    page.click("#rows button >> nth=2")
    assert page.inner_text("#term") == "CLIP"


def test_the_legend_lets_one_category_stand_out(opened: Opener) -> None:
    page = opened(small())
    before = colours_on(page)
    page.click("[data-token=c2]")
    assert page.get_attribute("[data-token=c2]", "aria-pressed") == "true"
    page.wait_for_timeout(100)
    assert int(page.get_attribute("html", "data-labels")) == 2
    page.click("[data-token=c2]")
    page.wait_for_timeout(100)
    assert colours_on(page) == before


def test_the_theme_can_be_switched(opened: Opener) -> None:
    page = opened(small(), color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 20, 22)"
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 250)"


def test_the_keyboard_reaches_everything(opened: Opener) -> None:
    page = opened(small())
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
            )
        )
    assert reached[:2] == ["query", "theme"]
    assert {"vis-network", "closer", "farther", "fit", "SUMMARY"} <= set(reached)
    assert (
        page.evaluate('document.querySelectorAll(\'[tabindex]:not([tabindex="0"]):not([tabindex="-1"])\').length') == 0
    )


@pytest.mark.parametrize("count", [0, 1])
def test_a_glossary_of_hardly_any_terms(opened: Opener, count: int) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(["only"] * count)
    assert "term" in opened(graph).inner_text("#counts")


def test_hostile_names_are_text_everywhere(opened: Opener) -> None:
    page = opened(hostile(), viewport={"width": 360, "height": 740})
    page.click("#list summary")
    page.wait_for_selector("#rows button")
    for at, text in enumerate(BLOTS):
        page.evaluate("at => document.querySelectorAll('#rows button')[at].click()", at)
        page.fill("#query", text[:40])
        assert page.locator("#found li").count() >= 1
        page.keyboard.press("Enter")
        assert page.inner_text("#term").strip() in BLOTS
    box = page.locator("canvas").bounding_box()
    for at in page.evaluate("nodes.get().map(each => network.canvasToDOM(each))"):
        page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelectorAll('img, #rows svg, #card svg').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_thousand_terms_have_labels_that_do_not_collide(opened: Opener) -> None:
    graph: nx.DiGraph[int] = nx.gnm_random_graph(2_000, 8_000, seed=3, directed=True)
    named: nx.DiGraph[str] = nx.DiGraph()
    for node in graph:
        named.add_node(f"t{node}", name=f"Term number {node}", category=f"c{node % 40}")
    named.add_edges_from((f"t{source}", f"t{target}") for source, target in graph.edges)
    page = opened(named)
    assert 15 <= int(page.get_attribute("html", "data-labels")) <= 24
    page.evaluate("network.moveTo({scale: network.getScale() * 4})")
    page.wait_for_timeout(300)
    assert int(page.get_attribute("html", "data-labels")) > 40
