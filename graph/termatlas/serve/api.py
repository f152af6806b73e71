"""The glossary as JSON: search, one term, and what lies around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from termatlas.serve.addresses import SUFFIXES
from termatlas.serve.documents import MEDIA_TYPES
from termatlas.serve.names import near, search
from termatlas.serve.served import Served

LONGEST_TEXT: Final = 200
MOST_HITS: Final = 100
MOST_TERMS: Final = 1_000
DEEPEST: Final = 4

_Answer = Callable[[Served, Request], dict[str, Any]]


class _Refused(Exception):
    """A request that cannot be answered: its status, why, and more to say."""

    def __init__(self, status: int, error: str, **more: object) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, **more}


def api_routes() -> list[Route]:
    """Give the routes of the JSON interface."""
    return [
        Route("/api/search", _json(_search)),
        Route("/api/terms/{slug}", _json(_term)),
        Route("/api/terms/{slug}/neighbours", _json(_neighbours)),
        Route("/health", _json(lambda served, _: {"status": "ok", "terms": len(served.glossary)})),
    ]


def _json(answer: _Answer) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            body, status = answer(request.app.state.served, request), 200
        except _Refused as refused:
            body, status = refused.body, refused.status
        return JSONResponse(body, status, {"cache-control": "no-cache"})

    return endpoint


def _search(served: Served, request: Request) -> dict[str, Any]:
    text = request.query_params.get("q", "")
    limit = _number(request, "limit", 20, MOST_HITS)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise _Refused(400, f"q, the text to look for, must have 1 to {LONGEST_TEXT} characters")
    hits = search(served.names, text, limit)
    results = [{**_short(served, hit.slug), "matched": hit.field, "text": hit.text} for hit in hits]
    return {"query": text, "results": results}


def _term(served: Served, request: Request) -> dict[str, Any]:
    slug = _slug(served, request)
    site, term = served.site, served.glossary.get(slug)
    at = served.addresses.of["term", slug]
    return {
        **_short(served, slug),
        "aliases": list(term.aliases) if term else [],
        "categories": list(term.categories) if term else [],
        "definition": term.definition if term else "",
        "explanation": term.explanation if term else "",
        "questions": [{"question": each.question, "answer": each.answer} for each in term.questions] if term else [],
        "links_to": [_link(served, slug, other) for other in site.leading.get(slug, ())],
        "mappings": [{"relation": name.partition(":")[2], "iri": iri} for name, iri in site.mappings.get(slug, ())],
        "linked_from": [_link(served, other, slug, shown=other) for other in site.coming.get(slug, ())],
        "documents": {
            media_type: f"/{at}{SUFFIXES[syntax]}"
            for syntax, media_type in MEDIA_TYPES.items()
            if term or syntax != "html"
        },
    }


def _neighbours(served: Served, request: Request) -> dict[str, Any]:
    centre = _slug(served, request)
    depth = _number(request, "depth", 1, DEEPEST)
    limit = _number(request, "limit", 200, MOST_TERMS)
    distances, complete = _within(served, centre, depth, limit)
    links = (
        {"source": source, "target": target, "kinds": list(kinds)}
        for source in distances
        for target, kinds in served.site.leading.get(source, {}).items()
        if target in distances
    )
    terms = [{**_short(served, slug), "distance": distance} for slug, distance in distances.items()]
    return {"centre": centre, "depth": depth, "complete": complete, "terms": terms, "links": list(links)}


def _within(served: Served, centre: str, depth: int, limit: int) -> tuple[dict[str, int], bool]:
    """Find the terms within some links of one, in either direction, the nearest first; tell whether these are all."""
    distances = {centre: 0}
    ring = [centre]
    for distance in range(1, depth + 1):
        further: list[str] = []
        for other in (other for slug in ring for other in _beside(served, slug)):
            if other not in distances:
                if len(distances) == limit:
                    return distances, False
                distances[other] = distance
                further.append(other)
        ring = further
    return distances, True


def _beside(served: Served, slug: str) -> Iterator[str]:
    yield from served.site.leading.get(slug, ())
    yield from served.site.coming.get(slug, ())


def _short(served: Served, slug: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": served.site.name(slug),
        "iri": served.plan.iris[slug],
        "path": f"/{served.addresses.of['term', slug]}",
        "category": served.glossary[slug].category if slug in served.glossary else "",
        "defined": slug in served.glossary,
    }


def _link(served: Served, source: str, target: str, shown: str = "") -> dict[str, Any]:
    other = shown or target
    leading = served.site.leading
    return {
        "slug": other,
        "name": served.site.name(other),
        "kinds": list(leading[source][target]),
        "reciprocal": source in leading.get(target, ()),
    }


def _slug(served: Served, request: Request) -> str:
    slug = unquote(request.path_params["slug"])
    if slug not in served.plan.iris:
        nearest = [{"slug": each, "name": served.site.name(each)} for each in near(served.names, slug)]
        raise _Refused(404, "no term has this slug", near=nearest)
    return slug


def _number(request: Request, name: str, default: int, most: int) -> int:
    written = request.query_params.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) < 10 and 1 <= int(written) <= most):
        raise _Refused(400, f"{name} must be a whole number from 1 to {most}")
    return int(written)
