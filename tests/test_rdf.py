from __future__ import annotations

import io
import itertools
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from termatlas.errors import UsageError
from termatlas.export.hierarchy import joined
from termatlas.export.iris import category_iris, checked_base, is_iri, property_names, segment
from termatlas.export.rdf import rdf_bytes, to_rdf, to_triples, write_rdf
from termatlas.export.syntaxes import SUFFIXES
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.sources.fields import clean
from termatlas.sources.files import SourceFile
from termatlas.sources.options import Options
from termatlas.sources.skos import READER

HOSTILE = "a\"b 'c' \\ back\\n\n\nnew\r\ncr\rtab\t</script> \u202ertl\u2028 😀 & <b>]]> %41 {x} ^@^ #: ; . \u0085\x7f"
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
TA = rdflib.Namespace("https://w3id.org/termatlas/ns#")
BASE = "https://example.org/glossary/"
SHAPES = Path(os.environ.get("TERMATLAS_SHAPES", Path(__file__).parents[2] / "shared" / "prototypes"))
RDFLIB_NAMES = {"turtle": "turtle", "nt": "nt", "xml": "xml", "jsonld": "json-ld", "trig": "trig"}


def term(slug: str, *links: str | tuple[str, str], **fields: Any) -> Term:
    pairs = [(link, "related") if isinstance(link, str) else link for link in links]
    related = tuple(Reference(written=target, target=target, kind=kind) for target, kind in pairs)
    return Term(**{"slug": slug, "name": f"The {slug}", "related": related, **fields})


def nasty() -> Glossary:
    faq = (Question(question="Why?", answer=HOSTILE), Question(question="How?", answer=""))
    wanted = (Reference(written="w", target="w/x y", kind="part_of", name="Wanted one"),)
    return Glossary(
        title=HOSTILE,
        terms=(
            term("a", ("b", "broader"), "b", "a", ("c", "see"), "c", ("a", "broader"), categories=("Z", "A b", "a-b"),
                 aliases=("The a", HOSTILE, "a"), definition=HOSTILE, explanation="One.\n\nTwo."),
            term("b", ("a", "broader"), ("c", "narrower"), questions=faq),
            term("c", "a", name=HOSTILE, language="zh-Hans", definition="定义", iri="http://e.org/?a=1&b='2'"),
            Term(slug="d", name="D", related=wanted),
            *map(term, ("..", ".", "注意", "x%2F", "x/", "category", "faq", "a'b\"c<d>", "~", "_:b", "e" * 5000)),
            term("term:x", ("a", "2nd kind"), ("d", "status")),
        ),
    )  # fmt: skip


def by_pyoxigraph(data: bytes, syntax: str) -> set[pyoxigraph.Triple]:
    form = pyoxigraph.RdfFormat.from_extension(SUFFIXES[syntax][1:])
    assert form is not None
    return {pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in pyoxigraph.parse(data, form)}


def by_rdflib(data: bytes, syntax: str) -> set[Any]:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=RDFLIB_NAMES[syntax])
    return set(dataset.triples((None, None, None)))


def graph_of(glossary: Glossary) -> rdflib.Graph:
    return rdflib.Graph().parse(data=rdf_bytes(glossary, "nt"), format="nt")


