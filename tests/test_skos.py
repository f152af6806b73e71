from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.errors import SourceError
from termatlas.export.rdf import rdf_bytes
from termatlas.export.syntaxes import SUFFIXES
from termatlas.model import Term, Violation, Vocabulary
from termatlas.sources.files import SourceFile
from termatlas.sources.irislugs import slugs_of
from termatlas.sources.options import Options
from termatlas.sources.read import read
from termatlas.sources.skos import READER

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix schema: <https://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/v/> .
"""


def file_of(path: Path) -> SourceFile:
    return SourceFile(path=path, label=path.name, root=path.parent)


def terms_of(path: Path, language: str = "") -> list[Term]:
    items = list(READER.read(file_of(path), Options(language=language)))
    assert all(isinstance(item, Term | Violation | Vocabulary) for item in items)
    return [item for item in items if isinstance(item, Term)]


def turtle(folder: Path, text: str, language: str = "") -> dict[str, Term]:
    path = folder / "v.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return {term.slug: term for term in terms_of(path, language)}


def links(term: Term) -> list[tuple[str, str]]:
    return [(link.written, link.kind) for link in term.related]


def test_a_concept_becomes_a_term(tmp_path: Path) -> None:
    terms = turtle(
        tmp_path,
        """:cat a skos:Concept ; skos:prefLabel "cat"@en , "Katze"@de ; skos:altLabel "house cat"@en , "Mieze"@de ;
            skos:hiddenLabel "kat"@en ; skos:notation "C1" ; skos:editorialNote "check this"@en ;
            skos:definition "An animal."@en , "Ein Tier."@de ; skos:scopeNote "Only tame ones."@en ;
            skos:example "Tom"@en ; skos:broader :animal ; skos:related :dog , :mouse ; skos:exactMatch :felis, :dog .
        :dog a skos:Concept ; skos:prefLabel "dog"@en .""",
    )
    cat = terms["cat"]
    assert (cat.name, cat.aliases, cat.language, cat.iri) == ("cat", ("house cat",), "en", "https://example.org/v/cat")
    assert (cat.definition, cat.explanation, cat.anchors) == ("An animal.", "Only tame ones.\n\nTom", ("C1",))
    assert links(cat) == [("animal", "broader"), ("dog", "related"), ("mouse", "related"), ("dog", "exactMatch")]
    assert str(cat.where) == "v.ttl, https://example.org/v/cat"
    assert str(cat.where_of(cat.related[0])) == "v.ttl, https://example.org/v/cat"
    assert list(terms) == ["cat", "dog"]


def test_statements_about_statements_are_left_out_with_a_word(tmp_path: Path) -> None:
    text = """:cat a skos:Concept ; skos:prefLabel "cat"@en ; :said <<( :cat :eats "mice" )>> ;
            skos:related :dog {| :by :me |} .
        :dog a skos:Concept ; skos:prefLabel "dog"@en ; skos:related <<( :a :b :c )>> ."""
    (tmp_path / "v.ttl").write_text(PREFIXES + text, encoding="utf-8")
    glossary = read(tmp_path / "v.ttl", options=Options())
    assert list(map(str, glossary.problems)) == [
        f"{tmp_path / 'v.ttl'}, https://example.org/v/cat: 3 statements with a triple term of RDF 1.2 cannot be kept; "
        "describe the statement by rdf:subject, rdf:predicate and rdf:object"
    ]
    assert links(glossary["cat"]) == [("dog", "related")]
    for syntax, suffix in SUFFIXES.items():
        path = tmp_path / f"again{suffix}"
        path.write_bytes(rdf_bytes(glossary, syntax))
        assert list(map(links, read(path, options=Options()).terms)) == [[("dog", "related")], []]


def test_the_language_of_the_options_wins_and_a_foreign_name_is_better_than_none(tmp_path: Path) -> None:
    text = """:cat a skos:Concept ; skos:prefLabel "cat"@en , "Katze"@de ; skos:definition "An animal."@en .
        :ox a skos:Concept ; skos:prefLabel "ox"@en-GB ; skos:definition "Another."@en-GB ."""
    terms = turtle(tmp_path, text, "DE")
    assert (terms["cat"].name, terms["cat"].definition, terms["cat"].language) == ("Katze", "", "de")
    assert (terms["ox"].name, terms["ox"].definition, terms["ox"].language) == ("ox", "Another.", "en-GB")


def test_texts_in_nodes_and_without_language_are_read(tmp_path: Path) -> None:
    terms = turtle(
        tmp_path,
        """:a a skos:Concept ; skosxl:prefLabel [ skosxl:literalForm "Alpha"@en ] ;
            skosxl:altLabel :l ; skos:definition [ rdf:value "First."@en ] .
        :l skosxl:literalForm "A"@en .
        :b a skos:Concept ; rdfs:label "Beta" ; skos:altLabel "B" ; rdfs:comment "Second."@en .
        :c a skos:Concept .""",
    )
    a, b, c = terms.values()
    assert (a.name, a.aliases, a.definition) == ("Alpha", ("A",), "First.")
    assert (b.name, b.aliases, b.definition, b.language) == ("Beta", ("B",), "Second.", "")
    assert (c.name, c.definition) == ("c", "")


def test_only_a_note_is_the_definition(tmp_path: Path) -> None:
    a = turtle(tmp_path, ':a a skos:Concept ; skos:prefLabel "A" ; skos:note "One." , "Two." .')["a"]
    assert (a.definition, a.explanation) == ("One.", "Two.")


def test_concepts_are_known_by_type_by_subclass_and_by_what_only_they_have(tmp_path: Path) -> None:
    terms = turtle(
        tmp_path,
        """:Kind rdfs:subClassOf skos:Concept . :a a :Kind ; skos:prefLabel "A" .
        :b skos:prefLabel "B" ; skos:broader :a . :c a schema:DefinedTerm ; schema:name "C" ; schema:description "D" .
        :s a skos:ConceptScheme ; skos:prefLabel "S" . :g a skos:Collection ; skos:prefLabel "G" ; skos:member :a .
        :x skos:prefLabel "X" .""",
    )
    assert list(terms) == ["a", "b", "c"]
    assert terms["c"].definition == "D"


def test_categories_are_collections_else_schemes_else_the_nearest_top_concept(tmp_path: Path) -> None:
    text = """:a a skos:Concept ; skos:inScheme :s1 , :all . :b a skos:Concept ; skos:inScheme :s2 , :all .
        :s1 a skos:ConceptScheme ; skos:prefLabel "One" . :s2 a skos:ConceptScheme ; rdfs:label "Two" ."""
    group = """:g a skos:OrderedCollection ; skos:prefLabel "Group" ; skos:memberList ( :a ) .
        :h a skos:Collection ; skos:member :a ."""
    assert [term.categories for term in turtle(tmp_path, text).values()] == [("One",), ("Two",)]
    assert [term.categories for term in turtle(tmp_path, text + group).values()] == [("Group", "h"), ("Two",)]
    tree = """:t a skos:Concept ; skos:prefLabel "Top" ; skos:narrower :u . :u a skos:Concept .
        :v a skos:Concept ; skos:broader :u , :w . :w a skos:Concept ; skos:prefLabel "W" . :x a skos:Concept ."""
    found = {slug: term.categories for slug, term in turtle(tmp_path, tree).items()}
    assert found == {"t": ("Top",), "u": ("Top",), "v": ("W",), "w": ("W",), "x": ()}


def test_cycles_of_all_sorts_come_to_an_end(tmp_path: Path) -> None:
    terms = turtle(
        tmp_path,
        """:a a skos:Concept ; skos:broader :b , :a . :b a skos:Concept ; skos:broader :a .
        :g a skos:Collection ; skos:member :g ; skos:memberList :l . :l rdf:first :a ; rdf:rest :l .""",
    )
    assert links(terms["a"]) == [("b", "broader"), ("a", "broader")]
    assert terms["a"].categories == ("g",)


def test_blank_nodes_take_the_slug_of_their_name(tmp_path: Path) -> None:
    terms = turtle(
        tmp_path,
        """[] a skos:Concept ; skos:prefLabel "Big Cat" ; skos:related [ a skos:Concept ] .
        [] a skos:Concept ; skos:prefLabel "big cat" .""",
    )
    assert sorted(terms) == ["big-cat", "big-cat-2", "concept"]
    assert (terms["big-cat"].iri, links(terms["big-cat"])) == ("", [("concept", "related")])


def test_slugs_grow_until_they_differ() -> None:
    iris = ["http://a/x/1#this", "http://a/x/2#this", "http://b/", "http://b", "urn:isbn:12", "http://a/%C3%A9%2F"]
    assert slugs_of(iris) == {
        "http://a/x/1#this": "1-this",
        "http://a/x/2#this": "2-this",
        "http://b/": "http://b/",
        "http://b": "http://b",
        "urn:isbn:12": "12",
        "http://a/%C3%A9%2F": "é/",
    }


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text("ab/#-%2F", min_size=1, max_size=6), unique=True, max_size=8))
def test_slugs_are_unique_and_the_same_in_any_order(iris: list[str]) -> None:
    slugs = slugs_of(iris)
    shuffled = random.Random(2).sample(iris, len(iris))
    assert len(set(slugs.values())) == len(iris)
    assert slugs == slugs_of(shuffled)


_SAME = {
    "v.nt": '<http://e.org/a> <{type}> <{skos}Concept> .\n<http://e.org/a> <{skos}prefLabel> "Ä"@en .\n',
    "v.ttl": '\ufeff@prefix s: <{skos}> .\n<http://e.org/a> a s:Concept ; s:prefLabel "Ä"@en .',
    "v.trig": '@prefix s: <{skos}> .\n<http://e.org/g> {{ <http://e.org/a> a s:Concept ; s:prefLabel "Ä"@en . }}',
    "v.txt": '# a comment\n@prefix s: <{skos}> .\n<http://e.org/a> a s:Concept ; s:prefLabel "Ä"@en .',
    "turtle.rdf": '@prefix s: <{skos}> .\n<http://e.org/a> a s:Concept ; s:prefLabel "Ä"@en .',
    "v.jsonld": '{{"@id": "http://e.org/a", "@type": "{skos}Concept",'
    ' "{skos}prefLabel": {{"@value": "Ä", "@language": "en"}}}}',
    "v.json": '{{"@context": {{"s": "{skos}"}}, "@id": "http://e.org/a", "@type": "s:Concept",'
    ' "s:prefLabel": {{"@value": "Ä", "@language": "en"}}}}',
    "v.xml": '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY s "{skos}">]>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="&s;">'
    '<s:Concept rdf:about="http://e.org/a"><s:prefLabel xml:lang="en">Ä</s:prefLabel></s:Concept></rdf:RDF>',
}


@pytest.mark.parametrize("name", sorted(_SAME))
def test_all_syntaxes_are_known_and_read_alike(tmp_path: Path, name: str) -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    path = tmp_path / name
    path.write_text(_SAME[name].format(skos=skos, type=rdf_type), encoding="utf-8")
    file = file_of(path)
    assert READER.knows(file, file.head())
    assert [(term.slug, term.name, term.iri) for term in terms_of(path)] == [("a", "Ä", "http://e.org/a")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"term": "CLIP"}]'),
        ("a.json", '{"@context": "https://schema.org", "@type": "DefinedTerm", "name": "CLIP"}'),
        ("a.md", "# CLIP\n\nA model."),
        ("a.xml", "<?xml version='1.0'?><collection/>"),
        ("a.csv", "term,definition\n"),
        ("a.html", "<!DOCTYPE html><html></html>"),
    ],
)
def test_other_formats_are_not_taken(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert not READER.knows(file_of(path), text.encode())


def test_rdf_without_concepts_has_no_terms(tmp_path: Path) -> None:
    assert turtle(tmp_path, ':a a skos:ConceptScheme ; skos:prefLabel "S" .') == {}
    assert turtle(tmp_path, "") == {}


_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("v.ttl", "@prefix : <http://e.org/> .\n:a :b .", "v.ttl, line 2, column 7: . is not a valid RDF object; "
         "correct the Turtle there"),
        ("v.ttl", "\nx:a x:b x:c .", "v.ttl, line 2, column 1: the prefix x: has not been declared; "
         "declare the prefix at the start of the file"),
        ("v.ttl", '<a> <b> "c', "v.ttl, line 1, column 9: unexpected end of file; correct the Turtle there"),
        ("v.nt", "<a:a> <a:b> _ .", "v.nt, line 1, column 13: unexpected character ' '; correct the N-Triples there"),
        ("v.rdf", f"<?xml version='1.0'?>\n<rdf:RDF {_RDF}>\n<rdf:Descr", "v.rdf, line 3, column 1: syntax error: tag "
         "not closed: `>` not found before end of input; correct the RDF/XML there"),
        ("v.rdf", f"<rdf:RDF {_RDF}>\n<x:a/>\n</rdf:RDF>", "v.rdf, line 2, column 1: unknown prefix x:; declare "
         "the prefix at the start of the file"),
        ("v.jsonld", '{"@id": "a", "http://e.org/b": [1,}', "v.jsonld, line 1, column 35: unexpected closing curly "
         "bracket, no array to close; correct the JSON-LD there"),
        ("v.jsonld", '{\n"@context": "https://schema.org/",\n"@id": "a"}', "v.jsonld, line 2: the JSON-LD context is a "
         "web address, and nothing is fetched; put the context itself in the address's place"),
    ],
)  # fmt: skip
def test_a_broken_file_names_the_place_and_the_cure(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        terms_of(path)
    assert str(caught.value) == message


def test_bytes_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_bytes(b'<http://e.org/a> <http://e.org/b>\n "\xff" .')
    with pytest.raises(SourceError, match=r"v\.ttl, line 2, column 3: invalid UTF-8.*; save the file as UTF-8"):
        terms_of(path)


@pytest.mark.parametrize(
    "entity", ['"&b;&b;"', f'"{"x" * 301}"', 'SYSTEM "file:///etc/hostname"', 'PUBLIC "a" "https://e.org/"']
)
def test_entities_that_could_do_harm_are_refused(tmp_path: Path, entity: str) -> None:
    path = tmp_path / "v.rdf"
    path.write_text(
        f"<?xml version='1.0'?>\n<!DOCTYPE r [\n<!ENTITY a {entity}>]>\n<rdf:RDF {_RDF}/>", encoding="utf-8"
    )
    with pytest.raises(
        SourceError, match=r'^v\.rdf, line 3: the XML entity "a" is nested, external or long, .*; write'
    ):
        terms_of(path)


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.ttl: cannot be read"):
        terms_of(tmp_path / "gone.ttl")


@pytest.mark.parametrize(
    ("name", "count", "kinds"),
    [
        ("skos-uat/UAT.rdf", 2372, {"broader": 2645, "narrower": 2645, "related": 692}),
        ("skos-physh/physh_skos_compat.ttl", 3925, {"broader": 4422, "narrower": 4422, "related": 783}),
    ],
)
def test_real_thesauri_are_read_whole(corpora: Path, name: str, count: int, kinds: dict[str, int]) -> None:
    terms = terms_of(corpora / name)
    assert len({term.slug for term in terms}) == len(terms) == count
    assert Counter(link.kind for term in terms for link in term.related) == kinds
    assert sum(not term.categories for term in terms) < 100


def test_vocabularies_made_to_be_difficult_are_read(corpora: Path) -> None:
    counts = {path.stem: len(terms_of(path)) for path in sorted((corpora / "skosmos-test-vocabs").rglob("*.ttl"))}
    assert len(counts) >= 30
    expected = {"cycle": 4, "groups": 7, "multiple-schemes": 3, "xl": 1, "nolang": 3, "yso": 270, "test-551-A": 551}
    assert counts.items() >= expected.items()
    others = [*(corpora / "skohub" / "test").rglob("*.ttl"), *(corpora / "vocpub" / "examples").glob("*.ttl")]
    assert len(others) == 28
    assert sum(bool(terms_of(path)) for path in others) == 27  # one SkoHub file holds a scheme alone
    examples = list((corpora / "skos-examples").rglob("*.ttl"))
    assert len(examples) == 51
    assert sum(bool(terms_of(path)) for path in examples) == 20  # the others hold no concept


def test_files_of_other_formats_beside_them_are_not_taken(corpora: Path) -> None:
    others = [file_of(path) for path in (corpora / "skosmos-test-vocabs").rglob("*.mrcx")]
    assert others
    assert not any(READER.knows(file, file.head()) for file in others)
