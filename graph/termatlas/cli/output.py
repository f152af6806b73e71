"""What a command gives out: a file, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path


def write_pieces(pieces: Iterable[str], out: Path | None) -> None:
    """Write a file, all of it or nothing, or to standard output."""
    from termatlas.replace_files import replace_file

    data = "".join(pieces).encode("utf-8", "replace")
    if out:
        replace_file(out, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
