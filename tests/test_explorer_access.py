"""The explorer for everybody: by keyboard, on a phone, in the dark, without a canvas, for a screen reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from explorer_page import DESK, PHONE, Open, focused, heading

if TYPE_CHECKING:
    from offline import OfflinePage


def test_the_map_by_keyboard(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Read as a table"
    assert page.is_visible("#table table")
    page.keyboard.press("m")
    page.focus("#map")
    first = page.inner_text("#panel-body a >> nth=0")
    page.keyboard.press("ArrowRight")
    assert heading(page) == first
    assert focused(page) == "map"
    page.wait_for_selector(f"#announce:has-text('{first}, ')", state="attached")
    page.keyboard.press("]")
    page.keyboard.press("Enter")
    assert heading(page) != first
    page.keyboard.press("Enter")
    assert focused(page) == "panel-title"
    page.keyboard.press("Escape")
    assert focused(page) == "map"


def test_letters_are_keys(opened: Open) -> None:
    page = opened()
    page.keyboard.press("o")
    assert page.inner_text("#status") == "3 of 13 shown"
    page.keyboard.press("r")
    page.keyboard.press("p")
    assert focused(page) == "path-from"
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.is_visible("#table table")
    page.keyboard.press("?")
    assert page.is_visible("#help-dialog")
    page.keyboard.press("o")  # no key works behind the dialog
    page.keyboard.press("Escape")
    assert page.inner_text("#status") == "13 of 13 shown"


def test_single_letter_keys_can_be_switched_off(opened_anew: Open) -> None:
    page = opened_anew()
    page.click("#help")
    page.uncheck("#letters")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    assert page.inner_text("#status") == "13 of 13 shown"
    page.reload()
    page.wait_for_selector("body:not(.loading)")
    page.keyboard.press("o")
    assert page.inner_text("#status") == "13 of 13 shown"


def test_the_legend_has_one_tab_stop(opened: Open) -> None:
    page = opened()
    assert page.locator("#legend [tabindex='0']").count() == 1
    page.focus("#legend input >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#filters") == " · Models"


def test_the_theme_is_switched_and_remembered(opened_anew: Open) -> None:
    page = opened_anew()
    page.click("#theme")
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    page.wait_for_selector("body:not(.loading)")
    assert page.get_attribute("html", "data-theme") == "dark"


def test_without_storage_and_canvas_the_table_serves(offline_page: Callable[..., OfflinePage], page_file: Path) -> None:
    page = offline_page(**DESK).page
    page.add_init_script(
        "HTMLCanvasElement.prototype.getContext = () => null;"
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.goto(page_file.as_uri())
    page.wait_for_selector("#table tbody tr")
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.is_disabled("[data-mode=map]")
    page.click("#table a:has-text('Model')")
    assert heading(page) == "Model"


def test_a_phone_holds_all_of_it(opened_anew: Open) -> None:
    page = opened_anew(**PHONE)
    page.click("#open-side")
    page.click("#legend label:has-text('no category')")
    page.keyboard.press("Escape")
    assert page.inner_text("#status") == "5 of 13 shown"
    for view in ("t=model", "v=table&t=model", "v=path&from=data&to=descent"):
        page.goto(page.url.partition("#")[0] + "#" + view)
        page.wait_for_timeout(50)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto(page.url.partition("#")[0] + "#t=model")
    assert page.is_visible("#map")
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["width"] == 360


AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(opened_anew: Open, scheme: str, options: dict[str, Any]) -> None:
    page = opened_anew("t=model&lens=one-way", color_scheme=scheme, **options)
    page.evaluate(AXE)
    for act in (None, "table", "path", "search", "side", "help"):
        if act in {"table", "path"}:
            page.click(f"[data-mode={act}]")
        elif act == "search":
            page.fill("#search", "a")
        elif act == "side":
            page.keyboard.press("Escape")
            page.evaluate("document.querySelector('#open-side').click()")
        elif act == "help":
            page.keyboard.press("Escape")
            page.evaluate("document.querySelector('#help').click()")
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        serious = [each for each in found if each["impact"] in {"serious", "critical"}]
        assert not serious, (act, json.dumps([(each["id"], each["nodes"][0]["html"][:200]) for each in serious]))
