"""The explorer's page in a real browser: everything that is not on the map's canvas."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from termatlas.explorer import explore
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.resolve import resolve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from offline import OfflinePage

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
LINKS = {
    "model": ["training", "data", "wish"],
    "training": ["model", "data", "loss"],
    "data": ["training"],
    "loss": ["gradient"],
    "gradient": ["training", "descent"],
    "descent": ["gradient", "loss"],
    "orphan": ["model", "wish"],
    "end": [],
    "leads": ["end", "model"],
    "north": ["south"],
    "south": ["north"],
    "alone": [],
}
CATEGORIES = {"model": "Models", "training": "Learning", "data": "Learning", "loss": "Learning", "gradient": "Learning"}
LONG = "A sentence of the explanation. " * 40_000  # more than a megabyte


def term(slug: str, targets: list[str]) -> Term:
    return Term(
        slug=slug,
        name=slug.capitalize(),
        aliases=("machine", "ML model") if slug == "model" else (),
        categories=(CATEGORIES[slug],) if slug in CATEGORIES else (),
        definition=f"What {slug} means; training is part of it.",
        explanation=LONG if slug == "loss" else "First paragraph.\n\nSecond paragraph about data.",
        questions=(Question(question="Why?", answer="Because of data."),) if slug == "model" else (),
        related=tuple(Reference(written=target, kind="see" if target == "wish" else "related") for target in targets),
        file="glossary.md",
        line=7,
    )


def small() -> Glossary:
    return Glossary(terms=tuple(resolve([term(*each) for each in LINKS.items()])), title="Small glossary")


def generated(count: int) -> Glossary:
    terms = [
        Term(
            slug=f"t{at}", name=f"Term {at}", definition="A term.", related=(Reference(written=f"t{(at * 7) % count}"),)
        )
        for at in range(count)
    ]
    return Glossary(terms=tuple(resolve(terms)), title="Generated")


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explore(small()).save(tmp_path_factory.mktemp("explorer") / "explorer.html")


Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[OfflinePage]:
    """Share one page among the tests that leave nothing behind: a new one takes most of a second."""
    from offline import OfflinePage

    shared = OfflinePage(browser.new_page(**DESK, reduced_motion="reduce"))
    yield shared
    shared.page.close()


@pytest.fixture
def opened(desk: OfflinePage, page_file: Path) -> Iterator[Open]:
    """Give a function that opens the small glossary at a fragment, on a desk."""

    def open_at(fragment: str = "", path: Path = page_file) -> Page:
        desk.page.emulate_media(media="screen")
        desk.page.goto("about:blank")
        return show(desk.page, path, fragment)

    yield open_at
    assert (desk.requests, desk.errors) == ([], [])


@pytest.fixture
def opened_anew(offline_page: Callable[..., OfflinePage], page_file: Path) -> Open:
    """Give a function that opens it as a page of its own, as `Browser.new_page` has it."""

    def open_at(fragment: str = "", **options: Any) -> Page:
        return show(offline_page(**{**DESK, **options}).page, page_file, fragment)

    return open_at


def show(page: Page, path: Path, fragment: str) -> Page:
    page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
    page.wait_for_selector("body:not(.loading)")
    return page


def heading(page: Page) -> str:
    return page.inner_text("#panel-title")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def rows(page: Page) -> list[str]:
    return page.locator("#table tbody tr:not(.gap) a").all_inner_texts()


def fragment(page: Page) -> str:
    page.wait_for_timeout(320)  # the address is written when the view has rested for a quarter of a second
    return page.url.partition("#")[2]


# --- finding


def test_search_leads_to_the_term_and_its_definition(opened: Open) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("mod")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    assert page.inner_text("#results [role=option] >> nth=0").startswith("Model")
    page.keyboard.press("Enter")
    assert heading(page) == "Model"
    assert page.inner_text(".definition") == "What model means; training is part of it."
    assert focused(page) == "panel-title"
    page.keyboard.press("Escape")
    assert heading(page) == "Start here"
    assert focused(page) == "search"


def test_arrows_choose_among_what_was_found(opened: Open) -> None:
    page = opened()
    page.fill("#search", "means")  # in every definition, in no name
    page.wait_for_selector("#results [role=option] >> nth=3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#search", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    name = page.inner_text(f"#{chosen} > bdi")
    page.keyboard.press("Enter")
    assert heading(page) == name


def test_an_alias_finds_its_term_and_says_so(opened: Open) -> None:
    page = opened()
    page.fill("#search", "ML mod")
    assert "also ML model" in page.inner_text("#results [role=option] >> nth=0")


def test_nothing_found_says_what_to_try(opened: Open) -> None:
    page = opened()
    page.fill("#search", "zzz")
    assert page.inner_text("#results") == "No term says that. Try fewer letters."
    page.keyboard.press("Enter")
    assert heading(page) == "Start here"


def test_a_search_can_stay_as_a_filter(opened: Open) -> None:
    page = opened()
    page.fill("#search", "or")
    page.click("#results .only")
    assert page.inner_text("#status") == "2 of 13 shown"
    page.click("[data-mode=table]")
    assert sorted(rows(page)) == ["North", "Orphan"]
    assert fragment(page) == "v=table&q=or"


# --- reading


def test_the_panel_says_what_there_is(opened: Open) -> None:
    page = opened("t=model")
    page.wait_for_selector(".definition")
    assert "Models" in page.inner_text("#panel-head")
    assert "also machine · ML model" in page.inner_text("#panel-head")
    text = page.inner_text("#panel-body")
    assert "Second paragraph about data." in text
    assert "from glossary.md, line 7" in text
    links = page.locator("#panel-body section >> nth=0")
    assert links.inner_text().startswith("Links to 3")
    assert "wanted: has no page · see" in links.inner_text()
    assert "one-way" in links.locator("li", has_text="Data").inner_text()
    assert "one-way" not in links.locator("li", has_text="Training").inner_text()
    assert page.locator("#panel-body section >> nth=1").inner_text().startswith("Linked from 3")
    page.click("summary:has-text('Why?')")
    assert page.locator("details:has-text('Why?') .text").inner_text() == "Because of data."
    page.click("summary:has-text('Measures')")
    assert page.locator("#panel-body tbody tr", has_text="Links out of it").locator("td").all_inner_texts()[0] == "3"


def test_every_term_in_the_panel_is_a_link(opened: Open) -> None:
    page = opened("t=model")
    page.click(".definition a:has-text('training')")
    assert heading(page) == "Training"
    assert focused(page) == "panel-title"
    page.click("#panel-body section >> nth=0 >> a:has-text('Loss')")
    assert heading(page) == "Loss"
    page.click("summary:has-text('Findings')")
    page.click(".findings a:has-text('Gradient')")
    assert heading(page) == "Gradient"


def test_a_wanted_term_says_what_to_do(opened: Open) -> None:
    page = opened("t=wish")
    page.wait_for_selector(".read p")
    assert (
        page.inner_text(".read p >> nth=0")
        == "Links lead here, but no page defines it. Write the page, or mend the links."
    )


def test_a_megabyte_waits_behind_a_button(opened: Open) -> None:
    page = opened("t=loss")
    page.wait_for_selector(".definition")
    assert len(page.inner_text("#panel-body")) < 10_000
    page.click("button:has-text('show all 1,2')")
    assert len(page.inner_text("#panel-body")) > 1_000_000


def test_back_and_forward_through_what_was_read(opened: Open) -> None:
    page = opened("t=model")
    assert page.get_attribute("#back", "aria-disabled") == "true"
    page.click("#panel-body section a:has-text('Training')")
    page.click("#panel-body section a:has-text('Loss')")
    page.click("#back")
    page.wait_for_selector("#panel-title:has-text('Training')")
    page.keyboard.press("Backspace")
    page.wait_for_selector("#panel-title:has-text('Model')")
    page.click("#forward")
    page.wait_for_selector("#panel-title:has-text('Training')")
    page.go_forward()  # the browser's own button walks the same way
    page.wait_for_selector("#panel-title:has-text('Loss')")
    assert page.get_attribute("#forward", "aria-disabled") == "true"


# --- filters


def test_the_legend_filters_and_counts(opened: Open) -> None:
    page = opened("v=table")
    assert page.locator("#legend label").all_inner_texts() == ["Learning\n4", "Models\n1", "no category\n8"]
    page.click("#legend label:has-text('no category')")
    assert page.inner_text("#status") == "5 of 13 shown"
    assert page.inner_text("#filters") == " · Learning, Models"
    assert len(rows(page)) == 5
    page.click("#legend-none")
    assert page.inner_text("#status") == "0 of 13 shown"
    page.click("#legend-all")
    assert page.inner_text("#status") == "13 of 13 shown"
    page.hover("#legend li:has-text('Models')")
    page.click("#legend li:has-text('Models') button")
    assert rows(page) == ["Model"]
    page.click("#reset")
    assert len(rows(page)) == 13


def test_lenses_count_what_the_findings_count(opened: Open) -> None:
    page = opened("v=table")
    counts = {
        button.get_attribute("data-lens"): button.locator(".n").inner_text()
        for button in page.locator("#lenses li:not([hidden]) button").all()
    }
    assert (counts.pop("communities") or "").isdecimal()
    assert counts == {"orphans": "3", "dead-ends": "1", "wanted": "1", "one-way": "8", "islands": "1"}
    assert "1 of them has no link at all" in page.inner_text("[data-lens=orphans]")
    page.click("[data-lens=orphans]")
    assert sorted(rows(page)) == ["Alone", "Leads", "Orphan"]
    assert page.inner_text("#legend li:has-text('Learning') .n") == "0"
    page.click("[data-lens=islands]")
    assert sorted(rows(page)) == ["North", "South"]
    page.click("[data-lens=islands]")
    assert len(rows(page)) == 13
    page = opened("lens=islands&c=Learning")
    assert page.inner_text("#none") == "No term passes all these filters. Drop one of them, or reset."


def test_steps_around_a_term(opened: Open) -> None:
    page = opened("t=wish&v=table")
    page.click("#scope [data-depth='1']")
    assert sorted(rows(page)) == ["Model", "Orphan", "wish"]
    assert page.inner_text("#filters") == " · 1 step around wish"
    page.click("#panel-body a:has-text('Model')")
    page.click("#panel-body a:has-text('Training')")
    assert page.inner_text("#outside").startswith("The filters hide this term.")
    page.click("#show-it")
    assert not page.is_visible("#outside")
    assert len(rows(page)) == 13


# --- the table


def test_columns_sort(opened: Open) -> None:
    page = opened("v=table")
    page.click("#table thead button:has-text('Term')")
    assert page.get_attribute("#table th >> nth=0", "aria-sort") == "ascending"
    assert rows(page) == sorted(rows(page), key=str.casefold)
    page.click("#table thead button:has-text('Links out')")
    out = [int(text) for text in page.locator("#table tbody tr td:nth-child(5)").all_inner_texts()]
    assert out == sorted(out, reverse=True)
    assert page.locator("#table [aria-sort]").count() == 1
    page.select_option("#size", "betweenness")
    assert page.locator("#table thead th").last.inner_text() == "Betweenness"


def test_the_table_by_keyboard(opened: Open) -> None:
    page = opened("v=table")
    page.focus("#table tbody a[tabindex='0']")
    assert page.locator("#table tbody a[tabindex='0']").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    name = page.evaluate("document.activeElement.innerText")
    assert name == rows(page)[-1]
    page.keyboard.press("Enter")
    assert heading(page) == name
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.innerText") == name


def test_a_long_table_draws_what_is_in_sight(opened: Open, tmp_path: Path) -> None:
    page = opened("v=table", path=explore(generated(2100)).save(tmp_path / "long.html"))
    assert page.get_attribute("#table table", "aria-rowcount") == "2101"
    assert page.locator("#table tbody tr").count() < 120
    page.evaluate("document.querySelector('#table').scrollTop = 1e9")
    page.wait_for_selector("#table tr[aria-rowindex='2101']")
    page.focus("#table tbody a >> nth=0")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "2101"
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "2"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table tbody tr:not(.gap)").count() == 2100


def test_the_csv_holds_what_is_shown(opened: Open, tmp_path: Path) -> None:
    terms = [Term(slug="a", name="=1+1", definition="x"), Term(slug="b", name='He said "no", twice', definition="x")]
    page = opened("v=table", path=explore(Glossary(terms=tuple(terms), title="Ä/b")).save(tmp_path / "e.html"))
    page.click("#download")
    with page.expect_download() as waiting:
        page.click("#save-csv")
    assert waiting.value.suggested_filename == "Ä-b.csv"
    saved = list(csv.reader(waiting.value.path().read_text("utf-8-sig").splitlines()))
    assert saved[0][:5] == ["slug", "name", "category", "status", "in_degree"]
    assert [row[1] for row in saved[1:]] == ["'=1+1", 'He said "no", twice']


@pytest.mark.parametrize(("button", "ending", "start"), [("#save-png", "png", b"\x89PNG"), ("#save-svg", "svg", b"<")])
def test_the_picture_can_be_saved(opened: Open, button: str, ending: str, start: bytes) -> None:
    page = opened()
    page.click("#download")
    with page.expect_download() as waiting:
        page.click(button)
    assert waiting.value.suggested_filename == f"Small-glossary.{ending}"
    assert waiting.value.path().read_bytes().startswith(start)


# --- paths


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


# --- the address


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


# --- everybody


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


# --- bad input


HOSTILE = {
    "</script><script>document.title='owned'</script>": "script",
    '"><img src=x onerror="document.title=1">': "image",
    "\u202eright to left": "turned",
    "N" * 5000: "long",
    "twin": "one",
}


def test_hostile_terms_are_text(opened: Open, tmp_path: Path) -> None:
    names = list(HOSTILE)
    terms = [
        Term(
            slug=f"{slug}/{name[:30]}",
            name=name,
            aliases=(name,),
            categories=(name,),
            definition=name,
            explanation=name,
            questions=(Question(question=name, answer=name),),
            related=(Reference(written="other"),),
            file=name[:200],
        )
        for name, slug in [*HOSTILE.items(), ("twin", "two")]
    ]
    glossary = Glossary(terms=tuple(resolve(terms)), title=names[0])
    page = opened(path=explore(glossary).save(tmp_path / "hostile.html"))
    for each in terms:
        page.evaluate("slug => { location.hash = '#v=table&t=' + encodeURIComponent(slug) }", each.slug)
        page.wait_for_timeout(100)
        assert page.text_content("#panel-title") == each.name
        assert page.text_content(".definition") == each.name
        assert page.evaluate("document.documentElement.scrollWidth") == 1440
    page.fill("#search", "twin")
    assert page.locator("#results [role=option]").count() == 3
    assert page.locator("img").count() == 0
    assert page.title().endswith(names[0])


def test_an_empty_glossary_says_so(opened: Open, tmp_path: Path) -> None:
    page = opened(path=explore(Glossary(title="Nothing yet")).save(tmp_path / "empty.html"))
    assert page.inner_text("#none").startswith("This glossary has no terms yet.")
    assert page.inner_text("h1") == "Nothing yet"


def test_a_single_term(opened: Open, tmp_path: Path) -> None:
    one = Glossary(terms=(Term(slug="one", name="One", definition="The first."),))
    page = opened(path=explore(one).save(tmp_path / "one.html"))
    assert page.inner_text("#counts") == "1 term · no links"
    page.fill("#search", "one")
    page.keyboard.press("Enter")
    assert page.inner_text(".definition") == "The first."
    for key in ("f", "+", "1", "t", "p"):
        page.keyboard.press(key)


@pytest.mark.parametrize("share", [0.999, 0.95, 0.9499, 0.9498, 0.9497, 0.7])
def test_a_file_cut_short_says_so(
    offline_page: Callable[..., OfflinePage], page_file: Path, tmp_path: Path, share: float
) -> None:
    html = page_file.read_text("utf-8")
    page = offline_page(**DESK).show(tmp_path / "cut.html", html[: int(len(html) * share)])
    page.wait_for_selector("#error", timeout=8000)
    assert "build it again from the glossary" in page.inner_text("#error")


def test_without_javascript_a_sentence_says_so(offline_page: Callable[..., OfflinePage], page_file: Path) -> None:
    page = offline_page(java_script_enabled=False).page
    page.goto(page_file.as_uri())
    assert page.inner_text("noscript").startswith("The map, the table and the search need JavaScript")


def test_print_has_the_table_and_the_open_panel(opened: Open) -> None:
    page = opened("t=model&lens=one-way")
    page.wait_for_selector(".definition")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible(".definition")
    assert page.is_visible("#table tbody tr")
    assert not page.is_visible("#map")
    assert not page.is_visible("#search")
    assert page.inner_text("#status") == f"{len(rows(page))} of 13 shown"


def modules() -> Iterator[tuple[str, str]]:
    for each in files("termatlas.explorer").iterdir():
        if each.name.endswith(".js"):
            yield each.name, each.read_text("utf-8")


def test_no_module_writes_html() -> None:
    for name, source in modules():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source), (
            name
        )


def test_addresses_of_slugs_are_escaped(opened: Open, tmp_path: Path) -> None:
    slug = "a&t=b#c%20,ä"
    page = opened(
        "t=" + quote(slug, safe=""),
        path=explore(Glossary(terms=(Term(slug=slug, name="Odd"),))).save(tmp_path / "o.html"),
    )
    assert heading(page) == "Odd"
