"""Decisions are remembered, one line each, whatever happens to the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.decisions import (
    NAME,
    Decision,
    Decisions,
    add_decision,
    add_decisions,
    decide,
    in_force,
    line_of,
    open_suggestions,
    read_decisions,
)
from termatlas.errors import OutputError, SourceError
from termatlas.suggest.model import Reason, Suggestion

TODAY = date(2026, 3, 1)
REJECTION = Decision(fingerprint="f1", kind="link", verdict="reject", source="a", target="b", who="Ada", when=TODAY)


def suggestion(sentence: str = "A graph has nodes.", target: str = "graph") -> Suggestion:
    reason = Reason(kind="mention", message="mentioned once", sentence=sentence, start=2, end=7)
    return Suggestion(source="tree", target=target, probability=0.5, reasons=(reason,))


def test_a_file_that_is_not_there_holds_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / NAME) == Decisions()


def test_what_is_added_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / NAME
    full = replace(REJECTION, rule="r", evidence="e", source_id="s", why="no, 注意", expires=date(2027, 1, 1))
    add_decision(file, REJECTION)
    add_decision(file, full)
    assert read_decisions(file).made == (REJECTION, full)


def test_a_line_is_json_with_sorted_keys_and_nothing_empty(tmp_path: Path) -> None:
    file = tmp_path / NAME
    add_decision(file, replace(REJECTION, why="näher"))
    line = file.read_text(encoding="utf-8")
    assert line.endswith("}\n")
    assert "näher" in line
    assert list(json.loads(line)) == ["fingerprint", "kind", "source", "target", "verdict", "when", "who", "why"]


def test_the_last_decision_on_a_fingerprint_wins() -> None:
    decisions = Decisions(made=(REJECTION, replace(REJECTION, verdict="accept")))
    last = decisions.last("f1")
    assert last is not None
    assert last.verdict == "accept"
    assert decisions.latest() == [last]
    assert decisions.last("f2") is None


@pytest.mark.parametrize(
    ("line", "problem", "cure"),
    [
        (b"{", "the line is not JSON", "delete the line"),
        (b"[1]", "the line is not a JSON object", "delete the line"),
        (b"\xff\xfe", "byte 0xff is not UTF-8", "save the file as UTF-8"),
        (b"<<<<<<< HEAD", "a mark of a merge conflict", "keep the lines of both sides"),
        (b'{"kind": "link", "verdict": "accept"}', "a decision without a fingerprint", "delete the line"),
        (b'{"fingerprint": "f", "verdict": "accept"}', '"kind" is missing', "link, finding, duplicate, term"),
        (b'{"fingerprint": "f", "kind": "link", "verdict": "may\\u00df"}', '"verdict" is "mayß"', "accept, reject"),
        (b'{"fingerprint": "f", "kind": ["link"], "verdict": "accept"}', '"kind" is ["link"]', "write one of"),
        (b'{"fingerprint": 7, "kind": "link", "verdict": "accept"}', '"fingerprint" is not a text', "quotation marks"),
        (
            b'{"fingerprint": "f", "kind": "link", "verdict": "accept", "expires": "soon"}',
            '"expires" is no date: soon',
            "such as 2026-12-31",
        ),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_skipped_and_kept(tmp_path: Path, line: bytes, problem: str, cure: str) -> None:
    file = tmp_path / NAME
    good = line_of(REJECTION).encode()
    file.write_bytes(good + b"\n" + line + b"\n\n")
    add_decision(file, replace(REJECTION, fingerprint="f2"))
    decisions = read_decisions(file)
    assert [decision.fingerprint for decision in decisions.made] == ["f1", "f2"]
    [found] = decisions.problems
    assert (found.where.line, found.where.file) == (2, file.as_posix())
    assert problem in found.problem
    assert cure in found.cure
    assert line in file.read_bytes()


def test_windows_line_ends_a_mark_and_a_missing_end_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / NAME
    good = line_of(REJECTION).encode()
    file.write_bytes(b"\xef\xbb\xbf" + good + b"\r\n" + good)
    add_decision(file, replace(REJECTION, fingerprint="f2"))
    assert [decision.fingerprint for decision in read_decisions(file).made] == ["f1", "f1", "f2"]
    assert read_decisions(file).problems == ()


def test_a_line_cut_short_by_a_crash_does_not_spoil_the_next(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_text('{"fingerprint": "f0", "ki')
    add_decision(file, REJECTION)
    decisions = read_decisions(file)
    assert decisions.made == (REJECTION,)
    assert len(decisions.problems) == 1


def test_a_write_that_fails_half_way_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / NAME
    add_decision(file, REJECTION)
    before = file.read_bytes()
    real = os.write

    def short(descriptor: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(28, "No space left on device")
        return real(descriptor, data[: len(data) - 10])

    monkeypatch.setattr(os, "write", short)
    with pytest.raises(OutputError, match=r"cannot be written \(no space left on device\).*is untouched"):
        add_decision(file, replace(REJECTION, fingerprint="f2"))
    assert file.read_bytes() == before


def test_two_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / NAME
    script = """
