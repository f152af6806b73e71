"""The atlas of AI terms that TermAtlas ships."""

from __future__ import annotations

from pathlib import Path


def shipped_atlas() -> Path:
    """Locate the shipped atlas: inside an installed wheel, or in a checkout.

    >>> shipped_atlas().name
    'ai-terms'
    """
    package = Path(__file__).parents[1]
    packaged = package / "data" / "ai-terms"
    return packaged if packaged.is_dir() else package.parents[1] / "data" / "ai-terms"
