"""Terms that may be one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.build import build
from termatlas.model import Glossary, Reference, Term
from termatlas.sources import read
from termatlas.suggest.corpus import corpus_for
from termatlas.suggest.duplicates import Duplicate, suggest_duplicates
from termatlas.suggest.samenames import are_siblings, initials

LONG = "Words that say at some length how a picture is cut into parts, by points, boxes or strokes that a person gives."
OTHER = "Rockets which are fired from the ground at planes high above, steered by heat or by a beam from the launcher."


def suggested(*terms: Term) -> list[Duplicate]:
    glossary = Glossary(terms=terms)
    return suggest_duplicates(glossary, build(glossary))


def kinds(*terms: Term) -> list[tuple[str, str, str]]:
    return [(found.first, found.second, found.kind) for found in suggested(*terms)]


def term(slug: str, name: str, text: str = "", *aliases: str, related: tuple[str, ...] = ()) -> Term:
    links = tuple(Reference(written=to, target=to) for to in related)
    return Term(slug=slug, name=name, definition=text, aliases=aliases, related=links)


FILL = tuple(term(f"t{at}", f"Thing {word}", f"It is {word}.") for at, word in enumerate(("oak", "fir", "elm", "yew")))


def test_spelling_variants_are_for_merging() -> None:
    found = suggested(term("data-base", "Data base"), term("databases", "Databases"), *FILL)
    assert [(each.first, each.second, each.kind) for each in found] == [("data-base", "databases", "merge")]
    assert "their names differ only in case, spaces, hyphens or a plural" in [each.message for each in found[0].reasons]


def test_an_abbreviation_and_the_page_that_gives_it_are_an_alias_with_the_sentence() -> None:
    found = suggested(term("sam", "SAM"), term("long", "Segment Anything Model", f"(SAM) {LONG}"), *FILL)
    assert [(each.first, each.second, each.kind) for each in found] == [("long", "sam", "alias")]
    said = next(reason for reason in found[0].reasons if reason.sentence)
    assert said.sentence[said.start : said.end] == "SAM"
    assert said.message == "long gives the name of sam in brackets at its start"


def test_two_pages_with_one_text_are_for_merging() -> None:
    assert ("a", "b", "merge") in kinds(term("a", "Cut out", LONG), term("b", "Cutting out", LONG), *FILL)


def test_one_abbreviation_of_two_things_is_for_telling_apart() -> None:
    found = kinds(
        term("cut", "Segment Anything Model", LONG, "SAM"), term("shot", "Surface to Air Missile", OTHER, "SAM"), *FILL
    )
    assert found == [("cut", "shot", "confusable")]


def test_siblings_and_links_between_two_terms_speak_against() -> None:
    inner, outer = term("inner", "Inner join", f"Not an outer join. {LONG}"), term("outer", "Outer join", f"{OTHER}")
    assert kinds(inner, outer, *FILL) == []
    told = term("long", "Segment Anything Model", f"Or SAM for short. {LONG}")
    assert kinds(term("sam", "SAM", OTHER, related=("long",)), replace(told, related=()), *FILL) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Top-1 error rate", "Top-5 error rate"), ("Same convolution", "Valid convolution"), ("GPT-2", "GPT3")],
)
def test_names_that_differ_in_one_word_or_number_are_never_for_merging(one: str, other: str) -> None:
    found = suggested(term("a", one, LONG), term("b", other, LONG), *FILL)
    assert {each.kind for each in found if (each.first, each.second) == ("a", "b")} <= {"confusable"}
    same = [each for each in suggested(term("a", one, LONG), term("b", "Cut out", LONG), *FILL) if each.first == "a"]
    assert [each.kind for each in same] == ["merge"]


def test_a_known_corpus_gives_the_same_pairs() -> None:
    pages = (term("sam", "SAM"), term("long", "Segment Anything Model", f"(SAM) {LONG}"), *FILL)
    glossary = Glossary(terms=pages)
    graph = build(glossary)
    assert suggest_duplicates(glossary, graph, corpus=corpus_for(glossary, graph)) == suggested(*pages)


def test_many_terms_with_one_name_are_named_as_a_cluster() -> None:
    found = suggested(
        *(
            term(f"v{at}", name)
            for at, name in enumerate(("Data base", "Database", "data-base", "DATA BASE", "databases"))
        )
    )
    assert len(found) == 10
    assert {each.cluster for each in found} == {("v0", "v1", "v2", "v3", "v4")}
    few = suggested(term("v0", "Data base"), term("v1", "Database"))
    assert few[0].cluster == ()


@pytest.mark.parametrize(
    "terms", [(), (term("a", "A"),), (term("a", ""), term("b", "")), (term("a", "x"), term("b", "y"))]
)
def test_little_is_no_error(terms: tuple[Term, ...]) -> None:
    assert suggested(*terms) == []


def test_the_order_of_terms_does_not_matter_and_fingerprints_stay() -> None:
    pages = (term("sam", "SAM"), term("long", "Segment Anything Model", f"(SAM) {LONG}"), *FILL)
    assert suggested(*pages) == suggested(*pages[::-1])
    assert suggested(*pages)[0].fingerprint == suggested(*pages[:2])[0].fingerprint


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.text("aAb 的-(", max_size=6), st.text("ab .(A)", max_size=12)), max_size=5))
def test_no_names_break_it(pairs: list[tuple[str, str]]) -> None:
    found = suggested(*(term(str(at), name, text) for at, (name, text) in enumerate(pairs)))
    assert all(each.first < each.second and 0 <= each.score <= 1 for each in found)


def test_initials_and_siblings() -> None:
    assert initials("Department of Defense") == {"dod", "dd"}
    assert are_siblings(["top-1 error rate"], ["top-5 error rate"])
    assert not are_siblings(["Telephone API"], ["Telephony API"])
    assert not are_siblings([], ["x"])


def test_a_real_glossary_has_some(corpora: Path) -> None:
    glossary = read(str(corpora / "ml-glossary-mlg" / "terms"))
    found = {(each.first, each.second): each.kind for each in suggest_duplicates(glossary, build(glossary))}
    assert found["connectionist-temporal-classification-ctc", "temporal-classification"] == "alias"
    assert found["latent-dirichlet-allocation-lda", "linear-discriminant-analysis-lda"] == "confusable"
    assert len(found) < 25
