"""Abbreviations that texts explain."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.model import Glossary, Question, Term
from termatlas.sources import read
from termatlas.suggest.abbreviations import learned_abbreviations, stands_for

SAM = Term(slug="segment-anything-model", name="Segment Anything Model")


def learned(*texts: str, terms: tuple[Term, ...] = (SAM,)) -> dict[str, str]:
    pages = tuple(Term(slug=f"page-{at}", name=f"Page {at}", definition=text) for at, text in enumerate(texts))
    return learned_abbreviations(Glossary(terms=(*terms, *pages)))


@pytest.mark.parametrize(
    "text",
    [
        "Cut out by the Segment Anything Model (SAM) in one go.",
        "Many Segment-Anything models (SAMs) exist.",
        'See SAM (Segment Anything Model), or "the Segment Anything Model" ("SAM").',
    ],
)
def test_both_orders_plurals_hyphens_and_quotes(text: str) -> None:
    assert learned(text) == {"SAM": SAM.slug}


def test_any_text_of_a_page_and_the_name_itself_count() -> None:
    named = Term(slug="vit", name="Vision Transformer (ViT)")
    asked = Term(slug="q", name="Q", questions=(Question(question="?", answer="Segment Anything Model (SAM)."),))
    opened = Term(slug="adt", name="abstract data type", definition="(ADT) A kind of type.")
    assert learned(terms=(SAM, named, asked, opened)) == {"ADT": "adt", "SAM": SAM.slug, "ViT": "vit"}


def test_an_abbreviation_of_two_terms_is_left_out() -> None:
    other = Term(slug="surface", name="Surface to Air Missile")
    texts = "A Segment Anything Model (SAM).", "A Surface to Air Missile (SAM)."
    assert learned(*texts, terms=(SAM, other)) == {}
    assert learned(texts[0], terms=(SAM, other)) == {"SAM": SAM.slug}


def test_an_abbreviation_that_more_texts_give_another_meaning_is_left_out() -> None:
    texts = ["A Segment Anything Model (SAM)."] + ["The scanning acoustic microscope (SAM)."] * 2
    assert learned(*texts) == {}
    assert learned(*texts, texts[0], texts[0]) == {"SAM": SAM.slug}


def test_names_and_aliases_are_known_already() -> None:
    aliased = Term(slug=SAM.slug, name=SAM.name, aliases=("SAM",))
    assert learned("The Segment Anything Model (SAM).", terms=(aliased,)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(",
        "()",
        "SAM ()",
        "Segment Anything Model (see above).",
        "Model (SAM)",
        "(SAM)",
        "SAM (a model)",
        "SAM (SAM)",
    ],
)
def test_what_explains_nothing_teaches_nothing(text: str) -> None:
    assert learned(text) == {}


@settings(deadline=None)
@given(st.text("aAbB (),.\n", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    term = Term(slug="ab", name="aaa bbb")
    found = learned(text, terms=(term,))
    assert set(found.values()) <= {"ab"}
    assert all(stands_for(short, "aaa bbb") for short in found)


def test_a_real_glossary(corpora: Path) -> None:
    found = learned_abbreviations(read(str(corpora / "ml-glossary-mlg" / "terms")))
    assert found["ReLU"] == "rectified-linear-unit-relu"
    assert found["RF"] == "random-forest"
    assert len(found) >= 60
