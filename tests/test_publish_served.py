"""A published site in a browser: below any address, and opened from disk."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from published import SITE, small
from termatlas.publish.job import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page


OWN = ("http://127.0.0.1", "file:", "data:", "blob:")


class Quiet(SimpleHTTPRequestHandler):
    """Serve files as the plainest host does, and print nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish into a sub-folder of what is served."""
    host = tmp_path_factory.mktemp("host")
    publish(small(), host / "deep" / "below", site_url=SITE)
    return host


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/deep/below/index.html"
    server.shutdown()
    server.server_close()
    thread.join()


def is_error(message: ConsoleMessage) -> bool:
    """Tell errors; that a host has no icon for its own root, which browsers ask for unasked, is none."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open addresses; nothing may be asked of other hosts, nothing be missing, no error be written."""
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if is_error(message) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda request: None if request.url.startswith(OWN) else wrong.append(request.url))

    def open_address(url: str) -> Page:
        page.goto(url)
        return page

    yield open_address
    context.close()
    assert wrong == []


def walk(page: Page) -> None:
    """Go from the start over search, a term, a neighbour and a category to the explorer, by clicks alone."""
    search = page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first
    search.fill("vit")
    page.get_by_role("option", name="VIT").or_(page.get_by_role("listbox").get_by_text("VIT")).first.click()
    page.wait_for_url("**/vit.html")
    assert page.locator("h1").inner_text() == "VIT"
    page.locator("main").get_by_role("link", name="CLIP").first.click()
    page.wait_for_url("**/clip.html")
    page.locator("main").get_by_role("link", name="Vision").first.click()
    page.wait_for_url("**/category/vision.html")
    page.get_by_role("link", name="BERT").first.click()
    page.wait_for_url("**/bert.html")
    page.locator('a[href*="explorer.html"]').first.click()
    page.wait_for_url("**/explorer.html*")
    assert "AI" in page.title()


def test_the_site_works_below_any_address(visit: Callable[[str], Page], address: str) -> None:
    walk(visit(address))


def test_the_site_works_from_disk(visit: Callable[[str], Page], folder: Path) -> None:
    walk(visit((folder / "deep" / "below" / "index.html").as_uri()))


def test_an_old_address_arrives(visit: Callable[[str], Page], tmp_path: Path) -> None:
    (tmp_path / "redirects.csv").write_text("old-clip,clip\n")
    publish(small(), tmp_path / "site", site_url=SITE, redirects=tmp_path / "redirects.csv")
    page = visit((tmp_path / "site" / "old-clip.html").as_uri())
    page.wait_for_url("**/clip.html")
    assert page.locator("h1").inner_text() == "CLIP"