def read_back(folder: Path, glossary: Glossary, syntax: str) -> list[Term]:
    path = folder / f"glossary{SUFFIXES[syntax]}"
    path.write_bytes(rdf_bytes(glossary, syntax))
    file = SourceFile(path=path, label=path.name, root=folder)
    assert READER.knows(file, file.head())
    return [item for item in READER.read(file, Options()) if isinstance(item, Term)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_all_syntaxes_hold_the_same_triples_for_pyoxigraph_and_rdflib() -> None:
    glossary = nasty()
    triples = list(to_triples(glossary))
    assert len(triples) == len(set(triples)) > 200
    assert not any(isinstance(triple.subject, pyoxigraph.BlankNode) for triple in triples)
    graph = set(to_rdf(glossary))
    for syntax in SUFFIXES:
        data = rdf_bytes(glossary, syntax)
        assert by_pyoxigraph(data, syntax) == set(triples), syntax
        assert by_rdflib(data, syntax) == graph, syntax


def test_writing_all_syntaxes_at_once_writes_what_each_alone_does() -> None:
    glossary = Glossary(terms=tuple(term(f"t{number}", "t1") for number in range(1007)))
    streams = {syntax: io.BytesIO() for syntax in SUFFIXES}
    write_rdf(glossary, dict(streams))
    for syntax, stream in streams.items():
        assert stream.getvalue() == rdf_bytes(glossary, syntax)
        assert len(by_pyoxigraph(stream.getvalue(), syntax)) == len(list(to_triples(glossary)))


def test_json_ld_is_whole_where_blocks_fill_batches_exactly() -> None:
    for number in (493, 494, 495):  # 500 blocks are a batch, six of them no terms
        glossary = Glossary(terms=tuple(term(str(n)) for n in range(number)))
        assert by_pyoxigraph(rdf_bytes(glossary, "jsonld"), "jsonld") == set(to_triples(glossary))


def test_an_empty_glossary_is_valid_in_every_syntax() -> None:
    expected = set(to_triples(Glossary()))
    assert all(by_pyoxigraph(rdf_bytes(Glossary(), syntax), syntax) == expected for syntax in SUFFIXES)


def test_the_order_of_terms_makes_no_difference_to_the_bytes() -> None:
    glossary = nasty()
    shuffled = list(glossary.terms)
    random.Random(4).shuffle(shuffled)
    other = Glossary(terms=tuple(shuffled), title=glossary.title)
    assert all(rdf_bytes(glossary, syntax) == rdf_bytes(other, syntax) for syntax in SUFFIXES)


def test_the_hash_seed_makes_no_difference_to_the_bytes() -> None:
    script = (
        "import hashlib; from termatlas.export.rdf import rdf_bytes; from termatlas.export.syntaxes import SUFFIXES\n"
        "from termatlas.model import Glossary, Reference, Term\n"
        "def link(n, k): return Reference(written='', target=f't{n * 7 % 20}', kind=k)\n"
        "def links(n): return tuple(link(n + m, k) for m, k in enumerate(('see', 'broader', 'related', 'part_of')))\n"
        "terms = tuple(Term(slug=f't{n}', name=f'T{n}', aliases=(f'a{n}', f'b{n}'),"
        " categories=(f'c{n % 3}', f'd{n % 2}'), related=links(n)) for n in range(15))\n"
        "glossary = Glossary(terms=terms)\n"
        "print([hashlib.sha256(rdf_bytes(glossary, syntax)).hexdigest() for syntax in sorted(SUFFIXES)])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(Path(__file__).parents[1] / "graph")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(outputs) == 1


def test_turtle_is_grouped_and_prefixed() -> None:
    text = rdf_bytes(Glossary(terms=(term("clip", "vit", definition="A model."), term("vit"))), "turtle").decode()
    start = text.index("term:clip a")
    assert text[start : text.index(" .\n\n", start)].split("\n") == [
        "term:clip a skos:Concept , schema:DefinedTerm ;",
        '    skos:prefLabel "The clip"@en ;',
        '    schema:name "The clip"@en ;',
        '    skos:definition "A model."@en ;',
        '    schema:description "A model."@en ;',
        '    skos:notation "clip" ;',
        '    schema:termCode "clip" ;',
        '    dct:identifier "clip" ;',
        "    skos:inScheme <https://example.org/glossary> ;",
        "    schema:inDefinedTermSet <https://example.org/glossary> ;",
        "    rdfs:isDefinedBy <https://example.org/glossary> ;",
        "    skos:topConceptOf <https://example.org/glossary> ;",
        "    ta:linksTo term:vit ;",
        "    skos:related term:vit",
    ]


def test_direction_is_kept_beside_the_symmetric_relation() -> None:
    graph = graph_of(Glossary(terms=(term("a", "b", ("c", "part_of")), term("b"), term("c"))))
    a, b, c = (rdflib.URIRef(BASE + slug) for slug in "abc")
    assert (a, TA.linksTo, b) in graph
    assert (b, TA.linksTo, a) not in graph
    assert {(a, SKOS.related, b), (b, SKOS.related, a), (a, TA.partOf, c)} <= set(graph)
    assert (TA.partOf, rdflib.RDFS.subPropertyOf, TA.linksTo) in graph
    assert not list(graph.triples((None, TA.related, None)))


def test_broader_links_become_a_hierarchy_both_ways() -> None:
    graph = graph_of(Glossary(terms=(term("a", ("b", "broader"), "c"), term("b", ("c", "broader")), term("c"))))
    a, b, c = (rdflib.URIRef(BASE + slug) for slug in "abc")
    assert {(a, SKOS.broader, b), (b, SKOS.narrower, a)} <= set(graph)
    assert (a, TA.linksTo, c) in graph
    assert not list(graph.triples((None, SKOS.related, None)))  # S27: c is above a already
    assert list(graph.subjects(SKOS.topConceptOf)) == [c]


def test_a_wanted_term_is_a_concept_with_a_status_and_no_top_concept() -> None:
    graph = graph_of(nasty())
    wanted = rdflib.URIRef(BASE + "w%2Fx%20y")
    assert str(graph.value(wanted, SKOS.prefLabel)) == "Wanted one"
    assert graph.value(wanted, TA.status) == rdflib.Literal("wanted")
    assert (wanted, SKOS.topConceptOf, None) not in graph
    assert (wanted, rdflib.RDF.type, rdflib.URIRef("https://schema.org/DefinedTerm")) not in graph


def test_links_of_all_terms_with_one_slug_count_as_in_the_graph() -> None:
    graph = graph_of(
        Glossary(terms=(term("a", "b", name="First"), term("a", "c", name="Second"), term("b"), term("c")))
    )
    a = rdflib.URIRef(BASE + "a")
    assert [str(name) for name in graph.objects(a, SKOS.prefLabel)] == ["First"]
    assert len(list(graph.objects(a, TA.linksTo))) == 2


def test_the_source_of_a_term_is_stated_where_it_is_an_iri() -> None:
    source = rdflib.DCTERMS.source
    glossary = Glossary(terms=(term("a", iri="https://e.org/a"), term("b", iri="no iri"), term("c", iri=BASE + "c")))
    assert [str(iri) for iri in graph_of(glossary).objects(None, source)] == ["https://e.org/a"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_exports_conform_to_the_integrity_conditions_of_skos() -> None:
    shapes = SHAPES / "skos-integrity.shacl.ttl"
    if not shapes.is_file():
        pytest.skip(f"no shapes at {shapes}; set TERMATLAS_SHAPES to the folder that holds them")
    pyshacl = pytest.importorskip("pyshacl")
    graph = graph_of(nasty())
    known = rdflib.Graph().parse(shapes)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=known, inference="rdfs")
    assert conforms, report
    a, b = (rdflib.URIRef(BASE + slug) for slug in "ab")
    graph.add((a, SKOS.related, b))
    assert not pyshacl.validate(graph, shacl_graph=known)[0]


def test_to_rdf_answers_sparql_and_compares_plain_texts() -> None:
    graph = to_rdf(nasty())
    assert (rdflib.URIRef(BASE + "a"), SKOS.notation, rdflib.Literal("a")) in graph
    assert graph.value(rdflib.URIRef(BASE + "a"), SKOS.notation) == rdflib.Literal("a")
    rows = list(graph.query("SELECT ?x { ?x ta:status 'wanted' }"))
    assert [str(row[0]) for row in rows if isinstance(row, tuple)] == [BASE + "w%2Fx%20y"]
    assert len(graph) == len(list(to_triples(nasty())))
    assert graph.namespace_manager.curie(BASE + "a") == "term:a"


def test_unknown_syntax() -> None:
    with pytest.raises(
        UsageError, match=r'^"n3" is no syntax of linked data; there are jsonld, nt, trig, turtle, xml$'
    ):
        rdf_bytes(Glossary(), "n3")


@pytest.mark.parametrize(
    "base",
    ["", "glossary", "https://", "https:///a/", "a b:c", "https://e.org/<x>/", "https://e.org/?id=", "\ud800:x/"],
)
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match=r"is no base for IRIs; give an absolute one without query, such as https://"):
        rdf_bytes(Glossary(base_iri=base), "nt")


@pytest.mark.parametrize(
    "base", ["https://e.org/g", "https://e.org/g#", "urn:example:", "https://e.org", "https://é.org/"]
)
def test_terms_and_scheme_have_iris_of_their_own_under_any_base(base: str) -> None:
    glossary = Glossary(terms=nasty().terms, base_iri=base)
    triples = set(to_triples(glossary))
    assert by_pyoxigraph(rdf_bytes(glossary, "jsonld"), "jsonld") == triples
    assert by_pyoxigraph(rdf_bytes(glossary, "turtle"), "turtle") == triples
    schemes = {str(triple.object) for triple in triples if "inScheme>" in str(triple.predicate)}
    concepts = {str(triple.subject) for triple in triples if "topConceptOf>" in str(triple.predicate)}
    assert len(schemes) == 1
    assert not schemes & concepts


def test_a_language_that_is_none_leaves_texts_plain() -> None:
    for syntax in SUFFIXES:
        glossary = Glossary(terms=(term("a", language="not a tag"), term("b")), language="English, I think")
        found = by_pyoxigraph(rdf_bytes(glossary, syntax), syntax)
        assert found == set(to_triples(glossary))
        labels = {triple.object for triple in found if "prefLabel" in str(triple.predicate)}
        assert all(isinstance(label, pyoxigraph.Literal) and label.language is None for label in labels)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=6), unique=True, min_size=2, max_size=6))
