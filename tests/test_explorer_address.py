"""The explorer's paths between terms, and the address that holds the view."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from explorer_page import Open, focused, fragment, heading, small
from termatlas.explorer import explore
from termatlas.model import Glossary, Term

if TYPE_CHECKING:
    from offline import OfflinePage


def test_a_path_between_two_terms(opened: Open) -> None:
    page = opened()
    page.click("[data-mode=path]")
    assert page.inner_text("#path-words").startswith("Choose two terms")
    for end, name in (("#path-from", "data"), ("#path-to", "descent")):
        page.fill(end, name)
        page.press(end, "Enter")
    assert page.inner_text("#path-words") == "3 steps, path 1 of 2 equally short ones."
    first = page.locator("#path-steps a").all_inner_texts()
    page.click("#path-turn button >> nth=1")
    assert page.inner_text("#path-words") == "3 steps, path 2 of 2 equally short ones."
    assert page.locator("#path-steps a").all_inner_texts() != first
    page.check("#path-directed")
    page.wait_for_selector("#announce:has-text('4 steps')", state="attached")
    assert page.locator("#path-steps a").all_inner_texts() == ["Data", "Training", "Loss", "Gradient", "Descent"]
    assert fragment(page).startswith("from=data&to=descent&dir=1&v=path&z=")


def test_no_path_says_what_to_try(opened: Open) -> None:
    page = opened("v=path&from=end&to=model&dir=1")
    assert page.inner_text("#path-words").endswith("Try it without the direction, or swap the two terms.")
    page.click("#path-swap")
    assert page.input_value("#path-from") == "Model"
    page = opened("v=path&from=model&to=north")
    assert "“North” is apart from most terms" in page.inner_text("#path-words")


def test_a_path_starts_from_the_term_that_is_read(opened: Open) -> None:
    page = opened("t=gradient")
    page.click("#path-here")
    assert page.input_value("#path-from") == "Gradient"
    assert focused(page) == "path-to"


def test_a_notebooks_frame_keeps_its_own_history(desk: OfflinePage, tmp_path: Path) -> None:
    page = desk.show(tmp_path / "notebook.html", f"<!doctype html>{explore(small())._repr_html_()}")
    frame = page.frame_locator("iframe")
    frame.locator("#panel-body a:has-text('Training')").click()
    frame.locator("#panel-body section a:has-text('Loss')").click()
    frame.locator("#back").click()
    frame.locator("#panel-title:has-text('Training')").wait_for()
    frame.locator("#forward").click()
    frame.locator("#panel-title:has-text('Loss')").wait_for()
    assert frame.locator("#forward").get_attribute("aria-disabled") == "true"
    assert desk.errors == []


VIEWS = [
    "t=model&c=Learning,Models&lens=one-way&size=betweenness&v=table",
    "c=,",
    "c=",
    "t=data&a=model,2",
    "from=data&to=descent&dir=1&v=path",
    "from=data&to=descent&n=2&v=path",
    "q=%C3%A9%20%26",
]


def test_a_view_comes_back_from_its_address(opened: Open) -> None:
    page = opened()
    for view in VIEWS:
        page.evaluate("view => { location.hash = view }", view)
        assert fragment(page) == view
    for view in (VIEWS[0], VIEWS[-2]):
        assert fragment(opened(view)) == view


def test_the_zoom_comes_back_from_its_address(opened: Open) -> None:
    page = opened()
    for _ in range(3):
        page.click("#zoom-in")
    page.wait_for_timeout(300)
    saved = fragment(page)
    assert saved.startswith("z=")
    assert fragment(opened(saved)) == saved


def test_an_address_typed_anew_is_followed(opened: Open) -> None:
    page = opened("t=model")
    page.evaluate("location.hash = '#t=loss'")
    page.wait_for_selector("#panel-title:has-text('Loss')")
    page.click("#back")
    page.wait_for_selector("#panel-title:has-text('Model')")


HOSTILE_ADDRESSES = [
    "t=%E0%A4%A",
    "t=%00",
    "t=__proto__&__proto__=1&constructor=2",
    "c=%%%,__proto__",
    "lens=%3Cscript%3E",
    "size=__proto__",
    "z=NaN,1,1",
    "z=1e999,0,1",
    "z=0,0,-1",
    "z=1,1",
    "a=model,9",
    "a=,1",
    "from=nobody&to=%22%3E%3Cimg%20onerror%3D1%3E",
    "v=constructor",
    "n=1e99&from=data&to=descent&v=path",
    "n=-5&from=data&to=descent&v=path",
    "&&==&=&t",
    "q=" + "x" * 5000,
]


def test_a_hostile_address_does_no_harm(opened: Open) -> None:
    page = opened(HOSTILE_ADDRESSES[0])
    for hostile in HOSTILE_ADDRESSES:
        page.evaluate("hostile => { location.hash = hostile }", hostile)
        page.wait_for_timeout(20)
        assert re.fullmatch(r"\d+ of 13 shown", page.inner_text("#status")), hostile
    page.fill("#search", "loss")
    page.keyboard.press("Enter")
    assert heading(page) == "Loss"


def test_addresses_of_slugs_are_escaped(opened: Open, tmp_path: Path) -> None:
    slug = "a&t=b#c%20,ä"
    page = opened(
        "t=" + quote(slug, safe=""),
        path=explore(Glossary(terms=(Term(slug=slug, name="Odd"),))).save(tmp_path / "o.html"),
    )
    assert heading(page) == "Odd"
