"""A site in a real browser, opened from disk: search, pictures, themes, small screens, no network."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from explorer_page import DESK, PHONE
from offline import wait_until
from published_pages import hostile, link, small, write
from termatlas.model import Glossary, Term
from termatlas.publish.site import site

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from offline import OfflinePage

Opener = Callable[..., "OfflinePage"]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
NAMES = (
    "Reinforcement learning from human feedback",
    "WWWWWWWWWWWWWWWWWWWW MMMMMMMMM",
    "注意力机制与自注意力机制的关系",
    "Donaudampfschifffahrtsgesellschaft",
    "BERT",
    "Fully sharded data parallel training",
    "GPT",
    "Adam",
)


def crowded() -> Glossary:
    """Have a hub among names that are too long for its picture."""
    around = [Term(slug=f"n{n}", name=NAMES[n % 8], categories=(f"c{n}",), definition="Near.") for n in range(30)]
    hub = Term(slug="hub", name="Hub", related=tuple(link(f"n{n}") for n in range(20)), definition="Amid.")
    back = [Term(slug=f"b{n}", name=f"Origin {n}", related=(link("hub"),)) for n in range(20)]
    return Glossary(terms=(hub, *around, *back), title="Crowded")


def many() -> Glossary:
    """Have more terms than one file of the search index holds."""
    terms = [Term(slug=f"t{n}", name=f"Model of kind {n:04}", aliases=(f"Ähnlich {n}",)) for n in range(600)]
    return Glossary(terms=(*terms, Term(slug="vit", name="Vision transformer", categories=("Vision",))), title="Many")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sites of all glossaries of this file."""
    below = tmp_path_factory.mktemp("sites")
    for make in (small, hostile, crowded, many):
        write(below / make.__name__, site(make(), explorer=None))
    return below


@pytest.fixture
def at(folder: Path, offline_page: Opener) -> Callable[..., Page]:
    """Give a function that opens a page of a site, from disk."""

    def open_page(path: str, **options: Any) -> Page:
        page = offline_page(**{**DESK, **options}).page
        page.goto((folder / path).as_uri())
        return page

    return open_page


