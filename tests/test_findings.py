"""What the rules find, and what they leave alone."""

from __future__ import annotations

import networkx as nx
import pytest

from termatlas.build import build
from termatlas.errors import UsageError
from termatlas.findings import LEVELS, RULES, Finding, check, worst_reaches
from termatlas.model import Glossary, Problem, Reference, Term, Where
from termatlas.resolve import resolve, unify_categories


def page(slug: str, *links: str, **fields: object) -> Term:
    related = tuple(Reference(written=link, line=7, field=f"related[{n}]") for n, link in enumerate(links))
    given = {
        "name": slug.upper(),
        "definition": "It is.",
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
    sound = glossary(A, B)
    assert check(sound, build(sound)) == []


def test_a_graph_of_another_origin_is_checked_too() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("p", "q"), ("q", "p"), ("o", "a")])
    assert {(f.rule, f.term) for f in check(Glossary(), graph)} == {("orphan", "o"), ("island", "p")}


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
