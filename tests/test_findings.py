"""What the rules find, and what they leave alone."""

from __future__ import annotations

import networkx as nx
import pytest

from termatlas.build import build
from termatlas.errors import UsageError
from termatlas.findings import LEVELS, RULES, Finding, Rule, check, worst_reaches
from termatlas.findings.skos_rules import SKOS
from termatlas.model import Glossary, Problem, Reference, Term, Violation, Where
from termatlas.resolve import resolve, unify_categories


def page(slug: str, *links: str, **fields: object) -> Term:
    related = tuple(Reference(written=link, line=7, field=f"related[{n}]") for n, link in enumerate(links))
    given = {
        "name": slug.upper(),
        "definition": f"It is number {sum(map(ord, slug))}.",
        "categories": ("c",),
        "file": f"{slug}.md",
        "line": 1,
        **fields,
    }
    return Term(slug=slug, related=related, **given)  # type: ignore[arg-type] # any field may be given


def glossary(*terms: Term, **fields: object) -> Glossary:
    unified, spellings = unify_categories(terms)
    return Glossary(terms=tuple(resolve(unified)), spellings=spellings, **fields)  # type: ignore[arg-type]


def found(made: Glossary, rule: str) -> list[Finding]:
    return check(made, build(made), select=[rule])


def typed(slug: str, **links: str) -> Term:
    related = (
        Reference(written=target, kind=kind, line=7, field=kind) for kind, to in links.items() for target in to.split()
    )
    return Term(slug=slug, name=slug.upper(), definition=slug, file=f"{slug}.md", related=tuple(related))


def noted(condition: str) -> Glossary:
    """Give a glossary in whose file a condition of SKOS is broken."""
    where = Where(file="v.ttl", field="https://example.org/a")
    broken = Violation(condition=condition, subject=where.field, message="it is so", where=where)
    return glossary(page("a", "b", iri=where.field), B, violations=(broken,))


def conditions_of(rule: Rule) -> list[str]:
    return rule.skos.split() or rule.qskos.split()


A, B = page("a", "b"), page("b", "a")

