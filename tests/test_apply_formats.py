"""Links are written into each format as the other links of its source are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from termatlas.apply import Accepted, Outcome, apply_links
from termatlas.sources import Options, read

B = "---\ntitle: Bee\n---\nA bee.\n"


def applied(folder: Path, source: str = "a", target: str = "b", options: Options | None = None) -> Outcome:
    [outcome] = apply_links([Accepted(source=source, target=target)], folder, options=options).outcomes
    return outcome


def page(folder: Path, text: str, **others: str) -> str:
    """Add a link from a page to b and give the page's new text; the file must not change but for it."""
    for name, content in {"a": text, "b": B, **others}.items():
        (folder / f"{name}.md").write_text(content, encoding="utf-8", newline="")
    outcome = applied(folder)
    assert outcome.state == "added", str(outcome)
    return (folder / "a.md").read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("related:\n- c\n- d\n", "related:\n- c\n- d\n- b\n"),
        ("related: # to\n    -  'c' # see\n\n# end\n", "related: # to\n    -  'c' # see\n    -  'b'\n\n# end\n"),
        ("related: [c, d]\n", "related: [c, d, b]\n"),
        ('related: ["c","d"]\n', 'related: ["c","d","b"]\n'),
        ("related: [\n  c,\n  d, # last\n]\n", "related: [\n  c,\n  d,\n  b, # last\n]\n"),
        ("related: []\n", "related: [b]\n"),
        ("related:\n", "related: [b]\n"),
        ("related: ~\n", "related: [b]\n"),
        ("related: c\n", "related: c; b\n"),
        ("related: 'c | d'\n", "related: 'c | d | b'\n"),
        ('related: "[[c]], [[d]]"\n', 'related: "[[c]], [[d]], [[b]]"\n'),
        ('related:\n  - "[[c]]"\n', 'related:\n  - "[[c]]"\n  - "[[b]]"\n'),
        ("related:\n  - c.md\n", "related:\n  - c.md\n  - b.md\n"),
        ("related:\n  - /terms/c/\n", "related:\n  - /terms/c/\n  - /terms/b/\n"),
        ("related:\n  - Cee\n", "related:\n  - Cee\n  - Bee\n"),
        ("related:\n- slug: c\n  title: Cee\n", "related:\n- slug: c\n  title: Cee\n- slug: b\n  title: Bee\n"),
        ("related: [{slug: c}]\n", "related: [{slug: c}, {slug: b}]\n"),
        ("see_also: [c]\nrelated:\n", "see_also: [c, b]\nrelated:\n"),
        ("title: A\n", "title: A\nrelated: [b]\n"),
        ("x:\n  y: |\n    text\n\n", "x:\n  y: |\n    text\n\nrelated: [b]\n"),
        ("", "related: [b]\n"),
    ],
)
def test_yaml_front_matter(tmp_path: Path, before: str, after: str) -> None:
    others = {"c": "---\ntitle: Cee\n---\nA c.\n", "d": "---\ntitle: Dee\n---\nA d.\n"}
    assert page(tmp_path, f"---\n{before}---\nText --- a.\n", **others) == f"---\n{after}---\nText --- a.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('related = ["c"]\n', 'related = ["c", "b"]\n'),
        ('related = [\n  "c", # it\n  "d",\n]\n', 'related = [\n  "c", # it\n  "d",\n  "b",\n]\n'),
        ("related = []\n", 'related = ["b"]\n'),
        ("related = 'c; d'\n", "related = 'c; d; b'\n"),
        ('title = "A"\n\n# about\n[extra]\nx = 1\n', 'title = "A"\nrelated = ["b"]\n\n# about\n[extra]\nx = 1\n'),
        ('x = { a = [1, "]"], b = 2 }\nrelated = ["c"]\n', 'x = { a = [1, "]"], b = 2 }\nrelated = ["c", "b"]\n'),
        ("[extra]\nx = 1\n", 'related = ["b"]\n[extra]\nx = 1\n'),
        ('related = [{ slug = "c" }]\n', 'related = [{ slug = "c" }, { slug = "b" }]\n'),
    ],
)
def test_toml_front_matter(tmp_path: Path, before: str, after: str) -> None:
    others = {"c": "+++\n+++\nA c.\n", "d": "+++\n+++\nA d.\n"}
    assert page(tmp_path, f"+++\n{before}+++\nText.\n", **others) == f"+++\n{after}+++\nText.\n"


