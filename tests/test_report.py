"""The report says what is so, in lists that can be worked through, and takes nothing from a glossary as markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from termatlas.analysis import communities, stats, status
from termatlas.build import build
from termatlas.export.report import report_page
from termatlas.export.report_lists import LIMIT
from termatlas.export.report_words import opening
from termatlas.findings import check
from termatlas.model import Glossary, Reference, Term
from termatlas.resolve import resolve
from termatlas.survey import survey

HOSTILE = '</script><img src=x onerror="alert(1)">{{ 7 * 7 }}'
VOID = {"meta", "col"}


def term(
    slug: str, *related: str, name: str = "", category: str = "", definition: str = "What it is.", file: str = ""
) -> Term:
    return Term(
        slug=slug,
        name=name or slug.title(),
        categories=(category,) if category else (),
        definition=definition,
        related=tuple(Reference(written=target, line=7) for target in related),
        file=file or f"{slug}.md",
        line=1,
    )


def glossary_of(*terms: Term, title: str = "A glossary") -> Glossary:
    return Glossary(terms=tuple(resolve(terms)), title=title)


def page_of(*terms: Term, title: str = "A glossary") -> html.HtmlElement:
    return html.document_fromstring(report_page(survey(glossary_of(*terms, title=title))))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(page: html.HtmlElement, anchor: str) -> html.HtmlElement:
    (found,) = page.xpath(f"//*[@id='{anchor}']")
    return found


def rows(page: html.HtmlElement, anchor: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in section(page, anchor).xpath(".//tbody/tr")]


def counted(page: html.HtmlElement, anchor: str) -> int:
    (count,) = section(page, anchor).xpath(".//h3/span[@class='count']")
    return int(words(count).replace(",", ""))


SMALL = (
    term("hub", "leaf", "spoke", "wish", category="Core"),
    term("spoke", "hub", "wish", category="Core"),
    term("leaf", category="Edge"),
    term("early", "hub", category="Edge"),
    term("alone"),
    term("north", "south"),
    term("south", "north"),
)


@pytest.fixture(scope="module")
def small() -> html.HtmlElement:
    return page_of(*SMALL)


def test_the_opening_says_what_the_lists_hold(small: html.HtmlElement) -> None:
    (sentence,) = small.xpath("//p[@class='opening']")
    assert words(sentence) == (
        "7 terms, 8 links. 2 terms cannot be reached from any other, 1 of them isolated; "
        "1 link target has no page; 2 links are one-way."
    )
    assert [link.get("href") for link in sentence.xpath("a")] == [
        "#categories",
        "#categories",
        "#orphans",
        "#isolated",
        "#wanted",
        "#one-way",
    ]


def test_lists_name_the_terms_their_neighbours_and_the_places(small: html.HtmlElement) -> None:
    assert rows(small, "wanted") == [["wish", "wish", "2", "Hub, Spoke", "hub.md:7"]]
    assert rows(small, "isolated") == [["Alone", "alone.md:1"]]
    assert rows(small, "orphans") == [["Early", "Edge", "Hub", "early.md:1"]]
    assert rows(small, "dead-ends") == [["Leaf", "Edge", "Hub", "leaf.md:1"]]
    assert rows(small, "islands") == [["North", "2", "North, South", "north.md:1"]]
    assert rows(small, "one-way") == [["Early", "1", "Hub", "early.md:1"], ["Hub", "1", "Leaf", "hub.md:1"]]


def test_the_counts_have_definitions_and_lead_to_their_lists(small: html.HtmlElement) -> None:
    shown = {row[0]: row[1:] for row in rows(small, "counts")}
    assert shown.pop("Communities")
    assert shown.pop("Modularity")
    assert {label: cells[0] for label, cells in shown.items()} == {
        "Terms": "7",
        "Links": "8",
        "Links per term": "1",
        "Categories": "2",
        "Wanted terms": "1",
        "Isolated terms": "1",
        "Orphans": "1",
        "Dead ends": "1",
        "Islands of two or more": "1",
        "One-way links": "2",
        "Reciprocity": "0.5",
        "Assortativity": "0.2",
        "Main group": "5",
    }
    assert all(definition for _, definition in shown.values())


def test_every_heading_counts_its_rows(small: html.HtmlElement) -> None:
    for anchor in ("wanted", "isolated", "orphans", "dead-ends", "islands", "communities"):
        assert counted(small, anchor) == len(rows(small, anchor)), anchor
    assert counted(small, "one-way") == sum(int(row[1]) for row in rows(small, "one-way"))
    assert counted(small, "categories") == len(rows(small, "categories")) - 1  # one row is for terms without any


def test_steps_come_by_urgency_with_reason_and_place(small: html.HtmlElement) -> None:
    assert rows(small, "first") == [
        ["Write the page for wish", "2 links lead to it, and it has no page.", "hub.md:7"],
        ["Link to and from Alone", "It has no link at all, in or out.", "alone.md:1"],
        ["Link to Early", "It has 1 link to others, but none leads to it.", "early.md:1"],
        ["Link on from Leaf", "1 term leads to it, and none leads on.", "leaf.md:1"],
        ["Join the island around North", "One link joins 2 terms with the rest.", "north.md:1"],
    ]


def test_steps_are_ten_at_most_errors_first_and_no_kind_takes_all() -> None:
    doubled = [term("twice", "hub"), term("twice", "hub")]
    wishes = [term("hub", *(f"wish{rank}" for rank in range(20)), "twice")]
    orphans = [term(f"orphan{rank:02}", "hub") for rank in range(20)]
    steps = rows(page_of(*doubled, *wishes, *orphans), "first")
    acts = [act.split(" ")[0] for act, _, _ in steps]
    assert len(steps) == 10
    assert acts[0] == "Slug"
    assert acts.count("Write") >= 3
    assert acts.count("Link") >= 2


def test_other_findings_have_a_list_a_rule() -> None:
    page = page_of(term("a", "a", "b"), term("b", "a", definition=""))
    assert counted(page, "rule-self-link") == len(rows(page, "rule-self-link")) == 1
    assert rows(page, "rule-no-definition")[0][0] == "B"
    assert rows(page, "rule-no-definition")[0][-1] == "b.md:1"


def test_a_whole_glossary_has_nothing_to_do() -> None:
    page = page_of(term("a", "b"), term("b", "a"))
    assert words(section(page, "first")).endswith(
        "Nothing: a link leads to every term, every link has a page, and no term is a dead end."
    )
    (sentence,) = page.xpath("//p[@class='opening']")
    assert words(sentence) == (
        "2 terms, 2 links. Every term can be reached from another; every link target has a page; "
        "every link goes both ways."
    )


def test_an_empty_glossary_says_so() -> None:
    page = page_of()
    assert words(page.xpath("//p[@class='opening']")[0]) == "This glossary has no terms yet."
    assert "There is nothing to repair yet." in words(section(page, "first"))
    assert not page.xpath("//svg")


def test_a_single_term_is_not_a_list_of_gaps() -> None:
    page = page_of(term("a"))
    assert words(page.xpath("//p[@class='opening']")[0]) == "1 term, no links."
    assert "No term links to another yet." in words(section(page, "first"))
    assert counted(page, "isolated") == 1


@pytest.mark.parametrize(
    ("isolated", "wanted", "one_way", "expected"),
    [
        (1, 1, 1, "1 term cannot be reached from any other; 1 link target has no page; 1 link is one-way."),
        (
            2,
            0,
            1310,
            "2 terms cannot be reached from any other; every link target has a page; 1,310 links are one-way.",
        ),
    ],
)
def test_numbers_agree_with_their_verbs(isolated: int, wanted: int, one_way: int, expected: str) -> None:
    stats = {
        "terms": 2000,
        "links": 1500,
        "isolated": isolated,
        "orphans": 0,
        "wanted": wanted,
        "one_way_links": one_way,
    }
    text = "".join(piece.text for piece in opening(stats))
    assert text == f"2,000 terms, 1,500 links. {expected}"


def test_long_lists_say_how_to_get_the_rest() -> None:
    page = page_of(*(term(f"orphan{rank}", "hub") for rank in range(LIMIT + 7)), term("hub"))
    assert counted(page, "orphans") == LIMIT + 7
    assert len(rows(page, "orphans")) == LIMIT
    assert "… the other 7 are in terms.csv (status = orphan)." in words(section(page, "orphans"))
    assert "… the other 7 are in links.csv (reciprocal = false)." in words(section(page, "one-way"))


class Balance(HTMLParser):
    """Check that every tag that opens closes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def hostile_page() -> str:
    name = HOSTILE + "\u202eturned\x00\ud800" + "n" * 5000
    terms = (
        term("a", "b", "b2", name=name, category=HOSTILE, file=HOSTILE),
        term("b", "a", "</style><script>", name=name, category="\u202ecategory"),
        term("b2", "b", name=name, definition=""),
        term("c", name=HOSTILE),
    )
    return report_page(survey(glossary_of(*terms, title=HOSTILE + "t" * 300)))


