"""A review walks, asks, writes down at once, and can be stopped and taken up again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from running import Command
from termatlas.checklist import checklist_csv, source_id
from termatlas.decisions import Decision, Decisions, line_of, read_decisions
from termatlas.errors import SourceError
from termatlas.model import Glossary, Reference, Term
from termatlas.review import Desk, review
from termatlas.suggest.model import Reason, Suggestion
from termatlas.undecided import Item, Items, read_items, without

TODAY = date(2026, 3, 1)
LINK = Reference(written="x", target="x")
GLOSSARY = Glossary(
    terms=(
        Term(slug="tree", name="Tree", definition="A graph without cycles.", related=(LINK,)),
        Term(slug="graph", name="Graph", definition="Nodes and \x1b[31medges.", explanation="One.\n\nTwo."),
        Term(slug="node", name="Node"),
    )
)
MENTION = Reason(kind="mention", message="mentioned once", sentence="A graph; without cycles.", start=2, end=7)
SUGGESTIONS = [
    Suggestion(source="tree", target="graph", probability=0.9, reasons=(MENTION,)),
    Suggestion(source="graph", target="node", probability=0.5, reasons=()),
    Suggestion(source="node", target="tree", probability=0.4, reasons=()),
]


def item(number: int, kind: Any = "link") -> Item:
    suggestion = SUGGESTIONS[number]
    return Item(
        kind=kind,
        fingerprint=suggestion.fingerprint,
        source=suggestion.source,
        target=suggestion.target,
        evidence=suggestion.evidence,
        title=f"{suggestion.source} → {suggestion.target}",
    )


def walk(answers: Iterable[str], *items: Item, glossary: Glossary = GLOSSARY) -> tuple[list[Decision], str, Any]:
    """Review items with given answers: the decisions, what was said, and the counts."""
    said: list[str] = []
    made: list[Decision] = []
    given = iter(answers)

    def ask(prompt: str) -> str:
        said.append(prompt)
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    desk = Desk(ask=ask, say=said.append, record=made.append, who="Ada", today=TODAY, glossary=glossary)
    counts = review(items, desk)
    return made, "\n".join(said), counts


def test_accept_and_reject_with_a_reason() -> None:
    made, said, counts = walk(["a", "r too far", "no", " not related "], *map(item, range(3)))
    assert [(each.verdict, each.source, each.target, each.why) for each in made] == [
        ("accept", "tree", "graph", ""),
        ("reject", "graph", "node", "too far"),
        ("reject", "node", "tree", "not related"),
    ]
    assert {(each.who, each.when, each.kind) for each in made} == {("Ada", TODAY, "link")}
    assert [each.evidence for each in made] == [each.evidence for each in SUGGESTIONS]
    assert counts == {"accept": 1, "reject": 2}
    assert said.count("why? ") == 1


def test_both_definitions_are_shown_and_nothing_steers_the_terminal() -> None:
    _, said, _ = walk(["q"], item(0))
    assert "1 of 1: tree → graph" in said
    assert "  Tree: A graph without cycles." in said
    assert r"  Graph: Nodes and \x1b[31medges." in said
    assert "\x1b" not in said


def test_a_term_without_definition_says_so() -> None:
    assert "Node: (no definition)" in walk(["q"], item(1))[1]


def test_more_shows_the_whole_texts_and_links() -> None:
    _, said, counts = walk(["m", "s"], item(0))
    assert "  One." in said
    assert "  Two." in said
    assert "  links to x" in said
    assert counts == {"skip": 1}


def test_more_without_the_glossary_says_what_to_name() -> None:
    assert "name its files as SOURCE" in walk(["m", "q"], item(0), glossary=Glossary())[1]


def test_back_decides_again_and_the_later_decision_comes_later() -> None:
    made, _, counts = walk(["b", "a", "b", "r no", "s"], item(0), item(1))
    assert [each.verdict for each in made] == ["accept", "reject"]
    assert {each.fingerprint for each in made} == {SUGGESTIONS[0].fingerprint}
    assert counts == {"reject": 1, "skip": 1}


@pytest.mark.parametrize("answers", [["a", "q"], ["a"]])
def test_quitting_or_the_end_of_the_answers_keeps_what_was_decided(answers: list[str]) -> None:
    made, _, counts = walk(answers, item(0), item(1))
    assert len(made) == 1
    assert counts == {"accept": 1}


def test_ctrl_c_keeps_what_was_decided() -> None:
    def ask(_: str) -> str:
        raise KeyboardInterrupt

    desk = Desk(ask=ask, say=str, record=list, who="", today=TODAY, glossary=GLOSSARY)  # type: ignore[arg-type]  # unused
    assert review([item(0)], desk) == {}


@pytest.mark.parametrize("answer", ["", "w", "accepted?", "\x1b"])
def test_another_answer_is_asked_again(answer: str) -> None:
    made, said, _ = walk([answer, "a"], item(0))
    assert len(made) == 1
    assert "answer with one of the letters in brackets" in said


def test_a_finding_is_waived_with_a_reason_and_a_last_day() -> None:
    [waiver], said, _ = walk(["w", "on purpose", "soon", "2026-12-31"], item(0, "finding"))
    assert (waiver.kind, waiver.verdict, waiver.why, waiver.expires) == (
        "finding",
        "waive",
        "on purpose",
        date(2026, 12, 31),
    )
    assert "write a date such as 2026-12-31" in said
    [waiver], *_ = walk(["w on purpose", ""], item(0, "finding"))
    assert (waiver.why, waiver.expires, waiver.source_id) == ("on purpose", None, "")


def test_a_source_that_changed_since_is_said_and_decided_on_as_it_is_now() -> None:
    old = Item(kind="link", fingerprint="f", source="tree", target="graph", source_id="0" * 16, title="t")
    [decision], said, _ = walk(["a"], old)
    assert "the texts of Tree changed since; here they are as they are now" in said
    assert decision.source_id == source_id(GLOSSARY["tree"])


def checklist(folder: Path) -> Path:
    file = folder / "missing.csv"
    file.write_text("".join(checklist_csv(SUGGESTIONS, GLOSSARY)), encoding="utf-8", newline="")
    return file


def test_items_of_a_checklist(tmp_path: Path) -> None:
    first, *_ = read_items(checklist(tmp_path)).items
    assert first.title == "Tree → Graph, probability 0.9"
    assert first.reasons == ("mentioned once: A [[graph]]; without cycles.",)
    assert (first.fingerprint, first.evidence) == (SUGGESTIONS[0].fingerprint, SUGGESTIONS[0].evidence)


def test_rows_that_are_decided_in_the_checklist_are_passed_over(tmp_path: Path) -> None:
    file = checklist(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("\n,0.5", "\nyes,0.5"), encoding="utf-8")
    items = read_items(file)
    assert [each.target for each in items.items] == ["graph", "tree"]
    assert items.decided == 1


def as_json(suggestion: Suggestion) -> dict[str, Any]:
    keys = ("kind", "message", "sentence", "start", "end")
    reasons = [{key: getattr(reason, key) for key in keys} for reason in suggestion.reasons]
    ends = {"source": suggestion.source, "target": suggestion.target, "source_name": "Tree"}
    return {**ends, "probability": suggestion.probability, "reasons": reasons}


@pytest.mark.parametrize("wrapped", [True, False])
def test_items_of_suggestions_as_json(tmp_path: Path, wrapped: bool) -> None:
    file = tmp_path / "missing.json"
    listed: list[Any] = [*map(as_json, SUGGESTIONS), {"source": 1}, 7]
    file.write_text(json.dumps({"suggestions": listed} if wrapped else listed))
    items = read_items(file)
    assert [each.fingerprint for each in items.items] == [each.fingerprint for each in SUGGESTIONS]
    assert [each.evidence for each in items.items] == [each.evidence for each in SUGGESTIONS]
    assert items.items[0].title == "Tree → graph, probability 0.9"
    assert [str(problem) for problem in items.problems] == [
        f"{file.as_posix()}, /{number}: neither a suggestion nor a finding; write the file anew" for number in (3, 4)
    ]


def test_items_of_findings(tmp_path: Path, termatlas: Command) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nrelated: [a]\n---\nText.\n")
    file = tmp_path / "findings.json"
    file.write_text(termatlas("check", "--format", "json", tmp_path / "a.md").out)
    items = read_items(file).items
    assert {"self-link"} <= {each.rule for each in items}
    assert {each.kind for each in items} == {"finding"}


def test_items_of_duplicates_and_missing_terms_as_the_commands_give_them(
    tmp_path: Path, termatlas: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "terms").mkdir()
    pages = {"llm": "LLM", "large-language-model": "Large language model (LLM)", "x": "X"}
    for slug, name in pages.items():
        (tmp_path / "terms" / f"{slug}.md").write_text(f"---\ntitle: {name}\nrelated: [wanted]\n---\nText of {name}.\n")
    kinds = {"duplicates": "duplicate", "terms": "term"}
    for what, kind in kinds.items():
        file = tmp_path / f"{what}.json"
        file.write_text(termatlas("suggest", what, "terms", "--format", "json").out, encoding="utf-8")
        items = read_items(file)
        assert items.problems == ()
        assert {each.kind for each in items.items} == {kind}
        made, *_ = walk(["r no"], items.items[0])
        (tmp_path / "termatlas.decisions.jsonl").write_text(f"{line_of(made[0])}\n", encoding="utf-8")
        again = json.loads(termatlas("suggest", what, "terms", "--format", "json").out)
        assert items.items[0].fingerprint not in {each["fingerprint"] for each in again}


def test_what_is_neither_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1")
    with pytest.raises(SourceError, match=r"not JSON.*write it anew with --format json"):
        read_items(tmp_path / "x.json")
    with pytest.raises(SourceError, match="cannot be read"):
        read_items(tmp_path / "none")


def test_what_is_decided_is_passed_over_until_its_evidence_changes() -> None:
    made = Decision(fingerprint=item(0).fingerprint, kind="link", verdict="reject", evidence=item(0).evidence)
    items = Items(items=(item(0), item(1)))
    assert without(items, Decisions(made=(made,)), TODAY) == Items(items=(item(1),), decided=1)
    changed = Decision(fingerprint=item(0).fingerprint, kind="link", verdict="reject", evidence="other")
    assert without(items, Decisions(made=(changed,)), TODAY) == items


def test_the_command_takes_up_where_it_stopped(
    tmp_path: Path, termatlas: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tree.md").write_text("---\ntitle: Tree\n---\nA graph.\n")
    file = checklist(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nr\ntoo far\nq\n"))
    run = termatlas("review", file, "tree.md", "--who", "Ada")
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("1 accepted, 1 rejected, 1 left; decisions are in termatlas.decisions.jsonl\n")
    made = read_decisions(Path("termatlas.decisions.jsonl")).made
    assert [(each.verdict, each.who, each.why) for each in made] == [
        ("accept", "Ada", ""),
        ("reject", "Ada", "too far"),
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    run = termatlas("review", file, "tree.md")
    assert "1 of 1: Node → Tree" in run.out
    assert run.out.endswith("1 left, 2 decided before; decisions are in termatlas.decisions.jsonl\n")


def test_the_command_names_what_cannot_be_read(
    tmp_path: Path, termatlas: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("s\n"))
    (tmp_path / "tree.md").write_text("---\ntitle: Tree\n---\nA graph.\n")
    (tmp_path / "d.jsonl").write_text("{\n")
    (tmp_path / "c.csv").write_text("decision,source,target\nmaybe,a,b\n,a,c\n")
    run = termatlas("review", tmp_path / "c.csv", tmp_path / "tree.md", "--decisions", tmp_path / "d.jsonl")
    assert run.code == 0
    assert 'c.csv, line 2: "maybe" is no decision' in run.err
    assert "d.jsonl, line 1: the line is not JSON" in run.err
    assert termatlas("review", tmp_path / "none.csv", tmp_path / "tree.md").code == 3


def test_of_many_broken_lines_ten_are_named(
    tmp_path: Path, termatlas: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    (tmp_path / "tree.md").write_text("---\ntitle: Tree\n---\nA graph.\n")
    (tmp_path / "c.csv").write_text("decision,source,target\n" + "maybe,a,b\n" * 12)
    run = termatlas("review", tmp_path / "c.csv", tmp_path / "tree.md", "--decisions", tmp_path / "d.jsonl")
    assert len(run.err.splitlines()) == 11
    assert run.err.endswith("termatlas: 2 more such lines\n")
