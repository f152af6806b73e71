"""The command validate and its function: what is taken, what comes out, and every error that a user can cause."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF, SH

import termatlas as ta
from running import Command
from termatlas.model import Glossary, Reference, Term
from termatlas.validate.shaclreport import results_shacl

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/v/> .
"""
BAD = ':a skos:prefLabel "one"@en , "two"@en . :b skos:related :c . :c skos:narrower :b .'


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.ttl"
    path.write_text(PREFIXES + BAD, encoding="utf-8")
    return path


def test_the_text_says_rule_source_place_message_and_cure(bad: Path, termatlas: Command) -> None:
    done = termatlas("validate", bad)
    assert done.code == 1
    assert done.out == (
        "error: S14 of skos, 1: SKOS Reference, S14, https://www.w3.org/TR/skos-reference/#labels\n"
        f'  {bad.as_posix()}, https://example.org/v/a: "one" has two preferred labels in the language "en": '
        '"one" and "two"\n'
        "  cure: make all but one of them alternative labels\n\n"
        "error: S27 of skos, 1: SKOS Reference, S27, https://www.w3.org/TR/skos-reference/#semantic-relations\n"
        f'  {bad.as_posix()}, https://example.org/v/b: "b" is related to "c", which is broader than it\n'
        "  cure: remove the related link, or correct the hierarchy\n\n"
        "2 results: 2 error, 0 warning, 0 info\n"
    )


def test_rows_are_the_same_as_json_and_as_csv(bad: Path, termatlas: Command) -> None:
    rows = json.loads(termatlas("validate", bad, "--format", "json").out)
    table = list(csv.DictReader(io.StringIO(termatlas("validate", bad, "--format", "csv").out)))
    assert [{key: str(value) for key, value in row.items()} for row in rows] == table
    assert (rows[1]["concept"], rows[1]["value"]) == ("https://example.org/v/b", "https://example.org/v/c")
    assert rows[1]["path"] == "<http://www.w3.org/2004/02/skos/core#related>"
    assert json.loads(termatlas("validate", bad, "--profile", "skohub", "--format", "json").out) == []


def test_sarif_holds_every_result_and_its_rule(bad: Path, termatlas: Command) -> None:
    log: dict[str, Any] = json.loads(termatlas("validate", bad, "--format", "sarif").out)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["skos/S14", "skos/S27"]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [each["ruleId"] for each in run["results"]]
    place = run["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"].endswith("bad.ttl")
    assert place["logicalLocations"] == [{"fullyQualifiedName": "https://example.org/v/a"}]


def test_the_shacl_report_says_the_same(bad: Path, termatlas: Command) -> None:
    done = termatlas("validate", bad, "--format", "shacl")
    graph = rdflib.Graph().parse(data=done.out, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    found = {
        tuple(str(graph.value(result, name)) for name in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent))
        for result in graph.objects(report, SH.result)
    }
    shapes = "https://w3id.org/termatlas/shapes/skos#"
    assert found == {
        ("https://example.org/v/a", f"{shapes}S14", str(SH.UniqueLangConstraintComponent)),
        ("https://example.org/v/b", f"{shapes}S27", str(SH.DisjointConstraintComponent)),
    }
    assert done.out == termatlas("validate", bad, "--format", "shacl").out


def test_every_report_is_one_by_the_shapes_of_reports(corpora: Path) -> None:
    """SHACL, section 3.6: what a result has just once, and of what kind it is."""
    import pyshacl

    found = ta.validate(
        *sorted((corpora / "vocpub/examples").glob("*.ttl")),
        profiles=["skos", "skohub", "vocpub", "vocpub-ga", "vocpub-multilang"],
        shapes=[corpora / "vocpub/validators/validator.ttl"],
    )
    report = rdflib.Graph().parse(data="".join(results_shacl(found)), format="turtle")
    assert len(set(report.objects(None, SH.result))) == len(found) > 300
    conforms, _, text = pyshacl.validate(report, shacl_graph=rdflib.Graph().parse(data=REPORT, format="turtle"))
    assert conforms, text


