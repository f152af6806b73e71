from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest

from termatlas.export.blocks import plan
from termatlas.export.rdf import rdf_bytes, term_rdf, to_store
from termatlas.export.syntaxes import SUFFIXES
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.sources.options import Options
from termatlas.sources.read import read

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = ("http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2008/05/skos-xl#")
BASE = Glossary().base_iri


def quads_of(data: bytes, suffix: str) -> Iterable[pyoxigraph.Quad]:
    form = pyoxigraph.RdfFormat.from_extension(suffix.removeprefix("."))
    return pyoxigraph.parse(data.removeprefix(b"\xef\xbb\xbf"), form, base_iri=BASE, lenient=True)


def is_skos(quad: pyoxigraph.Quad) -> bool:
    kind = quad.object.value if quad.predicate.value == TYPE and isinstance(quad.object, pyoxigraph.NamedNode) else ""
    return quad.predicate.value.startswith(SKOS) or kind.startswith(SKOS)


def is_ours(node: object) -> bool:
    iri = node.value if isinstance(node, pyoxigraph.NamedNode) else ""
    return iri == BASE[:-1] or iri.startswith("https://w3id.org/termatlas/ns#")


def dataset(quads: Iterable[pyoxigraph.Quad]) -> pyoxigraph.Dataset:
    found = pyoxigraph.Dataset(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def without_places(glossary: Glossary) -> list[Term]:
    def bare(term: Term) -> Term:
        related = tuple(replace(link, line=0, field="") for link in term.related)
        return replace(term, file="", line=0, field="", related=related)

    return [bare(term) for term in glossary.terms]


def check(path: Path, folder: Path, syntaxes: Iterable[str] = SUFFIXES) -> None:
    """Check that all of a vocabulary is written again, and comes in again as it did."""
    glossary = read(path, options=Options())
    suffix = ".rdf" if path.suffix in (".rdf", ".xml") else path.suffix
    everything = list(quads_of(path.read_bytes(), suffix))
    for syntax in syntaxes:
        # One file says "skos:broader:", a property that RDF/XML cannot write.
        original = [quad for quad in everything if syntax != "xml" or not quad.predicate.value.endswith(":")]
        skos = dataset(filter(is_skos, original))
        data = rdf_bytes(glossary, syntax)
        assert data == rdf_bytes(read(path, options=Options()), syntax), "the bytes differ"
        again = list(quads_of(data, SUFFIXES[syntax]))
        assert dataset(filter(is_skos, again)) == skos, (path, syntax)
        rest = (quad for quad in again if not is_ours(quad.subject) and not is_ours(quad.predicate))
        assert dataset(rest) == dataset(original), (path, syntax)
        copy = folder / f"copy{SUFFIXES[syntax]}"
        copy.write_bytes(data)
        if glossary.terms:
            assert without_places(read(copy, options=Options())) == without_places(glossary), (path, syntax)


@pytest.mark.parametrize("name", ["skosmos-test-vocabs", "skohub/test", "skos-examples", "vocpub/examples"])
def test_vocabularies_are_written_again_and_come_in_again(corpora: Path, tmp_path: Path, name: str) -> None:
    paths = sorted((corpora / name).rglob("*.ttl"))
    assert len(paths) >= 8
    for path in paths:
        check(path, tmp_path)


@pytest.mark.parametrize("name", ["skos-uat/UAT.rdf", "skos-physh/physh_skos_compat.ttl"])
@pytest.mark.parametrize("syntax", sorted(SUFFIXES))
def test_thesauri_are_written_again_and_come_in_again(corpora: Path, tmp_path: Path, name: str, syntax: str) -> None:
    check(corpora / name, tmp_path, [syntax])


VOCABULARY = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://e.org/v/> .
:s a skos:ConceptScheme ; skos:prefLabel "Animals"@en ; dct:creator [ a :Person ; :named "Ada" ] .
:cat a skos:Concept ; skos:prefLabel "cat"@en , "Katze"@de ; skos:altLabel "puss"@en , "Mieze"@de ;
    skos:definition "An animal."@en ; skos:broader :animal ; skos:related :dog ; skos:inScheme :s ;
    skos:notation "C1"^^:code ; skosxl:prefLabel :label ; :weight 4 .
:label a skosxl:Label ; skosxl:literalForm "cat"@en .
:animal a skos:Concept ; skos:prefLabel "animal"@en ; skos:narrower :cat ; skos:inScheme :s .
:dog a skos:Concept ; skos:prefLabel "dog"@en ; owl:deprecated true ; skos:related :wolf ; skos:inScheme :s .
[] a skos:OrderedCollection ; skos:prefLabel "Pets"@en ; skos:memberList ( :cat :dog ) .
:wild a skos:Collection ; skos:prefLabel "Wild"@en ; skos:member :cat , :animal .
"""


@pytest.fixture
def animals(tmp_path: Path) -> Glossary:
    (tmp_path / "v.ttl").write_text(VOCABULARY, encoding="utf-8")
    return read(tmp_path / "v.ttl", options=Options())


def edited(glossary: Glossary, slug: str, **fields: Any) -> Glossary:
    terms = (replace(term, **fields) if term.slug == slug else term for term in glossary.terms)
    return replace(glossary, terms=tuple(terms))


def again(glossary: Glossary, folder: Path, syntax: str = "turtle") -> Glossary:
    path = folder / f"again{SUFFIXES[syntax]}"
    path.write_bytes(rdf_bytes(glossary, syntax))
    return read(path, options=Options())


def test_deprecated_concepts_say_so(animals: Glossary) -> None:
    assert [term.slug for term in animals.terms if term.deprecated] == ["dog"]


CHANGES: list[dict[str, Any]] = [
    {"name": "house cat"},
    {"aliases": ("puss", "kitty")},
    {"aliases": ()},
    {"definition": "A pet."},
    {"definition": ""},
    {"explanation": "One.\n\nTwo."},
    {"anchors": ()},
    {"deprecated": True},
    {"related": ()},
    {"categories": ("New", "Wild")},
    {"questions": (Question(question="Why?", answer="Because."),)},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_changed_term_keeps_all_that_has_not_changed(
    animals: Glossary, tmp_path: Path, change: dict[str, Any]
) -> None:
    changed = edited(animals, "cat", **change)
    back = again(changed, tmp_path)
    expected = {name: value for name, value in change.items() if name != "categories"}
    assert {name: getattr(back["cat"], name) for name in expected} == expected
    assert set(change.get("categories", ())) <= set(back["cat"].categories)
    others = [term for term in without_places(back) if term.slug != "cat"]
    assert others == [term for term in without_places(changed) if term.slug != "cat"]
    cat = {
        str(quad.triple) for quad in quads_of(rdf_bytes(changed, "nt"), ".nt") if str(quad.subject).endswith("/cat>")
    }
    assert any('"Katze"@de' in triple for triple in cat)
    assert any("/weight>" in triple for triple in cat)
    assert back["cat"].iri == "https://e.org/v/cat"


def test_new_links_are_said_in_skos_where_it_can(animals: Glossary, tmp_path: Path) -> None:
    kinds = ("broader", "see", "exactMatch")
    links = tuple(Reference(written="dog", target="dog", kind=kind, resolution="slug") for kind in kinds)
    back = again(edited(animals, "cat", related=links), tmp_path)
    assert sorted((link.target, link.kind) for link in back["cat"].related) == sorted(("dog", kind) for kind in kinds)


def test_a_removed_term_is_not_written_and_a_new_one_is(animals: Glossary, tmp_path: Path) -> None:
    new = Term(slug="fox", name="fox", related=(Reference(written="cat", target="cat", resolution="slug"),))
    terms = (*(term for term in animals.terms if term.slug != "dog"), new)
    back = again(replace(animals, terms=terms), tmp_path)
    assert sorted(term.slug for term in back.terms) == ["animal", "cat", "fox"]
    assert [(link.target, link.resolution) for link in back["fox"].related] == [("cat", "slug")]
    assert ("dog", "wanted") in {(link.target, link.resolution) for link in back["cat"].related}
    assert back["fox"].iri == ""
    assert b"<https://e.org/v/dog> a " not in rdf_bytes(replace(animals, terms=terms), "turtle")


def test_markdown_and_a_thesaurus_are_written_side_by_side(animals: Glossary, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    (folder / "fox.md").write_text("---\ntitle: Fox\nrelated: [cat, wolf]\n---\nLike a [dog](dog.md).\n")
    (folder / "v.ttl").write_text(VOCABULARY, encoding="utf-8")
    both = read(folder, options=Options())
    known = plan(both)
    assert known.iris["cat"] == "https://e.org/v/cat"
    assert known.iris["wolf"] == "https://e.org/v/wolf"
    assert known.iris["fox"] == BASE + "fox"
    store = to_store(both)
    assert store.query("PREFIX ta: <https://w3id.org/termatlas/ns#> ASK { GRAPH ?g {"
                       f" <{BASE}fox> ta:linksTo <https://e.org/v/cat> , <https://e.org/v/wolf> ."
                       " <https://e.org/v/cat> ta:linksTo <https://e.org/v/dog> } }")  # fmt: skip
    for syntax in SUFFIXES:
        back = again(both, tmp_path, syntax)
        key = lambda term: term.slug  # noqa: E731
        assert sorted(without_places(back), key=key) == sorted(without_places(both), key=key), syntax


def test_a_term_of_a_thesaurus_is_given_alone_with_its_labels(animals: Glossary) -> None:
    known = plan(animals)
    alone = term_rdf(known, "cat", "nt").decode()
    assert '<https://e.org/v/label> <http://www.w3.org/2008/05/skos-xl#literalForm> "cat"@en .' in alone
    assert '"C1"^^<https://e.org/v/code>' in alone
    assert "/dog> <" not in alone
    for syntax in SUFFIXES:
        assert {str(quad.triple) for quad in quads_of(term_rdf(known, "cat", syntax), SUFFIXES[syntax])} == {
            line.removesuffix(" .") for line in alone.splitlines()
        }
    assert '"wanted"' in term_rdf(known, "wolf", "nt").decode()


def test_what_rdf_xml_cannot_hold_is_left_out_with_a_word(tmp_path: Path) -> None:
    text = VOCABULARY + ':cat <https://e.org/1> "one" , "two" ; skos:note "a\\u0001" .'
    (tmp_path / "v.ttl").write_text(text, encoding="utf-8")
    glossary = read(tmp_path / "v.ttl", options=Options())
    data = rdf_bytes(glossary, "xml").decode()
    ElementTree.fromstring(data)  # noqa: S314 (our own)
    assert "<!-- 2 statements left out: RDF/XML cannot write the property <https://e.org/1> -->" in data
    assert "<!-- 1 texts with characters that XML cannot hold, written as U+FFFD -->" in data
    assert b'<https://e.org/1> "one"' in rdf_bytes(glossary, "turtle")


def test_blank_nodes_of_two_files_are_kept_apart(tmp_path: Path) -> None:
    for name in "ab":
        text = VOCABULARY.replace("https://e.org/v/", f"https://e.org/{name}/").replace("Ada", name)
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
    data = rdf_bytes(read(tmp_path, options=Options()), "nt")
    originals = [quad for name in "ab" for quad in quads_of((tmp_path / f"{name}.ttl").read_bytes(), ".ttl")]
    assert dataset(filter(is_skos, quads_of(data, ".nt"))) == dataset(filter(is_skos, originals))


def test_addresses_with_spaces_are_escaped(tmp_path: Path) -> None:
    text = VOCABULARY + ':cat skos:exactMatch <https://e.org/big cat> ; skos:note "x"@en .'
    (tmp_path / "v.ttl").write_text(text, encoding="utf-8")
    data = rdf_bytes(read(tmp_path, options=Options()), "nt")
    assert b"<https://e.org/big%20cat>" in data
    assert list(pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_TRIPLES))
