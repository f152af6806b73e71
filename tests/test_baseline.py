"""Fingerprints, baselines and waivers: which findings count."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from running import Command
from termatlas.decisions import Decision, Decisions, line_of
from termatlas.errors import SourceError
from termatlas.export.findings_json import findings_json
from termatlas.findings import RULES, Finding, fingerprint
from termatlas.findings.baseline import compare, only_new, read_findings
from termatlas.findings.fingerprints import numbered
from termatlas.findings.gate import gate, notes
from termatlas.findings.waivers import without_waived
from termatlas.model import Where

TODAY = date(2026, 7, 1)


def finding(term: str = "clip", rule: str = "orphan", message: str = "m", target: str = "", **where: Any) -> Finding:
    place = Where(**{"file": "clip.md", **where})
    return Finding(rule=rule, level=RULES[rule].level, term=term, target=target, message=message, where=place)


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["", "a", "b"]),
        st.sampled_from(["orphan", "unreadable"]),
        st.sampled_from(["m", "n"]),
        st.sampled_from(["", "a"]),
        file=st.sampled_from(["x", "y"]),
        line=st.integers(0, 2),
    ),
    max_size=12,
)


def test_a_fingerprint_stays_when_lines_move_files_are_renamed_or_words_change() -> None:
    assert fingerprint(finding(line=3)) == fingerprint(
        finding(message="other words", file="new.md", line=70, field="f")
    )


@pytest.mark.parametrize("other", [finding("bert"), finding(rule="isolated"), finding(target="bert")])
def test_a_fingerprint_changes_with_rule_term_and_target(other: Finding) -> None:
    assert fingerprint(other) != fingerprint(finding())


def test_the_message_counts_where_there_is_no_term() -> None:
    spelt = [finding("", "category-spelling", message) for message in ("a", "b")]
    assert fingerprint(spelt[0]) != fingerprint(spelt[1])


@settings(deadline=None)
@given(FINDINGS)
def test_numbered_fingerprints_are_unique(findings: list[Finding]) -> None:
    assert len(set(numbered(findings))) == len(findings)


@settings(deadline=None)
@given(FINDINGS, st.randoms(use_true_random=False))
def test_nothing_is_new_beside_itself_in_another_order(findings: list[Finding], random: Any) -> None:
    baseline = list(findings)
    random.shuffle(baseline)
    assert only_new(findings, baseline) == []
    assert compare(findings, baseline).gone == ()


@settings(deadline=None)
@given(FINDINGS, FINDINGS)
def test_every_finding_is_new_or_old_and_old_ones_are_matched_one_by_one(
    findings: list[Finding], baseline: list[Finding]
) -> None:
    compared = compare(findings, baseline)
    assert len(compared.new) + len(compared.old) == len(findings)
    assert len(compared.old) + len(compared.gone) == len(baseline)
    assert not {*map(fingerprint, compared.new)} & {*map(fingerprint, compared.gone)}


def test_of_equal_findings_the_one_in_another_place_is_new() -> None:
    first, second = (finding("", "unreadable", "cut short", file=file) for file in ("a.json", "b.json"))
    assert only_new([first, second], [second]) == [first]
    assert compare([first], [first, second]).gone == (second,)


@settings(deadline=None)
@given(FINDINGS)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, findings: list[Finding]) -> None:
    path = tmp_path_factory.mktemp("read") / "findings.json"
    path.write_text("".join(findings_json(findings)), encoding="utf-8")
    assert read_findings(path) == tuple(findings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b"\xff", "not JSON: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"{}", "not a list of findings"),
        (
            b"[" * 100_000,
            "not JSON: maximum recursion depth exceeded while decoding a JSON array from a unicode string",
        ),
        (b"[7]", "/0: not a finding: it names no rule"),
        (b'[{"rule": "orphan"}, {"term": "a"}]', "/1: not a finding: it names no rule"),
    ],
)
def test_a_baseline_that_is_none_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "b.json").write_bytes(content)
    with pytest.raises(SourceError) as raised:
        read_findings(tmp_path / "b.json")
    assert message.removeprefix("/") in str(raised.value)
    assert "termatlas check --format json --out FILE" in str(raised.value)


def test_a_baseline_of_before_there_were_fingerprints_is_read(tmp_path: Path) -> None:
    text = '[{"rule": "orphan", "term": "clip", "level": ["odd"], "line": "x"}]'
    (tmp_path / "old.json").write_text(text, encoding="utf-8")
    [old] = read_findings(tmp_path / "old.json")
    assert fingerprint(old) == fingerprint(finding())


def waiver(name: str, **fields: Any) -> Decision:
    return Decision(**{"fingerprint": name, "kind": "finding", "verdict": "waive", **fields})


def test_a_waiver_is_for_one_finding() -> None:
    first, second, other = finding(line=1), finding(line=2), finding("bert")
    names = list(numbered([first, second, other]))
    waived = without_waived([first, second, other], Decisions(made=(waiver(names[1]),)), TODAY)
    assert (waived.open, waived.waived) == ((first, other), (second,))


@pytest.mark.parametrize(
    ("expires", "open_ones"), [(None, 0), (TODAY, 0), (date(2026, 6, 30), 1), (date(2027, 1, 1), 0)]
)
def test_a_waiver_holds_until_its_last_day(expires: date | None, open_ones: int) -> None:
    decisions = Decisions(made=(waiver(fingerprint(finding()), expires=expires),))
    assert len(without_waived([finding()], decisions, TODAY).open) == open_ones


@pytest.mark.parametrize(
    "other", [{"verdict": "accept"}, {"kind": "link", "verdict": "reject"}]
)  # fmt: skip
def test_other_decisions_waive_nothing(other: dict[str, str]) -> None:
    decisions = Decisions(made=(waiver(fingerprint(finding())), waiver(fingerprint(finding()), **other)))
    assert without_waived([finding()], decisions, TODAY).waived == ()


def test_the_gate_says_what_it_left_out() -> None:
    kept, old, new, late = finding("kept"), finding("old"), finding("new"), finding("late", line=9)
    decisions = Decisions(
        made=(
            waiver(fingerprint(kept)),
            waiver(fingerprint(late), who="Ada", expires=date(2026, 6, 30)),
        )
    )
    baseline = [replace(old, where=Where(file="moved.md", line=70)), finding("gone"), kept, finding("x", "island")]
    gated = gate([kept, old, new, late], decisions=decisions, today=TODAY, baseline=baseline, rules=["orphan"])
    assert gated.open == (new, late)
    assert list(notes(gated)) == [
        "2 new; 1 old, as in the baseline; 1 of the baseline is gone",
        "1 waived",
        "the waiver of Ada expired on 2026-06-30: orphan, clip.md, line 9: m",
    ]


def test_a_gate_without_baseline_and_waivers_says_nothing() -> None:
    assert list(notes(gate([finding()], decisions=Decisions(), today=TODAY))) == []


PAGE = "---\ntitle: {}\nrelated: [{}]\n---\n{}\n"


@pytest.fixture
def glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a glossary in which nothing leads to c."""
    monkeypatch.chdir(tmp_path)
    for name, links in (("a", "b"), ("b", "a"), ("c", "a")):
        write(tmp_path, name, links)
    return tmp_path


