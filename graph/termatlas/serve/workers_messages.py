"""Messages between the server and its workers: a head in JSON and a body, the lengths of both before them."""

from __future__ import annotations

import asyncio
import json
import struct
from typing import IO, Any, NamedTuple

_LENGTHS = struct.Struct(">II")


class Message(NamedTuple):
    """What is said, and the bytes it is about."""

    head: dict[str, Any]
    body: bytes = b""


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    r"""Give a message as bytes.

    >>> packed({"id": 7}, b"ASK {}")
    b'\x00\x00\x00\x08\x00\x00\x00\x06{"id":7}ASK {}'
    """
    said = json.dumps(head, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(said), len(body)) + said + body


def read(stream: IO[bytes]) -> Message | None:
    """Wait for the next message; None at the end of the stream, or where it ends within a message."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    said, body = (stream.read(length) for length in _LENGTHS.unpack(lengths))
    return Message(json.loads(said), body) if said else None


async def received(reader: asyncio.StreamReader) -> Message:
    """Wait for the next message; raise `asyncio.IncompleteReadError` at the end of the stream."""
    said, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    return Message(json.loads(await reader.readexactly(said)), await reader.readexactly(body))
