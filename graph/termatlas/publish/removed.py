"""Files of an earlier run that a site does not need any more."""

from __future__ import annotations

import stat
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from termatlas.publish.folder import mode_of
from termatlas.publish.stage import digest


def no_longer_made(out: Path, was: Mapping[str, str], now: Collection[str]) -> tuple[list[str], list[str]]:
    """Give the files of an earlier run to take out, and those that stay because others have changed them since.

    `was` are the earlier run's files and their SHA-256, `now` the files of this run. What lies behind a symbolic link
    is not ours.
    """
    there = [path for path in sorted(was.keys() - set(now)) if _is_plain(out, path)]
    out_of_use = [path for path in there if digest(out / path) == was[path]]
    return out_of_use, sorted(set(there) - set(out_of_use))


def _is_plain(out: Path, path: str) -> bool:
    mode = mode_of(out / path)
    parents = (mode_of(out / parent) for parent in PurePosixPath(path).parents[:-1])
    return mode is not None and stat.S_ISREG(mode) and all(parent and stat.S_ISDIR(parent) for parent in parents)