def test_segments_are_valid_and_differ(texts: list[str]) -> None:
    segments = [segment(text) for text in texts]
    assert len(set(segments)) == len(texts)
    assert all(is_iri(BASE + one) and "/" not in one and one.strip(".") for one in segments)


def test_every_character_gives_a_valid_segment() -> None:
    assert all(
        is_iri(BASE + segment(chr(code))) for code in itertools.chain(range(0x3000), range(0xD7F0, 0x10FFFF, 37))
    )


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text("ab -~A℡é", min_size=1, max_size=3), unique=True, max_size=8))
def test_categories_have_iris_of_their_own(names: list[str]) -> None:
    assert len(set(category_iris(BASE, names).values())) == len(names)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text("ab2_ -≠", max_size=4), unique=True, max_size=8))
def test_kinds_have_names_of_their_own_that_xml_allows(kinds: list[str]) -> None:
    names = property_names(kinds, taken=["a", "status"])
    assert len({*names.values(), "a", "status"}) == len(kinds) + 2
    assert all(name.isascii() and name.isidentifier() for name in names.values())


def test_bases_are_completed() -> None:
    assert [checked_base(base) for base in ("https://e.org/a", "https://e.org/a#", "urn:x:")] == [
        "https://e.org/a/",
        "https://e.org/a#",
        "urn:x:",
    ]


