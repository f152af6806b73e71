"""What is said where nothing answers: 404 with the names that are near, as a page or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from termatlas.serve.accept import best
from termatlas.serve.addresses import SUFFIXES
from termatlas.serve.names import near
from termatlas.serve.served import Served

PAGES_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def not_found(request: Request, asked: str, headers: Mapping[str, str] | None = None) -> Response:
    """Say that nothing answers at a path, and which terms have a name like its last part."""
    served: Served = request.app.state.served
    slugs = near(served.names, name_in(asked))
    complete = {"vary": "Accept", "cache-control": "no-cache", **(headers or {})}
    accept = ",".join(request.headers.getlist("accept"))
    if best(accept, ["text/html", "application/json"]) == "text/html":
        from termatlas.publish.start_page import not_found_page

        defined = [slug for slug in slugs if slug in served.glossary]
        page = not_found_page(served.site, absolute=True, near=defined)
        return HTMLResponse(page, 404, complete | {"content-security-policy": PAGES_POLICY})
    listed = [{"slug": slug, "name": served.site.name(slug)} for slug in slugs]
    return JSONResponse({"error": "nothing answers at this address", "near": listed}, 404, complete)


def name_in(path: str) -> str:
    """Take what is most like a term's name out of a path.

    >>> name_in("glossary/Vision%20Transformer.ttl"), name_in("glossary/clip/")
    ('Vision Transformer', 'clip')
    """
    last = path.rstrip("/").rpartition("/")[2]
    for suffix in SUFFIXES.values():
        last = last.removesuffix(suffix)
    return unquote(last)
