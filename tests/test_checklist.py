"""The checklist goes through a spreadsheet and comes back with its decisions."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.checklist import COLUMNS, checklist_csv, decisions_of, marked, read_checklist, source_id
from termatlas.errors import SourceError
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.suggest.model import Reason, Suggestion

MENTION = Reason(kind="mention", message="mentioned once", sentence="A graph has\nnodes.", start=2, end=7)
BACK = Reason(kind="links-back", message="links back already")
GLOSSARY = Glossary(
    terms=(
        Term(slug="tree", name="Tree", definition="A graph has nodes.", file="tree.md", line=3),
        Term(slug="graph", name="=Graph", file="graph.md"),
        Term(slug="-x", name="Ä, „x“", file="x.md", line=1),
    )
)
SUGGESTIONS = [
    Suggestion(source="tree", target="graph", probability=0.93, reasons=(MENTION, BACK)),
    Suggestion(source="-x", target="graph", probability=0.5, reasons=(BACK,)),
    Suggestion(source="graph", target="-x", probability=0.25, reasons=()),
]


def table() -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(checklist_csv(SUGGESTIONS, GLOSSARY)).removeprefix("\ufeff"))))


def saved(path: Path, rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def with_verdicts(*verdicts: str) -> list[list[str]]:
    head, *rows = table()
    return [head, *([verdict, *row[1:]] for verdict, row in zip(verdicts, rows, strict=False))]


def test_the_checklist_has_a_row_a_suggestion() -> None:
    head, first, *_ = table()
    assert tuple(head) == COLUMNS
    row = dict(zip(head, first, strict=True))
    assert row["evidence"] == "mentioned once: A [[graph]] has nodes. • links back already"
    assert row["fingerprint"] == f"#{SUGGESTIONS[0].fingerprint}"
    assert row["evidence_id"] == f"#{SUGGESTIONS[0].evidence}"
    assert row["source_id"] == f"#{source_id(GLOSSARY.terms[0])}"
    assert (row["file"], row["line"], row["probability"], row["decision"]) == ("tree.md", "3", "0.93", "")


def test_no_cell_is_a_formula() -> None:
    _, *rows = table()
    assert [row[5] for row in rows] == ["'=Graph", "'=Graph", "Ä, „x“"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_excel_finds_that_the_table_is_utf_8() -> None:
    assert "".join(checklist_csv(SUGGESTIONS, GLOSSARY)).startswith("\ufeffdecision,")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\r\n")])
def test_the_decisions_come_back_from_any_spreadsheet(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    file = saved(tmp_path / "c.csv", with_verdicts("Yes", "NO", ""), delimiter, encoding, end)
    checklist = read_checklist(file)
    assert checklist.problems == ()
    assert [(row.verdict, row.source, row.target) for row in checklist.rows] == [
        ("accept", "tree", "graph"),
        ("reject", "-x", "graph"),
        ("", "graph", "-x"),
    ]
    assert [row.fingerprint for row in checklist.rows] == [each.fingerprint for each in SUGGESTIONS]
    assert [row.evidence for row in checklist.rows] == [each.evidence for each in SUGGESTIONS]
    assert [row.source_id for row in checklist.rows] == [source_id(GLOSSARY[each.source]) for each in SUGGESTIONS]


def test_columns_may_be_moved_added_renamed_in_case_and_left_out(tmp_path: Path) -> None:
    rows = [["Note", "TARGET", "Source", "", "Decision"], ["hm", "graph", "tree", "", "x"], ["", "", "", "", ""]]
    checklist = read_checklist(saved(tmp_path / "c.csv", rows, ";"))
    [row] = checklist.rows
    assert (row.verdict, row.fingerprint, row.evidence, row.line) == ("accept", SUGGESTIONS[0].fingerprint, "", 2)


def test_the_hint_that_excel_writes_is_no_row(tmp_path: Path) -> None:
    file = saved(tmp_path / "c.csv", with_verdicts("yes"), "|")
    file.write_bytes(b"sep=|\r\n" + file.read_bytes())
    [row] = read_checklist(file).rows
    assert (row.verdict, row.line) == ("accept", 3)


@pytest.mark.parametrize(
    "word", ["accept", "ACCEPT", "Accepted", "yes", "Y", "x", "X", "ok", "TRUE", "1", "✓", " yes "]
)
def test_words_that_accept(tmp_path: Path, word: str) -> None:
    assert [row.verdict for row in read_checklist(saved(tmp_path / "c.csv", with_verdicts(word))).rows] == ["accept"]


@pytest.mark.parametrize("word", ["reject", "Rejected", "no", "N", "FALSE", "0", "✗"])
def test_words_that_reject(tmp_path: Path, word: str) -> None:
    assert [row.verdict for row in read_checklist(saved(tmp_path / "c.csv", with_verdicts(word))).rows] == ["reject"]


@pytest.mark.parametrize("word", ["", " ", "?", "skip"])
def test_words_that_leave_it_open(tmp_path: Path, word: str) -> None:
    assert [row.verdict for row in read_checklist(saved(tmp_path / "c.csv", with_verdicts(word))).rows] == [""]


def test_a_word_that_is_no_decision_is_named_with_its_line(tmp_path: Path) -> None:
    file = saved(tmp_path / "c.csv", with_verdicts("yes", "maybe", "no"))
    checklist = read_checklist(file)
    assert [row.verdict for row in checklist.rows] == ["accept", "reject"]
    assert [str(problem) for problem in checklist.problems] == [
        f'{file.as_posix()}, line 3: "maybe" is no decision; write accept or reject, or leave the cell empty'
    ]


def test_a_row_whose_link_is_another_than_it_was_is_named(tmp_path: Path) -> None:
    head, row = with_verdicts("yes")
    row[2] = "02.01.2026"
    checklist = read_checklist(saved(tmp_path / "c.csv", [head, row]))
    assert checklist.rows == ()
    assert "line 2: source and target are not those that the row was written with" in str(checklist.problems[0])


def test_a_row_without_a_link_is_named(tmp_path: Path) -> None:
    checklist = read_checklist(saved(tmp_path / "c.csv", [["decision", "source", "target"], ["yes", "tree", ""]]))
    assert len(checklist.problems) == 1


def test_a_fingerprint_that_a_spreadsheet_made_a_number_of_does_no_harm(tmp_path: Path) -> None:
    head, row = with_verdicts("yes")
    row[8] = "9,64E+14"
    assert [row.fingerprint for row in read_checklist(saved(tmp_path / "c.csv", [head, row])).rows] == [
        SUGGESTIONS[0].fingerprint
    ]


def test_two_rows_that_contradict_each_other_decide_nothing(tmp_path: Path) -> None:
    head, *rows = with_verdicts("yes", "no", "yes")
    again = ["no", *rows[0][1:]]
    checklist = read_checklist(saved(tmp_path / "c.csv", [head, *rows, again, ["", *rows[1][1:]]]))
    assert [(row.verdict, row.source) for row in checklist.rows] == [("reject", "-x"), ("accept", "graph"), ("", "-x")]
    [problem] = checklist.problems
    assert "line 5: line 2 says accept of the same link, this line reject; keep one of them" in str(problem)


def test_a_table_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path / "c.csv", [["verdict", "source", "target"], ["yes", "a", "b"]])
    with pytest.raises(SourceError, match=r"line 1: no column is called decision; the first row is verdict, source, t"):
        read_checklist(file)


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(b"")
    with pytest.raises(SourceError, match="no column is called decision; the first row is empty"):
        read_checklist(tmp_path / "c.csv")


def test_another_encoding_is_refused_with_the_cure(tmp_path: Path) -> None:
    file = saved(tmp_path / "c.csv", with_verdicts("yes", "yes", "yes"), ";")
    file.write_bytes(file.read_bytes().replace("Ä".encode(), b"\xc4"))
    with pytest.raises(SourceError, match='line 3: byte 0xc4 is not UTF-8; save the table as "CSV UTF-8"'):
        read_checklist(file)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_checklist(tmp_path / "none.csv")


def test_the_id_of_a_source_changes_with_its_texts_only() -> None:
    term = Term(slug="a", name="A", definition="D", questions=(Question(question="q", answer="a"),))
    moved = replace(term, file="b.md", line=9, related=(Reference(written="b"),), categories=("c",))
    assert source_id(moved) == source_id(term)
    changes = [{"name": "B"}, {"aliases": ("x",)}, {"definition": "E"}, {"explanation": "E"}, {"questions": ()}]
    assert len({source_id(replace(term, **change)) for change in changes} | {source_id(term)}) == 6  # type: ignore[arg-type]  # one at a time


def test_the_decided_rows_become_decisions(tmp_path: Path) -> None:
    head, *rows = with_verdicts("yes", "no", "")
    rows[1][7] = "too far"
    checklist = read_checklist(saved(tmp_path / "c.csv", [head, *rows]))
    first, second = decisions_of(checklist, who="Ada", when=date(2026, 1, 2))
    assert (first.verdict, first.fingerprint, first.who, first.kind) == (
        "accept",
        SUGGESTIONS[0].fingerprint,
        "Ada",
        "link",
    )
    assert (second.verdict, second.why, second.when) == ("reject", "too far", date(2026, 1, 2))


def test_a_reason_without_a_sentence_is_its_message() -> None:
    assert marked(BACK) == "links back already"


slugs = st.text("a-=+@'\t é注1", min_size=1, max_size=5).map(str.strip).filter(bool)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(slugs, slugs), min_size=1, max_size=4, unique=True), st.sampled_from([",", ";", "\t"]))
def test_any_link_comes_back(tmp_path_factory: pytest.TempPathFactory, links: list[tuple[str, str]], by: str) -> None:
    suggestions = [Suggestion(source=source, target=target, probability=0.5, reasons=()) for source, target in links]
    text = "".join(checklist_csv(suggestions, Glossary())).removeprefix("\ufeff")
    file = saved(tmp_path_factory.mktemp("c") / "c.csv", list(csv.reader(io.StringIO(text, newline=""))), by)
    checklist = read_checklist(file)
    assert checklist.problems == ()
    assert [(row.source, row.target) for row in checklist.rows] == links
