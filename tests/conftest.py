"""Fixtures that every test may use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from running import Command, Run
from termatlas.cli import main

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


@pytest.fixture
def termatlas(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Give a function that runs the command line as a user does: arguments in; exit code, output and errors out."""

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["termatlas", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        code = stopped.value.code
        return Run(code if isinstance(code, int) else 1, *capfd.readouterr())

    return run
