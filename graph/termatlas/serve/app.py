"""The web application: what answers where."""

from __future__ import annotations

import asyncio
import shutil
import weakref
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from termatlas.align.model import Mappings
from termatlas.model import Glossary
from termatlas.serve.addresses import MAPPED, SUFFIXES
from termatlas.serve.api import api_routes
from termatlas.serve.documents import at_any_path, explorer, mapped, whole
from termatlas.serve.headers import guarded, with_headers
from termatlas.serve.openapi import openapi
from termatlas.serve.served import Served, dataset, load, prefixes, prepare
from termatlas.serve.sparql import sparql_routes
from termatlas.serve.workers import Limits, open_workers

Task = Callable[[Starlette], Coroutine[Any, Any, None]]


def app(
    served: Served, *, hosts: frozenset[str] | None = None, limits: Limits | None = None, tasks: Sequence[Task] = ()
) -> Starlette:
    """Make the application that serves a glossary; `tasks` run beside it for as long as it does.

    With `hosts`, only requests for one of them are answered, and pages of other origins cannot read answers.
    """

    @asynccontextmanager
    async def lifespan(made: Starlette) -> AsyncIterator[None]:
        data = await asyncio.to_thread(dataset, served)
        made.state.workers = await open_workers(data, prefixes(served.plan), limits or Limits())
        running = [asyncio.create_task(task(made)) for task in tasks]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await made.state.workers.close()

    async def failed(_: Request, error: Exception) -> Response:
        why = "something went wrong here; the server's own messages say what\n"
        return with_headers(PlainTextResponse(why, 500), hosts)

    made = Starlette(
        routes=_routes(lambda: made.state.workers, lambda: made.state.served.glossary.title),
        middleware=[Middleware(guarded, hosts=hosts)],
        exception_handlers={Exception: failed},
        lifespan=lifespan,
    )
    made.router.redirect_slashes = False
    made.state.served = served
    return made


def web_app(glossary: Glossary, mappings: Mappings | None = None) -> Starlette:
    """Make the application that serves a glossary, for a server of one's own: it knows no ``--watch`` and no host.

    Mappings to other vocabularies show in pages, in linked data, and in SPARQL as a graph of their own. What it keeps
    in files is removed with it. Raises `UsageError` where the glossary's base IRI is none.
    """
    folder = Path(mkdtemp(prefix="termatlas-"))
    prepare(glossary, folder, mappings=mappings)
    made = app(load(folder))
    weakref.finalize(made, shutil.rmtree, folder, ignore_errors=True)
    return made


async def replace(made: Starlette, served: Served) -> None:
    """Let an application answer from newer data; requests under way end with what they began with."""
    data = await asyncio.to_thread(dataset, served)
    await made.state.workers.replace(data, prefixes(served.plan))
    made.state.served = served


def _routes(workers: Callable[[], Any], title: Callable[[], str]) -> list[BaseRoute]:
    return [
        *sparql_routes(workers, title),
        *api_routes(),
        Route("/", explorer),
        *(Route(f"/glossary{suffix}", whole) for syntax, suffix in SUFFIXES.items() if syntax != "html"),
        *(Route(f"/mappings{SUFFIXES[syntax]}", mapped) for syntax in MAPPED),
        Route("/openapi.json", _openapi),
        Route("/robots.txt", _robots),
        Route("/favicon.ico", _no_icon),
        Route("/{path:path}", at_any_path),
    ]


async def _openapi(_: Request) -> Response:
    return JSONResponse(openapi())


async def _robots(_: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /api/\nDisallow: /sparql\n")


async def _no_icon(_: Request) -> Response:
    """Say that there is no icon; as a 404, browsers would report it as an error of every page."""
    return Response(status_code=204, headers={"cache-control": "max-age=86400"})
