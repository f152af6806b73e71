"""``termatlas publish`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import termatlas as ta
from published import SITE, small
from running import Command


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "terms"
    folder.mkdir()
    write(folder, clip={"term": "CLIP", "definition": "A model.", "related": ["vit"]}, vit={"term": "ViT"})
    return folder


def write(folder: Path, **terms: dict[str, object]) -> None:
    (folder / "terms.json").write_text(json.dumps([{"slug": slug} | fields for slug, fields in terms.items()]))


def test_a_run_says_what_it_wrote_and_where_to_look(termatlas: Command, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = termatlas("publish", source, "--out", out, "--site-url", SITE)
    made = sum(path.is_file() for path in out.rglob("*")) - 1
    assert (done.code, done.out) == (0, f"{made} of {made} files written, in {out}\nlook at {out}/index.html\n")
    again = termatlas("publish", source, "--out", out, "--site-url", SITE)
    assert again.out.startswith(f"0 of {made} files written, in ")


def test_a_rename_and_a_removal_are_told(termatlas: Command, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    termatlas("publish", source, "--out", out, "--site-url", SITE)
    (out / "vit.html").write_text("mine")
    write(source, clip2={"term": "CLIP", "definition": "A model."})
    done = termatlas("publish", source, "--out", out, "--site-url", SITE)
    lines = done.out.splitlines()
    assert lines[0] == "renamed: clip is clip2 now, and its old address leads there"
    assert lines[1] == "no longer made, but changed by others and left: vit.html"
    assert " files written, 1 removed, in " in lines[2]


def test_placeholder_addresses_are_pointed_out(termatlas: Command, source: Path, tmp_path: Path) -> None:
    done = termatlas("publish", source, "--out", tmp_path / "site")
    assert done.err == (
        "termatlas: the pages say that they stand at https://example.org/glossary/; "
        "say where they will with --site-url, and what the terms' IRIs start with by --base-iri\n"
    )
    done = termatlas("publish", source, "--out", tmp_path / "site", "--base-iri", "https://e.org/a/")
    assert done.err == ""


def test_the_library_does_the_same(tmp_path: Path) -> None:
    done = ta.publish(small(), tmp_path / "site", site_url=SITE)
    assert (done.written, done.removed, done.root) == (done.files, 0, SITE)
    assert ta.publish(small(), str(tmp_path / "site"), site_url=SITE).written == 0


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--site-url", "example.org"], 2, '--site-url "example.org" is no address of a folder on the web'),
        (["--redirects", "r.csv"], 3, "r.csv: cannot be read (no such file or directory)"),
        (["--templates", "none"], 2, "none"),
        (["--base-iri", "no base"], 2, '"no base" is no base for IRIs'),
    ],
)
def test_what_cannot_be_is_one_line_and_an_exit_code(
    termatlas: Command, source: Path, tmp_path: Path, options: list[str], code: int, message: str
) -> None:
    done = termatlas("publish", source, "--out", tmp_path / "site", *options)
    assert done.code == code
    assert message in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(("below", "found"), [(".", "is"), ("site", "lies in"), ("..", "holds")])
def test_a_site_among_its_sources_is_refused(termatlas: Command, source: Path, below: str, found: str) -> None:
    before = sorted(source.parent.rglob("*"))
    done = termatlas("publish", source, "--out", source / below)
    assert done.code == 3
    assert f' {found} the source "{source}", where the next run would read the site; choose a folder' in done.err
    assert sorted(source.parent.rglob("*")) == before


def test_a_source_behind_a_glob_or_a_link_is_found_in_the_site(
    termatlas: Command, source: Path, tmp_path: Path
) -> None:
    (tmp_path / "alias").symlink_to(source)
    for out in (source, tmp_path / "alias"):
        done = termatlas("publish", f"{source}/*.json", "--out", out)
        assert done.code == 3
        assert "holds the source" in done.err


def test_redirects_are_read_from_a_file(termatlas: Command, source: Path, tmp_path: Path) -> None:
    (tmp_path / "redirects.csv").write_text("old,new\nopenai-clip,clip\nclip,vit\n")
    arguments = ("publish", source, "--out", tmp_path / "site", "--redirects", tmp_path / "redirects.csv")
    done = termatlas(*arguments)
    assert done.code == 3
    assert 'redirects.csv, line 3: "clip" is the slug of a term; redirect only slugs that no term has' in done.err
    (tmp_path / "redirects.csv").write_text("old,new\nopenai-clip,clip\n")
    assert termatlas(*arguments).code == 0
    assert "./clip.html" in (tmp_path / "site" / "openai-clip.html").read_text()


def test_mappings_stand_on_pages_and_in_a_file_of_their_own(termatlas: Command, source: Path, tmp_path: Path) -> None:
    (tmp_path / "mappings.csv").write_text("term,match,target\nclip,exactMatch,https://other.example/clip\n")
    out = tmp_path / "site"
    done = termatlas("publish", source, "--out", out, "--mappings", tmp_path / "mappings.csv")
    assert done.code == 0
    assert "https://other.example/clip" in (out / "clip.html").read_text()
    assert "skos:exactMatch <https://other.example/clip>" in (out / "data" / "mappings.trig").read_text()
    (tmp_path / "mappings.csv").write_text("term,match,target\nnothing,exactMatch,https://other.example/clip\n")
    done = termatlas("publish", source, "--out", out, "--mappings", tmp_path / "mappings.csv")
    assert (done.code, "mappings.csv, line 2" in done.err) == (3, True)
