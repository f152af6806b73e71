"""What keeps the explorer quick to open: the first picture is told once, when it is whole; what can wait does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from map_alone import many
from offline import wait_until
from termatlas.explorer import explore

if TYPE_CHECKING:
    from offline import OfflinePage

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
MARKS = "performance.getEntriesByName('termatlas-picture').length"
# Counts are written before the first picture; making a number format would take longer than drawing a small map.
WATCH_FORMATS = """
window.formats = 0;
Intl.NumberFormat = class extends Intl.NumberFormat {
  constructor(...options) { super(...options); window.formats++; }
};
"""


def test_first_picture_is_told_once_and_when_it_is_whole(
    offline_page: Callable[..., OfflinePage], tmp_path: Path
) -> None:
    page = offline_page(**DESK).show(tmp_path / "map.html", explore(many(1_500)).html)
    wait_until(page, f"{MARKS} > 0")
    told = page.locator("#map").screenshot()
    page.wait_for_timeout(400)
    assert page.locator("#map").screenshot() == told
    page.locator("#zoom-in").click()
    page.wait_for_timeout(400)
    assert page.locator("#map").screenshot() != told
    assert page.evaluate(MARKS) == 1


def test_numbers_are_written_without_a_format_until_a_fraction_is(
    offline_page: Callable[..., OfflinePage], tmp_path: Path
) -> None:
    opened = offline_page(**DESK)
    opened.page.add_init_script(WATCH_FORMATS)
    page = opened.show(tmp_path / "map.html", explore(many(1_234)).html)
    wait_until(page, f"{MARKS} > 0")
    assert page.inner_text("#counts").startswith("1,234 terms")
    assert page.evaluate("window.formats") == 0
    page.locator("#panel a").first.click()
    wait_until(page, "window.formats === 1")


def test_one_way_links_are_counted_as_the_links_say(offline_page: Callable[..., OfflinePage], tmp_path: Path) -> None:
    glossary = many(300)
    slugs = {term.slug for term in glossary.terms}
    links = {(term.slug, to.target) for term in glossary.terms for to in term.related if to.target in slugs}
    alone = {(source, target) for source, target in links if source != target and (target, source) not in links}
    page = offline_page(**DESK).show(tmp_path / "map.html", explore(glossary).html)
    page.wait_for_selector("body:not(.loading)")
    assert page.inner_text("[data-lens='one-way'] .n") == f"{len(alone):,}"
    page.locator("[data-lens='one-way']").click()
    ends = {end for link in alone for end in link}
    assert page.inner_text("#status").startswith(f"{len(ends):,} of")
