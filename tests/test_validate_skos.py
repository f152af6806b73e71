"""The conditions of SKOS: the examples of the reference, faults put in on purpose, and the shapes that say the same."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
import rdflib

import termatlas as ta
from running import Command
from termatlas.sources.files import SourceFile
from termatlas.sources.rdffile import read_facts
from termatlas.sources.skosintegrity import integrity_violations
from termatlas.sources.skosstatements import statements
from termatlas.validate import results_of
from vocabularies import Fault, faulty, given, in_turtle, sound

SHAPES = (files("termatlas.validate") / "skos.shacl.ttl").read_text("utf-8")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def faults_of(data: bytes) -> set[Fault]:
    found = results_of([given(data)], ["skos"])
    return {(each.rule, frozenset(filter(None, (each.concept, str(each.value))))) for each in found}


def faults_by_pyshacl(data: bytes) -> set[Fault]:
    import pyshacl

    graph = rdflib.Graph().parse(data=data, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    found = set()
    for result in report.objects(None, SH.result):
        rule = str(report.value(result, SH.sourceShape)).rpartition("#")[2].partition("-")[0]
        ends = [SH.focusNode, SH.value] if rule in ("S27", "S46") else [SH.focusNode]
        found.add((rule, frozenset(str(report.value(result, end)) for end in ends)))
    return found


def test_the_examples_of_the_reference_are_told_apart(corpora: Path, termatlas: Command) -> None:
    paths = sorted((corpora / "skos-examples").glob("*/*/*.ttl"))
    codes = Counter((path.parent.parent.name, bool(ta.validate(path))) for path in paths)
    assert codes == {("valid", False): 35, ("invalid", True): 16}
    invalid = next(path for path in paths if path.parent.parent.name == "invalid")
    assert (termatlas("validate", invalid).code, termatlas("validate", paths[-1]).code) == (1, 0)


def test_a_result_says_what_by_which_rule_where_and_what_to_do(corpora: Path) -> None:
    path = corpora / "skos-examples/invalid/skos-reference/ex27.ttl"
    (found,) = ta.validate(path)
    assert (found.profile, found.rule, found.level, found.name) == ("skos", "S27", "error", "A")
    assert found.concept.endswith("/A")
    assert str(found.value).endswith("/C")
    assert found.message == '"A" is related to "C", which is broader than it'
    assert found.source == "SKOS Reference, S27, https://www.w3.org/TR/skos-reference/#semantic-relations"
    assert found.cure == "remove the related link, or correct the hierarchy"
    assert found.where.file == path.as_posix()


@pytest.mark.parametrize("seed", range(10))
def test_a_sound_vocabulary_breaks_nothing(seed: int) -> None:
    assert faults_of(in_turtle(sound(40, Random(seed)))) == set()


def test_a_thousand_vocabularies_break_just_what_was_put_in() -> None:
    for seed in range(1000):
        triples, faults = faulty(16, Random(seed))
        assert faults_of(in_turtle(triples)) == faults, seed


def test_the_shapes_agree_on_a_sample() -> None:
    for seed in range(0, 1000, 80):
        triples, faults = faulty(16, Random(seed))
        assert faults_by_pyshacl(in_turtle(triples)) == faults, seed


def test_the_shapes_tell_the_examples_apart(corpora: Path) -> None:
    paths = sorted((corpora / "skos-examples").glob("*/*/*.ttl"))
    found = Counter((path.parent.parent.name, bool(faults_by_pyshacl(path.read_bytes()))) for path in paths)
    assert found == {("valid", False): 35, ("invalid", True): 16}


def test_reading_by_columns_finds_what_reading_whole_finds(corpora: Path) -> None:
    """Every RDF file of the corpora, by both ways."""
    paths = (path for path in corpora.rglob("*") if path.suffix in (".ttl", ".rdf") and path.name != "empty.ttl")
    for path in sorted(paths):
        file = SourceFile(path=path, label=path.as_posix(), root=path.parent)
        whole = {each.message for each in integrity_violations(statements(read_facts(file)), file.label)}
        assert {each.message for each in ta.validate(path)} == whole, path


PREFIXES = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix isothes: <http://purl.org/iso25964/skos-thes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <{"https://example.org/v/"}> .
"""
CASES = {
    "a property declared after it is used": (
        ":a skos:broader :b ; :near :b . :near rdfs:subPropertyOf :like . :like rdfs:subPropertyOf skos:related .",
        ('S27', '"a" is related to "b", which is broader than it'),
    ),
    "a class declared after it is used": (
        ":s a :Place , skos:ConceptScheme . :Place rdfs:subClassOf skos:Concept .",
        ("S9", '"s" is a concept and a concept scheme'),
    ),
    "labels that are things": (
        ':a skosxl:prefLabel [ skosxl:literalForm "x"@en ] ; skosxl:altLabel [ skosxl:literalForm "x"@en ] .',
        ("S13", '"x" is both preferred label and alternative label of "x"'),
    ),
    "a blank node": (
        '[] skos:prefLabel "x"@en , "y"@en .',
        ("S14", '"x" has two preferred labels in the language "en": "x" and "y"'),
    ),
    "kinds of broader": (
        ":a isothes:broaderPartitive :b . :c skos:narrowMatch :b . :c skos:related :a .",
        ("S27", '"a" is related to "c", which is broader than it'),
    ),
    "in a cycle": (
        ":a skos:broader :b . :b skos:broader :a . :a skos:related :a .",
        ("S27", '"a" is related to "a", which is broader than it'),
    ),
    "tags that differ in case": (
        ':a skos:prefLabel "x"@en-GB , "y"@en-gb .',
        ("S14", '"x" has two preferred labels in the language "en-gb": "x" and "y"'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_follows_breaks_a_condition_too(case: str) -> None:
    text, expected = CASES[case]
    found = results_of([given((PREFIXES + text).encode())], ["skos"])
    assert [(each.rule, each.message) for each in found] == [expected]


def test_blank_nodes_have_one_name_in_every_run() -> None:
    """Also those that only statements of no interest speak of are counted, in every reading."""
    text = (PREFIXES + ':a :near [] . [] skos:prefLabel "x"@en , "y"@en ; skos:altLabel "x"@en .').encode()
    found = [results_of([given(text)], profiles) for profiles in (["skos"], ["skos"], ["skos", "vocpub"])]
    assert found[0] == found[1]
    assert [each.concept for each in found[0]] == ["_:n1", "_:n1"]


def test_a_large_file_is_read_one_statement_at_a_time(tmp_path: Path) -> None:
    """What is kept of a statement that no condition speaks of is nothing."""
    import tracemalloc

    path = tmp_path / "large.nt"
    line = '<https://example.org/{0}> <http://www.w3.org/2004/02/skos/core#note> "{1}"@en .\n'
    path.write_text("".join(line.format(number, "x" * 1000) for number in range(20_000)), encoding="utf-8")
    tracemalloc.start()
    assert ta.validate(path) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < path.stat().st_size / 10


def test_statements_about_statements_break_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reified.nt"
    rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
    path.write_text(f"_:r {rdf_type} <<( <urn:x:a> <urn:x:p> <urn:x:b> )>> .\n", encoding="utf-8")
    assert {each.rule for each in ta.validate(path, profiles=["skos", "vocpub", "skohub"])} == {"2.1.02"}
