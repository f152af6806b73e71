"""What came, went and changed, between glossaries, exports and git revisions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from running import Command
from termatlas.diff import Changed, Diff, Link, Moved, Renamed, diff, read_exports, snapshot
from termatlas.diff.forms import diff_json, diff_markdown, diff_table
from termatlas.diff.revisions import revisions
from termatlas.diff.sections import summary
from termatlas.errors import SourceError, UsageError
from termatlas.export.findings_json import findings_json
from termatlas.export.nodelink import nodelink
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve
from termatlas.sources import read
from termatlas.survey import survey


def term(slug: str, *links: str, **fields: Any) -> Term:
    words = f"Something that stands in place {ord(slug[0])} of a list."
    given = {"name": slug.upper(), "definition": words, "categories": ("c",), **fields}
    return Term(slug=slug, related=tuple(Reference(written=link) for link in links), file=f"{slug}.md", **given)


def glossary(*terms: Term) -> Glossary:
    return Glossary(terms=tuple(resolve(terms)))


A, B, C = term("a", "b"), term("b", "a"), term("c", "a")


def test_a_glossary_does_not_differ_from_itself_in_another_order() -> None:
    found = diff(glossary(A, B, C), glossary(C, B, replace(A, file="moved.md", line=9)))
    empty = Diff(**dict.fromkeys(Diff.__slots__, ()))
    assert found == empty
    assert diff_table(found, "old → new") == "old → new: no difference"


def test_terms_come_and_go() -> None:
    found = diff(glossary(A, B, C), glossary(A, B, term("d", "a", definition="Other.")))
    assert ([t.slug for t in found.terms_came], [t.slug for t in found.terms_gone]) == (["d"], ["c"])
    assert (found.renamed, found.changed) == ((), ())
    assert found.links_came == (Link("d", "a", "related"),)
    assert found.links_gone == (Link("c", "a", "related"),)


def test_a_wanted_term_that_gets_its_page_came() -> None:
    found = diff(glossary(A), glossary(A, B))
    assert [t.slug for t in found.terms_came] == ["b"]
    assert {(f.rule, f.term) for f in found.findings_gone} == {("orphan", "a"), ("wanted-term", "b")}


@pytest.mark.parametrize(
    ("now", "by"),
    [
        (term("new", "a", name="c", definition="Something else, which is new."), "name"),
        (term("new", "a", name="New", definition=C.definition), "definition"),
    ],
)
def test_a_renamed_term_is_the_same_term(now: Term, by: str) -> None:
    linked = replace(A, related=(*A.related, Reference(written="c")))
    relinked = replace(A, related=(*A.related, Reference(written="new")))
    found = diff(glossary(linked, B, C), glossary(relinked, B, now))
    assert found.renamed == (Renamed(old="c", new="new", by=by),)
    assert (found.terms_came, found.terms_gone, found.links_came, found.links_gone) == ((), (), (), ())
    assert (found.findings_came, found.findings_gone) == ((), ())
    assert {each.what for each in found.changed} == {"name", "definition"} - {by} | {"name"}


def test_what_is_written_twice_recognises_nothing() -> None:
    twins = [term(slug, name=slug, definition="The same.") for slug in ("x", "y")]
    found = diff(glossary(A, B, *twins), glossary(A, B, replace(twins[0], slug="z", name="z")))
    assert found.renamed == ()


def test_a_term_renamed_to_what_was_wanted_keeps_its_state() -> None:
    old = glossary(term("a", "new"), term("old", "a", name="Old", definition="It stays."))
    new = glossary(term("a", "new"), term("new", "a", name="New", definition="It stays."))
    found = diff(old, new)
    assert found.renamed == (Renamed(old="old", new="new", by="definition"),)
    assert found.links_gone == ()
    assert [(each.slug, each.old, each.new) for each in found.statuses] == [("new", "orphan", "ok")]


def test_texts_and_categories_change() -> None:
    now = replace(C, name="Cee", definition="New.", categories=("d", "c"), aliases=("k",), explanation="Long.")
    assert diff(glossary(A, B, C), glossary(A, B, now)).changed == (
        Changed(slug="c", what="name", old="C", new="Cee"),
        Changed(slug="c", what="categories", old="c", new="d; c"),
        Changed(slug="c", what="aliases", old="", new="k"),
        Changed(slug="c", what="definition", old=C.definition, new="New."),
        Changed(slug="c", what="explanation", old="", new="Long."),
    )


def test_a_link_of_another_kind_came() -> None:
    kind = replace(C, related=(Reference(written="a", kind="see"),))
    found = diff(glossary(A, B, C), glossary(A, B, kind))
    assert (found.links_came, found.links_gone) == ((Link("c", "a", "see"),), (Link("c", "a", "related"),))


def test_statuses_and_ranks_change() -> None:
    found = diff(glossary(A, B, C), glossary(term("a", "c"), B, C))
    assert found.statuses == (
        Changed(slug="b", what="status", old="ok", new="orphan"),
        Changed(slug="c", what="status", old="orphan", new="ok"),
    )
    assert [each for each in found.moved if each.measure == "pagerank"] == [
        Moved(measure="pagerank", slug="b", old=2, new=3),
        Moved(measure="pagerank", slug="c", old=3, new=2),
    ]
    assert ("orphan", "b") in {(f.rule, f.term) for f in found.findings_came}


def test_equal_values_have_equal_ranks_and_small_moves_are_left_out() -> None:
    ring = [term(f"t{n:02}", f"t{(n + 1) % 30:02}") for n in range(30)]
    found = diff(glossary(*ring), glossary(*ring[:-1], replace(ring[-1], related=(Reference(written="t05"),))))
    moved = {each.slug: each for each in found.moved if each.measure == "pagerank"}
    assert moved["t00"] == Moved(measure="pagerank", slug="t00", old=1, new=30)
    assert all(max(each.old, each.new) >= 1.1 * min(each.old, each.new) for each in found.moved)
    factors = [max(each.old, each.new) / min(each.old, each.new) for each in moved.values()]
    assert factors == sorted(factors, reverse=True)


def test_estimates_are_not_ranked() -> None:
    large = glossary(*(term(f"t{n}", f"t{n + 1}") for n in range(6000)))
    found = diff(large, large)
    assert found.estimated == ("betweenness",)
    assert diff_table(found, "x").endswith("\n\nRanks by betweenness are not compared: the values are estimates.")


def test_surveys_glossaries_and_exports_say_the_same(tmp_path: Path) -> None:
    old, new = glossary(A, B, C), glossary(A, B, term("d", "a", definition=""), term("e", "nowhere"))
    expected = diff(old, new)
    assert diff(survey(old), survey(new)) == expected
    for name, each in (("old", survey(old)), ("new", survey(new))):
        (tmp_path / name).mkdir()
        for file, pieces in (
            ("graph.json", nodelink(each.graph, measures=each.columns)),
            ("findings.json", findings_json(each.findings)),
        ):
            (tmp_path / name / file).write_text("".join(pieces), encoding="utf-8")
    exported = diff(read_exports(tmp_path / "old"), read_exports(tmp_path / "new"))
    assert (
        replace(
            exported,
            terms_came=tuple(replace(each, explanation="") for each in exported.terms_came),
            terms_gone=tuple(replace(each, explanation="") for each in exported.terms_gone),
            findings_came=expected.findings_came,
            findings_gone=expected.findings_gone,
        )
        == expected
    )
    assert [(f.rule, f.term, f.message) for f in exported.findings_came] == [
        (f.rule, f.term, f.message) for f in expected.findings_came
    ]


SLUGS = st.sampled_from(["a", "b", "c", "d", "e"])
GLOSSARIES = st.lists(
    st.tuples(SLUGS, st.lists(SLUGS, max_size=3), st.sampled_from(["", "One.", "Two."]), SLUGS),
    unique_by=lambda entry: entry[0],
    max_size=5,
).map(lambda rows: glossary(*(term(s, *to, definition=d, name=n) for s, to, d, n in rows)))


@settings(deadline=None, max_examples=25)
@given(GLOSSARIES, GLOSSARIES)
def test_what_came_one_way_went_the_other(old: Glossary, new: Glossary) -> None:
    there, back = diff(old, new), diff(new, old)
    assert [t.slug for t in there.terms_came] == [t.slug for t in back.terms_gone]
    assert {(each.old, each.new) for each in there.renamed} == {(each.new, each.old) for each in back.renamed}
    if not there.renamed:  # a link to the slug that a term has in one of the two counts otherwise in the other
        assert there.links_came == back.links_gone
        assert there.findings_came == back.findings_gone
    slugs = len(old) + len(there.terms_came) - len(there.terms_gone)
    assert slugs == len(new)
    json.dumps(diff_json(there))
    assert (summary(there) == "no difference") == (summary(back) == "no difference")


def hostile() -> Diff:
    bad = term("x", name="```\n<b>@all\x1b[31m", definition="a\nb", categories=("[x](y)",))
    return diff(glossary(A, B), glossary(A, B, bad))


def test_hostile_texts_stay_in_their_line_and_steer_nothing() -> None:
    table, markdown = diff_table(hostile(), "a\x1b → b"), diff_markdown(hostile(), "<b> → b")
    assert "\x1b" not in table + markdown
    assert r"  + x: ``` <b>@all\x1b[31m ([x](y)), isolated" in table.splitlines()
    assert markdown.startswith("## \\<b\\> → b\n\n")
    fences = [line for line in markdown.splitlines() if line.startswith("```")]
    assert fences == ["```diff", "```"] * (len(fences) // 2)
    inside = markdown.split("```diff\n")[1].split("\n```\n")[0].splitlines()
    assert all(line[0] in "+-!" for line in inside)


def test_long_lists_are_cut_and_say_so() -> None:
    found = diff(Glossary(), glossary(*(term(f"t{n:02}") for n in range(25))))
    assert "    … and 5 more: --format json" in diff_table(found, "x").splitlines()


def test_long_texts_show_where_they_differ() -> None:
    start = "one two three four five six seven eight"
    old, new = (glossary(A, B, replace(C, definition=f"{start} {end}")) for end in ("old end", "new end"))
    assert "  ! c: definition: … seven eight old end → … seven eight new end" in diff_table(diff(old, new), "x")


# --- the command

PAGE = "---\ntitle: {}\nrelated: [{}]\n---\nIt is {}.\n"


def write(folder: Path, name: str, *links: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(PAGE.format(name, ", ".join(links), name), encoding="utf-8")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", message)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of two commits: the first, called one and main, has a and b; the second adds c."""
    top = tmp_path_factory.mktemp("committed")
    terms = top / "docs" / "my terms"
    for name, link in (("a", "b"), ("b", "a")):
        write(terms, name, link)
    git(top, "init", "-q", "-b", "main")
    commit(top, "one")
    git(top, "tag", "one")
    git(top, "checkout", "-qb", "work")
    write(terms, "c", "a")
    (terms / "linked.md").symlink_to("/etc/hostname")
    commit(top, "two")
    return top


