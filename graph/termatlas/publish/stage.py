"""New files of a site, put beside it where they differ from what is there."""

from __future__ import annotations

import filecmp
import hashlib
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from termatlas.errors import OutputError
from termatlas.publish.folder import check_ours, mode_of
from termatlas.publish.manifest import is_inside, unlike

#: A path in a site, and what stands there: bytes, or a file on the same disk that may be moved there.
File = tuple[str, bytes | Path]


class Staged(NamedTuple):
    """What a run made."""

    files: dict[str, str]  #: path → SHA-256 of all files
    new: list[str]  #: the paths of those that differ from what is there, or are not there yet


def stage(files: Iterable[File], out: Path, beside: Path, ours: Mapping[str, str]) -> Staged:
    """Write those files into `beside` that are not the same in `out` already.

    `ours` are the files of an earlier run, by path.

    Raises `OutputError` where a file of others stands in the way, or where two files have one path.
    """
    staged = Staged({}, [])
    for path, data in files:
        if path in staged.files or not is_inside(path):
            raise _no_path(out, path)
        staged.files[path] = digest(data)
        if not _is_there(out / path, data):
            check_ours(out, path, ours)
            _put(beside / path, data)
            staged.new.append(path)
    if twins := unlike(staged.files):
        raise _no_path(out, twins[1])
    return staged


def digest(data: bytes | Path) -> str:
    """Compute the SHA-256 of bytes or of a file's."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_there(path: Path, data: bytes | Path) -> bool:
    mode = mode_of(path)
    if mode is None or not stat.S_ISREG(mode):
        return False
    if isinstance(data, Path):
        return filecmp.cmp(path, data, shallow=False)
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _put(path: Path, data: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        data.replace(path)


def _no_path(out: Path, path: str) -> OutputError:
    return OutputError(
        (out / path).as_posix(),
        "cannot stand in the site: another file has this path, or it leads out of the site",
        "rename it in the folder of --templates",
    )
