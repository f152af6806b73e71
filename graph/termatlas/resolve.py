"""References as they are written → references that know their target.

A link may be a slug, a name, an alias, an address (an IRI, a path) or an anchor. It resolves exactly,
then case-folded, then as a slug; what stays ambiguous or unresolved becomes a wanted term, never nothing.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from termatlas.model import Reference, Resolution, Spelling, Term, Where
from termatlas.slugs import slugify

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:md|markdown|mdx|html?|php|aspx?)$", re.IGNORECASE)

_Slugs = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a written link resolves to: the candidates' slugs (one: resolved), and how."""

    candidates: tuple[str, ...] = ()
    resolution: Resolution = "wanted"
    external: bool = False  #: a web address outside the glossary


def resolve(terms: Iterable[Term], home: str = "") -> list[Term]:
    """Resolve every reference of `terms`; web addresses that start with `home` are links to terms.

    A link in running text to a web address that no term answers to, and that does not lie beside
    the terms' own addresses, is no link between terms and is left out. A link that knows its target
    keeps it; only one to a wanted term looks whether a term of another file is meant.

    >>> a = Term(slug="a", name="A", related=(Reference(written="Bee"), Reference(written="nowhere")))
    >>> b = Term(slug="b", name="B", aliases=("bee",))
    >>> [(link.target, link.resolution) for link in resolve([a, b])[0].related]
    [('b', 'folded'), ('nowhere', 'wanted')]
    """
    terms = list(terms)
    index = Index(terms, home)
    slugs = {term.slug for term in terms} if len({term.file for term in terms}) > 1 else None
    spellings = dict.fromkeys(link.written for term in terms for link in term.related if not _is_sure(link, slugs))
    found = _without_other_sites({written: find(index, written) for written in spellings})
    wanted = _wanted_slugs(found, tidy=all(slugify(term.slug) == term.slug for term in terms))
    for position, term in enumerate(terms):
        if term.related:
            links = (
                link if _is_sure(link, slugs) else _settled(link, found[link.written], wanted) for link in term.related
            )
            related = tuple(link for link in links if link)
            terms[position] = replace(term, related=related)
    return terms


def _is_sure(link: Reference, slugs: Collection[str] | None) -> bool:
    """Tell whether a link knows its target for good; `slugs` are given where another file may hold a wanted one."""
    return bool(link.target) and (slugs is None or link.target in slugs)


def _settled(link: Reference, found: Found, wanted: Mapping[str, str]) -> Reference | None:
    """Give a link with its target, or None where it leads out of the glossary."""
    if link.target and len(found.candidates) != 1:
        return link
    return None if link.kind == "inline" and found.external else _resolved(link, found, wanted)


def _without_other_sites(found: dict[str, Found]) -> dict[str, Found]:
    """Mark the paths into folders of the site that hold no term: ``/about/team`` beside ``/terms/clip``."""
    paths = [written for written in found if written.startswith("/")]
    folders = {_folder(written) for written in paths if found[written].candidates}
    elsewhere = (written for written in paths if not found[written].candidates and _folder(written) not in folders)
    some_resolve = any(each.candidates for each in found.values())
    return found | dict.fromkeys(elsewhere, Found(external=True)) if some_resolve else found


