"""The moment at which a new site takes the place of the old one: renames alone, undone if one fails."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from termatlas.errors import OutputError
from termatlas.publish.folder import BESIDE, mode_of
from termatlas.publish.manifest import MANIFEST, Manifest, manifest_bytes

_CURES = {
    errno.ENOSPC: "free some space or choose another folder with --out",
    errno.EDQUOT: "free some space or choose another folder with --out",
    errno.EFBIG: "raise the limit on file sizes or choose another folder with --out",
    errno.ENAMETOOLONG: "choose a folder with a shorter path with --out",
}


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give a folder on the site's disk in which its new files can wait; no second run can have it meanwhile.

    Raises `OutputError` where nothing can be written there, or while another run is at work.
    """
    folder = out / BESIDE
    is_new = not out.exists()
    with _named(out):
        out.mkdir(parents=True, exist_ok=True)
        _claim(folder)
        try:
            yield folder
        except BaseException:
            _tidy(folder)
            if is_new:
                with suppress(OSError):
                    out.rmdir()
            raise
        _tidy(folder)


def _claim(folder: Path) -> None:
    try:
        folder.mkdir()
    except FileExistsError as error:
        raise OutputError(
            folder.as_posix(), "another run is at work here, or one was killed", "wait for it, or delete this folder"
        ) from error


def _tidy(folder: Path) -> None:
    """Delete what waited; but should old files be there still, keep them: putting them back has failed."""
    shutil.rmtree(folder / "new", ignore_errors=True)
    if not any(path.is_file() for path in (folder / "old").rglob("*")):
        shutil.rmtree(folder, ignore_errors=True)


def swap(out: Path, waiting: Path, new: Sequence[str], gone: Sequence[str], was: Manifest, now: Manifest) -> None:
    """Move new files in and take files of an earlier run out; on an error, on Ctrl-C too, `out` is as it was.

    First the manifest claims both the old files and the new: a run that is killed half-way leaves no file that the
    next run would not know as its own.
    """
    folders = _missing(out, [MANIFEST, *new])
    touched: list[str] = []
    try:
        with _named(out):
            for folder in folders:
                folder.mkdir()
            _write(waiting / "new" / MANIFEST, manifest_bytes(replace(now, files={**was.files, **now.files})))
            for path in (MANIFEST, *gone, *new):  # where case does not count, one can be the other
                touched.append(path)
                _exchange(out / path, waiting / "new" / path, waiting / "old" / path)
            _write(waiting / "manifest.json", manifest_bytes(now))
            (waiting / "manifest.json").replace(out / MANIFEST)
    except BaseException:
        _undo(out, waiting, touched, {MANIFEST, *new})
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise
    _remove_empty(out, gone)
    shutil.rmtree(waiting / "old", ignore_errors=True)


def _exchange(place: Path, new: Path, old: Path) -> None:
    """Keep what stands at a place and put the new file there, if there is one; readers never find the place empty."""
    if mode_of(place) is not None:
        old.parent.mkdir(parents=True, exist_ok=True)
        try:
            old.hardlink_to(place)
        except OSError:  # not every file system has hard links
            place.replace(old)
    if mode_of(new) is not None:
        new.replace(place)
    else:
        place.unlink(missing_ok=True)


def _undo(out: Path, waiting: Path, touched: Sequence[str], new: Collection[str]) -> None:
    """Put back what stood in the places that were touched, and take away new files where nothing stood."""
    for path in reversed(touched):
        old = waiting / "old" / path
        if mode_of(old) is not None:
            old.replace(out / path)
            old.unlink(missing_ok=True)  # a rename between two links to one file does nothing
        elif path in new and mode_of(waiting / "new" / path) is None:
            (out / path).unlink(missing_ok=True)


def _missing(out: Path, paths: Iterable[str]) -> list[Path]:
    """Give the folders that paths need and that are not there, each after the one that holds it."""
    parents = {parent for path in paths for parent in PurePosixPath(path).parents[:-1]}
    return [out / parent for parent in sorted(parents) if not (out / parent).is_dir()]


def _remove_empty(out: Path, gone: Iterable[str]) -> None:
    """Remove folders that hold nothing any more."""
    parents = {parent for path in gone for parent in PurePosixPath(path).parents[:-1]}
    for parent in sorted(parents, reverse=True):
        with suppress(OSError):
            (out / parent).rmdir()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@contextmanager
def _named(out: Path) -> Iterator[None]:
    """Name the folder, the reason and the cure where the file system refuses."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        cure = _CURES.get(error.errno or 0, "choose another folder with --out, or change its permissions")
        raise OutputError(
            out.as_posix(), f"cannot be written ({reason})", f"{cure}; what was there is untouched"
        ) from error