#: rule → (a glossary in which it finds one thing, the term, where, and what it says)
CASES: dict[str, tuple[Glossary, str, str, str]] = {
    "unreadable": (
        glossary(A, B, problems=(Problem(where=Where(file="x.json", line=3), problem="cut short", cure="restore it"),)),
        "", "x.json, line 3", "cut short; restore it",
    ),
    "duplicate-slug": (
        glossary(A, B, page("a", file="z.md")), "a", "z.md, line 1", 'the slug "a" is taken by a.md, line 1',
    ),
    "wanted-term": (
        glossary(page("a", "b", "x"), page("b", "a", "x")), "x", "a.md, line 7, related[1]",
        'no page defines "x", which a, b link to',
    ),
    "isolated": (glossary(A, B, page("i")), "i", "i.md, line 1", '"I": no link leads to it and none leads out'),
    "orphan": (glossary(A, B, page("o", "a")), "o", "o.md, line 1", '"O": no link leads to it'),
    "dead-end": (glossary(page("a", "b", "d"), B, page("d")), "d", "d.md, line 1", '"D": no link leads out of it'),
    "island": (
        glossary(A, B, page("e", "a"), page("p", "q"), page("q", "p")), "p", "p.md, line 1",
        "an island of 2 terms: p, q",
    ),
    "one-way-link": (
        glossary(A, B, page("o", "a")), "o", "o.md, line 7, related[0]", "o links to a, which does not link back",
    ),
    "self-link": (glossary(page("a", "b", "a"), B), "a", "a.md, line 7, related[1]", '"A" links to itself'),
    "duplicate-link": (glossary(page("a", "b", "B"), B), "a", "a.md, line 7, related[1]", '"A" lists b more than once'),
    "ambiguous-link": (
        glossary(page("a", "twin"), page("t1", name="Twin"), page("t2", name="TWIN")), "a", "a.md, line 7, related[0]",
        '"twin" can mean t1 or t2',
    ),
    "folded-link": (glossary(page("a", "B!"), B), "a", "a.md, line 7, related[0]", '"B!" is b but for its punctuation'),
    "duplicate-name": (glossary(A, B, page("a2", name="a")), "a2", "a2.md, line 1", '"a" is the name of a too'),
    "duplicate-alias": (
        glossary(A, page("b", "a", aliases=("A",))), "b", "b.md, line 1", '"a" is an alias of b and name of a',
    ),
    "no-definition": (glossary(A, page("b", "a", definition="")), "b", "b.md, line 1", '"B" has no definition'),
    "no-category": (glossary(A, page("b", "a", categories=())), "b", "b.md, line 1", '"B" has no category'),
    "category-spelling": (
        glossary(A, B, page("c", categories=("C",))), "", "c.md, line 1", 'the category "c" is also spelt "C"',
    ),
    "unprintable": (
        glossary(A, page("b", "a", name="B\u202eD")), "b", "b.md, line 1",
        "a slug, name or alias of 'b' holds a right-to-left override",
    ),
    "unsafe-slug": (glossary(A, B, page("../x", "a", file="x.csv")), "../x", "x.csv, line 1", "the slug is '../x'"),
    "weak-term": (
        glossary(page("a", "b", "c"), page("b", "a", "c"), page("c", "a", "b", "w"), page("w", "c")), "w",
        "w.md, line 1", '"W" is linked with "C" alone',
    ),
    "single-entry": (
        glossary(page("a", "b"), page("b", "a", "s"), page("s", "a", "b")), "s", "s.md, line 1",
        'only "B" links to "S"',
    ),
    "cut-term": (
        glossary(page("a", "b"), page("b", "c"), page("c", "a", "x"), page("x", "y"), page("y", "c")),
        "c", "c.md, line 1", 'without "C", 2 terms would lose touch with the rest',
    ),
    "hub": (
        glossary(page("h", *(f"t{n}" for n in range(31))), *(page(f"t{n}") for n in range(31))), "h", "h.md, line 1",
        '"H" is linked with 31 terms (0 links in, 31 out); over 30 is far from usual',
    ),
    "closed-category": (
        glossary(page("a", "b"), page("b", "a", "x"), page("x", categories=("d",)), page("y", categories=("d",)),
                 page("e", "a", categories=())), "",
        "x.md, line 1", 'no link leads out of the category "d"',
    ),
    "self-naming": (
        glossary(A, page("hash-table", name="Hash table", definition="A hash table is a table.")), "hash-table",
        "hash-table.md, line 1", 'the definition of "Hash table" says no more than its name',
    ),
    "circular-definition": (
        glossary(
            page("hen", name="hen", definition="Eggs become it."), page("egg", name="egg", definition="Hens lay it."),
        ), "egg",
        "egg.md, line 1", 'the definitions of "egg" and "hen" name each other',
    ),
    "shared-definition": (
        glossary(page("a", definition="A thing."), page("b", definition="a  thing.")), "b", "b.md, line 1",
        '"B" has the definition of "A"',
    ),
    "boilerplate": (
        glossary(*(page(name, definition=f"{name} matters to all teams today.") for name in ("one", "two", "six"))), "",
        "one.md, line 1", 'one sentence stands in several terms: "… matters to all teams today."',
    ),
    "hierarchy-cycle": (
        glossary(typed("a", broader="b"), typed("b", broader="c"), typed("d", narrower="a"), typed("c", broader="a")),
        "a", "a.md, line 7, broader", 'each of "A", "B", "C" is broader than itself',
    ),
    "redundant-broader": (
        glossary(typed("a", broader="b c"), typed("b", broader="c"), typed("c")), "a", "a.md, line 7, broader",
        '"C" is above "A" anyway, by "B"',
    ),
    "label-clash": (glossary(A, page("b", aliases=("B",))), "b", "b.md, line 1", '"B" is both name and alias of b'),
    **{
        rule.id: (noted(next(iter(conditions_of(rule)))), "a", "v.ttl, https://example.org/a", "it is so")
        for rule in SKOS if rule.id != "label-clash"
    },
}  # fmt: skip


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_its_one_case_with_place_and_words(rule: str) -> None:
    made, term, where, message = CASES[rule]
    assert [(f.rule, f.level, f.term, str(f.where), f.message) for f in found(made, rule)] == [
        (rule, RULES[rule].level, term, where, message)
    ]


def test_a_sound_glossary_has_no_finding() -> None:
    sound = glossary(page("a", "b", "c"), page("b", "a", "c"), page("c", "a", "b"))
    assert check(sound, build(sound)) == []


def test_a_graph_of_another_origin_is_checked_too() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("p", "q"), ("q", "p"), ("o", "a")])
    weak = {("weak-term", slug) for slug in "bopq"}
    assert {(f.rule, f.term) for f in check(Glossary(), graph)} == {("orphan", "o"), ("island", "p"), *weak}


def test_running_text_may_link_twice() -> None:
    links = (Reference(written="b", kind="inline"),) * 2
    made = glossary(Term(slug="a", name="A", definition="d", related=links), B)
    assert found(made, "duplicate-link") == []


def test_a_glossary_without_categories_lacks_none() -> None:
    made = glossary(page("a", "b", categories=()), page("b", "a", categories=()))
    assert found(made, "no-category") == []


def test_wanted_terms_come_by_how_many_want_them() -> None:
    made = glossary(page("a", "x", "y"), page("b", "y"))
    assert [(f.term, f.weight) for f in found(made, "wanted-term")] == [("y", 2), ("x", 1)]


def test_findings_come_worst_first_and_whatever_the_order_of_terms() -> None:
    terms = [page("a", "b", "x"), page("b", "a", "a"), page("o", "a"), page("a")]
    made = [glossary(*terms[:3], terms[3]), glossary(terms[2], terms[0], terms[1], terms[3])]
    first, second = (check(g, build(g)) for g in made)
    assert first == second
    assert [LEVELS.index(f.level) for f in first] == sorted(LEVELS.index(f.level) for f in first)


