"""How a glossary writes its links, so that new ones are written alike."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from termatlas.apply.model import NotWritable
from termatlas.errors import UsageError
from termatlas.model import Reference, Term
from termatlas.resolve import Index, find
from termatlas.sources.fields import field_named
from termatlas.sources.options import Options
from termatlas.sources.places import is_page_file, target_of

_PLACE = re.compile(r"(?:.*, )?(?P<key>.+)\[(?P<position>\d+)\]", re.DOTALL)
_BEFORE = re.compile(r"(?:\[\[)?(?:[\w.+-]+:/)?(?:[\w.~%-]*/)*#?")
_AFTER = re.compile(r"(?:/|\.html?)?(?:\]\])?")
_LABEL = re.compile(r"[|#][^\[\]]*(?=\]\])")
_BRACKETS = re.compile(r"\[\[(.*)\]\]", re.DOTALL)


class Form(NamedTuple):
    """A way to write a link: an identity of its target between two texts.

    >>> Form("name", "[[", "]]").written(Term(slug="a", name="A"), Term(slug="b", name="Bee"))
    '[[Bee]]'
    """

    identity: str  #: ``slug``, ``name``, ``iri``, ``page`` (the page's address below the root) or ``file``
    before: str = ""
    after: str = ""

    def written(self, source: Term, target: Term) -> str:
        """Write the link from `source` to `target`; "" where the target has no such identity."""
        identity = _identities(source, target).get(self.identity, "")
        return f"{self.before}{identity}{self.after}" if identity else ""


class Example(NamedTuple):
    """A link as its source writes it, and where it leads."""

    raw: str
    target: Term


_DEFAULTS = (Form("slug"), Form("name"), Form("iri"), Form("file"), Form("page"))


@dataclass(frozen=True, kw_only=True)
class House:
    """What links look like in a glossary: the field they stand in, their forms, most frequent first, their kind."""

    key: str
    forms: tuple[Form, ...]
    kind: str
    index: Index
    by_slug: Mapping[str, Term]
    options: Options
    sample: Mapping[str, Any] = field(default_factory=dict)  #: a link of the file, where links are mappings
    sample_text: str = ""  #: the same as it is written, in JSON
    in_lines: bool = False  #: whether JSON has its links on a line each


def _identities(source: Term, target: Term) -> dict[str, str]:
    folder = posixpath.dirname(source.file)
    return {
        "slug": target.slug,
        "name": target.name,
        "iri": target.iri,
        "page": target.anchors[0] if target.anchors else "",
        "stem": PurePosixPath(target.file).stem,
        "file": posixpath.relpath(target.file, folder or ".") if is_page_file(target.file) else "",
    }


def form_of(raw: str, source: Term, target: Term) -> Form | None:
    """Find the form that a link is written in; None where it is none that could be written again.

    >>> form_of("[[Bee|bees]]", Term(slug="a", name="A"), Term(slug="b", name="Bee"))
    Form(identity='name', before='[[', after=']]')
    """
    text = _LABEL.sub("", raw)
    for name, identity in _identities(source, target).items():
        before, found, after = text.rpartition(identity) if identity else ("", "", "")
        if found and _BEFORE.fullmatch(before) and _AFTER.fullmatch(after):
            return Form(name, before, after)
    return None


def place_of(reference: Reference) -> tuple[str, int] | None:
    """Give the key and the position of a link that stands in a field.

    >>> place_of(Reference(written="a", field="/3, see also[2]"))
    ('see also', 2)
    """
    match = _PLACE.fullmatch(reference.field)
    return (match["key"], int(match["position"])) if match else None


def is_link_key(key: str, options: Options) -> bool:
    """Tell whether a field of this name holds related terms."""
    if options.fields.get("related") == key:
        return True
    try:
        return field_named(key) == "related"
    except UsageError:
        return False


def house_of(terms: Sequence[Term], index: Index, options: Options, near: Sequence[Term] = ()) -> House:
    """Find out how links are written: in `near`, the terms of the same file, else in the whole glossary."""
    by_slug = {term.slug: term for term in reversed(index.terms)}
    links = list(_field_links(near, options)) or list(_field_links(terms, options))
    keys = Counter(key for *_, key in links)
    return House(
        key=options.fields.get("related") or (keys.most_common(1)[0][0] if keys else "related"),
        forms=tuple(_forms((link.written, term, by_slug.get(link.target)) for term, link, _ in links)),
        kind=_kind(link for _, link, _ in links),
        index=index,
        by_slug=by_slug,
        options=options,
    )


def _field_links(terms: Iterable[Term], options: Options) -> Iterator[tuple[Term, Reference, str]]:
    """List the links that stand in a field for related terms, and the field's key."""
    for term in terms:
        for link in term.related:
            place = place_of(link)
            if place and is_link_key(place[0], options):
                yield term, link, place[0]


def _forms(examples: Iterable[tuple[str, Term, Term | None]]) -> Iterator[Form]:
    """Give the forms of links, the most frequent first."""
    found = Counter(form for raw, source, target in examples if target and (form := form_of(raw, source, target)))
    yield from (form for form, _ in found.most_common())


def _kind(links: Iterable[Reference]) -> str:
    kinds = Counter(link.kind for link in links if link.kind != "inline")
    return kinds.most_common(1)[0][0] if kinds else "related"


def spelled(source: Term, target: Term, house: House, examples: Iterable[Example] = ()) -> str:
    """Write a link as the term's other links are written, else as those of the glossary, so that it leads there.

    Raises `NotWritable` where no form leads to the target alone.
    """
    own = _forms((example.raw, source, example.target) for example in examples)
    for form in dict.fromkeys((*own, *house.forms, *_DEFAULTS)):
        written = form.written(source, target)
        if written and leads_to(written, source, target, house.index):
            return written
    reason = f"neither the slug nor the name of {target.slug} leads to it alone"
    raise NotWritable(reason, "give one of the terms that share it another name or slug")


def leads_to(written: str, source: Term, target: Term, index: Index) -> bool:
    """Tell whether a link that is written so leads to `target` alone."""
    wiki = _BRACKETS.fullmatch(written)
    bare = wiki[1] if wiki else written
    if is_page_file(bare) and source.anchors:
        bare = target_of(bare, Path(source.anchors[0]).parent) or bare
    return find(index, bare).candidates == (target.slug,)


def examples_of(term: Term, key: str, raws: Sequence[str], house: House) -> list[Example]:
    """Pair the items of a term's field with the terms that they lead to."""
    targets = {place: house.by_slug.get(link.target) for link in term.related if (place := place_of(link))}
    pairs = ((raw, targets.get((key, position))) for position, raw in enumerate(raws))
    return [Example(raw, target) for raw, target in pairs if target]
