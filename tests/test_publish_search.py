"""The search index of a site: every name is found, no file is large, little changes when a term is added."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from published_pages import hostile, small
from termatlas.model import Glossary, Term
from termatlas.publish.search_index import file_of, search_files
from termatlas.publish.site import Site, site
from termatlas.publish.texts import folded


def index(made: Site) -> tuple[dict[str, Any], dict[str, list[list[Any]]], dict[str, str]]:
    """Read the index as a browser does: the list, the entries of each beginning, and the files."""
    files = dict(search_files(made))
    calls = [json.loads(text[text.index("(") + 1 : text.rindex(")")]) for text in files.values()]
    return calls[0], dict(calls[1:]), files


def seek(made: Site, word: str) -> list[str]:
    """Find the addresses of the terms with a word, as the page's script does."""
    listed, shards, _ = index(made)
    for length in range(len(word) + 1):
        if word[:length] in listed["whole"]:
            found = shards[word[:length]]
            return [
                entry[1]
                for entry in found
                if re.search(rf"(?<!\w){re.escape(word)}", folded(" ".join([entry[0], *entry[3:]])))
            ]
    return [entry[1] for entry in shards.get(word, [])]


def many(count: int = 3_000) -> Glossary:
    """Have words of which some are in all names."""
    return Glossary(
        terms=tuple(Term(slug=f"t{n}", name=f"Term number {n:05}", aliases=(f"alias{n}",)) for n in range(count))
    )


def test_small_glossaries_have_one_file_of_terms() -> None:
    listed, shards, files = index(site(small()))
    assert list(files) == ["site/search/index.js", "site/search/all.js"]
    assert listed["whole"] == [""]
    entry = next(entry for entry in shards[""] if entry[1] == "clip")
    assert entry == ["CLIP", "clip", 1, "Contrastive pre-training"]
    assert listed["categories"] == [["Models", "c1"], ["Vision", "c2"]]


def test_every_word_of_every_name_leads_to_its_term() -> None:
    made = site(many())
    for number in (0, 7, 1_234, 2_999):
        assert seek(made, f"{number:05}") == [f"t{number}"]
        assert f"t{number}" in seek(made, f"alias{number}")


def test_a_word_that_all_have_gives_the_most_central() -> None:
    made = site(many())
    assert seek(made, "number") == list(made.ranked[:60])


def test_no_file_is_large() -> None:
    _, _, files = index(site(many()))
    assert max(map(len, files.values())) < 40_000


def test_a_new_term_changes_few_files() -> None:
    _, _, before = index(site(many()))
    glossary = many()
    more = Glossary(terms=(*glossary.terms, Term(slug="new", name="Zebra")))
    _, _, after = index(site(more))
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed <= {"site/search/index.js", f"site/search/{file_of('z')}.js", "site/search/all.js"}
    assert set(before) <= set(after)


def test_words_without_spaces_between_them_are_found_within() -> None:
    made = site(Glossary(terms=(Term(slug="a", name="自注意力机制"), *many(400).terms)))
    _, shards, _ = index(made)
    assert any(
        entry[1] == "a" for prefix, found in shards.items() if prefix and "注意力".startswith(prefix) for entry in found
    )


def test_accents_and_case_do_not_count() -> None:
    assert folded("Élan ﬁn ＧＰＵ Straße") == "elan fin gpu straße"


def test_the_index_is_a_script_whatever_the_texts() -> None:
    listed, shards, files = index(site(hostile()))
    assert all(text.isascii() and text.endswith(");\n") for text in files.values())
    assert listed["whole"]
    assert len(shards[""]) == len(site(hostile()).order)
    assert all(re.fullmatch(r"site/search/(index|all|[0-9a-f]+)\.js", path) for path in files)


@pytest.mark.parametrize("glossary", [Glossary(), Glossary(terms=(Term(slug="", name="?!"),))])
def test_nothing_to_find(glossary: Glossary) -> None:
    listed, _, files = index(site(glossary))
    assert list(files) == ["site/search/index.js"]
    assert listed == {"categories": [], "whole": [], "part": []}