REPORT = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] .
[] a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( sh:Violation sh:Warning sh:Info ) ] ,
    [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
    [ sh:path sh:value ; sh:maxCount 1 ] , [ sh:path sh:sourceShape ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:resultMessage ; sh:minCount 1 ] .
"""


def test_nothing_wrong_is_said_in_every_form(tmp_path: Path, termatlas: Command) -> None:
    path = tmp_path / "good.ttl"
    path.write_text(PREFIXES + ':a skos:prefLabel "one"@en .', encoding="utf-8")
    outs = {form: termatlas("validate", path, "--format", form) for form in ("text", "json", "csv", "sarif", "shacl")}
    assert {done.code for done in outs.values()} == {0}
    assert outs["text"].out == "0 results: 0 error, 0 warning, 0 info\n"
    assert outs["json"].out == "[]\n"
    assert json.loads(outs["sarif"].out)["runs"][0]["results"] == []
    assert "sh:conforms true" in outs["shacl"].out


def test_a_glossary_of_another_format_is_validated_as_what_it_is_exported_to(
    tmp_path: Path, termatlas: Command
) -> None:
    (tmp_path / "terms").mkdir()
    page = tmp_path / "terms/clip.md"
    page.write_text("# CLIP\nA model. See [GLIP](glip.md).\n", encoding="utf-8")
    done = termatlas("validate", tmp_path / "terms", "--profile", "vocpub", "--format", "json", "--fail-on", "never")
    assert done.code == 0
    places = {(row["rule"], row["name"], row["file"]) for row in json.loads(done.out)}
    assert ("2.3.04", "CLIP", page.as_posix()) in places
    assert ("2.2.01", "GLIP", (tmp_path / "terms").as_posix()) in places


def test_rdf_files_among_others_are_validated_as_they_stand(bad: Path, termatlas: Command) -> None:
    (bad.parent / "clip.md").write_text("# CLIP\nA model.\n", encoding="utf-8")
    rows = json.loads(termatlas("validate", bad.parent, "--profile", "skos", "--format", "json").out)
    assert [row["rule"] for row in rows] == ["S14", "S27"]
    rows = json.loads(termatlas("validate", bad.parent, "--profile", "vocpub", "--format", "json").out)
    assert {row["name"] for row in rows} == {"ConceptScheme", "CLIP", "Glossary"}


def test_the_function_takes_paths_and_glossaries(bad: Path) -> None:
    glossary = Glossary(terms=(Term(slug="a", name="A", related=(Reference(written="b", target="b"),)),))
    assert [each.rule for each in ta.validate(bad)] == ["S14", "S27"]
    assert ta.validate(glossary) == []
    assert [each.name for each in ta.validate(glossary, profiles=["vocpub"]) if each.rule == "2.2.01"] == ["A", "b"]


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_level_decides_what_fails(level: str, code: int, corpora: Path, termatlas: Command) -> None:
    path = corpora / "vocpub/examples/09-invalid-warnings-issue-15-status.ttl"
    assert termatlas("validate", path, "--profile", "vocpub", "--fail-on", level).code == code


def test_hostile_texts_reach_no_terminal(tmp_path: Path, termatlas: Command) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(PREFIXES + r':a skos:prefLabel "\u001B[31m\u202Eone"@en , "two"@en .', encoding="utf-8")
    out = termatlas("validate", path).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    report = "".join(results_shacl(ta.validate(path)))
    assert len(list(rdflib.Graph().parse(data=report, format="turtle").subjects(SH.resultMessage))) == 1


BROKEN: dict[str, tuple[str, str, str]] = {
    "broken Turtle": ("x.ttl", PREFIXES + ":a skos:prefLabel .\n", "x.ttl, line 3, column 19: "),
    "an unknown prefix": ("x.ttl", "<urn:x:a> ex:b <urn:x:c> .", "column 11: the prefix ex: has not been declared"),
    "an IRI with a space": ("x.ttl", "<urn:x:a b> <urn:x:p> <urn:x:c> .", "column 1: invalid IRI code point ' '"),
    "a remote context": (
        "x.jsonld", '{\n"@context": "https://example.org/c.json", "@id": "urn:x:a"}',
        "line 2: the JSON-LD context is a web address, and nothing is fetched; put the context itself in the "
        "address's place",
    ),
    "an entity bomb": (
        "x.rdf", '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>',
        'line 2: the XML entity "b" is nested, external or long, which could fill the memory',
    ),
    "an empty file": ("x.ttl", "", "it holds no statement; name a file that holds a vocabulary"),
    "comments alone": ("x.nt", "# nothing\n", "it holds no statement"),
    "no RDF": ("x.bin", "\x00\x01", "x.bin: no reader knows its format; force a reader with --reader"),
    "a picture called Turtle": ("x.ttl", "\x89PNG\r\n", "x.ttl, line 1, column 1: "),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_said(case: str, tmp_path: Path, termatlas: Command) -> None:
    name, text, expected = BROKEN[case]
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = termatlas("validate", tmp_path / name)
    assert done.code == 3
    assert expected in done.err
    assert done.err.count("\n") == 1


def test_a_missing_file_is_said(termatlas: Command) -> None:
    done = termatlas("validate", "nowhere.ttl")
    assert (done.code, done.err) == (
        3,
        "termatlas: nowhere.ttl: no such file or folder; check the spelling of the path\n",
    )


def test_an_unknown_profile_is_told_the_known_ones(bad: Path, termatlas: Command) -> None:
    done = termatlas("validate", bad, "--profile", "skoss")
    known = "skos, skohub, vocpub, vocpub-ga, vocpub-multilang"
    assert (done.code, done.err) == (2, f'termatlas: there is no profile "skoss"; there are {known}\n')
