"""The endpoint alone, over real HTTP: `uvicorn` on a free port, in a thread of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple

import httpx

from termatlas.query import USUAL_PREFIXES
from termatlas.serve.headers import guarded
from termatlas.serve.sparql import sparql_routes
from termatlas.serve.workers import Limits, Workers, open_workers

BASE = "https://example.org/glossary/"
PREFIXES = {**USUAL_PREFIXES, "term": BASE}

#: Ten of nothing joined with all, seven times over: no computer ends it.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(7)) + " FILTER(?a1 != ?c2) }"


class Endpoint(NamedTuple):
    """Where it answers, a client for it, and its workers."""

    url: str
    client: httpx.Client
    workers: Workers

    def ask(self, query: str, accept: str = "*/*", **options: Any) -> httpx.Response:
        """Send a query by GET."""
        return self.client.get(self.url, params={"query": query}, headers={"accept": accept}, **options)


@contextmanager
def endpoint(trig: str, prefixes: Mapping[str, str] = PREFIXES, limits: Limits | None = None) -> Iterator[Endpoint]:
    """Serve a dataset for as long as the block runs."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    held: list[Workers] = []

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        held.append(await open_workers(trig.encode(), prefixes, limits))
        yield
        await held[0].close()

    app = Starlette(
        routes=sparql_routes(lambda: held[0], lambda: "A <b>glossary</b>"),
        middleware=[Middleware(guarded)],
        lifespan=lifespan,
    )
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", http="h11", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.01)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        with httpx.Client(timeout=30, trust_env=False) as client:
            yield Endpoint(url, client, held[0])
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
