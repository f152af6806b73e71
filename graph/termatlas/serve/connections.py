"""Connections that cannot be held open for ever: uvicorn's own have no limit on how slowly a request may come."""

from __future__ import annotations

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

ARRIVAL_SECONDS: Final = 15.0  #: for a whole request to arrive
TAKING_SECONDS: Final = 60.0  #: for a client to take some of what waits for it
MOST_CONNECTIONS: Final = 2_000  #: further ones are closed at once

_ARRIVING: Final = (h11.IDLE, h11.SEND_BODY)


class Connection(H11Protocol):
    """A connection whose client has to send its requests, and take its answers, in time."""

    _arrival: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Close it at once where there are too many, else wait for its first request."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        else:
            self._arrival = self.loop.call_later(ARRIVAL_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Start the clock with the first byte of a request and stop it with the last."""
        if self._arrival is None:
            self._arrival = self.loop.call_later(ARRIVAL_SECONDS, self.transport.abort)
        super().data_received(data)
        if self.conn.their_state not in _ARRIVING:
            _stop(self._arrival)
            self._arrival = None

    def pause_writing(self) -> None:
        """Start the clock when so much waits for the client that no more is made."""
        super().pause_writing()
        self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the clock when the client has taken most of it."""
        super().resume_writing()
        _stop(self._taking)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks, which would keep the connection in memory."""
        _stop(self._arrival)
        _stop(self._taking)
        super().connection_lost(exc)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
