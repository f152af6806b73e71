"""A site's folder: only what changed is written, all or nothing, and the files of others stay."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from published import SITE, files, identities, small, term
from termatlas.errors import OutputError
from termatlas.model import Glossary
from termatlas.publish.folder import BESIDE
from termatlas.publish.job import publish
from termatlas.publish.manifest import MANIFEST, read_manifest


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish a small glossary once."""
    folder = tmp_path_factory.mktemp("made") / "site"
    publish(small(), folder, site_url=SITE)
    return folder


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """Give a copy of a published site, with the times of its files."""
    return shutil.copytree(made, tmp_path / "site")


def other() -> Glossary:
    """Give the glossary with a term changed, one added and one taken away."""
    return replace(small(), terms=(term("clip", "vit", definition="New."), term("vit", "clip"), term("gan", "vit")))


def assert_same_but_for_memory(site: Path, anew: Path) -> None:
    """Compare a site of the other glossary with one published anew; only the first knows that a term is gone."""
    publish(other(), anew, site_url=SITE)
    remembered = {".htaccess", "w3id/.htaccess"}
    first, second = files(site), files(anew)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == remembered


def test_a_second_run_writes_nothing(site: Path) -> None:
    before = identities(site)
    manifest = (site / MANIFEST).read_bytes()
    done = publish(small(), site, site_url=SITE)
    assert (done.written, done.removed, done.files) == (0, 0, len(before))
    assert identities(site) == before
    assert (site / MANIFEST).read_bytes() == manifest


def test_another_run_writes_what_changed_and_comes_to_the_same_as_a_first(site: Path, tmp_path: Path) -> None:
    before = identities(site)
    done = publish(other(), site, site_url=SITE)
    assert_same_but_for_memory(site, tmp_path / "anew")
    after = identities(site)
    rewritten = {name for name in after if after[name] != before.get(name)}
    assert len(rewritten) == done.written
    assert {"clip.html", "clip.ttl", "gan.html", "index.html"} <= rewritten
    assert not {"site/site.css", "site/site.js", "robots.txt", "404.html"} & rewritten
    assert done.removed == 2
    assert not {"bert.html", "bert.ttl"} & after.keys()


def test_the_manifest_names_every_file_and_its_digest(site: Path) -> None:
    import hashlib

    known = read_manifest(site / MANIFEST)
    assert known.files == {name: hashlib.sha256(data).hexdigest() for name, data in files(site).items()}
    assert known.terms["clip"].file == "clip"


def test_files_of_others_stay_and_a_file_of_ours_that_was_changed_is_written_anew(site: Path) -> None:
    (site / "CNAME").write_text("example.org")
    (site / "category" / "notes.txt").write_text("mine")
    page = (site / "clip.html").read_text()
    (site / "clip.html").write_text("changed")
    done = publish(small(), site, site_url=SITE)
    assert done.written == 1
    assert (site / "clip.html").read_text() == page
    assert (site / "CNAME").read_text() == "example.org"
    assert (site / "category" / "notes.txt").read_text() == "mine"


def test_a_file_no_longer_made_stays_if_others_changed_it(site: Path) -> None:
    (site / "bert.html").write_text("mine now")
    done = publish(other(), site, site_url=SITE)
    assert done.kept == ("bert.html",)
    assert (site / "bert.html").read_text() == "mine now"
    assert not (site / "bert.ttl").exists()


def test_folders_that_are_empty_go(site: Path) -> None:
    bare = replace(small(), terms=tuple(replace(each, categories=()) for each in small().terms))
    publish(bare, site, site_url=SITE)
    assert not (site / "category" / "vision.html").exists()
    assert not any(path.is_dir() and not any(path.iterdir()) for path in site.rglob("*"))


