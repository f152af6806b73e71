"""Accepted links → the sources that carry them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from termatlas.apply.context import Context
from termatlas.apply.edits import as_read, edited
from termatlas.apply.formats import WRITERS, Editor
from termatlas.apply.model import Accepted, Adding, Applied, Change, Edit, NotWritable, Outcome
from termatlas.apply.patch import patch_entry, patch_text
from termatlas.apply.proof import prove
from termatlas.apply.swap import swapped
from termatlas.checklist import source_id
from termatlas.errors import UsageError
from termatlas.model import Glossary
from termatlas.sources import Options, read, settings_for
from termatlas.sources.files import translated

_FIRST = "no term had a field for related terms; it stands in a new one"
_AGAIN = "look at it again: termatlas suggest links"


def apply_links(
    links: Iterable[Accepted],
    *sources: str | Path,
    options: Options | None = None,
    strict: bool = False,
    patch: Path | None = None,
    dry_run: bool = False,
) -> Applied:
    """Write accepted links into the sources: all files are replaced, or none, and nothing else in them changes.

    Afterwards the sources are read again: they must hold what they held and the links, each resolved to its target;
    else the old files come back. What a source cannot take, or a site makes the source of, goes to the file `patch`.

    Raises `UsageError` without sources, `SourceError` where they cannot be read, `OutputError` where a file cannot be
    written or the proof fails.
    """
    if not sources:
        raise UsageError("name the sources to write into: without them it would be the atlas that TermAtlas ships")
    options = settings_for(sources) if options is None else options
    glossary = read(*sources, options=options, strict=strict)
    applied = planned(links, Context(glossary=glossary, options=options), patch)
    if applied.changes and not dry_run:
        with swapped(applied.changes):
            prove(glossary, read(*sources, options=options), applied)
    return applied


def planned(links: Iterable[Accepted], context: Context, patch: Path | None = None) -> Applied:
    """Work out what applying links does."""
    wanted = {(link.source, link.target): link for link in links}
    outcomes = {pair: _judged(link, context.glossary) for pair, link in wanted.items()}
    changes: dict[Path, Change] = {}
    for file, addings in _by_file([link for pair, link in wanted.items() if outcomes[pair] is None], context).items():
        refused, change = _written(file, addings, context)
        changes.update({Path(file): change} if change.new != change.old else {})
        for adding in addings:
            for target in adding.targets:
                pair = (adding.term.slug, target.slug)
                outcomes[pair] = _outcome(wanted[pair], refused.get(pair), file, context)
    settled = [outcome for outcome in outcomes.values() if outcome]
    entries = tuple(_entries(settled, context))
    return Applied(outcomes=tuple(settled), changes=changes | _patch_change(entries, patch), patch=entries)


def _judged(link: Accepted, glossary: Glossary) -> Outcome | None:
    """Settle a link that need not or must not be written; None where it is to be."""
    source = glossary.get(link.source)
    if missing := [slug for slug in (link.source, link.target) if slug not in glossary]:
        return Outcome(link=link, state="refused", reason=f'no term is called "{missing[0]}" now', cure=_AGAIN)
    if link.source == link.target:
        return Outcome(link=link, state="refused", reason="a term does not link to itself", cure="take the row out")
    if source and any(reference.target == link.target for reference in source.related):
        return Outcome(link=link, state="there")
    if source and link.source_id and link.source_id != source_id(source):
        reason = f"the texts of {link.source} are not those that the link was suggested for"
        return Outcome(link=link, state="refused", reason=reason, cure=_AGAIN)
    return None


def _by_file(links: Sequence[Accepted], context: Context) -> dict[str, list[Adding]]:
    """Group links by the file that takes them, and by term."""
    glossary = context.glossary
    targets: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        targets[link.source].append(link.target)
    addings: defaultdict[str, list[Adding]] = defaultdict(list)
    for slug, others in targets.items():
        adding = Adding(term=glossary[slug], targets=tuple(glossary[other] for other in others))
        addings[context.destination(adding.term)].append(adding)
    return addings


_Refused = Mapping[tuple[str, str], NotWritable]


def _written(file: str, addings: Sequence[Adding], context: Context) -> tuple[_Refused, Change]:
    """Give a file's content with links, and those that it cannot take."""
    with translated(file):
        data = Path(file).read_bytes()
    writer = WRITERS.get(context.readers[file])
    if writer is None:
        made = NotWritable("a site or a program makes the file", "add the link where that has it from")
        pairs = ((adding.term.slug, target.slug) for adding in addings for target in adding.targets)
        return dict.fromkeys(pairs, made), Change(data, data)
    editor = writer(as_read(data), file, context)
    refused: dict[tuple[str, str], NotWritable] = {}
    edits = [edit for adding in addings for edit in _edits(editor, adding, refused)]
    return refused, Change(data, edited(data, edits))


def _edits(editor: Editor, adding: Adding, refused: dict[tuple[str, str], NotWritable]) -> list[Edit]:
    """Give the edits for one term; where they cannot be made, those for the targets that are not to blame."""
    try:
        return editor(adding)
    except NotWritable as error:
        if len(adding.targets) == 1:
            refused[adding.term.slug, adding.targets[0].slug] = error
            return []
    alone = [Adding(term=adding.term, targets=(target,)) for target in adding.targets]
    fit = tuple(one.targets[0] for one in alone if _edits(editor, one, refused))
    return editor(Adding(term=adding.term, targets=fit)) if fit else []


def _outcome(link: Accepted, error: NotWritable | None, file: str, context: Context) -> Outcome:
    reader = context.readers[file]
    if error is None:
        is_first = reader not in context.linked_readers and file not in context.link_tables
        return Outcome(link=link, state="added", reason=_FIRST if is_first else "")
    is_made = reader not in WRITERS
    return Outcome(link=link, state="patch" if is_made else "refused", reason=error.reason, cure=error.cure)


def _entries(outcomes: Iterable[Outcome], context: Context) -> Iterator[Mapping[str, object]]:
    """List what is left for a person to add, by file and term."""
    glossary = context.glossary
    left = [
        outcome
        for outcome in outcomes
        if outcome.state == "patch" or (outcome.state == "refused" and _judged(outcome.link, glossary) is None)
    ]
    for outcome in sorted(left, key=lambda outcome: (outcome.link.source, outcome.link.target)):
        yield patch_entry(glossary, outcome, context.readers[glossary[outcome.link.source].file])


def _patch_change(entries: Sequence[Mapping[str, object]], patch: Path | None) -> dict[Path, Change]:
    if not entries or patch is None:
        return {}
    with translated(patch.as_posix()):
        old = patch.read_bytes() if patch.exists() else b""
    new = patch_text(entries).encode("utf-8", "replace")
    return {patch: Change(old, new)} if new != old else {}
