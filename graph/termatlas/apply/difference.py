"""What applying links would change, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from termatlas.apply.model import Change


def diff_of(changes: Mapping[Path, Change]) -> Iterator[str]:
    """Yield the lines of a unified diff, with their line ends, file by file."""
    for path, change in sorted(changes.items()):
        old, new = (_lines(content) for content in change)
        names = ("/dev/null" if not change.old else f"a/{path.as_posix()}", f"b/{path.as_posix()}")
        for line in unified_diff(old, new, *names):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    lines = content.decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])