def test_a_page_without_front_matter_gets_some(tmp_path: Path) -> None:
    assert page(tmp_path, "# A\n\nText.") == "---\nrelated: [b]\n---\n\n# A\n\nText."


def test_a_new_field_is_called_and_laid_out_as_on_other_pages(tmp_path: Path) -> None:
    other = '---\ntitle: C\nsee-also:\n  - "[[Bee]]"\n---\nA c.\n'
    text = page(tmp_path, "---\ntitle: A\n---\nText.\n", c=other)
    assert text == '---\ntitle: A\nsee-also:\n  - "[[Bee]]"\n---\nText.\n'


def test_windows_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    text = page(tmp_path, "\ufeff---\r\nrelated:\r\n- c\r\n---\r\nText.", c=B.replace("Bee", "C"))
    assert text == "\ufeff---\r\nrelated:\r\n- c\r\n- b\r\n---\r\nText."


def test_a_name_that_yaml_would_take_for_something_else_is_quoted(tmp_path: Path) -> None:
    (tmp_path / "no.md").write_text("---\ntitle: 'No: 1'\n---\nNo.\n")
    (tmp_path / "a.md").write_text("---\nrelated: [Cee]\n---\nText.\n")
    (tmp_path / "c.md").write_text("---\ntitle: Cee\n---\nA c.\n")
    assert applied(tmp_path, target="no").state == "added"
    assert (tmp_path / "a.md").read_text() == '---\nrelated: [Cee, "No: 1"]\n---\nText.\n'


def test_what_is_ambiguous_is_written_otherwise(tmp_path: Path) -> None:
    for slug in ("b", "b2"):
        (tmp_path / f"{slug}.md").write_text("---\ntitle: Bee\n---\nA bee.\n")
    (tmp_path / "c.md").write_text("---\ntitle: Cee\n---\nA c.\n")
    (tmp_path / "a.md").write_text("---\nrelated: [Cee]\n---\nText.\n")
    assert applied(tmp_path, target="b2").state == "added"
    assert "related: [Cee, b2]" in (tmp_path / "a.md").read_text()


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("x: &links [c]\nrelated: *links\n", "related has an anchor, an alias or a tag"),
        ("related: &links [c]\nx: *links\n", "related has an anchor, an alias or a tag"),
        ("related: {c: 1}\n", "related is a mapping"),
        (
            "related: c, c\n",
            "related seems to be parted by commas, which names can hold, so it is read as one link",
        ),
        ("related: >\n  c\n", "related is a text that cannot go on on its line"),
        ("related:\n- {text: c}\n", "the links beside it are written in a way of their own"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_reason(tmp_path: Path, before: str, reason: str) -> None:
    text = f"---\n{before}---\nText.\n"
    for name, content in {"a": text, "b": B, "c": B.replace("Bee", "Cee")}.items():
        (tmp_path / f"{name}.md").write_text(content)
    outcome = applied(tmp_path)
    assert (outcome.state, outcome.reason) == ("refused", reason)
    assert (tmp_path / "a.md").read_text() == text


def json_text(folder: Path, text: str, name: str = "terms.json", target: str = "b") -> str:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    outcome = applied(folder, target=target)
    assert outcome.state == "added", str(outcome)
    return (folder / name).read_bytes().decode()


TERM_B = '{"slug": "b", "term": "Bee", "definition": "A bee."}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"related": ["b2"]', '"related": ["b2", "b"]'),
        ('"related":["b2","b3"]', '"related":["b2","b3","b"]'),
        ('"related": [\n "b2"\n]', '"related": [\n "b2",\n "b"\n]'),
        ('"related": []', '"related": ["b"]'),
        ('"related": null', '"related": ["b"]'),
        ('"related": "b2; b3"', '"related": "b2; b3; b"'),
        ('"seeAlso": ["b2"]', '"seeAlso": ["b2", "b"]'),
        ('"x": 1', '"x": 1, "related": ["b"]'),
        (
            '"related": [{"id": 7, "name": "B 2", "slug": "b2", "type": "see", "href": "#"}]',
            '"related": [{"id": 7, "name": "B 2", "slug": "b2", "type": "see", "href": "#"},'
            ' {"id": "b", "name": "Bee", "slug": "b", "type": "see"}]',
        ),
    ],
)
def test_json(tmp_path: Path, before: str, after: str) -> None:
    others = (f'{{"slug": "b{number}", "term": "B {number}", "definition": "…"}}' for number in (2, 3))
    rest = f"{', '.join((TERM_B, *others))}]\n"
    start = '[{"slug": "a", "term": "A", "definition": "é", '
    assert json_text(tmp_path, f"{start}{before}}}, {rest}") == f"{start}{after}}}, {rest}"


