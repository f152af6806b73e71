"""`termatlas new`: a page in the right place with the right fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from running import Command
from termatlas.sources import read

PAGE = "---\nterm: {name}\naliases: [{alias}]\ncategory: {category}\nrelated: [{related}]\n---\n\nA text.\n"


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    folder = tmp_path / "terms"
    for name, alias, category, related in (
        ("CLIP", "contrastive pre-training", "Vision", "mixture-of-experts"),
        ("U-Net", "unet", "Vision", "clip"),
        ("Adam", "adaptive moments", "Training", "clip"),
    ):
        path = folder / category.lower() / f"{name.lower()}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(name=name, alias=alias, category=category, related=related))
    return folder


def test_the_page_lies_with_its_category_and_has_the_others_fields(termatlas: Command, glossary: Path) -> None:
    run = termatlas("new", "Vision: a 'hard' name", glossary, "--category", "vision")
    assert run.code == 0, run.err
    page = glossary / "vision" / "vision-a-hard-name.md"
    assert run.out.splitlines()[0] == f"wrote {page}"
    term = read(glossary)["vision-a-hard-name"]
    assert (term.name, term.categories, term.aliases, term.related) == ("Vision: a 'hard' name", ("Vision",), (), ())
    assert (term.definition, term.explanation) == ("", ""), "the hint is no text of the term"
    assert [line.split(":")[0] for line in page.read_text().splitlines()[1:5]] == [
        "term",
        "aliases",
        "category",
        "related",
    ]


def test_it_says_who_wants_the_term(termatlas: Command, glossary: Path) -> None:
    run = termatlas("new", "Mixture of experts", glossary, "--category", "Training")
    assert "linked to already from clip" in run.out
    assert read(glossary)["mixture-of-experts"].category == "Training"


def test_a_folder_begins_a_category(termatlas: Command, glossary: Path) -> None:
    (glossary / "speech-and-audio").mkdir()
    assert termatlas("new", "Vocoder", glossary, "--category", "Speech and audio").code == 0
    assert read(glossary)["vocoder"].category == "Speech and audio"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clip", "--category", "Vision"), 'there is a term "CLIP" already: '),
        (("UNET", "--category", "Vision"), 'there is a term "U-Net" already: '),
        (("Vocoder",), "say which category it belongs to: --category; there are Training, Vision"),
        (
            ("Vocoder", "--category", "Sound"),
            'no term is in a category "Sound"; there are Training, Vision; to begin a new one, make its folder: ',
        ),
        (("?!", "--category", "Vision"), '"?!" is no name for a term; give one with a letter or a digit'),
    ],
)
def test_what_cannot_be_is_said(termatlas: Command, glossary: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(glossary.rglob("*"))
    run = termatlas("new", arguments[0], glossary, *arguments[1:])
    assert run.code == 2
    assert said in run.err
    assert sorted(glossary.rglob("*")) == before


def test_a_page_that_is_no_terms_yet_stays(termatlas: Command, glossary: Path) -> None:
    page = glossary / "vision" / "vocoder.md"
    page.write_text("")
    run = termatlas("new", "Vocoder", glossary, "--category", "Vision")
    assert run.code == 2
    assert f"{page}" in run.err
    assert page.read_text() == ""


def test_it_wants_a_glossary_in_markdown(termatlas: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        "there is no folder data/ai-terms; name your glossary's: termatlas new TERM FOLDER"
        in termatlas("new", "CLIP").err
    )
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "terms.csv").write_text("term,definition\nCLIP,A model\n")
    assert "holds no page in Markdown; name the folder of such a glossary" in termatlas("new", "GPT", "words").err
