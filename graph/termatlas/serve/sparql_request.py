"""A request of the SPARQL 1.1 Protocol → the query and the graphs it is asked of, or why it is refused.

Source: SPARQL 1.1 Protocol (W3C Recommendation, 2013), section 2.1.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from email.message import Message
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

METHODS: Final = "GET, HEAD, POST, OPTIONS"
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"

_BODY_SECONDS = 10.0
_MOST_FIELDS = 1_000
_DRAINED = 16 << 20  # of a body that is too large, so that its sender hears so

_READ_ONLY = "this endpoint only answers queries; it takes no updates"
_ONE_QUERY = "send one query, in one place"


class Refusal(Exception):
    """Say why a request is not answered, and with which status."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        self.status, self.why = status, why
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(why)


class Asked(NamedTuple):
    """A query and the graphs it is asked of; none, unless the request names them."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def asked(request: Request, most: int) -> Asked | None:
    """Read what a request asks; None for a GET without a query, which asks what there is.

    Raises `Refusal`.
    """
    fields = _fields(_text(request.scope["query_string"], "the address"))
    if request.method == "POST":
        fields += await _posted(request, most)
    elif request.method not in ("GET", "HEAD"):
        raise Refusal(405, f"{request.method} does nothing here; use GET or POST", allow=METHODS)
    if any(name == "update" for name, _ in fields):
        raise Refusal(405, _READ_ONLY, allow=METHODS)
    queries = _all("query", fields)
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise Refusal(400, f"there {'is no query' if not queries else 'are several queries'}; {_ONE_QUERY}")
    return Asked(queries[0], _all("default-graph-uri", fields), _all("named-graph-uri", fields))


def _all(name: str, fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(value for other, value in fields if other == name)


async def _posted(request: Request, most: int) -> list[tuple[str, str]]:
    kind, charset = _content_type(request)
    if kind == _UPDATE:
        raise Refusal(405, _READ_ONLY, allow=METHODS)
    if kind not in (FORM, QUERY):
        raise Refusal(415, f"a query is posted as {QUERY} or {FORM}", accept_post=f"{QUERY}, {FORM}")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(415, "a query is posted in UTF-8", accept_post=f"{QUERY}, {FORM}")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(415, "a query is posted without compression", accept_encoding="identity")
    try:
        body = await asyncio.wait_for(_body(request, most), _BODY_SECONDS)
    except TimeoutError:
        raise Refusal(408, "the query did not arrive in time", connection="close") from None
    text = _text(body, "the query")
    return _fields(text) if kind == FORM else [("query", text)]


def _content_type(request: Request) -> tuple[str, str]:
    parsed = Message()
    parsed["content-type"] = request.headers.get("content-type") or "unknown/unknown"
    return parsed.get_content_type(), str(parsed.get_param("charset", "utf-8")).lower()


async def _body(request: Request, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= most:
            parts.append(part)
        elif size > _DRAINED:
            break
    if size > most:
        raise Refusal(413, f"the query is larger than {most:,} bytes", connection="close")
    return b"".join(parts)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refusal(400, f"{where} is no UTF-8, at byte {error.start + 1:,}") from None


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refusal(400, "a parameter is no UTF-8 once its %-escapes are read") from None
    except ValueError:
        raise Refusal(400, f"there are more than {_MOST_FIELDS:,} parameters") from None
