"""What a vocabulary says about a term that was changed since it was read.

Only what has changed is said anew: statements of the old value go, those of the new one come. All else stays: other
languages, other properties, and what other things say about the term, but for the members of collections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from termatlas.export.blocks import PREFIXES, Plan
from termatlas.export.iris import faq_iri
from termatlas.export.syntaxes import expanded, quoted
from termatlas.model import Term
from termatlas.sources.fields import clean, legal
from termatlas.sources.rdffile import short_name
from termatlas.sources.skos import MAPPINGS, RELATIONS
from termatlas.sources.skostexts import ALIASES, DEFINITIONS, NAMES, NOTES, language_tag

if TYPE_CHECKING:
    import pyoxigraph

_NOTES = frozenset((*DEFINITIONS, *NOTES))
_STATUS = ("owl:deprecated", "dct:isReplacedBy", "adms:status")
_KINDS = RELATIONS | MAPPINGS  # property → kind of link
_RELATIONS = {kind: name for name, kind in reversed(_KINDS.items())}
_MEMBER = f"<{PREFIXES['skos']}member> ".encode()

#: Property → the texts that it does not say any longer.
Gone = Mapping[str, set[str]]


def changed(plan: Plan, said: bytes, was: Term, now: Term) -> bytes:
    """Say of a term what its vocabulary says, with the changed fields as they are now."""
    texts, things = _texts_gone(was, now), set(_things_gone(plan, was, now))
    kept = [
        line
        for line in said.splitlines(keepends=True)
        if not _is_gone(plan, _parsed(line), was.language, texts, things)
    ]
    return b"".join(kept) + "".join(f"{line} .\n" for line in _new(plan, was, now)).encode()


def without_members(said: bytes, nodes: Iterable[str]) -> bytes:
    """Take terms whose categories have changed from the collections of a vocabulary: they have their own now."""
    gone = {_MEMBER + f"<{node}> .\n".encode() for node in nodes}
    return b"".join(line for line in said.splitlines(keepends=True) if line not in gone)


def _parsed(line: bytes) -> pyoxigraph.Quad:
    import pyoxigraph

    quads: list[pyoxigraph.Quad] = list(pyoxigraph.parse(b"_:s " + line, pyoxigraph.RdfFormat.N_TRIPLES, lenient=True))
    return quads[0]


def _is_gone(plan: Plan, quad: pyoxigraph.Quad, language: str, texts: Gone, things: set[tuple[str, str]]) -> bool:
    import pyoxigraph

    name = short_name(quad.predicate.value)
    value = quad.object
    node = value.value if isinstance(value, pyoxigraph.NamedNode) else str(value)
    if (name, node) in things or (name, "*") in things:
        return True
    return name in texts and any(
        clean(text.value) in texts[name] and _is_in(text, language, name) for text in _literals(plan, value)
    )


def _is_in(text: pyoxigraph.Literal, language: str, name: str) -> bool:
    tags = [(tag or "").lower().partition("-")[0] for tag in (text.language, language)]
    return tags[0] in ("", tags[1]) or name == "skos:notation"


def _literals(plan: Plan, value: object) -> list[pyoxigraph.Literal]:
    """Give a text itself, or those of the label or node that stands for it."""
    import pyoxigraph

    if isinstance(value, pyoxigraph.Literal):
        return [value]
    node = value.value if isinstance(value, pyoxigraph.NamedNode) else str(value)
    said = b"".join(one.statements.get(node, b"") for one in plan.glossary.vocabularies)
    objects = (_parsed(line).object for line in said.splitlines(keepends=True))
    return [one for one in objects if isinstance(one, pyoxigraph.Literal)]


def _texts_gone(was: Term, now: Term) -> Gone:
    """Find what the term's own texts do not say any longer."""
    retagged = was.language != now.language
    names = {was.name} if retagged or was.name != now.name else set()
    aliases = set(was.aliases) if retagged else set(was.aliases) - set(now.aliases)
    notes = {was.definition} if retagged or was.definition != now.definition else set()
    if retagged or was.explanation != now.explanation:
        notes |= set(_runs(was.explanation))
    codes = set(was.anchors) - set(now.anchors)
    pairs = ((NAMES, names), (ALIASES, aliases), (_NOTES, notes), (("skos:notation",), codes))
    return {name: texts for properties, texts in pairs for name in properties if texts}


def _runs(text: str) -> Iterable[str]:
    """List the runs of paragraphs in a text: each can have been a note of its own."""
    parts = text.split("\n\n")
    return ("\n\n".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1))


def _things_gone(plan: Plan, was: Term, now: Term) -> Iterator[tuple[str, str]]:
    """Yield properties and the things that they do not lead to any longer; ``*`` is all."""
    kinds = _KINDS | {f"ta:{name}": kind for kind, name in plan.kinds.items()}
    for target, kind in _links(was) - _links(now):
        yield from ((name, plan.nodes[target]) for name, known in kinds.items() if known == kind)
    if was.deprecated and not now.deprecated:
        yield from ((name, "*") for name in _STATUS)
    if was.questions != now.questions:
        yield "schema:subjectOf", "*"


def _new(plan: Plan, was: Term, now: Term) -> Iterator[str]:
    """Yield statements of what is new, without their subject."""
    tag = f"@{language}" if (language := language_tag(now.language)) else ""
    retagged = was.language != now.language
    if retagged or was.name != now.name:
        yield _text("skos:prefLabel", now.name, tag)
    old = () if retagged else was.aliases
    yield from (_text("skos:altLabel", alias, tag) for alias in dict.fromkeys(now.aliases) if alias not in old)
    if now.definition and (retagged or was.definition != now.definition):
        yield _text("skos:definition", now.definition, tag)
    if now.explanation and (retagged or was.explanation != now.explanation):
        yield _text("skos:note", now.explanation, tag)
    yield from (_text("skos:notation", anchor, "") for anchor in now.anchors if anchor not in was.anchors)
    for target, kind in sorted(_links(now) - _links(was)):
        name = _RELATIONS.get(kind) or f"ta:{plan.kinds[kind]}"
        yield f"<{expanded(name)}> {_bracketed(plan.nodes[target])}"
    if now.deprecated and not was.deprecated:
        yield f'<{expanded("owl:deprecated")}> "true"^^<{expanded("xsd:boolean")}>'
    if now.questions and was.questions != now.questions:
        yield f"<{expanded('schema:subjectOf')}> <{faq_iri(plan.base, now.slug)}>"


def _links(term: Term) -> set[tuple[str, str]]:
    return {(link.target, link.kind) for link in term.related}


def _text(name: str, text: str, tag: str) -> str:
    return f"<{expanded(name)}> {quoted(legal(text))}{tag}"


def _bracketed(node: str) -> str:
    return node if node.startswith("_:") else f"<{node}>"
