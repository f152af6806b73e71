"""The rules: what can be wrong with a glossary, by stable id."""

from __future__ import annotations

from termatlas.findings import connections, entries, references
from termatlas.findings.further_rules import FURTHER
from termatlas.findings.model import Rule
from termatlas.findings.skos_rules import SKOS

#: The rules by id, in the order in which they are explained.
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule(
            id="unreadable",
            level="error",
            title="Unreadable",
            definition="a file or an entry that could not be read",
            cure="mend it as the message says",
            find=entries.find_unreadable,
        ),
        Rule(
            id="duplicate-slug",
            level="error",
            title="Slug given twice",
            definition="a term whose slug an earlier term has; the first one counts",
            cure="give one of them a slug of its own, or merge the two",
            find=entries.find_doubled_slugs,
        ),
        Rule(
            id="wanted-term",
            level="warning",
            title="Wanted term",
            definition="a link target that no page defines",
            cure="write the page, or correct the links that want it",
            find=connections.find_wanted,
            mediawiki="Special:WantedPages",
        ),
        Rule(
            id="isolated",
            level="warning",
            title="Isolated term",
            definition="a defined term with no link in and none out",
            cure="link it to its nearest terms, and from them",
            find=connections.find_isolated,
            qskos="oc",
            mediawiki="Special:LonelyPages and Special:DeadendPages",
        ),
        Rule(
            id="orphan",
            level="warning",
            title="Orphan",
            definition="a defined term that no link leads to, though links lead out of it",
            cure="link to it from a term whose readers want it",
            find=connections.find_orphans,
            mediawiki="Special:LonelyPages",
        ),
        Rule(
            id="dead-end",
            level="warning",
            title="Dead end",
            definition="a defined term that no link leads out of, though links lead to it",
            cure="add the terms that its readers want next",
            find=connections.find_dead_ends,
            mediawiki="Special:DeadendPages",
        ),
        Rule(
            id="island",
            level="warning",
            title="Island",
            definition="a group of two terms or more that no link, in whatever direction, joins to the largest group",
            cure="link one of its terms with the rest",
            find=connections.find_islands,
            qskos="dcc",
        ),
        Rule(
            id="one-way-link",
            level="info",
            title="One-way link",
            definition="a link A → B between defined terms without a link B → A",
            cure="link back where the reader of B wants A",
            find=connections.find_one_way_links,
            qskos="urc",
        ),
        Rule(
            id="self-link",
            level="warning",
            title="Self-link",
            definition="a link that leads to its own term; it counts nowhere else",
            cure="remove it",
            find=references.find_self_links,
            qskos="rrc",
        ),
        Rule(
            id="duplicate-link",
            level="info",
            title="Link given twice",
            definition="a link of one kind that a term lists more than once",
            cure="remove all but one",
            find=references.find_doubled_links,
        ),
        Rule(
            id="ambiguous-link",
            level="warning",
            title="Ambiguous link",
            definition="a link that several terms answer to",
            cure="write the slug of the one that is meant",
            find=references.find_ambiguous_links,
            qskos="ol",
        ),
        Rule(
            id="folded-link",
            level="info",
            title="Loosely spelt link",
            definition="a link that found its target only after case, spaces and punctuation were folded",
            cure="write it as its target is spelt",
            find=references.find_folded_links,
        ),
        Rule(
            id="duplicate-name",
            level="warning",
            title="Name given twice",
            definition="a term whose name another term has, in whatever case",
            cure="tell them apart by name, or merge the two",
            find=entries.find_doubled_names,
            qskos="ol",
        ),
        Rule(
            id="duplicate-alias",
            level="warning",
            title="Alias given twice",
            definition="an alias that is another term's name or alias, in whatever case",
            cure="leave it with the term that readers mean by it",
            find=entries.find_doubled_aliases,
            qskos="ol",
        ),
        Rule(
            id="no-definition",
            level="warning",
            title="No definition",
            definition="a term without a definition",
            cure="write one sentence that says what it is",
            find=entries.find_undefined,
            qskos="uc",
        ),
        Rule(
            id="no-category",
            level="info",
            title="No category",
            definition="a term without a category, in a glossary that has categories",
            cure="give it one",
            find=entries.find_uncategorised,
        ),
        Rule(
            id="category-spelling",
            level="warning",
            title="Category spelt several ways",
            definition="a category whose spellings differ only in case, spaces, hyphens or underscores; "
            "all its terms get the most frequent one",
            cure="spell it one way",
            find=entries.find_category_spellings,
        ),
        Rule(
            id="unprintable",
            level="warning",
            title="Unprintable character",
            definition="a slug, name or alias with a character that cannot be seen, turns the writing direction, "
            "or had to be replaced",
            cure="type it anew",
            find=entries.find_unprintable,
            qskos="ucil",
        ),
        Rule(
            id="unsafe-slug",
            level="info",
            title="Unsafe slug",
            definition="a slug with spaces, slashes, quotes or other signs that an address or a file name "
            "cannot hold as they are, or over 200 characters long",
            cure="use letters, digits and hyphens",
            find=entries.find_unsafe_slugs,
        ),
        *FURTHER,
        *SKOS,
    )
}
