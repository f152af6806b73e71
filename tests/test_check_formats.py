"""The forms in which check writes findings, as the programs that read them want them."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from markdown_it import MarkdownIt

from running import Command
from termatlas.export.findings_github import findings_github
from termatlas.export.findings_json import findings_json
from termatlas.export.findings_junit import findings_junit
from termatlas.export.findings_markdown import findings_markdown, inline
from termatlas.export.findings_places import relative_to, uri_reference
from termatlas.export.findings_sarif import findings_sarif
from termatlas.findings import RULES, Finding
from termatlas.model import Where
from termatlas.terminal import safe

ROOT = Path("/repo")

#: Texts as a glossary may hold them, hostile ones among them.
TEXTS = st.text(alphabet="aé漢\u202e\x00\x1b\n\r\t\ufffe\U0001f600<>&\"'`*_[](){}|#%:,;@!/\\$~ ]", max_size=12)
FILES = st.text(alphabet="aé漢 #%:?&+;=@!()[]'\"\\\n-.", min_size=1, max_size=8).map(lambda name: f"/repo/d/x{name}")


def finding(
    rule: str = "orphan", term: str = "clip", message: str = "no link leads to it", target: str = "", **where: Any
) -> Finding:
    place = Where(**{"file": "/repo/terms/clip.md", **where})
    return Finding(rule=rule, level=RULES[rule].level, term=term, target=target, message=message, where=place)


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(list(RULES)),
        TEXTS,
        TEXTS.filter(str.strip),
        TEXTS,
        file=FILES,
        line=st.integers(0, 3),
        field=TEXTS,
    ),
    max_size=6,
)


def text(what: object = None, least: int = 1) -> dict[str, Any]:
    return {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": least}}}


def record(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


#: What GitHub's code scanning asks of a log, and no property besides; written after its documentation.
GITHUB = record(
    "$schema version runs",
    **{"$schema": {"const": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "minItems": 1,
        "maxItems": 1,
        "items": record(
            "tool results originalUriBaseIds",
            originalUriBaseIds=record("SRCROOT", SRCROOT=record("description", description=text())),
            tool=record(
                "driver",
                driver=record(
                    "name version rules",
                    name={"const": "TermAtlas"},
                    version={"type": "string", "pattern": r"^\d+\.\d+"},
                    rules={
                        "type": "array",
                        "items": record(
                            "id name shortDescription fullDescription help defaultConfiguration",
                            id={"type": "string", "pattern": "^[a-z]+(-[a-z0-9]+)*$"},
                            name={"type": "string", "pattern": "^([A-Z][a-z0-9]+)+$", "maxLength": 255},
                            shortDescription=text(),
                            fullDescription=text(),
                            help=text(),
                            defaultConfiguration=record("level", level={"enum": ["error", "warning", "note"]}),
                        ),
                    },
                ),
            ),
            results={
                "type": "array",
                "items": record(
                    "ruleId ruleIndex level message locations partialFingerprints",
                    ruleId={"type": "string"},
                    ruleIndex={"type": "integer", "minimum": 0},
                    level={"enum": ["error", "warning", "note"]},
                    message=text(),
                    locations={
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 1,
                        "items": record(
                            "physicalLocation",
                            physicalLocation=record(
                                "artifactLocation",
                                artifactLocation=record(
                                    "uri",
                                    uri={"type": "string", "pattern": r"^(file:///)?[A-Za-z0-9._~/-]?([A-Za-z0-9._~/:-]|%[0-9A-F]{2})+$"},
                                    uriBaseId={"const": "SRCROOT"},
                                ),
                                region=record("startLine", startLine={"type": "integer", "minimum": 1}),
                            ),
                            logicalLocations={
                                "type": "array",
                                "minItems": 1,
                                "items": record("fullyQualifiedName", fullyQualifiedName={"type": "string"}),
                            },
                        ),
                    },
                    partialFingerprints={
                        "type": "object",
                        "required": ["primaryLocationLineHash"],
                        "additionalProperties": {"type": "string", "pattern": r"^[0-9a-f]{16}([:#]\d+)?$"},
                    },
                ),
            },
        ),
    },
)  # fmt: skip


def sarif(findings: list[Finding], **given: Any) -> dict[str, Any]:
    log: dict[str, Any] = json.loads("".join(findings_sarif(findings, root=ROOT, **given)))
    Draft202012Validator(GITHUB).validate(log)
    return log


def results(*findings: Finding, **given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sarif(list(findings), **given)["runs"][0]["results"]
    return found


def test_sarif_names_file_line_field_level_and_rule() -> None:
    [result] = results(finding("one-way-link", target="bert", line=7, field="related[2]", message="it is"))
    rules = sarif([])["runs"][0]["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "one-way-link"
    assert result == {
        "ruleId": "one-way-link",
        "ruleIndex": list(RULES).index("one-way-link"),
        "level": "note",
        "message": {"text": "it is"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "terms/clip.md", "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 7},
                },
                "logicalLocations": [{"fullyQualifiedName": "related[2]"}],
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": "3c2e803630375c35:1",
            "termatlas/v1": "3c2e803630375c35",
        },
    }


def test_sarif_describes_every_rule_with_its_cure() -> None:
    rules = {rule["id"]: rule for rule in sarif([])["runs"][0]["tool"]["driver"]["rules"]}
    assert list(rules) == list(RULES)
    assert rules["wanted-term"] == {
        "id": "wanted-term",
        "name": "WantedTerm",
        "shortDescription": {"text": "Wanted term"},
        "fullDescription": {"text": "A link target that no page defines."},
        "help": {
            "text": "A link target that no page defines. Write the page, or correct the links that want it.",
        },
        "defaultConfiguration": {"level": "warning"},
    }
    assert all(len(rule["fullDescription"]["text"]) <= 1024 for rule in rules.values())


def test_sarif_without_a_line_is_about_the_file_and_without_a_file_about_the_first() -> None:
    [result, homeless] = results(finding(), finding(file=""), otherwise="/repo/all.csv")
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert homeless["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "all.csv"


def test_sarif_outside_the_repository_names_the_whole_address() -> None:
    [result] = results(finding(file="/elsewhere/my terms/ü.md"))
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///elsewhere/my%20terms/%C3%BC.md"}
    }


def test_sarif_numbers_equal_fingerprints() -> None:
    prints = [result["partialFingerprints"] for result in results(finding(line=1), finding(line=2))]
    assert [p["primaryLocationLineHash"] for p in prints] == ["126286ceb20ec62c:1", "126286ceb20ec62c:2"]
    assert [p["termatlas/v1"] for p in prints] == ["126286ceb20ec62c", "126286ceb20ec62c#2"]


def test_sarif_reads_no_placeholder_and_no_link_in_a_glossary_s_text() -> None:
    [result] = results(finding(message='"{0}" [here](https://evil.example)'))
    assert result["message"]["text"] == '"{{0}}" [here\\](https://evil.example)'


@settings(deadline=None, max_examples=60)
@given(FINDINGS)
def test_sarif_of_any_findings_is_sound(findings: list[Finding]) -> None:
    found = results(*findings)
    addresses = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in found]
    assert [unquote(address) for address in addresses] == [
        finding.where.file.removeprefix("/repo/") for finding in findings
    ]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in found]
    assert len(set(prints)) == len(findings)


def test_a_name_of_bytes_that_are_no_text_keeps_them() -> None:
    assert uri_reference("terms/\udcff.md") == "terms/%FF.md"
    assert uri_reference("terms/\ud800.md") == "terms/%EF%BF%BD.md"


def test_a_link_into_the_repository_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    assert relative_to(str(tmp_path / "linked" / "x.md"), tmp_path) == "linked/x.md"


#: The form that Jenkins and Maven have in common.
JUNIT = etree.XMLSchema(
    etree.fromstring("""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="said"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence><xs:element name="testcase" minOccurs="1" maxOccurs="unbounded"><xs:complexType>
        <xs:choice minOccurs="0"><xs:element name="failure" type="said"/><xs:element name="skipped" type="said"/></xs:choice>
        <xs:attribute name="name" type="xs:string" use="required"/>
        <xs:attribute name="classname" type="xs:string" use="required"/>
        <xs:attribute name="time" type="xs:decimal" use="required"/>
      </xs:complexType></xs:element></xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="tests" type="xs:integer" use="required"/>
      <xs:attribute name="failures" type="xs:integer" use="required"/>
      <xs:attribute name="errors" type="xs:integer" use="required"/>
      <xs:attribute name="skipped" type="xs:integer" use="required"/>
      <xs:attribute name="time" type="xs:decimal"/>
    </xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="name" type="xs:string"/>
    <xs:attribute name="tests" type="xs:integer"/>
    <xs:attribute name="failures" type="xs:integer"/>
    <xs:attribute name="errors" type="xs:integer"/>
  </xs:complexType></xs:element>
