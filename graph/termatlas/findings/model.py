"""What a finding and a rule are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from termatlas.model import Glossary, Where

if TYPE_CHECKING:
    from termatlas.analysis import Csr

Level = Literal["error", "warning", "info"]

#: The levels, worst first.
LEVELS: tuple[Level, ...] = ("error", "warning", "info")


class Hit(NamedTuple):
    """One place where a rule finds something."""

    where: Where
    message: str
    term: str = ""  #: slug; "" where the finding is about a file or a category
    target: str = ""
    weight: int = 1  #: how much it matters among the findings of its rule, such as the links that want a term


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What can be wrong with a glossary: a stable id, a level, a definition, and the function that finds it.

    `skos`, `qskos` and `mediawiki` name the same thing elsewhere ("" where there is none): an integrity
    condition of the SKOS Reference, an issue of qSKOS, a special page of MediaWiki.
    """

    id: str
    level: Level
    title: str
    definition: str
    cure: str
    find: Callable[[Glossary, Csr], Iterator[Hit]]
    skos: str = ""
    qskos: str = ""
    mediawiki: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule found: which term, which target (where there is one), and where it stands."""

    rule: str
    level: Level
    term: str  #: slug; "" where the finding is about a file or a category
    target: str = ""
    message: str
    where: Where
    weight: int = 1
