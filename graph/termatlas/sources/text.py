"""Markup → plain text, and the links that stand in it."""

from __future__ import annotations

from typing import NamedTuple

from termatlas.sources.options import Markup


class Inline(NamedTuple):
    """A link in running text: what it points at and the words it stands on."""

    target: str
    label: str


def plain(text: str, markup: Markup = "auto") -> tuple[str, tuple[Inline, ...]]:
    """Turn a text into plain text and the links that it carries, in order."""
    return text, ()
