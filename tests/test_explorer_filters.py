"""The explorer's filters, its table, and what can be saved and printed of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from explorer_page import Open, generated, heading, rows, small
from termatlas.explorer import explore
from termatlas.model import Glossary, Term
from termatlas.survey import survey


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


def test_the_legend_says_what_the_colours_mean(opened: Open, tmp_path: Path) -> None:
    page = opened("lens=communities")
    names = page.locator("#groups a").all_inner_texts()
    assert len(names) == int(page.inner_text("[data-lens=communities] .n"))
    assert sum(map(int, page.locator("#groups .n").all_inner_texts())) == 12  # the isolated term is in no group
    shades = page.locator("#groups .dot").evaluate_all(
        "dots => dots.map((dot) => getComputedStyle(dot).backgroundColor)"
    )
    assert len({*shades}) == len(names)
    grey = page.locator("#legend input").evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundColor)")
    assert len({*grey}) == 1  # meanwhile categories have no colour
    page.click("#groups a >> nth=0")
    assert heading(page) == names[0]
    page = opened("lens=islands")
    assert page.locator("#groups a").all_inner_texts() == ["North"]
    page.click("[data-lens=islands]")
    assert page.locator("#groups li").count() == 0
    page = opened(path=explore(generated(30)).save(tmp_path / "plain.html"))
    assert not page.is_visible("#legend")  # it would have one row, for no category
    assert page.locator("#groups a").count() > 1
    dots = page.locator("#panel .dot").evaluate_all("dots => dots.map((dot) => getComputedStyle(dot).backgroundColor)")
    shades = page.locator("#groups .dot").evaluate_all(
        "dots => dots.map((dot) => getComputedStyle(dot).backgroundColor)"
    )
    assert {*dots} <= {*shades}


def test_lenses_count_what_the_findings_count(opened: Open) -> None:
    page = opened("v=table")
    counts = {
        button.get_attribute("data-lens"): button.locator(".n").inner_text()
        for button in page.locator("#lenses li:not([hidden]) button").all()
    }
    assert (counts.pop("communities") or "").isdecimal()
    wrong = {finding.term for finding in survey(small()).findings if finding.level != "info"}
    assert counts.pop("findings") == str(len(wrong)) == "6"
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