@pytest.mark.parametrize(("options", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_axe_finds_nothing(at: Callable[..., Page], folder: Path, scheme: str, options: dict[str, Any]) -> None:
    page = at("small/index.html", color_scheme=scheme, **options)
    for path in ("small/index.html", "small/clip.html", "small/category/vision.html", "small/a-z/index.html",
                 "many/a-z/m.html", "crowded/hub.html", "small/lone.html"):  # fmt: skip
        page.goto((folder / path).as_uri())
        if path == "small/clip.html":
            page.fill("#search", "vis")
            page.wait_for_selector("#found [data-address]")
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")["violations"]
        assert not found, (path, json.dumps([(each["id"], each["nodes"][0]["html"][:200]) for each in found]))


def test_search_by_keyboard_from_disk(at: Callable[..., Page]) -> None:
    page = at("many/t3.html")
    page.keyboard.press("/")
    page.keyboard.type("vis tr")
    page.wait_for_selector("#found [data-address=vit]")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    assert page.inner_text("#find [role=status]") == "1 term found"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "found-0"
    assert page.get_attribute("#found-0", "aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.get_attribute("#search", "aria-expanded") == "false"
    assert page.input_value("#search") == "vis tr"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#found [data-address=vit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/many/vit.html")


def test_enter_takes_the_first_before_any_was_chosen(at: Callable[..., Page]) -> None:
    page = at("many/a-z/m.html")
    page.fill("#search", "ahnlich 0599")
    page.fill("#search", "ÄHNLICH 59")
    page.keyboard.press("Enter")
    page.wait_for_url("**/many/t59.html")


def test_a_word_that_hundreds_have_says_that_there_are_more(at: Callable[..., Page]) -> None:
    page = at("many/index.html")
    page.fill("#search", "model")
    page.wait_for_selector("#found [data-address]")
    assert page.inner_text("#find [role=status]") == "The first 12 terms"
    page.fill("#search", "model 0123")
    wait_until(page, "document.querySelectorAll('#found [data-address]').length === 1")
    assert page.inner_text("#found mark >> nth=0") == "Model"


def test_nothing_found_says_what_to_do(at: Callable[..., Page]) -> None:
    page = at("many/index.html")
    page.fill("#search", "qqq")
    page.wait_for_selector("#found .nothing")
    assert page.inner_text("#find [role=status]") == "No term is called that. Try fewer letters."
    page.fill("#search", "")
    assert page.is_hidden("#found")


def test_names_in_the_search_stay_text(at: Callable[..., Page]) -> None:
    page = at("hostile/index.html")
    page.fill("#search", "script")
    page.wait_for_selector("#found [data-address]")
    assert page.locator("#found script").count() == 0
    page.click("#found [data-address] >> nth=0")
    page.wait_for_selector("h1")


def test_without_a_script_the_search_leads_to_the_index(at: Callable[..., Page]) -> None:
    page = at("small/clip.html", java_script_enabled=False)
    page.fill("#search", "vis")
    page.press("#search", "Enter")
    page.wait_for_url("**/a-z/index.html?q=vis")
    page.click("text=Vision transformer")
    page.wait_for_url("**/small/vit.html")


BOXES = """() => [...document.querySelectorAll('.near text')].map(text => {
  const { x, y, width, height } = text.getBBox(); return [x, y, x + width, y + height];
})"""


@pytest.mark.parametrize("path", ["crowded/hub.html", "small/clip.html"])
def test_names_in_the_picture_neither_touch_nor_are_cut(at: Callable[..., Page], path: str) -> None:
    page = at(path)
    boxes = page.evaluate(BOXES)
    _, _, width, height = map(float, str(page.get_attribute(".near svg", "viewBox")).split())
    assert len(boxes) >= 3
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= -0.5
        assert right <= width + 0.5
        assert top >= -0.5
        assert bottom <= height + 0.5
        for x, y, far, low in boxes[number + 1 :]:
            assert right <= x or far <= left or bottom <= y + 1 or low <= top + 1


def test_the_picture_leads_to_its_terms(at: Callable[..., Page]) -> None:
    page = at("small/clip.html")
    assert page.locator(".near a").count() == 3
    assert page.locator(".near text").count() == 4
    page.click(".near a:has-text('Vision')")
    page.wait_for_url("**/small/vit.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["small/index.html", "hostile/index.html", "crowded/hub.html", "small/a-z/index.html"])
def test_a_phone_shows_all_without_scrolling_sideways(at: Callable[..., Page], path: str) -> None:
    page = at(path, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_pages_run_nothing(at: Callable[..., Page], folder: Path) -> None:
    page = at("hostile/index.html")
    page.on("dialog", lambda dialog: pytest.fail(f"the page said {dialog.message}"))
    for path in sorted((folder / "hostile").rglob("*.html"))[:30:4]:
        if path.name != "404.html":
            page.goto(path.as_uri())
            assert page.locator("h1").count() == 1
            assert page.locator("script").count() == (2 if page.locator("script[type]").count() else 1)


def test_colours_follow_the_readers_theme(at: Callable[..., Page]) -> None:
    seen = set()
    for scheme in ("light", "dark"):
        page = at("small/clip.html", color_scheme=scheme)
        seen.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert seen == {"rgb(251, 251, 250)", "rgb(19, 20, 22)"}


def test_on_paper_there_is_only_the_term(at: Callable[..., Page]) -> None:
    page = at("small/clip.html")
    page.emulate_media(media="print")
    assert page.is_hidden("#search")
    assert page.is_hidden(".turn")
    assert page.is_visible(".definition")
    assert page.is_visible(".near svg")


def test_lines_of_text_are_short_enough_to_read(at: Callable[..., Page]) -> None:
    page = at("small/clip.html")
    ems = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text p:last-child')).maxWidth) / 16")
    assert ems == 34  # of which a letter takes half on average
