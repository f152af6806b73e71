"""VocPub and SkoHub: their own examples, and one result for each result of a SHACL engine on their own shapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH

import termatlas as ta
from running import Command
from termatlas.export.rdf import rdf_bytes, to_triples
from termatlas.export.syntaxes import SUFFIXES
from termatlas.model import Agent
from termatlas.validate import PROFILES, Result, results_of
from termatlas.validate.model import Written
from vocabularies import given, mutated, triples_of

#: What a thing breaks: the thing, the kind of constraint, the value; and the shape, where it has an IRI.
Broken = tuple[str, ...]

NAMED = {"vocpub": "validator.ttl", "vocpub-ga": "validator.ga.ttl"}


def shapes_of(profile: str, corpora: Path) -> rdflib.Graph:
    """Read the shapes that a profile publishes, without those of VocPub's editor, which are for its forms."""
    if profile == "skohub":
        return rdflib.Graph().parse(corpora / "skohub/shapes/skohub.shacl.ttl")
    folder = corpora / "vocpub/validators"
    graph = rdflib.Graph().parse(folder / NAMED.get(profile, "validator.multilang.ttl"))
    if profile == "vocpub-ga":
        graph.parse(folder / "validator.ttl")
    for editor in [shape for shape in graph.subjects(SH.property) if "/Shui-" in str(shape)]:
        graph.remove((editor, None, None))
    return graph


def by_pyshacl(data: bytes, shapes: rdflib.Graph, *, named: bool) -> set[Broken]:
    import pyshacl

    _, report, _ = pyshacl.validate(rdflib.Graph().parse(data=data, format="nt"), shacl_graph=shapes)
    found = set()
    for result in report.objects(None, SH.result):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        component = str(report.value(result, SH.sourceConstraintComponent)).partition("#")[2]
        shape = (str(report.value(result, SH.sourceShape)),) if named else ()
        found.add((shown(focus), component.removesuffix("ConstraintComponent"), shown(value), *shape))
    return found


def shown(node: object) -> str:
    return "_" if isinstance(node, rdflib.BNode) else str(node or "")


def natively(data: bytes, profile: str, *, named: bool) -> set[Broken]:
    found = results_of([given(data, ox.RdfFormat.N_TRIPLES)], [profile])
    return {
        (plain(each.concept), each.component, plain(each.value), *((each.shape,) if named else ())) for each in found
    }


def plain(value: object) -> str:
    text = value.text if isinstance(value, Written) else str(value)
    return "_" if text.startswith("_:") else text.strip('"')