def test_a_folder_with_files_of_others_and_no_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(OutputError) as caught:
        publish(small(), tmp_path)
    assert str(caught.value) == (
        f'{tmp_path}: holds files that TermAtlas did not make, such as "thesis.docx", and no site; '
        "choose an empty folder with --out, or empty this one; other files may be added once the site is there"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_hidden_files_may_be_there_first(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("")
    (tmp_path / ".nojekyll").write_text("")
    publish(small(), tmp_path, site_url=SITE)
    assert (tmp_path / ".git" / "config").exists()


@pytest.mark.parametrize("name", [".htaccess", ".well-known/void", ".well-known"])
def test_a_file_of_others_where_one_of_ours_belongs_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match="stands where the site needs a file or folder of its own") as caught:
        publish(small(), tmp_path, site_url=SITE)
    assert caught.value.file == (tmp_path / name).as_posix()
    assert files(tmp_path) == {name: b"mine"}


def test_a_new_page_does_not_replace_a_file_of_others(site: Path) -> None:
    (site / "gan.html").write_text("mine")
    before = files(site)
    with pytest.raises(OutputError, match=r"gan\.html: stands where"):
        publish(other(), site, site_url=SITE)
    assert files(site) == before


def test_symbolic_links_are_not_followed_out(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(site / "category", outside)
    (outside / "vision.html").write_text("precious")
    shutil.rmtree(site / "category")
    (site / "category").symlink_to(outside)
    with pytest.raises(OutputError, match="category: stands where"):
        publish(small(), site, site_url=SITE)
    (site / "category").unlink()
    (site / "clip.html").unlink()
    (site / "clip.html").symlink_to(outside / "vision.html")
    with pytest.raises(OutputError, match=r"clip\.html: stands where"):
        publish(small(), site, site_url=SITE)
    assert (outside / "vision.html").read_text() == "precious"


def test_what_is_no_longer_made_is_not_removed_through_a_symbolic_link(site: Path, tmp_path: Path) -> None:
    outside = shutil.copytree(site / "category", tmp_path / "outside")
    shutil.rmtree(site / "category")
    (site / "category").symlink_to(outside)
    bare = replace(small(), terms=tuple(replace(each, categories=()) for each in small().terms))
    try:
        publish(bare, site, site_url=SITE)
    except OutputError:  # an index of categories stands there even without categories
        (site / "category").unlink()
        publish(bare, site, site_url=SITE)
    assert (outside / "vision.html").exists()


@pytest.mark.parametrize("path", ["../precious", "/etc/hostname", "a/../../precious", "C:/precious"])
def test_a_manifest_that_claims_files_outside_is_refused(site: Path, path: str) -> None:
    (site.parent / "precious").write_text("x")
    text = (site / MANIFEST).read_text()
    (site / MANIFEST).write_text(text.replace('"clip.html":', f'"{path}":'))
    with pytest.raises(OutputError, match="which is no path inside the site"):
        publish(small(), site, site_url=SITE)
    assert (site.parent / "precious").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"files": {}}', '{"terms": {"a": {"nom": "b"}}}', "[" * 100_000, '{"a'])
def test_a_manifest_that_is_none_is_refused(site: Path, text: str) -> None:
    (site / MANIFEST).write_text(text)
    with pytest.raises(OutputError, match="is no manifest of a published site; publish into another folder"):
        publish(small(), site, site_url=SITE)


def interrupted(error: BaseException, at: str) -> Callable[[str], None]:
    def progress(text: str) -> None:
        if text.startswith(at):
            raise error

    return progress


@pytest.mark.parametrize("error", [ValueError("bug"), KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize("at", ["writing pages", "writing linked data", "putting them in place"])
def test_an_error_before_the_swap_leaves_the_old_site(site: Path, error: BaseException, at: str) -> None:
    before = identities(site)
    with pytest.raises(type(error)):
        publish(other(), site, site_url=SITE, progress=interrupted(error, at))
    assert identities(site) == before


def test_an_error_in_a_first_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        publish(small(), tmp_path / "new", progress=interrupted(KeyboardInterrupt(), "writing linked data"))
    assert not (tmp_path / "new").exists()


def failing(at: int, act: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Act instead of the `at`-th rename of the swap."""
    rename, left = Path.replace, at

    def replace_file(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left == 0:
            act()
        return rename(self, target)

    def progress(text: str) -> None:
        if text == "putting them in place":
            monkeypatch.setattr(Path, "replace", replace_file)

    return progress


def disk_full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def ctrl_c() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("at", [1, 2, 5, 9])
@pytest.mark.parametrize(("act", "error"), [(disk_full, OutputError), (ctrl_c, KeyboardInterrupt)])
def test_an_error_in_the_midst_of_the_swap_is_undone(
    site: Path, at: int, act: Callable[[], None], error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = identities(site)
    with pytest.raises(error, match=r"no space left on device|^$"):
        publish(other(), site, site_url=SITE, progress=failing(at, act, monkeypatch))
    monkeypatch.undo()
    assert identities(site) == before
    assert read_manifest(site / MANIFEST).files.keys() == before.keys()


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import pytest
from published import SITE
from test_publish_folder import failing, other
from termatlas.publish.job import publish
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
publish(other(), {folder!r}, site_url=SITE, progress=failing({at}, kill, pytest.MonkeyPatch()))
"""


@pytest.mark.parametrize("at", [1, 6])
def test_after_a_run_that_was_killed_the_next_one_mends_the_site(site: Path, tmp_path: Path, at: int) -> None:
    code = KILLED.format(tests=str(Path(__file__).parent), folder=str(site), at=at)
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -9
    with pytest.raises(OutputError, match="another run is at work here, or one was killed; wait for it, or delete"):
        publish(other(), site, site_url=SITE)
    shutil.rmtree(site / BESIDE)
    publish(other(), site, site_url=SITE)
    assert_same_but_for_memory(site, tmp_path / "anew")


def test_a_full_disk_leaves_the_old_site(site: Path) -> None:
    """A limit on file sizes fails in the middle of a write, as a full disk does."""
    before = identities(site)
    code = (
        f"import resource, sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from published import SITE; from test_publish_folder import other; from termatlas.publish.job import publish\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
        f"publish(other(), {str(site)!r}, site_url=SITE)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "cannot be written (file too large); raise the limit on file sizes" in done.stderr
    assert identities(site) == before


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(OutputError, match="site: is a file; choose another folder with --out"):
        publish(small(), tmp_path / "site")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match=r"cannot be written \(permission denied\)"):
        publish(small(), tmp_path / "site")


def test_the_same_glossary_gives_the_same_bytes_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from published import SITE, small; from termatlas.publish.job import publish\n"
        "publish(small(), sys.argv[1], site_url=SITE)"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], env=environment, check=True)
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert (tmp_path / "1" / MANIFEST).read_bytes() == (tmp_path / "2" / MANIFEST).read_bytes()