def write(folder: Path, name: str, links: str, before: str = "") -> None:
    (folder / "terms").mkdir(exist_ok=True)
    (folder / "terms" / f"{name}.md").write_text(f"{before}{PAGE.format(name, links, 'It is.')}", encoding="utf-8")


def test_only_new_findings_are_shown_and_fail(glossary: Path, termatlas: Command) -> None:
    asked = ("check", "terms", "--fail-on", "warning", "--select", "isolated,orphan,one-way-link")
    assert termatlas(*asked, "--format", "json", "--out", "base.json").code == 1
    assert termatlas(*asked, "--baseline", "base.json") == (
        0,
        "0 findings: 0 error, 0 warning, 0 info\n"
        "0 new; 2 old, as in the baseline; 0 of the baseline are gone\n",
        "",
    )  # fmt: skip
    (glossary / "terms/c.md").rename(glossary / "terms/cc.md")
    (glossary / "terms/cc.md").write_text("---\nslug: c\n\n\ntitle: c\nrelated: [a]\n---\nIt is.\n", encoding="utf-8")
    assert termatlas(*asked, "--baseline", "base.json").code == 0
    write(glossary, "d", "")
    run = termatlas(*asked, "--baseline", "base.json")
    assert run.code == 1
    assert "Isolated term (isolated), 1:" in run.out
    assert "Orphan" not in run.out
    (glossary / "terms/cc.md").unlink()
    run = termatlas(*asked, "--baseline", "base.json", "--format", "json")
    assert [row["term"] for row in json.loads(run.out)] == ["d"]
    assert run.err == "1 new; 0 old, as in the baseline; 2 of the baseline are gone\n"


