"""The SPARQL 1.1 protocol: a request in, a result in the form that the client reads, or a plain reason why not.

Statuses are those of SPARQL 1.1 Protocol, section 2.1.7: 400 for a query that is none, 500 where the service refuses
to go on with one. A query that takes too long, or too much memory, gets 503.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from math import ceil
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from termatlas.serve.sparql_description import description
from termatlas.serve.sparql_formats import HTML, SOLUTIONS, TRIPLES, chosen, content_type
from termatlas.serve.sparql_openapi import OPENAPI
from termatlas.serve.sparql_page import policy, sparql_page
from termatlas.serve.sparql_request import METHODS, Asked, Refusal, asked
from termatlas.serve.workers import Limits, Question, Reply, Workers

__all__ = ["OPENAPI", "sparql_routes"]

_PREFLIGHT: Final = {
    "allow": METHODS,
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "Accept, Content-Type",
    "access-control-max-age": "86400",
}
_PIECE: Final = 1 << 16  # of a result on its way to a client that may be slow

_STATUS: Final = {
    **dict.fromkeys(("mistake", "deep"), 400),
    "unacceptable": 406,
    **dict.fromkeys(("large", "failed"), 500),
    **dict.fromkeys(("memory", "slow", "busy"), 503),
}
_REASONS: Final = {
    "deep": "the query is nested too deeply",
    "memory": "the query took more memory than a query may, and was ended; ask for less",
    "slow": "the query took longer than {seconds:g} seconds, and was ended; ask for less, or narrow it down",
    "busy": "too many queries are being answered; ask again in a while",
}

_Result = TypeVar("_Result")


def sparql_routes(workers: Callable[[], Workers], title: Callable[[], str]) -> list[Route]:
    """Give the routes of the endpoint; `workers` and `title` are called for every request."""
    endpoint = _Endpoint(workers, title)
    return [Route(path, endpoint, include_in_schema=False) for path in ("/sparql", "/sparql/")]


class _Endpoint:
    """The endpoint, which knows how many bytes of results clients have not taken yet."""

    def __init__(self, workers: Callable[[], Workers], title: Callable[[], str]) -> None:
        self._workers, self._title = workers, title
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        view = _View(request, self._workers(), self._title())
        with suppress(ClientDisconnect):
            response, size = await _respond(view, self._held)
            response.headers.update({"vary": "Accept", "cache-control": "no-cache", **response.headers})
            self._held += size
            try:
                await response(scope, receive, send)
            finally:
                self._held -= size


class _View:
    """A request, and what there is to say about the endpoint that it came to."""

    def __init__(self, request: Request, workers: Workers, title: str) -> None:
        self.request, self.workers, self.title = request, workers, title
        self.accept = ", ".join(request.headers.getlist("accept"))
        self.solutions, self.triples = chosen(self.accept)
        self.query = ""

    @property
    def limits(self) -> Limits:
        return self.workers.limits

    def page(self, *, status: int = 200, headers: dict[str, str] | None = None, **said: Any) -> Response:
        """Give the form with what is said."""
        page = sparql_page(
            title=self.title,
            root=self.request.scope.get("root_path", ""),
            endpoint=str(self.request.url.replace(query="", fragment="")),
            limits=self.limits,
            graphs=self.workers.graphs,
            prefixes=self.workers.prefixes,
            query=self.query,
            **said,
        )
        policies = {"content-security-policy": policy()}
        return Response(page, status, {**policies, **(headers or {})}, "text/html; charset=utf-8")

    def refused(self, status: int, why: str, headers: dict[str, str] | None = None) -> Response:
        """Say why there is no result: on the page to those who read pages."""
        if self.solutions == HTML:
            return self.page(status=status, headers=headers, problem=f"{why[:1].upper()}{why[1:]}.")
        return PlainTextResponse(f"{why}\n", status, headers)


async def _respond(view: _View, held: int) -> tuple[Response, int]:
    """Give the response, and how many bytes it holds until the client has taken them."""
    if view.request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT), 0
    try:
        question = await asked(view.request, view.limits.query_bytes)
        if question is None:
            return _described(view), 0
        view.query = question.query
        reply = await _answered(view, question)
        if reply is not None and held + len(reply.body) > view.limits.held_bytes:
            reply = Reply("busy", b"")
    except Refusal as refusal:
        return view.refused(refusal.status, refusal.why, refusal.headers), 0
    if reply is None:
        raise ClientDisconnect
    return _replied(view, reply), len(reply.body)


def _described(view: _View) -> Response:
    """Describe the service to a GET without a query."""
    if view.triples == HTML:
        return view.page()
    if view.triples is None:
        raise Refusal(406, _offer())
    endpoint = str(view.request.url.replace(query="", fragment=""))
    try:
        body = description(endpoint, view.workers.graphs, TRIPLES[view.triples])
    except ValueError:
        raise Refusal(400, "the Host header is no host") from None
    return Response(body, media_type=content_type(view.triples))


async def _answered(view: _View, question: Asked) -> Reply | None:
    """Have the question answered; None where the client left, on which the query ends."""
    if view.solutions is None and view.triples is None:
        raise Refusal(406, _offer())
    put = Question(
        query=question.query,
        solutions=SOLUTIONS.get(view.solutions or "", ""),
        triples=TRIPLES.get(view.triples or "", ""),
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
    )
    return await _unless_gone(view.request, view.workers.answer(put))


def _replied(view: _View, reply: Reply) -> Response:
    if reply.outcome in _STATUS:
        return _unanswered(view, reply)
    media_type = (view.triples if reply.outcome == "triples" else view.solutions) or ""
    if media_type == HTML:
        return view.page(result=reply.body.decode())
    if len(reply.body) <= _PIECE:
        return Response(reply.body, media_type=content_type(media_type))
    length = {"content-length": str(len(reply.body))}
    return StreamingResponse(_pieces(reply.body), headers=length, media_type=content_type(media_type))


def _unanswered(view: _View, reply: Reply) -> Response:
    status = _STATUS[reply.outcome]
    if reply.outcome == "unacceptable":
        return view.refused(status, _offer())
    why = _REASONS.get(reply.outcome, "").format(seconds=view.limits.seconds) or reply.body.decode() or "it failed"
    return view.refused(status, why, {"retry-after": str(ceil(view.limits.seconds))} if status == 503 else None)


def _offer() -> str:
    rows, triples = (", ".join(media_types) for media_types in (SOLUTIONS, TRIPLES))
    return f"no type that is asked for is given; rows are given as {rows}; triples as {triples}"


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]


async def _unless_gone(request: Request, work: Coroutine[Any, Any, _Result]) -> _Result | None:
    """Do the work, or give it up once the client has left."""
    working, gone = asyncio.create_task(work), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, gone):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
