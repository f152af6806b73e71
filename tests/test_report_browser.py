"""The report in a real browser: no request, no error, readable in the dark, whole on a small screen and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from termatlas.export.report import report_page
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve
from termatlas.survey import survey

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The contrast (WCAG 2.2) of each element that holds words, against the colours painted behind it.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map(k => top[k] * top[3] + below[k] * (1 - top[3]));
  const light = rgb => rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const ground = element => {
    const below = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
    return over(rgba(getComputedStyle(element).backgroundColor), below);
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const said = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!said || !element.checkVisibility() || element.closest("title, desc, style")) continue;
    const style = getComputedStyle(element);
    let behind = ground(element.closest("svg") || element);
    const heat = element.previousElementSibling;
    if (heat && heat.classList.contains("heat")) {
      const own = heat.previousElementSibling;
      behind = over(rgba(getComputedStyle(own).fill), behind);
      const fill = rgba(getComputedStyle(heat).fill);
      behind = over([...fill.slice(0, 3), Number(getComputedStyle(heat).fillOpacity)], behind);
    }
    const ink = over(rgba(element.closest("svg") ? style.fill : style.color), behind);
    const [low, high] = [light(ink), light(behind)].sort((a, b) => a - b);
    found.push([(high + 0.05) / (low + 0.05), element.tagName + " " + element.textContent.slice(0, 40)]);
  }
  return found;
}"""


def glossary() -> Glossary:
    """Have something in every part of the page, and names that break layouts."""
    long = "Donaudampfschifffahrtsgesellschaft" * 150
    links = {
        "hub": ["leaf", "spoke", "wish", long],
        "spoke": ["hub", "wish"],
        "leaf": [],
        "early": ["hub"],
        "alone": [],
    }
    links |= {f"orphan{rank}": ["hub", "early"] for rank in range(40)} | {
        "north": ["south"],
        "south": ["north"],
    }
    terms = [
        Term(
            slug=slug,
            name=f"\u202e{long}" if slug == "spoke" else slug,
            categories=(f"Category {rank % 27}",),
            related=tuple(Reference(written=target, line=rank) for target in targets),
            file=f"folder/{'deep-' * 40}{slug}.md",
            line=1,
        )
        for rank, (slug, targets) in enumerate(links.items())
    ]
    return Glossary(terms=tuple(resolve(terms)), title=f"A glossary {long}")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(survey(glossary())), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Callable[..., Page]]:
    """Open the report in a fresh context; whatever it asks for or complains about fails the test."""
    contexts, trouble = [], []

    def show(*, width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: trouble.append(request.url) if request.url != report.as_uri() else None)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(report.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert trouble == []


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read(opened: Callable[..., Page], scheme: str) -> None:
    page = opened(scheme=scheme)
    unfold(page)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 300
    assert [found for found in contrasts if found[0] < 4.5] == []


def test_dark_is_dark(opened: Callable[..., Page]) -> None:
    shades = [
        opened(scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert shades == ["rgb(251, 251, 250)", "rgb(19, 20, 22)"]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out_at_the_side(opened: Callable[..., Page], width: int) -> None:
    page = opened(width=width)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = """width => [...document.querySelectorAll("main *")].filter(element => !element.closest("svg, .scroll"))
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
        .map(element => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond, width) == []


def test_the_contents_stay_in_sight_on_a_wide_screen(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_role("navigation").get_by_role("link", name="Dead ends").click()
    tops = [
        page.locator(place).evaluate("element => element.getBoundingClientRect().top")
        for place in ("#dead-ends", "nav")
    ]
    assert tops == pytest.approx([16, 24], abs=8)


def test_the_keyboard_reaches_the_report(opened: Callable[..., Page]) -> None:
    page = opened()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the report")
    assert skip.evaluate("link => link === document.activeElement && link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_tables_stay_tables_on_a_small_screen(opened: Callable[..., Page]) -> None:
    page = opened(width=360)
    table = page.get_by_role("table", name="Dead ends", exact=True)
    assert table.get_by_role("rowheader", name="leaf").count() == 1


def test_paper_holds_what_is_folded_on_the_screen(opened: Callable[..., Page]) -> None:
    page = opened()
    folded = page.locator("#orphans details:not(.name) tbody tr").last
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.bounding_box()
    assert folded.is_visible()
    assert not page.get_by_role("navigation").is_visible()
