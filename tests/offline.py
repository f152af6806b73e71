"""A browser page that refuses the network and remembers what was asked of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Route


class OfflinePage:
    """A page, the addresses it asked for beyond its own file, and the errors in its console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.route("**/*", self._answer)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def show(self, path: Path, html: str) -> Page:
        """Write a page to disk and open it from there."""
        path.write_text(html, encoding="utf-8")
        self.page.goto(path.as_uri())
        return self.page

    def _answer(self, route: Route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


def wait_until(page: Page, expression: str, *, seconds: float = 30.0) -> None:
    """Wait until an expression is true in the page. Playwright's own way evaluates text, which our policy forbids."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"not within {seconds} s: {expression}"
        page.wait_for_timeout(50)
