"""The explorer of real and of large glossaries in a real browser: what the page says is what the glossary holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
import pytest

from explorer_page import DESK, fragment, heading, show
from five_glossaries import GLOSSARIES, Atlas, build
from offline import OfflinePage, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COLOURS = """() => {
  const map = document.querySelector("#map"), { data } = map.getContext("2d").getImageData(0, 0, map.width, map.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
#: Lens → the rules whose findings it counts.
LENSES = {
    "orphans": ("isolated", "orphan"),
    "dead-ends": ("dead-end",),
    "wanted": ("wanted-term",),
    "one-way": ("one-way-link",),
}
PATHS = """async (pairs) => {
  const words = document.querySelector("#path-words"), found = [];
  for (const [from, to, directed] of pairs) {
    location.hash = `v=path&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}${directed ? "&dir=1" : ""}`;
    await new Promise((done) => addEventListener("hashchange", done, { once: true }));
    found.push([words.textContent, document.querySelectorAll("#path-steps li").length]);
  }
  return found;
}"""


FOLLOW = """async (to) => {
  const followed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  const patience = new Promise((done) => setTimeout(done, 300)); // an address that is there already changes nothing
  location.hash = to;
  await Promise.race([followed, patience]);
  await new Promise(requestAnimationFrame);
}"""


class Shown(NamedTuple):
    """A glossary's page in the browser, shared by the tests of that glossary."""

    name: str
    atlas: Atlas
    page: Page

    def at(self, fragment: str) -> Page:
        """Open the page anew."""
        self.page.goto("about:blank")
        return show(self.page, self.atlas.file, fragment)

    def go(self, fragment: str) -> Page:
        """Follow an address within the page."""
        self.page.evaluate(FOLLOW, fragment)
        return self.page


@pytest.fixture(scope="session")
def atlas_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Atlas]:
    """Give a function that builds the page of a glossary, once a session."""
    folder = tmp_path_factory.mktemp("glossaries")

    @cache
    def made(name: str) -> Atlas:
        corpora: Path = request.getfixturevalue("corpora") if name in {"mlg", "foldoc"} else folder
        return build(GLOSSARIES[name](corpora), folder / f"{name}.html")

    return made


@pytest.fixture(scope="module", params=GLOSSARIES)
def shown(request: pytest.FixtureRequest, browser: Browser, atlas_of: Callable[[str], Atlas]) -> Iterator[Shown]:
    atlas = atlas_of(request.param)
    offline = OfflinePage(browser.new_page(**DESK, reduced_motion="reduce"))
    yield Shown(request.param, atlas, show(offline.page, atlas.file, ""))
    offline.page.close()
    assert (offline.requests, offline.errors) == ([], [])


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_picture_is_not_blank_and_the_head_counts(shown: Shown) -> None:
    page, atlas = shown.page, shown.atlas
    wait_until(page, f"({COLOURS})() > 100")
    wanted = atlas.findings["wanted-term"]
    counts = page.inner_text("#counts").split(" · ")
    assert counts[0] == f"{atlas.terms - wanted:,} terms"
    assert f"{atlas.links:,} links" in counts
    assert (f"{wanted:,} wanted" in counts) == (wanted > 0)
    assert page.inner_text("#status") == f"{atlas.terms:,} of {atlas.terms:,} shown"


def test_search_and_enter_lead_to_the_definition(shown: Shown) -> None:
    page = shown.go("")
    assert len(shown.atlas.definitions) > 4
    for name, definition in shown.atlas.definitions.items():
        page.keyboard.press("/")
        page.fill("#search", name)
        page.keyboard.press("Enter")
        assert heading(page) == " ".join(name.split())
        page.wait_for_selector("#panel-body .definition")
        assert " ".join(str(page.text_content("#panel-body .definition")).split()) == definition


def test_counts_agree_with_the_findings_and_the_table(shown: Shown) -> None:
    page, atlas = shown.go("v=table"), shown.atlas
    assert table_rows(page) == atlas.terms
    for lens, rules in LENSES.items():
        count = number(page.inner_text(f"[data-lens={lens}] .n"))
        assert count == sum(atlas.findings[rule] for rule in rules), lens
        shown.go(f"v=table&lens={lens}")
        rows = table_rows(page)
        assert page.inner_text("#status") == f"{rows:,} of {atlas.terms:,} shown"
        assert lens == "one-way" or rows == count  # it counts links, and the table has their terms
    isolated = atlas.findings["isolated"]
    assert (f" {isolated:,} of them " in page.inner_text("[data-lens=orphans]")) == (isolated > 0)


def table_rows(page: Page) -> int:
    return int(page.get_attribute("#table table", "aria-rowcount") or 0) - 1


def test_shelves_hold_what_is_isolated_or_wanted(shown: Shown) -> None:
    header = json.loads(str(shown.page.text_content("#atlas") or "{}"))
    found = {shelf["name"]: shelf["count"] for shelf in header["shelves"]}
    rules = {"isolated": "isolated", "wanted": "wanted-term"}
    assert found == {name: count for name, rule in rules.items() if (count := shown.atlas.findings[rule])}


def test_the_address_restores_the_view(shown: Shown) -> None:
    name = next(iter(shown.atlas.definitions))
    page = shown.go("")
    page.fill("#search", name)
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    page.keyboard.press("o")
    page.select_option("#size", "in_degree")
    page.wait_for_timeout(250)  # the flight, though it is none with reduced motion, and the rest after it
    address = fragment(page)
    assert "lens=orphans" in address
    assert "z=" in address
    before = heading(page), page.inner_text("#status"), page.input_value("#size")
    page = shown.at(address)
    assert (heading(page), page.inner_text("#status"), page.input_value("#size")) == before
    assert page.get_attribute("[data-lens=orphans]", "aria-pressed") == "true"
    assert fragment(page) == address


REAL = pytest.mark.parametrize("shown", ["shipped", "mlg", "foldoc"], indirect=True)


@REAL
@pytest.mark.parametrize("directed", [True, False])
def test_paths_are_as_long_as_those_of_networkx(shown: Shown, *, directed: bool) -> None:
    chance, graph = Random(5), shown.atlas.graph
    pairs = [*anywhere(graph, 200, chance), *within_reach(graph, 40, chance)]
    page = shown.go("")
    found = page.evaluate(PATHS, [(*pair, directed) for pair in pairs])
    lengths = graph if directed else graph.to_undirected(as_view=True)
    for (source, target), (words, steps) in zip(pairs, found, strict=True):
        if nx.has_path(lengths, source, target):
            length = nx.shortest_path_length(lengths, source, target)
            assert words.startswith(f"{length} step{'s' * (length > 1)}"), (source, target)
            assert steps == length + 1
        else:
            assert words.startswith("No path"), (source, target)
    assert len({steps for _, steps in found}) > 3


def anywhere(graph: nx.DiGraph[str], count: int, chance: Random) -> Iterator[list[str]]:
    slugs = sorted(graph)
    return (chance.sample(slugs, 2) for _ in range(count))


def within_reach(graph: nx.DiGraph[str], count: int, chance: Random) -> Iterator[list[str]]:
    """Choose pairs with a path from one to the other, which are rare where most pages lead nowhere."""
    starts = chance.sample(sorted(slug for slug in graph if graph.succ[slug]), count)
    for start in starts:
        reached = nx.single_source_shortest_path_length(graph, start, cutoff=5)
        yield [start, chance.choice(sorted(reached.keys() - {start}))]


AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@REAL
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(shown: Shown, scheme: str) -> None:
    page = shown.at("lens=communities")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.evaluate(AXE)
    for view in ("lens=communities", f"v=table&t={next(iter(shown.atlas.graph))}"):
        shown.go(view)
        violations = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        serious = [each for each in violations if each["impact"] in {"serious", "critical"}]
        assert not serious, json.dumps([(each["id"], each["nodes"][0]["html"][:200]) for each in serious])


@pytest.mark.parametrize("shown", ["foldoc"], indirect=True)
def test_a_long_table_prints_its_first_rows_and_says_so(shown: Shown) -> None:
    page = shown.go("v=table")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table tbody tr:not(.gap)").count() == 5_000
    assert page.inner_text("#table > p") == "5,000 of 11,596 terms are printed; download the CSV for all."
    assert not page.is_visible("#table .gap")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.is_visible("#table > p")
    assert page.locator("#table tbody tr").count() < 200
