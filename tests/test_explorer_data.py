"""The explorer's data in a real browser: what is read there is what was surveyed; paths and search are right."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

import termatlas.explorer
from termatlas.analysis import Measures
from termatlas.explorer import explorer_page
from termatlas.model import Glossary, Question, Reference, Term
from termatlas.resolve import resolve
from termatlas.sources import read
from termatlas.survey import Survey, survey

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

MODULES = Path(termatlas.explorer.__file__).parent
SITE = "http://explorer.test"
STATUSES = ["ok", "isolated", "orphan", "dead-end", "wanted"]
DUMP = """async () => {
  const { decode } = await import("/data.js");
  const { texts, definitionsForSearch } = await import("/texts.js");
  const atlas = await decode(document);
  const textOf = texts(atlas);
  const all = await Promise.all(atlas.slugs.map((_, index) => textOf(index)));
  const plain = (key, value) => (ArrayBuffer.isView(value) ? [...value] : value);
  return JSON.parse(JSON.stringify({ ...atlas, texts: all, definitions: await definitionsForSearch(atlas) }, plain));
}"""


def term(slug: str, *related: str, name: str = "", **more: Any) -> Term:
    references = tuple(Reference(written=written) for written in related)
    return Term(slug=slug, name=name or slug, related=references, **more)


def glossary(*terms: Term, **more: Any) -> Glossary:
    return Glossary(terms=tuple(resolve(terms)), **more)


def many_words(start: int) -> str:
    """Make more different words than codes of one byte can name, and some that need three bytes."""
    return " ".join(
        "".join(chr(97 + number // 26**digit % 26) for digit in range(3))
        for number in range(start * 600, start * 600 + 650)
    )


MARKUP = '</script><!--<script>"><img src=x onerror=alert(1)>{{data}}&amp;'
HOSTILE = {
    "empty": glossary(),
    "one term": glossary(term("a")),
    "one self-link": glossary(term("a", "a")),
    "no link": glossary(*(term(f"t{at}", definition="x") for at in range(40))),
    "markup": glossary(
        term(
            MARKUP,
            "wanted " + MARKUP,
            name=MARKUP,
            aliases=(MARKUP, "b"),
            categories=(MARKUP,),
            definition=MARKUP,
            explanation=MARKUP,
            questions=(Question(question=MARKUP, answer=MARKUP),),
            file=MARKUP,
            line=3,
        ),
        title=MARKUP,
    ),
    "strange signs": glossary(
        term("nul\x00", "rtl\u202e", name="nul\x00\x01\x7f",
             definition="a\x00b\\n\\u0041 \\ \u2028\u2029\ufeff  two  spaces \n then\n\n a \x1b b\t c \\n d\\ e"),
        term("rtl\u202e", "\U0001f9e0", name="\u202egnirts\u202c \u05d0",
             definition="ﬁ — “naïve”\r\n\r\n\tÄ\u0308 1 2 3 a1b 4c"),
        term("\U0001f9e0", name="\U0001f9e0\U0001f9e0", aliases=("line\nbreak", ""), definition="注意力 机制，在 a 中"),
        title="\x00\u202e",
    ),
    "own names": glossary(
        term("u-net", "\ue000", name="U-Net", definition="U-Net, two U-Nets.", explanation="A U-Net.", file="u-net.md"),
        term("\ue000", name="\ue000", definition="\ue000 \ue001 and U-Net", explanation="\ue001\ue000"),
        term("\ue001", name="$& \ue001", definition="$& \ue001"),
        term("d", name="$&$1", definition="$&$1 is $&$1", file="d.md"),
    ),
    "equal names": glossary(*(term(f"t{at}", "t0", name="Same", aliases=("Same",)) for at in range(5)), term("t0")),
    "long names": glossary(term("a", "b", name="Ä" * 5_000), term("b", name="w" * 5_000, aliases=("x" * 5_000,) * 3)),
    "long texts": glossary(
        term("a", "b", definition="word " * 200_000, explanation="y" * 1_000_000), term("b", definition="z \n" * 9)
    ),
    "many categories": glossary(*(term(f"t{at}", f"t{at // 2}", categories=(f"c{at}",)) for at in range(300))),
    "many words": glossary(*(term(f"t{at}", definition=many_words(at)) for at in range(30))),
}  # fmt: skip


@pytest.fixture(scope="module")
def atlas() -> Survey:
    return survey(read())


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Callable[[Survey], Page]]:
    """Open a page that has the data of a survey and can import the explorer's modules, but does nothing by itself."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    body = [""]

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(SITE + "/")
        if name:
            route.fulfill(path=MODULES / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><meta charset=utf-8>" + body[0], content_type="text/html")

    def show(known: Survey) -> Page:
        body[0] = "".join(re.findall(r'<script type="application/[^<]*</script>', explorer_page(known)))
        page.goto(SITE + "/")
        return page

    page.route(SITE + "/**", answer)
    yield show
    page.close()
    assert errors == []


def check(known: Survey, found: dict[str, Any]) -> None:
    """Compare what the browser read with the survey, in the words of the survey."""
    graph, order = known.graph, found["slugs"]
    rank = known.measures["pagerank"]
    assert order == sorted(graph, key=lambda slug: (-rank[slug], slug))
    assert (found["title"], found["language"]) == (known.glossary.title, known.glossary.language)
    assert found["count"] == len(graph)
    assert found["names"] == [graph.nodes[slug]["name"] for slug in order]
    assert [found["categories"][at]["name"] for at in found["category"]] == [
        graph.nodes[slug]["category"] for slug in order
    ]
    assert [STATUSES[at] for at in found["status"]] == [known.status[slug] for slug in order]
    assert found["community"] == [known.communities[slug] for slug in order]
    assert found["component"] == [known.components[slug] for slug in order]
    measures = {measure["name"]: measure for measure in found["measures"]}
    assert list(measures) == list(known.measures)
    for name, measure in measures.items():
        wanted = np.array([known.measures[name][slug] for slug in order], dtype=np.float32)
        found_ranks, ranks = (np.unique(each, return_inverse=True)[1] for each in (measure["values"], wanted))
        assert found_ranks.tolist() == ranks.tolist()
        assert np.abs(np.array(measure["values"]) - wanted).max(initial=0) <= 0.01 * wanted.max(initial=0)
        assert all(
            f"{one:.3g}" == f"{other:.3g}" for one, other in zip(measure["values"], wanted.tolist(), strict=True)
        )
        assert measure["exact"] == known.measures.exact[name]
    check_places(known, found)
    check_links(known, found)
    check_texts(known, found)


def check_places(known: Survey, found: dict[str, Any]) -> None:
    wanted = np.array([known.positions[slug] for slug in found["slugs"]]).reshape(-1, 2)
    places = np.array([found["x"], found["y"]]).T
    assert np.abs(places - wanted).max(initial=0) <= max(0.13, np.ptp(wanted) / 65_000 if len(wanted) else 0)
    standing = {
        name: [at for at, status in enumerate(found["status"]) if STATUSES[status] == name] for name in STATUSES
    }
    assert [shelf["name"] for shelf in found["shelves"]] == [name for name in ("isolated", "wanted") if standing[name]]
    for shelf in found["shelves"]:
        there = standing[shelf["name"]]
        assert shelf["count"] == len(there)
        assert (places[there] >= (shelf["x"], shelf["y"])).all()
        assert (places[there] <= (shelf["x"] + shelf["width"], shelf["y"] + shelf["height"])).all()


def check_links(known: Survey, found: dict[str, Any]) -> None:
    order, graph = found["slugs"], known.graph
    wanted = {(source, target, link["kind"]) for source, target, link in graph.edges(data=True) if source != target}
    assert found["linkCount"] == len(wanted) == known.stats["links"]
    for way, turn in (("out", 1), ("in", -1)):
        rows = found[way]
        ends = [end for at in range(len(order)) for end in [at] * (rows["offsets"][at + 1] - rows["offsets"][at])]
        links = [(order[one], order[other])[::turn] for one, other in zip(ends, rows["nodes"], strict=True)]
        kinds = [found["kinds"][kind] for kind in rows["kinds"]]
        assert len(links) == len(wanted)
        assert {(*link, kind) for link, kind in zip(links, kinds, strict=True)} == wanted
        assert sorted(zip(ends, rows["nodes"], strict=True)) == list(zip(ends, rows["nodes"], strict=True))


def check_texts(known: Survey, found: dict[str, Any]) -> None:
    findings: dict[str, list[tuple[str, str, str]]] = {slug: [] for slug in found["slugs"]}
    for each in known.findings:
        if each.term:
            findings[each.term].append((each.rule, each.target, each.message))
    for at, slug in enumerate(found["slugs"]):
        text, page = found["texts"][at], known.glossary.get(slug)
        assert text["definition"] == found["definitions"][at] == (page.definition if page else "")
        assert text["explanation"] == (page.explanation if page else "")
        assert text["questions"] == [
            {"question": q.question, "answer": q.answer} for q in (page.questions if page else ())
        ]
        assert text["where"] == (str(page.where) if page else "")
        assert [" ".join(alias.split()) for alias in text["aliases"]] == aliases_of(page)
        named = [
            (found["rules"][each["rule"]]["id"], target_of(found, each), each["message"]) for each in text["findings"]
        ]
        assert sorted(named) == sorted(findings[slug])


def aliases_of(page: Term | None) -> list[str]:
    aliases = [" ".join(alias.split()) for alias in page.aliases] if page else []
    return aliases if any(aliases) else []


def target_of(found: dict[str, Any], finding: dict[str, Any]) -> str:
    return found["slugs"][finding["target"]] if finding["target"] >= 0 else ""


def test_the_shipped_atlas_arrives_whole(opened: Callable[[Survey], Page], atlas: Survey) -> None:
    check(atlas, opened(atlas).evaluate(DUMP))


@pytest.mark.parametrize("name", ["ml-glossary-mlg", "mitre-atlas"])
def test_real_glossaries_arrive_whole(opened: Callable[[Survey], Page], corpora: Path, name: str) -> None:
    known = survey(read(corpora / name))
    check(known, opened(known).evaluate(DUMP))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_glossaries_arrive_whole(opened: Callable[[Survey], Page], name: str) -> None:
    known = survey(HOSTILE[name])
    check(known, opened(known).evaluate(DUMP))


def test_halves_of_surrogates_are_replaced(opened: Callable[[Survey], Page]) -> None:
    known = survey(glossary(term("a\ud800", name="A\udfff", definition="\udc00!", aliases=("\ud800",)), title="\ud800"))
    found = opened(known).evaluate(DUMP)
    texts = [found["title"], *found["slugs"], *found["names"], *found["definitions"], *found["aliases"]]
    assert texts == ["\ufffd", "a\ufffd", "A\ufffd", "\ufffd!", "\ufffd"]


def test_a_term_is_read_without_unpacking_all_texts(opened: Callable[[Survey], Page]) -> None:
    page = opened(survey(glossary(*(term(f"t{at}", definition=f"text {at}") for at in range(2_000)))))
    lines = page.evaluate("document.getElementById('atlas-definitions').textContent.split('\\n').length")
    assert lines == 4
    read_one = """async () => {
      const { decode } = await import("/data.js");
      const { texts } = await import("/texts.js");
      const textOf = texts(await decode(document));
      let streams = 0;
      const Native = DecompressionStream;
      globalThis.DecompressionStream = class extends Native { constructor(form) { super(form); streams++; } };
      return [(await textOf(1500)).definition, (await textOf(1501)).definition, streams];
    }"""
    order = sorted(f"t{at}" for at in range(2_000))
    said = [f"text {order[at][1:]}" for at in (1500, 1501)]
    assert page.evaluate(read_one) == [*said, 2]  # a line of definitions and one of details


def test_a_million_links_arrive(opened: Callable[[Survey], Page]) -> None:
    count, step = 2_000, 500
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((f"t{at:04}" for at in range(count)), name="", category="", aliases=(), definition="")
    nodes = list(graph)
    graph.add_edges_from(
        ((nodes[at], nodes[(at + 1 + jump) % count]) for at in range(count) for jump in range(step)), kind="related"
    )
    zeros = dict.fromkeys(nodes, 0)
    tables = dict.fromkeys(("in_degree", "out_degree", "pagerank"), zeros)
    known = replace(
        survey(glossary(term("a"))),
        graph=graph,
        measures=Measures(tables=tables, pivots={}),
        status=dict.fromkeys(nodes, "ok"),
        communities=zeros,
        components=zeros,
        findings=(),
        positions=dict.fromkeys(nodes, (0.0, 0.0)),
    )
    found = opened(known).evaluate("""async () => {
      const { decode } = await import("/data.js");
      const { linkCount, out, oneWay, measures, in: into } = await decode(document);
      return [linkCount, [...out.nodes.subarray(0, 3)], out.nodes[999_999], [...into.nodes.subarray(0, 2)],
        oneWay(0, 1), oneWay(1, 0), ...measures.map(({ values }) => values[7])];
    }""")
    assert found == [1_000_000, [1, 2, 3], 499, [1_500, 1_501], True, False, 500, 500, 0]


@pytest.mark.parametrize("directed", [True, False])
def test_paths_are_as_short_as_those_of_networkx(opened: Callable[[Survey], Page], directed: bool) -> None:
    chance = random.Random(7)
    names = [f"t{at}" for at in range(400)]
    known = survey(glossary(*(term(slug, *chance.sample(names, chance.choice((0, 1, 2, 5)))) for slug in names)))
    pairs = [(chance.choice(names), chance.choice(names)) for _ in range(200)]
    found = opened(known).evaluate(
        """async ([pairs, directed]) => {
          const { decode } = await import("/data.js");
          const { shortestPaths } = await import("/graph.js");
          const atlas = await decode(document);
          const at = new Map(atlas.slugs.map((slug, index) => [slug, index]));
          return pairs.map(([from, to]) => shortestPaths(atlas, at.get(from), at.get(to), { directed, limit: 20 })
            .map((path) => path.map((index) => atlas.slugs[index])));
        }""",
        [pairs, directed],
    )
    graph = known.graph if directed else known.graph.to_undirected()
    assert sum(not paths for paths in found) > 5
    assert max(map(len, found)) > 3
    for (source, target), paths in zip(pairs, found, strict=True):
        check_paths(graph, source, target, paths)


def check_paths(graph: nx.Graph[str], source: str, target: str, paths: list[list[str]]) -> None:
    if not nx.has_path(graph, source, target):
        assert paths == []
        return
    every = {tuple(path) for path in islice(nx.all_shortest_paths(graph, source, target), 1_000)}
    assert {tuple(path) for path in paths} <= every
    assert len(paths) == len({tuple(path) for path in paths}) == min(20, len(every))


GRAPH = """async () => {
  const { decode } = await import("/data.js");
  const { neighbours, neighbourhood, shortestPaths } = await import("/graph.js");
  const atlas = await decode(document);
  const at = (slug) => atlas.slugs.indexOf(slug);
  const said = (indices) => indices.map((index) => atlas.slugs[index]);
  const around = (slug, depth) => atlas.slugs.filter((_, index) => neighbourhood(atlas, at(slug), depth)[index]);
  const visible = Uint8Array.from(atlas.slugs, (slug) => +(slug !== "m1" && slug !== "z"));
  const paths = (from, to, options) =>
    shortestPaths(atlas, at(from), at(to), { directed: true, limit: 9, ...options }).map(said);
  return {
    near: said(neighbours(atlas, at("m1"))), one: around("a", 1), two: around("a", 2), none: around("a", 0),
    paths: paths("a", "z", {}), limited: paths("a", "z", { limit: 1 }), masked: paths("a", "z", { visible }),
    back: paths("z", "a", {}), self: paths("a", "a", {}), undirected: paths("z", "a", { directed: false }).length,
  };
}"""


def test_neighbours_and_paths(opened: Callable[[Survey], Page]) -> None:
    terms = [
        term("a", "m1", "m2", "m3"),
        term("m1", "z", "a"),
        term("m2", "z"),
        term("m3", "m2"),
        term("z"),
        term("far"),
    ]
    found = opened(survey(glossary(*terms))).evaluate(GRAPH)
    assert sorted(found["near"]) == ["a", "z"]
    assert found["none"] == ["a"]
    assert sorted(found["one"]) == ["a", "m1", "m2", "m3"]
    assert sorted(found["two"]) == ["a", "m1", "m2", "m3", "z"]
    assert sorted(found["paths"]) == [["a", "m1", "z"], ["a", "m2", "z"]]
    assert found["limited"] == found["paths"][:1]
    assert found["masked"] == [["a", "m2", "z"]]
    assert (found["back"], found["self"], found["undirected"]) == ([], [["a"]], 2)


SEARCH = """async ([asked, withDefinitions, limit]) => {
  const { decode } = await import("/data.js");
  const { definitionsForSearch } = await import("/texts.js");
  const { search } = await import("/search.js");
  const atlas = await decode(document);
  const definitions = withDefinitions ? await definitionsForSearch(atlas) : null;
  const texts = { name: atlas.names, alias: atlas.aliases, definition: definitions };
  return search(atlas, definitions, asked, limit).map(({ index, field, start, end }) =>
    [atlas.slugs[index], field, texts[field][index].slice(start, end)]);
}"""

SEARCHED = glossary(
    term("transformer", name="Transformer", definition="Attention is all it needs."),
    term("attention", "transformer", name="Attention"),
    term("self-attention", "transformer", name="Self-attention", aliases=("intra-attention",)),
    term("inattention", "attention", name="Inattention"),
    term("attention-head", "attention", name="Attention head"),
    term("cnn", name="Convolutional network", aliases=("ConvNet", "CNN"), definition="A net — naïve."),
    term("r-cnn", "cnn", name="R-CNN"),
    term("cafe", name="CAFÉ ﬁne", aliases=("Cafe\u0301 du  monde",)),
    term("greek", name="Όδος", aliases=("线性代数",)),
    term("istanbul", name="İstanbul straße"),
)


@pytest.fixture(scope="module")
def searched(opened: Callable[[Survey], Page]) -> Page:
    return opened(survey(SEARCHED))


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("attention", [["attention", "name", "Attention"], ["attention-head", "name", "Attention"],
                       ["self-attention", "name", "attention"], ["inattention", "name", "attention"],
                       ["transformer", "definition", "Attention"]]),
        ("  ATTENTION   h ", [["attention-head", "name", "Attention h"]]),
        ("cnn", [["cnn", "alias", "CNN"], ["r-cnn", "name", "CNN"]]),
        ("cafe", [["cafe", "name", "CAFÉ"]]),
        ("café fin", [["cafe", "name", "CAFÉ ﬁn"]]),
        ("monde", [["cafe", "alias", "monde"]]),
        ("ODOS", []),
        ("όδοσ", [["greek", "name", "Όδος"]]),
        ("代数", [["greek", "alias", "代数"]]),
        ("istanbul str", [["istanbul", "name", "İstanbul str"]]),
        ("naive", [["cnn", "definition", "naïve"]]),
        ("convnet", [["cnn", "alias", "ConvNet"]]),
        ("", []), ("   ", []), ("\n", []), ("nothing of the kind", []), (".*", []), ("\\", []),
    ],
)  # fmt: skip
def test_search_ranks_and_folds(searched: Page, asked: str, wanted: list[list[str]]) -> None:
    assert searched.evaluate(SEARCH, [asked, True, 50]) == wanted


def test_search_stops_at_its_limit_and_finds_each_term_once(searched: Page) -> None:
    assert [row[0] for row in searched.evaluate(SEARCH, ["att", True, 2])] == ["attention", "attention-head"]
    everything = [row[0] for row in searched.evaluate(SEARCH, ["t", True, 1_000])]
    assert len(everything) == len(set(everything)) == 7
    assert all(row[1] != "definition" for row in searched.evaluate(SEARCH, ["needs", False, 50]))
