"""Every page of a site is valid, small enough, and leads only to what is there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from html5lib.html5parser import ParseError

from published import HOSTILE, SITE, hostile, small, term
from termatlas.errors import OutputError, SourceError, UsageError
from termatlas.model import Glossary
from termatlas.publish.files import file_names
from termatlas.publish.job import publish
from termatlas.publish.linkcheck import broken_links, links_of
from termatlas.publish.manifest import unlike
from termatlas.sources.read import read

MOST = 60_000  #: bytes of a page
EXPLORER = "explorer.html"  #: one page with all of the glossary in it
ALL = os.environ.get("TERMATLAS_ALL_PAGES") == "true"  #: parse every page, not a sample
ATLAS_SAMPLE, OTHER_SAMPLE = 40, 12

Published = Callable[[str], Path]


def hub() -> Glossary:
    """Give a glossary in which 1,000 terms link to one, which links to all of them, with long texts."""
    others = [f"spoke-number-{number}" for number in range(1_000)]
    long = replace(term("hub", *others, definition="Long. " * 2_000), explanation="Much to say.\n\n" * 5_000)
    return replace(small(), terms=(long, *(term(other, "hub") for other in others)))


def foldoc(corpora: Path) -> Glossary:
    whole = read(next((corpora / "foldoc").glob("*.jsonl")))
    return replace(whole, terms=whole.terms[::30])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Published:
    """Give a function that publishes one of the glossaries, once."""
    made: dict[str, Path] = {}
    makers: dict[str, Callable[[], Glossary]] = {
        "atlas": read,
        "foldoc": lambda: foldoc(request.getfixturevalue("corpora")),
        "hostile": hostile,
        "hub": hub,
        "empty": lambda: Glossary(title="Nothing yet"),
    }

    def folder_of(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp(name) / "site"
            publish(makers[name](), made[name], site_url=SITE)
        return made[name]

    return folder_of


GLOSSARIES = pytest.mark.parametrize("name", ["atlas", "foldoc", "hostile", "hub", "empty"])


def pages(folder: Path) -> dict[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    found.pop(EXPLORER)
    return found


@GLOSSARIES
def test_no_link_is_broken(published: Published, name: str) -> None:
    """Publishing checks this itself; here the files are read back, as a crawler would."""
    folder = published(name)
    read_back = ((path, file.read_text(encoding="utf-8")) for path, file in pages(folder).items())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert broken_links(read_back, there.__contains__, "/ai/") == []


@GLOSSARIES
def test_no_page_is_larger_than_60_kb(published: Published, name: str) -> None:
    sizes = {path: file.stat().st_size for path, file in pages(published(name)).items()}
    assert {path: size for path, size in sizes.items() if size > MOST} == {}


@GLOSSARIES
def test_every_page_is_valid_html(published: Published, name: str) -> None:
    """Parse strictly, and find the same links as our own checker, which reads no more than it must."""
    for path, file in sampled(published(name), name).items():
        text = file.read_text(encoding="utf-8")
        try:
            tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        except ParseError as error:
            pytest.fail(f"{path}: {error}")
        ids = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), path
        assert tree.find("head/title").text.strip(), path
        hrefs = {each.get(name) for each in tree.iter() for name in ("href", "src") if each.get(name)}
        inside = {href for href in hrefs if not urlsplit(href).scheme and not urlsplit(href).netloc}
        assert len(links_of(path, text, "/ai/").targets) == len({unquote(href) for href in inside}), path


def sampled(folder: Path, name: str) -> dict[str, Path]:
    """Give pages evenly from all of a site, and the two that every site has."""
    found = list(pages(folder).items())
    step = 1 if ALL else max(1, len(found) // (ATLAS_SAMPLE if name == "atlas" else OTHER_SAMPLE))
    return dict(found[::step]) | {path: file for path, file in found if path in {"index.html", "404.html"}}


@pytest.mark.parametrize("name", ["hostile", "atlas"])
def test_names_of_files_are_safe_on_every_system(published: Published, name: str) -> None:
    folder = published(name)
    there = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert unlike(there) is None
    devices = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
    for part in {part for path in there for part in path.split("/")}:
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]', part)
        assert not devices.fullmatch(part)
        assert part == part.rstrip(". ")
        assert len(part.encode()) <= 255


def test_every_hostile_slug_has_a_page_of_its_own(published: Published) -> None:
    folder = published("hostile")
    stems = file_names(HOSTILE)
    assert len({stem.casefold() for stem in stems.values()}) == len(HOSTILE)
    assert all((folder / f"{stem}.html").is_file() and (folder / f"{stem}.ttl").is_file() for stem in stems.values())


@pytest.mark.parametrize(
    ("page", "html", "targets"),
    [
        ("a.html", "<a href='b.html'><img src=\"i.png\">", {"b.html", "i.png"}),
        ("x/a.html", '<a href="../b.html#c"><a href="./y/#z">', {"b.html#c", "x/y/#z"}),
        ("a.html", '<a href="https://e.org/b.html"><a href="//e.org/c"><a href="mailto:a@b"><a href="">', set()),
        ("a.html", '<a href="../outside.html"><a href="/elsewhere.html">', set()),
        ("404.html", '<a href="/ai/b.html">', {"b.html"}),
        ("a.html", '<a href="%C3%A9.html?q=1&amp;r#%C3%A9">', {"é.html#é"}),
        (
            "a.html",
            '<script>" href="no.html"</script><script src="s.js"></script><a href="b.html">',
            {"s.js", "b.html"},
        ),
        ("a.html", '<p data-href="no.html"> href=no.html &quot; href=&quot;no.html', set()),
    ],
)
def test_links_into_the_site_are_found(page: str, html: str, targets: set[str]) -> None:
    assert links_of(page, html, "/ai/").targets == targets


@pytest.mark.parametrize(
    ("link", "found"),
    [("b.html", []), ("b.html#there", []), ("b.html#no", ["b.html#no"]), ("c.html", ["c.html"]), ("data.js#x", [])],
)
def test_links_that_lead_nowhere_are_found(link: str, found: list[str]) -> None:
    made = [("a.html", f'<a href="{link}">'), ("b.html", '<p id="there">')]
    assert broken_links(made, {"a.html", "b.html", "data.js"}.__contains__) == [("a.html", each) for each in found]


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def test_a_template_with_a_broken_link_is_refused(tmp_path: Path, templates: Path) -> None:
    (templates / "404.html.j2").write_text('<!doctype html><title>x</title><a href="about.html">')
    with pytest.raises(OutputError) as caught:
        publish(small(), tmp_path / "site", templates=templates)
    assert str(caught.value) == (
        f'{tmp_path}/site/404.html: would link to "about.html", which the site does not have; '
        "mend the template, or put the file into the folder of --templates"
    )
    assert not (tmp_path / "site").exists()
    (templates / "about.html").write_text("<!doctype html><title>About</title>")
    publish(small(), tmp_path / "site", templates=templates)
    assert (tmp_path / "site" / "about.html").exists()


def test_files_of_the_templates_folder_stand_in_place_of_ours(tmp_path: Path, templates: Path) -> None:
    (templates / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    (templates / "logo.svg").write_text("<svg/>")
    done = publish(small(), tmp_path / "site", site_url=SITE, templates=templates)
    assert "Disallow" in (tmp_path / "site" / "robots.txt").read_text()
    assert (tmp_path / "site" / "logo.svg").exists()
    assert publish(small(), tmp_path / "site", site_url=SITE, templates=templates).written == 0
    assert publish(small(), tmp_path / "site", site_url=SITE).removed == 1
    assert done.files == len([path for path in (tmp_path / "site").rglob("*") if path.is_file()])


def test_a_templates_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises((UsageError, SourceError), match="none"):
        publish(small(), tmp_path / "site", templates=tmp_path / "none")
    assert not (tmp_path / "site").exists()


def test_an_error_in_a_template_names_its_file_and_line(tmp_path: Path, templates: Path) -> None:
    (templates / "404.html.j2").write_text("<!doctype html>\n<title>x</title>\n{% if %}\n")
    with pytest.raises(SourceError, match=r"404\.html\.j2, line 3: "):
        publish(small(), tmp_path / "site", templates=templates)
    assert not (tmp_path / "site").exists()


def test_a_vocabulary_with_iris_and_groups_of_its_own_is_published(corpora: Path, tmp_path: Path) -> None:
    publish(read(next((corpora / "skosmos-test-vocabs").rglob("groups.ttl"))), tmp_path, site_url=SITE)
    assert (tmp_path / "w3id" / ".htaccess").is_file()
