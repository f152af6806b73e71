"""Rules for Apache: where a term's IRI answers, in the form that the client asks for.

Source: Best Practice Recipes for Publishing RDF Vocabularies, W3C Working Group Note, with weights besides: a form
that the client asks for with a lower weight than others gives way to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from termatlas.export.iris import segment
from termatlas.export.syntaxes import SUFFIXES
from termatlas.publish.addresses import address_of, folder_of
from termatlas.publish.dataset import MEDIA_TYPES
from termatlas.publish.moved import Moved
from termatlas.publish.site import Site
from termatlas.publish.sitemap import absolute
from termatlas.publish.siteurl import ascii_url

WHOLE = "data/glossary"  #: the files that hold the whole glossary, without suffix

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/~")
_TERM = "(?:faq/)?{}(?:/[0-9]+)?"  # a term's IRI, that of its questions, that of one of them
_AS_HTML = "RewriteCond %{ENV:FORM} =html"
_FILES_STAY = ("RewriteCond %{REQUEST_FILENAME} -f", "RewriteRule ^ - [L]")
_TYPES = (
    *(f"AddType {media} {SUFFIXES[syntax]}" for syntax, (media, _) in MEDIA_TYPES.items()),
    "AddCharset utf-8 .ttl .nt .trig .html",
    '<FilesMatch "^void$">',
    "ForceType text/turtle",
    "</FilesMatch>",
)
_NOT_REFUSED = r"(?!\s*q=0(?:\.0*)?\s*(?:,|$))"
_WHOLE_WEIGHT = r"(?!\s*q=0)"


def negotiation(site: Site, moved: Moved, *, own_host: bool = False) -> str:
    """Write the rules for the folder that is the base of a glossary's IRIs, such as one of w3id.org.

    They lead to the site, whose address must be known; with `own_host` they are for the site's own folder.
    """
    base = ascii_url(site.plan.base)
    head = [
        f"# {base}: each IRI leads to a page or to linked data, whichever the client asks for.",
        "# A term alone is there in HTML and Turtle; in any other form, only the whole glossary is.",
        "# Apache itself refuses IRIs with %2F or %3F in them, so terms whose slugs hold a slash or a question mark.",
        "<IfModule mod_headers.c>",
        "Header always merge Vary Accept env=FORM",
        "</IfModule>",
        "RewriteEngine on",
        *(_FILES_STAY if own_host else ()),
    ]
    parts: list[Iterable[str]] = [head, _forms(), _glossary(site, own_host=own_host)]
    if not base.endswith("#"):  # what follows that sign is never sent to a server
        parts[2:2] = [_moved(site, moved)]
        parts += [_terms(site)]
    return "\n".join(chain.from_iterable(parts)) + "\n"


def host_rules(site: Site, moved: Moved, former: Mapping[str, str]) -> str:
    """Write the rules for the site's own folder, on a host that runs Apache.

    `former` are the names of the files that stood for slugs of the past. Where the glossary's IRIs start with the
    site's address, the host also answers at the IRIs themselves.
    """
    lines = [f"ErrorDocument 404 {urlsplit(site.root).path}404.html", *_TYPES, "RewriteEngine on"]
    for slug, name in former.items():
        if slug in moved.to:
            target = _literal(site.root + site.addresses[moved.to[slug]])
            lines.append(_rule(f"{_pattern(address_of(name))}\\.(html|ttl)", f"{target}.$1", "R=301,L,NE"))
        else:
            lines.append(_rule(f"{_pattern(address_of(name))}\\.(?:html|ttl)", "-", "G"))
    text = "\n".join(lines) + "\n"
    return f"{text}\n{negotiation(site, moved, own_host=True)}" if is_own_host(site) else text


def is_own_host(site: Site) -> bool:
    """Tell whether the IRIs of a glossary start with the address of its site."""
    return ascii_url(site.plan.base) == site.root


def _forms() -> Iterator[str]:
    """Find the form to answer in: HTML, unless linked data is asked for, with no lower weight than HTML."""
    linked = [(SUFFIXES[syntax][1:], re.escape(media)) for syntax, (media, _) in reversed(MEDIA_TYPES.items())]
    html = ("html", r"(?:text/html|application/xhtml\+xml)")
    yield "\n# The form; a rule overrides those above it."
    yield "RewriteRule ^ - [E=FORM:html]"
    for form, media in linked:
        yield from _form(form, media, _NOT_REFUSED)
    for form, media in (html, *linked):
        yield from _form(form, media, _WHOLE_WEIGHT)


def _form(form: str, media: str, weight: str) -> Iterator[str]:
    yield f'RewriteCond %{{HTTP_ACCEPT}} "(?:^|[\\s,]){media}\\s*(?:$|,|;{weight})" [NC]'
    yield f"RewriteRule ^ - [E=FORM:{form}]"


def _moved(site: Site, moved: Moved) -> Iterator[str]:
    """Send those who ask for a slug of the past to its term, or tell them that there is none any more."""
    yield "\n# Terms that have another slug now, or are no more."
    for old, new in moved.to.items():
        yield _rule(_TERM.format(_pattern(segment(old))), _literal(site.plan.iris[new]), "R=301,L,NE")
    for old in moved.gone:
        yield _rule(_TERM.format(_pattern(segment(old))), "-", "G")


def _glossary(site: Site, *, own_host: bool) -> Iterator[str]:
    root = _literal(site.root)
    yield "\n# The glossary and its categories."
    yield _AS_HTML
    document = _pattern(site.plan.base.removeprefix(folder_of(site.plan.base)).rstrip("#"))
    yield _rule(
        document, "-" if own_host else _literal(absolute(site.root, site.start)), "L" if own_host else "R=303,L,NE"
    )
    for name, category in site.categories.items():
        local = _local(site, site.plan.categories.get(name, ""))  # groups of SKOS sources keep their own IRIs
        if local and unquote(f"{local}.html") != unquote(category.address):
            yield _AS_HTML
            yield _rule(_pattern(local), root + _literal(category.address), "R=303,L,NE")
    yield _AS_HTML
    yield _rule("(category/[^/]+)", f"{root}$1.html", "R=303,L")
    yield _rule(document or "(?:category/[^/]+)?", f"{root}{WHOLE}.%{{ENV:FORM}}", "R=303,L,NE")


def _terms(site: Site) -> Iterator[str]:
    root = _literal(site.root)
    yield "\n# Terms, and their questions."
    yield "RewriteCond %{ENV:FORM} !^(?:html|ttl)$"
    yield _rule(_TERM.format("[^/]+"), f"{root}{WHOLE}.%{{ENV:FORM}}", "R=303,L,NE")
    for slug, address in site.addresses.items():
        local = _local(site, site.plan.iris[slug])
        if local and unquote(local) != unquote(address):
            yield _rule(_TERM.format(_pattern(local)), f"{root}{_literal(address)}.%{{ENV:FORM}}", "R=303,L,NE")
    yield _rule(_TERM.format("([^/]+)"), f"{root}$1.%{{ENV:FORM}}", "R=303,L")


def _local(site: Site, iri: str) -> str:
    """Give what follows the base in an IRI, "" where no server could tell it from others."""
    base = site.plan.base
    return iri.removeprefix(base) if iri.startswith(base) and not base.endswith("#") else ""


def _rule(pattern: str, target: str, flags: str) -> str:
    return f"RewriteRule ^{pattern}$ {target} [{flags}]"


def _pattern(local: str) -> str:
    r"""Write part of an IRI as a regular expression for what Apache compares with it: its bytes, decoded.

    >>> _pattern("a%2Fb"), _pattern("é.x"), _pattern("clip")
    ('a/b', '\\xc3\\xa9\\x2ex', 'clip')
    """
    return "".join(chr(byte) if byte in _PLAIN else f"\\x{byte:02x}" for byte in unquote_to_bytes(local))


def _literal(iri: str) -> str:
    """Write an IRI as the target of a rule, where per cent and dollar signs would stand for parts of a match."""
    return ascii_url(iri).replace("%", "\\%").replace("$", "\\$")
