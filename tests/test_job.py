"""The main job: every file, all or none, the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import termatlas as ta
from running import Command
from termatlas.job import FILES, MANIFEST, export_one, write_exports

PAGES = """
{"slug": "a", "term": "Alpha", "category": "One", "definition": "First.", "related": ["b", "c", "x"]}
{"slug": "b", "term": "Beta", "category": "One", "definition": "Second.", "related": ["a"]}
{"slug": "c", "term": "=1+1", "category": "two", "definition": "Third."}
{"slug": "i", "term": "Iota", "category": "Two", "definition": "Alone."}
""".lstrip()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "terms.jsonl"
    path.write_text(PAGES, encoding="utf-8")
    return path


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_all_files_are_written_and_the_manifest_names_each(source: Path, tmp_path: Path) -> None:
    manifest = write_exports(ta.read(source), tmp_path / "out")
    written = hashes(tmp_path / "out")
    assert sorted(written) == sorted([*FILES, MANIFEST])
    assert manifest["outputs"] == {name: written[name] for name in sorted(FILES)}
    # Tuples are lists there.
    assert json.loads((tmp_path / "out" / MANIFEST).read_text()) == json.loads(json.dumps(manifest))
    assert manifest["counts"]["terms"] == 4
    assert manifest["counts"]["wanted"] == 1
    assert manifest["sources"][0]["sha256"] == hashlib.sha256(PAGES.encode()).hexdigest()


def test_the_tables_have_the_columns_and_values_of_the_contract(source: Path, tmp_path: Path) -> None:
    write_exports(ta.read(source), tmp_path / "out")
    terms = list(csv.DictReader(io.StringIO((tmp_path / "out" / "terms.csv").read_text(encoding="utf-8"))))
    columns = "slug name category defined in_degree out_degree pagerank betweenness closeness hub authority core"
    assert " ".join(terms[0]) == f"{columns} community component status"
    assert [row["slug"] for row in terms] == ["a", "b", "c", "i", "x"]
    assert [row["status"] for row in terms] == ["ok", "ok", "dead-end", "isolated", "wanted"]
    assert terms[2]["name"] == "'=1+1"
    assert [row["category"] for row in terms] == ["One", "One", "Two", "Two", ""]
    ranks = nx.pagerank(ta.build(ta.read(source)), tol=1e-12, max_iter=1000)
    assert {row["slug"]: float(row["pagerank"]) for row in terms} == pytest.approx(ranks, abs=1e-9)
    links = list(csv.DictReader(io.StringIO((tmp_path / "out" / "links.csv").read_text(encoding="utf-8"))))
    assert [tuple(row.values()) for row in links] == [
        ("a", "b", "related", "true"),
        ("a", "c", "related", "false"),
        ("a", "x", "related", "false"),
        ("b", "a", "related", "true"),
    ]


def test_networkx_reads_the_graph_files_back(source: Path, tmp_path: Path) -> None:
    glossary = ta.read(source)
    write_exports(glossary, tmp_path / "out")
    graph = ta.build(glossary)
    data = json.loads((tmp_path / "out" / "graph.json").read_text(encoding="utf-8"))
    for read in (
        nx.node_link_graph(data, edges="edges"),
        nx.read_graphml(tmp_path / "out" / "graph.graphml"),
        nx.read_gexf(tmp_path / "out" / "graph.gexf"),
    ):
        assert set(read.edges) == set(graph.edges)
        assert {slug: read.nodes[slug]["name"] for slug in read} == {slug: graph.nodes[slug]["name"] for slug in graph}
        assert all(read.edges[edge]["kind"] == graph.edges[edge]["kind"] for edge in graph.edges)


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed(source: Path, tmp_path: Path) -> None:
    found = []
    for seed in ("0", "1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "termatlas", "build", str(source), "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        found.append(hashes(out))
    assert found[0] == found[1] == found[2]


def test_the_order_of_the_input_does_not_change_tables_pages_or_linked_data(source: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled" / "terms.jsonl"
    shuffled.parent.mkdir()
    shuffled.write_text("".join(f"{line}\n" for line in sorted(PAGES.splitlines(), reverse=True)), encoding="utf-8")
    for name in FILES:
        if name not in ("findings.json", "report.html", "explorer.html"):  # they name lines
            assert export_one(ta.read(source), name) == export_one(ta.read(shuffled), name), name


def test_one_file_is_exported_alone(termatlas: Command, source: Path, tmp_path: Path) -> None:
    printed = termatlas("export", "terms.csv", source)
    assert printed.code == 0
    assert printed.out.encode() == export_one(ta.read(source), "terms.csv")
    assert termatlas("export", "glossary.ttl", source, "--out", tmp_path / "g.ttl").code == 0
    assert (tmp_path / "g.ttl").read_bytes() == export_one(ta.read(source), "glossary.ttl")


def test_exports_read_back_as_the_same_graph(source: Path, tmp_path: Path) -> None:
    write_exports(ta.read(source), tmp_path / "out")
    graph = ta.build(ta.read(source))
    for back in (
        ta.read(tmp_path / "out" / "terms.csv", tmp_path / "out" / "links.csv"),
        ta.read(tmp_path / "out" / "glossary.ttl"),
        ta.read(tmp_path / "out" / "graph.json"),
    ):
        assert set(ta.build(back).edges) == set(graph.edges)
        assert {t.slug for t in back.terms} >= {"a", "b", "c", "i"}


def test_the_build_command_says_what_it_wrote(termatlas: Command, source: Path, tmp_path: Path) -> None:
    done = termatlas("build", source, "--out", tmp_path / "out", "--title", "Letters")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "Letters: 4 terms, 4 links, 2 categories"
    assert "report.html" in done.out
