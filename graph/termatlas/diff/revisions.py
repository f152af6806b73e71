"""A glossary as a git revision has it, without a touch to the working tree."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from termatlas.diff.model import Snapshot
from termatlas.diff.snapshot import snapshot
from termatlas.errors import SourceError, UsageError
from termatlas.model import Glossary

_MAGIC = set("*?[")
_BLOBS = ("100644", "100755")  # not symbolic links and not the commits of submodules


class _Place(NamedTuple):
    path: str  #: below the root of the repository
    rest: str  #: of a glob; "." where there is none
    written: str  #: what the path is written as


def revisions(given: Sequence[str]) -> tuple[str, str]:
    """Read what stands behind --rev: an old and a new revision; "" for the working tree.

    >>> revisions(["v1"]), revisions(["v1", "v2"]), revisions(["v1..v2"]), revisions(["main...HEAD"])
    (('v1', ''), ('v1', 'v2'), ('v1', 'v2'), ('main...HEAD', 'HEAD'))
    """
    if len(given) > 2 or (len(given) == 2 and any(".." in each for each in given)):
        raise UsageError("--rev takes one revision, two, or a range such as v1..v2")
    if len(given) == 2:
        return given[0], given[1]
    first, dots, second = given[0].partition("...") if "..." in given[0] else given[0].partition("..")
    if dots == "...":
        return f"{first or 'HEAD'}...{second or 'HEAD'}", second or "HEAD"
    return (first or "HEAD", second or "HEAD") if dots else (first, "")


def snapshot_at(revision: str, sources: Sequence[str], read: Callable[[Sequence[str]], Glossary]) -> Snapshot:
    """Take the glossary of `sources` as a revision has it; `read` reads it from other paths.

    The revision "A...B" is the one at which A and B parted. Files are named as the sources are.

    Raises `UsageError` where there is no git, no repository or no such revision, `SourceError` where the revision
    has none of the sources.
    """
    top = _repository(sources[0])
    commit = _commit(top, revision)
    places = [_place(source, top) for source in sources]
    with TemporaryDirectory(prefix="termatlas-") as folder:
        _write_files(top, commit, [place.path for place in places], Path(folder))
        there = {(Path(folder) / place.path).as_posix(): place for place in places}
        present = [(Path(path) / place.rest).as_posix() for path, place in there.items() if Path(path).exists()]
        if not present:
            raise SourceError(sources[0], f"not in revision {revision}", "name what the revision has")
        written = {path: place.written for path, place in there.items()}
        try:
            return _renamed(snapshot(read(present)), written)
        except SourceError as error:
            raise SourceError(_as_written(error.file, written), error.problem, error.cure, place=error.place) from error


def _renamed(state: Snapshot, written: Mapping[str, str]) -> Snapshot:
    """Name files as the sources are named, not as the temporary folder is."""
    findings = (
        replace(
            finding,
            message=_as_written(finding.message, written),
            where=replace(finding.where, file=_as_written(finding.where.file, written)),
        )
        for finding in state.findings
    )
    return replace(state, findings=tuple(findings))


def _as_written(text: str, written: Mapping[str, str]) -> str:
    for path, source in written.items():
        text = text.replace(path, source)
    return text


def _place(source: str, top: Path) -> _Place:
    """Find a source below the root of the repository; of a glob the part without magic."""
    parts = Path(source).parts
    plain = parts if Path(source).exists() else tuple(takewhile(lambda part: not _MAGIC & set(part), parts))
    full = Path(*plain).resolve()
    if not full.is_relative_to(top):
        raise SourceError(source, f"outside of the repository {top.as_posix()}", "name sources of one repository")
    rest = Path(*parts[len(plain) :]).as_posix()
    return _Place(full.relative_to(top).as_posix(), rest, Path(*plain).as_posix())


def _repository(source: str) -> Path:
    near = next(folder for folder in Path(source).resolve().parents if folder.is_dir())
    folder = Path(source) if Path(source).is_dir() else near
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found is None:
        raise UsageError(f"{source} lies in no git repository that can be read; --rev needs one")
    return Path(os.fsdecode(found.removesuffix(b"\n")))


def _commit(top: Path, revision: str) -> str:
    first, dots, second = revision.partition("...")
    # What starts with a hyphen would be an option of git, not a revision.
    wrong = any(each.startswith("-") for each in (first, second))
    asked = ("merge-base", first, second) if dots else ("rev-parse", "--verify", "--quiet", f"{first}^{{commit}}")
    found = None if wrong else _git(top, *asked)
    if not found:
        cure = "see git log for what there is; a shallow clone has not all (git fetch --unshallow)"
        raise UsageError(f'there is no revision "{revision}"; {cure}')
    return found.decode().strip()


def _write_files(top: Path, commit: str, paths: Sequence[str], folder: Path) -> None:
    """Write the files of a commit below some paths into a folder: as git keeps them, without filters or attributes."""
    chosen = [] if "." in paths else ["--", *paths]
    rows = (_git(top, "ls-tree", "-r", "-z", "--full-tree", commit, *chosen) or b"").split(b"\0")
    entries = [entry for entry in map(_entry, filter(None, rows)) if entry]
    for (_, name), data in zip(entries, _blobs(top, [blob for blob, _ in entries]), strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _entry(row: bytes) -> tuple[str, str] | None:
    """Give the blob and the path of a file; None for what is no file or would lie outside of the folder."""
    mode, _, blob = row.partition(b"\t")[0].decode().split()
    name = os.fsdecode(row.partition(b"\t")[2])
    return (blob, name) if mode in _BLOBS and ".." not in PurePosixPath(name).parts else None


def _blobs(top: Path, names: Sequence[str]) -> Iterator[bytes]:
    """Yield the contents of blobs, from one run of git."""
    data = _git(top, "cat-file", "--batch", given="\n".join(names).encode()) or b""
    start = 0
    for name in names:
        end = data.index(b"\n", start) if b"\n" in data[start : start + 200] else start
        head = data[start:end].split()
        if len(head) != 3:
            raise UsageError(f"git has not all files of the revision ({name}); fetch them first")
        start = end + 1 + int(head[2]) + 1
        yield data[end + 1 : start - 1]


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """Run git in a folder; None where it fails.

    Raises `UsageError` where there is no git.
    """
    program = shutil.which("git")
    if program is None:
        raise UsageError("git was not found; --rev needs it")
    command = [program, "-C", os.fspath(folder), *arguments]
    run = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 (arguments are ours)
    return run.stdout if run.returncode == 0 else None