@pytest.fixture
def repository(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the repository; the working tree has d besides."""
    top = shutil.copytree(committed, tmp_path / "top", symlinks=True)
    write(top / "docs" / "my terms", "d", "a", "nowhere")
    monkeypatch.chdir(top / "docs")
    return top


def came(run: Any) -> list[str]:
    assert run.code == 0, run.err
    return [each["slug"] for each in json.loads(run.out)["terms"]["came"]]


@pytest.mark.parametrize(
    ("rev", "slugs"),
    [
        (["one"], ["c", "d"]),
        (["HEAD"], ["d"]),
        (["one", "HEAD"], ["c"]),
        (["one..HEAD"], ["c"]),
        (["one.."], ["c"]),
        (["main...work"], ["c"]),
        (["HEAD~1"], ["c", "d"]),
    ],
)
def test_revisions_are_compared(repository: Path, termatlas: Command, rev: list[str], slugs: list[str]) -> None:
    (repository / "docs" / "my terms" / "linked.md").unlink()
    options = [part for each in rev for part in ("--rev", each)]
    assert came(termatlas("diff", *options, "my terms", "--format", "json")) == slugs


@pytest.mark.parametrize("source", ["my terms", "my terms/*.md", ".", "..", "../docs/my terms/"])
def test_sources_of_a_revision_are_found_from_anywhere(repository: Path, termatlas: Command, source: str) -> None:
    assert came(termatlas("diff", "--rev", "one..HEAD", source, "--format", "json")) == ["c"]


def test_files_of_a_revision_are_called_as_the_source_is(repository: Path, termatlas: Command) -> None:
    run = termatlas("diff", "--rev", "one..HEAD", "my terms")
    assert '  + warning: orphan: my terms/c.md, line 2: "c": no link leads to it' in run.out
    assert "termatlas-" not in run.out
    assert run.out.startswith("one → HEAD: terms: 1 came; links: 1 came; findings: ")


def test_a_file_that_came_later_is_no_error(repository: Path, termatlas: Command) -> None:
    sources = [f"my terms/{name}.md" for name in "abc"]
    assert came(termatlas("diff", "--rev", "one", *sources, "--format", "json")) == ["c"]


def test_the_working_tree_is_not_touched(repository: Path, termatlas: Command) -> None:
    def state() -> tuple[str, dict[Path, int]]:
        files = (path for path in repository.rglob("*") if ".git" not in path.parts and path.is_file())
        return git(repository, "status", "--porcelain"), {path: path.stat().st_mtime_ns for path in files}

    before = state()
    termatlas("diff", "--rev", "one", "my terms")
    assert state() == before
    assert git(repository, "branch", "--show-current") == "work\n"


def test_attributes_that_leave_files_out_of_archives_do_not_count(repository: Path, termatlas: Command) -> None:
    (repository / ".gitattributes").write_text("*.md export-ignore\n", encoding="utf-8")
    commit(repository, "three")
    assert came(termatlas("diff", "--rev", "one..HEAD", "my terms", "--format", "json")) == ["c", "d"]


@pytest.mark.parametrize(
    "revision", ["nothing", "-h", "--all", "nothing..one", "one...nothing", "-x...-y", "one^{tree}"]
)
def test_an_unknown_revision_is_said(repository: Path, termatlas: Command, revision: str) -> None:
    run = termatlas("diff", f"--rev={revision}", "my terms")
    assert run.code == 2
    wrong = revision if "..." in revision else revision.partition("..")[0]
    assert run.err == (
        f'termatlas: there is no revision "{wrong}"; see git log for what there is; '
        "a shallow clone has not all (git fetch --unshallow)\n"
    )


def test_a_source_that_a_revision_has_not_is_said(repository: Path, termatlas: Command) -> None:
    run = termatlas("diff", "--rev", "one", "my terms/d.md")
    assert (run.code, run.err) == (
        3,
        "termatlas: my terms/d.md: not in revision one; name what the revision has\n",
    )


def test_a_source_outside_of_the_repository_is_said(repository: Path, termatlas: Command, tmp_path: Path) -> None:
    write(tmp_path / "other", "x")
    run = termatlas("diff", "--rev", "one", "my terms", tmp_path / "other")
    assert run.code == 3
    assert f"other: outside of the repository {repository.resolve().as_posix()}; name sources of one" in run.err


def test_a_folder_without_a_repository_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, termatlas: Command
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write(tmp_path / "terms", "a")
    run = termatlas("diff", "--rev", "HEAD~1", tmp_path / "terms")
    assert run.code == 2
    assert run.err.endswith("terms lies in no git repository that can be read; --rev needs one\n")


def test_without_git_that_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch, termatlas: Command) -> None:
    monkeypatch.setenv("PATH", str(repository))
    run = termatlas("diff", "--rev", "one", "my terms")
    assert (run.code, run.err) == (2, "termatlas: git was not found; --rev needs it\n")


def test_what_cannot_be_read_in_a_revision_is_named_as_the_source_is(repository: Path, termatlas: Command) -> None:
    (repository / "docs" / "bad.json").write_text("[{", encoding="utf-8")
    commit(repository, "bad")
    (repository / "docs" / "bad.json").write_text('[{"term": "X"}]', encoding="utf-8")
    run = termatlas("diff", "--rev", "HEAD", "bad.json")
    assert run.code == 3
    assert run.err.startswith("termatlas: bad.json")


@pytest.mark.parametrize("given", [["a", "b", "c"], ["a..b", "c"]])
def test_too_many_revisions_are_said(given: list[str]) -> None:
    with pytest.raises(UsageError, match=r"^--rev takes one revision, two, or a range such as v1..v2$"):
        revisions(given)


def test_two_sources_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, termatlas: Command) -> None:
    monkeypatch.chdir(tmp_path)
    for name, link in (("a", "b"), ("b", "a")):
        write(Path("old"), name, link)
        write(Path("new"), name, link)
    write(Path("new"), "c", "a")
    asked = ("diff", "old", "new")
    run = termatlas(*asked)
    head, _, findings = run.out.partition("\n\nFindings\n")
    assert run.code == 0
    assert re.sub("findings: .*", "findings: …", head) == (
        "old → new: terms: 1 came; links: 1 came; findings: …\n\n"
        "Terms\n"
        "  + c: c, orphan\n\n"
        "Links\n"
        "  + c → a\n\n"
        "Ranks by pagerank\n"
        "  ! b: 1 → 2\n\n"
        "Ranks by betweenness\n"
        "  ! b: 1 → 2"
    )
    assert '  + warning: orphan: new/c.md, line 2: "c": no link leads to it\n' in findings
    assert "  + info: one-way-link: new/c.md, line 3, related[0]: c links to a, which does not link back\n" in findings
    assert termatlas(*asked, "--fail-on", "warning").code == 1
    assert termatlas(*asked, "--fail-on", "error").code == 0
    assert termatlas("diff", "new", "old", "--fail-on", "warning").code == 0
    for file in ("graph.json", "findings.json"):
        termatlas("export", file, "old", "--out", f"exports/{file}")
    assert termatlas("diff", "exports", "old").out == "exports → old: no difference\n"
    run = termatlas(*asked, "--format", "markdown", "--out", "comment.md")
    assert (run.code, run.out) == (0, "")
    assert Path("comment.md").read_text(encoding="utf-8").startswith("## old → new\n\nterms: 1 came;")


@pytest.mark.parametrize("sources", [[], ["one"], ["one", "two", "three"]])
def test_another_number_than_two_is_said(termatlas: Command, sources: list[str]) -> None:
    run = termatlas("diff", *sources)
    assert (run.code, run.err) == (2, "termatlas: diff takes two, OLD and NEW, or --rev REVISION and the source\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read (no such file or directory)"),
        ("{", "not a graph that termatlas build wrote"),
        ("[]", "not a graph that termatlas build wrote"),
        ('{"nodes": [{"id": "a"}], "edges": []}', "not a graph that termatlas build wrote"),
    ],
)
def test_exports_that_cannot_be_read_are_said(tmp_path: Path, content: str | None, message: str) -> None:
    (tmp_path / "findings.json").write_text("[]", encoding="utf-8")
    if content is not None:
        (tmp_path / "graph.json").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        read_exports(tmp_path)
    assert str(raised.value).endswith(
        f"graph.json: {message}; name a folder that termatlas build wrote, or the sources"
    )


def test_a_real_glossary_with_edits(corpora: Path) -> None:
    old = read(corpora / "ml-glossary-mlg" / "terms")
    left_out = old.terms[10]
    renamed = replace(old.terms[20], slug="quite-new")
    terms = [*old.terms[:10], *old.terms[11:20], renamed, *old.terms[21:]]
    found = diff(old, replace(old, terms=tuple(resolve(terms))))
    assert [each.slug for each in found.terms_gone] == [left_out.slug]
    assert found.renamed == (Renamed(old=old.terms[20].slug, new="quite-new", by="name"),)
    assert snapshot(old) == snapshot(old)