def test_json_keeps_its_layout_and_its_escapes(tmp_path: Path) -> None:
    terms: list[dict[str, Any]] = [
        {"term": "A", "definition": "caf\u00e9"},
        {"term": "B\u00e9", "definition": "B.", "related": [{"name": "A"}]},
        {"term": "C", "definition": "C.", "related": [{"name": "A"}, {"name": "B\u00e9"}]},
    ]
    text = json.dumps(terms, indent=4).replace("\n", "\r\n")
    (tmp_path / "t.json").write_text(text, newline="")
    links = [Accepted(source="a", target="be"), Accepted(source="be", target="c"), Accepted(source="c", target="c2")]
    assert [outcome.state for outcome in apply_links(links, tmp_path).outcomes] == ["added", "added", "refused"]
    terms[0]["related"] = [{"name": "B\u00e9"}]
    terms[1]["related"].append({"name": "C"})
    expected = json.dumps(terms, indent=4).replace("\n", "\r\n")
    assert (tmp_path / "t.json").read_bytes().decode() == expected


def test_a_term_under_its_slug(tmp_path: Path) -> None:
    text = '{"x/y": {"a": {"definition": "…"}, "b": {"definition": "…", "related": ["a"]}}}'
    assert json_text(tmp_path, text) == text.replace('"…"}', '"…", "related": ["b"]}', 1)


def test_the_links_of_a_node_link_graph(tmp_path: Path) -> None:
    nodes = '"nodes": [{"id": "a", "definition": "x"}, {"id": "b", "definition": "y"}]'
    link = '{"source": "b", "target": "a", "kind": "see", "weight": 2}'
    text = f'{{{nodes}, "links": [{link}]}}'
    added = '{"source": "a", "target": "b", "kind": "see"}'
    assert json_text(tmp_path, text) == f'{{{nodes}, "links": [{link}, {added}]}}'


def test_json_lines(tmp_path: Path) -> None:
    others = '{"term": "B"}\r\n{"term": "C"}\r\n{"term":"D"}'
    text = '{"term": "A", "definition": "…", "related": [ "b" , "c" ]}\r\n\r\n' + others
    assert json_text(tmp_path, text, "t.jsonl", "d") == text.replace('"c" ]', '"c" , "d" ]')


def test_json_lines_that_moved_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_bytes(b'{"term": "B",\r"related": ["a"]}\n{"term": "A", "definition": "A."}\n')
    assert applied(tmp_path).reason == "it is not found again where it was read from"


def test_json_whose_links_are_no_list_is_refused(tmp_path: Path) -> None:
    text = f'[{{"slug": "a", "term": "A", "definition": "…", "related": {{"slug": "b2"}}}}, {TERM_B}]'
    (tmp_path / "t.json").write_text(text)
    assert applied(tmp_path).reason == "related is no list"


def test_links_that_are_read_from_deeper_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(
        f'[{{"slug": "a", "term": "A", "definition": "…", "x": {{"y": ["c"]}}}}, {TERM_B}]'
    )
    outcome = applied(tmp_path, options=Options(fields={"related": "x.y"}))
    assert outcome.reason == "its links are read from x.y, inside other values"


