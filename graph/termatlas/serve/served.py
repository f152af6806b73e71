"""What a server answers from: one reading of the sources, prepared in a folder and loaded whole.

`prepare` does what takes long, and can do so in another process; `load` does what has to be done in the server's own.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from urllib.parse import quote

from termatlas.align.model import Mappings
from termatlas.collector import collector_paused
from termatlas.export.blocks import Block, Plan, blocks, plan
from termatlas.export.mappings import Syntax, mappings_file, matches_block, matches_by_term
from termatlas.export.rdf import term_rdf, write_rdf
from termatlas.export.syntaxes import writers
from termatlas.model import Glossary
from termatlas.query.run import USUAL_PREFIXES
from termatlas.serve.addresses import SUFFIXES, Addresses, Thing, addresses, key
from termatlas.serve.names import Called, Names, names

if TYPE_CHECKING:
    from termatlas.publish.site import Site

_RECORDS: Final = "glossary.pickle"
_EXPLORER: Final = "explorer.html"
_MAPPINGS: Final[Mapping[str, Syntax]] = {"mappings.trig": "trig", "mappings.ttl": "turtle", "mappings.nt": "nt"}
_SYNTAXES: Final = {syntax: f"glossary{suffix}" for syntax, suffix in SUFFIXES.items() if syntax != "html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A glossary and all that answers are made from."""

    folder: Path  #: that it was prepared in
    glossary: Glossary
    plan: Plan
    site: Site  #: the pages, as `termatlas publish` writes them
    pages: Mapping[str, Callable[[], str]]  #: key → what makes the page, of those about several terms
    assets: Mapping[str, bytes]  #: key → the files that the pages need
    categories: Mapping[str, Block]  #: category → what is said about it as linked data
    addresses: Addresses
    names: Names
    explorer: bytes
    whole: Mapping[str, tuple[Path, str]]  #: syntax → the file of the whole glossary and its entity tag
    mapped: Mapping[str, tuple[Path, str]]  #: the same of the mappings, if there are any


@collector_paused()
def prepare(
    glossary: Glossary,
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    mappings: Mappings | None = None,
    templates: Path | None = None,
) -> None:
    """Write what takes long to make into a folder: the explorer and the glossary in each syntax of linked data.

    `mappings` lead to other vocabularies; the folder `templates` holds the user's own for pages.
    Raises `UsageError` where the glossary's base IRI is none.
    """
    from termatlas.explorer import explorer_page
    from termatlas.survey import survey

    with ExitStack() as files:
        streams = {syntax: files.enter_context((folder / name).open("wb")) for syntax, name in _SYNTAXES.items()}
        write_rdf(glossary, cast("Mapping[str, BinaryIO]", streams))
    progress("writing linked data")
    (folder / _EXPLORER).write_text(explorer_page(survey(glossary, progress)), "utf-8", "replace", "\n")
    progress("drawing the explorer")
    if mappings:
        for name, syntax in _MAPPINGS.items():
            (folder / name).write_bytes(mappings_file(mappings, glossary, syntax))
    records = glossary, matches_by_term(mappings) if mappings else {}, templates
    (folder / _RECORDS).write_bytes(pickle.dumps(records, pickle.HIGHEST_PROTOCOL))


@collector_paused()
def load(folder: Path) -> Served:
    """Make ready to answer from what `prepare` wrote.

    Raises `SourceError` or `UsageError` where the user's templates cannot be used.
    """
    from termatlas.publish.assets import assets
    from termatlas.publish.pages import furniture
    from termatlas.publish.site import site

    glossary: Glossary
    records = pickle.loads((folder / _RECORDS).read_bytes())  # noqa: S301 (our own, in a folder that is ours)
    glossary, matches, templates = records
    known = plan(glossary)
    places = addresses(known)
    about = site(
        glossary,
        root=_origin(known.base),
        addresses=_of_terms(places, glossary),
        templates=templates,
        mappings=matches,
        explorer="",
        known=known,
    )
    if templates:
        _try_templates(about)
    return Served(
        folder=folder,
        glossary=glossary,
        plan=known,
        site=about,
        pages={key(quote(path)): make for path, make in furniture(about).items()},
        assets={key(quote(path)): body for path, body in assets(about)},
        categories=_categories(known),
        addresses=places,
        names=names(_calls(about)),
        explorer=(folder / _EXPLORER).read_bytes(),
        whole={syntax: (folder / name, _file_tag(folder / name)) for syntax, name in _SYNTAXES.items()},
        mapped={
            syntax: (path, _file_tag(path)) for name, syntax in _MAPPINGS.items() if (path := folder / name).exists()
        },
    )


def dataset(served: Served) -> bytes:
    """Give all that SPARQL is asked of, as TriG: the glossary, and its mappings in a graph of their own."""
    files = [file["trig"][0] for file in (served.whole, served.mapped) if file]
    return b"\n".join(path.read_bytes() for path in files)


def thing_rdf(served: Served, thing: Thing, syntax: str) -> bytes:
    """Give what is said about a term or a category in one syntax."""
    kind, name = thing
    if kind == "term":
        matches = served.site.mappings.get(name)
        further = [matches_block(served.plan.iris[name], matches)] if matches else []
        return term_rdf(served.plan, name, syntax, further)
    writer = writers(served.plan)[syntax]
    return (writer.head + writer.block(served.categories[name]) + writer.tail).encode()


def prefixes(known: Plan) -> dict[str, str]:
    """Give the prefixes that a query may use without declaring them."""
    return {**USUAL_PREFIXES, "term": known.base}


def entity_tag(body: bytes) -> str:
    """Give the strong entity tag of a body: the same bytes, the same tag, whenever they were made."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def _try_templates(about: Site) -> None:
    """Make one page of each kind, so that what is wrong with the user's templates is said before anybody asks."""
    from termatlas.publish.pages import furniture
    from termatlas.publish.term_page import term_page

    made = furniture(about).items()
    kinds = {(path.partition("/")[0], path.endswith("index.html")): make for path, make in made}
    for make in kinds.values():
        make()
    if about.order:
        term_page(about, about.order[0])


def _categories(known: Plan) -> dict[str, Block]:
    """Find what is said about each category: before the terms, so that few blocks have to be made."""
    names_of = {iri: name for name, iri in known.categories.items()}
    found = (block for block in blocks(known) if block.subject in names_of)
    return {names_of[block.subject]: block for block in islice(found, len(names_of))}


def _file_tag(path: Path) -> str:
    digest = blake2b(digest_size=12)
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return f'"{digest.hexdigest()}"'


def _of_terms(places: Addresses, glossary: Glossary) -> dict[str, str]:
    return {name: at for (kind, name), at in places.of.items() if kind == "term" and name in glossary}


def _origin(base: str) -> str:
    """Give the root of the host that IRIs are at: the paths served are those below it."""
    scheme, slashes, rest = base.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/" if slashes else ""


def _calls(about: Site) -> Iterator[Called]:
    """Yield what terms are called, those with the most links to them first."""
    slugs = [*about.order, *about.wanted]
    for slug in sorted(slugs, key=lambda slug: (-len(about.coming.get(slug, ())), slug)):
        yield Called(slug, "name", about.name(slug))
        yield Called(slug, "slug", slug)
        if slug in about.glossary:
            yield from (Called(slug, "alias", alias) for alias in about.glossary[slug].aliases)