def test_a_baseline_of_build_serves_too(glossary: Path, termatlas: Command) -> None:
    termatlas("export", "findings.json", "terms", "--out", "exports/findings.json")
    assert termatlas("check", "terms", "--baseline", "exports/findings.json", "--fail-on", "info").code == 0


def test_rules_that_were_not_asked_are_not_gone(glossary: Path, termatlas: Command) -> None:
    termatlas("check", "terms", "--format", "json", "--out", "base.json")
    run = termatlas("check", "terms", "--baseline", "base.json", "--select", "one-way-link")
    assert "0 new; 1 old, as in the baseline; 0 of the baseline are gone\n" in run.out


def test_a_baseline_that_is_not_there_is_said(glossary: Path, termatlas: Command) -> None:
    run = termatlas("check", "terms", "--baseline", "nowhere.json")
    assert (run.code, run.err) == (
        3,
        "termatlas: nowhere.json: cannot be read (no such file or directory); name a findings.json of termatlas build, "
        "or write one with termatlas check --format json --out FILE\n",
    )


def orphan(termatlas: Command) -> str:
    [row] = json.loads(termatlas("check", "terms", "--select", "orphan", "--format", "json").out)
    name: str = row["fingerprint"]
    return name


@pytest.mark.parametrize("place", ["terms/termatlas.decisions.jsonl", "termatlas.decisions.jsonl", "other.jsonl"])
def test_waivers_are_read_beside_the_source_or_where_it_is_said(glossary: Path, termatlas: Command, place: str) -> None:
    (glossary / place).write_text(f"{line_of(waiver(orphan(termatlas)))}\n", encoding="utf-8")
    more = ("--decisions", place) if place == "other.jsonl" else ()
    assert termatlas("check", "terms", "--select", "orphan", "--fail-on", "warning", *more) == (
        0,
        "0 findings: 0 error, 0 warning, 0 info\n1 waived\n",
        "",
    )


def test_an_expired_waiver_fails_and_is_said(glossary: Path, termatlas: Command) -> None:
    late = waiver(orphan(termatlas), expires=date(2020, 12, 31))
    (glossary / "termatlas.decisions.jsonl").write_text(f"{line_of(late)}\n", encoding="utf-8")
    run = termatlas("check", "terms", "--select", "orphan", "--fail-on", "warning", "--format", "github")
    assert run.code == 1
    assert run.err.startswith("the waiver expired on 2020-12-31: orphan, terms/c.md, line ")


def test_broken_lines_of_decisions_are_said_and_skipped(glossary: Path, termatlas: Command) -> None:
    good = line_of(waiver(orphan(termatlas)))
    (glossary / "d.jsonl").write_text(f"{{\n{good}\n", encoding="utf-8")
    run = termatlas("check", "terms", "--select", "orphan", "--fail-on", "warning", "--decisions", "d.jsonl")
    assert run.code == 0
    assert run.err.startswith("termatlas: d.jsonl, line 1: the line is not JSON; ")


def test_decisions_that_are_not_there_are_said(glossary: Path, termatlas: Command) -> None:
    run = termatlas("check", "terms", "--decisions", "nowhere.jsonl")
    assert (run.code, run.err) == (
        3,
        "termatlas: nowhere.jsonl: no such file; check the spelling of the path given to --decisions\n",
    )


def test_a_real_glossary_renamed_and_shifted_has_nothing_new(corpora: Path, tmp_path: Path, termatlas: Command) -> None:
    first = tmp_path / "one"
    shutil.copytree(corpora / "ml-glossary-mlg" / "terms", first)
    base = tmp_path / "base.json"
    termatlas("check", first, "--format", "json", "--out", base)
    for page in sorted(first.glob("*.md"))[::2]:
        page.write_text(page.read_text(encoding="utf-8").replace("---\n", "---\n\n\n", 1), encoding="utf-8")
    first.rename(tmp_path / "terms")
    run = termatlas("check", tmp_path / "terms", "--baseline", base, "--fail-on", "info")
    assert (run.code, run.out.splitlines()[0]) == (0, "0 findings: 0 error, 0 warning, 0 info")
