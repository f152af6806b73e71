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
    from playwright.sync_api import Browser, Page

    from explorer_page import Open
    from map_alone import Opener
    from offline import OfflinePage
    from termatlas.model import Glossary

_SHARED = Path(__file__).parents[2] / "shared"


def _folder(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable, _SHARED / name))
    if not folder.is_dir():
        pytest.skip(f"no {name} at {folder}; set {variable} to the folder that holds them")
    return folder


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the explorer of a small glossary."""
    from explorer_page import small
    from termatlas.explorer import explore

    return explore(small()).save(tmp_path_factory.mktemp("explorer") / "explorer.html")


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[OfflinePage]:
    """Share one page among the tests that leave nothing behind: a new one takes most of a second."""
    from explorer_page import DESK
    from offline import OfflinePage

    shared = OfflinePage(browser.new_page(**DESK, reduced_motion="reduce"))
    yield shared
    shared.page.close()


@pytest.fixture
def opened(desk: OfflinePage, page_file: Path) -> Iterator[Open]:
    """Give a function that opens an explorer, else the small glossary's, at a fragment, on a desk."""
    from explorer_page import show

    def open_at(fragment: str = "", path: Path = page_file) -> Page:
        desk.page.emulate_media(media="screen", color_scheme="light")
        desk.page.goto("about:blank")
        return show(desk.page, path, fragment)

    yield open_at
    assert (desk.requests, desk.errors) == ([], [])


@pytest.fixture
def opened_anew(offline_page: Callable[..., OfflinePage], page_file: Path) -> Open:
    """Give a function that opens it as a page of its own, as `Browser.new_page` has it."""
    from explorer_page import DESK, show

    def open_at(fragment: str = "", path: Path = page_file, **options: Any) -> Page:
        return show(offline_page(**{**DESK, **options}).page, path, fragment)

    return open_at


@pytest.fixture(scope="session")
def screen(browser: Browser) -> Iterator[OfflinePage]:
    """Share one page among the tests of the map with an ordinary screen."""
    from map_alone import SCREEN
    from offline import OfflinePage

    shared = OfflinePage(browser.new_page(**SCREEN))
    yield shared
    shared.page.close()
    assert (shared.requests, shared.errors) == ([], [])


@pytest.fixture
def opened_map(screen: OfflinePage, offline_page: Callable[..., OfflinePage], tmp_path: Path) -> Opener:
    """Give a function that opens the map of a glossary and waits until it rests."""
    from map_alone import SCREEN, many, show_map

    def open_map(make: Callable[[], Glossary] = many, view: str = "", **options: Any) -> Page:
        page = (offline_page(**SCREEN | options) if options else screen).page
        return show_map(page, tmp_path / "map.html", make, view)

    return open_map
