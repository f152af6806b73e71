"""What is wrong with the wording: definitions that say nothing, definitions and sentences that others have too."""

from __future__ import annotations

from collections.abc import Iterator

from termatlas.analysis import Csr
from termatlas.findings.model import Hit
from termatlas.findings.spoken import folded, words
from termatlas.model import Glossary, Term
from termatlas.resolve import case_folded
from termatlas.suggest.boilerplate import repeated_sentences

#: Words that say nothing by themselves, in the languages of most glossaries; of scripts without spaces, particles.
_EMPTY = frozenset(
    word
    for line in (
        "a an the of or and in on at to for from by with as is are be was were it its this that these which what",
        "who when one any some all such kind type sort form term word name concept thing something used use",
        "refer refers mean means",
        "der die das des dem den ein eine eines einem einer und oder von vom zu zum zur im am auf für mit ist sind",
        "le la les l un une du de d et ou à au aux en dans par pour avec est sont",
        "el los las una unos unas del y o con por para es son lo il gli uno e ed di da che è sono",
        "het een van voor met zijn als och eller av för med är som",
        "的 是 之 與 和 の は と が を に です する",
    )
    for word in line.split()
)


def find_self_naming(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the definitions whose words are all in the term's own names, but for those that say nothing."""
    for term in glossary.terms:
        if term.definition and _says_nothing(term):
            yield Hit(term.where, f'the definition of "{term.name}" says no more than its name', term.slug)


def _says_nothing(term: Term) -> bool:
    known: set[str] = set()
    for word in words(term.definition):
        if word.casefold() not in _EMPTY:
            known = known or {folded(part) for name in (term.name, *term.aliases) for part in words(name)}
            if folded(word) not in known:
                return False
    return True


def find_shared_definitions(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the definitions that another term has too."""
    first: dict[str, Term] = {}
    for term in glossary.terms:
        if text := case_folded(term.definition):
            other = first.setdefault(text, term)
            if other.slug != term.slug:
                message = f'"{term.name}" has the definition of "{other.name}"'
                yield Hit(term.where, message, term.slug, other.slug)


def find_boilerplate(glossary: Glossary, rows: Csr) -> Iterator[Hit]:
    """Find the sentences that stand in several terms with only the name of the term replaced."""
    for repeated in repeated_sentences(glossary):
        message = f'one sentence stands in several terms: "{repeated.template}"'
        yield Hit(glossary[repeated.terms[0]].where, message, weight=len(repeated.terms))
