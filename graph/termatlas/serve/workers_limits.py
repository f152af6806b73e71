"""What one query may take, and how many may wait."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

_MIB = 1 << 20


def _workers() -> int:
    """Choose two at least, so that one long query does not stop all others, and four at most."""
    return max(2, min(4, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that hold for each query, and for the queries together."""

    seconds: float = 10.0  #: from when a worker begins until it has the whole result
    result_bytes: int = 32 * _MIB
    memory_bytes: int = 512 * _MIB  #: beyond what the data takes
    query_bytes: int = _MIB  #: of a request's body
    workers: int = field(default_factory=_workers)
    questions: int = 1_000  #: that a worker answers before a fresh one takes its place
    waiting: int = 64  #: queries that wait for a worker
    held_bytes: int = 256 * _MIB  #: of results that clients have not taken yet
