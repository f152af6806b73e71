"""Measure an explorer page in Chromium: CPU until all is drawn, CPU a moving frame, heap.

    python tests/bench/explorer_map.py explorer.html [more.html …]

CPU is the sum over all of the browser's processes, so that a busy machine does not blur it. What an empty page costs
(the browser's start, a process for the page) is measured in the same way and subtracted; what is left is an upper
bound of the CPU to the first picture, as the links that are drawn after it are in it. There is no graphics card.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu"]
EMPTY = "<!doctype html><title>Empty</title><p>Nothing.</p>"
STEPS = 90
MOVE = """async ([steps, isPan]) => {
  const canvas = document.querySelector('#map'), { left, top } = canvas.getBoundingClientRect();
  const tell = (name, kind, x, y, more) => canvas.dispatchEvent(new kind(name, { bubbles: true, cancelable: true,
    pointerId: 7, pointerType: 'mouse', clientX: left + x, clientY: top + y, ...more }));
  if (isPan) tell('pointerdown', PointerEvent, 400, 300, { button: 0 });
  for (let step = 0; step < steps; step++) {
    await new Promise(requestAnimationFrame);
    if (isPan) tell('pointermove', PointerEvent, 400 + 3 * (step % 60), 300 + 2 * (step % 45), {});
    else tell('wheel', WheelEvent, 400, 300, { deltaY: step < steps / 2 ? -40 : 40 });
  }
  if (isPan) tell('pointerup', PointerEvent, 400, 300, { button: 0 });
}"""


def cpu(session: CDPSession) -> float:
    """Give the CPU seconds that the browser has used so far."""
    return float(sum(each["cpuTime"] for each in session.send("SystemInfo.getProcessInfo")["processInfo"]))


def settled(session: CDPSession) -> float:
    """Wait until nothing is drawn any more, then give the CPU seconds."""
    before = -1.0
    while (now := cpu(session)) - before > 0.02:
        before = now
        time.sleep(0.6)
    return now


def opened(browser: Browser, address: str) -> tuple[Page, CDPSession, float]:
    """Open a page; give it, its session and the CPU seconds until it was at rest."""
    session = browser.new_browser_cdp_session()
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    before = settled(session)
    page.goto(address)
    return page, session, settled(session) - before


def moving(page: Page, session: CDPSession, *, pan: bool) -> float:
    """Give the CPU milliseconds a frame of a drag, or of zooming in and out again."""
    before = settled(session)
    page.evaluate(MOVE, [STEPS, pan])
    return (cpu(session) - before) / STEPS * 1000


def heap(page: Page) -> Iterator[tuple[str, float]]:
    """Give the megabytes of objects and of array buffers."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    yield "heap, MB", usage["usedSize"] / 1e6
    yield "array buffers, MB", usage.get("backingStorageSize", 0) / 1e6


def measure(browser: Browser, address: str, empty: str) -> dict[str, float]:
    """Open an empty page and a page to measure, each in its own process, and compare."""
    spent = [opened(browser, each)[2] for each in (empty, empty)][1]
    page, session, until_drawn = opened(browser, address)
    found = {
        "all drawn, CPU s": until_drawn - spent,
        "pan, CPU ms a frame": moving(page, session, pan=True),
        "zoom, CPU ms a frame": moving(page, session, pan=False),
    }
    settled(session)
    return found | dict(heap(page))


def main(pages: list[str]) -> None:
    """Print the figures of each page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        empty = Path(folder, "empty.html")
        empty.write_text(EMPTY, encoding="utf-8")
        for name in pages:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            found = measure(browser, Path(name).resolve().as_uri(), empty.as_uri())
            print(name, *(f"  {key}: {value:.2f}" for key, value in found.items()), sep="\n")
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
