"""What can go wrong, as a user can cause it.

    TermAtlasError
    ├── UsageError        the call is off: an unknown option value, an unknown field (exit 2)
    │   └── UnknownTerm   no term answers to that name (exit 2)
    ├── SourceError       a source cannot be read (exit 3)
    └── OutputError       an output cannot be written (exit 3)

Each names the file, the place in it where there is one, what was found and the cure.
"""

from __future__ import annotations

from collections.abc import Sequence


class TermAtlasError(Exception):
    """Be the root of all errors that a user can cause."""


class UsageError(TermAtlasError):
    """Say that a call cannot be carried out as it was written."""


class UnknownTerm(UsageError):
    """Say that no term answers to a name, and which ones are near.

    >>> str(UnknownTerm("clib", ["clip", "glip"]))
    'no term is called "clib"; near it: clip, glip'
    """

    def __init__(self, asked: str, nearest: Sequence[str] = ()) -> None:
        self.asked = asked
        self.nearest = tuple(nearest)
        super().__init__(asked)

    def __str__(self) -> str:
        near = f"; near it: {', '.join(self.nearest)}" if self.nearest else "; the glossary is empty"
        return f'no term is called "{self.asked}"{near}'


class FileError(TermAtlasError):
    """Name the file, the place in it, the problem and the cure."""

    def __init__(self, file: str, problem: str, cure: str, *, place: str = "") -> None:
        self.file = file
        self.place = place
        self.problem = problem
        self.cure = cure
        super().__init__(file, problem, cure, place)

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.problem}; {self.cure}"


class SourceError(FileError):
    """Say why a source cannot be read.

    >>> str(SourceError("terms.json", "the JSON ends too early", "restore the file", place="line 7"))
    'terms.json, line 7: the JSON ends too early; restore the file'
    """


class OutputError(FileError):
    """Say why an output cannot be written."""