</xs:schema>""")  # noqa: E501
)


def junit(findings: list[Finding], **given: Any) -> Any:
    asked: dict[str, Any] = {"failing": ("error", "warning"), "rules": RULES} | given
    tree = etree.fromstring("".join(findings_junit(findings, **asked)).encode())
    JUNIT.assertValid(tree)
    return tree


def test_junit_has_a_suite_a_rule_and_a_case_a_finding() -> None:
    tree = junit(
        [finding(line=3), finding("one-way-link", target="bert")], rules=["orphan", "one-way-link", "dead-end"]
    )
    counts = [[suite.get(key) for key in ("name", "tests", "failures", "skipped")] for suite in tree]
    assert counts == [["Orphan", "1", "1", "0"], ["Dead end", "1", "0", "0"], ["One-way link", "1", "0", "1"]]
    orphan, none, link = (suite[0] for suite in tree)
    assert (orphan.get("classname"), orphan.get("name")) == ("termatlas.orphan", "clip")
    assert orphan[0].get("message") == "no link leads to it"
    assert orphan[0].text == (
        "/repo/terms/clip.md, line 3: no link leads to it\nCure: link to it from a term whose readers want it"
    )
    assert (none.get("name"), len(none)) == ("nothing found", 0)
    assert (link.get("name"), link[0].tag) == ("clip → bert", "skipped")
    assert (tree.get("tests"), tree.get("failures")) == ("3", "1")


def test_junit_fails_what_fail_on_fails() -> None:
    tree = junit([finding(), finding("one-way-link")], failing=())
    assert not tree.xpath("//failure")


def test_junit_tells_equal_names_apart() -> None:
    assert [case.get("name") for case in junit([finding(line=1), finding(line=2)], rules=["orphan"])[0]] == [
        "clip",
        "clip #2",
    ]


@settings(deadline=None, max_examples=60)
@given(FINDINGS)
def test_junit_of_any_findings_is_sound(findings: list[Finding]) -> None:
    tree = junit(findings)
    assert len(tree.xpath("//failure | //skipped")) == len(findings)
    assert sum(int(suite.get("tests")) for suite in tree) == len(tree.xpath("//testcase")) == int(tree.get("tests"))
    assert len(tree.xpath("//failure")) == int(tree.get("failures"))


def markdown(*findings: Finding, title: str = "Terms") -> str:
    return "".join(findings_markdown(findings, title=title, folder=ROOT / "out"))


def test_markdown_is_a_worklist_by_rule_with_links() -> None:
    assert markdown(finding("one-way-link", message="it is"), finding(line=3, field="related_terms[0]")) == (
        "# Terms: 2 findings\n\n"
        "0 error, 1 warning, 1 info\n\n"
        "## Orphan (`orphan`, warning): 1\n\n"
        "Definition: a defined term that no link leads to, though links lead out of it. "
        "Cure: link to it from a term whose readers want it.\n\n"
        "- [ ] no link leads to it ([/repo/terms/clip.md, line 3, related\\_terms\\[0\\]](../terms/clip.md#L3))\n\n"
        "## One-way link (`one-way-link`, info): 1\n\n"
        "Definition: a link A → B between defined terms without a link B → A. "
        "Cure: link back where the reader of B wants A.\n\n"
        "- [ ] it is ([/repo/terms/clip.md](../terms/clip.md))\n"
    )


def rendered(source: str) -> Any:
    """Render as a code host does: with tables and strikethrough."""
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(source)
    return etree.fromstring(f"<html>{html}</html>".replace("&nbsp;", " "))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "![x](https://evil.example/x.png)", "[x](javascript:alert(1))", "*b* _i_ ~~s~~",
        "`code`", "a | b", "# head", "&lt;b&gt;", "\\<b>", "<!-- c -->", "$x$", "- [x] done", "1. one", "a\n\n# b",
    ],
)  # fmt: skip
def test_markdown_shows_hostile_texts_as_they_are(hostile: str) -> None:
    tree = rendered(f"- [ ] {inline(hostile)}\n")
    assert "".join(tree.itertext()).strip().removeprefix("[ ] ") == " ".join(hostile.split())
    assert {element.tag for element in tree.iter()} == {"html", "ul", "li"}


def test_markdown_names_nobody_and_links_nowhere() -> None:
    assert inline("ask @all, https://evil.example or www.evil.example") == (
        "ask @\u2060all, https:\\//evil.example or www\\.evil.example"
    )


def test_markdown_and_annotations_show_what_would_steer_a_terminal_or_turn_the_writing() -> None:
    assert inline("a\x1b[31m\u202eb") == r"a\\x1b\[31m\\u202eb"
    [line] = findings_github([finding(message="a\x1b[31m\u202eb")], root=ROOT)
    assert line.endswith("::a\\x1b[31m\\u202eb\n")


def test_markdown_cannot_break_out_of_a_link() -> None:
    source = markdown(finding(file="/repo/a) [x](https:evil.md", message="m"))
    assert "(../a%29%20%5Bx%5D%28https%3Aevil.md)" in source
    assert [a.get("href") for a in rendered(source).iter("a")] == ["../a%29%20%5Bx%5D%28https%3Aevil.md"]


@settings(deadline=None, max_examples=60)
@given(FINDINGS)
def test_markdown_of_any_findings_has_a_box_each(findings: list[Finding]) -> None:
    assert len(re.findall(r"^- \[ \] ", markdown(*findings), re.MULTILINE)) == len(findings)


def test_github_annotates_file_and_line() -> None:
    lines = findings_github([finding(line=3), finding("one-way-link", file="")], root=ROOT)
    assert list(lines) == [
        "::warning file=terms/clip.md,line=3,title=Orphan (orphan)::no link leads to it\n",
        "::notice title=One-way link (one-way-link)::no link leads to it\n",
    ]


@settings(deadline=None, max_examples=60)
@given(FINDINGS)
def test_github_of_any_findings_has_a_command_a_line(findings: list[Finding]) -> None:
    lines = "".join(findings_github(findings, root=ROOT)).split("\n")[:-1]
    assert len(lines) == len(findings)
    for line, each in zip(lines, findings, strict=True):
        matched = re.fullmatch(r"::(?:error|warning|notice) ([^\r]*?)::([^\r]*)", line)
        assert matched
        properties = dict(pair.split("=", 1) for pair in matched[1].split(","))
        assert unquote(properties["file"]) == unquote(each.where.file.removeprefix("/repo/"))
        assert unquote(matched[2]) == unquote(safe(each.message))


def test_json_rows_have_fingerprints() -> None:
    rows = json.loads("".join(findings_json([finding(), finding()])))
    assert [row["fingerprint"] for row in rows] == ["126286ceb20ec62c", "126286ceb20ec62c#2"]


PAGE = "---\ntitle: {}\nrelated: [{}]\n---\nIt is.\n"


@pytest.fixture
def glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with a glossary of three terms in which nothing leads to "Ü x"."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "docs" / "my terms"
    folder.mkdir(parents=True)
    for name, links in (("a", "b"), ("b", "a"), ("Ü x", "a")):
        (folder / f"{name}.md").write_text(PAGE.format(name, links), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "docs")
    return tmp_path


def test_every_form_says_the_same(glossary: Path, termatlas: Command) -> None:
    asked = ("check", "my terms", "--select", "orphan", "--format")
    assert '"Ü x": no link leads to it' in termatlas(*asked, "table").out
    assert termatlas(*asked, "text").out == termatlas(*asked, "table").out
    [row] = json.loads(termatlas(*asked, "json").out)
    [line] = csv.DictReader(StringIO(termatlas(*asked, "csv").out))
    assert line == {key: str(value) for key, value in row.items()}
    assert (row["term"], row["file"]) == ("u-x", "my terms/Ü x.md")
    [result] = json.loads(termatlas(*asked, "sarif").out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "docs/my%20terms/%C3%9C%20x.md"  # from the root of the repository
    assert "file=docs/my terms/Ü x.md," in termatlas(*asked, "github").out
    assert "(my%20terms/%C3%9C%20x.md" in termatlas(*asked, "markdown").out
    assert 'name="u-x"' in termatlas(*asked, "junit").out


def test_out_writes_the_form_into_a_file(glossary: Path, termatlas: Command) -> None:
    run = termatlas("check", "my terms", "--select", "orphan", "--format", "markdown", "--out", "new/list.md")
    assert (run.code, run.out) == (0, "1 finding in new/list.md\n")
    assert "](../my%20terms/%C3%9C%20x.md" in (glossary / "docs/new/list.md").read_text(encoding="utf-8")


def test_same_findings_same_bytes(glossary: Path, termatlas: Command) -> None:
    for form in ("sarif", "junit", "markdown", "github"):
        assert termatlas("check", "my terms", "--format", form) == termatlas("check", "my terms", "--format", form)


def test_forms_set_the_exit_code_as_the_table_does(glossary: Path, termatlas: Command) -> None:
    for form in ("table", "sarif", "junit", "markdown", "github"):
        assert termatlas("check", "my terms", "--format", form, "--fail-on", "warning").code == 1
        assert termatlas("check", "my terms", "--format", form).code == 0


def test_junit_leaves_out_rules_that_were_not_asked(glossary: Path, termatlas: Command) -> None:
    tree = etree.fromstring(
        termatlas("check", "my terms", "--select", "orphan,island", "--format", "junit").out.encode()
    )
    assert [suite.get("name") for suite in tree] == ["Orphan", "Island"]


def test_rules_are_no_sarif(termatlas: Command) -> None:
    run = termatlas("check", "--rules", "--format", "sarif")
    assert (run.code, run.err) == (
        2,
        "termatlas: rules are listed as table, text, json, csv, not as sarif\n",
    )


def test_an_out_that_cannot_be_written_is_said(glossary: Path, termatlas: Command) -> None:
    (glossary / "docs/file").write_text("", encoding="utf-8")
    run = termatlas("check", "my terms", "--format", "sarif", "--out", "file/x.sarif")
    assert run.code == 3
    assert "file" in run.err
    assert "cannot be written" in run.err


def test_a_real_glossary_in_every_form(corpora: Path, termatlas: Command) -> None:
    source = corpora / "ml-glossary-mlg"
    log = json.loads(termatlas("check", source, "--format", "sarif").out)
    Draft202012Validator(GITHUB).validate(log)
    count = len(log["runs"][0]["results"])
    assert len(json.loads(termatlas("check", source, "--format", "json").out)) == count
    tree = etree.fromstring(termatlas("check", source, "--format", "junit").out.encode())
    JUNIT.assertValid(tree)
    assert len(tree.xpath("//failure | //skipped")) == count
    assert termatlas("check", source, "--format", "github").out.count("\n") == count
    assert termatlas("check", source, "--format", "markdown").out.count("\n- [ ] ") == count