@dataclass(frozen=True)
class Index:
    """What terms answer to. The looser foldings are indexed only once a link needs them."""

    terms: Sequence[Term]
    home: str = ""

    @cached_property
    def exact(self) -> tuple[_Slugs, ...]:
        """Map slugs, names and aliases as they are written to slugs."""
        return _names(self.terms, str)

    @cached_property
    def folded(self) -> tuple[_Slugs, ...]:
        """Map case-folded slugs, names and aliases to slugs."""
        return _names(self.terms, case_folded)

    @cached_property
    def slugified(self) -> tuple[_Slugs, ...]:
        """Map the slugs of slugs, names and aliases to slugs."""
        return _names(self.terms, slugify)

    @cached_property
    def addresses(self) -> _Slugs:
        """Map web addresses to slugs."""
        addresses = ((address, term.slug) for term in self.terms for address in (term.iri, *term.anchors))
        return _gather((_normal(address), slug) for address, slug in addresses if _ADDRESS.match(address))

    @cached_property
    def paths(self) -> _Slugs:
        """Map paths in the source, and every ending of them, to slugs."""
        anchors = (
            (anchor, term.slug) for term in self.terms for anchor in (term.iri, *term.anchors) if "#" not in anchor
        )
        return _gather((path, slug) for anchor, slug in anchors for path in _suffixes(_path(anchor)))

    @cached_property
    def sites(self) -> frozenset[str]:
        """List what the terms' own web addresses start with."""
        return frozenset(_site(term.iri) for term in self.terms if term.iri)


def find(index: Index, written: str) -> Found:
    """Find the terms that a written link can mean."""
    if _ADDRESS.match(written):
        return _find_address(index, written)
    found = _find_name(index, written)
    bare = written.partition("#")[0]
    return _find_name(index, bare) if found.resolution == "wanted" and bare else found


def _find_address(index: Index, written: str) -> Found:
    if slugs := index.addresses.get(_normal(written)):
        return _choose(slugs, "iri", written)
    if index.home and written.startswith(index.home):
        return find(index, written.removeprefix(index.home))
    return Found(external=_site(written) not in index.sites)


def _find_name(index: Index, written: str) -> Found:
    exact: tuple[Resolution, ...] = ("slug", "name", "alias")
    for slugs_of, resolution in zip(index.exact, exact, strict=True):
        if slugs := slugs_of.get(written):
            return _choose(slugs, resolution, written)
    if "/" in written or _EXTENSION.search(written):
        for path in _suffixes(_path(written)):
            if slugs := index.paths.get(path):
                return _choose(slugs, "iri", written)
    if _is_path(written) and (last := _last_part(written)) != written:
        return _find_name(index, last)
    return _find_folded(index, written)


def _find_folded(index: Index, written: str) -> Found:
    for slugs_of in index.folded:
        if slugs := slugs_of.get(case_folded(written)):
            return _choose(slugs, "folded", written)
    for slugs_of in index.slugified:
        if slugs := slugs_of.get(slugify(written)):
            return _choose(slugs, "slugified", written)
    return Found()


def _names(terms: Sequence[Term], fold: Callable[[str], str]) -> tuple[_Slugs, ...]:
    """Index slugs, names and aliases apart: a slug counts before a name, a name before an alias."""
    return (
        _gather((fold(term.slug), term.slug) for term in terms),
        _gather((fold(term.name), term.slug) for term in terms),
        _gather((fold(alias), term.slug) for term in terms for alias in term.aliases),
    )


def _gather(pairs: Iterable[tuple[str, str]]) -> _Slugs:
    first: dict[str, str] = {}
    several: dict[str, dict[str, None]] = {}
    for key, slug in pairs:
        if key and first.setdefault(key, slug) != slug:
            several.setdefault(key, {first[key]: None})[slug] = None
    return {key: (slug,) for key, slug in first.items()} | {key: tuple(slugs) for key, slugs in several.items()}


def _suffixes(path: str) -> list[str]:
    """List a path and what is left of it without its first folders, longest first.

    >>> _suffixes("a/b/c")
    ['a/b/c', 'b/c', 'c']
    """
    parts = path.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _path(written: str) -> str:
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://[^/]*", "", written, flags=re.IGNORECASE)
    bare = bare.partition("#")[0].partition("?")[0].strip("/")
    return _EXTENSION.sub("", "/".join(part for part in bare.split("/") if part not in ("", ".", "..")))


def _choose(slugs: tuple[str, ...], resolution: Resolution, written: str) -> Found:
    if len(slugs) > 1 and (slug := slugify(written)) in slugs:
        return Found(candidates=(slug,), resolution="slugified")
    return Found(candidates=tuple(sorted(slugs)), resolution=resolution if len(slugs) == 1 else "ambiguous")


