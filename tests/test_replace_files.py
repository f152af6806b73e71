"""Outputs are replaced whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from termatlas.errors import OutputError
from termatlas.replace_files import replace_file, replaced_together


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def test_new_files_replace_old_ones_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "README").write_text("mine")
    with replaced_together(tmp_path) as folder:
        (folder / "a").write_text("new")
        (folder / "b").write_text("new")
        assert (tmp_path / "a").read_text() == "old"
    assert files(tmp_path) == {"README": "mine", "a": "new", "b": "new"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, MemoryError])
def test_an_error_leaves_everything_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "a").write_text("old")

    def write() -> None:
        with replaced_together(tmp_path) as folder:
            (folder / "a").write_text("new")
            raise error

    with pytest.raises(error):
        write()
    assert files(tmp_path) == {"a": "old"}


def test_a_rename_that_fails_halfway_is_undone(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "inside").write_text("old")

    def write() -> None:
        with replaced_together(tmp_path) as folder:
            for name in "abc":
                (folder / name).write_text("new")
            folder.parent.joinpath("old").rmdir()

    with pytest.raises(OutputError, match="untouched"):
        write()
    assert (tmp_path / "a").read_text() == "old"
    assert (tmp_path / "b" / "inside").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError) as caught, replaced_together(tmp_path / "out"):
        pass
    assert str(caught.value) == (
        f"{tmp_path / 'out'}: cannot be written (file exists); "
        "choose another folder with --out, or change its permissions; what was there is untouched"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="permission denied"), replaced_together(tmp_path):
        pass


def test_a_file_that_cannot_grow_leaves_the_old_one(tmp_path: Path) -> None:
    """A limit on file sizes fails in the middle of a write, as a full disk does."""
    (tmp_path / "a").write_text("old")
    code = (
        "import resource, sys; from pathlib import Path; from termatlas.replace_files import replace_file\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        f"replace_file(Path({str(tmp_path / 'a')!r}), b'x' * 100_000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OutputError" in done.stderr
    assert "cannot be written (file too large)" in done.stderr
    assert files(tmp_path) == {"a": "old"}


def test_one_file_is_replaced_whole(tmp_path: Path) -> None:
    replace_file(tmp_path / "deep" / "a.txt", b"x")
    assert (tmp_path / "deep" / "a.txt").read_bytes() == b"x"