def test_yaml_sources(tmp_path: Path) -> None:
    text = (
        "# all\nterms:\n  a: # first\n    definition: A.\n  b: {definition: B., related: [a]}\n  c: {definition: C.}\n"
    )
    (tmp_path / "t.yaml").write_text(text)
    links = [Accepted(source=source, target="c") for source in ("a", "b")] + [Accepted(source="c", target="a")]
    assert {outcome.state for outcome in apply_links(links, tmp_path).outcomes} == {"added"}
    assert (tmp_path / "t.yaml").read_text() == (
        "# all\nterms:\n  a: # first\n    definition: A.\n    related: [c]\n"
        "  b: {definition: B., related: [a, c]}\n  c: {definition: C., related: [a]}\n"
    )


def test_several_yaml_documents(tmp_path: Path) -> None:
    text = "---\nterm: A\ndefinition: A.\n---\nterm: B\ndefinition: B.\nrelated: [a]\n---\nterm: C\ndefinition: C.\n"
    (tmp_path / "t.yaml").write_text(text)
    assert applied(tmp_path, "b", "c").state == "added"
    assert (tmp_path / "t.yaml").read_text() == text.replace("[a]", "[a, c]")


def csv_text(folder: Path, text: str, options: Options | None = None) -> str:
    (folder / "t.csv").write_text(text, encoding="utf-8", newline="")
    outcome = applied(folder, options=options)
    assert outcome.state == "added", str(outcome)
    return (folder / "t.csv").read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a,A,c", "a,A,c; b"),
        ("a,A,c;d", "a,A,c;d;b"),
        ('a,A,"c"', 'a,A,"c; b"'),
        ("a,A,", "a,A,b"),
        ("a,A", "a,A,b"),
        ("a", "a,,b"),
        ("a, A , c ", "a, A , c ; b"),
        ('a,"A ""x"", \r\ny",c', 'a,"A ""x"", \r\ny",c; b'),
        ("a,A,Cee", "a,A,Cee; Bee"),
    ],
)
def test_csv(tmp_path: Path, before: str, after: str) -> None:
    text = "slug,term,related\r\n{}\r\nb,Bee\r\nc,Cee\r\nd,Dee"
    assert csv_text(tmp_path, text.format(before)) == text.format(after)


def test_a_separator_that_is_the_delimiter_is_put_between_quotation_marks(tmp_path: Path) -> None:
    text = 'slug;term;related\na;A;{}\nb;Bee;"a; c"\nc;Cee;\n'
    assert csv_text(tmp_path, text.format("c")) == text.format('"c; b"')


def test_a_quotation_mark_in_a_name_is_doubled(tmp_path: Path) -> None:
    text = 'slug,term,related\na,A,{}\nb,"Bee ""B""",\nc,Cee,\n'
    assert csv_text(tmp_path, text.format('"Cee"')) == text.format('"Cee; Bee ""B"""')
    assert csv_text(tmp_path, text.format("Cee")) == text.format('"Cee; Bee ""B"""')


def test_a_column_by_its_number(tmp_path: Path) -> None:
    options = Options(fields={"slug": "1", "related": "3"})
    assert csv_text(tmp_path, "a,A,c\nb,Bee,\nc,Cee,\n", options) == "a,A,c; b\nb,Bee,\nc,Cee,\n"


def test_a_first_link_is_no_formula(tmp_path: Path) -> None:
    text = "slug,term,related\na,A,\n-b,Bee,\n"
    (tmp_path / "t.csv").write_text(text)
    assert applied(tmp_path, target="-b").state == "added"
    assert (tmp_path / "t.csv").read_text() == text.replace("a,A,", "a,A,'-b")


def test_a_table_without_a_column_for_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("slug,term\na,A\nb,B\n")
    outcome = applied(tmp_path)
    assert outcome.reason == "the table has no column for related terms"
    assert outcome.cure == 'give it a column "related", or add the link by hand'


def test_a_table_of_links_gets_a_row(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("slug,term\na,A\nb,Bee\nc,Cee\n")
    (tmp_path / "links.csv").write_bytes(b"kind;target;note;source\r\nsee;Cee;x;a\r\nsee;Bee;;c")
    assert applied(tmp_path).state == "added"
    assert (
        tmp_path / "links.csv"
    ).read_bytes() == b"kind;target;note;source\r\nsee;Cee;x;a\r\nsee;Bee;;c\r\nsee;Bee;;a"
    [link] = [link for link in read(tmp_path)["a"].related if link.target == "b"]
    assert link.kind == "see"
