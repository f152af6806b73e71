"""The explorer as a file: its script, its policy, its size, what it says when damaged, positions, notebooks."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import termatlas.explorer
from offline import wait_until
from termatlas.errors import OutputError, SourceError
from termatlas.explorer import explore, explorer_page, read_positions
from termatlas.explorer.blocks import unpack
from termatlas.explorer.columns import VERSION
from termatlas.explorer.render import script
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve
from termatlas.sources import read
from termatlas.survey import Survey, survey

if TYPE_CHECKING:
    from offline import OfflinePage

NUMBER = f'"version": {VERSION}'
MODULES = sorted(Path(termatlas.explorer.__file__).parent.glob("*.js"))
Open = Callable[..., "OfflinePage"]


def glossary(count: int = 30, title: str = "Terms") -> Glossary:
    terms = (
        Term(
            slug=f"t{at}",
            name=f"Term {at}",
            definition=f"What {at} is.",
            related=tuple(Reference(written=f"t{(at + step) % count}") for step in (1, 2, 7)),
        )
        for at in range(count)
    )
    return Glossary(terms=tuple(resolve(terms)), title=title)


@pytest.fixture(scope="module")
def atlas() -> Survey:
    return survey(read())


@pytest.fixture(scope="module")
def page(atlas: Survey) -> str:
    return explorer_page(atlas)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_modules_keep_to_what_can_be_joined(module: Path) -> None:
    source = module.read_text("utf-8")
    imports = re.findall(r"^import\b[^;]*;", source, re.MULTILINE)
    assert all(re.fullmatch(r'import \{[\w\s,]+\} from "\./\w+\.js";', each) for each in imports)
    assert not re.search(r"\bas\b", " ".join(imports))
    assert all(line.count("`") % 2 == 0 for line in source.splitlines())
    exports = re.findall(r"^export .*", source, re.MULTILINE)
    assert all(re.match(r"export (?:(?:async )?function\*? |const |class |\{\};)", line) for line in exports)
    assert "</script" not in source.lower()
    assert "<!--" not in source


def test_top_level_names_are_unique() -> None:
    sources = "".join(module.read_text("utf-8") for module in MODULES if module.name != "start.js")
    names = re.findall(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", sources, re.MULTILINE)
    assert len(names) > 100
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_all_modules_are_in_the_page() -> None:
    whole = script()
    for module in MODULES:
        names = re.findall(
            r"^export (?:async )?(?:function\*?|const|class) (\w+)", module.read_text("utf-8"), re.MULTILINE
        )
        assert all(
            re.search(rf"^(?:async )?(?:function\*?|const|class) {name}\b", whole, re.MULTILINE) for name in names
        )


def test_the_script_is_bare() -> None:
    assert not re.search(r"^(?:import|export)\b|^\s*//|/\*\*|^ ", script(), re.MULTILINE)


def test_same_survey_same_bytes(atlas: Survey, page: str) -> None:
    assert explorer_page(atlas) == page == explorer_page(survey(read()))


def test_the_policy_allows_the_pages_own_scripts_alone(page: str) -> None:
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    first = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    assert len(first) == 1
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (first[0], script())]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [f"'sha256-{each}'" for each in hashes]
    assert rules["img-src"] == "data: blob:"
    assert not {"connect-src", "font-src", "media-src", "frame-src", "worker-src"} & set(rules)
    assert (
        len(re.findall("<script", page))
        == len(re.findall("</script>", page))
        == 1 + 1 + len(header(page)["blocks"]) + 1
    )


def header(page: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(re.findall(r'id="atlas">(.*?)</script>', page, re.DOTALL)[0])
    return made


def test_people_can_read_the_header(atlas: Survey, page: str) -> None:
    lines = page.splitlines()
    assert '"title": "AI atlas",' in lines
    assert f'"counts": {{"terms": {len(atlas.glossary)}, "wanted": 0, "links": {atlas.stats["links"]}}},' in lines
    assert re.fullmatch("[0-9a-f]{64}", header(page)["source"])


def test_titles_are_text(offline_page: Open, tmp_path: Path) -> None:
    title = "</title></script>{{data}}{{csp}}<img src=x onerror=alert(1)>&amp;\ud800"
    opened = offline_page().show(tmp_path / "explorer.html", explorer_page(survey(glossary(title=title))))
    opened.wait_for_selector("body:not(.loading)")
    assert opened.title() == title.replace("\ud800", "\ufffd")


def test_the_page_without_a_glossary_is_small() -> None:
    assert len(explorer_page(survey(Glossary())).encode()) <= 90_000


@pytest.mark.parametrize("part", ["labels", "numbers", "words", "definitions", "details", "script"])
def test_a_page_cut_short_says_so(offline_page: Open, tmp_path: Path, page: str, part: str) -> None:
    begin = page.index(f'id="atlas-{part}">')
    for cut in (begin - 20, begin + 60):
        shown = offline_page().show(tmp_path / "cut.html", page[:cut])
        shown.wait_for_selector(".failed #error")
        said = shown.inner_text("#error")
        assert "build it again from the glossary" in said
        assert re.search("cut short|damaged", said)


SHOWN = """() => {
  for (const each of document.getAnimations()) each.finish(); // the words wait for four seconds
  const box = document.getElementById("error");
  const isSeen = box?.checkVisibility({ visibilityProperty: true });
  const added = getComputedStyle(isSeen ? box : document.body, "::before");
  const words = [added.visibility === "visible" ? added.content : "none", isSeen ? box.innerText : ""];
  return words.some((text) => text.includes("build it again from the glossary")) || document.body.className === "";
}"""


def test_a_page_cut_anywhere_is_not_blank(offline_page: Open, tmp_path: Path, page: str) -> None:
    body = page.index("<body")
    asked = [1_000, body - 1, body + 4, page.index('<div id="error"') + 3, page.index(">This page is not") + 1]
    opened = offline_page()
    for cut in (*asked, *(len(page) * part // 40 for part in range(1, 41))):
        wait_until(opened.show(tmp_path / "cut.html", page[:cut]), SHOWN)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda page: page.replace(NUMBER, '"version": 99', 1), "in a form that it does not know, number 99"),
        (lambda page: page.replace(NUMBER, '"version" 1', 1), "holds no glossary"),
        (lambda page: re.sub(r'(id="atlas-labels">.{40})....', r"\g<1>AAAA", page), "is damaged"),
        (lambda page: re.sub(r'(id="atlas-numbers">.{40}).', r"\g<1>", page), "was cut short or changed"),
        (lambda page: re.sub(r'"x": \d+, "y": \d+, "category"', '"x": 1, "y": 1, "category"', page), "is damaged"),
    ],
    ids=["version", "header", "bytes", "length", "columns"],
)
def test_a_changed_page_says_so(
    offline_page: Open, tmp_path: Path, page: str, change: Callable[[str], str], said: str
) -> None:
    assert change(page) != page
    shown = offline_page().show(tmp_path / "changed.html", change(page))
    shown.wait_for_selector(".failed #error")
    assert said in shown.inner_text("#error")
    assert "uild it again from the glossary" in shown.inner_text("#error")


@pytest.mark.parametrize("block", ["definitions", "details"])
def test_a_damaged_text_is_said_in_the_panel_and_the_map_stays(
    offline_page: Open, tmp_path: Path, page: str, block: str
) -> None:
    damaged = re.sub(rf'(id="atlas-{block}">.{{40}})....', r"\g<1>AAAA", page)
    assert damaged != page
    shown = offline_page().show(tmp_path / "damaged.html", damaged)
    shown.wait_for_selector("body:not(.loading)")
    shown.locator("#panel a").first.click()
    assert "is damaged" in shown.locator("#panel-body [role=alert]").inner_text()
    assert shown.locator("#error").is_hidden()


def test_positions_come_back(tmp_path: Path, atlas: Survey, page: str) -> None:
    path = tmp_path / "explorer.html"
    path.write_text(page, encoding="utf-8")
    found = read_positions(path)
    assert set(found) == set(atlas.positions)
    assert all(atlas.positions[slug] == pytest.approx(place, abs=0.2) for slug, place in found.items())


def test_an_edit_does_not_reshuffle_the_map(tmp_path: Path) -> None:
    earlier = explore(read()).save(tmp_path / "explorer.html")
    places = read_positions(earlier)
    terms = (*read().terms, Term(slug="new", name="New", related=(Reference(written="transformer"),)))
    again = explore(Glossary(terms=tuple(resolve(terms))), positions=earlier)
    now = read_positions(again.save(tmp_path / "again.html"))
    moved = sorted(abs(complex(*now[slug]) - complex(*places[slug])) for slug in places)
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    assert moved[len(moved) // 2] < width / 20
    afresh = survey(Glossary(terms=tuple(resolve(terms)))).positions
    shuffled = sorted(abs(complex(*afresh[slug]) - complex(*places[slug])) for slug in places)
    assert moved[len(moved) // 2] < shuffled[len(shuffled) // 2]


def test_a_term_that_leaves_its_shelf_comes_to_its_neighbours(tmp_path: Path) -> None:
    ring = glossary().terms
    related = (Reference(written="t3"),)
    lone = Term(slug="lone", name="Lone")
    wisher = Term(slug="a", name="A", related=(Reference(written="wish"), *related))
    before = Glossary(terms=tuple(resolve((*ring, lone, wisher))))
    earlier = explore(before).save(tmp_path / "explorer.html")
    assert {"lone", "wish"}.isdisjoint(read_positions(earlier))
    written = (Term(slug="lone", name="Lone", related=related), Term(slug="wish", name="Wish", related=related))
    after = explore(Glossary(terms=tuple(resolve((*ring, wisher, *written)))), positions=earlier)
    places = read_positions(after.save(tmp_path / "again.html"))
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    for slug in ("lone", "wish"):
        assert abs(complex(*places[slug]) - complex(*places["t3"])) < width / 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda page: "<!doctype html><p>A page", "it holds no map; give an explorer.html that termatlas has written"),
        (lambda page: page[: page.index('id="atlas-numbers"') + 99], "the page is damaged or was cut short; give"),
        (lambda page: page[: page.index('id="atlas-words"')], "the page is damaged or was cut short; give"),
        (lambda page: re.sub(r'(id="atlas-numbers">.{40})....', r"\g<1>AAAA", page), "the page is damaged or was cut"),
        (lambda page: page.replace('"columns": {"x"', '"columns": {"z"'), "the page is damaged or was cut short; give"),
        (lambda page: page.replace(NUMBER, '"version" 1', 1), "the page is damaged; give"),
        (lambda page: re.sub(r'(id="atlas-numbers">.{40}).', r"\g<1>é", page), "the page is damaged or was cut"),
        (
            lambda page: page.replace(NUMBER, '"version": 1', 1),
            f"its map is in form 1, and this version reads form {VERSION}; build it again with this version, or leave",
        ),
    ],
)
def test_positions_of_no_page_are_an_error(tmp_path: Path, page: str, change: Callable[[str], str], said: str) -> None:
    path = tmp_path / "explorer.html"
    path.write_text(change(page), encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(said)) as error:
        explore(glossary(), positions=path)
    assert str(error.value).startswith(f"{path}: ")


def test_positions_of_no_file_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"it cannot be read .+; give an explorer.html"):
        read_positions(tmp_path / "explorer.html")
    (tmp_path / "explorer.html").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="it is no page in UTF-8; give"):
        read_positions(tmp_path / "explorer.html")


def test_the_explorer_saves_itself(tmp_path: Path) -> None:
    made = explore(glossary())
    assert made.save(tmp_path / "new" / "explorer.html").read_text("utf-8") == made.html
    assert repr(made) == f"<Explorer, {len(made.html):,} characters; save(path) writes it>"
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        made.save(tmp_path / "file" / "explorer.html")


def test_the_explorer_shows_itself_in_a_notebook(offline_page: Open, tmp_path: Path) -> None:
    made = explore(glossary(title='"><script>parent.document.title = "taken"</script>'))
    output = json.dumps(made._repr_html_()).replace("<", "\\u003c")
    notebook = f"<!doctype html><title>notebook</title><div id=out></div><script>out.innerHTML = {output}</script>"
    shown = offline_page().show(tmp_path / "notebook.html", notebook)
    frame = shown.frame_locator("iframe")
    frame.locator("body:not(.loading)").wait_for()
    assert frame.locator("#counts").inner_text().startswith("30 terms")
    frame.locator("#search").fill("Term 7")
    frame.locator("#search").press("Enter")
    frame.locator("#panel-title", has_text="Term 7").wait_for()
    frame.get_by_text("What 7 is.").wait_for()
    frame.locator("#panel").get_by_role("link", name="Term 14").first.click()
    frame.locator("#panel-title", has_text="Term 14").wait_for()
    assert shown.title() == "notebook"


def test_the_packed_script_is_the_script(page: str) -> None:
    assert unpack(re.findall(r'id="atlas-script">([^<]*)<', page)[0]).decode() == script()


def test_signs_mean_nothing_in_html(page: str) -> None:
    signs = "".join(re.findall(r'octet-stream" id="atlas-[a-z]+">(.*?)</script>', page, re.DOTALL))
    assert len(signs) > 50_000
    assert set(signs) - {"\n"} == set(map(chr, range(33, 127))) - set('"&<')  # lines part the groups of texts
