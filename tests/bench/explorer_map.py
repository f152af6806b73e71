"""Measure an explorer page in Chromium: CPU to the first picture, CPU a moving frame, heap.

    python tests/bench/explorer_map.py explorer.html [more.html …]

CPU is the sum over all of the browser's processes, so that a busy machine does not blur it. The browser's own start
is measured with an empty page and subtracted. A frame is one animation frame in which the map moved.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"]
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
HASH = """async () => {
  const map = document.querySelector('#map'), small = document.createElement('canvas');
  [small.width, small.height] = [32, 32];
  const pen = small.getContext('2d', { willReadFrequently: true });
  pen.drawImage(map, 0, 0, 32, 32);
  return new Set(new Uint32Array(pen.getImageData(0, 0, 32, 32).data.buffer)).size;
}"""


def cpu(session: CDPSession) -> float:
    """Give the CPU seconds that the browser has used so far."""
    return float(sum(each["cpuTime"] for each in session.send("SystemInfo.getProcessInfo")["processInfo"]))


def settled(session: CDPSession) -> float:
    """Wait until nothing is drawn any more, then give the CPU seconds."""
    before = -1.0
    while (now := cpu(session)) - before > 0.03:
        before = now
        time.sleep(0.5)
    return now


def moving(page: Page, session: CDPSession, *, pan: bool) -> float:
    """Give the CPU milliseconds a frame of a drag, or of zooming in and out again."""
    before = settled(session)
    page.evaluate(MOVE, [STEPS, pan])
    return (cpu(session) - before) / STEPS * 1000


def first_picture(page: Page, session: CDPSession, address: str) -> float:
    """Give the CPU seconds from opening the page to a map that is not blank."""
    before = cpu(session)
    page.goto(address)
    page.wait_for_function(f"async () => await ({HASH})() > 8")
    return cpu(session) - before


def measure(address: str) -> dict[str, float]:
    """Open a page in a fresh browser and measure it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        session = browser.new_browser_cdp_session()
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto("about:blank")
        settled(session)
        found = {"first picture, CPU s": first_picture(page, session, address)}
        found["all links drawn, CPU s more"] = -cpu(session) + settled(session)
        found["pan, CPU ms a frame"] = moving(page, session, pan=True)
        found["zoom, CPU ms a frame"] = moving(page, session, pan=False)
        settled(session)
        own = page.context.new_cdp_session(page)
        own.send("HeapProfiler.collectGarbage")
        heap = own.send("Runtime.getHeapUsage")
        found["heap MB"] = heap["usedSize"] / 1e6
        found["array buffers MB"] = heap.get("backingStorageSize", 0) / 1e6
        browser.close()
    return found


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(
            name, *(f"{key}: {value:.2f}" for key, value in measure(Path(name).resolve().as_uri()).items()), sep="\n  "
        )
