"""The texts of a concept in one language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from termatlas.sources.fields import clean
from termatlas.sources.rdffile import Facts, Text, Value

#: Properties that name a thing, the best first; a SKOS-XL label is a node with a literal form.
NAMES = ("skos:prefLabel", "skosxl:prefLabel", "schema:name", "rdfs:label", "dct:title")
ALIASES = ("skos:altLabel", "skosxl:altLabel", "schema:alternateName")

#: Properties that say what a concept means, the best first. What editors note for each other is not among them.
DEFINITIONS = ("skos:definition", "schema:description", "dct:description", "rdfs:comment", "skos:scopeNote")
NOTES = ("skos:note", "skos:scopeNote", "skos:example", "dct:description", "rdfs:comment")

_TAG = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_NESTED = ("rdf:value", "skosxl:literalForm")


def most_frequent_language(facts: Facts, concepts: Iterable[str]) -> str:
    """Find the language of most names; English, then the alphabet, decides between equals."""
    uses = Counter(
        text.language
        for concept in concepts
        for name in NAMES[:4]
        for text in _literals(facts, facts[concept].get(name, ()))
    )
    return min(uses, key=lambda language: (-uses[language], language != "en", language), default="")


def name_of(facts: Facts, node: str, language: str) -> Text | None:
    """Find the name of a thing in a language, else in any."""
    for name in NAMES:
        literals = _literals(facts, facts.get(node, {}).get(name, ()))
        if literals:
            others = sorted(literals, key=lambda text: (text.language != "en", text.language, text.text))
            return next(iter(_in_language(literals, language)), others[0])
    return None


def texts_of(facts: Facts, node: str, names: Iterable[str], language: str) -> Iterator[str]:
    """Yield what properties of a thing say in a language, each text once."""
    seen: set[str] = set()
    for name in names:
        for literal in _in_language(_literals(facts, facts.get(node, {}).get(name, ())), language):
            if literal.text not in seen:
                seen.add(literal.text)
                yield literal.text


def _literals(facts: Facts, values: Iterable[Value]) -> list[Text]:
    """Give the texts among values and those of nodes among them (SKOS Primer, 4.2; SKOS-XL)."""
    found: list[Text] = []
    for value in values:
        nested = (value,) if isinstance(value, Text) else _nested(facts, value)
        found += [Text(text, literal[1]) for literal in nested if (text := clean(literal[0]))]
    return found


def _nested(facts: Facts, node: str) -> Iterator[Text]:
    for name in _NESTED:
        yield from (value for value in facts.get(node, {}).get(name, ()) if isinstance(value, Text))


def _in_language(literals: list[Text], language: str) -> list[Text]:
    """Keep the texts in a language: its own, else those of its variants, else those without any.

    In a file whose names have no language, texts that have one are taken as they come.
    """
    primary = language.partition("-")[0]
    return (
        [text for text in literals if text.language == language]
        or [text for text in literals if text.language.partition("-")[0] == primary]
        or [text for text in literals if not text.language]
        or [text for text in literals if not language and text.language == literals[0].language]
    )


def conventional(tag: str) -> str:
    """Write a language tag as people do (BCP 47, 2.1.1).

    >>> conventional("en-gb"), conventional("zh-hant-tw"), conventional("")
    ('en-GB', 'zh-Hant-TW', '')
    """
    first, *others = tag.split("-")
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in others)
    return "-".join((first, *cased))


def language_tag(language: str) -> str:
    """Give a language tag in the form that RDF compares, or "" where the text is none (BCP 47's syntax).

    >>> language_tag("en-GB"), language_tag("english (UK)")
    ('en-gb', '')
    """
    return language.lower() if _TAG.fullmatch(language) else ""
