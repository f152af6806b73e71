"""The mappings that a glossary's own RDF sources state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termatlas.align.model import RELATIONS, Mapping
from termatlas.model import Glossary, Where

_STATEMENT = re.compile(
    rb"^<http://www\.w3\.org/2004/02/skos/core#(" + "|".join(RELATIONS).encode() + rb")> <([^>\n]*)> ?\.", re.MULTILINE
)
_BY_NAME = {relation: relation for relation in RELATIONS}


def stated_mappings(glossary: Glossary) -> Iterator[Mapping]:
    """Yield the mappings that the RDF files of a glossary have, by file, term and place."""
    for vocabulary in glossary.vocabularies:
        where = Where(file=vocabulary.file)
        for slug, node in vocabulary.nodes.items():
            for name, target in _STATEMENT.findall(vocabulary.statements.get(node, b"")):
                yield Mapping(slug=slug, relation=_BY_NAME[name.decode()], target=target.decode(), where=where)
