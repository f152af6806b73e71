"""The shipped atlas keeps the rules that `data/README.md` promises."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import networkx as nx
import pytest

import termatlas as ta
from atlas_counts import README, block, counts, coverage, judged, review
from atlas_coverage import coverages
from termatlas.sources.frontmatter import split
from termatlas.sources.shipped import shipped_atlas

FIELDS = ("term", "aliases", "category", "related", "broader", "part_of", "prerequisite", "contrast")
PAGES = sorted(page for page in shipped_atlas().rglob("*.md") if page.name != "_index.md")
FOLDERS = sorted(folder for folder in shipped_atlas().iterdir() if folder.is_dir())


@pytest.fixture(scope="module")
def atlas() -> ta.Glossary:
    return ta.read()


@pytest.fixture(scope="module")
def graph(atlas: ta.Glossary) -> nx.DiGraph[str]:
    return ta.build(atlas)


def of_kind(graph: nx.DiGraph[str], kind: str) -> nx.DiGraph[str]:
    return nx.DiGraph([(source, target) for source, target, data in graph.edges(data=True) if data["kind"] == kind])


def words(text: str) -> int:
    return len(text.split())


def test_it_is_large_and_ordered(atlas: ta.Glossary) -> None:
    assert len(atlas) >= 1_200
    assert 18 <= len(FOLDERS) <= 30
    sizes = Counter(term.category for term in atlas.terms)
    assert len(sizes) == len(FOLDERS)
    assert min(sizes.values()) >= 15


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_category_says_what_belongs_there(folder: Path, atlas: ta.Glossary) -> None:
    page = split((folder / "_index.md").read_text("utf-8"), folder.name)
    category = page.fields["category"]
    assert category.casefold().replace(" ", "-") == folder.name
    assert {term.category for term in atlas.terms if Path(term.file).parent.name == folder.name} == {category}
    assert 30 <= words(page.body) <= 80


def test_pages_have_the_fields_in_their_order_and_nothing_else() -> None:
    for file in PAGES:
        keys = list(split(file.read_text("utf-8"), file.name).fields)
        assert keys[:4] == list(FIELDS[:4]), file
        assert keys == [field for field in FIELDS if field in keys], file


def test_texts_have_their_measure(atlas: ta.Glossary) -> None:
    for term in atlas.terms:
        assert 12 <= words(term.definition) <= 40, term.slug
        assert 60 <= words(term.explanation) <= 200, term.slug
        assert term.definition.endswith("."), term.slug
        assert not re.search(r"[.!?]\s+[A-Z]", term.definition), f"{term.slug}: one sentence"
        related = [link for link in term.related if link.kind == "related"]
        assert 3 <= len(related) <= 10, term.slug
        assert len({link.target for link in related}) == len(related), term.slug


def test_no_definition_uses_its_own_name(atlas: ta.Glossary) -> None:
    for term in atlas.terms:
        for name in (term.name, *term.aliases):
            folded = re.escape(name.casefold())
            text = term.definition if name.isupper() and len(name) <= 5 else term.definition.casefold()
            pattern = re.escape(name) if name.isupper() and len(name) <= 5 else folded
            assert not re.search(rf"(?<!\w){pattern}(?:s|es)?(?!\w)", text), f"{term.slug} uses {name}"


def test_no_sentence_stands_in_two_terms(atlas: ta.Glossary) -> None:
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for term in atlas.terms:
        for sentence in re.split(r"(?<=[.!?;:])\s+", f"{term.definition} {term.explanation}"):
            said = re.findall(r"\w+", sentence.casefold())
            if len(said) >= 8:
                seen[" ".join(said)].add(term.slug)
    assert {said: slugs for said, slugs in seen.items() if len(slugs) > 1} == {}


def test_names_and_aliases_lead_to_one_term(atlas: ta.Glossary) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for term in atlas.terms:
        for name in (term.name, *term.aliases):
            owners[name.casefold()].add(term.slug)
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_the_graph_has_no_hole(graph: nx.DiGraph[str]) -> None:
    assert ta.orphans(graph) == {"isolated": [], "orphan": [], "dead-end": [], "wanted": []}
    assert len(ta.components(graph)) == 1


@pytest.mark.parametrize("kind", ["broader", "prerequisite", "part_of"])
def test_what_is_above_is_never_below(graph: nx.DiGraph[str], kind: str) -> None:
    links = of_kind(graph, kind)
    assert len(links) > 100
    assert nx.is_directed_acyclic_graph(links), nx.find_cycle(links)


def test_every_category_is_reached_from_every_other(graph: nx.DiGraph[str]) -> None:
    category = nx.get_node_attributes(graph, "category")
    between = nx.DiGraph((category[source], category[target]) for source, target in graph.edges)
    assert nx.is_strongly_connected(between)
    for name in between:
        assert len(set(between[name]) - {name}) >= 4, name


def test_its_own_check_is_clean(atlas: ta.Glossary, graph: nx.DiGraph[str]) -> None:
    assert [finding for finding in ta.check(atlas, graph) if finding.level != "info"] == []


def test_it_covers_what_other_glossaries_name(corpora: Path) -> None:
    google, machine_learning, methods = coverages(corpora)
    assert google.share >= 0.9, google.missing
    assert machine_learning.share >= 0.85, machine_learning.missing
    assert methods.share >= 0.95, methods.missing


def test_the_figures_in_its_readme_are_its_own() -> None:
    assert block("counts") == counts()
    assert block("review") == review()


def test_the_projects_readme_says_how_large_it_is(atlas: ta.Glossary) -> None:
    readme = README.parents[1] / "README.md"
    assert f"{len(atlas):,} AI terms in {len(FOLDERS)} categories" in readme.read_text("utf-8")


def test_the_coverage_in_its_readme_is_its_own(corpora: Path) -> None:
    assert block("coverage") == coverage(corpora)


def test_what_was_judged_is_kept_and_acted_on(graph: nx.DiGraph[str]) -> None:
    rows = judged()
    assert len(rows) >= 200
    assert {row["verdict"] for row in rows} == {"right", "wrong"}
    assert all(row["why"] for row in rows)
    links = [row for row in rows if row["kind"] == "link"]
    linked = {(row["source"], row["target"]): graph.has_edge(row["source"], row["target"]) for row in links}
    right = [linked[row["source"], row["target"]] for row in links if row["verdict"] == "right"]
    wrong = [linked[row["source"], row["target"]] for row in links if row["verdict"] == "wrong"]
    assert sum(right) >= 0.75 * len(right), "the others had ten related terms already"
    assert sum(wrong) <= 0.05 * len(wrong), "a few stand for other reasons, such as a way back"
