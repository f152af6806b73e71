"""Terms that a glossary lacks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.build import build
from termatlas.model import Glossary, Reference, Term
from termatlas.sources import read
from termatlas.suggest.boilerplate import own_texts
from termatlas.suggest.corpus import corpus_of
from termatlas.suggest.nested import c_value, mostly_nested, texts_outside
from termatlas.suggest.phrases import Phrases, find_phrases
from termatlas.suggest.terms import MissingTerm, suggest_terms


def suggested(*terms: Term, top: int = 100) -> list[MissingTerm]:
    glossary = Glossary(terms=terms)
    return suggest_terms(glossary, build(glossary), top=top)


def page(name: str, text: str, *related: str, category: str = "") -> Term:
    links = tuple(Reference(written=slug, target=slug) for slug in related)
    return Term(
        slug=name.lower().replace(" ", "-"),
        name=name,
        definition=text,
        related=links,
        categories=(category,) * bool(category),
    )


def phrases(*texts: str, names: tuple[str, ...] = ()) -> tuple[Phrases, list[str]]:
    pages = [
        Term(slug=str(at), name=name, definition=text)
        for at, (text, name) in enumerate(zip(texts, names or texts, strict=True))
    ]
    glossary = Glossary(terms=tuple(pages))
    found = find_phrases(corpus_of(glossary, build(glossary), texts=own_texts(glossary)))
    spelt = ["", *found.corpus.vocabulary]
    return found, [" ".join(spelt[word] for word in words) for words in found.words()]


def test_wanted_terms_come_first_by_how_many_terms_want_them() -> None:
    found = suggested(
        page("A", "It has an edge.", "rim", "edge", category="shapes"),
        page("B", "Every edge counts.", "edge", category="shapes"),
        page("C", "Nothing.", category="other"),
    )
    assert [(term.slug, term.wanted_by, term.texts, term.category) for term in found if term.wanted] == [
        ("edge", 2, 2, "shapes"),
        ("rim", 1, 0, "shapes"),
    ]
    assert found[0].wanted
    assert {said.term for said in found[0].sentences} == {"a", "b"}
    assert all(said.sentence[said.start : said.end] == "edge" for said in found[0].sentences)
    assert "a" in found[0].nearest


def test_a_wanted_term_that_is_spelt_like_a_page_says_which() -> None:
    found = suggested(page("Long Memory (LSTM)", "It remembers.", "long-memory"), page("B", "b", "lstms"))
    assert {term.slug: term.same_as for term in found} == {
        "long-memory": "long-memory-(lstm)",
        "lstms": "long-memory-(lstm)",
    }


TEXTS = (
    "A loss surface has valleys. Gradient methods follow the loss surface down.",
    "The loss surface of a network has many valleys and ridges.",
    "Ridges of the loss surface hinder gradient methods such as Newton's.",
)


def test_phrases_of_the_texts_follow_with_sentences_and_no_spelling_of_a_name() -> None:
    pages = [page(name, text) for name, text in zip(("Gradient method", "Network", "Newton"), TEXTS, strict=True)]
    found = {term.name: term for term in suggested(*pages)}
    assert found["loss surface"].texts == 3
    assert found["loss surface"].slug == "loss-surface"
    assert not found["loss surface"].wanted
    assert len(found["loss surface"].sentences) == 3
    assert not {"gradient methods", "Gradient methods", "networks", "the loss", "surface", "loss"} & set(found)
    assert len(suggested(*pages, top=1)) == 1


def test_texts_that_repeat_from_page_to_page_make_no_term() -> None:
    filler = "{} helps support teams to ship answers quickly."
    pages = [page(name, f"{filler.format(name)} {own}") for name, own in zip(("Ax", "Bow", "Cup"), TEXTS, strict=True)]
    assert not [term.name for term in suggested(*pages) if "support" in term.name or "answers" in term.name]


def test_phrases_end_at_punctuation_function_words_and_formulas() -> None:
    text = r"Big red, dog. Red dog of York; \alpha; the red dog: x_beta 3"
    found, spelt = phrases(text, text.replace("York", "york"))
    assert "red dog of york" in spelt
    assert not {"big red dog", "dog red", "the", "of", "beta", "alpha", "3", "red dog of"} & set(spelt)
    assert len(found) == len(spelt)


def test_chinese_phrases_need_no_spaces() -> None:
    _, spelt = phrases("卷积神经网络很常用", "这里用卷积神经网络", "神经网络")
    assert "神 经 网 络" in spelt


def test_c_value_counts_what_stands_outside_longer_phrases() -> None:
    found, spelt = phrases("deep learning model. deep learning", "deep learning model; deep", "learning")
    value = dict(zip(spelt, c_value(found).tolist(), strict=True))
    # log2(length + 1) times its 3 occurrences less the mean of those of its longer phrases
    assert value["deep learning"] == pytest.approx(np.log2(3) * (3 - 2))
    assert value["deep learning model"] == pytest.approx(np.log2(4) * 2)
    folded = dict(zip(spelt, mostly_nested(found).tolist(), strict=True))
    assert folded["learning model"]
    assert not folded["deep learning model"]


def test_parts_of_names_do_not_count_where_the_name_stands() -> None:
    found, spelt = phrases("one shot learning", "one shot learning", "shot learning", "shot learning")
    named = np.array([each == "one shot learning" for each in spelt], np.bool_)
    if "one shot learning" in spelt:
        outside = dict(zip(spelt, texts_outside(found, named).tolist(), strict=True))
        assert outside["shot learning"] == 2


@pytest.mark.parametrize(
    "glossary",
    [(), (page("A", ""),), (page("A", ""), page("B", "")), tuple(page(name, "All say the same.") for name in "ABCDE")],
)
def test_little_or_no_text_is_no_error(glossary: tuple[Term, ...]) -> None:
    assert suggested(*glossary) == []


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("ab的 .-(", max_size=25), max_size=5))
def test_no_text_breaks_it_and_the_same_text_gives_the_same_terms(texts: list[str]) -> None:
    pages = [Term(slug=str(at), name=f"N{at}", definition=text) for at, text in enumerate(texts)]
    assert suggested(*pages) == suggested(*pages)
    for term in suggested(*pages):
        assert len({said.term for said in term.sentences}) == len(term.sentences) <= 3
        assert all(0 <= said.start < said.end <= len(said.sentence) for said in term.sentences)


def test_a_small_real_glossary_lacks_what_its_texts_speak_of(corpora: Path) -> None:
    glossary = read(str(corpora / "ml-glossary-mlg" / "terms"))
    found = suggest_terms(glossary, build(glossary), top=40)
    names = [term.name for term in found]
    assert found[0].slug == "long-short-term-memory"
    assert found[0].same_as == "long-short-term-memory-lstm"
    assert {"machine learning", "machine translation", "transfer learning"} <= set(names)
    assert len({term.fingerprint for term in found}) == len(found)


def test_the_shipped_atlas_wants_no_term_but_speaks_of_some() -> None:
    glossary = read()
    found = suggest_terms(glossary, build(glossary), top=60)
    assert not any(term.wanted for term in found)
    assert {"OpenAI", "InstructGPT"} & {term.name for term in found} == {"OpenAI"}, (
        "what has no page, and not what has one"
    )
    assert all(term.texts >= 2 and term.category and term.nearest for term in found)
