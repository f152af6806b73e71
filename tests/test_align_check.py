"""Mappings are held against SKOS and one another, and everything that is wrong with them is said."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping_tables import GLOSSARY, WD, rules, written
from termatlas.align import MAPPING_RULES, Mapping, Mappings, align, check_mappings, checked_mappings
from termatlas.align.clusters import clusters
from termatlas.errors import SourceError
from termatlas.model import Glossary, Vocabulary, Where


def test_exact_is_disjoint_with_broader_narrower_and_related(tmp_path: Path) -> None:
    for relation in ("broadMatch", "narrowMatch", "relatedMatch"):
        assert rules(tmp_path, "clip,exactMatch,Q1", f"clip,{relation},Q1") == [("s46", 3)]
    assert rules(tmp_path, "clip,exactMatch,Q1", "clip,closeMatch,Q1") == [("two-relations", 3)]
    assert rules(tmp_path, "clip,broadMatch,Q1", "clip,closeMatch,Q2", "gan,exactMatch,Q3") == []


def test_exact_is_symmetric_and_transitive(tmp_path: Path) -> None:
    rows = [
        "clip,exactMatch,Q1",
        "gan,exactMatch,Q1",
        "gan,exactMatch,https://e.org/2",
        "clip,broadMatch,https://e.org/2",
    ]
    found = align(written(tmp_path, "\n".join(["term,match,target", *rows])), GLOSSARY)
    [s46] = [problem for problem in found.problems if problem.rule == "s46"]
    assert (s46.where.line, s46.level, s46.term, s46.target) == (5, "error", "clip", "https://e.org/2")
    way = f'"clip" = {WD}Q1 = "gan" = https://e.org/2 by exact matches (line 2, 3, 4)'
    assert s46.problem == f'"clip" broadMatch https://e.org/2, but {way}'


def test_what_the_glossarys_own_rdf_says_counts(tmp_path: Path) -> None:
    exact = f"<http://www.w3.org/2004/02/skos/core#exactMatch> <{WD}Q1> .\n".encode()
    quoting = f'<http://e.org/p> "\\n<http://www.w3.org/2004/02/skos/core#exactMatch> <{WD}Q2> ." .\n'.encode()
    kept = Vocabulary(
        file="v.ttl",
        statements={"https://v.org/1": exact + quoting},
        nodes={"clip": "https://v.org/1"},
        terms={},
        prefixes={},
    )
    glossary = Glossary(terms=GLOSSARY.terms, vocabularies=(kept,))
    found = Mappings(
        mappings=(
            Mapping(slug="clip", relation="broadMatch", target=WD + "Q1"),
            Mapping(slug="clip", relation="broadMatch", target=WD + "Q2"),
        )
    )
    assert [(problem.rule, problem.target) for problem in check_mappings(found, glossary)] == [("s46", WD + "Q1")]
    assert check_mappings(found, GLOSSARY) == ()


def test_exact_matches_are_one_to_one_within_a_vocabulary(tmp_path: Path) -> None:
    assert rules(tmp_path, "clip,exact,Q1", "gan,exact,Q1", "one,close,Q1") == [("shared-target", 3)]
    assert rules(tmp_path, "clip,exact,Q1", "clip,exact,Q2", "clip,close,Q3") == [("several-targets", 3)]
    assert rules(tmp_path, "clip,exact,Q1", "clip,exact,dbr:Clip", "gan,exact,Q2") == []


def test_a_declared_prefix_tells_vocabularies_of_one_host_apart(tmp_path: Path) -> None:
    table = "term,match,target\nclip,exact,http://o.org/A_1\nclip,exact,http://o.org/B_2\n"
    assert [p.rule for p in align(written(tmp_path, table), GLOSSARY).problems] == ["several-targets"]
    head = "#curie_map:\n#  A: http://o.org/A_\n#  B: http://o.org/B_\n"
    assert align(written(tmp_path, head + table), GLOSSARY).problems == ()


def test_a_term_of_the_glossary_is_no_target(tmp_path: Path) -> None:
    assert rules(tmp_path, "clip,close,https://site.org/terms/gan") == [("own-concept", 2)]
    assert rules(tmp_path, "clip,close,https://example.org/glossary/clip") == [("own-concept", 2)]
    assert rules(tmp_path, "clip,broad,https://example.org/glossary/clip") == [("own-concept", 2), ("s46", 2)]


def test_what_is_denied_may_not_be_said(tmp_path: Path) -> None:
    def found(*rows: str) -> list[tuple[str, int]]:
        path = written(tmp_path, "\n".join(["term,predicate_modifier,match,target", *rows]))
        return [(problem.rule, problem.where.line) for problem in align(path, GLOSSARY).problems]

    assert found("clip,Not,exact,Q1", "clip,,exact,Q1") == [("contradiction", 2)]
    assert found("clip,,exact,Q1", "clip,not,close,Q1") == [("contradiction", 3)]
    assert found("clip,Not,exact,Q1", "clip,,close,Q1", "gan,,exact,Q1") == []
    assert found("clip,,exact,Q1", "gan,,exact,Q1", "gan,,exact,dbr:X", "clip,Not,exact,dbr:X") == [
        ("shared-target", 3),
        ("contradiction", 5),
    ]


def test_a_row_that_says_nothing_new_is_named(tmp_path: Path) -> None:
    assert rules(tmp_path, "clip,exact,Q1", "CLIP,exactMatch,wd:Q1") == [("said-twice", 3)]


def test_the_levels_are_known() -> None:
    errors = {rule for rule, known in MAPPING_RULES.items() if known.level == "error"}
    assert {"s46", "unknown-term", "contradiction", "bad-target"} <= errors


def test_checked_mappings_hold_no_error(tmp_path: Path) -> None:
    good = written(tmp_path, "term,target\nclip,Q1\nclip,Q1\n")
    assert len(checked_mappings(good, GLOSSARY).mappings) == 2
    bad = written(tmp_path, "term,target\nnope!,Q1\nclip,a b\n", "bad.csv")
    with pytest.raises(SourceError, match=r'bad\.csv, line 2: no term is called "nope!".*\(1 more errors: termatlas'):
        checked_mappings(bad, GLOSSARY)


THINGS = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(THINGS, THINGS), max_size=12), THINGS, THINGS)
@settings(deadline=None)
def test_clusters_are_the_closure(pairs: list[tuple[str, str]], one: str, other: str) -> None:
    reached = {one}
    for _ in pairs:
        reached |= {b for pair in pairs for a, b in (pair, pair[::-1]) if a in reached}
    found = clusters(pairs)
    assert found.are_one(one, other) == (other in reached)
    if other in reached and one in found.first and (steps := found.chain(one, other)):
        assert (steps[0], steps[-1]) == (one, other)
        assert all(set(step) in [set(pair) for pair in pairs] for step in pairwise(steps))


def test_many_wrong_rows_are_read_in_a_moment(tmp_path: Path) -> None:
    rows = [f"no such term {number},exact,Q{number + 1}" for number in range(5_000)]
    rows += [f"clip,{'exact' if number % 2 else 'broad'},Q1" for number in range(5_000)]
    rows += [f"gan,exact,Q{number + 1}" for number in range(5_000)]
    start = time.process_time()
    found = align(written(tmp_path, "\n".join(["term,match,target", *rows])), GLOSSARY)
    assert time.process_time() - start < 10
    assert len(found.problems) > 15_000


def test_places_do_not_count_when_mappings_are_compared() -> None:
    here, there = (Mapping(slug="a", relation="exactMatch", target="b", where=Where(file=file)) for file in "xy")
    assert here == there
