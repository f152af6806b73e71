"""A glossary → a folder that any web server can serve, and any browser open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from termatlas.align import Mappings
from termatlas.collector import collector_paused
from termatlas.errors import OutputError
from termatlas.export.blocks import plan
from termatlas.export.mappings import matches_by_term
from termatlas.model import Glossary
from termatlas.publish.addresses import folder_of
from termatlas.publish.contents import Contents, contents
from termatlas.publish.folder import check_place, earlier_run
from termatlas.publish.linkcheck import Links, broken
from termatlas.publish.manifest import Manifest, entries
from termatlas.publish.moved import moved_terms, read_redirects
from termatlas.publish.redirects import former_names
from termatlas.publish.removed import no_longer_made
from termatlas.publish.site import site
from termatlas.publish.siteurl import ascii_url, checked_site_url
from termatlas.publish.stage import stage
from termatlas.publish.swap import beside, swap
from termatlas.survey import survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a run of `publish` did."""

    out: Path
    root: str  #: the address that the site gives itself; "" where it knows none
    files: int  #: of the site, the manifest not counted
    written: int  #: of those, the ones that were not there, or not like that
    removed: int  #: files of an earlier run that are no longer made
    kept: tuple[str, ...]  #: files of an earlier run that are no longer made and that others have changed
    moved: Mapping[str, str]  #: slug that vanished since the earlier run → the slug that its term has now


@collector_paused()
def publish(  # noqa: PLR0913 (what a user may set)
    glossary: Glossary,
    out: str | Path,
    *,
    site_url: str = "",
    templates: str | Path | None = None,
    redirects: str | Path | None = None,
    mappings: Mappings | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Published:
    """Write a glossary as a static site into the folder `out`; of an earlier run there, only what changed.

    All files are made before the first is put in its place; on an error the folder is as it was. `site_url` is where
    the site will stand, else the base IRI; `redirects` is a CSV of old slugs and new; `mappings` lead to concepts of
    other vocabularies.

    Raises `UsageError` where `site_url` is no address, `SourceError` where templates or redirects cannot be used,
    `OutputError` where `out` cannot be written, holds the files of others, or a page would have a broken link.
    """
    out = Path(out)
    root = checked_site_url(site_url) if site_url else ascii_url(folder_of(plan(glossary).base))
    check_place(out, [source.file for source in glossary.sources])
    listed = read_redirects(Path(redirects)) if redirects else []
    own = Path(templates) if templates else None
    pages = site(glossary, root=root, templates=own, mappings=matches_by_term(mappings) if mappings else {})
    with beside(out) as waiting:
        was = earlier_run(out)
        now = entries(glossary, pages.files)
        moved = moved_terms(listed, was, now, glossary, str(redirects or ""))
        former = former_names(pages, was, moved)
        surveyed = survey(glossary, progress)
        pages = replace(pages, positions=surveyed.positions)
        parts = Contents(site=pages, survey=surveyed, mappings=mappings, moved=moved, former=former)
        links: dict[str, Links] = {}
        staged = stage(contents(parts, waiting, links, progress), out, waiting / "new", was.files)
        _check_links(links, staged.files, out, was.files)
        gone, kept = no_longer_made(out, was.files, staged.files)
        is_now = Manifest(
            terms=now, moved=moved.to, gone=tuple(moved.gone), stood=former, files=dict(sorted(staged.files.items()))
        )
        progress("putting them in place")
        swap(out, waiting, staged.new, gone, was, is_now)
    return Published(
        out=out,
        root=root,
        files=len(staged.files),
        written=len(staged.new),
        removed=len(gone),
        kept=tuple(kept),
        moved={old: new for old, new in moved.to.items() if old in was.terms},
    )


def _check_links(links: Mapping[str, Links], files: Mapping[str, str], out: Path, was: Mapping[str, str]) -> None:
    """Check that no page leads to a file or place of the site that is not there; to files of others it may.

    Raises `OutputError`.
    """

    def is_there(path: str) -> bool:
        return path in files or (path not in was and (out / path).is_file())

    page, target = next(broken(links, is_there), ("", ""))
    if page:
        raise OutputError(
            (out / page).as_posix(),
            f'would link to "{target}", which the site does not have',
            "mend the template, or put the file into the folder of --templates",
        )
