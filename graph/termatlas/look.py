"""The pages' common look: colours, type and space, for the report, the explorer and the pyvis page."""

from __future__ import annotations