def test_select_and_ignore_take_ids() -> None:
    made = glossary(page("a", "x"))
    graph = build(made)
    assert {f.rule for f in check(made, graph, select=["orphan"])} == {"orphan"}
    assert "orphan" not in {f.rule for f in check(made, graph, ignore=["orphan"])}
    with pytest.raises(UsageError, match='there is no rule "orphans"; there are unreadable, duplicate-slug'):
        check(made, graph, select=["orphans"])


def test_the_worst_level_is_compared() -> None:
    warning = found(CASES["orphan"][0], "orphan")
    assert [worst_reaches(warning, level) for level in ("error", "warning", "info", "never")] == [
        False,
        True,
        True,
        False,
    ]
    assert not worst_reaches([], "info")


def test_rules_explain_themselves() -> None:
    for rule_id, rule in RULES.items():
        assert rule.id == rule_id
        assert rule.definition
        assert rule.cure
        assert rule.level in LEVELS


def test_a_weak_term_at_the_end_of_a_hierarchy_is_as_it_should_be() -> None:
    made = glossary(typed("top"), typed("a", broader="top"), typed("b", broader="top"))
    assert found(made, "weak-term") == []


def test_what_a_cut_term_holds_together_is_counted_without_wanted_terms() -> None:
    made = glossary(page("a", "b"), page("b", "a", "x", "y", "z"))
    assert found(made, "cut-term") == []


@pytest.mark.parametrize("count", [0, 1, 5, 30])
def test_a_star_with_few_links_has_no_hub(count: int) -> None:
    assert found(glossary(page("h", *(f"t{n}" for n in range(count)))), "hub") == []


def test_in_a_dense_glossary_a_hub_has_to_stand_out() -> None:
    names = [f"t{n}" for n in range(40)]
    assert found(glossary(*(page(name, *names) for name in names)), "hub") == []


def test_a_term_in_two_categories_opens_the_second_to_the_first_alone() -> None:
    made = glossary(
        page("a", "b", categories=("c",)), page("b", "a", categories=("c", "d")), page("e", categories=("d",))
    )
    assert [f.message for f in found(made, "closed-category")] == ['no link leads into or out of the category "c"']


def test_a_definition_that_says_anything_else_does_not_name_itself() -> None:
    made = glossary(page("hash-table", name="Hash table", definition="A table with hashed keys."))
    assert found(made, "self-naming") == []


@pytest.mark.parametrize("definition", ["注意力", "注意力的 注意力。"])
def test_definitions_by_their_name_are_found_without_spaces(definition: str) -> None:
    made = glossary(page("attention", name="注意力", definition=definition))
    assert [f.term for f in found(made, "self-naming")] == ["attention"]


def test_a_circle_of_three_is_found_once_and_a_remark_makes_none() -> None:
    circle = [("hen", "Comes of a chick."), ("egg", "A hen lays it."), ("chick", "Comes of an egg.")]
    made = glossary(*(page(slug, name=slug, definition=text) for slug, text in circle))
    assert [f.message for f in found(made, "circular-definition")] == [
        'the definitions of "chick", "egg" and "hen" name each other in a circle'
    ]
    remark = glossary(
        page("hen", name="hen", definition="A bird. Comes of an egg."),
        page("egg", name="egg", definition="Hens lay it."),
    )
    assert found(remark, "circular-definition") == []


def test_short_names_in_capitals_are_named_in_capitals_only() -> None:
    it = page("it", name="IT", definition="What a service is for.")
    small, great = (glossary(it, page("service", name="service", definition=f"{word} helps.")) for word in ("it", "IT"))
    assert [len(found(made, "circular-definition")) for made in (small, great)] == [0, 1]


def test_a_hierarchy_with_two_ways_up_has_no_cycle_and_nothing_redundant() -> None:
    made = glossary(typed("a", broader="b c"), typed("b", broader="d"), typed("c", broader="d"), typed("d"))
    assert found(made, "hierarchy-cycle") == []
    assert found(made, "redundant-broader") == []


def test_prerequisites_can_be_in_a_cycle_too() -> None:
    made = glossary(typed("a", prerequisite="b"), typed("b", prerequisite="a"))
    assert [f.message for f in found(made, "hierarchy-cycle")] == ['each of "A", "B" is a prerequisite of itself']


def test_a_page_may_link_to_what_is_broader() -> None:
    made = glossary(typed("a", broader="b"), typed("b", broader="c", related="a"), typed("c", related="a"))
    assert found(made, "related-and-broader") == []


def test_a_violation_names_the_terms_that_it_is_about() -> None:
    where = Where(file="v.ttl", field="https://example.org/a")
    broken = Violation(condition="S27", subject=where.field, object="https://example.org/b", message="m", where=where)
    terms = (page("a", iri="https://example.org/a"), page("b", iri="https://example.org/b"))
    assert [(f.term, f.target) for f in found(glossary(*terms, violations=(broken,)), "related-and-broader")] == [
        ("a", "b")
    ]
    assert [(f.term, f.target) for f in found(glossary(A, violations=(broken,)), "related-and-broader")] == [("", "")]
