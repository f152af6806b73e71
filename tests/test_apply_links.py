"""All files are replaced or none; what is refused is said; what a site makes goes to the patch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from termatlas.apply import Accepted, apply_links, diff_of
from termatlas.checklist import source_id
from termatlas.errors import OutputError, SourceError, UsageError
from termatlas.sources import read

SLUGS = ("a", "b", "c")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a glossary of three pages that link to nothing."""
    terms = tmp_path / "terms"
    terms.mkdir()
    for slug in SLUGS:
        (terms / f"{slug}.md").write_text(f"---\ntitle: {slug.upper()}\n---\nText of {slug}.\n")
    return terms


def ring() -> list[Accepted]:
    return [Accepted(source=source, target=target) for source, target in zip(SLUGS, "bca", strict=True)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_links_of_several_pages_are_added_at_once(folder: Path) -> None:
    applied = apply_links(ring(), folder)
    assert [outcome.state for outcome in applied.outcomes] == ["added"] * 3
    assert [[link.target for link in term.related] for term in read(folder).terms] == [["b"], ["c"], ["a"]]
    assert set(contents(folder)) == {"a.md", "b.md", "c.md"}


def test_a_dry_run_changes_nothing_and_shows_the_difference(folder: Path) -> None:
    before = contents(folder)
    applied = apply_links(ring()[:1], folder, dry_run=True)
    assert contents(folder) == before
    file = (folder / "a.md").as_posix()
    assert "".join(diff_of(applied.changes)) == (
        f"--- a/{file}\n+++ b/{file}\n@@ -1,4 +1,5 @@\n ---\n title: A\n+related: [b]\n ---\n Text of a.\n"
    )


def test_the_difference_is_one_that_git_applies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.md").write_bytes(b"---\r\ntitle: A\r\n---\r\nText.")
    (folder / "b.md").write_bytes(b"---\ntitle: B\n---\n")
    (folder / "c.md").write_bytes(b"---\ntitle: C\nrelated:\n- a\n---")
    monkeypatch.chdir(folder)
    applied = apply_links([*ring()[:2], Accepted(source="c", target="b")], *SLUGS_AS_FILES, dry_run=True)
    patch = "".join(diff_of(applied.changes)).encode()
    subprocess.run(["git", "apply", "-"], input=patch, check=True, cwd=folder)
    assert {Path(path).name: change.new for path, change in applied.changes.items()} == contents(folder)


SLUGS_AS_FILES = tuple(f"{slug}.md" for slug in SLUGS)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_error_half_way_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, at: int
) -> None:
    before = contents(folder)
    calls: list[Path] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == at:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OutputError if isinstance(error, OSError) else type(error)):
        apply_links(ring(), folder)
    assert contents(folder) == before
    assert len(calls) >= at


KILLED = """
import os, signal, sys
from pathlib import Path
from termatlas.apply import Accepted, apply_links
calls = []
real = Path.replace
def replace(self, target):
    calls.append(target)
    if len(calls) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)
Path.replace = replace
apply_links([Accepted(source=a, target=b) for a, b in ("ab", "bc", "ca")], sys.argv[1])
"""


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_killed_run_leaves_every_file_whole_and_the_next_one_completes_it(folder: Path, at: int) -> None:
    before = contents(folder)
    graph = str(Path(sys.modules["termatlas"].__file__ or "").parents[1])
    environment = {**os.environ, "PYTHONPATH": graph}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(at)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    half = contents(folder)
    assert [half[name] == before[name] for name in before] == [False] * (at - 1) + [True] * (4 - at)
    assert len(read(folder)) == 3  # what the killed run left behind is no term
    assert {outcome.state for outcome in apply_links(ring(), folder).outcomes} <= {"added", "there"}
    assert [[link.target for link in term.related] for term in read(folder).terms] == [["b"], ["c"], ["a"]]


def test_what_a_killed_run_leaves_behind_is_no_source(folder: Path) -> None:
    (folder / ".termatlas-x1.part").write_text('[{"term": "A", "definition": "Half."}]')
    (folder / ".termatlas-x2").mkdir()
    (folder / ".termatlas-x2" / "a.md").write_text("---\ntitle: A\n---\nText.\n")
    assert [source.file for source in read(folder).sources] == [(folder / f"{slug}.md").as_posix() for slug in SLUGS]


def test_a_link_that_cannot_be_proven_brings_the_old_files_back(folder: Path) -> None:
    lent = "- &base\n  term: D\n  definition: D.\n  related: [a]\n- <<: *base\n  term: E\n"
    (folder / "more.yaml").write_text(lent)
    before = contents(folder)
    with pytest.raises(OutputError, match="e is read otherwise after links were added; the old files are back"):
        apply_links([*ring(), Accepted(source="e", target="b")], folder)
    assert contents(folder) == before


def test_a_file_that_changes_meanwhile_is_not_overwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        (folder / "b.md").write_text("mine")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    before = contents(folder)
    with pytest.raises(OutputError, match=r"b\.md: changed while links were being added; run it again"):
        apply_links(ring(), folder)
    assert contents(folder) == {**before, "b.md": b"mine"}


def test_a_file_that_cannot_be_written_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mkstemp(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", mkstemp)
    with pytest.raises(OutputError, match=r"a\.md: cannot be written \(permission denied\).*nothing was changed"):
        apply_links(ring(), folder)


def test_a_file_that_is_read_only_stays_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "b.md")  # root may write anything
    before = contents(folder)
    with pytest.raises(OutputError, match=r"b\.md: cannot be written \(permission denied\)"):
        apply_links(ring(), folder)
    assert contents(folder) == before


