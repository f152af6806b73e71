"""Mappings are written as linked data in a graph of their own and as SSSOM, and come back as they were."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from running import Command
from termatlas.align import RELATIONS, Mapping, Mappings, align, read_mappings
from termatlas.align.model import NO_TERM
from termatlas.align.slots import SLOTS
from termatlas.export.blocks import plan
from termatlas.export.mappings import Syntax, mapping_quads, mappings_file, mappings_graph, mappings_rdf
from termatlas.export.mappings_sssom import mappings_sssom
from termatlas.export.rdf import to_store
from termatlas.model import Glossary, Term

SKOS = "http://www.w3.org/2004/02/skos/core#"
SSSOM = "https://w3id.org/sssom/"
WD = "http://www.wikidata.org/entity/"
GLOSSARY = Glossary(terms=(Term(slug="clip", name="CLIP"), Term(slug="a/b test", name="=A/B")))
KNOWN = plan(GLOSSARY)
FORMATS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig": pyoxigraph.RdfFormat.TRIG,
}
EXACT = Mapping(slug="clip", relation="exactMatch", target=WD + "Q1")
SURE = Mapping(
    slug="a/b test",
    relation="broadMatch",
    target="https://e.org/x#y",
    label="Y",
    justification="https://w3id.org/semapv/vocab/LexicalMatching",
    confidence=0.5,
    comment='"a"\n\\b',
    further=(("author_id", ("https://orcid.org/1",)), ("mapping_date", ("2026-01-02",))),
)


def triples(mappings: Mappings, syntax: Syntax) -> set[tuple[str, str, str]]:
    form = {
        "turtle": pyoxigraph.RdfFormat.TURTLE,
        "nt": pyoxigraph.RdfFormat.N_TRIPLES,
        "trig": pyoxigraph.RdfFormat.TRIG,
    }
    data = mappings_file(mappings, GLOSSARY, syntax)
    return {(str(each.subject), str(each.predicate), str(each.object)) for each in pyoxigraph.parse(data, form[syntax])}


def test_same_as_mirrors_exact_matches_alone() -> None:
    said = triples(Mappings(mappings=(EXACT, SURE)), "nt")
    clip, test = "<https://example.org/glossary/clip>", "<https://example.org/glossary/a%2Fb%20test>"
    assert {each for each in said if each[0] in {clip, test}} == {
        (clip, f"<{SKOS}exactMatch>", f"<{WD}Q1>"),
        (clip, "<https://schema.org/sameAs>", f"<{WD}Q1>"),
        (test, f"<{SKOS}broadMatch>", "<https://e.org/x#y>"),
    }


def test_what_a_file_says_of_a_mapping_is_said_of_the_triple() -> None:
    said = triples(Mappings(mappings=(EXACT, SURE)), "nt")
    iri = f"<https://example.org/glossary/mapping/{SURE.fingerprint}>"
    assert {(predicate, value) for subject, predicate, value in said if subject == iri} == {
        ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2002/07/owl#Axiom>"),
        ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{SSSOM}Mapping>"),
        ("<http://www.w3.org/2002/07/owl#annotatedSource>", "<https://example.org/glossary/a%2Fb%20test>"),
        ("<http://www.w3.org/2002/07/owl#annotatedProperty>", f"<{SKOS}broadMatch>"),
        ("<http://www.w3.org/2002/07/owl#annotatedTarget>", "<https://e.org/x#y>"),
        (f"<{SSSOM}object_label>", '"Y"'),
        (f"<{SSSOM}mapping_justification>", "<https://w3id.org/semapv/vocab/LexicalMatching>"),
        (f"<{SSSOM}confidence>", '"0.5"^^<http://www.w3.org/2001/XMLSchema#double>'),
        ("<http://www.w3.org/2000/01/rdf-schema#comment>", '"\\"a\\"\\n\\\\b"'),
        ("<http://purl.org/pav/authoredBy>", "<https://orcid.org/1>"),
        ("<http://purl.org/dc/terms/created>", '"2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date>'),
    }
    assert not any(EXACT.fingerprint in subject for subject, _, _ in said)


def test_the_syntaxes_say_the_same() -> None:
    about = {"mapping_set_title": 'A "set"', "license": "https://e.org/l", "creator_id": ("orcid:1", "a b")}
    mappings = Mappings(mappings=(EXACT, SURE), metadata=about)
    assert triples(mappings, "nt") == triples(mappings, "turtle") == triples(mappings, "trig")
    graph = f"<{mappings_graph(KNOWN)}>"
    assert {(p, o) for s, p, o in triples(mappings, "nt") if s == graph} == {
        ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{SSSOM}MappingSet>"),
        ("<http://purl.org/dc/terms/title>", '"A \\"set\\""'),
        ("<http://purl.org/dc/terms/license>", "<https://e.org/l>"),
        ("<http://purl.org/dc/terms/creator>", "<https://orcid.org/1>"),
    }


def test_denied_mappings_and_those_without_a_target_stay_out_of_the_graph() -> None:
    denied = Mapping(slug="clip", relation="exactMatch", target=WD + "Q2", negated=True, comment="no")
    none = Mapping(slug="clip", relation="exactMatch", target=NO_TERM, comment="looked")
    assert triples(Mappings(mappings=(denied, none)), "nt") == set()
    assert list(mapping_quads(Mappings(mappings=(denied, none)), KNOWN)) == []


def test_mappings_join_the_glossary_in_a_store() -> None:
    store = to_store(GLOSSARY)
    store.bulk_extend(mapping_quads(Mappings(mappings=(EXACT,)), KNOWN))
    assert {graph.value for graph in store.named_graphs()} == {
        "https://example.org/glossary",
        "https://example.org/glossary/mapping/all",
    }
    ask = f"ASK {{ GRAPH ?g {{ ?term <{SKOS}prefLabel> 'CLIP'@en }} GRAPH ?m {{ ?term <{SKOS}exactMatch> <{WD}Q1> }} }}"
    assert bool(store.query(ask))


def test_the_order_of_rows_does_not_show() -> None:
    forth, back = Mappings(mappings=(EXACT, SURE)), Mappings(mappings=(SURE, EXACT))
    assert mappings_file(forth, GLOSSARY, "sssom") == mappings_file(back, GLOSSARY, "sssom")
    assert mappings_file(forth, GLOSSARY, "trig") == mappings_file(back, GLOSSARY, "trig")


def test_a_plain_table_becomes_sssom(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("term,match,target,comment\nclip,exact,Q1,=1+1\n=A/B,,https://e.org/b/c,\n", encoding="utf-8")
    assert "".join(mappings_sssom(read_mappings(path, GLOSSARY), KNOWN)) == (
        "#curie_map:\n"
        "#  ns1: https://e.org/b/\n"
        "#  term: https://example.org/glossary/\n"
        "#  wd: http://www.wikidata.org/entity/\n"
        "#mapping_set_id: https://example.org/glossary/mapping/all\n"
        "#license: https://w3id.org/sssom/license/unspecified\n"
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tcomment\n"
        "term:a%2Fb%20test\t'=A/B\tskos:closeMatch\tns1:c\tsemapv:UnspecifiedMatching\t\n"
        "term:clip\tCLIP\tskos:exactMatch\twd:Q1\tsemapv:UnspecifiedMatching\t'=1+1\n"
    )


def test_the_glossary_gets_a_prefix_that_the_file_does_not_use(tmp_path: Path) -> None:
    path = tmp_path / "m.tsv"
    path.write_text("#curie_map:\n#  term: https://e.org/\nterm\ttarget\nclip\tterm:x\n", encoding="utf-8")
    text = "".join(mappings_sssom(read_mappings(path, GLOSSARY), KNOWN))
    assert "#  term: https://e.org/\n#  termatlas: https://example.org/glossary/\n" in text
    assert "termatlas:clip\tCLIP\tskos:closeMatch\tterm:x\t" in text


TEXTS = st.text("ab'\"=+-@\t\n\r;,|#\\:é\x00\u202e＝ ", max_size=6).map(str.strip).filter(lambda text: text[:1] != "'")
IRIS = st.sampled_from(
    [WD + "Q1", "https://e.org/a%2Fb", "https://e.org/a#b", "urn:x:1", "https://e.org//", "http://é.org/?a=b|"]
)
FURTHER = st.fixed_dictionaries(
    {},
    optional={
        "subject_category": TEXTS.map(lambda text: (text,)),
        "author_id": st.lists(IRIS.filter(lambda iri: "|" not in iri), min_size=1, max_size=2, unique=True).map(tuple),
        "author_label": st.lists(TEXTS.filter(bool), min_size=1, max_size=2).map(tuple),
        "similarity_score": st.sampled_from([("0.123456",), ("1",)]),
        "other": TEXTS.map(lambda text: (text,)),
    },
)
MAPPING = st.builds(
    Mapping,
    slug=st.sampled_from(["clip", "a/b test"]),
    relation=st.sampled_from(RELATIONS),
    target=IRIS.filter(lambda iri: "|" not in iri),
    negated=st.booleans(),
    label=TEXTS,
    justification=st.sampled_from(["", "https://w3id.org/semapv/vocab/LexicalMatching"]),
    confidence=st.none() | st.floats(0, 1),
    comment=TEXTS,
    further=FURTHER.map(lambda given: tuple((slot, given[slot]) for slot in SLOTS if any(given.get(slot, ())))),
)


def legal(mapping: Mapping) -> Mapping:
    """Give a mapping as a text file can hold it."""
    from dataclasses import replace

    def held(text: str) -> str:
        return text.replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")

    further = tuple((slot, tuple(map(held, values))) for slot, values in mapping.further)
    return replace(mapping, label=held(mapping.label), comment=held(mapping.comment), further=further)


@given(st.lists(MAPPING, max_size=4))
@settings(deadline=None, max_examples=60)
def test_mappings_come_back_from_sssom(tmp_path_factory: pytest.TempPathFactory, made: list[Mapping]) -> None:
    path = tmp_path_factory.mktemp("sssom") / "m.sssom.tsv"
    mappings = Mappings(mappings=tuple(map(legal, made)))
    first = mappings_file(mappings, GLOSSARY, "sssom")
    path.write_bytes(first)
    found = read_mappings(path, GLOSSARY)
    shutil.rmtree(path.parent)
    assert found.problems == ()
    assert sorted(found.mappings, key=repr) == sorted(mappings.mappings, key=repr)
    assert mappings_file(found, GLOSSARY, "sssom") == first


@given(st.lists(MAPPING, max_size=4))
@settings(deadline=None)
def test_any_mappings_are_linked_data(made: list[Mapping]) -> None:
    mappings = Mappings(mappings=tuple(made))
    said = triples(mappings, "nt")
    assert said == triples(mappings, "turtle") == triples(mappings, "trig")
    assert {(s, o) for s, p, o in said if p == f"<{SKOS}exactMatch>"} == {
        (f"<{KNOWN.iris[each.slug]}>", f"<{each.target}>")
        for each in mappings.asserted
        if each.relation == "exactMatch"
    }
    assert len(list(mapping_quads(mappings, KNOWN))) >= len(said)


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    """Give a glossary of two terms."""
    path = tmp_path / "terms.csv"
    path.write_text("term,definition\nCLIP,A model.\nGAN,A model.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["m.trig", "m.ttl", "m.nt", "m.sssom.tsv"])
def test_align_writes_what_the_name_says(termatlas: Command, terms: Path, tmp_path: Path, name: str) -> None:
    table = tmp_path / "m.csv"
    table.write_text("term,match,target\nclip,exact,Q1\ngan,,wd:Q2\n", encoding="utf-8")
    run = termatlas("align", table, terms, "--out", tmp_path / name)
    assert (run.code, run.err) == (0, "")
    assert "m.csv: 2 mappings of 2 terms: 1 exactMatch, 1 closeMatch\n0 problems:" in run.out
    assert "https://example.org/glossary/" in (tmp_path / name).read_text("utf-8")


def test_align_writes_nothing_where_there_is_an_error(termatlas: Command, terms: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "m.csv", tmp_path / "m.trig"
    table.write_text("term,match,target\nclip,exact,Q1\nclip,broad,Q1\n\x1b[31m,,Q2\n", encoding="utf-8")
    run = termatlas("align", table, terms, "--out", out)
    assert run.code == 1
    assert "m.trig was not written; mend the mappings, or say --fail-on" in run.err
    assert "error s46 (1):" in run.out
    assert "\x1b" not in run.out
    assert not out.exists()
    assert termatlas("align", table, terms, "--out", out, "--fail-on", "never").code == 0
    assert out.exists()


def test_align_fails_on_warnings_where_it_is_told_to(termatlas: Command, terms: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("term,match,target\nclip,exact,Q1\nclip,exact,Q2\n", encoding="utf-8")
    assert termatlas("align", table, terms).code == 0
    assert termatlas("align", table, terms, "--fail-on", "warning").code == 1


def test_align_speaks_json_and_csv(termatlas: Command, terms: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("term,match,target\nclip,exact,Q1\nnope!,,Q2\n", encoding="utf-8")
    said = json.loads(termatlas("align", table, terms, "--format", "json").out)
    assert said["counts"]["relations"]["exactMatch"] == 1
    assert said["counts"]["problems"] == {"error": 1, "warning": 0, "info": 0}
    [problem] = said["problems"]
    assert (problem["rule"], problem["line"]) == ("unknown-term", 3)
    assert termatlas("align", table, terms, "--format", "csv").out.startswith(
        "rule,level,file,line,term,target,problem,cure\n"
    )


def test_align_says_how_to_name_what_it_writes(termatlas: Command, terms: Path, tmp_path: Path) -> None:
    run = termatlas("align", tmp_path / "m.csv", terms, "--out", "m.doc")
    assert (run.code, run.err) == (
        2,
        'termatlas: "m.doc" does not say what to write; end it in .trig, .ttl, .nt, .tsv\n',
    )
    assert termatlas("align", tmp_path / "none.csv", terms).code == 3


def test_build_writes_mappings_beside_the_rest(termatlas: Command, terms: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("term,match,target\nclip,exact,Q1\n", encoding="utf-8")
    run = termatlas("build", terms, "--out", tmp_path / "out", "--mappings", table)
    assert (run.code, run.err) == (0, "")
    assert "1 mappings: " in run.out
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert manifest["counts"]["mappings"] == 1
    assert "mappings.trig" in manifest["outputs"]
    found = mappings_file(align(table, glossary_of(terms)), glossary_of(terms), "trig")
    assert (tmp_path / "out/mappings.trig").read_bytes() == found


def test_build_takes_no_mappings_with_errors(termatlas: Command, terms: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("term,match,target\nnope!,exact,Q1\n", encoding="utf-8")
    run = termatlas("build", terms, "--out", tmp_path / "out", "--mappings", table)
    assert run.code == 3
    assert 'm.csv, line 2: no term is called "nope!"; near it:' in run.err
    assert not (tmp_path / "out").exists()


def glossary_of(path: Path) -> Glossary:
    from termatlas.sources import read

    return read(path)


def test_a_real_thesaurus_keeps_its_iris(corpora: Path, tmp_path: Path) -> None:
    """The Unified Astronomy Thesaurus: what is mapped are the IRIs that its concepts have."""
    source = next(path for path in sorted((corpora / "skos-uat").rglob("*")) if path.suffix in {".rdf", ".ttl", ".nt"})
    glossary = glossary_of(source)
    term = glossary.terms[0]
    table = tmp_path / "m.csv"
    table.write_text(f'term,match,target\n"{term.iri}",exact,Q1\n', encoding="utf-8")
    found = align(table, glossary)
    assert [mapping.slug for mapping in found.mappings] == [term.slug]
    assert "".join(mappings_rdf(found, plan(glossary), "nt")).startswith(f"<{plan(glossary).iris[term.slug]}> ")
