"""`termatlas serve` as a process: its messages, its end, clients that are slow, and sources that change."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from running import Command
from termatlas.serve import connections
from termatlas.serve.connections import MOST_CONNECTIONS
from termatlas.serve.run import Server, listening, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Running(NamedTuple):
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    errors: Path
    temporary: Path


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Running]:
    temporary = folder / "temporary"
    temporary.mkdir()
    errors = folder / "errors.txt"
    command = [sys.executable, "-m", "termatlas", "serve", "--port", "0", *arguments]
    with errors.open("w") as stream:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stream, text=True, env={**os.environ, "TMPDIR": str(temporary)}
        )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://[^/]*:(\d+)/ \(Ctrl-C ends\)$", said)
        assert found, (said, errors.read_text())
        yield Running(process, int(found[1]), errors, temporary)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def page(name: str, *related: str) -> str:
    return f"---\nname: {name}\nrelated: [{', '.join(related)}]\n---\nWhat {name} is.\n"


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_server_from_its_start_to_its_end(tmp_path: Path) -> None:
    source = tmp_path / "terms"
    source.mkdir()
    (source / "one.md").write_text(page("One", "two"))
    with serving(tmp_path, str(source)) as server:
        status, headers, body = get(server.port, "/glossary/one", Accept="text/turtle")
        assert (status, headers["location"], body) == (303, "/glossary/one.ttl", b"")
        assert "server" not in headers
        full = get(server.port, "/glossary/one.ttl")
        head = get(server.port, "/glossary/one.ttl", "HEAD")
        assert (head[0], head[2], head[1]["content-length"]) == (200, b"", str(len(full[2])))
        assert get(server.port, "/glossary.ttl", "HEAD")[1]["content-length"] == str(
            len(get(server.port, "/glossary.ttl")[2])
        )
        assert (
            get(server.port, "/sparql?query=ASK%20%7B%20%3Fa%20a%20skos%3AConcept%20%7D", Accept="text/boolean")[0]
            < 500
        )
        assert get(server.port, "/", Host="evil.example")[0] == 421
        assert get(server.port, "/glossary/one", "DELETE")[0] == 405
        assert raw(server.port, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70_000).startswith(
            b"HTTP/1.1 400 "
        )
        assert raw(server.port, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        assert list(server.temporary.iterdir())
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert server.errors.read_text() == ""
        assert list(server.temporary.iterdir()) == []


def test_sigterm_ends_it_as_cleanly(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(page("One"))
    with serving(tmp_path, "--watch", str(tmp_path / "one.md")) as server:
        server.process.terminate()
        assert server.process.wait(20) == 0
        assert (server.errors.read_text(), list(server.temporary.iterdir())) == ("", [])


def raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(request)
        return client.recv(4_096)


@contextmanager
def asked_all_the_while(port: int) -> Iterator[list[int]]:
    """Ask for all kinds of things in a thread; give the statuses."""
    statuses: list[int] = []
    over = threading.Event()

    def ask_on() -> None:
        paths = ("/glossary/one.html", "/glossary/one.ttl", "/glossary.nt", "/", "/sparql?query=ASK%20%7B%7D")
        while not over.is_set():
            statuses.extend(get(port, path)[0] for path in paths)
            time.sleep(0.2)  # leave the machine to the reading

    asking = threading.Thread(target=ask_on)
    asking.start()
    try:
        yield statuses
    finally:
        over.set()
        asking.join()


def test_changed_sources_are_served_without_a_failed_request(tmp_path: Path) -> None:
    source = tmp_path / "terms"
    source.mkdir()
    (source / "one.md").write_text(page("One"))
    two = source / "two.md"
    with serving(tmp_path, "--watch", str(source)) as server, asked_all_the_while(server.port) as statuses:
        two.write_text(page("Two", "one"))
        until(lambda: get(server.port, "/term/two.ttl")[0] == 200)
        assert b"/glossary/two>" in get(server.port, "/glossary.nt")[2]
        two.write_bytes(b"\xff\xfe broken")
        until(lambda: "two.md cannot be read any more; still serving" in server.errors.read_text())
        assert get(server.port, "/term/two.ttl")[0] == 200
        two.write_text(page("Two, again", "one"))
        until(lambda: b"Two, again" in get(server.port, "/term/two.ttl")[2])
        asked = "/sparql?query=ASK%20%7B%3Fa%20skos%3AprefLabel%20%22Two%2C%20again%22%40en%7D"
        assert b"true" in get(server.port, asked, Accept="application/sparql-results+json")[2]
        shutil.rmtree(source)
        until(lambda: server.errors.read_text().count("still serving what was read before") == 2)
    assert set(statuses) == {200}
    assert len(statuses) >= 50


def test_mappings_and_templates_are_watched_as_well(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(page("One"))
    mappings, templates = tmp_path / "mappings.csv", tmp_path / "own"
    mappings.write_text("term,match,target\nOne,exact,https://e.org/1\n")
    templates.mkdir()
    (templates / "colours.css").write_text(":root { --first: red }\n")
    beside = ["--mappings", str(mappings), "--templates", str(templates)]
    with serving(tmp_path, "--watch", *beside, str(tmp_path / "one.md")) as server:
        asked = "/sparql?query=SELECT%20*%20FROM%20%3Cmapping%2Fall%3E%20%7B%3Fs%20skos%3AexactMatch%20%3Fo%7D"
        assert b"<https://e.org/1>" in get(server.port, asked, Accept="text/tab-separated-values")[2]
        assert b"--first: red" in get(server.port, "/site/site.css")[2]
        mappings.write_text("term,match,target\nOne,exact,https://e.org/2\n")
        until(lambda: b"https://e.org/2" in get(server.port, "/glossary/one.ttl")[2])
        (templates / "colours.css").write_text(":root { --first: blue }\n")
        until(lambda: b"--first: blue" in get(server.port, "/site/site.css")[2])
        mappings.write_text("term,match,target\nNone,exact,https://e.org/2\n")
        until(lambda: "cannot be read; still serving" in server.errors.read_text())
        assert 'no term is called "None"' in server.errors.read_text()
        (templates / "term.html.j2").write_text("{{ mistake")
        mappings.write_text("term,match,target\nOne,exact,https://e.org/3\n")
        until(lambda: "term.html.j2, line 1: the template cannot be read" in server.errors.read_text())
        assert b"https://e.org/2" in get(server.port, "/glossary/one.ttl")[2]


def test_a_port_in_use_is_said_before_anything_is_read(termatlas: Command) -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        done = termatlas("serve", "no-such-file", "--port", port)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"termatlas: port {port} of 127.0.0.1 cannot be taken (")
        assert done.err.endswith("); end what uses it, or give another one with --port\n")


def test_what_cannot_be_served_is_said(termatlas: Command) -> None:
    done = termatlas("serve", "no-such-file", "--port", "0")
    assert (done.code, done.err) == (
        3,
        "termatlas: no-such-file: no such file or folder; check the spelling of the path\n",
    )
    done = termatlas("serve", "--host", "no.such.host.invalid", "--port", "0")
    message = 'there is no host "no.such.host.invalid" to listen on; leave --host out to serve this machine'
    assert (done.code, done.err) == (2, f"termatlas: {message}\n")
    assert termatlas("serve", "--port", "70000").code == 2


def test_everyone_is_served_only_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(page("One"))
    with serving(tmp_path, "--host", "0.0.0.0", str(tmp_path / "one.md")) as server:  # noqa: S104 (what is tested)
        until(lambda: "everyone who can reach this machine can read what is served" in server.errors.read_text())
        assert get(server.port, "/health", Host="atlas.example")[0] == 200


@contextmanager
def answering(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, int]]:
    """Run a server of our settings in a thread, quick to lose patience; give its port too."""

    async def big(_: object) -> Response:
        return PlainTextResponse("x" * 50_000_000)

    async def small(_: object) -> Response:
        return PlainTextResponse("here")

    monkeypatch.setattr(connections, "ARRIVAL_SECONDS", 1.5)
    monkeypatch.setattr(connections, "TAKING_SECONDS", 1.5)
    started = threading.Event()
    with listening("127.0.0.1", 0) as taken:
        server = Server(settings(Starlette(routes=[Route("/", small), Route("/big", big)])), started.set)
        running = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        running.start()
        assert started.wait(10)
        yield server, taken.getsockname()[1]
        server.should_exit = True
        running.join()


def closed(client: socket.socket) -> bool:
    """Tell whether the other side ends a connection."""
    client.settimeout(10)
    try:
        return client.recv(1) == b""
    except ConnectionError:
        return True


def test_slow_clients_keep_nobody_waiting_and_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(monkeypatch) as (_, port), ExitStack() as clients:
        slow = [clients.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(300)]
        for number, client in enumerate(slow):
            client.sendall(
                b"" if number % 2 else b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nX:"[: number + 5]
            )
        assert get(port, "/")[2] == b"here"
        time.sleep(1)
        for client in slow[::2]:
            client.sendall(b"a")  # a byte now and then does not keep it open
        assert all(map(closed, slow))
        assert get(port, "/")[2] == b"here"


def test_a_client_that_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(monkeypatch) as (server, port), socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: len(server.server_state.connections) == 1)
        until(lambda: not server.server_state.connections)
        client.settimeout(10)
        assert taken_from(client) < 50_000_000


def taken_from(client: socket.socket) -> int:
    """Count the bytes that still come."""
    taken = 0
    with suppress(ConnectionError):
        while part := client.recv(1 << 20):
            taken += len(part)
    return taken


def test_connections_that_are_used_again_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(monkeypatch) as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(4):
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"here"
            time.sleep(0.7)  # longer, all in all, than a request may take to arrive
        connection.close()


def test_bodies_do_not_wait_for_the_client_to_say_that_the_head_came(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(monkeypatch) as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        took: list[float] = []
        while len(took) < 30:
            before = time.monotonic()
            connection.request("GET", "/")
            connection.getresponse().read()
            took.append(time.monotonic() - before)
        connection.close()
        assert min(took) < 0.03  # with Nagle's algorithm nearly all take 0.04 s


def test_no_more_connections_are_held_than_files_allow() -> None:
    resource = pytest.importorskip("resource")
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[1] > MOST_CONNECTIONS


def test_the_pages_work_in_a_browser_under_their_policies(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "terms"
    source.mkdir()
    (source / "one.md").write_text(page("First thing", "two"))
    (source / "two.md").write_text(page("Second thing", "one"))
    with serving(tmp_path, str(source)) as server:
        tab = browser.new_page()
        errors: list[str] = []
        tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        root = f"http://127.0.0.1:{server.port}"
        tab.goto(f"{root}/")
        tab.wait_for_selector("body:not(.loading)")
        assert "2 terms" in tab.inner_text("#counts")
        tab.goto(f"{root}/term/one")
        assert tab.url == f"{root}/glossary/one.html"
        assert tab.inner_text("h1") == "First thing"
        tab.click("main >> text=Second thing")
        assert tab.url == f"{root}/glossary/two.html"
        assert errors == []
        assert tab.goto(f"{root}/glossary/onne").status == 404  # type: ignore[union-attr]  # a page, not a fragment
        tab.click("main >> text=First thing")
        assert tab.url == f"{root}/glossary/one.html"
        tab.goto("about:blank")  # a page of another origin: it may neither read what is served here, nor embed it
        assert {fetched(tab, f"{root}/glossary/one.ttl", mode) for mode in ("cors", "no-cors")} == {"refused"}
        tab.close()


def fetched(tab: Page, url: str, mode: str) -> str:
    """Tell whether a script in a page can fetch from an address."""
    script = "([url, mode]) => fetch(url, { mode }).then(() => 'fetched', () => 'refused')"
    return str(tab.evaluate(script, [url, mode]))
