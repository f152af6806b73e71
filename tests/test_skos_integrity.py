"""The integrity conditions of SKOS and the issues of vocabularies, from the file to the finding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from running import Command
from termatlas.build import build
from termatlas.findings import check
from termatlas.findings.skos_rules import SKOS
from termatlas.model import Glossary, Violation
from termatlas.sources import read
from termatlas.sources.skoshierarchy import lines, reached

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix isothes: <http://purl.org/iso25964/skos-thes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/v/> .
"""
CONDITIONS = ("S9", "S13", "S14", "S27", "S37", "S46")


def noted(folder: Path, text: str) -> tuple[Violation, ...]:
    path = folder / "v.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return read(path).violations


def broken(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(each.condition, each.message) for each in noted(folder, text) if each.condition in CONDITIONS]


def issues(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(each.condition, each.message) for each in noted(folder, text) if each.condition not in CONDITIONS]


def test_the_examples_of_the_reference_are_told_apart(corpora: Path, termatlas: Command) -> None:
    """An invalid file fails by a rule of a condition; a valid one passes, though other rules find things."""
    files = sorted((corpora / "skos-examples").glob("*/*/*.ttl"))
    codes = {(path.parent.parent.name, path.name): termatlas("check", path).code for path in files}
    assert Counter((kind, code) for (kind, _), code in codes.items()) == {("valid", 0): 35, ("invalid", 1): 16}


def test_an_example_without_a_term_says_what_is_wrong_and_where(corpora: Path, termatlas: Command) -> None:
    done = termatlas("check", corpora / "skos-examples/invalid/skos-reference/ex13.ttl", "--select", "label-clash")
    assert '"love" is both preferred label and alternative label of "love"' in done.out
    assert "ex13.ttl" in done.out
    assert done.code == 1


