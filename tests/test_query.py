"""Questions in SPARQL to a glossary, from the library: answers, their forms, and mistakes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import termatlas as ta
from termatlas.errors import UnknownTerm, UsageError
from termatlas.export.rdf import to_rdf, to_store
from termatlas.model import Glossary, Reference, Term
from termatlas.query import USUAL_PREFIXES, Solutions, Triples, checked, prefixes_of, query, written
from termatlas.query.forms import FORMS
from termatlas.query.mistakes import refuse_mistakes

GLOSSARY = Glossary(
    terms=(
        Term(slug="clip", name="CLIP", aliases=("=1+1",), related=(Reference(written="vit", target="vit"),)),
        Term(slug="vit", name="Vision\ttransformer\u202e", definition="Reads patches."),
    )
)
ALIASES = "SELECT ?alias { ?term skos:altLabel ?alias }"


def rows(asked: str, /, **values: str) -> list[tuple[object, ...]]:
    found = query(GLOSSARY, asked, **values)
    assert isinstance(found, Solutions)
    return list(found.rows)


def form(text: str, form: str) -> str:
    return written(query(GLOSSARY, text), form, prefixes_of(GLOSSARY))


def test_select_gives_rows_of_plain_values() -> None:
    text = (
        "SELECT ?term (1 AS ?i) (0.5 AS ?d) (true AS ?b) ?no { ?term skos:notation 'clip' OPTIONAL { ?term ta:x ?no } }"
    )
    assert rows(text) == [("https://example.org/glossary/clip", 1, 0.5, True, None)]


def test_numbers_that_are_none_stay_text() -> None:
    assert rows("SELECT ('many'^^xsd:integer AS ?a) ('1'^^xsd:boolean AS ?b) ('INF'^^xsd:double AS ?c) {}") == [
        ("many", True, float("inf"))
    ]


def test_ask_gives_a_bool_and_construct_triples() -> None:
    assert query(GLOSSARY, "ASK { term:clip ta:linksTo term:vit }") is True
    assert query(GLOSSARY, "ASK { term:vit ta:linksTo term:clip }") is False
    found = query(GLOSSARY, "CONSTRUCT { ?a ta:linksTo ?b } WHERE { ?a ta:linksTo ?b }")
    assert isinstance(found, Triples)
    assert found.columns == ("subject", "predicate", "object")
    assert len(found) == 1


def test_a_store_and_its_glossary_give_the_same_answer() -> None:
    store = to_store(GLOSSARY)
    assert prefixes_of(store) == prefixes_of(GLOSSARY)
    assert query(store, "SELECT * { term:clip ?p ?o }") == query(GLOSSARY, "SELECT * { term:clip ?p ?o }")
    assert prefixes_of(pyoxigraph.Store()) == USUAL_PREFIXES


def test_a_prefix_of_the_querys_own_wins() -> None:
    assert rows("PREFIX skos: <https://a.example/> SELECT (STR(skos:b) AS ?iri) {}") == [("https://a.example/b",)]


def test_an_iri_can_be_relative_to_the_base() -> None:
    assert query(GLOSSARY, "ASK { <clip> ta:linksTo <vit> }") is True


def test_rows_without_order_are_sorted_by_value() -> None:
    assert [row[0] for row in rows("SELECT ?x { VALUES ?x { 10 'b' <a:a> 9 UNDEF 9.5 'a'@en } }")] == [
        None, "a:a", 9, 9.5, 10, "a", "b",
    ]  # fmt: skip


def test_rows_keep_the_order_that_the_query_asks_for() -> None:
    assert [row[0] for row in rows("SELECT ?x { VALUES ?x { 1 3 2 } } ORDER BY DESC(?x)")] == [3, 2, 1]


def test_blank_nodes_have_labels_that_do_not_change() -> None:
    text = "SELECT (BNODE() AS ?b) ?t { ?t a skos:Concept }"
    assert form(text, "tsv") == form(text, "tsv")
    assert {row[0] for row in rows(text)} == {"_:b0", "_:b1"}


def test_the_columns_of_a_star_come_as_the_query_names_them() -> None:
    found = query(GLOSSARY, "SELECT * { ?term skos:prefLabel ?name ; skos:altLabel ?alias }")
    assert isinstance(found, Solutions)
    assert found.columns == ("term", "name", "alias")


def test_from_chooses_the_graph_and_fetches_nothing() -> None:
    store = to_store(GLOSSARY)
    other = pyoxigraph.NamedNode("https://a.example/g")
    store.add(pyoxigraph.Quad(other, other, other, other))
    for text in (
        "FROM <https://a.example/g> { ?s ?p ?o }",
        "FROM NAMED <https://a.example/g> { GRAPH ?g { ?s ?p ?o } }",
    ):
        found = query(store, f"SELECT ?s {text}")
        assert isinstance(found, Solutions)
        assert found.rows == [(other.value,)]
    with pytest.raises(
        UsageError, match=r"FROM names the graph <file:///etc/passwd>; there is <https.*nothing is fetched"
    ):
        query(GLOSSARY, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")
    with pytest.raises(UsageError, match="there is none"):
        query(pyoxigraph.Store(), "SELECT * FROM NAMED <file:a.ttl> { ?s ?p ?o }")
    with pytest.raises(UsageError, match='"FROM" cannot stand here'):
        checked("SELECT ?name {} FROM <x>")


MISTAKES = {
    "": "the query is empty; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE",
    "# SELECT": "the query is empty; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE",
    "SELEC * {}": 'the query, line 1, column 1: "SELEC" cannot stand here; a query begins with SELECT, ASK',
    "SELECT ?x {\n  ?x a b\n}": 'the query, line 2, column 8: "b" cannot stand here',
    "SELECT ?é {\r\n ?é ?p ?o ORDER }": 'the query, line 2, column 11: "ORDER" cannot stand here; expected is one of '
    ", . ; { }",
    "SELECT * { ?s ?p ?o FILTER(?o > 3 }": 'the query, line 1, column 35: "}" cannot stand here; expected is one of '
    "&& ) * + - / ||",
    "SELECT * {\n { ?s ?p ?o }": 'the query, line 2, column 14: the query ends too early; the "{" of line 1, column 10'
    " is not closed",
    "SELECT * { ?s ?p 'abc }": "the query, line 1, column 18: a text begins here and does not end",
    "SELECT * { ?s ?p <a b> }": "the query, line 1, column 22: what stands between < and > is no IRI",
    "SELECT ?y (COUNT(?x) AS ?n) { ?x ?y ?z }": "SELECT names a variable by which nothing is grouped",
    "SELECT * { ?s ?p ?o } GROUP BY ?s": "SELECT * cannot stand with GROUP BY; name the variables",
    "SELECT ?x ?x { ?x ?y ?z }": "SELECT names a variable twice",
    "SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }": "BIND gives a value to a variable that has one",
    "SELECT * { ?x foo:bar 1 }": 'the query, line 1, column 15: the prefix "foo:" is not known; known are dc, dcat,',
    "SELECT (<https://a.example/f>(1) AS ?x) {}": "the query cannot be answered: The custom function "
    "<https://a.example/f> is not supported",
    "INSERT DATA { <a:a> <a:b> 1 }": "INSERT is a SPARQL update, and a glossary is only read here; a query",
    "PREFIX a: <a:> delete where { ?s ?p ?o }": "DELETE is a SPARQL update",
    "orphan": 'there is no query "orphan"; near it: orphans',
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_named_with_its_place(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        query(GLOSSARY, text)
    assert MISTAKES[text] in str(raised.value)


SERVICES = [
    "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x {} }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<http://localhost:1/> { ?s ?p ?o } }",
    "PREFIX ex: <http://localhost:1/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "PREFIX ex: <http://localhost:1/> SELECT * { SERVICESILENTex:a { ?s ?p ?o } }",
    "PREFIX ex: <http://localhost:1/> PREFIX SERVICEex: <http://localhost:1/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "ASK { ?s ?p ?o . OPTIONAL { SeRvIcE ?o { ?a ?b ?c } } }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_no_other_server_is_ever_asked(text: str) -> None:
    with pytest.raises(UsageError, match=r"SERVICE|cannot stand here"):
        query(GLOSSARY, text)


def test_the_word_service_may_stand_where_it_is_no_word_of_sparql() -> None:
    text = 'SELECT ?service { BIND("service" AS ?service) FILTER(<https://a.example/Service> != "x") } # SERVICE'
    assert rows(text) == [("service",)]
    assert query(GLOSSARY, "PREFIX service: <a:> ASK { service:SERVICE a service:b }") is False


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { FILTER(" + "!" * 6_000 + "1) }",
        "SELECT * " + "{" * 3_000,
        "SELECT * { ?s ?p " + "[ ?p " * 201 + "1" + "]" * 201 + " }",
    ],
)
def test_a_query_that_would_end_the_process_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="the query is too large: over 5,000 words and signs or 200 nested brackets"):
        checked(text)


@pytest.mark.parametrize("text", ["ASK { FILTER(" + "!" * 4_980 + "1) }", "ASK " + "{" * 200 + "}" * 200])
def test_a_query_may_be_large(text: str) -> None:
    assert isinstance(query(GLOSSARY, text), bool)


@pytest.mark.parametrize("asked", ["vit", "VIT", "vision\ttransformer\u202e", "https://example.org/glossary/vit"])
def test_a_parameter_takes_a_slug_a_name_or_an_iri(asked: str) -> None:
    assert rows("neighbours", term=asked) == [("https://example.org/glossary/clip", "CLIP", "linked from")]


def test_a_value_cannot_break_out_of_its_place() -> None:
    assert rows("definitions-with", text='") } DROP ALL # \\') == []
    with pytest.raises(UnknownTerm):
        query(GLOSSARY, "neighbours", term='> ?p ?o } # "')


def test_a_value_that_names_nothing_or_is_missing_is_refused() -> None:
    with pytest.raises(UnknownTerm, match='no term is called "clib"; near it: CLIP'):
        query(GLOSSARY, "neighbours", term="clib")
    with pytest.raises(UsageError, match='no category is called "x"; there is none'):
        query(GLOSSARY, "terms-of-category", category="x")
    with pytest.raises(UsageError, match='needs a value for "term", the one whose neighbours to list: term=…'):
        query(GLOSSARY, "neighbours")
    with pytest.raises(UsageError, match='the query has no parameter "trm"; it has term'):
        query(GLOSSARY, "neighbours", trm="clip")


def test_csv_guards_formulas_and_tsv_and_json_are_exact() -> None:
    assert form(ALIASES, "csv") == "alias\n'=1+1"
    assert form(ALIASES, "tsv") == '?alias\n"=1+1"@en'
    assert '"value": "=1+1"' in form(ALIASES, "json")
    assert form("SELECT (-1 AS ?n) {}", "csv") == "n\n-1"


def test_a_table_shows_control_signs_as_escapes_and_shortens_iris() -> None:
    table = form("SELECT ?t ?name { ?t skos:prefLabel ?name } ORDER BY ?t", "table")
    assert "\u202e" not in table
    assert "term:vit                        Vision transformer\\u202e" in table
    assert table.endswith("\n\n3 rows")  # the glossary itself has a label too


def test_an_empty_table_says_so() -> None:
    assert form("SELECT ?x { ?x ta:nothing ?y }", "table") == "0 rows"
    assert form("SELECT * {}", "table") == "1 row"


def test_turtle_is_the_same_every_time_and_has_the_prefixes_it_uses() -> None:
    text = "CONSTRUCT { ?a ta:linksTo ?b ; rdfs:seeAlso [] } WHERE { ?a ta:linksTo ?b }"
    turtle = form(text, "turtle")
    assert {form(text, "turtle") for _ in range(20)} == {turtle}
    assert [line.split()[1] for line in turtle.splitlines() if line.startswith("@prefix")] == ["rdfs:", "ta:", "term:"]
    for syntax, format in (
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("nt", pyoxigraph.RdfFormat.N_TRIPLES),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        assert len(list(pyoxigraph.parse(form(text, syntax), format=format))) == 2


def test_a_form_that_does_not_suit_is_refused() -> None:
    with pytest.raises(UsageError, match="triples cannot be written as csv; there are table, turtle, nt, jsonld"):
        form("DESCRIBE term:clip", "csv")
    with pytest.raises(UsageError, match="rows cannot be written as turtle; there are table, csv, tsv, json"):
        form(ALIASES, "turtle")
    with pytest.raises(UsageError, match="yes or no cannot be written as nt; there are table, csv, tsv, json"):
        form("ASK {}", "nt")


def test_yes_and_no_have_forms() -> None:
    assert [form("ASK {}", name) for name in ("table", "csv", "tsv")] == ["yes", "true", "true"]
    assert form("ASK { ta:a ta:a ta:a }", "json") == '{\n  "head": {},\n  "boolean": false\n}'


_SIGNS = "?x <a:b> {}()\"'#\\\n\t.;,:=<>$@^é SELECT WHERE ASK skos:prefLabel SERVICE ORDER BY"


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(_SIGNS.split(" ") + list(_SIGNS)), max_size=25).map("".join))
def test_any_text_is_answered_or_refused_in_one_line(text: str) -> None:
    try:
        refuse_mistakes(text, USUAL_PREFIXES)
    except UsageError as error:
        assert str(error).startswith(("the query", "INSERT", "DELETE"))  # noqa: PT017


def test_the_same_query_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import termatlas as ta; from termatlas.query import written, prefixes_of\n"
        "from termatlas.model import *\n"
        "g = Glossary(terms=tuple(Term(slug=f't{n}', name=f'T {n % 7}') for n in range(99)))\n"
        "for q, f in (('SELECT * { ?s ?p ?o }', 'csv'), ('DESCRIBE term:t1', 'turtle'), ('same-label', 'json')):\n"
        "    print(written(ta.query(g, q), f, prefixes_of(g)))\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": str(n), "PYTHONPATH": "graph"},
        )
        for n in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout


def test_every_form_has_a_name() -> None:
    assert set(FORMS) == {"table", "csv", "tsv", "json", "turtle", "nt", "jsonld"}


#: The README's five questions; the second and the third follow links however far they lead.
QUESTIONS = [
    """SELECT ?name { ?term ta:linksTo term:clip, term:diffusion-model ; skos:prefLabel ?name } ORDER BY ?name""",
    """SELECT ?name { term:qlora skos:broader+/skos:prefLabel ?name } ORDER BY ?name""",
    """ASK { ?term a skos:Concept MINUS { term:clip ta:linksTo+ ?term } }""",
    """SELECT ?name { ?term skos:prefLabel ?name ; ta:linksTo ?shared . term:clip ta:linksTo ?shared
  FILTER (?term != term:clip) FILTER NOT EXISTS { ?term ta:linksTo|^ta:linksTo term:clip }
} GROUP BY ?term ?name ORDER BY DESC(COUNT(?shared)) ?name LIMIT 3""",
    """SELECT ?name (COUNT(DISTINCT ?category) AS ?categories) {
  ?term ta:linksTo/^skos:member ?category ; skos:prefLabel ?name
} GROUP BY ?term ?name ORDER BY DESC(?categories) ?name LIMIT 3""",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_rdflib_over_oxigraph_answers_the_same(text: str) -> None:
    glossary = atlas()
    found = linked_data().query(text)
    ours = query(glossary, text)
    if isinstance(ours, bool):
        assert bool(found) is ours
    else:
        assert isinstance(ours, Solutions)
        assert ours.rows == [tuple(cell.toPython() for cell in row) for row in cast("Iterable[Any]", found)]
        assert ours.rows


@cache
def atlas() -> Glossary:
    return ta.read()


@cache
def linked_data() -> Any:
    return to_rdf(atlas())


def test_a_path_is_followed_through_thousands_of_terms() -> None:
    count = 3_000
    glossary = Glossary(
        terms=tuple(
            Term(slug=f"t{at}", name=f"T{at}", related=(Reference(written="", target=f"t{(at + 1) % count}"),))
            for at in range(count)
        )
    )
    text = "SELECT (COUNT(?other) AS ?reached) { term:t0 ta:linksTo+ ?other }"
    assert query(glossary, text).rows == [(count,)]  # type: ignore[union-attr]  # it SELECTs
    assert [row[0].toPython() for row in cast("Iterable[Any]", to_rdf(glossary).query(text))] == [count]
