"""``termatlas.patch.json``: what a person, or a site's own program, has to add where TermAtlas cannot write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from termatlas.apply.model import Outcome
from termatlas.model import Glossary, Term
from termatlas.terminal import as_json

NAME = "termatlas.patch.json"
_RELATED = "http://www.w3.org/2004/02/skos/core#related"


def patch_entry(glossary: Glossary, outcome: Outcome, reader: str) -> dict[str, object]:
    """Say where a link is to be added, and what: a triple to linked data, an item to a list of related terms else."""
    source, target = glossary[outcome.link.source], glossary[outcome.link.target]
    entry: dict[str, object] = {"file": source.file, "line": source.line, "place": source.field}
    return {
        **{key: value for key, value in entry.items() if value},
        "term": source.slug,
        "add": _triple(source, target) if reader == "skos" else {"slug": target.slug, "name": target.name},
        "why": "; ".join(filter(None, (outcome.reason, outcome.cure))),
    }


def _triple(source: Term, target: Term) -> str:
    return f"<{source.iri}> <{_RELATED}> <{target.iri}> ."


def patch_text(entries: Iterable[Mapping[str, object]]) -> str:
    """Write the patch."""
    return as_json({"links": list(entries)}) + "\n"
