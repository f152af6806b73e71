"""Suggested links, and the reasons they come with."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

import termatlas as ta
from termatlas.build import build
from termatlas.errors import UnknownTerm, UsageError
from termatlas.model import Glossary, Reference, Term
from termatlas.suggest import folds, ranking, sparse, training
from termatlas.suggest.links import ROOM, suggest_links, suggested_links
from termatlas.suggest.model import Suggestion
from termatlas.suggest.stopwords import STOP_WORDS
from termatlas.suggest.texts import folded, words

sys.path.append(str(Path(__file__).parent / "bench"))
import generate_mentions

LEAST = 0.02


def term(slug: str, text: str = "", *links: str, name: str = "", category: str = "") -> Term:
    related = tuple(Reference(written=link, target=link, resolution="slug") for link in links)
    categories = (category,) if category else ()
    return Term(slug=slug, name=name or slug, definition=text, related=related, categories=categories)


def suggested(*terms: Term, **options: object) -> list[Suggestion]:
    glossary = Glossary(terms=terms)
    return suggest_links(glossary, build(glossary), **options)  # type: ignore[arg-type]  # options of all kinds


def pairs(suggestions: list[Suggestion]) -> set[tuple[str, str]]:
    return {(each.source, each.target) for each in suggestions}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    """Give a generated glossary of 120 terms; two of them have lost all links."""
    path = tmp_path_factory.mktemp("glossary") / "terms.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in generate_mentions.terms(120)), encoding="utf-8")
    glossary = ta.read(path)
    alone = {glossary.terms[3].slug, glossary.terms[7].slug}
    kept = (
        replace(
            each,
            related=tuple(link for link in each.related if each.slug not in alone and link.target not in alone),
        )
        for each in glossary.terms
    )
    return replace(glossary, terms=tuple(kept))


@pytest.fixture(scope="module")
def lost(whole: Glossary) -> set[tuple[str, str]]:
    """Choose twenty links whose target is mentioned, to be taken out."""
    names = {each.slug: each.name.casefold() for each in whole.terms}
    links = [
        (each.slug, link.target)
        for each in whole.terms
        for link in each.related
        if names.get(link.target, "?") in each.explanation.casefold()
    ]
    return set(Random(1).sample(sorted(set(links)), 20))


@pytest.fixture(scope="module")
def glossary(whole: Glossary, lost: set[tuple[str, str]]) -> Glossary:
    kept = (
        replace(each, related=tuple(link for link in each.related if (each.slug, link.target) not in lost))
        for each in whole.terms
    )
    return replace(whole, terms=tuple(kept))


@pytest.fixture(scope="module")
def found(glossary: Glossary) -> list[Suggestion]:
    return suggest_links(glossary, build(glossary), min_probability=LEAST)


def test_lost_links_are_found_again(found: list[Suggestion], lost: set[tuple[str, str]]) -> None:
    # Chance would find one in thirty.
    assert len(found) < 120 * 119 / 30
    assert len(pairs(found) & lost) >= 10


def test_they_come_by_falling_probability(found: list[Suggestion]) -> None:
    assert found == sorted(found, key=lambda each: (-each.probability, each.source, each.target))
    assert all(LEAST <= each.probability <= 1 for each in found)


def test_no_link_is_suggested_twice_or_though_it_is_there(found: list[Suggestion], glossary: Glossary) -> None:
    graph = build(glossary)
    assert len(pairs(found)) == len(found)
    assert not pairs(found) & set(graph.edges)
    assert all(each.source != each.target and each.target in glossary for each in found)


def test_no_page_is_filled_beyond_its_room(found: list[Suggestion], glossary: Glossary) -> None:
    graph = build(glossary)
    for slug in {each.source for each in found}:
        assert graph.out_degree(slug) + sum(each.source == slug for each in found) <= ROOM


def test_every_suggestion_has_reasons_in_order_of_weight(found: list[Suggestion]) -> None:
    for each in found:
        assert each.reasons
        assert [reason.weight for reason in each.reasons] == sorted((r.weight for r in each.reasons), reverse=True)


def test_mentions_are_marked_in_their_sentence(found: list[Suggestion], glossary: Glossary) -> None:
    marked = [(each, reason) for each in found for reason in each.reasons if reason.kind == "mention"]
    assert len(marked) > 10
    for each, reason in marked:
        mentioned = each.source if reason.terms else each.target
        names = (glossary[mentioned].name, *glossary[mentioned].aliases)
        surface = [folded(word) for word, _, _ in words(reason.sentence[reason.start : reason.end])]
        assert surface in [[folded(word) for word, _, _ in words(name)] for name in names]


def test_neighbours_that_are_named_are_neighbours(found: list[Suggestion], glossary: Glossary) -> None:
    links = build(glossary).to_undirected()
    named = [(each, r) for each in found for r in each.reasons if r.kind == "shared-neighbours"]
    assert named
    for each, reason in named:
        assert set(reason.terms) <= set(links[each.source]) & set(links[each.target])


def test_links_back_are_there(found: list[Suggestion], glossary: Glossary) -> None:
    graph = build(glossary)
    for each in found:
        says = any(reason.kind == "links-back" for reason in each.reasons)
        assert says == graph.has_edge(each.target, each.source)


def test_orphans_get_the_best_there_is_in_both_directions(glossary: Glossary) -> None:
    found = suggest_links(glossary, build(glossary), orphans=True, min_probability=1)
    alone = {glossary.terms[3].slug, glossary.terms[7].slug}
    graph = build(glossary)
    assert alone <= {each.source for each in found}
    assert alone <= {each.target for each in found}
    assert all(not graph.in_degree(each.source) or not graph.in_degree(each.target) for each in found)
    firsts = {each.target for each in found if any(r.kind == "first-incoming" for r in each.reasons)}
    assert alone <= firsts


def test_the_same_input_gives_the_same_suggestions(glossary: Glossary, found: list[Suggestion]) -> None:
    assert suggest_links(glossary, build(glossary), min_probability=LEAST) == found


def test_the_number_of_processors_does_not_matter(
    glossary: Glossary, found: list[Suggestion], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (folds, ranking, sparse, training):
        monkeypatch.setattr(module, "threads", lambda: 1)
    assert suggest_links(glossary, build(glossary), min_probability=LEAST) == found


def test_words_that_texts_share_are_no_function_words(found: list[Suggestion]) -> None:
    pages = [
        term("node", "The share of a map that the town has, drawn by hand with ink on paper."),
        term("edge", "A share of the town, a river flows through it and along every map."),
    ]
    others = [term(f"t{at}", f"Thing {word} here.") for at, word in enumerate(("oak", "fir", "elm", "yew"))]
    shared = [r.words for s in suggested(*pages, *others, min_probability=0) for r in s.reasons if r.words]
    assert shared
    assert not {folded(word) for each in shared for word in each} & STOP_WORDS
    assert not {folded(word) for s in found for r in s.reasons for word in r.words} & STOP_WORDS


def test_one_term_alone(glossary: Glossary, found: list[Suggestion]) -> None:
    slug = found[0].source
    asked = suggest_links(glossary, build(glossary), source=glossary[slug].name, min_probability=LEAST)
    assert asked
    assert all(slug in (each.source, each.target) for each in asked)


def test_per_term_is_kept() -> None:
    terms = [term("a", "Nodes, links and trees."), *(term(name) for name in ("node", "link", "tree"))]
    assert len([each for each in suggested(*terms, per_term=2, min_probability=0) if each.source == "a"]) == 2
    assert suggested(*terms, per_term=0, min_probability=0) == []


def test_a_full_page_gets_nothing() -> None:
    others = [term(f"t{at}") for at in range(ROOM)]
    full = term("a", "It has nodes.", *(each.slug for each in others))
    assert not any(each.source == "a" for each in suggested(full, term("node"), *others, min_probability=0))


def test_an_unknown_term_is_named() -> None:
    with pytest.raises(UnknownTerm, match='no term is called "x"; near it: node'):
        suggested(term("node"), source="x")


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"min_probability": 1.5}, "a probability lies between 0 and 1, not at 1.5"),
        ({"per_term": -1}, "a term cannot be given -1 links"),
    ],
)
def test_wrong_options_are_refused(option: dict[str, float], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        suggested(term("node"), **option)


@pytest.mark.parametrize(
    "terms",
    [
        [],
        [term("a", "A text.")],
        [term(name) for name in "abcde"],
        [term(name, "All the same text.") for name in "abcde"],
        [term(name, "All the same text.", "a") for name in "abcde"],
        [term("a", "A.*b [", name=".*"), term("b", "(", name="["), term("c", name="\\")],
        [term("a", "x " * 100, name="y " * 2_500), term("b", "y " * 5_000)],
        [term("a", "Cell", name="Cell"), term("b", "cell", name="Cell")],
        [term("a", "", "wanted"), term("b", "the wanted", "wanted")],
        [term("a", "a", "a")],
    ],
)
def test_poor_glossaries_give_no_errors(terms: list[Term]) -> None:
    for each in suggested(*terms, min_probability=0, orphans=True):
        assert each.reasons
    suggested(*terms)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("注意力机制", "变换器使用注意力机制来处理序列。"),
        ("الشبكة العصبية", "يتعلم من البيانات باستخدام الشبكة العصبية دائما."),
        ("Straßennetz", "Ein STRASSENNETZ verbindet Städte."),
    ],
)
def test_mentions_of_any_script_are_found_and_shown(name: str, text: str) -> None:
    suggestion = suggested(term("a", text), term("b", "…", name=name), term("c"), min_probability=0)[0]
    assert (suggestion.source, suggestion.target) == ("a", "b")
    (reason,) = (reason for reason in suggestion.reasons if reason.kind == "mention")
    assert reason.sentence == text
    assert reason.sentence[reason.start : reason.end].casefold() == name.casefold()


def test_sentences_that_repeat_from_page_to_page_are_no_evidence() -> None:
    same = "{0} matters because teams compare it with the Vision Transformer and with CLIP before they launch."
    pages = [
        term(f"page-{at}", f"{same.format(name)} {name} draws {word}.", name=name)
        for at, (name, word) in enumerate(
            [("Alpha", "maps"), ("Beta", "roads"), ("Gamma", "rivers"), ("Delta", "hills")]
        )
    ]
    found = suggested(*pages, term("vit", name="Vision Transformer"), term("clip", name="CLIP"), min_probability=0)
    assert not any("launch" in reason.sentence for each in found for reason in each.reasons)
    assert not any(each.target in {"vit", "clip"} and each.reasons[0].kind == "mention" for each in found)


def test_what_the_user_is_told_of_the_weights(glossary: Glossary) -> None:
    few = Glossary(terms=(term("a", "A node.", "b"), term("b"), term("node")))
    found = suggested_links(few, build(few), min_probability=0)
    assert (found.model, found.note[:35]) == ("fixed", "1 links are too few to learn from (")
    learned = suggested_links(glossary, build(glossary))
    assert (learned.model, learned.note[:30]) == ("logistic", "the weights were learned from ")


def test_probabilities_are_rounded_numbers_of_python(found: list[Suggestion]) -> None:
    assert all(type(each.probability) is float and round(each.probability, 4) == each.probability for each in found)
    assert not any(isinstance(reason.weight, np.generic) for each in found for reason in each.reasons)
