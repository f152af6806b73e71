"""What holds for every request: who may ask, how, and with which headers an answer goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from termatlas.serve.addresses import key

#: The names of this machine under which a browser may ask a server on it: a page whose own name was pointed here
#: ("DNS rebinding") asks for that name.
LOOPBACK_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})

_METHODS: Final = "GET, HEAD, OPTIONS"
_LONGEST_PATH: Final = 4_096
_LONGEST_QUERY: Final = 8_192
_PORT: Final = re.compile(r":\d*$")

_ALWAYS: Final = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
#: Of what everyone may read: pages of other origins too, as linked data is meant to be.
_PUBLIC: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, Retry-After",
    "cross-origin-resource-policy": "cross-origin",
}
#: Of what is served to this machine alone: else any page in its browser could read a private glossary.
_PRIVATE: Final = {"cross-origin-resource-policy": "same-origin"}
_PREFLIGHT: Final = {
    "allow": _METHODS,
    "access-control-allow-methods": _METHODS,
    "access-control-allow-headers": "Accept, If-None-Match, Range",
    "access-control-max-age": "86400",
}


def guarded(app: ASGIApp, hosts: frozenset[str] | None = None) -> ASGIApp:
    """Refuse what no answer is for, before the app sees it, and complete the headers of every answer.

    With `hosts`, requests for another host are refused, and pages of other origins cannot read answers. The app finds
    paths written in one way, still encoded.
    """
    raw = [(name.encode(), value.encode()) for name, value in _headers(hosts).items()]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        at = _key(scope)
        refused = _refusal(scope, at, hosts)
        await (refused or app)({**scope, "path": f"/{at}"}, receive, _completing(send, raw))

    return answer


def with_headers(response: Response, hosts: frozenset[str] | None = None) -> Response:
    """Complete the headers of an answer that goes out past `guarded`."""
    for name, value in _headers(hosts).items():
        response.headers.setdefault(name, value)
    return response


def _headers(hosts: frozenset[str] | None) -> dict[str, str]:
    return {**_ALWAYS, **(_PUBLIC if hosts is None else _PRIVATE)}


def _key(scope: Scope) -> str:
    raw = scope.get("raw_path")
    path = raw.partition(b"?")[0].decode("latin-1") if raw else quote(scope["path"])
    return key(path) if len(path) <= _LONGEST_PATH else path


def _refusal(scope: Scope, at: str, hosts: frozenset[str] | None) -> Response | None:
    if hosts is not None and _host(scope["headers"]) not in hosts:
        return PlainTextResponse("this server answers for localhost only; start it with --host for others\n", 421)
    if at in ("sparql", "sparql/"):  # its own routes say how it may be asked
        return None
    if len(at) > _LONGEST_PATH or len(scope["query_string"]) > _LONGEST_QUERY:
        return PlainTextResponse("the address is too long\n", 414)
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("what is served here can be read, not changed\n", 405, {"allow": _METHODS})
    return None


def _host(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Give the host that is asked for, without its port; "" where none or several are."""
    named = [value.decode("latin-1") for name, value in headers if name == b"host"]
    return _PORT.sub("", named[0]).lower() if len(named) == 1 else ""


def _completing(send: Send, raw: list[tuple[bytes, bytes]]) -> Send:
    async def completed(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in raw if pair[0] not in there)]
        await send(message)

    return completed
