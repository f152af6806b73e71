"""All files of a site, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from termatlas.align import Mappings
from termatlas.explorer import explorer_page
from termatlas.export.mappings import mappings_file, matches_block
from termatlas.export.rdf import term_rdf, write_rdf
from termatlas.export.syntaxes import SUFFIXES
from termatlas.publish.addresses import root_path
from termatlas.publish.assets import assets
from termatlas.publish.dataset import DESCRIPTION, Dump, dataset
from termatlas.publish.extent import extent
from termatlas.publish.htaccess import WHOLE, host_rules, is_own_host, negotiation
from termatlas.publish.linkcheck import Links, links_of
from termatlas.publish.moved import Moved
from termatlas.publish.pages import pages
from termatlas.publish.redirects import redirect_files, redirect_lines
from termatlas.publish.site import Site
from termatlas.publish.sitemap import robots, sitemaps
from termatlas.publish.stage import File
from termatlas.survey import Survey

EXPLORER: Final = "explorer.html"
_BATCHES = 10  # into which pages and terms are divided for a progress bar
#: How often the progress of `contents` is told.
STEPS: Final = 2 * _BATCHES + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the files of a site are made of."""

    site: Site
    survey: Survey
    mappings: Mappings | None
    moved: Moved  #: slugs of the past
    former: dict[str, str]  #: the names of their files, without suffix


def contents(
    parts: Contents, scratch: Path, links: dict[str, Links], progress: Callable[[str], None]
) -> Iterator[File]:
    """Yield every file of a site; a file of the user's own stands in place of one of ours.

    Large files wait in the folder `scratch`. The links of pages are noted in `links`, by path.
    """
    own = dict(assets(parts.site))
    yield from own.items()
    for made in (
        _pages(parts.site, links, progress),
        _terms(parts.site, progress),
        _explorer(parts.survey, progress),
        _linked_data(parts.site, scratch, progress),
        _mappings(parts),
        _for_crawlers(parts.site),
        redirect_files(parts.site, parts.moved, parts.former),
        _for_hosts(parts),
    ):
        yield from (file for file in made if file[0] not in own)


def _pages(site: Site, links: dict[str, Links], progress: Callable[[str], None]) -> Iterator[File]:
    makers = pages(site)
    below = root_path(site.root)
    say = _in_batches(len(makers), "pages", progress)
    for number, (path, make) in enumerate(makers.items()):
        say(number)
        html = make()
        links[path] = links_of(path, html, below)
        yield path, html.encode("utf-8", "replace")


def _in_batches(count: int, what: str, progress: Callable[[str], None]) -> Callable[[int], None]:
    """Give a function that tells the progress about ten times, given how many of `count` are done."""
    steps = {batch * count // _BATCHES for batch in range(_BATCHES)}
    return lambda number: progress(f"writing {what}, {number:,} of {count:,}") if number in steps else None


def _terms(site: Site, progress: Callable[[str], None]) -> Iterator[File]:
    say = _in_batches(len(site.files), "linked data of terms", progress)
    for number, (slug, stem) in enumerate(site.files.items()):
        say(number)
        matches = site.mappings.get(slug)
        further = [matches_block(site.plan.iris[slug], matches)] if matches else []
        yield f"{stem}.ttl", term_rdf(site.plan, slug, "turtle", further)


def _explorer(survey: Survey, progress: Callable[[str], None]) -> Iterator[File]:
    progress("writing the explorer")
    yield EXPLORER, explorer_page(survey).encode("utf-8", "replace")


def _linked_data(site: Site, scratch: Path, progress: Callable[[str], None]) -> Iterator[File]:
    """Write the whole glossary in five syntaxes, and a description of it."""
    progress("writing linked data")
    files = {syntax: scratch / f"glossary{suffix}" for syntax, suffix in SUFFIXES.items()}
    with ExitStack() as stack:
        write_rdf(site.glossary, {syntax: stack.enter_context(path.open("wb")) for syntax, path in files.items()})
    with files["nt"].open("rb") as lines:
        found = extent(lines)
    dumps = [
        Dump(path=f"{WHOLE}{SUFFIXES[syntax]}", syntax=syntax, size=file.stat().st_size)
        for syntax, file in files.items()
    ]
    for dump in dumps:
        yield dump.path, files[dump.syntax]
    description = dataset(site.plan, site.root, found, dumps, site.ranked[:3])
    yield DESCRIPTION, description
    if site.root:  # without it, the addresses in it hold in its own folder alone
        yield ".well-known/void", description


def _mappings(parts: Contents) -> Iterator[File]:
    if parts.mappings:
        yield "data/mappings.trig", mappings_file(parts.mappings, parts.site.glossary, "trig")


def _for_crawlers(site: Site) -> Iterator[File]:
    yield "robots.txt", robots(site.root)
    if site.root:
        yield from sitemaps(site.root, [*(path for path in pages(site) if path != "404.html"), EXPLORER])


def _for_hosts(parts: Contents) -> Iterator[File]:
    """Write what hosts want to know: that files may begin with an underscore, what moved, what to answer with."""
    site, moved, former = parts.site, parts.moved, parts.former
    yield ".nojekyll", b""
    if lines := list(redirect_lines(site, moved, former)):
        yield "_redirects", "".join(f"{line}\n" for line in lines).encode("ascii")
    if site.root:
        yield ".htaccess", host_rules(site, moved, former).encode("ascii")
    if site.root and site.plan.base.startswith("http") and not is_own_host(site):
        yield "w3id/.htaccess", negotiation(site, moved).encode("ascii")