def test_modes_and_symbolic_links_stay(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    real = folder.parent / "real.md"
    (folder / "b.md").rename(real)
    (folder / "b.md").symlink_to(real)
    apply_links(ring(), folder)
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640
    assert (folder / "b.md").is_symlink()
    assert "related: [c]" in real.read_text()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            Accepted(source="x", target="b", place="line 7"),
            'line 7: x → b: no term is called "x" now; look at it again',
        ),
        (Accepted(source="a", target="x"), 'a → x: no term is called "x" now; look at it again'),
        (Accepted(source="a", target="a"), "a → a: a term does not link to itself; take the row out"),
        (
            Accepted(source="a", target="b", source_id="0" * 16),
            "a → b: the texts of a are not those that the link was suggested for; look at it again",
        ),
    ],
)
def test_a_row_is_refused_with_the_reason_and_the_others_applied(folder: Path, link: Accepted, said: str) -> None:
    first, second = apply_links([link, ring()[1]], folder).outcomes
    assert (first.state, second.state) == ("refused", "added")
    assert str(first).startswith(said)


def test_a_link_that_is_there_is_left_alone_even_if_its_source_changed(folder: Path) -> None:
    apply_links(ring(), folder)
    [outcome] = apply_links([Accepted(source="a", target="b", source_id="0" * 16)], folder).outcomes
    assert outcome.state == "there"


def test_adding_a_link_does_not_make_other_rows_of_the_term_stale(folder: Path) -> None:
    identity = source_id(read(folder)["a"])
    for target in ("b", "c"):
        [outcome] = apply_links([Accepted(source="a", target=target, source_id=identity)], folder).outcomes
        assert outcome.state == "added"


def test_of_several_links_of_a_term_only_those_to_blame_are_refused(folder: Path) -> None:
    for file in ("d.md", "e.md"):
        (folder / file).write_text("---\nslug: x; y\ntitle: D | D\n---\nText.\n".replace("x;", f"{file};"))
    (folder / "a.md").write_text("---\nrelated: b\n---\nText.\n")
    links = [Accepted(source="a", target=target) for target in ("d.md; y", "c", "e.md; y")]
    assert [outcome.state for outcome in apply_links(links, folder).outcomes] == ["refused", "added", "refused"]
    assert "related: b; c\n" in (folder / "a.md").read_text()


def test_the_same_link_twice_is_added_once(folder: Path) -> None:
    assert len(apply_links([*ring(), *ring()], folder).outcomes) == 3


def test_the_shipped_atlas_is_not_written_by_accident() -> None:
    with pytest.raises(UsageError, match="name the sources to write into"):
        apply_links(ring())


def test_sources_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        apply_links(ring(), tmp_path / "none")


def test_what_a_site_makes_goes_to_the_patch(seeds: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_bytes((seeds / "foundation-model-vision.payload.json").read_bytes())
    (tmp_path / "b.md").write_text("---\ntitle: Bee\n---\nA bee.\n")
    [term] = [term for term in read(tmp_path).terms if term.file.endswith("page.json")]
    before = page.read_bytes()
    patch = tmp_path / "termatlas.patch.json"
    for _ in range(2):
        applied = apply_links([Accepted(source=term.slug, target="b")], tmp_path, patch=patch)
        assert [outcome.state for outcome in applied.outcomes] == ["patch"]
        assert page.read_bytes() == before
        [entry] = json.loads(patch.read_text())["links"]
        assert entry["term"] == term.slug
        assert entry["add"] == {"slug": "b", "name": "Bee"}
        assert entry["why"] == "a site or a program makes the file; add the link where that has it from"
    assert not apply_links([Accepted(source=term.slug, target="b")], tmp_path, patch=patch).changes


def test_to_linked_data_the_patch_adds_a_triple(tmp_path: Path) -> None:
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    concepts = "".join(f'<http://x.org/{slug}> a skos:Concept ; skos:prefLabel "{slug}" .\n' for slug in SLUGS)
    (tmp_path / "t.ttl").write_text(prefix + concepts)
    applied = apply_links(ring()[:1], tmp_path)
    assert [entry["add"] for entry in applied.patch] == [
        "<http://x.org/a> <http://www.w3.org/2004/02/skos/core#related> <http://x.org/b> ."
    ]


def test_a_table_that_cannot_be_read_does_no_harm(folder: Path) -> None:
    (folder / "t.csv").write_bytes(b"slug,term\n\xff,A\n")
    assert apply_links(ring()[:1], folder).outcomes[0].state == "added"


def test_what_a_source_cannot_take_is_in_the_patch_too(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("slug,term\na,A\nb,B\n")
    applied = apply_links([Accepted(source="a", target="b"), Accepted(source="a", target="x")], tmp_path)
    assert [outcome.state for outcome in applied.outcomes] == ["refused", "refused"]
    assert [(entry["term"], entry["line"]) for entry in applied.patch] == [("a", 2)]


def test_a_first_field_for_links_is_said(folder: Path) -> None:
    [outcome] = apply_links(ring()[:1], folder).outcomes
    assert outcome.reason == "no term had a field for related terms; it stands in a new one"
    [outcome] = apply_links([Accepted(source="a", target="c")], folder).outcomes
    assert outcome.reason == ""
