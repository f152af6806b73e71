"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from running import Command, Run
from termatlas.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from offline import OfflinePage

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without one skip, but fail where CI says that there must be one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("TERMATLAS_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up("no Chromium here; set TERMATLAS_CHROMIUM to one")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def offline_page(browser: Browser) -> Iterator[Callable[..., OfflinePage]]:
    """Give a function that opens a page without a network; it takes what `Browser.new_page` takes.

    At the end of the test nothing may have been asked of the network, and no error written to the console.
    """
    from offline import OfflinePage

    opened: list[OfflinePage] = []

    def open_page(**options: Any) -> OfflinePage:
        opened.append(OfflinePage(browser.new_page(**options)))
        return opened[-1]

    yield open_page
    for each in opened:
        each.page.close()
        assert each.requests == []
        assert each.errors == []
