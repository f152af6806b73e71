"""Files, folders and globs → the files to read, in one order."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from termatlas.errors import SourceError

_HEAD = 65_536
_VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
_NOT_IN_PLACE = ".termatlas-"  # what names begin with of files that TermAtlas has written and not yet put in place
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to read: where it is, what to call it, and the folder it was found under."""

    path: Path
    label: str  #: the path as people are shown it, with forward slashes
    root: Path  #: the SOURCE that led to the file: a folder, or the file's own folder

    @property
    def relative(self) -> Path:
        """Give the path below the root: ``vision/clip.md``."""
        return self.path.relative_to(self.root)

    def head(self) -> bytes:
        """Read the file's first 64 KiB, to look at."""
        with translated(self.label), self.path.open("rb") as stream:
            return stream.read(_HEAD)

    def bytes(self) -> bytes:
        """Read the whole file."""
        with translated(self.label):
            return self.path.read_bytes()

    def text(self) -> str:
        """Read the whole file as UTF-8, with or without a byte order mark; every line end is a newline."""
        return decoded(self.bytes(), self.label)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Stream the file's lines with their numbers, from 1, without their line ends."""
        with translated(self.label), self.path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                data = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                yield number, decoded(data, self.label, number).rstrip("\n")

    def sha256(self) -> str:
        """Compute the SHA-256 of the file's bytes."""
        with translated(self.label), self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


class translated:  # noqa: N801 (reads as a sentence: "with translated(label)")
    """Turn the operating system's errors about a file into a `SourceError`."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise SourceError(self.label, f"cannot be read ({reason})", "check the path and its permissions") from error


def decoded(data: bytes, label: str, first_line: int = 1) -> str:
    """Decode UTF-8; name the line of the first byte that is not.

    Raises `SourceError`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        raise SourceError(
            label, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8", place=f"line {line}"
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_files(sources: Iterable[str | Path]) -> Iterator[SourceFile]:
    """Find the files that sources stand for: themselves, those of a folder and those a glob matches.

    Dot folders are entered, version control's own are not. Within a source, files come sorted;
    a file that two sources lead to comes once.

    Raises `SourceError` where a source leads to no file.
    """
    seen: set[Path] = set()
    for source in sources:
        for file in _expand(str(source)):
            if (identity := file.path.resolve()) not in seen:
                seen.add(identity)
                yield file


def _expand(source: str) -> Iterator[SourceFile]:
    path = Path(source)
    if path.is_dir():
        files = sorted(_walk(path))
        if not files:
            raise SourceError(source, "the folder holds no file", "name a folder that holds a glossary")
        yield from (SourceFile(path=file, label=file.as_posix(), root=path) for file in files)
    elif path.exists():
        yield SourceFile(path=path, label=path.as_posix(), root=path.parent)
    elif _MAGIC & set(source) and (matches := sorted(glob.glob(source, recursive=True, include_hidden=True))):
        plain = takewhile(lambda part: not _MAGIC & set(part), path.parent.parts)
        root = Path(*plain)
        matched = (Path(match) for match in matches if Path(match).is_file())
        yield from (SourceFile(path=file, label=file.as_posix(), root=root) for file in matched)
    else:
        raise SourceError(source, "no such file or folder", "check the spelling of the path")


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(_NOT_IN_PLACE):
            continue
        if entry.is_dir():
            if entry.name not in _VERSION_CONTROL and not entry.is_symlink():
                yield from _walk(entry)
        elif entry.is_file():
            yield entry
