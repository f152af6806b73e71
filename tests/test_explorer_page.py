"""The explorer's page in a real browser: finding terms and reading them."""

from __future__ import annotations

from explorer_page import Open, focused, fragment, heading, rows


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