def inverse(parents: dict[str, list[str]]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for low, above in parents.items():
        for high in above:
            children.setdefault(high, []).append(low)
    return children


_nodes = st.sampled_from("abcdefg")


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(_nodes, st.lists(_nodes, max_size=3)), st.lists(st.tuples(_nodes, _nodes)))
def test_joined_pairs_are_those_with_a_path(parents: dict[str, list[str]], pairs: list[tuple[str, str]]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph((low, high) for low, above in parents.items() for high in above)
    asked = {pair for pair in pairs if pair[0] in graph and pair[1] in graph}
    assert joined(parents, inverse(parents), asked) == {pair for pair in asked if nx.has_path(graph, *pair)}


def test_joined_carries_more_starts_than_one_batch_holds() -> None:
    parents = {str(number): [str(number + 1)] for number in range(3000)}
    pairs = {(str(number), "3000") for number in range(3000)} | {("3000", "0"), ("5", "4")}
    assert joined(parents, inverse(parents), pairs) == pairs - {("3000", "0"), ("5", "4")}


_texts = st.text("ab\"'\\\n\r\t</script>\u202e😀é注&%#{}. ", max_size=12).map(clean)
_slugs = st.text("ab\"'\\/.%#?é注 <>:~\u202e😀", min_size=1, max_size=5).map(clean).filter(bool)
_kinds = st.sampled_from(
    ["related", "broader", "narrower", "see", "part_of", "partOf", "2nd", "≠", "status", "linksTo"]
)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    slugs = draw(st.lists(_slugs, unique=True, min_size=1, max_size=5))
    targets = st.sampled_from([*slugs, "wanted", "also wanted/"])
    links = st.lists(st.tuples(targets, _kinds), max_size=4)
    some = st.lists(_texts.filter(bool), max_size=3, unique=True)
    faqs = st.lists(st.builds(Question, question=_texts.filter(bool), answer=_texts), max_size=2)
    return Glossary(
        terms=tuple(
            term(
                slug,
                *draw(links),
                name=draw(_texts) or slug,
                aliases=tuple(draw(some)),
                categories=tuple(draw(some)),
                definition=draw(_texts),
                explanation=draw(_texts),
                questions=tuple(draw(faqs)),
                language=draw(st.sampled_from(["", "en", "de", "en-GB"])),
            )
            for slug in slugs
        ),
        title=draw(_texts),
    )


def fields(one: Term) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "name": one.name,
        "aliases": sorted(set(one.aliases) - {one.name}),
        "category": one.category,
        "categories": sorted(set(one.categories)),
        "definition": one.definition,
        "explanation": one.explanation,
        "links": sorted({(link.target or link.written, link.kind) for link in one.related}),
        "questions": one.questions,
        "language": one.language or "en",
    }


