"""Mappings are read from SSSOM and plain tables, and what cannot be read of them is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping_tables import GLOSSARY, WD, read, written
from termatlas.align import Mapping, read_mappings
from termatlas.align.prefixes import contract, expand
from termatlas.align.slots import joined_values, split_values
from termatlas.align.targets import is_concept_iri, target_of
from termatlas.errors import SourceError


@pytest.mark.parametrize(
    "name",
    [
        *("clip", "CLIP", "contrastive PRE-training", "https://example.org/glossary/clip"),
        "ex:clip",
    ],
)
def test_a_term_goes_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    [mapping] = read(tmp_path, f"#curie_map:\n#  ex: https://example.org/glossary/\nterm,target\n{name},Q1\n").mappings
    assert mapping.slug == "clip"
    assert mapping.where.line == 4


def test_a_term_goes_by_its_own_address_and_by_an_escaped_slug(tmp_path: Path) -> None:
    found = read(tmp_path, "term,target\nhttps://site.org/terms/gan,Q1\nhttps://example.org/glossary/a%2Fb%20test,Q2")
    assert [mapping.slug for mapping in found.mappings] == ["gan", "a/b test"]


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("Q42", WD + "Q42"),
        ("wd:Q42", WD + "Q42"),
        ("WIKIDATA:Q42", WD + "Q42"),
        ("https://www.wikidata.org/wiki/Q42", WD + "Q42"),
        ("http://m.wikidata.org/wiki/Q42?uselang=de#P31", WD + "Q42"),
        ("https://www.wikidata.org/entity/Q42", WD + "Q42"),
        ("https://www.wikidata.org/wiki/Special:EntityData/Q42.json", WD + "Q42"),
        ("https://www.wikidata.org/wiki/Property:P31", WD + "P31"),
        ("https://dbpedia.org/page/Overfitting", "http://dbpedia.org/resource/Overfitting"),
        ("https://dbpedia.org/resource/Overfitting", "http://dbpedia.org/resource/Overfitting"),
        ("https://en.wikipedia.org/wiki/overfitting", "http://dbpedia.org/resource/Overfitting"),
        ("https://en.m.wikipedia.org/wiki/F-score", "http://dbpedia.org/resource/F-score"),
        ("urn:isbn:9780262035613", "urn:isbn:9780262035613"),
        ("https://e.org/é#x", "https://e.org/é#x"),
    ],
)
def test_a_target_becomes_the_iri_of_the_thing(text: str, iri: str) -> None:
    assert target_of(text, {"wd": WD, "wikidata": WD}) == (iri, "", "")


def test_a_prefix_of_pages_leads_to_the_entities(tmp_path: Path) -> None:
    text = "#curie_map:\n#  wikidata: https://www.wikidata.org/wiki/\nterm,target\nclip,wikidata:Q5\n"
    assert read(tmp_path, text).mappings[0].target == WD + "Q5"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("javascript:alert(1)", "unknown-prefix"),
        ("javascript://%0aalert(1)", "bad-target"),
        ("data:text/html,<script>", "unknown-prefix"),
        ("file:///etc/passwd", "bad-target"),
        ("https://e.org/a b", "bad-target"),
        ("https://e.org/<b>", "bad-target"),
        ("https://e.org/%zz", "bad-target"),
        ("https://e.org/\u202egpj", "bad-target"),
        ("https:///nohost", "bad-target"),
        ("http://[::1/x", "bad-target"),
        ("=HYPERLINK(1)", "bad-target"),
        ("q42", "bad-target"),
        ("https://de.wikipedia.org/wiki/Auto", "page-not-concept"),
        ("https://en.wikipedia.org/wiki/Gr%C3%B6bner_basis", "page-not-concept"),
    ],
)
def test_what_cannot_name_a_concept_is_no_target(text: str, rule: str) -> None:
    assert target_of(text, {}).rule == rule


def test_a_hostile_prefix_stands_for_nothing(tmp_path: Path) -> None:
    text = '#curie_map:\n#  x: "javascript:alert("\n#  skos: https://e.org/\nterm,target\nclip,x:1\n'
    found = read(tmp_path, text)
    assert [problem.rule for problem in found.problems] == ["bad-value", "bad-value", "unknown-prefix"]
    assert not found.prefixes
    assert not found.mappings


@pytest.mark.parametrize("name", ["exactMatch", "exact match", "EXACT", "skos:exactMatch", "skos:exact_match"])
def test_a_relation_goes_by_its_usual_names(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, f"term,relation,target\nclip,{name},Q1").mappings[0].relation == "exactMatch"


def test_a_row_without_a_relation_is_a_close_match(tmp_path: Path) -> None:
    assert read(tmp_path, "term,wikidata\nclip,Q1").mappings[0].relation == "closeMatch"
    assert read(tmp_path, "term,match,wikidata\nclip,,Q1").mappings[0].relation == "closeMatch"


def test_a_row_with_several_targets_is_several_mappings(tmp_path: Path) -> None:
    found = read(tmp_path, "slug,wikidata,dbpedia\nclip,Q1,https://dbpedia.org/page/X\ngan,,dbr:Y\n")
    assert [(m.slug, m.target) for m in found.mappings] == [
        ("clip", WD + "Q1"),
        ("clip", "http://dbpedia.org/resource/X"),
        ("gan", "http://dbpedia.org/resource/Y"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\r\n")])
def test_a_table_is_read_as_any_spreadsheet_saved_it(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    rows = [["Comment", "Target", "Term"], ["Ä", "Q1", "clip"], ["'=1+1", "Q2", "GAN"]]
    path = written(tmp_path, end.join(delimiter.join(row) for row in rows), encoding=encoding)
    found = read_mappings(path, GLOSSARY)
    assert found.problems == ()
    assert [(m.slug, m.target, m.comment) for m in found.mappings] == [
        ("clip", WD + "Q1", "Ä"),
        ("gan", WD + "Q2", "=1+1"),
    ]


SSSOM = """\
# curie_map:
#   ex: https://example.org/glossary/
#   MONDO: http://purl.obolibrary.org/obo/MONDO_
# mapping_set_id: https://example.org/sets/1
# creator_id: orcid:0000-0001
# mapping_date: 2022-05-02
# unheard_of: 1
subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification\tauthor_id\tauthor_label\
\tconfidence\tcomment\tmapping_date\tmapping_tool
ex:clip\tskos:exactMatch\t\tMONDO:1\tClip\tsemapv:ManualMappingCuration\torcid:1|orcid:2\tA\\|B|C\t0.95\t\
"two\nlines"\t2022-05-02\thand
ex:gan\tskos:broadMatch\tNot\tMONDO:2\t\tsemapv:UnspecifiedMatching\t\t\t\t\t\t
ex:gan\tskos:exactMatch\t\tsssom:NoTermFound\t\tsemapv:LexicalMatching\t\t\t\t\t\t
"""


def test_all_of_sssom_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, SSSOM, "m.sssom.tsv")
    assert found.problems == ()
    first, second, third = found.mappings
    assert first == Mapping(
        slug="clip",
        relation="exactMatch",
        target="http://purl.obolibrary.org/obo/MONDO_1",
        label="Clip",
        justification="https://w3id.org/semapv/vocab/ManualMappingCuration",
        confidence=0.95,
        comment="two\nlines",
        further=(
            ("author_id", ("https://orcid.org/1", "https://orcid.org/2")),
            ("author_label", ("A|B", "C")),
            ("mapping_tool", ("hand",)),
            ("mapping_date", ("2022-05-02",)),
        ),
    )
    assert (second.negated, second.justification, second.where.line) == (True, "", 11)
    assert found.asserted == (first,)
    assert not third.asserted
    assert found.metadata == {
        "mapping_set_id": "https://example.org/sets/1",
        "creator_id": ("orcid:0000-0001",),
        "mapping_date": "2022-05-02",
    }


def test_metadata_can_lie_beside_the_table_or_be_named(tmp_path: Path) -> None:
    head, table = SSSOM.split("subject_id", 1)
    path = written(tmp_path, f"subject_id{table}", "m.sssom.tsv")
    assert {problem.rule for problem in read_mappings(path, GLOSSARY).problems} == {"unknown-term", "unknown-prefix"}
    yaml = head.replace("# ", "")
    other = written(tmp_path, yaml, "other.yml")
    assert read_mappings(path, GLOSSARY, metadata=other).problems == ()
    written(tmp_path, yaml, "m.sssom.yml")
    assert read_mappings(path, GLOSSARY).problems == ()


def test_a_spreadsheet_may_widen_the_metadata(tmp_path: Path) -> None:
    text = '#curie_map:,,\n"#  x: https://e.org/",,\nterm,match,target\nclip,,x:1\n'
    assert read(tmp_path, text).mappings[0].target == "https://e.org/1"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("clipp,,Q1", 'm.csv, line 2: no term is called "clipp"; near it: CLIP, A/B test, GAN'),
        ("Same,,Q1", 'm.csv, line 2: "Same" can mean one, two; write the slug of the one'),
        (
            "clip,sameAs,Q1",
            'm.csv, line 2: "sameAs" is no mapping relation; write exactMatch, closeMatch, broadMatch, narrowMatch or '
            "relatedMatch",
        ),
        ("clip,,", "m.csv, line 2: the row names no target; fill both cells or delete the row"),
        (",,Q1", "m.csv, line 2: the row names no term; fill both cells or delete the row"),
        ("clip,,Q1,1", "m.csv, line 2: 4 cells, though the table has 3; put a cell that holds the delimiter between"),
        (
            'clip,,"Q1\nclip,,Q2',
            "m.csv, line 2: a quotation mark is opened and not closed; close it, or double it",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: str, problem: str) -> None:
    [found] = read(tmp_path, f"term,match,target\n{row}").problems
    assert str(found).removeprefix(f"{tmp_path.as_posix()}/").startswith(problem)


@pytest.mark.parametrize("text", ["1.5", "-0.1", "nan", "inf", "95%", "high", "1e999", "0,5"])
def test_a_confidence_is_a_number_from_0_to_1(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, f"term;target;confidence\nclip;Q1;{text}")
    assert [(problem.rule, problem.level) for problem in found.problems] == [("bad-confidence", "error")]
    assert found.mappings[0].confidence is None


def test_a_cell_that_its_slot_cannot_hold_is_left_out(tmp_path: Path) -> None:
    found = read(
        tmp_path, "term,target,modifier,author_id,mapping_date,x\nclip,Q1,,nobody:1,yesterday,y\ngan,Q2,Nay,,,"
    )
    assert [problem.rule for problem in found.problems] == [
        *("unknown-column", "bad-value", "bad-value", "unknown-relation"),
    ]
    assert [mapping.further for mapping in found.mappings] == [()]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"a,b\n1,2\n", 'line 1: no column is known to hold terms; the first row is "a, b"; name the column one of:'),
        (b"term,b\n1,2\n", 'line 1: no column is known to hold targets; the first row is "term, b"; name the column'),
        (b"", "line 1: no column is known to hold terms; the first row is empty; name the column one of:"),
        (b"term,target\n\xff,Q1", 'line 2: byte 0xff is not UTF-8; save the table as "CSV UTF-8"'),
        (b"#curie_map: [\nterm,target\n", "not YAML"),
        (
            b"#- a\nterm,target\n",
            "the metadata are no mapping of names to values; begin with a line such as #curie_map:",
        ),
        (
            b"term,target\n" + b"x" * 17_000_000 + b",Q1",
            "line 2: the row cannot be read (field larger than field limit",
        ),
    ],
)
def test_a_file_that_is_no_table_of_mappings_is_refused(tmp_path: Path, data: bytes, error: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(data)
    with pytest.raises(SourceError) as raised:
        read_mappings(path, GLOSSARY)
    assert error in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: cannot be read \(no such file or directory\)"):
        read_mappings(tmp_path / "none.csv", GLOSSARY)


@given(st.lists(st.text("a|\\ b", min_size=1).map(str.strip).filter(bool)))
@settings(deadline=None)
def test_values_come_back_from_a_cell(values: list[str]) -> None:
    assert split_values(joined_values(values)) == values


@given(st.lists(st.from_regex(r"https://[ab]\.org(/[a-c#/]{1,4})?", fullmatch=True)))
@settings(deadline=None)
def test_curies_stand_for_their_iris(iris: list[str]) -> None:
    curies, prefixes = contract(iris, {"a": "https://a.org/", "ab": "https://a.org/b/", "ns1": "https://x.org/"})
    folded = {name.casefold(): iri for name, iri in prefixes.items()}
    assert {expand(curie, folded) for curie in curies.values()} == set(iris)
    assert set(curies) == set(iris)


@given(st.text(st.sampled_from("htps:/ae.org%2#?[]@<>\\\"'`{}|^ \n\u200b\u202eé\ufffe\ue000"), max_size=30))
@settings(deadline=None)
def test_no_text_is_an_iri_that_rdf_cannot_hold(text: str) -> None:
    import pyoxigraph

    if is_concept_iri(iri := f"https://e.org/{text}"):
        line = f"<{iri}> <{iri}> <{iri}> .\n"
        [triple] = pyoxigraph.parse(line, pyoxigraph.RdfFormat.N_TRIPLES)
        assert triple.object.value == iri
