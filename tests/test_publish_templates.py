"""A site in the user's own clothes: templates, style and colours from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from published_pages import small
from termatlas.errors import SourceError, UsageError
from termatlas.publish.assets import assets
from termatlas.publish.category_page import category_page
from termatlas.publish.site import site
from termatlas.publish.term_page import term_page


def test_a_template_of_the_users_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "term.html.j2").write_text(
        '{% extends "layout.html.j2" %}{% block main %}<p class="mine">{{ term.definition }}</p>{% endblock %}', "utf-8"
    )
    made = site(small(), templates=tmp_path)
    page = term_page(made, "clip")
    assert '<p class="mine">A model of pictures &amp; texts.</p>' in page
    assert "Leads to" not in page
    assert "Find a term" in page
    assert category_page(made, "Vision") == category_page(site(small()), "Vision")


def test_a_template_can_include_another_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "term.html.j2").write_text('{% include "own.html.j2" %}', "utf-8")
    (tmp_path / "own.html.j2").write_text("Ä {{ heading }}", "utf-8")
    assert term_page(site(small(), templates=tmp_path), "clip") == "Ä CLIP"


def test_colours_come_after_our_own(tmp_path: Path) -> None:
    (tmp_path / "colours.css").write_text(":root { --accent: #b00020; }", "utf-8")
    css = dict(assets(site(small(), templates=tmp_path)))["site/site.css"].decode()
    assert css.index("--accent: #0b5cad") < css.index("--accent: #b00020")
    assert ".near circle" in css


def test_a_style_of_the_users_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("body { color: red; }", "utf-8")
    css = dict(assets(site(small(), templates=tmp_path)))["site/site.css"].decode()
    assert "body { color: red; }" in css
    assert ".near circle" not in css


def test_an_icon_of_the_users_replaces_ours(tmp_path: Path) -> None:
    assert b"<circle" in dict(assets(site(small())))["site/icon.svg"]
    (tmp_path / "icon.svg").write_bytes(b"<svg/>")
    found = dict(assets(site(small(), templates=tmp_path)))
    assert found["site/icon.svg"] == b"<svg/>"
    assert "icon.svg" not in found


def test_other_files_of_the_folder_are_added(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "logo.svg").write_bytes(b"<svg/>")
    (tmp_path / ".hidden").write_bytes(b"no")
    (tmp_path / "term.html.j2").write_text("", "utf-8")
    (tmp_path / "colours.css").write_text("", "utf-8")
    found = dict(assets(site(small(), templates=tmp_path)))
    assert found["pictures/logo.svg"] == b"<svg/>"
    assert set(found) - set(dict(assets(site(small())))) == {"pictures/logo.svg"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no folder .*none with templates; make one, or leave it out"):
        site(small(), templates=tmp_path / "none")


def test_a_file_that_is_no_template_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "term.j2").write_text("", "utf-8")
    with pytest.raises(UsageError, match=r"term\.j2 is no template of a page; a name such as term\.html\.j2 is"):
        site(small(), templates=tmp_path)


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("ok\n{% if %}", "cannot be read: Expected an expression", 2),
        ("ok\n\n{{ nothing }}", "cannot be filled: 'nothing' is undefined", 3),
        ('{% include "gone.html.j2" %}', "cannot be filled: gone.html.j2", 1),
        ("ok\n{{ 1 + 'a' }}", "cannot be filled: unsupported operand", 2),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, text: str, problem: str, line: int) -> None:
    (tmp_path / "term.html.j2").write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        term_page(site(small(), templates=tmp_path), "clip")
    message = str(caught.value)
    assert problem in message
    assert f"term.html.j2, line {line}: " in message
    assert message.endswith("; mend it, or delete it for our own")


def test_a_template_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "term.html.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match=r"term\.html\.j2.*no text in UTF-8"):
        term_page(site(small(), templates=tmp_path), "clip")