@settings(deadline=None, max_examples=60)
@given(glossary=glossaries(), syntax=st.sampled_from(sorted(SUFFIXES)))
def test_any_glossary_survives_every_syntax(
    tmp_path_factory: pytest.TempPathFactory, glossary: Glossary, syntax: str
) -> None:
    folder = tmp_path_factory.mktemp("rdf")
    back = {one.slug: fields(one) for one in read_back(folder, glossary, syntax)}
    assert back == {one.slug: fields(one) for one in glossary.terms}


@settings(deadline=None, max_examples=40)
@given(glossaries())
def test_any_glossary_keeps_related_and_hierarchy_apart(glossary: Glossary) -> None:
    graph = graph_of(glossary)
    up = nx.DiGraph((str(low), str(high)) for low, high in graph.subject_objects(SKOS.broader))
    for one, other in graph.subject_objects(SKOS.related):
        assert (other, SKOS.related, one) in graph
        assert one != other
        assert not (str(one) in up and str(other) in up and nx.has_path(up, str(one), str(other)))


def test_a_wanted_term_comes_back_as_a_link_with_its_name(tmp_path: Path) -> None:
    terms = {one.slug: one for one in read_back(tmp_path, nasty(), "turtle")}
    assert "w/x y" not in terms
    (link,) = terms["d"].related
    assert (link.written, link.name, link.kind) == ("w", "Wanted one", "part_of")
    assert (link.target, link.resolution) == ("w/x y", "")
