"""The folder of a site: what may be written there, and what in it is not ours."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from termatlas.errors import OutputError
from termatlas.publish.manifest import MANIFEST, Manifest, read_manifest

#: Where new files wait until all are made; while it is there, no other run begins.
BESIDE: Final = ".termatlas-publish"


def earlier_run(out: Path) -> Manifest:
    """Give what an earlier run made in a folder, nothing if it is empty or yet to be made.

    Hidden files, such as ``.git``, may be there before the first run.

    Raises `OutputError` for a folder with files of others and no manifest.
    """
    if not out.exists():
        return Manifest()
    path = out / MANIFEST
    if not path.is_symlink() and not path.parent.is_symlink() and path.is_file():
        return read_manifest(path)
    if others := sorted(entry.name for entry in _entries(out) if not entry.name.startswith(".")):
        raise OutputError(
            out.as_posix(),
            f'holds files that TermAtlas did not make, such as "{others[0]}", and no site',
            "choose an empty folder with --out, or empty this one; other files may be added once the site is there",
        )
    return Manifest()


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise OutputError(
            folder.as_posix(), f"cannot be read ({(error.strerror or '').lower()})", "change its permissions"
        ) from error


def check_place(out: Path, sources: Iterable[str | Path]) -> None:
    """Check that a site is published into a folder, and not among its own sources, where the next run would read it.

    Raises `OutputError`.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(out.as_posix(), "is a file", "choose another folder with --out")
    home = out.resolve()
    for source in sources:
        path = Path(source).resolve()
        if (path.is_dir() and home.is_relative_to(path)) or path.is_relative_to(home):
            inside = "is" if path == home else "lies in" if home.is_relative_to(path) else "holds"
            raise OutputError(
                out.as_posix(),
                f'{inside} the source "{Path(source).as_posix()}", where the next run would read the site',
                "choose a folder beside the source with --out",
            )


def check_ours(out: Path, path: str, ours: Collection[str] = ()) -> None:
    """Check that a file may be put at a path of a site: none of others stands there or in its way.

    `ours` are the paths of an earlier run. No symbolic link is followed, so nothing outside is touched.

    Raises `OutputError`.
    """
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        if (mode := mode_of(out / parent)) is not None and not stat.S_ISDIR(mode):
            raise _in_the_way(out / parent)
    mode = mode_of(out / path)
    if mode is not None and not (stat.S_ISREG(mode) and _is_ours(out, path, ours)):
        raise _in_the_way(out / path)


def _is_ours(out: Path, path: str, ours: Collection[str]) -> bool:
    """Tell whether an earlier run made a file, under another spelling perhaps where case does not count."""
    return path in ours or any(
        other.casefold() == path.casefold() and mode_of(out / other) is not None and (out / other).samefile(out / path)
        for other in ours
    )


def mode_of(path: Path) -> int | None:
    """Give the kind and permissions of what stands at a path, itself if it is a symbolic link; None for nothing."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _in_the_way(path: Path) -> OutputError:
    instead = "; a file of that name in the folder of --templates is published in place of the site's"
    return OutputError(
        path.as_posix(),
        "stands where the site needs a file or folder of its own, and TermAtlas did not make it",
        f"move it away{'' if path.name.startswith('.') else instead}",
    )
