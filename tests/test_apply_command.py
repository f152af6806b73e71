"""`termatlas apply`: what it says, what it records, how it ends."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from running import Command
from termatlas.checklist import checklist_csv
from termatlas.decisions import read_decisions
from termatlas.sources import read
from termatlas.suggest.model import Reason, Suggestion

REASON = Reason(kind="mention", message="mentioned once", sentence="Text of b.", start=8, end=9)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with a glossary of three pages and a checklist of three suggestions."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "terms").mkdir()
    for slug in "abc":
        (tmp_path / "terms" / f"{slug}.md").write_text(f"---\ntitle: {slug.upper()}\n---\nText of {slug}.\n")
    glossary = read("terms")
    suggestions = [
        Suggestion(source=source, target=target, probability=0.5, reasons=(REASON,))
        for source, target in ("ab", "bc", "ca")
    ]
    text = "".join(checklist_csv(suggestions, glossary))
    (tmp_path / "missing.csv").write_text(text, encoding="utf-8", newline="")
    return tmp_path


def decide(here: Path, *verdicts: str) -> None:
    head, *rows = (here / "missing.csv").read_text(encoding="utf-8").splitlines()
    decided = [verdict + row for verdict, row in zip(verdicts, rows, strict=True)]
    (here / "missing.csv").write_text("\n".join([head, *decided, ""]), encoding="utf-8")


def test_a_checklist_is_applied_and_its_decisions_recorded(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "no", "")
    run = termatlas("apply", "missing.csv", "terms", "--who", "Ada")
    assert (run.code, run.out) == (0, "1 link added to 1 file\n")
    assert [link.target for link in read("terms")["a"].related] == ["b"]
    made = read_decisions(here / "termatlas.decisions.jsonl").made
    assert [(each.verdict, each.source, each.who) for each in made] == [("accept", "a", "Ada"), ("reject", "b", "Ada")]


def test_a_second_run_changes_nothing(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "no", "x")
    termatlas("apply", "missing.csv", "terms")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    run = termatlas("apply", "missing.csv", "terms")
    assert (run.code, run.out) == (0, "0 links added to 0 files, 2 there already\n")
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_a_dry_run_prints_a_difference_and_writes_nothing(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "no", "")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    run = termatlas("apply", "--dry-run", "missing.csv", "terms")
    assert run.code == 0
    assert run.out.startswith("--- a/terms/a.md\n+++ b/terms/a.md\n")
    assert run.err.endswith("1 link would be added to 1 file\n")
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
    subprocess.run(["git", "apply", "-"], input=run.out.encode(), check=True, cwd=here)
    assert [link.target for link in read("terms")["a"].related] == ["b"]


def test_a_file_of_decisions_is_applied(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "no", "yes")
    termatlas("apply", "missing.csv", "terms")
    for slug in "abc":
        (here / "terms" / f"{slug}.md").write_text(f"---\ntitle: {slug.upper()}\n---\nText of {slug}.\n")
    before = (here / "termatlas.decisions.jsonl").read_bytes()
    run = termatlas("apply", "termatlas.decisions.jsonl", "terms")
    assert (run.code, run.out) == (0, "2 links added to 2 files\n")
    assert (here / "termatlas.decisions.jsonl").read_bytes() == before


def test_refused_rows_are_named_not_recorded_and_the_others_applied(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "perhaps", "yes")
    (here / "terms" / "a.md").write_text("---\ntitle: A\n---\nAnother text.\n")
    run = termatlas("apply", "missing.csv", "terms", "--decisions", "mine.jsonl")
    assert (run.code, run.out) == (1, "1 link added to 1 file, 1 refused\n")
    assert 'missing.csv, line 3: "perhaps" is no decision' in run.err
    assert "line 2: a → b: the texts of a are not those that the link was suggested for; look at it again" in run.err
    assert [each.source for each in read_decisions(here / "mine.jsonl").made] == ["c"]


def test_the_decisions_beside_the_sources_are_no_source(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "no", "yes")
    (here / "terms" / "termatlas.decisions.jsonl").write_text("")
    assert termatlas("apply", "missing.csv", "terms").code == 0
    assert len(read_decisions(here / "terms" / "termatlas.decisions.jsonl").made) == 3
    assert not (here / "termatlas.decisions.jsonl").exists()
    glossary = read("terms")
    assert (len(glossary), glossary.problems) == (3, ())


def test_without_sources_nothing_is_applied(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "no", "yes")
    run = termatlas("apply", "missing.csv")
    assert run.code == 2
    assert "name the sources to write into" in run.err


def test_what_goes_to_the_patch_is_said(here: Path, termatlas: Command) -> None:
    concept = "<http://x.org/{0}> a <http://www.w3.org/2004/02/skos/core#Concept> .\n"
    (here / "t.ttl").write_text(concept.format("a") + concept.format("b"))
    (here / "c.csv").write_text("decision,source,target\nyes,a,b\n")
    run = termatlas("apply", "c.csv", "t.ttl")
    assert (run.code, run.out) == (0, "0 links added to 0 files, 1 in termatlas.patch.json\n")
    assert "a site or a program makes the file" in run.err
    assert (here / "termatlas.patch.json").exists()


def test_the_new_field_is_said(here: Path, termatlas: Command) -> None:
    decide(here, "yes", "", "")
    assert "no term had a field for related terms" in termatlas("apply", "missing.csv", "terms").err


@pytest.mark.parametrize("name", ["none.csv", "terms"])
def test_a_file_that_cannot_be_read_is_named(here: Path, termatlas: Command, name: str) -> None:
    run = termatlas("apply", name, "terms")
    assert run.code == 3
    assert f"{name}: cannot be read" in run.err


def test_hostile_text_does_not_reach_the_terminal(here: Path, termatlas: Command) -> None:
    (here / "c.csv").write_text("decision,source,target\nyes,\x1b[31ma,b\n")
    run = termatlas("apply", "c.csv", "terms")
    assert run.code == 1
    assert "\x1b" not in run.err
