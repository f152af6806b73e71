"""`termatlas query`, as a user runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from running import Command

TERMS = [
    {"slug": "clip", "name": "CLIP", "related": ["vit"], "category": "Models"},
    {"slug": "vit", "name": "ViT", "definition": "Reads patches.", "category": "Models"},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "terms.json"
    path.write_text(json.dumps(TERMS), encoding="utf-8")
    return path


def test_a_named_query_takes_values_and_a_source(termatlas: Command, source: Path) -> None:
    done = termatlas("query", "neighbours", source, "--set", "term=CLIP", "--format", "csv")
    assert done == (0, "neighbour,name,way\nhttps://example.org/glossary/vit,ViT,links to\n", "")


def test_a_free_query_prints_a_table(termatlas: Command, source: Path) -> None:
    done = termatlas("query", "SELECT ?term { ?term ta:linksTo term:vit }", source)
    assert done == (0, "term\n---------\nterm:clip\n\n1 row\n", "")


def test_triples_on_a_pipe_are_turtle(termatlas: Command, source: Path) -> None:
    done = termatlas("query", "CONSTRUCT { ?a ta:linksTo ?b } { ?a ta:linksTo ?b }", source)
    assert done.out == (
        "@prefix ta: <https://w3id.org/termatlas/ns#> .\n@prefix term: <https://example.org/glossary/> .\n"
        "term:clip ta:linksTo term:vit .\n"
    )


def test_mappings_stand_beside_the_glossary(termatlas: Command, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "mappings.csv"
    file.write_text("term,match,target\nCLIP,exact,Q4115189\nViT,,https://e.org/vit\n", encoding="utf-8")
    done = termatlas("query", "mappings", source, "--mappings", file, "--format", "csv")
    assert (done.code, done.err) == (0, "")
    skos, base = "http://www.w3.org/2004/02/skos/core#", "https://example.org/glossary/"
    assert done.out.splitlines() == [
        "term,name,mapping,other",
        f"{base}clip,CLIP,{skos}exactMatch,http://www.wikidata.org/entity/Q4115189",
        f"{base}vit,ViT,{skos}closeMatch,https://e.org/vit",
    ]
    alone = "SELECT ?term FROM <mapping/all> { ?term schema:sameAs ?other }"
    assert termatlas("query", alone, source, "--mappings", file).out == "term\n---------\nterm:clip\n\n1 row\n"
    assert "FROM names the graph <mapping/all>" in termatlas("query", alone, source).err


def test_mappings_with_an_error_are_refused(termatlas: Command, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "mappings.csv"
    file.write_text("term,match,target\nCLP,exact,Q4115189\n", encoding="utf-8")
    done = termatlas("query", "mappings", source, "--mappings", file)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f'termatlas: {file}, line 2: no term is called "CLP"; near it: CLIP')


def test_iris_in_a_table_are_never_cut_short(termatlas: Command, source: Path) -> None:
    iri = f"https://e.org/{'a' * 80}"
    done = termatlas("query", f"SELECT (<{iri}> AS ?one) ('{iri}' AS ?text) (1 AS ?last) {{}}", source)
    assert f"<{iri}>  https://e.org/aaa" in done.out
    assert done.out.count(iri) == 1


def test_a_query_comes_from_a_file(termatlas: Command, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_bytes("\ufeff# Who?\n# ?who (term): whom to look for\nASK { ?who a skos:Concept }".encode())
    assert termatlas("query", f"@{file}", source, "--set", "who=vit") == (0, "yes\n", "")
    assert termatlas("query", file, source).err == (
        f'termatlas: "{file}" is a file or folder and no query; the query comes first, from a file as @FILE\n'
    )


def test_a_query_comes_from_standard_input(source: Path) -> None:
    command = [sys.executable, "-m", "termatlas", "query", "@-", str(source)]
    done = subprocess.run(command, input=b"ASK {}", capture_output=True, check=True)
    assert done.stdout.split() == [b"yes"]


def test_the_list_names_every_query(termatlas: Command) -> None:
    done = termatlas("query", "--list", "--format", "json")
    listed = {row["name"]: row for row in json.loads(done.out)}
    assert listed["neighbours"]["parameters"] == "term"
    assert listed["neighbours"]["question"] == "Which terms is a term linked with, and which way?"
    assert len(listed) >= 12
    assert "neighbours" in termatlas("query", "--list").out


def test_show_prints_a_query_that_runs(termatlas: Command, source: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(termatlas("query", "--show", "most-linked").out, encoding="utf-8")
    assert termatlas("query", f"@{file}", source).out == termatlas("query", "most-linked", source).out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "there is no query; give one, the name of one that --list has, or @FILE"),
        (["orphan"], 2, 'there is no query "orphan"; near it: orphans'),
        (["ASK {"], 2, 'line 1, column 6: the query ends too early; the "{" of line 1, column 5 is not closed'),
        (
            ["neighbours"],
            2,
            'the query needs a value for "term", the one whose neighbours to list: term=… (--set term=…)',
        ),
        (["neighbours", "--set", "term"], 2, '"term" sets nothing; a value is given as NAME=VALUE'),
        (["@nowhere.rq"], 3, "nowhere.rq: the query cannot be read: No such file or directory; name a file with one"),
        (["--list", "--format", "nt"], 2, "the list cannot be written as nt; there are table, json, csv"),
        (["DESCRIBE term:clip", "--format", "csv"], 2, "triples cannot be written as csv"),
        (["orphans", "/nowhere"], 3, "/nowhere: no such file or folder"),
        (["LOAD <file:///etc/passwd>"], 2, "LOAD is a SPARQL update, and a glossary is only read here"),
        (["SELECT * { SERVICE <http://localhost:1/> {} }"], 2, "SERVICE would ask another server"),
    ],
)
def test_an_error_is_one_line(termatlas: Command, source: Path, arguments: list[str], code: int, said: str) -> None:
    done = termatlas("query", *arguments, *([source] if any("DESCRIBE" in each for each in arguments) else []))
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert done.err.startswith("termatlas: ")
    assert said in done.err


def test_a_file_that_is_no_text_is_refused(termatlas: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_bytes(b"ASK { \xff }")
    assert termatlas("query", f"@{file}").err == f"termatlas: {file}: the query is not in UTF-8; save it as UTF-8\n"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_a_query_that_runs_away(source: Path) -> None:
    away = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " FILTER (?a1 != ?c8) }"
    running = subprocess.Popen(
        [sys.executable, "-m", "termatlas", "query", away, str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(5)
    running.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert running.wait(5) == -signal.SIGINT
    assert time.monotonic() - began < 5
    running.communicate()
