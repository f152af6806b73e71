"""The commands that say what is missing."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from running import Command
from termatlas.build import build
from termatlas.cli import suggesting
from termatlas.decisions import Decision, add_decision
from termatlas.sources import read
from termatlas.suggest import training
from termatlas.suggest.links import suggest_links
from termatlas.suggest.listing import quoted

ENTRIES = [
    {"slug": "graph", "term": "Graph", "definition": "A graph joins nodes by edges.", "relatedTerms": ["node"]},
    {"slug": "node", "term": "Node", "definition": "A place where edges meet.", "relatedTerms": ["graph", "corner"]},
    {"slug": "edge", "term": "Edge", "definition": "An edge joins a node of a graph to another.", "relatedTerms": []},
    {"slug": "tree", "term": "Tree", "definition": "A graph \u001b[31mwithout cycles.", "relatedTerms": ["graph"]},
    {"slug": "dag", "term": "DAG", "definition": "Its edges have a direction.", "relatedTerms": ["graph"]},
    {"slug": "directed-acyclic-graph", "term": "Directed acyclic graph", "definition": "(DAG) No cycles."},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "graphs.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in ENTRIES), encoding="utf-8")
    return path


def test_the_table_groups_by_source_marks_the_mention_and_says_what_a_probability_means(
    termatlas: Command, source: Path
) -> None:
    run = termatlas("suggest", "links", source)
    assert run.code == 0
    lines = run.out.splitlines()
    start = lines.index("Edge (edge)")
    assert " → " in lines[start + 1]
    assert "%" in lines[start + 1]
    assert "«" in run.out
    assert "\x1b" not in run.out
    assert "of a hundred such suggestions thirty" in " ".join(run.out.split())
    assert "has 5 links, too few to learn from (100 are the least): the weights are fixed" in run.err


def test_the_forms_hold_the_same_links_and_one_file(termatlas: Command, source: Path, tmp_path: Path) -> None:
    as_json = json.loads(termatlas("suggest", "links", source, "--format", "json").out)
    out = tmp_path / "checklist.csv"
    assert termatlas("suggest", "links", source, "--format", "csv", "--out", out).out == f"written: {out}\n"
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    pairs = [(row["source"], row["target"]) for row in as_json]
    assert [(row["source"], row["target"]) for row in rows] == pairs
    assert as_json[0].keys() >= {"source_name", "probability", "fingerprint", "evidence", "reasons"}
    trig = termatlas("suggest", "links", source, "--format", "trig").out
    quads = list(pyoxigraph.parse(trig, pyoxigraph.RdfFormat.TRIG))
    turtle = rdflib.Graph().parse(data=termatlas("suggest", "links", source, "--format", "turtle").out)
    annotations = set(turtle.subjects(rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/oa#Annotation")))
    assert len(annotations) == len(pairs)
    assert {quad.graph_name.value for quad in quads} == {"https://example.org/glossary/suggestion/all"}
    assert len(quads) == len(turtle)
    assert not list(turtle.triples((None, rdflib.URIRef("https://w3id.org/termatlas/ns#linksTo"), None)))


def test_for_a_term_by_any_of_its_names(termatlas: Command, source: Path) -> None:
    found = json.loads(termatlas("suggest", "links", source, "--for", "EDGE", "--format", "json").out)
    assert found
    assert all("edge" in (row["source"], row["target"]) for row in found)


def test_orphans_alone(termatlas: Command, source: Path) -> None:
    found = json.loads(termatlas("suggest", "links", source, "--orphans", "--format", "json").out)
    assert found
    assert {"edge", "tree", "dag", "directed-acyclic-graph"} & {row["target"] for row in found}


def test_a_budget_says_what_it_repairs(termatlas: Command, source: Path) -> None:
    run = termatlas("suggest", "links", source, "--budget", 1)
    assert run.out.splitlines()[-1].startswith("Counted without and with them: isolated ")
    found = json.loads(termatlas("suggest", "links", source, "--budget", 2, "--format", "json").out)
    assert len(found["suggestions"]) == 2
    assert found["after"]["links"] == found["before"]["links"] + 2


def test_what_was_rejected_is_left_out_and_counted(termatlas: Command, source: Path, tmp_path: Path) -> None:
    glossary = read(str(source))
    first = suggest_links(glossary, build(glossary))[0]
    decision = Decision(fingerprint=first.fingerprint, kind="link", verdict="reject", when=date(2026, 1, 2))
    add_decision(tmp_path / "termatlas.decisions.jsonl", decision)
    left = json.loads(termatlas("suggest", "links", source, "--format", "json").out)
    assert (first.source, first.target) not in [(row["source"], row["target"]) for row in left]
    assert "1 left out because they were rejected before." in termatlas("suggest", "links", source).out
    named = termatlas(
        "suggest", "links", source, "--decisions", tmp_path / "termatlas.decisions.jsonl", "--format", "json"
    )
    assert json.loads(named.out) == left


def test_a_broken_line_of_decisions_is_named_and_skipped(termatlas: Command, source: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "mine.jsonl"
    decisions.write_text("{broken\n", encoding="utf-8")
    run = termatlas("suggest", "terms", source, "--decisions", decisions)
    assert run.code == 0
    assert "mine.jsonl, line 1" in run.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["links", "--for", "grpah"], 2, 'no term is called "grpah"; near it: Graph'),
        (
            ["links", "--decisions", "nowhere.jsonl"],
            2,
            "there are no decisions at nowhere.jsonl; leave --decisions away",
        ),
        (["links", "--min-probability", "1.5"], 2, "1.5 is not in the range 0<=x<=1"),
        (["links", "--budget", "-1"], 2, "-1 is not in the range x>=0"),
        (["links", "--format", "trig", "--base-iri", "no base"], 2, '"no base/" is no base for IRIs'),
        (["links", "--format", "xml"], 2, "'xml' is not one of"),
        (["terms", "--top", "0"], 2, "0 is not in the range x>=1"),
        (["words"], 2, "No such command 'words'"),
    ],
)
def test_wrong_use_says_what_would_be_right(
    termatlas: Command, source: Path, arguments: list[str], code: int, message: str
) -> None:
    run = termatlas("suggest", *arguments, *([source] if arguments != ["words"] else []))
    assert (run.code, run.out) == (code, "")
    assert message.replace("no base/", "no base") in run.err.replace("no base/", "no base")


def test_a_file_that_cannot_be_written_is_said(termatlas: Command, source: Path) -> None:
    run = termatlas("suggest", "terms", source, "--out", source / "below-a-file.txt")
    assert run.code == 3
    assert "graphs.jsonl" in run.err
    assert "Traceback" not in run.err


def test_terms_in_each_form(termatlas: Command, source: Path) -> None:
    table = termatlas("suggest", "terms", source).out
    assert table.startswith("corner: 1 link, 0 texts\n")
    found = json.loads(termatlas("suggest", "terms", source, "--format", "json").out)
    assert (found[0]["slug"], found[0]["wanted"], found[0]["wanted_by"]) == ("corner", True, 1)
    rows = list(csv.DictReader(io.StringIO(termatlas("suggest", "terms", source, "--format", "csv").out)))
    assert [row["slug"] for row in rows] == [row["slug"] for row in found]


def test_duplicates_in_each_form(termatlas: Command, source: Path) -> None:
    table = termatlas("suggest", "duplicates", source).out
    assert "DAG (dag) = Directed acyclic graph (directed-acyclic-graph)" in table
    assert "(«DAG») No cycles." in table
    assert table.rstrip().endswith("1 pair; nothing is merged by itself. The score is no probability.")
    found = json.loads(termatlas("suggest", "duplicates", source, "--format", "json").out)
    assert [(pair["first"], pair["second"], pair["kind"]) for pair in found] == [
        ("dag", "directed-acyclic-graph", "alias")
    ]
    rows = list(csv.DictReader(io.StringIO(termatlas("suggest", "duplicates", source, "--format", "csv").out)))
    assert rows[0]["fingerprint"] == found[0]["fingerprint"]


def test_a_rejected_pair_and_a_rejected_term_stay_away(termatlas: Command, source: Path, tmp_path: Path) -> None:
    pair = json.loads(termatlas("suggest", "duplicates", source, "--format", "json").out)[0]
    term = json.loads(termatlas("suggest", "terms", source, "--format", "json").out)[0]
    path = tmp_path / "termatlas.decisions.jsonl"
    add_decision(path, Decision(fingerprint=pair["fingerprint"], kind="duplicate", verdict="reject"))
    add_decision(path, Decision(fingerprint=term["fingerprint"], kind="term", verdict="reject"))
    assert json.loads(termatlas("suggest", "duplicates", source, "--format", "json").out) == []
    assert "corner" not in [
        row["slug"] for row in json.loads(termatlas("suggest", "terms", source, "--format", "json").out)
    ]


def test_a_score_of_few_links_says_so(termatlas: Command, source: Path) -> None:
    run = termatlas("score", source)
    assert run.code == 0
    assert "too few to hide any" in " ".join(run.out.split())
    found = json.loads(termatlas("score", source, "--format", "json").out)
    assert found["rows"] == []


def test_a_split_that_is_none_is_named(termatlas: Command, source: Path, tmp_path: Path) -> None:
    run = termatlas("score", source, "--split", tmp_path / "none.json")
    assert run.code == 3
    assert "none.json" in run.err


def test_an_empty_glossary_is_no_error(termatlas: Command, tmp_path: Path) -> None:
    one = tmp_path / "one.jsonl"
    one.write_text('{"slug": "a", "term": "A", "definition": "Alone."}\n', encoding="utf-8")
    for command in ("links", "terms", "duplicates"):
        run = termatlas("suggest", command, one)
        assert (run.code, "No " in run.out) == (0, True)


def test_help_explains(termatlas: Command) -> None:
    text = termatlas("suggest", "links", "--help").out
    for option in ("--for TERM", "--orphans", "--min-probability", "--per-term", "--budget", "--decisions", "--format"):
        assert option in text


def test_a_sentence_cannot_steer_a_terminal() -> None:
    assert quoted("a \x1b[31m b \u202e c", 2, 7) == "a «\\x1b[31m» b \\u202e c"


def test_the_number_of_links_from_which_on_weights_are_learned_is_the_engines() -> None:
    assert suggesting._FEW_LINKS == training._LEARN_FROM
