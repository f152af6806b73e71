"""The endpoint in the words of OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final

from termatlas.serve.sparql_formats import SOLUTIONS, TRIPLES
from termatlas.serve.sparql_request import FORM, QUERY

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_GRAPHS: Final = {"type": "array", "items": {"type": "string", "format": "iri"}}
_WHY: Final = {"text/plain": {"schema": _TEXT}}
_FIELDS: Final = {"query": _TEXT, "default-graph-uri": _GRAPHS, "named-graph-uri": _GRAPHS}

_RESPONSES: Final = {
    "200": {
        "description": "The result, in a type that the Accept header names.",
        "content": {media_type: {} for media_type in dict.fromkeys([*SOLUTIONS, *TRIPLES])},
    },
    "400": {"description": "The query is none; the place of the mistake is named.", "content": _WHY},
    "405": {"description": "Updates are not taken.", "content": _WHY},
    "406": {"description": "None of the types that are asked for is given.", "content": _WHY},
    "500": {"description": "The result is too large; none of it is sent.", "content": _WHY},
    "503": {
        "description": "The query took too long or too much memory, or too many wait.",
        "headers": {"Retry-After": {"schema": {"type": "integer"}}},
        "content": _WHY,
    },
}
_TOO_MUCH: Final = {
    "408": {"description": "The query did not arrive in time.", "content": _WHY},
    "413": {"description": "The query is too large.", "content": _WHY},
    "415": {"description": "The query is posted as something else.", "content": _WHY},
}

#: What `/sparql` takes and gives.
OPENAPI: Final[dict[str, Any]] = {
    "get": {
        "operationId": "query",
        "summary": "Answer a SPARQL query; without one, describe the service.",
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema} for name, schema in _FIELDS.items()
        ],
        "responses": _RESPONSES,
    },
    "post": {
        "operationId": "postQuery",
        "summary": "Answer a SPARQL query.",
        "requestBody": {
            "required": True,
            "content": {
                QUERY: {"schema": _TEXT},
                FORM: {"schema": {"type": "object", "properties": _FIELDS, "required": ["query"]}},
            },
        },
        "responses": {**_RESPONSES, **_TOO_MUCH},
    },
}