def _resolved(link: Reference, found: Found, wanted: Mapping[str, str]) -> Reference:
    one = len(found.candidates) == 1
    return Reference(
        written=link.written,
        target=found.candidates[0] if one else wanted[link.written],
        kind=link.kind,
        name=link.name or ("" if one else _last_part(link.written)),
        resolution=found.resolution,
        candidates=() if one else found.candidates,
        line=link.line,
        field=link.field,
    )


def _wanted_slugs(found: Mapping[str, Found], *, tidy: bool) -> dict[str, str]:
    """Give each written link that finds no term the slug of the wanted term that it means.

    Spellings with one slug want one term. In a glossary whose own slugs are all `tidy` that slug is
    its identity; elsewhere a spelling that is fit for a slug stands for all.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for text in sorted(found):
        if len(found[text].candidates) != 1:
            last = _last_part(text)
            groups[slugify(last) or last].append(text)
    slugs: dict[str, str] = {}
    for slug, texts in groups.items():
        fit = [] if tidy else [text for text in texts if not re.search(r"[\s/#]", text)]
        slugs.update(dict.fromkeys(texts, sys.intern(fit[0] if fit else slug)))
    return slugs


def _is_path(written: str) -> bool:
    """Tell an address or a path from a name: "TCP/IP" is a name, "/terms/clip", "../clip" and "clip.md" are paths."""
    return bool(_ADDRESS.match(written) or written.startswith(("/", "./", "../")) or _EXTENSION.search(written))


def _last_part(written: str) -> str:
    """Give what a path or an address ends in; of a name all of it."""
    return re.split(r"[/#]", _EXTENSION.sub("", written.rstrip("/#")))[-1] if _is_path(written) else written


def _folder(written: str) -> str:
    return written.rstrip("/").rpartition("/")[0]


def case_folded(text: str) -> str:
    """Fold case and runs of white space.

    >>> case_folded("Neural  NETWORK")
    'neural network'
    """
    return " ".join(text.casefold().split())


def _normal(address: str) -> str:
    """Fold addresses that differ only in http(s), in a trailing slash or in the host's case."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{'http' if scheme.lower() == 'https' else scheme.lower()}://{host.lower()}{slash}{path}".rstrip("/")


def _site(address: str) -> str:
    """Give what the addresses of terms beside this one start with."""
    return re.split(r"[^/#]*$", _normal(address), maxsplit=1)[0]


def unify_categories(terms: Iterable[Term]) -> tuple[list[Term], tuple[Spelling, ...]]:
    """Give categories that differ only in case, spaces, hyphens or underscores one spelling: the most frequent.

    >>> terms = [Term(slug=name, name=name, categories=(name,)) for name in ("ML", "Ml")]
    >>> unify_categories(terms)[0][1].categories
    ('ML',)
    """
    terms = list(terms)
    counts = Counter(category for term in terms for category in term.categories)
    variants: defaultdict[str, list[str]] = defaultdict(list)
    for category in sorted(counts, key=lambda category: (-counts[category], category)):
        variants[slugify(category) or category].append(category)
    kept = {category: spelt[0] for spelt in variants.values() for category in spelt if len(spelt) > 1}
    first: dict[str, Where] = {}
    for position, term in enumerate(terms):
        if any(category in kept for category in term.categories):
            for category in term.categories:
                if kept.get(category, category) != category:
                    first.setdefault(kept[category], term.where)
            unified = tuple(dict.fromkeys(kept.get(category, category) for category in term.categories))
            terms[position] = replace(term, categories=unified)
    spellings = (
        Spelling(kept=spelt[0], spelt=tuple(sorted(spelt)), where=first[spelt[0]])
        for spelt in variants.values()
        if len(spelt) > 1
    )
    return terms, tuple(sorted(spellings, key=lambda spelling: spelling.kept))
