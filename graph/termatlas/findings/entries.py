"""What is wrong with terms by themselves: files and entries that cannot be read, doubles, gaps, odd spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from termatlas.analysis import Csr
from termatlas.findings.model import Hit
from termatlas.model import Glossary, Term
from termatlas.resolve import case_folded

_UNSAFE = re.compile(r"[\s/\\\"'<>?#%{}|^`:*]|\.\.")
_LONGEST = 200


def find_unreadable(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the files and entries that could not be read."""
    return (Hit(problem.where, f"{problem.problem}; {problem.cure}") for problem in glossary.problems)


def find_doubled_slugs(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms whose slug an earlier term has."""
    for term in glossary.terms:
        if (first := glossary[term.slug]) is not term:
            yield Hit(term.where, f'the slug "{term.slug}" is taken by {first.where}', term.slug)


def find_doubled_names(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms whose name another term has, in whatever case."""
    for terms in _grouped((case_folded(term.name), term) for term in glossary.terms).values():
        for term in terms[1:]:
            yield Hit(term.where, f'"{term.name}" is the name of {terms[0].slug} too', term.slug, terms[0].slug)


def find_doubled_aliases(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the aliases that are another term's name or alias, in whatever case."""
    named = _grouped((case_folded(term.name), term) for term in glossary.terms)
    aliased = _grouped((case_folded(alias), term) for term in glossary.terms for alias in term.aliases)
    for alias, terms in aliased.items():
        first = (named.get(alias) or terms)[0]
        for term in terms:
            if term.slug != first.slug:
                what = "name" if alias in named else "alias"
                yield Hit(
                    term.where,
                    f'"{alias}" is an alias of {term.slug} and {what} of {first.slug}',
                    term.slug,
                    first.slug,
                )


def _grouped(pairs: Iterator[tuple[str, Term]]) -> dict[str, list[Term]]:
    """Group terms of different slugs by a text."""
    groups: defaultdict[str, list[Term]] = defaultdict(list)
    for text, term in pairs:
        if all(term.slug != other.slug for other in groups[text][-1:]):
            groups[text].append(term)
    return groups


def find_undefined(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms without a definition."""
    return (
        Hit(term.where, f'"{term.name}" has no definition', term.slug) for term in glossary.terms if not term.definition
    )


def find_uncategorised(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the terms without a category, in a glossary that has categories."""
    if any(term.categories for term in glossary.terms):
        for term in glossary.terms:
            if not term.categories:
                yield Hit(term.where, f'"{term.name}" has no category', term.slug)


def find_category_spellings(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the categories that are spelt in several ways."""
    for spelling in glossary.spellings:
        others = ", ".join(f'"{text}"' for text in spelling.spelt if text != spelling.kept)
        yield Hit(spelling.where, f'the category "{spelling.kept}" is also spelt {others}')


def find_unprintable(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the slugs, names and aliases with characters that cannot be seen or that turn the writing direction."""
    for term in glossary.terms:
        for text in (term.slug, term.name, *term.aliases):
            if not text.isascii() and (sign := next(filter(_unprintable, text), None)):
                name = unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
                yield Hit(term.where, f"a slug, name or alias of {term.slug!a} holds a {name}", term.slug)
                break


def _unprintable(sign: str) -> bool:
    return sign == "\ufffd" or (unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") and sign not in "\u200c\u200d")


def find_unsafe_slugs(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the slugs that cannot stand in an address or be a file name as they are."""
    for term in glossary.terms:
        if _UNSAFE.search(term.slug) or len(term.slug) > _LONGEST:
            shown = ascii(term.slug) if len(term.slug) <= _LONGEST else f"{len(term.slug):,} characters long"
            yield Hit(term.where, f"the slug is {shown}", term.slug)
