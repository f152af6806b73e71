"""Listening: from an application to a server that ends when it is told to."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Final

import uvicorn
from starlette.applications import Starlette

from termatlas.errors import UsageError
from termatlas.serve.connections import MOST_CONNECTIONS, Connection

_LONGEST_HEAD: Final = 65_536
_WAITING: Final = 2_048  # connections that are not yet taken up
_FILES: Final = 2 * MOST_CONNECTIONS


def listening(host: str, port: int) -> socket.socket:
    """Take a port before anything else is done, so that one in use is no late surprise; 0 takes any.

    Raises `UsageError`.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # With its protocol named: else asyncio leaves Nagle's algorithm on, which holds every body back for 40 ms.
        taken = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise UsageError(f'there is no host "{host}" to listen on; leave --host out to serve this machine') from error
    try:
        if hasattr(signal, "SIGKILL"):  # on Windows the option would let two servers share a port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(_WAITING)
    except OSError as error:
        taken.close()
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"port {port} of {host} cannot be taken ({reason}); end what uses it, or give another one with --port"
        ) from error
    return taken


def url(taken: socket.socket) -> str:
    """Give the address at which a server answers."""
    host, port = taken.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def run(made: Starlette, taken: socket.socket, started: Callable[[], None]) -> None:
    """Serve until the process is interrupted or told to end; call `started` once requests are answered."""
    _allow_files()
    with _ended_by_signals():
        Server(settings(made), started).run(sockets=[taken])


def settings(made: Starlette) -> uvicorn.Config:
    """Give uvicorn's settings: quiet, without a name, and with an end to everything that a client can draw out."""
    return uvicorn.Config(
        made,
        http=Connection,
        loop="asyncio",
        ws="none",
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS - 100,
        backlog=_WAITING,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )


class Server(uvicorn.Server):
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._say = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._say()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end the server as Ctrl-C does: uvicorn raises it again once it has stopped, which would kill us."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    with suppress(KeyboardInterrupt):
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)


def _allow_files() -> None:
    """Raise the number of files, connections among them, that the process may have open, as far as it may."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
        if 0 <= soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
