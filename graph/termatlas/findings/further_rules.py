"""The rules on what is weak rather than broken: the shape of the whole, the wording, the hierarchy."""

from __future__ import annotations

from termatlas.findings import circles, shape, thesaurus, wording
from termatlas.findings.model import Rule

FURTHER = (
    Rule(
        id="weak-term",
        level="info",
        title="Weak term",
        definition="a defined term that links, in whatever direction, join to one other term alone, unless that is its "
        "broader or narrower term",
        cure="link it with a second term, or merge it with the one it hangs on",
        find=shape.find_weak,
    ),
    Rule(
        id="single-entry",
        level="info",
        title="Single entry",
        definition="a defined term that one other term alone links to, though links join it to several",
        cure="link to it from a second term whose readers want it",
        find=shape.find_single_entries,
    ),
    Rule(
        id="cut-term",
        level="info",
        title="Cut term",
        definition="a term without which two terms or more would lose touch, in whatever direction, with the largest "
        "part of those it holds together",
        cure="link some of what hangs on it with the rest",
        find=shape.find_cuts,
    ),
    Rule(
        id="hub",
        level="info",
        title="Hub",
        definition="a term that links join to over 30 terms, and to more than the third quartile plus three "
        "interquartile ranges of the glossary's terms",
        cure="see whether each of its links helps a reader, and whether a narrower term would say more",
        find=shape.find_hubs,
    ),
    Rule(
        id="closed-category",
        level="info",
        title="Closed category",
        definition="a category of two terms or more that no link leads into from other terms, or none out of",
        cure="link one of its terms with a term outside",
        find=shape.find_closed_categories,
    ),
    Rule(
        id="self-naming",
        level="warning",
        title="Definition that says no more than the name",
        definition="a definition that has no telling word but those of the term's name and aliases",
        cure="write what it is and what tells it from its neighbours",
        find=wording.find_self_naming,
    ),
    Rule(
        id="circular-definition",
        level="info",
        title="Circular definition",
        definition="two or three terms whose definitions, in their first sentences, name each other",
        cure="define one of them without the other",
        find=circles.find_circles,
    ),
    Rule(
        id="shared-definition",
        level="warning",
        title="Definition given twice",
        definition="a definition that another term has too, in whatever case",
        cure="say what tells them apart, or merge the two",
        find=wording.find_shared_definitions,
    ),
    Rule(
        id="boilerplate",
        level="info",
        title="Boilerplate",
        definition="a sentence that stands in three terms or more with only the name of the term replaced",
        cure="leave it out, or say it once, elsewhere",
        find=wording.find_boilerplate,
    ),
    Rule(
        id="hierarchy-cycle",
        level="warning",
        title="Cycle in the hierarchy",
        definition="terms of which each is broader than each, or a prerequisite of each, by however many steps",
        cure="remove the link that points the wrong way",
        find=thesaurus.find_cycles,
        qskos="chr",
    ),
    Rule(
        id="redundant-broader",
        level="info",
        title="Redundant broader term",
        definition="a link to a broader term that the other broader terms lead to anyway",
        cure="remove it, unless it is meant as a short cut",
        find=thesaurus.find_redundant,
        qskos="hr",
    ),
)
