"""Measure the server with wrk: terms as pages and as Turtle, search, and SPARQL; memory over many requests.

Usage: python tests/bench/serve.py [10k] [--seconds 10] [--requests 100000]

Needs wrk (https://github.com/wg/wrk) and, to keep the two on cores of their own, Linux's taskset. CPU time is that of
the server's process alone; SPARQL's is that of its workers as well.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from children import HERE, machine, run, table

_TICKS = 100  # of a second, as /proc counts CPU time
_QUERY = (
    "SELECT ?term ?name {{ ?term skos:prefLabel ?name ; ta:linksTo <https://example.org/glossary/{slug}> }} LIMIT 50"
)

#: What to ask for → the path, as Lua and Python write it, and the Accept header.
ASKED = {
    "term's IRI (303)": ("/glossary/{slug}", "text/turtle"),
    "term as a page": ("/glossary/{slug}.html", "text/html"),
    "term as Turtle": ("/glossary/{slug}.ttl", "text/turtle"),
    "term as JSON": ("/api/terms/{slug}", "application/json"),
    "search": ("/api/search?q={slug}", "application/json"),
    "unknown term": ("/glossary/{slug}-x", "application/json"),
    "SPARQL, who links here": ("/sparql?query={query}", "application/sparql-results+json"),
}

_LUA = """
local paths = {{}}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local at = {start}
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {{["Accept"] = "{accept}", ["Host"] = "localhost"}})
end
done = function(summary, latency)
  io.write(string.format("measured\\t%d\\t%d\\t%d\\t%d\\t%d\\t%d\\t%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    summary.errors.status, summary.errors.read + summary.errors.timeout + summary.errors.connect))
end
"""


class Load(NamedTuple):
    """What a run of wrk saw."""

    requests: int
    rate: float  #: a second
    p50: float  #: milliseconds
    p95: float
    p99: float
    refused: int  #: answers that are errors
    errors: int  #: requests without an answer


def main(size: str, seconds: int, requests: int) -> None:
    """Measure and print."""
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "glossary.jsonl"
        run(str(HERE / "generate.py"), size, str(source))
        slugs = [json.loads(line)["slug"] for line in source.read_text("utf-8").splitlines()]
        with serving(source) as (process, port):
            rows = list(measured(process, port, slugs, Path(folder), seconds))
            head = (
                "asked for",
                "connections",
                "requests/s",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "CPU ms",
                "4xx, 5xx",
                "unanswered",
            )
            print(f"{size} terms\n\n{table(head, rows)}\n")
            print(memory(process, port, slugs, Path(folder), requests))
            print(idle(port, 1_000))
    print(f"\n{machine()}")


@contextmanager
def serving(source: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the server on the first core."""
    before = time.monotonic()
    command = [*pinned(0), sys.executable, "-m", "termatlas", "serve", str(source), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        used, held = cpu(process.pid), memory_of(process.pid)
        print(f"ready after {time.monotonic() - before:.1f} s, {used:.1f} CPU s, {held:.0f} MB\n")
        yield process, int(found[1])
    finally:
        process.terminate()
        process.wait()


def measured(
    process: subprocess.Popen[str], port: int, slugs: list[str], folder: Path, seconds: int
) -> Iterator[tuple[object, ...]]:
    """Load the server with each kind of request, one at a time and eight at once."""
    for name, (path, accept) in ASKED.items():
        for connections in (1, 8):
            before = cpu(process.pid)
            write_script(paths(path, slugs), accept, folder)
            load = wrk(port, folder, connections, seconds)
            used = 1000 * (cpu(process.pid) - before) / max(load.requests, 1)
            yield name, connections, load.rate, load.p50, load.p95, load.p99, used, load.refused, load.errors


def memory(process: subprocess.Popen[str], port: int, slugs: list[str], folder: Path, requests: int) -> str:
    """Say how the memory of the server changes over many requests of several kinds."""
    mixed = [path for kind in list(ASKED)[:-1] for path in paths(ASKED[kind][0], slugs)]
    start, done, lines = memory_of(process.pid), 0, []
    while done < requests:
        write_script(mixed, "*/*", folder, start=done % len(mixed))
        done += wrk(port, folder, 8, 10).requests
        lines.append(f"{done:,}: {memory_of(process.pid):.0f} MB")
    return f"memory: {start:.0f} MB before; after requests {', '.join(lines[:: max(1, len(lines) // 6)])}, {lines[-1]}"


def idle(port: int, count: int) -> str:
    """Say how long answers take while many clients have begun a request and do not end it."""
    with ExitStack() as clients:
        before = time.monotonic()
        for _ in range(count):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(b"GET / HTTP/1.1\r\n")
        took = []
        while time.monotonic() - before < 10:
            start = time.monotonic()
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health").read()
            took.append(1000 * (time.monotonic() - start))
            time.sleep(0.01)
        took.sort()
        middle = took[len(took) // 2]
        return f"beside {count:,} slow clients: {len(took)} answers, median {middle:.1f} ms, longest {took[-1]:.0f} ms"


def write_script(asked: list[str], accept: str, folder: Path, start: int = 0) -> None:
    """Write what wrk reads: the paths to ask for, one after the other."""
    (folder / "paths.txt").write_text("\n".join(asked) + "\n", "ascii")
    script = _LUA.format(paths=folder / "paths.txt", accept=accept, start=start)
    (folder / "ask.lua").write_text(script, "utf-8")


def wrk(port: int, folder: Path, connections: int, seconds: int) -> Load:
    """Run wrk on the last core."""
    address = f"http://127.0.0.1:{port}"
    options = ["-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(folder / "ask.lua"), address]
    out = subprocess.run([*pinned(1), "wrk", *options], capture_output=True, text=True, check=True).stdout
    line = next(line for line in out.splitlines() if line.startswith("measured\t"))
    requests, duration, p50, p95, p99, refused, errors = map(int, line.split("\t")[1:])
    return Load(requests, requests * 1e6 / duration, p50 / 1000, p95 / 1000, p99 / 1000, refused, errors)


def paths(path: str, slugs: list[str]) -> list[str]:
    """Fill a path with slugs."""
    return [path.format(slug=quote(slug), query=quote(_QUERY.format(slug=slug))) for slug in slugs]


def pinned(core: int) -> list[str]:
    """Give what keeps a command on one core, where there is such a thing."""
    return ["taskset", "-c", str(core)] if shutil.which("taskset") else []


def cpu(pid: int) -> float:
    """Give the CPU seconds of a process and of those it has started, ended or not, Linux only."""
    while Path(f"/proc/{pid}").exists():
        started = children(pid)
        with suppress(OSError):  # one has just ended: now its parent counts it
            fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            used = sum(map(int, fields[11:15])) / _TICKS + sum(map(cpu, started))
            if started == children(pid):
                return used
    return 0.0


def children(pid: int) -> list[int]:
    """List the processes that a process has started, Linux only."""
    listed = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for some in listed for child in some.split()]


def memory_of(pid: int) -> float:
    """Give the megabytes that a process holds, Linux only."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("size", nargs="?", default="10k")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--requests", type=int, default=100_000)
    given = parser.parse_args()
    main(given.size, given.seconds, given.requests)