def in_ntriples(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def examples(profile: str, corpora: Path) -> Iterator[Path]:
    paths = (corpora / "skohub/test" if profile == "skohub" else corpora / "vocpub/examples").rglob("*.ttl")
    return (path for path in sorted(paths) if path.stat().st_size < 20_000)


REQUIRING = [profile for profile in PROFILES if profile != "skos"]


@pytest.mark.parametrize("profile", REQUIRING)
def test_the_examples_have_the_results_of_a_shacl_engine(profile: str, corpora: Path) -> None:
    shapes, named = shapes_of(profile, corpora), profile in NAMED
    for path in examples(profile, corpora):
        data = in_ntriples(triples_of(path))
        assert natively(data, profile, named=named) == by_pyshacl(data, shapes, named=named), path.name


@pytest.mark.parametrize("profile", REQUIRING)
def test_damaged_examples_have_the_results_of_a_shacl_engine(profile: str, corpora: Path) -> None:
    shapes, named = shapes_of(profile, corpora), profile in NAMED
    for seed, path in enumerate(examples(profile, corpora)):
        data = in_ntriples(mutated(triples_of(path), Random(seed)))
        assert natively(data, profile, named=named) == by_pyshacl(data, shapes, named=named), path.name


def of_example(path: Path) -> list[Result]:
    variant = "-multilang" if "multilang" in path.name else "-ga" if path.stem.endswith("GA") else ""
    return ta.validate(path, profiles=[f"vocpub{variant}"])


def test_the_examples_of_vocpub_are_told_apart_as_they_are_labelled(corpora: Path) -> None:
    """An invalid one has an error; the one that is invalid by its warnings has a warning; a valid one has no error."""
    paths = sorted((corpora / "vocpub/examples").glob("*.ttl"))
    assert len(paths) == 19
    for path in paths:
        levels = {result.level for result in of_example(path)}
        failing = "warning" if "invalid-warnings" in path.name else "error"
        assert (failing in levels) == ("invalid" in path.name), path.name


def test_the_build_of_skohub_refuses_its_own_bad_example(corpora: Path) -> None:
    data = corpora / "skohub/test/data/ttl"
    levels = {path.name: {result.level for result in ta.validate(path, profiles=["skohub"])} for path in data.iterdir()}
    assert "error" in levels["invalid_hashURIConceptScheme.ttl"]


def test_a_result_names_the_requirement_and_its_source(corpora: Path) -> None:
    found = ta.validate(corpora / "vocpub/examples/01-invalid.ttl", profiles=["vocpub"])
    first = found[0]
    assert (first.rule, first.level, first.name) == ("2.1.05", "error", "VocPub 4.x Test vocab")
    assert first.source == "VocPub 5.6, Requirement 2.1.05"
    assert first.message == (
        '"VocPub 4.x Test vocab" has no schema:dateModified or dct:modified: a vocabulary has one date of its creation '
        "and one of its last change, as xsd:date or xsd:dateTime"
    )


def test_the_atlas_passes_every_profile_without_a_warning(termatlas: Command) -> None:
    names = ("skos", "skohub", "vocpub", "vocpub-multilang")
    done = termatlas("validate", *(f"--profile={name}" for name in names), "--fail-on", "info")
    assert (done.code, done.out) == (0, "0 results: 0 error, 0 warning, 0 info\n")


DESCRIBED = """
title = "Terms"
[dataset]
description = "Some terms."
creator = [{ name = "Ann", iri = "https://example.org/ann", email = "ann@example.org" }]
publisher = { name = "We", iri = "https://example.org/we", url = "https://example.org/" }
created = 2026-01-02
modified = "2026-01-03"
license = "https://creativecommons.org/publicdomain/zero/1.0/"
version = "1"
history = "Gathered."
[dataset.categories]
"Vision" = "What sees."
"""


def test_a_glossary_passes_by_what_its_settings_say(tmp_path: Path, termatlas: Command) -> None:
    (tmp_path / "clip.md").write_text("---\ntitle: CLIP\ncategory: Vision\n---\nA model.\n", encoding="utf-8")
    before = termatlas("validate", tmp_path, "--profile", "vocpub", "--format", "csv")
    assert {line.split(",")[2] for line in before.out.splitlines()[1:]} == {
        "2.1.04", "2.1.05", "2.1.06", "2.1.07", "2.2.01", "2.2.02", "2.3.04",
    }  # fmt: skip
    (tmp_path / "termatlas.toml").write_text(DESCRIBED, encoding="utf-8")
    after = termatlas("validate", tmp_path, *("--profile", "vocpub", "--profile", "skohub"), "--fail-on", "info")
    assert (after.code, after.out) == (0, "0 results: 0 error, 0 warning, 0 info\n")


@pytest.mark.parametrize("syntax", SUFFIXES)
def test_what_the_settings_say_is_the_same_in_every_syntax_and_comes_back(syntax: str, tmp_path: Path) -> None:
    (tmp_path / "clip.md").write_text("---\ntitle: CLIP\ncategory: Vision\n---\nA model.\n", encoding="utf-8")
    (tmp_path / "termatlas.toml").write_text(DESCRIBED, encoding="utf-8")
    glossary = ta.read(tmp_path)
    path = tmp_path / f"out{SUFFIXES[syntax]}"
    path.write_bytes(rdf_bytes(glossary, syntax))
    assert {quad.triple for quad in ox.parse(path=path)} == set(to_triples(glossary))
    again = ta.read(path, options=ta.Options())
    assert again.description == glossary.description
    assert rdf_bytes(again, syntax) == path.read_bytes()
    assert glossary.description.creators == (Agent(name="Ann", iri="https://example.org/ann", email="ann@example.org"),)


WRONG = {
    'made = "now"': (
        'termatlas.toml, [dataset]: "made" is no setting of [dataset]; use one of: description, version, history, '
        "created, modified, license, creator, publisher, categories"
    ),
    'created = "yesterday"': 'created is "yesterday", which is no date; write created = 2026-01-31',
    'license = "CC BY"': 'license is "CC BY", which is no IRI; give a whole web address, without spaces',
    "version = 1": 'version is no text; write version = "…"',
    'publisher = "We"': 'publisher is nobody with a name and an iri; write publisher = { name = "…", iri = "…" }',
    'categories = "x"': 'categories is no table; write [dataset.categories] and below it "Category" = "What it holds."',
}


@pytest.mark.parametrize("setting", WRONG)
def test_a_wrong_setting_is_said(setting: str, tmp_path: Path, termatlas: Command) -> None:
    (tmp_path / "clip.md").write_text("# CLIP\nA model.\n", encoding="utf-8")
    (tmp_path / "termatlas.toml").write_text(f"[dataset]\n{setting}\n", encoding="utf-8")
    done = termatlas("validate", tmp_path)
    assert done.code == 3
    assert WRONG[setting] in done.err


def test_a_page_of_a_folder_says_what_its_category_holds(tmp_path: Path) -> None:
    page = "---\ncategory: {}\n---\nWhat *sees*.\n"
    (tmp_path / "vision").mkdir()
    (tmp_path / "vision/_index.md").write_text(page.format("Vision"), encoding="utf-8")
    (tmp_path / "vision/clip.md").write_text(page.format("Vision"), encoding="utf-8")
    assert dict(ta.read(tmp_path).description.categories) == {"Vision": "What sees."}
    (tmp_path / "vision/_index.md").write_text("---\n: [\n---\n", encoding="utf-8")
    assert ta.read(tmp_path).description.categories == ()


def test_dates_are_held_against_the_calendar() -> None:
    text = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
        '<urn:x:{0}> a skos:Concept ; schema:dateCreated "{0}"^^xsd:date .'
    )
    days = {"2024-02-29": True, "2023-02-29": False, "2026-1-2": False, "2026-01-02Z": True, "soon": False}
    for day, right in days.items():
        found = results_of([given(text.format(day).encode())], ["vocpub"])
        assert ("2.3.17" not in {each.rule for each in found}) == right, day


def test_nothing_is_found_twice(corpora: Path) -> None:
    path = corpora / "vocpub/examples/01-invalid.ttl"
    once = ta.validate(path, profiles=["vocpub"])
    assert ta.validate(path, path, profiles=["vocpub", "vocpub"]) == once
