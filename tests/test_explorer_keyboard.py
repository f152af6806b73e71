"""A walk through all that the explorer does, on the shipped atlas, with keys only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer_page import DESK, focused, heading, rows, show
from offline import OfflinePage, wait_until
from termatlas.explorer import explore
from termatlas.sources import read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOCUS = "selector => document.activeElement?.matches(selector) ?? false"
TERMS = len(read())
ALL_SHOWN = f"{TERMS:,} of {TERMS:,} shown"
STOPS = 80  # a page of so many tab stops could not be used


@pytest.fixture(scope="module")
def atlas_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explore(read()).save(tmp_path_factory.mktemp("shipped") / "explorer.html")


@pytest.fixture(scope="module")
def keyed(browser: Browser, atlas_file: Path) -> Iterator[Callable[[], Page]]:
    """Give a function that opens the shipped atlas, in a page without a mouse."""
    offline = OfflinePage(browser.new_page(**DESK, reduced_motion="reduce"))

    def opened() -> Page:
        offline.page.goto("about:blank")
        return show(offline.page, atlas_file, "")

    yield opened
    offline.page.close()
    assert (offline.requests, offline.errors) == ([], [])


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(STOPS):
        if page.evaluate(FOCUS, selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"no way to {selector} with {key}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_finding_and_reading(keyed: Callable[[], Page]) -> None:
    page = keyed()
    press(page, "/")
    page.keyboard.type("transformer")
    press(page, "ArrowDown", "ArrowUp", "Enter")
    assert heading(page) == "Transformer"
    assert focused(page) == "panel-title"
    tab_to(page, "#panel-body a[data-term]")
    name = str(page.evaluate("document.activeElement.textContent"))
    press(page, "Enter")
    assert heading(page).casefold() == name.casefold()
    press(page, "Backspace")
    page.wait_for_selector("#panel-title:has-text('Transformer')")
    tab_to(page, "#forward", "Shift+Tab")
    press(page, "Enter")
    page.locator("#panel-title").get_by_text(re.compile(f"^{re.escape(name)}$", re.IGNORECASE)).wait_for()
    tab_to(page, "#panel-body summary")
    was_open = page.evaluate("document.activeElement.parentElement.open")
    press(page, "Enter")
    assert page.evaluate("document.activeElement.parentElement.open") != was_open
    tab_to(page, "#panel-close, #panel-title", "Shift+Tab")
    press(page, "Escape")
    assert heading(page) == "Start here"


def test_filters_lenses_sizes_and_steps(keyed: Callable[[], Page]) -> None:
    page = keyed()
    tab_to(page, "#legend input")
    press(page, "ArrowDown", "Enter")
    some = page.inner_text("#status")
    assert some != ALL_SHOWN
    tab_to(page, "#legend-all", "Shift+Tab")
    press(page, "Enter")
    assert page.inner_text("#status") == ALL_SHOWN
    tab_to(page, "[data-lens=one-way]")
    press(page, "Space")
    assert "one-way links" in page.inner_text("#filters")
    tab_to(page, "#size")
    press(page, "ArrowUp")
    assert page.input_value("#size") != "pagerank"
    tab_to(page, "#reset")
    press(page, "Enter")
    assert page.inner_text("#filters") == ""
    press(page, "/")
    page.keyboard.type("CLIP")
    press(page, "Enter", "2")
    assert "2 steps around CLIP" in page.inner_text("#filters")
    press(page, "0")
    assert page.inner_text("#status") == ALL_SHOWN


def test_the_map_and_its_camera(keyed: Callable[[], Page]) -> None:
    page = keyed()
    tab_to(page, "#map")
    walked = set()
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "ArrowDown"):
        press(page, arrow)
        walked.add(heading(page))
    assert len(walked) > 2
    press(page, "]", "Enter", "Shift+ArrowLeft", "+", "-", "f")
    assert focused(page) == "map"
    for control in ("#zoom-out", "#fit", "#zoom-in"):
        tab_to(page, control)
        press(page, "Enter")
    wait_until(page, "location.hash.includes('z=')")


def test_paths(keyed: Callable[[], Page]) -> None:
    page = keyed()
    press(page, "p")
    page.keyboard.type("CLIP")
    press(page, "Enter")
    tab_to(page, "#path-to")
    page.keyboard.type("EU AI Act")
    press(page, "Enter")
    words = page.inner_text("#path-words")
    assert "step" in words
    tab_to(page, "#path-directed")
    press(page, "Space")
    assert page.is_checked("#path-directed")
    tab_to(page, "#path-swap", "Shift+Tab")
    press(page, "Enter")
    assert page.input_value("#path-from") == "EU AI Act"
    tab_to(page, "#path-steps a, #path-turn button, #modes button")


def test_the_table(keyed: Callable[[], Page]) -> None:
    page = keyed()
    press(page, "t")
    tab_to(page, "#table thead button")
    press(page, "Enter")
    assert rows(page) == page.evaluate(
        "names => names.sort(new Intl.Collator('en', { numeric: true }).compare)", rows(page)
    )
    tab_to(page, "#table tbody a")
    press(page, "ArrowDown", "ArrowDown", "Enter")
    assert heading(page) == rows(page)[2]
    tab_to(page, "#modes [data-mode=map]", "Shift+Tab")
    press(page, "Enter")
    assert page.is_visible("#map")


def test_downloads_colours_and_help(keyed: Callable[[], Page]) -> None:
    page = keyed()
    tab_to(page, "#download")
    press(page, "Enter")
    tab_to(page, "#save-csv")
    with page.expect_download() as waiting:
        press(page, "Enter")
    assert len(waiting.value.path().read_text("utf-8-sig").splitlines()) == TERMS + 1
    tab_to(page, "#theme")
    press(page, "Enter", "Enter")
    assert page.get_attribute("html", "data-theme") == "dark"
    press(page, "Enter")
    tab_to(page, "#help")
    press(page, "Enter")
    assert page.is_visible("#help-dialog")
    press(page, "Escape")
    assert focused(page) == "help"