def test_hostile_words_are_text() -> None:
    text = hostile_page()
    text.encode()  # no lone surrogate
    assert "\x00" not in text
    page = html.document_fromstring(text)
    assert not page.xpath("//img | //script | //iframe | //@onerror")
    assert len(page.xpath("//style")) == 1
    assert HOSTILE in words(page)
    assert "49" not in words(page.xpath("//h1")[0])
    turned = list(page.xpath("//body//*[text()[contains(., '\u202e')]]"))
    assert turned
    assert {element.tag for element in turned} <= {"bdi", "text", "title", "desc", "h3", "caption"}
    assert all("\u2068" in heading.text for heading in turned if heading.tag in {"h3", "caption"})


def test_long_names_are_folded_with_the_whole_text_in_reach() -> None:
    page = html.document_fromstring(hostile_page())
    folded = page.xpath("//details[@class='name']")
    assert folded
    assert any("n" * 5000 in fold.text_content() for fold in folded)
    assert max(len(words(fold.xpath("./summary")[0])) for fold in folded) <= 121


@pytest.mark.parametrize("terms", [(), SMALL[:1], SMALL], ids=["empty", "one", "small"])
def test_the_page_is_well_formed_and_asks_for_nothing(terms: tuple[Term, ...]) -> None:
    text = report_page(survey(glossary_of(*terms)))
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
    page = html.document_fromstring(text)
    assert not page.xpath("//@src | //link | //@style[contains(., 'url')]")
    assert not re.search(r"url\(|@import", page.xpath("//style")[0].text)
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


