"""Bad input: one line that names the file, the place and the cure, or a finding; the exports stay as they were."""

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

GOOD = '{"slug": "a", "term": "A", "definition": "First.", "related": ["b"]}\n'

#: file name → (content, what the one line says after the file's name)
UNREADABLE = {
    "latin.json": (b'[{"term": "caf\xe9"}]', "byte 0xe9 is not UTF-8; save the file as UTF-8"),
    "cut.json": (b'[{"term": "A", "definition": "B', "line 1"),
    "deep.json": (b"[" * 50_000 + b"]" * 50_000, "the JSON nests deeper than can be read; flatten it"),
    "zeros.json": (b"\0" * 1000, ""),
    "picture.bin": (b"\x89PNG\r\n\x1a\n\0\0", "no reader knows its format; force a reader with --reader"),
    "broken.ttl": (b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<a> skos:prefLabel", "line 2"),
    "broken.yaml": (b"- term: A\n  definition: 'x\n", "line"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_line_and_exit_3(termatlas: Command, tmp_path: Path, name: str) -> None:
    content, says = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    done = termatlas("build", tmp_path / name, "--out", tmp_path / "out")
    assert done.code == 3
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert f"{name}" in done.err
    assert says in done.err
    assert "; " in done.err
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_and_a_missing_one_are_named(termatlas: Command, tmp_path: Path) -> None:
    assert termatlas("stats", tmp_path).err == (
        f"termatlas: {tmp_path}: the folder holds no file; name a folder that holds a glossary\n"
    )
    missing = termatlas("stats", tmp_path / "nothing")
    assert (missing.code, missing.err) == (
        3, f"termatlas: {tmp_path / 'nothing'}: no such file or folder; check the spelling of the path\n",
    )  # fmt: skip


def test_a_huge_file_of_nothing_is_refused_at_once(termatlas: Command, tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as stream:
        stream.truncate(200_000_000)
    assert termatlas("stats", tmp_path / "huge.json").code == 3


def test_one_bad_file_among_good_ones_is_reported_and_strict_makes_it_fatal(termatlas: Command, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    (tmp_path / "bad.json").write_text('[{"term": ')
    done = termatlas("build", tmp_path, "--out", tmp_path / "out")
    assert done.code == 0
    assert "bad.json" in done.err
    findings = json.loads((tmp_path / "out" / "findings.json").read_text())
    assert [Path(f["file"]).name for f in findings if f["rule"] == "unreadable"] == ["bad.json"]
    strict = termatlas("build", tmp_path, "--out", tmp_path / "strict", "--strict")
    assert (strict.code, strict.err.count("\n")) == (3, 1)
    assert not (tmp_path / "strict").exists()


def test_a_bad_entry_among_good_ones_is_a_finding_with_its_line(termatlas: Command, tmp_path: Path) -> None:
    (tmp_path / "terms.jsonl").write_text(
        GOOD + '{"definition": "nobody"}\n{"term": "B"\n' + GOOD.replace('"a"', '"c"')
    )
    found = json.loads(termatlas("check", tmp_path / "terms.jsonl", "--select", "unreadable", "--format", "json").out)
    assert {f["line"] for f in found} >= {3}
    assert termatlas("check", tmp_path / "terms.jsonl", "--select", "unreadable").code == 1


HOSTILE = {
    "slash": "a/../../etc/passwd",
    "quote": 'it\'s "quoted" <b>',
    "spaces": "two words",
    "long": "x" * 5_000,
    "script": "</script><script>alert(1)</script>",
    "direction": "abc\u202etxt.exe",
    "formula": "=1+1",
    "nul": "nul\x00byte",
    "surrogate": "lone\ud800surrogate",
    "emoji": "🧠 注意力",
    "percent": "100%25",
}


def test_hostile_terms_go_through_every_export(termatlas: Command, tmp_path: Path) -> None:
    import networkx as nx
    import rdflib

    terms = [
        {"slug": text, "term": text, "definition": text, "related": [text, "wanted " + text]}
        for text in HOSTILE.values()
    ]
    (tmp_path / "terms.json").write_text(json.dumps(terms))
    done = termatlas("build", tmp_path / "terms.json", "--out", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    out = tmp_path / "out"
    graph = rdflib.Graph().parse(out / "glossary.ttl")
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.SKOS.Concept))) == 2 * len(HOSTILE)
    assert len(nx.read_graphml(out / "graph.graphml")) == 2 * len(HOSTILE)
    assert len(nx.node_link_graph(json.loads((out / "graph.json").read_text()), edges="edges")) == 2 * len(HOSTILE)
    for page in ("report.html", "network.html"):
        assert "<script>alert(1)" not in (out / page).read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "terms.json"]


def test_hostile_names_do_not_steer_the_terminal(termatlas: Command, tmp_path: Path) -> None:
    (tmp_path / "terms.json").write_text(json.dumps([{"term": "a\x9b31m\u202eb", "definition": "d", "related": []}]))
    for command in (["orphans"], ["check"], ["central"], ["show", "a\x9b31m\u202eb"]):
        out = termatlas(*command, tmp_path / "terms.json").out
        assert "\u202e" not in out
        assert "\x9b" not in out


def test_a_payload_with_a_cycle_and_a_declared_length_is_read(termatlas: Command, tmp_path: Path) -> None:
    payload = [
        {"data": 1, "huge": 8, "self": 0}, ["Reactive", 2],
        {"term": 3, "slug": 4, "shortDefinition": 5, "relatedTerms": 6, "me": 2},
        "Loop", "loop", "It holds itself.", [7], {"slug": 4, "name": 3}, [-7, 100_000_000, 0, 3],
    ]  # fmt: skip
    (tmp_path / "_payload.json").write_text(json.dumps(payload))
    done = termatlas("check", tmp_path / "_payload.json", "--format", "json", "--fail-on", "never")
    assert {finding["rule"] for finding in json.loads(done.out)} == {"isolated", "self-link"}


def test_a_source_without_terms_says_so_and_gives_an_empty_report(termatlas: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("[]")
    done = termatlas("build", tmp_path / "empty.json", "--out", tmp_path / "out")
    assert (done.code, done.err) == (0, "termatlas: no term was found in any of the files\n")
    assert (tmp_path / "out" / "terms.csv").read_text().count("\n") == 1


def test_an_output_that_cannot_be_written_leaves_the_old_one(termatlas: Command, tmp_path: Path) -> None:
    (tmp_path / "terms.jsonl").write_text(GOOD)
    (tmp_path / "out").write_text("a file")
    done = termatlas("build", tmp_path / "terms.jsonl", "--out", tmp_path / "out")
    assert done.code == 3
    assert "cannot be written (file exists); choose another folder with --out" in done.err
    assert (tmp_path / "out").read_text() == "a file"


def _mounted(folder: Path, size: str) -> bool:
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip


def test_a_full_disk_leaves_the_old_exports(termatlas: Command, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not _mounted(disk, "64k"):
        pytest.skip("a small disk cannot be mounted here; the limit on file sizes is tested instead")
    try:
        (tmp_path / "terms.jsonl").write_text(GOOD)
        (disk / "terms.csv").write_text("old")
        done = termatlas("build", tmp_path / "terms.jsonl", "--out", disk)
        assert done.code == 3
        assert "no space left on device" in done.err
        assert "free some space" in done.err
        assert [path.name for path in disk.iterdir()] == ["terms.csv"]
        assert (disk / "terms.csv").read_text() == "old"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_ctrl_c_leaves_the_old_exports(tmp_path: Path) -> None:
    lines = (
        json.dumps({"term": f"Term {n}", "definition": "d", "related": [f"Term {n * 7 % 500}"]}) for n in range(500)
    )
    (tmp_path / "terms.jsonl").write_text("\n".join(lines))
    out = tmp_path / "out"
    out.mkdir()
    (out / "terms.csv").write_text("old")
    command = [sys.executable, "-m", "termatlas", "build", str(tmp_path / "terms.jsonl"), "--out", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while running.poll() is None and not any(path.name.startswith(".termatlas-") for path in out.iterdir()):
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors.strip()) == (130, "termatlas: stopped; nothing was changed")
    assert [path.name for path in out.iterdir()] == ["terms.csv"]
    assert (out / "terms.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["stats", "--reader", "word"],
            'there is no reader "word"; there are csv, json, jsonl, markdown, nuxt, skos, yaml',
        ),
        (["stats", "--map", "colour=x"], 'a term has no field "colour"; it has aliases, broader'),
        (["stats", "--map", "term"], '--map does not say what "term" is called; write term=NAME'),
        (["central", "--by", "fame"], 'there is no measure "fame"; there are in_degree'),
        (["show", "transfomer"], 'no term is called "transfomer"; near it: '),
        (["check", "--select", "orphans"], 'there is no rule "orphans"'),
        (["export", "word"], 'there is no export "word"; there are terms.csv'),
        (["build", "--base-iri", "not an iri"], "not an iri"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(termatlas: Command, tmp_path: Path, arguments: list[str], says: str) -> None:
    out = ["--out", str(tmp_path)] if arguments[0] == "build" else []
    done = termatlas(*arguments, *out)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert says in done.err


def test_a_bad_settings_file_is_named(termatlas: Command, tmp_path: Path) -> None:
    (tmp_path / "terms.jsonl").write_text(GOOD)
    (tmp_path / "termatlas.toml").write_text("title = \n")
    assert "termatlas.toml: not TOML" in termatlas("stats", tmp_path).err
    (tmp_path / "termatlas.toml").write_text("colour = 'red'\n")
    assert 'termatlas.toml: "colour" is no setting' in termatlas("stats", tmp_path).err