CASES: dict[str, tuple[str, str, str]] = {
    "a scheme in a relation": (
        ":s a skos:ConceptScheme . :a skos:broader :s .", "S9",
        '"s" is a concept, for a relation of concepts leads to it and a concept scheme',
    ),
    "a scheme that is a top concept": (
        ":s skos:hasTopConcept :a . :a skos:hasTopConcept :b .", "S9",
        '"a" is a concept, for it is the top concept of a scheme and a concept scheme with top concepts',
    ),
    "a class of concepts": (
        ":Place rdfs:subClassOf skos:Concept . :s a :Place , skos:ConceptScheme .", "S9",
        '"s" is a concept and a concept scheme',
    ),
    "a collection in a relation": (
        ":c skos:member :a ; skos:related :b .", "S37",
        '"c" is a collection, for it has members and a concept, for it has relations of concepts',
    ),
    "a collection with members in it as a scheme": (
        ":c a skos:OrderedCollection . :a skos:inScheme :c .", "S37",
        '"c" is a collection and a concept scheme, for things are in it',
    ),
    "an array of ISO 25964": (
        ":c a isothes:ThesaurusArray , skos:Concept .", "S37", '"c" is a collection and a concept',
    ),
    "tags that differ in case": (
        ':a skos:prefLabel "x"@en-GB , "y"@en-gb .', "S14",
        '"x" has two preferred labels in the language "en-gb": "x" and "y"',
    ),
    "names without a language": (
        ':a skos:prefLabel "x" , "y" .', "S14", '"x" has two preferred labels without a language: "x" and "y"',
    ),
    "labels that are things": (
        ':a skosxl:prefLabel :l ; skosxl:altLabel :m . :l skosxl:literalForm "x"@en . :m skosxl:literalForm "x"@en .',
        "S13", '"x" is both preferred label and alternative label of "x"',
    ),
    "kinds of broader": (
        ":a isothes:broaderPartitive :b . :c skos:narrowMatch :b . :c skos:related :a .", "S27",
        '"a" is related to "c", which is broader than it',
    ),
    "in a cycle": (
        ":a skos:broader :b . :b skos:broader :a . :a skos:related :a .", "S27",
        '"a" is related to "a", which is broader than it',
    ),
    "another way up": (
        ":a skos:broader :b , :c . :b skos:broader :d . :c skos:broader :e . :d skos:related :a .", "S27",
        '"a" is related to "d", which is broader than it',
    ),
    "equal by two steps": (
        ":b skos:exactMatch :a . :b skos:exactMatch :c . :a skos:narrowMatch :c .", "S46",
        '"c" is both an exact match and a narrower match of "a"',
    ),
    "itself": (
        ":a skos:exactMatch :a ; skos:broadMatch :a .", "S46", '"a" is both an exact match and a broader match of "a"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_follows_breaks_a_condition_too(tmp_path: Path, case: str) -> None:
    text, condition, message = CASES[case]
    assert (condition, message) in broken(tmp_path, text)


def test_own_properties_below_those_of_skos_count(tmp_path: Path) -> None:
    text = ":near rdfs:subPropertyOf :like . :like rdfs:subPropertyOf skos:related . :a skos:broader :b ; :near :b ."
    assert broken(tmp_path, text) == [("S27", '"a" is related to "b", which is broader than it')]


@pytest.mark.parametrize(
    "text",
    [
        ':a skos:prefLabel "x"@en , "x"@de ; skos:altLabel "X"@en .',
        ":a skos:closeMatch :b ; skos:broadMatch :b .",
        ":c skos:member :a , :d . :d skos:member :b .",
        ":a skos:exactMatch :b . :b skos:broadMatch :c .",
        ":a skos:broader :b . :c skos:broader :b . :a skos:related :c .",
    ],
)
def test_what_looks_odd_but_breaks_nothing_is_left_alone(tmp_path: Path, text: str) -> None:
    assert broken(tmp_path, text) == []


ISSUES: dict[str, tuple[str, str]] = {
    "el": (':a skos:prefLabel " "@en ; rdfs:label "a" ; skos:related :a .', 'a label of "a" is empty'),
    "ml": (':s a skos:ConceptScheme . :a skos:inScheme :s ; rdfs:label "a" .', '"s" has no name'),
    "oilt": (
        ':a skos:prefLabel "a"@en ; skos:definition "d"@en ; skos:note "n" ; skos:related :a .',
        'a text of "a" does not say its language',
    ),
    "ilc": (
        ':a skos:prefLabel "a"@en , "A"@de ; skos:related :b . :b skos:prefLabel "b"@en ; skos:related :a .',
        '"b" has no name in de',
    ),
    "anr": (
        ':a skos:notation "1" ; rdfs:label "a" ; skos:broader :c . '
        ':b skos:notation "1" ; rdfs:label "b" ; skos:broader :c .',
        '"1" is the notation of both "a" and "b"',
    ),
    "var": (
        ':a skos:broader :c . :b skos:broader :c . :a skos:related :b . :a rdfs:label "a" . :b rdfs:label "b" .',
        '"a" and "b" are related, and both below "c"',
    ),
    "strc": (
        ':a skos:broaderTransitive :b ; skos:related :b ; rdfs:label "a" .',
        'no chain of broader concepts leads from "a" to "b"',
    ),
    "otc": (
        ':s a skos:ConceptScheme ; rdfs:label "s" . :a skos:inScheme :s ; skos:broader :b ; rdfs:label "a" .',
        'the scheme "s" has a hierarchy but no top concept',
    ),
    "tchbc": (
        ':a skos:topConceptOf :s ; skos:broader :b ; rdfs:label "a" .',
        '"a" is a top concept of its scheme, though "b" is broader',
    ),
    "mri": (
        ':a skos:closeMatch :b ; skos:related :b ; rdfs:label "a" . :b skos:related :a ; rdfs:label "b" .',
        '"a" is mapped to "b", a concept of its own scheme',
    ),
    "usr": (':a skos:prefLable "a"@en ; skos:related :b .', '"a" has skos:prefLable, which SKOS does not know'),
    "husv": (
        '<urn:x:a> skos:related <urn:x:b> ; rdfs:label "a" .',
        'concepts such as "a" have an address that starts with "urn:"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("issue", ISSUES)
def test_an_issue_is_found(tmp_path: Path, issue: str) -> None:
    text, message = ISSUES[issue]
    assert (issue, message) in issues(tmp_path, text)


def test_a_sound_vocabulary_has_no_issue(tmp_path: Path) -> None:
    text = """
    :s a skos:ConceptScheme ; skos:prefLabel "s"@en ; skos:hasTopConcept :c .
    :a skos:inScheme :s ; skos:broader :c ; skos:prefLabel "a"@en , "A"@de ; skos:notation "1" .
    :b skos:inScheme :s ; skos:broader :a ; skos:prefLabel "b"@en , "B"@de ; skos:notation "2" .
    :c skos:inScheme :s ; skos:prefLabel "c"@en , "C"@de ; skos:exactMatch <https://example.com/c> .
    :b skos:broaderTransitive :c .
    """
    assert noted(tmp_path, text) == ()


def test_every_condition_and_every_issue_has_a_rule() -> None:
    known = [name for rule in SKOS for name in (rule.skos or rule.qskos.split()[0],)]
    assert Counter(known) == Counter([*CONDITIONS, *ISSUES])


def test_a_vocabulary_in_several_files_is_read_with_all_its_violations(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.ttl").write_text(PREFIXES + f':{name} skos:prefLabel "x"@en , "y"@en .', encoding="utf-8")
    glossary = read(tmp_path)
    assert [each.where.file.rpartition("/")[2] for each in glossary.violations] == ["one.ttl", "two.ttl"]
    assert [source.left_out for source in glossary.sources] == ["it holds no term"] * 2
    assert [each.rule for each in check(glossary, build(glossary))] == ["second-name"] * 2


def test_what_termatlas_exports_breaks_nothing(tmp_path: Path, termatlas: Command) -> None:
    assert termatlas("export", "glossary.ttl", "--out", tmp_path / "atlas.ttl").code == 0
    assert read(tmp_path / "atlas.ttl").violations == ()


def test_a_glossary_of_another_format_has_no_violations() -> None:
    assert read().violations == Glossary().violations == ()


NODES = st.sampled_from("abcdef")


@given(st.dictionaries(NODES, st.sets(NODES, min_size=1)), st.lists(st.tuples(NODES, NODES)))
@settings(deadline=None)
def test_lines_are_what_walks_reach(up: dict[str, set[str]], pairs: list[tuple[str, str]]) -> None:
    both = {*pairs, *((other, one) for one, other in pairs)}
    assert list(lines(up, pairs)) == sorted((low, high) for low, high in both if high in reached(up, low))
