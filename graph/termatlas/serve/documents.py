"""Things and their documents over HTTP: a term is no page, so its IRI leads to one (303), in the form asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from termatlas.serve.accept import best
from termatlas.serve.addresses import GLOSSARY, MAPPED, SUFFIXES, Found, Thing, find
from termatlas.serve.served import Served, entity_tag, thing_rdf
from termatlas.serve.unknown import PAGES_POLICY, not_found

#: Syntax → its media type.
MEDIA_TYPES: Final = {
    "html": "text/html",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "xml": "application/rdf+xml",
    "trig": "application/trig",
}
_SYNTAX_OF: Final = {media_type: syntax for syntax, media_type in MEDIA_TYPES.items()}
_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_ASSET_TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png"}


async def explorer(request: Request) -> Response:
    """Show the explorer, or lead to the linked data of the whole glossary where that is asked for."""
    served: Served = request.app.state.served
    syntax = _negotiated(request)
    if syntax == "html":
        found = _POLICY.search(served.explorer)
        policy = f"{found[1].decode()}; frame-ancestors 'none'" if found else PAGES_POLICY
        links = _links(served, GLOSSARY)
        return _body(request, served.explorer, "text/html", {"vary": "Accept", "link": links}, policy)
    return _to_document(served, GLOSSARY, syntax)


async def at_any_path(request: Request) -> Response:
    """Answer at every path that has no route of its own: IRIs, documents, pages."""
    served: Served = request.app.state.served
    at = request.scope["path"][1:]
    if make := served.pages.get(at):
        return _page(request, make(), {})
    if (asset := served.assets.get(at)) is not None:
        return _body(request, asset, _ASSET_TYPES.get(at.rpartition(".")[2], "application/octet-stream"), {})
    query = request.scope["query_string"].decode("latin-1")
    if found := find(served.addresses, at, query):
        return _document(request, found) if found.syntax else _to_document(served, found.thing, _negotiated(request))
    if served.mapped and served.addresses.mappings and at.startswith(served.addresses.mappings):
        return _to_mappings(request)
    return _redirected(served, at) or not_found(request, at)


async def whole(request: Request) -> Response:
    """Give the whole glossary in one syntax."""
    served: Served = request.app.state.served
    syntax = _syntax_of(request.scope["path"])
    return _file(request, served.whole[syntax], syntax, _links(served, GLOSSARY, but=syntax))


async def mapped(request: Request) -> Response:
    """Give the mappings to other vocabularies in one syntax."""
    served: Served = request.app.state.served
    at = request.scope["path"]
    if not served.mapped:
        return not_found(request, at[1:])
    syntax = _syntax_of(at)
    others = (
        f'<{_of_mappings(each)}>; rel="alternate"; type="{MEDIA_TYPES[each]}"' for each in MAPPED if each != syntax
    )
    return _file(request, served.mapped[syntax], syntax, ", ".join(others))


def _to_mappings(request: Request) -> Response:
    """Lead from the IRI of a mapping, or of their graph, to the document about all of them."""
    accept = ",".join(request.headers.getlist("accept"))
    media_type = best(accept, [MEDIA_TYPES[syntax] for syntax in MAPPED])
    if media_type:
        return RedirectResponse(_of_mappings(_SYNTAX_OF[media_type]), 303, {"vary": "Accept"})
    offered = "".join(f"{MEDIA_TYPES[syntax]} {_of_mappings(syntax)}\n" for syntax in MAPPED)
    return PlainTextResponse(f"none of the types asked for; there are\n{offered}", 406, {"vary": "Accept"})


def _of_mappings(syntax: str) -> str:
    return f"/mappings{SUFFIXES[syntax]}"


def _file(request: Request, file: tuple[Path, str], syntax: str, links: str) -> Response:
    path, tag = file
    headers = {"etag": tag, "link": links, "cache-control": "no-cache"}
    if _is_known(request, tag):
        return Response(status_code=304, headers=headers)
    response = FileResponse(path, headers=headers, media_type=MEDIA_TYPES[syntax], stat_result=path.stat())
    del response.headers["last-modified"]  # of our copy, not of the glossary
    return response


def _document(request: Request, found: Found) -> Response:
    """Give a document about a term or a category."""
    served: Served = request.app.state.served
    (kind, name), syntax = found
    if syntax == "html" and kind == "category":
        return RedirectResponse(_path(served, found.thing, "html"), 308)
    if syntax == "html" and name not in served.glossary:
        return not_found(request, name, {"link": _links(served, found.thing, but="html")})
    headers = {"link": f"{_own_links(served, found)}, {_links(served, found.thing, but=syntax)}"}
    if syntax == "html":
        from termatlas.publish.term_page import term_page

        return _page(request, term_page(served.site, name), headers)
    return _body(request, thing_rdf(served, found.thing, syntax), MEDIA_TYPES[syntax], headers)


def _to_document(served: Served, thing: Thing, syntax: str | None) -> Response:
    """Lead from a thing to its document (303, W3C TAG's httpRange-14), or say which forms there are."""
    links = {"vary": "Accept", "link": _links(served, thing)}
    if syntax:
        return RedirectResponse(_path(served, thing, syntax), 303, links)
    offered = "".join(f"{MEDIA_TYPES[syntax]} {_path(served, thing, syntax)}\n" for syntax in MEDIA_TYPES)
    return PlainTextResponse(f"none of the types asked for; there are\n{offered}", 406, links)


def _redirected(served: Served, at: str) -> Response | None:
    """Lead from a path with a slash too many to where something is."""
    bare = at.rstrip("/")
    if bare and bare != at and (bare in served.pages or find(served.addresses, bare)):
        return RedirectResponse(f"/{bare}", 308)
    return None


def _path(served: Served, thing: Thing, syntax: str) -> str:
    if thing == GLOSSARY:
        return f"/{served.site.start}" if syntax == "html" else f"/glossary{SUFFIXES[syntax]}"
    if syntax == "html" and thing[0] == "category":
        category = served.site.categories.get(thing[1])
        return f"/{category.address if category else 'category/index.html'}"
    return f"/{served.addresses.of[thing]}{SUFFIXES[syntax]}"


def _links(served: Served, thing: Thing, *, but: str = "") -> str:
    """List the documents about a thing (RFC 8288); those beside a document are its alternates."""
    relation = "alternate" if but else "describedby"
    return ", ".join(
        f'<{_path(served, thing, syntax)}>; rel="{relation}"; type="{media_type}"'
        for syntax, media_type in MEDIA_TYPES.items()
        if syntax != but
    )


def _own_links(served: Served, found: Found) -> str:
    """Say where a document stands (RFC 6596) and what it describes (RFC 6892)."""
    (kind, name), syntax = found
    iri = served.plan.iris[name] if kind == "term" else served.plan.categories[name]
    encoded = quote(iri, safe="%/:?#[]@!$&'()*+,;=~")
    return f'<{_path(served, found.thing, syntax)}>; rel="canonical", <{encoded}>; rel="describes"'


def _page(request: Request, text: str, headers: Mapping[str, str]) -> Response:
    return _body(request, text.encode("utf-8", "replace"), "text/html", headers, PAGES_POLICY)


def _body(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str], policy: str | None = None
) -> Response:
    """Give a body with its entity tag, or 304 to a client that has it."""
    tag = entity_tag(body)
    complete = {"etag": tag, "cache-control": "no-cache", **headers}
    if policy:
        complete["content-security-policy"] = policy
    if _is_known(request, tag):
        return Response(status_code=304, headers=complete)
    return Response(body, headers=complete, media_type=media_type)


def _is_known(request: Request, tag: str) -> bool:
    """Tell whether a client has an entity already (RFC 9110, section 13.1.2: the weak comparison)."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in known.split(","))


def _negotiated(request: Request) -> str | None:
    accept = ",".join(request.headers.getlist("accept"))
    media_type = best(accept, list(MEDIA_TYPES.values()))
    return _SYNTAX_OF[media_type] if media_type else None


def _syntax_of(path: str) -> str:
    return next(syntax for syntax, suffix in SUFFIXES.items() if path.endswith(suffix))
