"""Sites of vocabularies in SKOS, whose concepts and groups keep IRIs of their own."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from published import SITE
from termatlas.publish.job import publish
from termatlas.sources.read import read

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix v: <http://vocab.example/v/> .
"""

#: What a vocabulary has that a glossary of ours has not → it, and what a page of its site has to say.
VOCABULARIES = {
    "group": (
        'v:s a skos:ConceptScheme . v:cat a skos:Concept ; skos:prefLabel "Cat"@en ; skos:inScheme v:s .'
        'v:pets a skos:Collection ; skos:prefLabel "Pets"@en ; skos:member v:cat .',
        "cat.html",
        'href="./category/pets.html"',
    ),
    "group in a group": (
        'v:cat a skos:Concept ; skos:prefLabel "Cat"@en . v:pets a skos:Collection ; skos:prefLabel "Pets"@en ;'
        'skos:member v:cat . v:all a skos:OrderedCollection ; skos:prefLabel "All"@en ; skos:memberList (v:pets v:cat)',
        "cat.html",
        'href="./category/pets.html"',
    ),
    "group without a name": (
        'v:cat a skos:Concept ; skos:prefLabel "Cat"@en . [] a skos:Collection ; skos:member v:cat',
        "cat.html",
        "<h1",
    ),
    "several schemes": (
        'v:s a skos:ConceptScheme . v:t a skos:ConceptScheme . v:a skos:inScheme v:s ; skos:prefLabel "A" ;'
        'skos:broader v:b . v:b skos:topConceptOf v:t ; skos:prefLabel "B"',
        "a.html",
        'href="./b.html"',
    ),
    "hash IRIs": (
        '<http://vocab.example/w#a> a skos:Concept ; skos:prefLabel "A" ; skos:related <http://vocab.example/w#b> .'
        '<http://vocab.example/w#b> a skos:Concept ; skos:prefLabel "B"',
        "a.html",
        'href="http://vocab.example/w#a"',
    ),
    "labels that are things": (
        'v:a a skos:Concept ; xl:prefLabel [ xl:literalForm "An apple"@en ]',
        "a.html",
        "An apple",
    ),
    "a circle": (
        'v:a a skos:Concept ; skos:prefLabel "A" ; skos:broader v:b . v:b a skos:Concept ; skos:prefLabel "B" ;'
        "skos:broader v:a , v:b",
        "a.html",
        'href="./b.html"',
    ),
    "one name for two": (
        'v:x a skos:Concept ; skos:prefLabel "Same" . v:y a skos:Concept ; skos:prefLabel "Same"',
        "a-z/index.html",
        "Same",
    ),
    "no concept": ("v:s a skos:ConceptScheme", "index.html", "no terms yet"),
}


def pages(folder: Path) -> dict[str, str]:
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    return {path: file.read_text(encoding="utf-8") for path, file in found.items() if path != "explorer.html"}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_has_a_site(tmp_path: Path, name: str) -> None:
    """Publishing itself refuses a page with a broken link."""
    text, path, said = VOCABULARIES[name]
    source = tmp_path / "v.ttl"
    source.write_text(f"{PREFIXES}{text.removesuffix('.')} .", encoding="utf-8")
    publish(read(source), tmp_path / "site", site_url=SITE)
    found = pages(tmp_path / "site")
    for page in found.values():
        html5lib.HTMLParser(strict=True).parse(page)
    assert said in found[path], sorted(found)


@pytest.mark.parametrize("name", ["groups", "multiple-schemes", "cycle", "xl", "hash"])
def test_real_vocabularies_have_sites(corpora: Path, tmp_path: Path, name: str) -> None:
    (source,) = (corpora / "skosmos-test-vocabs").rglob(f"{name}.ttl")
    glossary = read(source)
    publish(glossary, tmp_path / "site", site_url=SITE)
    found = pages(tmp_path / "site")
    assert sum((tmp_path / "site" / path).with_suffix(".ttl").is_file() for path in found) >= len(glossary.terms)
    for page in list(found.values())[::3]:
        html5lib.HTMLParser(strict=True).parse(page)
        assert len(page.encode()) <= 60_000
