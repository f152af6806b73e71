"""Measure explorer pages in Chromium: CPU to the first picture, until all is at rest, of a moving frame; heap.

    python tests/bench/explorer_map.py [--runs 5] explorer.html [more.html …]

CPU is the sum over all of the browser's processes, so that a busy machine blurs it less than a clock. The first picture
is the first frame with everything on it: the discs of all terms, the labels, and all links that the view ever draws.
An empty page is opened by turns with the others in the same browser; what it costs is taken off. A moving frame answers
one event of a real mouse. There is no graphics card.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from statistics import median

from children import machine, table
from chromium import Send, address, awaited, chromium, cpu, evaluate, settled, tab

EMPTY = "<!doctype html><title>Empty</title><script>performance.mark('termatlas-picture')</script><p>Nothing.</p>"
#: Resolves a frame after the mark of the first picture: then it has been shown.
PICTURE = """() => new Promise((done) => {
  const isTold = () => performance.getEntriesByName('termatlas-picture').length > 0;
  const shown = () => requestAnimationFrame(() => requestAnimationFrame(done));
  const watch = new PerformanceObserver(() => isTold() && (watch.disconnect(), shown()));
  if (isTold()) shown();
  else watch.observe({ type: 'mark' });
})"""
FRAME = "() => new Promise(requestAnimationFrame)"
#: Frames drawn so far. A page of another library counts them itself; the explorer puts its discs down once a frame.
DRAWN = """() => {
  if (window.drawn === undefined) {
    const canvas = CanvasRenderingContext2D.prototype, { putImageData } = canvas;
    window.drawn = 0;
    canvas.putImageData = function (...parts) { window.drawn++; putImageData.apply(this, parts); };
  }
  return window.drawn;
}"""
LONGEST_MOVE = 10
STEPS = 60
MIDDLE = (640, 400)
FIRST, REST = "first picture, CPU s", "at rest, CPU s"
PAN, ZOOM = "frame of panning, CPU ms", "frame of zooming, CPU ms"
HEAP, BUFFERS = "heap, MB", "array buffers, MB"

Figures = dict[str, float]


def main() -> None:
    """Measure by turns and print the medians and the least of each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(f"{machine()} before\n")
    with tempfile.TemporaryDirectory() as folder, chromium() as send:
        print(f"{send('Browser.getVersion')['product']}, {asked.runs} runs by turns\n")
        empty = Path(folder, "empty.html")
        empty.write_text(EMPTY, encoding="utf-8")
        found = by_turns(send, [empty, *asked.pages], asked.runs)
    base = found.pop(empty)
    head = ["median (least)", FIRST, REST, PAN, ZOOM, HEAP, BUFFERS]
    print(table(head, ([page.name, *cells(runs, base, head[1:])] for page, runs in found.items())))
    print(f"\nthe empty page: {', '.join(f'{name} {middle(base, name):.2f}' for name in (FIRST, REST))}")
    print(f"{machine()} after")


def by_turns(send: Send, pages: Sequence[Path], runs: int) -> dict[Path, list[Figures]]:
    """Measure each page once in every round, after one of the first that does not count."""
    measure(send, pages[0])
    rounds = [{page: measure(send, page) for page in pages} for _ in range(runs)]
    return {page: [each[page] for each in rounds] for page in pages}


def measure(send: Send, page: Path, most: float = 60, grip: tuple[int, int] = MIDDLE) -> Figures:
    """Open a page and move its map; raises `Unanswered` where the first picture takes more than `most` CPU seconds."""
    with tab(send) as session:
        before = settled(send)
        send("Page.navigate", session, url=address(page))
        awaited(send, session, PICTURE, most)
        figures = {FIRST: cpu(send) - before, REST: settled(send) - before}
        figures[PAN] = moved(send, session, dragging(send, session, *grip))
        mouse(send, session, "mouseReleased", *grip, button="left", clickCount=1)
        figures[ZOOM] = moved(send, session, turning(send, session, *grip))
        settled(send)
        return figures | heap(send, session)


def moved(send: Send, session: str, steps: Iterator[None]) -> float:
    """Give the CPU milliseconds of a frame that is drawn while the map moves, for ten seconds at most."""
    next(steps)  # the press
    settled(send)
    before, drawn, until = cpu(send), evaluate(send, session, DRAWN), time.monotonic() + LONGEST_MOVE
    for _ in takewhile(lambda _: time.monotonic() < until, steps):
        pass
    evaluate(send, session, FRAME)
    frames: int = evaluate(send, session, DRAWN) - drawn
    return (cpu(send) - before) / max(1, frames) * 1000


def dragging(send: Send, session: str, x: int, y: int) -> Iterator[None]:
    """Press, then drag to and fro, so that the map stays in sight."""
    mouse(send, session, "mouseMoved", x, y)
    mouse(send, session, "mousePressed", x, y, button="left", buttons=1, clickCount=1)
    mouse(send, session, "mouseMoved", x + 9, y + 9, button="left", buttons=1)
    yield
    for step in range(STEPS):
        far = 3 * min(step, STEPS - step)
        mouse(send, session, "mouseMoved", x + far, y + far, button="left", buttons=1)
        yield


def turning(send: Send, session: str, x: int, y: int) -> Iterator[None]:
    """Turn the wheel in and out again."""
    yield
    for step in range(STEPS):
        mouse(send, session, "mouseWheel", x, y, deltaX=0, deltaY=-40 if step < STEPS / 2 else 40)
        evaluate(send, session, FRAME)
        yield


def mouse(send: Send, session: str, kind: str, x: float, y: float, **more: object) -> None:
    """Do with the mouse what a hand does; answered when the page has handled it."""
    send("Input.dispatchMouseEvent", session, type=kind, x=x, y=y, **more)


def heap(send: Send, session: str) -> Figures:
    """Give the megabytes of objects and of array buffers."""
    send("HeapProfiler.collectGarbage", session)
    time.sleep(0.2)
    usage = send("Runtime.getHeapUsage", session)
    return {HEAP: usage["usedSize"] / 1e6, BUFFERS: usage.get("backingStorageSize", 0) / 1e6}


def cells(runs: Sequence[Figures], base: Sequence[Figures], names: Iterable[str]) -> Iterable[str]:
    """Write the figures of a page, without what the empty page costs to open."""
    for name in names:
        start = middle(base, name) if name in {FIRST, REST} else 0
        least = min(run[name] for run in runs) - start
        digits = 2 if name in {FIRST, REST} else 1
        yield f"{middle(runs, name) - start:.{digits}f} ({least:.{digits}f})"


def middle(runs: Sequence[Mapping[str, float]], name: str) -> float:
    """Give the median of a figure."""
    return median(run[name] for run in runs)


if __name__ == "__main__":
    main()
