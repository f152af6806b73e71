"""What editors of all formats share: which field takes a link, and what an item of a list of links looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from termatlas.apply.model import NotWritable
from termatlas.apply.spelling import House, examples_of, is_link_key, spelled
from termatlas.errors import UsageError
from termatlas.model import Term
from termatlas.resolve import find
from termatlas.sources.fields import field_named, folded, select

_SEPARATOR = re.compile(r"\s*[;|\n]\s*")
_BETWEEN_WIKILINKS = re.compile(r"(?<=\]\])[\s,;]*(?=\[\[)")


def link_key(record: Mapping[str, Any], house: House) -> str:
    """Give the key under which a record has its related terms, or the glossary's usual one where it has none.

    Raises `NotWritable` where the options look for them deeper than in the record itself.
    """
    found = select(record, house.options.fields).get("related")
    if found is None:
        return next((key for key in record if is_link_key(str(key), house.options)), house.key)
    if found[0] not in record:
        raise NotWritable(f"its links are read from {found[0]}, inside other values")
    return found[0]


def new_items(
    term: Term, key: str, items: Sequence[Any], targets: Sequence[Term], house: House
) -> list[str | dict[str, str]]:
    """Make the items for new links: texts or mappings, like those that are there.

    Raises `NotWritable` where one cannot be made.
    """
    if items and isinstance(items[-1], Mapping):
        return [_mapping_like(items, term, key, target, house) for target in targets]
    if not items and house.sample:
        return [_mapping_like([house.sample], term, "", target, house) for target in targets]
    examples = examples_of(term, key, [item if isinstance(item, str) else "" for item in items], house)
    return [spelled(term, target, house, examples) for target in targets]


def _mapping_like(items: Sequence[Any], term: Term, key: str, target: Term, house: House) -> dict[str, str]:
    """Make a mapping with those keys of the last one of a list that say which term a link leads to and its kind.

    `key` is "" where the list is another term's.
    """
    made: dict[str, str] = {}
    for name in items[-1]:
        field = _field(name)
        if field == "slug":
            raws = [str(item.get(name, "")) if isinstance(item, Mapping) else "" for item in items]
            made[name] = spelled(term, target, house, examples_of(term, key, raws, house))
        elif field in {"name", "iri"} and (value := getattr(target, field)):
            made[name] = value
        elif field == "kind":
            made[name] = house.kind
    if not {"slug", "name", "iri"} & {_field(name) for name in made}:
        raise NotWritable("the links beside it are written in a way of their own")
    return made


def _field(name: str) -> str:
    if folded(name) in {"kind", "type"}:
        return "kind"
    try:
        return field_named(name)
    except UsageError:
        return ""


def joined_to(text: str, term: Term, key: str, targets: Sequence[Term], house: House, usual: str = "; ") -> str:
    """Give what to write after a text that lists links, such as ``a; b`` or ``[[A]], [[B]]``, to list more.

    `usual` parts them where the text does not show what does. Raises `NotWritable`.
    """
    wiki = text.rstrip().endswith("]]")
    separator = (_BETWEEN_WIKILINKS if wiki else _SEPARATOR).search(text)
    if not (separator or wiki) and "," in text and not find(house.index, text.strip()).candidates:
        cure = "make it a list, or part its links by ;"
        raise NotWritable(f"{key} seems to be parted by commas, which names can hold, so it is read as one link", cure)
    between = separator[0] if separator else ", " if wiki else usual
    raws = re.findall(r"\[\[.*?\]\]", text) if wiki else _SEPARATOR.split(text.strip())
    written = [spelled(term, target, house, examples_of(term, key, raws, house)) for target in targets]
    if any(_SEPARATOR.search(each) for each in written):
        raise NotWritable("the link would hold a sign that parts links in that field")
    return ("" if not text.strip() else between) + between.join(written)
