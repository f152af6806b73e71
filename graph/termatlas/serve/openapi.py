"""What the JSON interface offers, as an OpenAPI 3.1 document."""

from __future__ import annotations

from typing import Any, Final

from termatlas.align.model import RELATIONS
from termatlas.serve.addresses import MAPPED, SUFFIXES
from termatlas.serve.api import DEEPEST, LONGEST_TEXT, MOST_HITS, MOST_TERMS
from termatlas.serve.documents import MEDIA_TYPES
from termatlas.version import __version__

_Schema = dict[str, Any]

_TEXT: Final[_Schema] = {"type": "string"}
_YES: Final[_Schema] = {"type": "boolean"}
_TEXTS: Final[_Schema] = {"type": "array", "items": _TEXT}


def openapi() -> dict[str, Any]:
    """Give the document; it is the same for every glossary."""
    from termatlas.serve.sparql import OPENAPI

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "A glossary, served by TermAtlas",
            "version": __version__,
            "description": "Read-only. Terms are also linked data: ask for a term's IRI path in the type you read.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/search": {"get": _search()},
            "/api/terms/{slug}": {"get": _term()},
            "/api/terms/{slug}/neighbours": {"get": _neighbours()},
            "/term/{slug}": {"get": _thing()},
            **{f"/glossary{end}": {"get": _whole(name)} for name, end in SUFFIXES.items() if name != "html"},
            **{f"/mappings{SUFFIXES[name]}": {"get": _mapped(name)} for name in MAPPED},
            "/sparql": OPENAPI,
            "/health": {"get": _operation("health", "Tell whether the server answers.", "Health")},
        },
        "components": {"schemas": _schemas()},
    }


def _search() -> _Schema:
    return _operation(
        "search",
        "Find terms by name or alias; case, accents and punctuation do not count.",
        "Found",
        _query("q", {**_TEXT, "minLength": 1, "maxLength": LONGEST_TEXT}, "The text to look for.", required=True),
        _limit(20, MOST_HITS),
        errors=("400",),
    )


def _term() -> _Schema:
    return _operation("term", "Give all that is known of a term.", "Term", _slug(), errors=("404",))


def _neighbours() -> _Schema:
    return _operation(
        "neighbours",
        "Give the terms within some links of one, in either direction, and the links among them.",
        "Neighbourhood",
        _slug(),
        _query("depth", {"type": "integer", "minimum": 1, "maximum": DEEPEST, "default": 1}, "How many links away."),
        _limit(200, MOST_TERMS),
        errors=("400", "404"),
    )


def _thing() -> _Schema:
    seen = {"description": "Where the document is.", "headers": {"Location": {"schema": _TEXT}}}
    none = {"description": "None of the types asked for is offered.", "content": {"text/plain": {"schema": _TEXT}}}
    return {
        "operationId": "document",
        "summary": "Lead from a term to its document, in the type that is asked for.",
        "description": f"By the Accept header: {', '.join(MEDIA_TYPES.values())}.",
        "parameters": [_slug()],
        "responses": {"303": seen, "404": _error("No term has this slug."), "406": none},
    }


def _whole(syntax: str) -> _Schema:
    body = {"description": "The file.", "content": {MEDIA_TYPES[syntax]: {"schema": _TEXT}}}
    return {"operationId": f"whole_{syntax}", "summary": "Give the whole glossary.", "responses": {"200": body}}


def _mapped(syntax: str) -> _Schema:
    body = {"description": "The file.", "content": {MEDIA_TYPES[syntax]: {"schema": _TEXT}}}
    return {
        "operationId": f"mappings_{syntax}",
        "summary": "Give the mappings to other vocabularies.",
        "responses": {"200": body, "404": {"description": "There are none."}},
    }


def _operation(name: str, summary: str, schema: str, *parameters: _Schema, errors: tuple[str, ...] = ()) -> _Schema:
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    causes = {"400": "A parameter is not as it must be.", "404": "No term has this slug; near ones are named."}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "The answer.", "content": body},
            **{status: _error(causes[status]) for status in errors},
        },
    }


def _error(why: str) -> _Schema:
    return {
        "description": why,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }


def _query(name: str, schema: _Schema, meaning: str, *, required: bool = False) -> _Schema:
    return {"name": name, "in": "query", "description": meaning, "required": required, "schema": schema}


def _limit(default: int, most: int) -> _Schema:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return _query("limit", schema, "The most terms to give.")


def _slug() -> _Schema:
    meaning = "The term's slug; a slash in it is written %2F."
    return {"name": "slug", "in": "path", "description": meaning, "required": True, "schema": _TEXT}


def _record(**fields: _Schema) -> _Schema:
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}


def _several(name: str) -> _Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _schemas() -> _Schema:
    near = _record(slug=_TEXT, name=_TEXT)
    short = {"slug": _TEXT, "name": _TEXT, "iri": _TEXT, "path": _TEXT, "category": _TEXT, "defined": _YES}
    number: _Schema = {"type": "integer", "minimum": 0}
    error = _record(error=_TEXT) | {"properties": {"error": _TEXT, "near": {"type": "array", "items": near}}}
    return {
        "Error": error,
        "Health": _record(status={"const": "ok"}, terms=number),
        "Hit": _record(**short, matched={"enum": ["name", "alias", "slug"]}, text=_TEXT),
        "Found": _record(query=_TEXT, results=_several("Hit")),
        "Link": _record(slug=_TEXT, name=_TEXT, kinds=_TEXTS, reciprocal=_YES),
        "Match": _record(relation={"enum": list(RELATIONS)}, iri=_TEXT),
        "Question": _record(question=_TEXT, answer=_TEXT),
        "Term": _record(
            **short,
            aliases=_TEXTS,
            categories=_TEXTS,
            definition=_TEXT,
            explanation=_TEXT,
            questions=_several("Question"),
            links_to=_several("Link"),
            linked_from=_several("Link"),
            mappings=_several("Match"),
            documents={"type": "object", "additionalProperties": _TEXT},
        ),
        "Near": _record(**short, distance=number),
        "Arc": _record(source=_TEXT, target=_TEXT, kinds=_TEXTS),
        "Neighbourhood": _record(
            centre=_TEXT, depth=number, complete=_YES, terms=_several("Near"), links=_several("Arc")
        ),
    }