import sys
from pathlib import Path
from termatlas.decisions import Decision, add_decision
for number in range(50):
    add_decision(Path(sys.argv[1]), Decision(fingerprint=f"{sys.argv[2]}{number}", kind="link", verdict="accept"))
"""
    graph = str(Path(sys.modules["termatlas"].__file__ or "").parents[1])
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(file), name], env={**os.environ, "PYTHONPATH": graph})
        for name in "abc"
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    decisions = read_decisions(file)
    assert decisions.problems == ()
    assert len({decision.fingerprint for decision in decisions.made}) == 150


def test_what_cannot_be_written_or_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written.*name another file with --decisions"):
        add_decision(tmp_path / "none" / NAME, REJECTION)
    with pytest.raises(SourceError, match="cannot be read"):
        read_decisions(tmp_path)


def test_nothing_to_add_makes_no_file(tmp_path: Path) -> None:
    add_decisions(tmp_path / NAME, [])
    assert not (tmp_path / NAME).exists()


def test_what_was_rejected_is_not_shown_again() -> None:
    decisions = Decisions(made=(decide(suggestion(), "reject", who="Ada", when=TODAY),))
    assert open_suggestions([suggestion(), suggestion(target="node")], decisions, TODAY) == [suggestion(target="node")]


def test_other_evidence_opens_a_rejected_suggestion_again() -> None:
    decisions = Decisions(made=(decide(suggestion(), "reject", who="Ada", when=TODAY),))
    changed = suggestion("A graph has edges, too.")
    assert open_suggestions([changed], decisions, TODAY) == [changed]


def test_a_rejection_holds_until_the_end_of_its_last_day() -> None:
    rejected = replace(decide(suggestion(), "reject", who="Ada", when=TODAY), expires=date(2026, 3, 2))
    decisions = Decisions(made=(rejected,))
    assert open_suggestions([suggestion()], decisions, date(2026, 3, 2)) == []
    assert open_suggestions([suggestion()], decisions, date(2026, 3, 3)) == [suggestion()]


def test_what_was_accepted_stays_a_suggestion_until_it_is_a_link() -> None:
    accepted = decide(suggestion(), "accept", who="Ada", when=TODAY)
    assert open_suggestions([suggestion()], Decisions(made=(accepted,)), TODAY) == [suggestion()]


def test_an_acceptance_holds_whatever_becomes_of_the_evidence() -> None:
    accepted = decide(suggestion(), "accept", who="Ada", when=TODAY)
    assert in_force(Decisions(made=(accepted,)), accepted.fingerprint, TODAY, evidence="other") == accepted


def test_a_decision_without_evidence_holds_for_any() -> None:
    assert in_force(Decisions(made=(REJECTION,)), "f1", TODAY, evidence="whatever") == REJECTION


@settings(deadline=None, max_examples=60)
@given(
    st.builds(
        Decision,
        fingerprint=st.text(min_size=1, max_size=5),
        kind=st.sampled_from(["link", "finding", "duplicate", "term"]),
        verdict=st.sampled_from(["accept", "reject", "waive"]),
        source=st.text('aé\u2028\x85\n\r\t"\\\ud800\U0001f600', max_size=6),
        why=st.text(max_size=6),
        when=st.none() | st.dates(),
        expires=st.none() | st.dates(),
    )
)
def test_any_decision_is_one_line_and_comes_back(tmp_path_factory: pytest.TempPathFactory, decision: Decision) -> None:
    file = tmp_path_factory.mktemp("decisions") / NAME
    add_decisions(file, [decision, REJECTION])
    assert file.read_bytes().count(b"\n") == 2
    assert read_decisions(file) == Decisions(made=(decision, REJECTION))
