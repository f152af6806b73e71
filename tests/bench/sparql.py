"""Measure SPARQL over HTTP with wrk: simple queries, a runaway among them, memory over many requests.

Usage: python tests/bench/sparql.py [10k] [--seconds 10] [--requests 100000]

Needs wrk (https://github.com/wg/wrk) and Linux's /proc. The server, its workers and wrk share the machine's cores, as
they would anywhere; "one core" pins the server and its workers to one and wrk to another.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from children import HERE, machine, run, table
from serve import Load, children, cpu, memory_of, pinned, write_script, wrk

QUERIES = {
    "one term": "SELECT ?property ?value {{ term:{slug} ?property ?value }}",
    "who links here": "SELECT ?term ?name {{ ?term ta:linksTo term:{slug} ; skos:prefLabel ?name }} LIMIT 50",
    "two links away": "SELECT DISTINCT ?far {{ term:{slug} ta:linksTo/ta:linksTo ?far }} LIMIT 100",
    "is it linked": "ASK {{ ?term ta:linksTo term:{slug} }}",
    "describe": "DESCRIBE term:{slug}",
}
RUNAWAY = (
    "SELECT (COUNT(*) AS ?n) { ?a ta:linksTo* ?b . ?c ta:linksTo* ?d . ?e ta:linksTo* ?f FILTER(?a != ?d && ?c != ?f) }"
)
SECONDS = 10  # the limit of a query

SERVER = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from termatlas import read
from termatlas.serve.app import app
from termatlas.serve.run import listening, run, url
from termatlas.serve.served import load, prepare
from termatlas.serve.workers import Limits
limits = Limits(workers=int(sys.argv[2])) if int(sys.argv[2]) else Limits()
with listening("127.0.0.1", 0) as taken, TemporaryDirectory() as home:
    prepare(read(sys.argv[1]), Path(home))
    run(app(load(Path(home)), limits=limits), taken, lambda: print(url(taken), flush=True))
"""


def main(size: str, seconds: int, requests: int) -> None:
    """Measure and print."""
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        source = folder / "glossary.jsonl"
        run(str(HERE / "generate.py"), size, str(source))
        slugs = [json.loads(line)["slug"] for line in source.read_text("utf-8").splitlines()]
        rows: list[tuple[object, ...]] = []
        for name, workers, core in (("default", 0, None), ("one worker", 1, None), ("default, one core", 0, 0)):
            with serving(source, workers, core) as (pid, port):
                rows += [(name, *row) for row in simple(pid, port, slugs, folder, seconds)]
        head = ("server", "query", "connections", "requests/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "errors")
        print(f"{size} terms\n\n{table(head, rows)}\n")
        with serving(source, 0, None) as (pid, port):
            print(runaway(pid, port, slugs, folder))
            print(memory(pid, port, slugs, folder, requests))
    print(f"\n{machine()}")


@contextmanager
def serving(source: Path, workers: int, core: int | None) -> Iterator[tuple[int, int]]:
    """Start a server with so many workers, 0 for the default, on one core or on all."""
    command = [*(pinned(core) if core is not None else []), sys.executable, "-c", SERVER, str(source), str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        yield process.pid, int(found[1])
    finally:
        process.terminate()
        process.wait()


def simple(pid: int, port: int, slugs: list[str], folder: Path, seconds: int) -> Iterator[tuple[object, ...]]:
    """Ask each kind of simple query about every term in turn, one at a time and eight at once."""
    for name in QUERIES:
        for connections in (1, 8):
            before = cpu(pid)
            load = load_of(port, paths(slugs, name), folder, connections, seconds)
            used = 1000 * (cpu(pid) - before) / max(load.requests, 1)
            yield name, connections, load.rate, load.p50, load.p95, load.p99, used, load.errors


def runaway(pid: int, port: int, slugs: list[str], folder: Path) -> str:
    """Put a query that does not end, and simple ones beside it; say what came of either, and of the core."""
    ended: list[Any] = []
    thread = threading.Thread(target=lambda: ended.append(asked(port, RUNAWAY)))
    thread.start()
    time.sleep(0.5)
    beside = load_of(port, paths(slugs, "one term"), folder, 2, SECONDS - 3)
    thread.join()
    status, took, retry = ended[0]
    time.sleep(0.2)
    before = cpu(pid)
    time.sleep(2)
    return (
        f"a runaway: {status} after {took:.2f} s (limit {SECONDS} s), Retry-After {retry}; beside it "
        f"{beside.requests:,} simple queries, p95 {beside.p95:.1f} ms, {beside.errors} errors; "
        f"CPU in the two seconds after it {cpu(pid) - before:.2f} s"
    )


def load_of(port: int, asked: list[str], folder: Path, connections: int, seconds: int, start: int = 0) -> Load:
    """Ask for these addresses in turn, and say how long the answers took."""
    write_script(asked, "*/*", folder, start)
    return wrk(port, folder, connections, seconds)


def asked(port: int, query: str) -> tuple[int, float, str | None]:
    """Ask, and give the status, the seconds, and when to ask again."""
    start = time.monotonic()
    try:
        response = urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?query={quote(query)}")
    except urllib.error.HTTPError as error:
        response = error
    return response.status, time.monotonic() - start, response.headers["Retry-After"]


def memory(pid: int, port: int, slugs: list[str], folder: Path, requests: int) -> str:
    """Say how the memory of the server and of its processes changes over many requests."""
    mixed = [path for name in QUERIES for path in paths(slugs, name)]
    start, done, lines = used_by(pid), 0, []
    while done < requests:
        done += load_of(port, mixed, folder, 8, 10, start=done % len(mixed)).requests
        lines.append(f"{done:,}: {used_by(pid)}")
    kept = [*lines[:: max(1, len(lines) // 5)], lines[-1]]
    return f"memory in MB, server + template + workers (theirs alone): {start} before; after {'; '.join(kept)}"


def used_by(pid: int) -> str:
    """Give the megabytes of the server, its template, and what each worker does not share."""
    (template,) = children(pid)
    own = [size for size in map(private, children(template)) if size]
    return f"{memory_of(pid):.0f} + {memory_of(template):.0f} + {' + '.join(f'{size:.0f}' for size in own)}"


def private(pid: int) -> float:
    """Give the megabytes that a process holds and shares with no other; 0 where it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def paths(slugs: list[str], name: str) -> list[str]:
    """Give the address of a query about each term."""
    return [f"/sparql?query={quote(QUERIES[name].format(slug=slug))}" for slug in slugs]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("size", nargs="?", default="10k")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--requests", type=int, default=100_000)
    given = parser.parse_args()
    main(given.size, given.seconds, given.requests)
