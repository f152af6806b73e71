"""What came, went and changed between two states of a glossary."""

from __future__ import annotations

from termatlas.diff.compare import diff
from termatlas.diff.model import Changed, Diff, Link, Moved, Renamed, Snapshot, TermState
from termatlas.diff.snapshot import is_exports, read_exports, snapshot, snapshot_of

__all__ = [
    "Changed",
    "Diff",
    "Link",
    "Moved",
    "Renamed",
    "Snapshot",
    "TermState",
    "diff",
    "is_exports",
    "read_exports",
    "snapshot",
    "snapshot_of",
]
