"""Words, sentences and mentions in texts of any script."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.build import build
from termatlas.model import Glossary, Term
from termatlas.suggest.corpus import Corpus, corpus_of
from termatlas.suggest.mentionpairs import mention_pairs
from termatlas.suggest.mentions import Mentions, find_mentions
from termatlas.suggest.texts import folded, sentences, words


def corpus(*terms: Term) -> Corpus:
    glossary = Glossary(terms=terms)
    return corpus_of(glossary, build(glossary))


def named(name: str, text: str = "", *aliases: str) -> Term:
    return Term(slug=name, name=name, definition=text, aliases=aliases)


def found(terms: Corpus, mentions: Mentions) -> list[tuple[str, str, bool]]:
    columns = zip(mentions.source.tolist(), mentions.target.tolist(), mentions.loose.tolist(), strict=True)
    return [(terms.slugs[source], terms.slugs[target], loose) for source, target, loose in columns]


def mentions_in(text: str, *names: str) -> list[tuple[str, bool]]:
    terms = corpus(named("?", text), *map(named, names))
    return [(target, loose) for _, target, loose in found(terms, find_mentions(terms))]


def test_the_longest_match_wins() -> None:
    assert mentions_in("A knowledge graph.", "graph", "knowledge graph") == [
        ("knowledge graph", False),
        ("graph", True),
    ]


def test_a_nested_name_counts_where_it_stands_alone() -> None:
    assert ("graph", False) in mentions_in("A knowledge graph is a graph.", "graph", "knowledge graph")


def test_names_overlap_without_being_nested() -> None:
    assert mentions_in("open source code", "open source", "source code") == [
        ("open source", False),
        ("source code", False),
    ]


def test_short_acronyms_keep_their_case() -> None:
    assert mentions_in("It is sold by IT.", "IT") == [("IT", True), ("IT", False)]


def test_a_long_name_in_capitals_is_read_in_any_case() -> None:
    assert mentions_in("the algol-like languages", "ALGOL-LIKE") == [("ALGOL-LIKE", False)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("多头注意力是一种注意力机制。", "注意力机制"),
        ("تستخدم الشبكة العصبية طبقات", "الشبكة العصبية"),
        ("Ein Maß der Größe", "Mass der Grösse"),
        ("Graphs, and queries", "query"),
        ("Written in C++, not in C.", "C++"),
        ("Das Straßennetz", "strassennetz"),
        ("naïve Bayes", "Naive Bayes"),
        ("one (.*) [a-z]+ two", "(.*) [a-z]+"),
    ],
)
def test_mentions_in_many_scripts(text: str, name: str) -> None:
    assert mentions_in(text, name) == [(name, False)]


def test_german_compounds_do_not_mention_their_parts() -> None:
    assert mentions_in("Ein Straßennetz", "Netz") == []


def test_c_is_not_c_sharp() -> None:
    assert mentions_in("Written in C# and C++", "C") == []


def test_a_term_does_not_mention_itself_but_two_terms_of_one_name_mention_each_other() -> None:
    terms = corpus(Term(slug="a", name="Cell", definition="A cell."), Term(slug="b", name="Cell"))
    assert found(terms, find_mentions(terms)) == [("a", "b", False)]


def test_no_name_is_found_across_the_border_of_two_texts() -> None:
    terms = corpus(named("x", "some open"), named("y", "source here"), named("open source"))
    assert found(terms, find_mentions(terms)) == []


def test_very_long_names() -> None:
    long = "word " * 1_000 + "end"
    assert mentions_in(f"See {long}.", long) == [(long, False)]


@pytest.mark.parametrize("names", [[], ["?!"], [""], [".*", "("]])
def test_names_without_words_are_mentioned_nowhere(names: list[str]) -> None:
    assert mentions_in("Some text ?! .* (", *names) == []


def test_pairs_keep_the_first_firm_mention() -> None:
    terms = corpus(
        named("?", "A knowledge graph, then a graph, then a graph."), *map(named, ("graph", "knowledge graph"))
    )
    mentions = find_mentions(terms)
    pairs = mention_pairs(terms, mentions)
    at = pairs.target.tolist().index(terms.number["graph"])
    assert (int(pairs.count[at]), int(pairs.all[at]), int(pairs.place[at])) == (2, 3, 5)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("ab ", max_size=12), max_size=4), st.lists(st.text("ab ", min_size=1, max_size=4), max_size=4))
def test_mentions_are_those_that_a_slow_search_finds(texts: list[str], names: list[str]) -> None:
    terms = [Term(slug=f"t{at}", name=f"text{at}", definition=text) for at, text in enumerate(texts)]
    labels = dict.fromkeys(" ".join(name.split()) for name in names)
    terms += [Term(slug=f"n{name}", name=name) for name in labels if name]
    glossary = corpus(*terms)
    slow = sorted(
        (term.slug, f"n{name}", start)
        for term in terms
        for name in filter(None, labels)
        for start in range(len(term.definition.split()))
        if term.definition.split()[start : start + len(name.split())] == name.split()
    )
    mentions = find_mentions(glossary)
    places = mentions.first - glossary.offsets[mentions.source]
    fast = [
        (glossary.slugs[source], glossary.slugs[target], place)
        for source, target, place in zip(
            mentions.source.tolist(), mentions.target.tolist(), places.tolist(), strict=True
        )
    ]
    assert sorted(fast) == slow


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    assert all(text[start:end] == word and folded(word) for word, start, end in words(text))


@given(st.text("ab.!? \n。", max_size=40))
def test_sentences_cover_all_words(text: str) -> None:
    spans = list(sentences(text))
    covered = np.zeros(len(text) + 1, np.bool_)
    for start, end in spans:
        covered[start:end] = True
    assert all(covered[start] for _, start, _ in words(text))
