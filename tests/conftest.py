"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[2] / "shared"


def _folder(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable, _SHARED / name))
    if not folder.is_dir():
        pytest.skip(f"no {name} at {folder}; set {variable} to the folder that holds them")
    return folder


@pytest.fixture
def corpora() -> Path:
    """Give the folder of real glossaries; skip where it is missing."""
    return _folder("TERMATLAS_CORPORA", "corpora")


@pytest.fixture
def seeds() -> Path:
    """Give the folder of real pages; skip where it is missing."""
    return _folder("TERMATLAS_SEEDS", "seeds")
