"""What a command did, for the tests that run commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Run(NamedTuple):
    """An exit code and what was printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]