@pytest.mark.parametrize("terms", [(), SMALL[:1], SMALL], ids=["empty", "one", "small"])
def test_every_link_leads_somewhere_and_every_id_is_one(terms: tuple[Term, ...]) -> None:
    page = page_of(*terms)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.xpath("//@href")} <= set(ids)
    for name in ("aria-labelledby", "aria-describedby"):
        assert set(page.xpath(f"//@{name}")) <= set(ids)


def test_the_page_can_be_read_by_ear(small: html.HtmlElement) -> None:
    assert len(small.xpath("//h1")) == 1
    assert [len(small.xpath(f"//{tag}")) for tag in ("header", "nav", "main")] == [1, 1, 1]
    levels = [int(heading.tag[1]) for heading in small.xpath("//h1 | //h2 | //h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in small.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th")
        assert not table.xpath(".//th[not(@scope)]")


def test_the_same_glossary_gives_the_same_bytes() -> None:
    assert report_page(survey(glossary_of(*SMALL))) == report_page(survey(glossary_of(*SMALL)))


def test_a_real_dictionary_gives_a_page_of_sensible_size(corpora: Path) -> None:
    with (corpora / "foldoc" / "foldoc.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    terms = (
        term(
            entry["slug"],
            *(link["slug"] for link in entry["relatedTerms"]),
            name=entry["term"],
            category=entry["category"],
        )
        for entry in entries
    )
    glossary = glossary_of(*terms)
    graph = build(glossary)
    groups = communities(graph)
    surveyed = replace(
        survey(Glossary()),  # what costs most, betweenness and the layout, takes no room in the report
        glossary=glossary,
        graph=graph,
        status=status(graph),
        communities=groups,
        findings=tuple(check(glossary, graph)),
        stats=stats(graph, communities=groups),
    )
    text = report_page(surveyed)
    assert len(text.encode()) < 1_500_000
    assert "11,596 terms, 40,503 links." in words(html.document_fromstring(text).xpath("//p[@class='opening']")[0])
