"""CURIEs ↔ IRIs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

#: The prefixes that SSSOM has built in (SSSOM 1.1, section "IRI prefixes").
BUILT_IN = {
    "linkml": "https://w3id.org/linkml/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Prefixes that are understood besides, where a file does not say what they stand for.
USUAL = {
    "aat": "http://vocab.getty.edu/aat/",
    "dbr": "http://dbpedia.org/resource/",
    "gnd": "https://d-nb.info/gnd/",
    "lcsh": "http://id.loc.gov/authorities/subjects/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "orcid": "https://orcid.org/",
    "wd": "http://www.wikidata.org/entity/",
    "wikidata": "http://www.wikidata.org/entity/",
}

_CURIE = re.compile(r"([^\s:/?#]+):(?!//)(\S.*)")


def known_prefixes(declared: Mapping[str, str]) -> dict[str, str]:
    """Give all prefixes by their folded names: a file's own go before the usual ones, SSSOM's before all."""
    return {name.casefold(): iri for name, iri in {**USUAL, **_folded(declared), **BUILT_IN}.items()}


def _folded(prefixes: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): iri for name, iri in prefixes.items()}


def expand(text: str, prefixes: Mapping[str, str]) -> str:
    """Give the IRI that a CURIE stands for, by `known_prefixes`; "" where it is none or its prefix is unknown.

    >>> expand("wd:Q42", known_prefixes({})), expand("nope:1", known_prefixes({}))
    ('http://www.wikidata.org/entity/Q42', '')
    """
    prefix, local = parted(text)
    start = prefixes.get(prefix.casefold(), "") if prefix else ""
    return start + local if start else ""


def parted(text: str) -> tuple[str, str]:
    """Part a CURIE into prefix and local name; two empty texts where it is none.

    >>> parted("wd:Q42"), parted("https://example.org")
    (('wd', 'Q42'), ('', ''))
    """
    found = _CURIE.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


def contract(iris: Iterable[str], prefixes: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Write IRIs as CURIEs, by the longest namespace that fits: IRI → CURIE, and the prefixes that are used.

    Where no prefix fits, ``ns1``, ``ns2`` and so on stand for the namespaces, in their order.

    >>> contract(["https://e.org/a", "https://x.org/b#c"], {"ex": "https://e.org/"})
    ({'https://e.org/a': 'ex:a', 'https://x.org/b#c': 'ns1:c'}, {'ex': 'https://e.org/', 'ns1': 'https://x.org/b#'})
    """
    names = {start: name for name, start in sorted(prefixes.items(), reverse=True)}
    asked = sorted(set(iris))
    starts = _starts(asked, names)
    fresh = sorted({namespace(iri) for iri in asked if iri not in starts})
    names |= dict(zip(fresh, _unused(prefixes), strict=False))
    starts |= {iri: namespace(iri) for iri in asked if iri not in starts}
    curies = {iri: f"{names[starts[iri]]}:{iri[len(starts[iri]) :]}" for iri in asked}
    return curies, {names[start]: start for start in sorted(set(starts.values()), key=names.__getitem__)}


def _starts(iris: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Give each IRI the longest namespace that it begins with, if there is one."""
    lengths = sorted({len(start) for start in names}, reverse=True)

    def start_of(iri: str) -> str:
        fits = (n for n in lengths if n < len(iri) and iri[n : n + 2] != "//")  # else it would be no CURIE
        return next((iri[:n] for n in fits if iri[:n] in names), "")

    return {iri: start for iri in iris if (start := start_of(iri))}


def _unused(prefixes: Iterable[str]) -> Iterator[str]:
    taken = {name.casefold() for name in prefixes}
    return (name for name in (f"ns{number}" for number in count(1)) if name not in taken)


def namespace(iri: str) -> str:
    """Give what an IRI's namespace is likely to be: all up to its last ``/``, ``#`` or ``:`` before the end.

    >>> namespace("http://www.wikidata.org/entity/Q42"), namespace("urn:isbn:1"), namespace("https://e.org/a/")
    ('http://www.wikidata.org/entity/', 'urn:isbn:', 'https://e.org/')
    """
    inner = iri[:-1]
    end = max(inner.rfind("/"), inner.rfind("#"))
    return iri[: (end if end >= 0 else inner.rfind(":")) + 1]
