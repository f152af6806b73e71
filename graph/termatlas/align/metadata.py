"""What a file of mappings says about itself: SSSOM's metadata, in lines with ``#`` or in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from termatlas.align.model import MappingProblem
from termatlas.align.prefixes import BUILT_IN
from termatlas.align.rules import problem
from termatlas.align.slots import SET_SLOTS
from termatlas.align.targets import is_concept_iri
from termatlas.errors import SourceError
from termatlas.model import Where
from termatlas.sources.files import decoded, translated
from termatlas.sources.yamltree import documents

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_CURE = "begin with a line such as #curie_map:"


class Metadata(NamedTuple):
    """The prefixes that a file declares, the slots of its mapping set, and what is wrong with them."""

    prefixes: Mapping[str, str]
    slots: Mapping[str, Any]  #: texts, or tuples of texts where a slot has several
    problems: tuple[MappingProblem, ...] = ()


def beside(path: Path) -> Path | None:
    """Find the file that has a table's metadata: its name with ``.yml`` for ``.tsv`` (SSSOM, external mode)."""
    candidates = (path.with_suffix(suffix) for suffix in (".yml", ".yaml"))
    return next((each for each in candidates if path.name.lower().endswith(".sssom.tsv") and each.is_file()), None)


def read_metadata(path: Path) -> Metadata:
    """Read metadata from a file of their own.

    Raises `SourceError` where it cannot be read or is not YAML.
    """
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes()
    return metadata_of(decoded(data, label), label)


def metadata_of(text: str, label: str) -> Metadata:
    """Read metadata from YAML.

    Raises `SourceError` where it is not YAML, or no mapping.
    """
    document = next(documents(text, label), None)
    value = document.value if document else {}
    if value is None or value == "":
        value = {}
    if not isinstance(value, Mapping):
        raise SourceError(label, "the metadata are no mapping of names to values", _CURE, place="line 1")
    given = value.get("curie_map")
    declared = given if isinstance(given, Mapping) else {}
    prefixes = {str(name): str(iri) for name, iri in declared.items() if _declares(name, iri)}
    where = Where(file=label, field="curie_map")
    wrong = tuple(
        problem("bad-value", where, f'the prefix "{name}" cannot stand for "{_shown(iri)}"')
        for name, iri in declared.items()
        if str(name) not in prefixes
    )
    return Metadata(prefixes, dict(_slots(value)), wrong)


def _declares(name: object, iri: object) -> bool:
    """Tell whether a prefix can stand for an IRI; those that SSSOM has built in stand for theirs alone."""
    if not (isinstance(name, str) and isinstance(iri, str) and _NAME.fullmatch(name) and is_concept_iri(iri)):
        return False
    return BUILT_IN.get(name.casefold(), iri) == iri


def _shown(value: object) -> str:
    return value[:80] if isinstance(value, str) else "what is no text"


def _slots(value: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Give the slots that SSSOM knows, in its order; what is neither a text nor a list of texts is left out."""
    for name, slot in SET_SLOTS.items():
        given = value.get(name)
        texts = [given] if isinstance(given, str) else given if isinstance(given, list) else []
        found = tuple(" ".join(text.split()) for text in texts if isinstance(text, str) and text.strip())
        if found:
            yield name, found if slot.many else found[0]
