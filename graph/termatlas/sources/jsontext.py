"""Text → the JSON value that it holds, or the place where it stops being JSON."""

from __future__ import annotations

import json
from typing import Any

_TOO_EARLY = "the JSON ends too early"


class NotJsonError(ValueError):
    """Say where a text stops being JSON, and how."""

    def __init__(self, problem: str, cure: str, line: int = 0, column: int = 0) -> None:
        self.problem = problem
        self.cure = cure
        self.line = line
        self.column = column
        super().__init__(problem)

    @property
    def place(self) -> str:
        """Give line and column, "" where the text is wrong as a whole."""
        return f"line {self.line}, column {self.column}" if self.line else ""


def loads(text: str) -> Any:
    """Read one JSON value. As in JavaScript's looser cousins, NaN and Infinity are numbers.

    Raises `NotJsonError`, also for what Python's own reader gives up on with other errors: arrays in
    arrays without end and numbers of thousands of digits.

    >>> loads('[1, NaN]')
    [1, nan]
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _translated(error) from error
    except RecursionError as error:
        raise NotJsonError("the JSON nests deeper than can be read", "flatten it") from error
    except ValueError as error:  # int() refuses thousands of digits
        raise NotJsonError(
            "the JSON holds a number of thousands of digits", "shorten it or write it as a string"
        ) from error


def _translated(error: json.JSONDecodeError) -> NotJsonError:
    if not error.doc.strip():
        return NotJsonError("the file is empty", "fill it or take it away")
    is_cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    if is_cut:
        return NotJsonError(_TOO_EARLY, "restore the file, its end is missing", error.lineno, error.colno)
    problem = error.msg.removesuffix(" at").lower()
    return NotJsonError(f"this is not JSON ({problem})", "correct it there", error.lineno, error.colno)
