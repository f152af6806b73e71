"""Mappings, read and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from termatlas.align.check import check_mappings
from termatlas.align.model import Mappings
from termatlas.align.read import read_mappings
from termatlas.errors import SourceError
from termatlas.model import Glossary


def align(path: Path | str, glossary: Glossary, *, metadata: Path | None = None) -> Mappings:
    """Read the mappings of a file and check them: against the glossary, against each other and against SKOS.

    Raises `SourceError` where the file, or its metadata, cannot be read, or no column holds terms or targets.
    """
    read = read_mappings(path, glossary, metadata=metadata)
    return replace(read, problems=check_mappings(read, glossary))


def checked_mappings(path: Path | str, glossary: Glossary) -> Mappings:
    """Give the mappings of a file that holds no error, for what publishes them.

    Raises `SourceError` where it holds one.
    """
    found = align(path, glossary)
    errors = [problem for problem in found.problems if problem.level == "error"]
    if errors:
        more = f" ({len(errors) - 1} more errors: termatlas align {found.file})" if len(errors) > 1 else ""
        first = errors[0]
        place = f"line {first.where.line}" if first.where.line else first.where.field
        raise SourceError(first.where.file, first.problem, f"{first.cure}{more}", place=place)
    return found
