"""Ask a web application without a network, with exactly the bytes that are given."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

Result = TypeVar("Result")


class Answer(NamedTuple):
    """What an application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Give the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Give the body as JSON."""
        return json.loads(self.body)


def ask(app: ASGIApp, target: str | bytes, method: str = "GET", **headers: str) -> Answer:
    """Send a request for a target such as ``/a%2Fb?q=1``; an underscore in a header's name is a hyphen."""
    raw = target if isinstance(target, bytes) else target.encode("ascii")
    path, _, query = raw.partition(b"?")
    named = {"host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50_000),
        "root_path": "",
        "path": unquote(path.decode("ascii", "replace")),
        "raw_path": path,
        "query_string": query,
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named.items()],
        "state": {},
    }
    return finished(_asked(app, scope))


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end, in a thread: in the main one, Playwright's loop runs for as long as the browser."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _asked(app: ASGIApp, scope: dict[str, Any]) -> Answer:
    sent: list[Message] = []
    asked: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if asked:
            return asked.pop()
        await asyncio.Event().wait()  # the client stays
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        if not sent:  # else the error goes to the server's log, after the answer
            raise
    raw = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    assert all("\r" not in value and "\n" not in value for pair in raw for value in pair)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], dict(raw), body)
