"""Sentences that repeat from page to page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.model import Glossary, Question, Term
from termatlas.sources import read
from termatlas.suggest.boilerplate import own_texts, repeated_sentences
from termatlas.suggest.names import names_of

FILLER = "{} is often easier to grasp once you look at the work around it."


def glossary(*texts: str) -> Glossary:
    return Glossary(
        terms=tuple(
            Term(slug=slug, name=name, definition=text.replace("{}", name))
            for slug, name, text in zip(("alpha-net", "beta", "gamma", "delta"), NAMES, texts, strict=False)
        )
    )


NAMES = ("Alpha Net", "Beta", "Gamma", "Delta")


def test_a_sentence_that_differs_only_in_the_term_is_boilerplate_in_three_terms_but_not_in_two() -> None:
    three = repeated_sentences(glossary(FILLER, FILLER, FILLER, "Delta is a river mouth."))
    assert [(each.template, each.terms, each.example) for each in three] == [
        ("… is often easier to grasp once you look at the work around it.", ("alpha-net", "beta", "gamma"),
         "Alpha Net is often easier to grasp once you look at the work around it.")
    ]  # fmt: skip
    assert repeated_sentences(glossary(FILLER, FILLER, "Gamma decays.", "Delta is a river mouth.")) == []
    assert len(repeated_sentences(glossary(FILLER, FILLER), at_least=2)) == 1


def test_own_texts_keep_the_rest_as_it_is_written() -> None:
    said = "Its first line.\n\n" + FILLER + " Its  last line, e.g. this one."
    texts = own_texts(glossary(said, FILLER, FILLER, "Delta ends  here. And here."))
    assert texts == {
        "alpha-net": "Its first line.\n\nIts  last line, e.g. this one.",
        "beta": "",
        "gamma": "",
        "delta": "Delta ends  here. And here.",
    }


@pytest.mark.parametrize(
    "spelt",
    [
        "ALPHA NETS matter to all of them.",
        "The alpha net, an alpha net: matter for all.",
        "Alpha-Net works like that one.",
    ],
)
def test_aliases_plurals_and_the_words_of_the_slug_stand_for_the_term(spelt: str) -> None:
    others = {"ALPHA NETS": ("Beta", "Gammas"), "The alpha net": ("The beta, a beta", "The gamma, a gamma")}
    name = next((name for name in others if spelt.startswith(name)), "Alpha-Net")
    beta, gamma = others.get(name, ("Beta", "Gamma"))
    rest = spelt.removeprefix(name).removeprefix(", an alpha net")
    terms = (
        Term(slug="alpha-net", name="Alpha Net", aliases=("Alpha-Net",), definition=spelt),
        Term(slug="beta", name="Beta", definition=beta + rest),
        Term(slug="gamma", name="Gamma", definition=gamma + rest),
    )
    assert [each.terms for each in repeated_sentences(Glossary(terms=terms))] == [("alpha-net", "beta", "gamma")]


def test_a_name_within_a_word_is_not_the_term() -> None:
    terms = tuple(
        Term(slug=name, name=name, definition=f"The domain {name}main is said at length.") for name in ("a", "b", "c")
    )
    assert repeated_sentences(Glossary(terms=terms)) == []


def test_chinese_text_without_spaces_repeats_too() -> None:
    terms = tuple(
        Term(slug=name, name=name, definition=f"{name}在实际应用中非常重要而且被广泛使用。{own}。")
        for name, own in (("注意力", "它加权"), ("卷积", "它滑动"), ("池化", "它缩小"))
    )
    found = repeated_sentences(Glossary(terms=terms))
    assert [each.template for each in found] == ["…在实际应用中非常重要而且被广泛使用。"]
    assert own_texts(Glossary(terms=terms))["卷积"] == "它滑动。"


def test_answers_count_and_short_sentences_may_repeat() -> None:
    terms = tuple(
        Term(slug=name, name=name, questions=(Question(question="?", answer=f"Yes. {name} pays off for teams."),))
        for name in NAMES
    )
    assert [each.template for each in repeated_sentences(Glossary(terms=terms))] == ["… pays off for teams."]
    assert own_texts(Glossary(terms=terms))["Beta"] == "Yes."


def test_the_same_text_in_every_term_leaves_nothing_and_no_text_is_no_error() -> None:
    same = tuple(Term(slug=name, name=name, explanation="All terms say just this.") for name in NAMES)
    assert set(own_texts(Glossary(terms=same)).values()) == {""}
    assert own_texts(Glossary(terms=(Term(slug="a", name="A"),))) == {"a": ""}
    assert own_texts(Glossary()) == {}


def test_of_two_terms_with_one_slug_the_first_counts() -> None:
    twice = (Term(slug="a", name="A", definition="First."), Term(slug="a", name="A", definition="Second."))
    assert own_texts(Glossary(terms=twice)) == {"a": "First."}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("aB .!\n\0。…", max_size=30), max_size=5), st.text("aB \0。", max_size=4))
def test_texts_without_repetition_stay_and_no_text_breaks_it(texts: list[str], name: str) -> None:
    terms = tuple(Term(slug=str(at), name=name, explanation=text) for at, text in enumerate(texts))
    assert own_texts(Glossary(terms=terms), at_least=9) == {term.slug: term.explanation.strip() for term in terms}
    repeated = repeated_sentences(Glossary(terms=terms), at_least=2)
    assert all(len(each.terms) >= 2 for each in repeated)
    assert repeated == repeated_sentences(Glossary(terms=terms[::-1]), at_least=2)


def test_a_real_page_beside_made_ones_of_its_mould(seeds: Path) -> None:
    page = read(str(seeds)).terms[0]
    swapped = [
        Term(slug=slug, name=name, explanation=page.explanation.replace(page.name, name))
        for slug, name in (("clip", "CLIP"), ("sam", "Segment Anything Model"))
    ]
    texts = own_texts(Glossary(terms=(page, *swapped)))
    assert "easier to understand when you stop treating it" in page.explanation
    assert "easier to understand when you stop treating it" not in texts[page.slug]
    assert texts[page.slug].startswith(page.definition[:40])


def test_real_glossaries_have_little_of_it(corpora: Path) -> None:
    gpu = read(str(corpora / "gpu-glossary" / "gpu-glossary"))
    assert "you can find its documentation here." in {each.template for each in repeated_sentences(gpu)}
    kept, whole = (sum(map(len, own_texts(gpu, at_least=least).values())) for least in (3, 10**9))
    assert 0.97 < kept / whole < 1


def test_names_are_read_from_brackets_and_questions() -> None:
    assert names_of(Term(slug="x", name="What are the Streaming Multiprocessors (SM)?")) == [
        "What are the Streaming Multiprocessors (SM)?",
        "Streaming Multiprocessors (SM)",
        "Streaming Multiprocessors",
        "SM",
    ]
    assert names_of(Term(slug="x", name="", aliases=(" ",))) == []
