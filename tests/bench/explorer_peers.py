"""Measure the explorer against pyvis and against sigma.js with graphology, on the same graphs, in one run.

    python tests/bench/explorer_peers.py [--runs 5] [--sizes 500,2k,10k,100k] [--npm npm]

Of each generated glossary there are four pages: our explorer; the pyvis page that one would write with its defaults;
pyvis without physics and with our positions; sigma.js and graphology with our positions. sigma's holds names and links,
pyvis's definitions too, ours all that the glossary says. npm fetches the two libraries into a folder that is deleted
afterwards; without npm that peer is left out.

What is measured is said in `explorer_map.py`. Of a peer the first picture is the first frame that it has drawn, after
its physics where there are any, even if it goes on drawing: that is in its favour. All pages are opened by turns. One
that needs more than 20 CPU seconds is opened once; one that needs more than 120 is given up, and so is its kind at
larger sizes. Memory is the heap and its array buffers after a collection. There is no graphics card: WebGL, which
sigma.js draws with, runs in software.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from children import machine, table
from chromium import Send, Unanswered, chromium
from explorer_map import BUFFERS, EMPTY, FIRST, HEAP, MIDDLE, PAN, Figures, measure, middle
from explorer_peers_pages import OURS, SIGMA, fetched, pages

GIVEN_UP = 120  # CPU seconds
LONG = 20
BESIDE = (20, 40)  # pyvis drags a term that lies under the mouse instead of the map
HEAD = ("page", "file, KB", "runs", "first picture, CPU s", "least", "frame of a drag, CPU ms", "least", "memory, MB")


class Trial(NamedTuple):
    """A page of a kind at a size."""

    size: str
    kind: str
    page: Path


def main() -> None:
    """Measure by turns and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default="500,2k,10k,100k")
    parser.add_argument("--npm", default="npm")
    asked = parser.parse_args()
    print(f"{machine()} before\n")
    with tempfile.TemporaryDirectory() as name, chromium() as send:
        folder = Path(name)
        libraries = fetched(folder, asked.npm)
        trials = [Trial(size, *page) for size in asked.sizes.split(",") for page in pages(folder, size, libraries)]
        print(f"{', '.join(versions(send, libraries))}; at most {asked.runs} runs by turns\n")
        found, empty = measured(send, folder, trials, asked.runs)
        print(table(HEAD, (row(trial, found, middle(empty, FIRST)) for trial in trials)))
    print(f"\nthe empty page, taken off: {middle(empty, FIRST):.2f} CPU s\n{machine()} after")


def versions(send: Send, libraries: Sequence[Path]) -> Iterator[str]:
    """Say what is measured."""
    yield str(send("Browser.getVersion")["product"])
    yield f"pyvis {version('pyvis')}"
    for path in libraries:
        package = json.loads((path.parents[1] / "package.json").read_text("utf-8"))
        yield f"{package['name']} {package['version']}"


def measured(
    send: Send, folder: Path, trials: Sequence[Trial], runs: int
) -> tuple[Mapping[Trial, list[Figures]], list[Figures]]:
    """Measure by turns; a page that was given up has no figures."""
    blank = folder / "empty.html"
    blank.write_text(EMPTY, encoding="utf-8")
    measure(send, blank)
    found: dict[Trial, list[Figures]] = {trial: [] for trial in trials}
    empty: list[Figures] = []
    for turn in range(runs):
        empty.append(measure(send, blank))
        for trial in trials:
            if is_due(trial, found, turn):
                found[trial].extend(tried(send, trial))
    return found, empty


def is_due(trial: Trial, found: Mapping[Trial, list[Figures]], turn: int) -> bool:
    """Is it worth another run?"""
    if turn:
        return bool(found[trial]) and found[trial][0][FIRST] < LONG
    smaller = [other for other in found if other.kind == trial.kind]
    return all(found[other] for other in smaller[: smaller.index(trial)])


def tried(send: Send, trial: Trial) -> Iterator[Figures]:
    """Measure a page once, if it gets there."""
    grip = MIDDLE if trial.kind in {OURS, SIGMA} else BESIDE
    try:
        figures = measure(send, trial.page, GIVEN_UP, grip)
    except Unanswered:
        print(f"{trial.size} {trial.kind}: given up", file=sys.stderr)
        return
    print(f"{trial.size} {trial.kind}: {figures}", file=sys.stderr)
    yield figures


def row(trial: Trial, found: Mapping[Trial, Sequence[Figures]], start: float) -> list[object]:
    """Write a line of the table; after a page that was given up the larger ones of its kind were not tried."""
    name, size = f"{trial.size}, {trial.kind}", trial.page.stat().st_size / 1000
    runs = found[trial]
    if not runs:
        given_up = next(other for other in found if other.kind == trial.kind and not found[other])
        said = f"not within {GIVEN_UP}" if trial == given_up else "not tried"
        return [name, size, 0, said, "–", "–", "–", "–"]
    first, pan = ([run[key] for run in runs] for key in (FIRST, PAN))
    memory = middle(runs, HEAP) + middle(runs, BUFFERS)
    return [name, size, len(runs), middle(runs, FIRST) - start, min(first) - start, middle(runs, PAN), min(pan), memory]


if __name__ == "__main__":
    main()
