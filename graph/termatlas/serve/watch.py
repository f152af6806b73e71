"""Serving what the sources say now: they are looked at every half second, and read again once they rest."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from starlette.applications import Starlette

from termatlas.errors import TermAtlasError
from termatlas.serve.app import Task, replace
from termatlas.serve.served import Served, load
from termatlas.sources.config import find_config
from termatlas.sources.files import find_files
from termatlas.sources.shipped import shipped_files

#: File → when it was written, its size and its number on the disk.
Look = Mapping[str, tuple[int, int, int]]

_PAUSE: Final = 0.5


def look(sources: Sequence[str], others: Sequence[Path] = ()) -> Look:
    """Look at the files that sources lead to, settings among them, without reading them; a source may be missing.

    `others` are files and folders that answers depend on as well.
    """
    found: dict[str, tuple[int, int, int]] = {}
    try:
        paths = [file.path for file in (find_files(sources) if sources else shipped_files())]
    except (TermAtlasError, OSError):  # one that vanishes while it is looked through
        return found
    beside = (path for other in others for path in (other, *(other.rglob("*") if other.is_dir() else ())))
    for path in filter(None, (*paths, find_config(sources), *beside)):
        try:
            now = path.stat()
        except OSError:
            continue
        found[str(path)] = (now.st_mtime_ns, now.st_size, now.st_ino)
    return found


def watching(
    looking: Callable[[], Look], first: Look, home: Path, command: Sequence[str], say: Callable[[str], None]
) -> Task:
    """Give the task that keeps an application up to date.

    `first` is how the sources looked when they were read, by `looking`. `command`, with the path of a folder after
    it, reads and prepares them in a process of its own, so that answers go on; the folders are made in `home`.
    """

    async def task(made: Starlette) -> None:
        known = before = first
        folders = (home / str(number) for number in count(1))
        used = [made.state.served.folder]
        while True:
            await asyncio.sleep(_PAUSE)
            now = await asyncio.to_thread(looking)
            if now != known and now == before:
                known = now
                folder = next(folders)
                unused = [] if await _reload(made, folder, command, say) else [folder]
                used += [] if unused else [folder]
                await asyncio.to_thread(_remove, unused + used[:-2])  # the last but one may still be read from
                used = used[-2:]
            before = now

    return task


async def _reload(made: Starlette, folder: Path, command: Sequence[str], say: Callable[[str], None]) -> bool:
    """Serve what the sources say now, or, where they cannot be read, what they said before."""
    folder.mkdir()
    try:
        if why := await _prepared(folder, command):
            say(f"{why}; still serving what was read before")
            return False
        served = await asyncio.to_thread(load, folder)
        if why := _worse(served, made.state.served):
            say(f"{why}; still serving what was read before")
            return False
        await replace(made, served)
    except Exception as error:  # whatever it is, it must end neither the server nor the watching
        say(f"{str(error) or type(error).__name__}; still serving what was read before")
        return False
    say(f"read again: {len(served.glossary):,} terms")
    return True


async def _prepared(folder: Path, command: Sequence[str]) -> str:
    """Run the command that prepares a folder; say why it failed, if it did."""
    process = await asyncio.create_subprocess_exec(*command, str(folder), start_new_session=True)
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return "the sources have changed, but cannot be read" if code else ""


def _worse(served: Served, before: Served) -> str:
    """Say why newer data should not take the place of older: a file that could be read cannot be read any more."""
    readable = {source.file for source in before.glossary.sources if source.sha256}
    lost = sorted(source.file for source in served.glossary.sources if not source.sha256 and source.file in readable)
    if lost:
        return f"{lost[0]} cannot be read any more"
    return "" if served.glossary.terms or not before.glossary.terms else "the sources hold no term any more"


def _remove(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
