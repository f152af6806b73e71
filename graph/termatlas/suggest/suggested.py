"""All that is suggested for a glossary: links, terms, and duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termatlas.model import Glossary
from termatlas.suggest.model import Suggestion

if TYPE_CHECKING:
    import networkx as nx

    from termatlas.suggest.duplicates import Duplicate
    from termatlas.suggest.terms import MissingTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """The suggestions for a glossary, the best of each kind first."""

    links: tuple[Suggestion, ...]
    terms: tuple[MissingTerm, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


def suggest(
    glossary: Glossary,
    graph: nx.DiGraph[str],
    keep: Callable[[Iterable[Suggestion]], Iterable[Suggestion]] = lambda links: links,
    progress: Callable[[str], None] = lambda _: None,
) -> Suggested:
    """Suggest links, terms and duplicates; `keep` says which links, for some may have been rejected before."""
    from termatlas.suggest.corpus import corpus_for
    from termatlas.suggest.duplicates import suggest_duplicates
    from termatlas.suggest.links import suggested_links
    from termatlas.suggest.terms import suggest_terms

    progress("suggesting duplicates and links")
    corpus = corpus_for(glossary, graph)
    duplicates = suggest_duplicates(glossary, graph, corpus=corpus)
    links = suggested_links(glossary, graph, corpus=corpus, duplicates=duplicates).suggestions
    progress("suggesting terms")
    return Suggested(
        links=tuple(keep(links)),
        terms=tuple(suggest_terms(glossary, graph, corpus=corpus)),
        duplicates=tuple(duplicates),
    )
