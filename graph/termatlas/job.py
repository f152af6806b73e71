"""The main job: a glossary → all the files that an editor came for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from termatlas.align import Mappings
from termatlas.checklist import checklist_csv
from termatlas.collector import collector_paused
from termatlas.errors import UsageError
from termatlas.explorer import explorer_page
from termatlas.export.findings_json import findings_json
from termatlas.export.gexf import gexf
from termatlas.export.graphml import graphml
from termatlas.export.iris import checked_base
from termatlas.export.mappings import mappings_file
from termatlas.export.network import network_page
from termatlas.export.nodelink import nodelink
from termatlas.export.rdf import write_rdf
from termatlas.export.report import report_page
from termatlas.export.suggestions import suggestions_rdf
from termatlas.export.tables import links_csv, terms_csv
from termatlas.findings import LEVELS
from termatlas.model import Glossary
from termatlas.replace_files import replaced_together
from termatlas.sources import Options
from termatlas.suggest import Suggestion
from termatlas.survey import Survey, survey
from termatlas.version import __version__

#: File → what writes it, as pieces of text.
TEXTS: dict[str, Callable[[Survey], Iterable[str]]] = {
    "terms.csv": lambda known: terms_csv(known.graph, known.columns),
    "links.csv": lambda known: links_csv(known.graph),
    "findings.json": lambda known: findings_json(known.findings),
    "graph.graphml": lambda known: graphml(known.graph, measures=known.columns, positions=known.positions),
    "graph.gexf": lambda known: gexf(known.graph, measures=known.columns, positions=known.positions),
    "graph.json": lambda known: nodelink(known.graph, measures=known.columns, positions=known.positions),
    "network.html": lambda known: [_network_page(known)],
    "report.html": lambda known: [report_page(known)],
    "explorer.html": lambda known: [explorer_page(known)],
}

#: File → what writes it where suggestions were asked for.
SUGGESTIONS: dict[str, Callable[[Survey], Iterable[str]]] = {
    "suggestions.csv": lambda known: checklist_csv(known.suggested.links if known.suggested else (), known.glossary),
    "suggestions.trig": lambda known: suggestions_rdf(
        known.suggested.links if known.suggested else (), known.glossary, "trig"
    ),
}

#: File → the syntax of linked data that it holds; they are written together.
SYNTAXES = {
    "glossary.ttl": "turtle",
    "glossary.nt": "nt",
    "glossary.rdf": "xml",
    "glossary.jsonld": "jsonld",
    "glossary.trig": "trig",
}

#: All files but the manifest.
FILES = (*TEXTS, *SYNTAXES)

#: Written where mappings are given.
MAPPINGS = "mappings.trig"

MANIFEST = "manifest.json"


@collector_paused()
def write_exports(  # noqa: PLR0913 (by keyword, one for each thing that an editor may bring)
    glossary: Glossary,
    out: Path,
    *,
    settings: Options | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
    keep: Callable[[Iterable[Suggestion]], Iterable[Suggestion]] | None = None,
    mappings: Mappings | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Write every file of the main job into the folder `out`, all or none, and give the manifest.

    With `positions`, those of an earlier map by slug, terms stay about where they were. Links, terms and duplicates
    are suggested only where `keep` is given; it says which suggested links to keep. `mappings` to other vocabularies
    get a file of their own.

    Raises `OutputError` where `out` cannot be written, `UsageError` where the base IRI is none.
    """
    checked_base(glossary.base_iri)
    known = survey(glossary, progress, start=positions, keep=keep)
    files = (*TEXTS, *(SUGGESTIONS if keep else ()))
    with replaced_together(out) as folder:
        for name in files:
            progress(f"writing {name}")
            with (folder / name).open("wb") as stream:
                _write_text(known, name, stream)
        progress("writing linked data")
        _write_linked_data(glossary, {name: folder / name for name in SYNTAXES})
        if mappings:
            (folder / MAPPINGS).write_bytes(mappings_file(mappings, glossary, "trig"))
        written = {path.name: path for path in sorted(folder.iterdir())}
        manifest = _manifest(known, settings or Options(), mappings, written)
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return manifest


@collector_paused()
def export_one(glossary: Glossary, name: str) -> bytes:
    """Make one file of the main job.

    Raises `UsageError` for a name that no file has.
    """
    stream = BytesIO()
    if name in SYNTAXES:
        write_rdf(glossary, {SYNTAXES[name]: stream})
    elif name in TEXTS:
        _write_text(survey(glossary), name, stream)
    else:
        raise UsageError(f'there is no export "{name}"; there are {", ".join(FILES)}')
    return stream.getvalue()


def _network_page(known: Survey) -> str:
    return network_page(
        known.graph,
        title=known.glossary.title,
        language=known.glossary.language,
        positions=known.positions,
        ranks=known.measures["pagerank"],
        statuses=known.status,
    )


def _write_text(known: Survey, name: str, stream: BinaryIO) -> None:
    for piece in (TEXTS | SUGGESTIONS)[name](known):
        stream.write(piece.encode("utf-8", "replace"))


def _write_linked_data(glossary: Glossary, paths: Mapping[str, Path]) -> None:
    streams: dict[str, BinaryIO] = {}
    try:
        for name, path in paths.items():
            streams[SYNTAXES[name]] = path.open("wb")
        write_rdf(glossary, streams)
    finally:
        for stream in streams.values():
            stream.close()


def _manifest(known: Survey, settings: Options, mappings: Mappings | None, paths: Mapping[str, Path]) -> dict[str, Any]:
    """Say what was read, how, and what came of it; no time of day, so that the same input gives the same bytes."""
    glossary = known.glossary
    levels = {level: sum(finding.level == level for finding in known.findings) for level in LEVELS}
    return {
        "termatlas": __version__,
        "title": glossary.title,
        "language": glossary.language,
        "base_iri": glossary.base_iri,
        "options": asdict(settings),
        "sources": [asdict(source) for source in glossary.sources],
        "counts": {
            **{key: known.stats[key] for key in ("terms", "wanted", "links", "categories")},
            "findings": len(known.findings),
            "levels": levels,
            **({"suggested_links": len(known.suggested.links)} if known.suggested else {}),
            **({"mappings": len(mappings.asserted)} if mappings else {}),
        },
        "sampled": sorted(name for name, exact in known.measures.exact.items() if not exact),
        "outputs": {name: _sha256(path) for name, path in paths.items()},
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
