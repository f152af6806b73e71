"""Accepted links, written back into the sources that they belong to."""

from __future__ import annotations

from termatlas.apply.accepted import Asked, read_accepted
from termatlas.apply.difference import diff_of
from termatlas.apply.links import apply_links
from termatlas.apply.model import Accepted, Applied, Change, Outcome

__all__ = ["Accepted", "Applied", "Asked", "Change", "Outcome", "apply_links", "diff_of", "read_accepted"]
