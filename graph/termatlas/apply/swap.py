"""Files that change together: all or none, each whole at any moment."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from termatlas.apply.model import Change
from termatlas.errors import OutputError

_PREFIX = ".termatlas-"  # readers leave such names out


@contextmanager
def swapped(changes: Mapping[Path, Change]) -> Iterator[None]:
    """Put new contents in the place of old ones; on an error, in the body too, the old ones come back.

    A file is replaced by renaming one that was written beside it: whoever stops the program, at whatever moment,
    finds the old content or the new one. Raises `OutputError` where a file cannot be written or is not as it was.
    """
    with ExitStack() as stack:
        staged = {path: _staged(path.resolve(), change, stack) for path, change in changes.items()}
        done: list[Path] = []
        try:
            for path, (new, _) in staged.items():
                _refuse_changed(path, changes[path])
                done.append(path)
                with _named(path):
                    new.replace(path.resolve())
            yield
        except BaseException:
            for path in done:
                _put_back(path.resolve(), *staged[path])
            raise


def _staged(path: Path, change: Change, stack: ExitStack) -> tuple[Path, Path | None]:
    """Write both contents of a file beside it: the new one and, where the file is there, the old one."""
    with _named(path):
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        new = _beside(path, change.new, stack)
        return new, _beside(path, change.old, stack) if path.exists() else None


def _beside(path: Path, data: bytes, stack: ExitStack) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".part", dir=path.parent)
    written = Path(name)
    stack.callback(written.unlink, missing_ok=True)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if path.exists():
        shutil.copymode(path, written)
    else:
        written.chmod(0o666 & ~_umask())
    return written


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refuse_changed(path: Path, change: Change) -> None:
    """Refuse to write over what somebody else wrote meanwhile."""
    if path.exists() and path.read_bytes() != change.old:
        raise OutputError(path.as_posix(), "changed while links were being added", "run it again; nothing was changed")


def _put_back(path: Path, new: Path, old: Path | None) -> None:
    if old is not None:
        old.replace(path)
    elif not new.exists():
        path.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        cure = "change its permissions or free some space; nothing was changed"
        raise OutputError(path.as_posix(), f"cannot be written ({reason})", cure) from error
