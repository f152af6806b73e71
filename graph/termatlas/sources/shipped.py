"""The atlas of AI terms that TermAtlas ships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from termatlas.sources.files import SourceFile, find_files


def shipped_atlas() -> Path:
    """Locate the shipped atlas: inside an installed wheel, or in a checkout.

    >>> shipped_atlas().name
    'ai-terms'
    """
    package = Path(__file__).parents[1]
    packaged = package / "data" / "ai-terms"
    return packaged if packaged.is_dir() else package.parents[1] / "data" / "ai-terms"


def shipped_files() -> Iterator[SourceFile]:
    """Find the files of the shipped atlas, called the same wherever it is installed.

    >>> next(shipped_files()).label
    'data/ai-terms/agents/_index.md'
    """
    for file in find_files([shipped_atlas()]):
        yield replace(file, label=f"data/ai-terms/{file.relative.as_posix()}")
