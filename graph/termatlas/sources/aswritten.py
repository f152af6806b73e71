"""What a term says that SKOS has no words for, as JSON: the texts of ``ta:asWritten`` and ``ta:alsoWritten``.

An export of ours says a term's aliases, categories and links as sets, and leaves out what RDF/XML cannot hold. Where
that loses something (an order, a duplicate, how a link was written, a control character), the whole field stands
here as well. When it is read, what the statements say counts: this gives them their order and what they
left out, and nothing that somebody has taken from them since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast, get_args

from termatlas.model import Question, Reference, Resolution, Term
from termatlas.sources.fields import legal

Unsaid = Mapping[str, Any]  # what the JSON holds: field of a term → value

_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")  # of lone surrogates, in a Python text
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_IN_CAPITALS = re.compile(r"\\\\|\\u(D[89A-F][0-9A-F]{2})")  # an escaped backslash, or a surrogate that stands alone
_RESOLUTIONS = frozenset(get_args(Resolution))
_TEXTS = ("name", "definition", "explanation", "iri", "language")


def encoded(unsaid: Unsaid) -> str:
    r"""Write JSON in ASCII, the same for the same values.

    >>> encoded({"name": "é\x00", "aliases": ["b", "a"]})
    '{"aliases":["b","a"],"name":"\\u00e9\\u0000"}'
    """
    text = _encode(unsaid)
    return _kept_apart(unsaid) if "\\ud" in text else text


def _kept_apart(unsaid: Unsaid) -> str:
    r"""Write lone surrogates that follow each other in capitals: in JSON they would else be one character.

    >>> _kept_apart({"name": "\ud83d\ude00 😀"})
    '{"name":"\\uD83D\\uDE00 \\ud83d\\ude00"}'
    """
    text = json.dumps(unsaid, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    text = _PAIR.sub(lambda pair: "".join(f"\\u{ord(one):04X}" for one in pair.groups()), text)
    return _NOT_ASCII.sub(lambda sign: json.dumps(sign[0])[1:-1], text)


def decoded_unsaid(text: str) -> dict[str, Any]:
    r"""Read the JSON again; what is none, for somebody has been at it, says nothing.

    >>> decoded_unsaid('{"name": "a"}'), decoded_unsaid('{"name"')
    ({'name': 'a'}, {})
    >>> decoded_unsaid(encoded({"name": "\ud83d\ude00 \\uD83D"})) == {"name": "\ud83d\ude00 \\uD83D"}
    True
    """
    try:
        unsaid = json.loads(_IN_CAPITALS.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[0], text))
    except (ValueError, RecursionError):
        return {}
    return unsaid if isinstance(unsaid, dict) else {}


def stated(target: str, kind: str, wanted: Mapping[str, str]) -> Reference:
    """Give the link that the statements alone tell of; `wanted` has the names of the terms that no page defines."""
    if target in wanted:
        return Reference(written=target, target=target, kind=kind, name=wanted[target], resolution="wanted")
    return Reference(written=target, target=target, kind=kind, resolution="slug")


def packed(reference: Reference, wanted: Mapping[str, str]) -> str | list[str]:
    """Write a link for JSON: its target; its target and kind; or all that there is of it.

    >>> packed(Reference(written="clip", target="clip", resolution="slug"), {})
    'clip'
    >>> packed(Reference(written="CLIP!", target="clip", kind="see", resolution="slugified"), {})
    ['clip', 'see', 'CLIP!', '', 'slugified']
    """
    target, kind = reference.target, reference.kind
    if is_stated(reference, wanted):
        return target if kind == "related" else [target, kind]
    return [target, kind, reference.written, reference.name, reference.resolution, *reference.candidates]


def packed_links(references: Iterable[Reference], wanted: Mapping[str, str]) -> list[str | list[str]]:
    """Write links for JSON; the commonest sort without a call, for a glossary has many more links than terms."""
    return [
        link.target
        if link.kind == "related"
        and link.resolution == "slug"
        and link.written == link.target
        and not (link.name or link.candidates or link.target in wanted)
        else packed(link, wanted)
        for link in references
    ]


def is_stated(reference: Reference, wanted: Mapping[str, str]) -> bool:
    """Tell whether the statements alone tell all of a link; that nobody has resolved it is nothing to keep."""
    target = reference.target
    if reference.written != target or reference.candidates:
        return False
    if target in wanted:
        return reference.resolution in ("wanted", "") and reference.name == wanted[target]
    return reference.resolution in ("slug", "") and not reference.name


def unpacked(links: object, wanted: Mapping[str, str]) -> Iterator[Reference]:
    """Read links from JSON again; leave out what is none."""
    for link in links if isinstance(links, list) else ():
        parts = (link, "related") if isinstance(link, str) else tuple(texts(link) or ())
        if len(parts) == 2:
            yield stated(*parts, wanted)
        elif len(parts) >= 5 and parts[4] in _RESOLUTIONS:
            target, kind, written, name, resolution, *candidates = parts
            yield Reference(
                written=written,
                target=target,
                kind=kind,
                name=name,
                resolution=cast("Resolution", resolution),
                candidates=tuple(candidates),
            )


def whole(term: Term, wanted: Mapping[str, str]) -> dict[str, Any]:
    """Give all fields of a term that are not empty, for a further term with the same slug."""
    fields: dict[str, Any] = {name: getattr(term, name) for name in _TEXTS}
    fields |= {name: list(getattr(term, name)) for name in ("aliases", "anchors", "categories")}
    fields["links"] = packed_links(term.related, wanted)
    fields["questions"] = [[question.question, question.answer] for question in term.questions]
    fields["deprecated"] = term.deprecated
    return {name: value for name, value in fields.items() if value}


def whole_term(unsaid: Unsaid, slug: str, wanted: Mapping[str, str]) -> Term:
    """Read such a term again."""
    fields: dict[str, Any] = {name: text for name in _TEXTS if (text := unsaid.get(name)) and isinstance(text, str)}
    fields |= {name: tuple(texts(unsaid.get(name)) or ()) for name in ("aliases", "anchors", "categories")}
    return Term(
        **{"slug": slug, "name": "", **fields},
        related=tuple(unpacked(unsaid.get("links"), wanted)),
        questions=tuple(questions(unsaid.get("questions")) or ()),
        deprecated=unsaid.get("deprecated") is True,
    )


def texts(value: object) -> list[str] | None:
    """Give a list of texts, or None where a value is none."""
    return value if isinstance(value, list) and all(isinstance(text, str) for text in value) else None


def questions(value: object) -> list[Question] | None:
    """Give questions and answers, or None where a value is no list of pairs of texts."""
    if not isinstance(value, list) or not all(texts(pair) and len(pair) == 2 for pair in value):
        return None
    return [Question(question=question, answer=answer) for question, answer in value]


def one_text(known: object, said: str) -> str:
    """Give a text as it was written if the statement still says it."""
    return known if isinstance(known, str) and legal(known) == said else said


def ordered(known: object, said: Sequence[str], unsaid: Iterable[str] = ()) -> tuple[str, ...]:
    r"""Give texts in the order in which they were written: those that are still said, then those that are new.

    `unsaid` are texts that are never stated.

    >>> ordered(["c", "gone", "a", "c"], ["a", "b", "c"])
    ('c', 'a', 'c', 'b')
    """
    if (written := texts(known)) is None:
        return tuple(said)
    may_be = {*said, *unsaid}
    meant = {legal(text) for text in written}
    return (*(text for text in written if legal(text) in may_be), *(text for text in said if text not in meant))
