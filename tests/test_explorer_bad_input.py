"""The explorer with bad input: hostile terms, empty glossaries, files cut short."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer_page import DESK, Open
from termatlas.explorer import explore
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.resolve import resolve

if TYPE_CHECKING:
    from offline import OfflinePage


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


def modules() -> Iterator[tuple[str, str]]:
    for each in files("termatlas.explorer").iterdir():
        if each.name.endswith(".js"):
            yield each.name, each.read_text("utf-8")


def test_no_module_writes_html() -> None:
    for name, source in modules():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source), (
            name
        )
