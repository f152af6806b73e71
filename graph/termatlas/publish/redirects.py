"""What stands where a term was before its slug changed, so that old links still arrive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urlsplit

from termatlas.export.iris import segment
from termatlas.publish.addresses import address_of
from termatlas.publish.files import RESERVED, file_names
from termatlas.publish.manifest import Manifest
from termatlas.publish.moved import Moved
from termatlas.publish.site import Site
from termatlas.publish.texts import sound

_PAGE = """\
<!doctype html>
<html{language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<title>{name}</title>
{canonical}<link rel="icon" type="image/svg+xml" href="./site/icon.svg">
<link rel="stylesheet" href="./site/site.css">
</head>
<body>
<main>
<p><a href="{address}">{name}</a></p>
</main>
</body>
</html>
"""

_TURTLE = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

<{old}> owl:deprecated true ;
    dct:isReplacedBy <{new}> .
"""


def former_names(site: Site, was: Manifest, moved: Moved) -> dict[str, str]:
    """Give the name of the files that stand, or stood, for each slug of the past, without suffix.

    It is the name that they had; a slug that has none because another term's file has it now is left out.
    """
    taken = {stem.casefold() for stem in site.files.values()}
    known = {**was.stood, **{slug: entry.file for slug, entry in was.terms.items()}}
    slugs = [*moved.to, *moved.gone]
    names = file_names(slugs, reserved=RESERVED | taken)
    former = {}
    for slug in slugs:
        name = known.get(slug, names[slug])
        if name.casefold() not in taken:
            taken.add(name.casefold())
            former[slug] = name
    return former


def redirect_files(site: Site, moved: Moved, former: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Write, for each slug whose term has another now, a page and linked data that lead there."""
    for old, new in moved.to.items():
        if old in former:
            yield f"{former[old]}.html", _page(site, new).encode()
            iri = site.plan.base + segment(old)
            yield f"{former[old]}.ttl", _TURTLE.format(old=iri, new=site.plan.iris[new]).encode()


def _page(site: Site, slug: str) -> str:
    address = f"{site.addresses[slug]}.html"
    canonical = f'<link rel="canonical" href="{escape(site.root + address)}">\n' if site.root else ""
    language = f' lang="{site.language}"' if site.language else ""
    name = escape(site.name(slug))
    return sound(_PAGE.format(language=language, address=f"./{address}", name=name, canonical=canonical))


def redirect_lines(site: Site, moved: Moved, former: Mapping[str, str]) -> Iterator[str]:
    """Write the lines of ``_redirects``, which Netlify and Cloudflare Pages answer with a real redirect."""
    folder = urlsplit(site.root).path or "/"
    for old, new in moved.to.items():
        if old in former:
            target = f"{folder}{site.addresses[new]}.html"
            place = folder + address_of(former[old])
            yield from (f"{place}{suffix} {target} 301" for suffix in ("", ".html"))
            yield f"{place}.ttl {folder}{site.addresses[new]}.ttl 301"
