"""Outputs replaced whole or not at all: written beside, then renamed."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from termatlas.errors import OutputError

_CURES = {
    errno.ENOSPC: "free some space or choose another folder with --out",
    errno.EDQUOT: "free some space or choose another folder with --out",
    errno.EFBIG: "raise the limit on file sizes or choose another folder with --out",
}


@contextmanager
def replaced_together(folder: Path) -> Iterator[Path]:
    """Give a folder to write files into; on leaving it they replace those of `folder`, all or none.

    Files of `folder` that are not written anew stay. On an error, on Ctrl-C too, `folder` is as it was.

    Raises `OutputError` where `folder` cannot be written.
    """
    with _named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".termatlas-", dir=folder))
    try:
        with _named(folder):
            (beside / "new").mkdir()
            (beside / "old").mkdir()
            yield beside / "new"
            _swap(folder, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(folder: Path, beside: Path) -> None:
    """Move the new files in; if that fails half-way, move the old ones back."""
    moved: list[str] = []
    try:
        for new in sorted((beside / "new").iterdir()):
            target = folder / new.name
            moved.append(new.name)
            if target.exists():
                target.replace(beside / "old" / new.name)
            new.replace(target)
    except BaseException:
        for name in moved:
            if (beside / "old" / name).exists():
                (beside / "old" / name).replace(folder / name)
            elif not (beside / "new" / name).exists():
                (folder / name).unlink(missing_ok=True)
        raise


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        file = str(error.filename) if error.filename and ".termatlas-" not in str(error.filename) else path.as_posix()
        cure = _CURES.get(error.errno or 0, "choose another folder with --out, or change its permissions")
        raise OutputError(file, f"cannot be written ({reason})", f"{cure}; what was there is untouched") from error


def replace_file(path: Path, data: bytes) -> None:
    """Write one file whole or not at all.

    Raises `OutputError` where it cannot be written.
    """
    with replaced_together(path.parent) as folder:
        (folder / path.name).write_bytes(data)
