"""Shapes of the user's own: what they find, and what cannot go wrong or be reached by them."""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SH

import termatlas as ta
from running import Command

DATA = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://example.org/v/> .
:a a skos:Concept ; skos:prefLabel "A"@en ; :size 3 .
"""
HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/v/> .
"""
DEFINED = """:Defined a sh:NodeShape ; sh:targetClass skos:Concept ; sh:severity sh:Info ;
    sh:property [ sh:path skos:definition ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "define it" ] ;
    sh:property [ sh:path :size ; sh:maxInclusive 2 ; sh:severity sh:Info ] .
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    path.write_text(DATA, encoding="utf-8")
    return path


def shapes(folder: Path, text: str, name: str = "shapes.ttl") -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_results_name_the_file_of_shapes_and_the_shape(data: Path) -> None:
    path = shapes(data.parent, DEFINED)
    warning, info = ta.validate(data, profiles=(), shapes=[path])
    assert (warning.level, warning.rule, warning.component) == ("warning", "Defined", "MinCount")
    assert (warning.message, warning.name, warning.concept) == ("define it", "A", "https://example.org/v/a")
    assert warning.source == f"{path.as_posix()}, https://example.org/v/Defined"
    assert (info.level, info.path) == ("info", "<https://example.org/v/size>")
    assert info.message == '"A" does not conform to Defined (MaxInclusive)'


def test_shapes_alone_take_the_place_of_the_conditions(data: Path, termatlas: Command) -> None:
    data.write_text(DATA + ':a skos:prefLabel "B"@en .', encoding="utf-8")
    path = shapes(data.parent, DEFINED)
    assert termatlas("validate", data, "--shapes", path).code == 0
    assert termatlas("validate", data, "--shapes", path, "--fail-on", "warning").code == 1
    assert termatlas("validate", data, "--shapes", path, "--profile", "skos").code == 1


def test_a_glossary_is_validated_by_shapes(tmp_path: Path, termatlas: Command) -> None:
    (tmp_path / "clip.md").write_text("# CLIP\n", encoding="utf-8")
    path = shapes(tmp_path, DEFINED)
    done = termatlas("validate", tmp_path / "clip.md", "--shapes", path)
    assert "clip.md" in done.out
    assert "define it" in done.out


def test_the_engine_agrees_with_pyshacl(corpora: Path) -> None:
    """Every third of VocPub's 19 examples by its three validators and of the SKOS Reference's 51 by our shapes."""
    import pyshacl

    ours = Path(ta.__file__).parent / "validate/skos.shacl.ttl"
    examples = sorted((corpora / "vocpub/examples").glob("*.ttl"))
    pairs = [(path, one) for path in sorted((corpora / "vocpub/validators").glob("validator*.ttl")) for one in examples]
    pairs += [(ours, example) for example in sorted((corpora / "skos-examples").glob("*/*/*.ttl"))]
    assert len(pairs) == 3 * 19 + 51
    for path, example in pairs[::3]:  # all of them take half a minute
        graph = rdflib.Graph().parse(example, publicID="https://example.org/glossary/")
        _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(path))
        theirs = {_of_pyshacl(report, result) for result in report.objects(None, SH.result)}
        found = ta.validate(example, profiles=(), shapes=[path])
        assert {(_thing(each.concept), each.component, each.level) for each in found} == theirs, (path, example)


def _of_pyshacl(report: rdflib.Graph, result: rdflib.term.Node) -> tuple[str, str, str]:
    focus = report.value(result, SH.focusNode)
    component = str(report.value(result, SH.sourceConstraintComponent)).partition("#")[2]
    level = {"Violation": "error", "Warning": "warning", "Info": "info"}
    severity = str(report.value(result, SH.resultSeverity)).partition("#")[2]
    thing = "_" if isinstance(focus, rdflib.BNode) else str(focus)
    return thing, component.removesuffix("ConstraintComponent"), level[severity]


def _thing(concept: str) -> str:
    return "_" if concept.startswith("_:") else concept.strip('"')


WRONG = {
    "broken Turtle": (":a sh:property [ .", "shapes.ttl, line 3, column 18: "),
    "no shapes": (":a :b :c .", "it holds no shape; name a file with a sh:NodeShape or a sh:PropertyShape"),
    "nothing": ("", "it holds no shape"),
    "a bad pattern": (
        ':S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:pattern "(" ] .',
        "shapes.ttl: the validator refuses the shapes (",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_shapes_that_cannot_be_used_are_said(case: str, data: Path, termatlas: Command) -> None:
    text, expected = WRONG[case]
    done = termatlas("validate", data, "--shapes", shapes(data.parent, text))
    assert done.code == 3
    assert expected in done.err
    assert done.err.count("\n") == 1


def test_missing_shapes_are_said(data: Path, termatlas: Command) -> None:
    done = termatlas("validate", data, "--shapes", "nowhere.ttl")
    assert done.code == 3
    assert "nowhere.ttl: cannot be read (no such file or directory)" in done.err


def test_without_the_validator_the_cure_is_a_command(
    data: Path, termatlas: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    done = termatlas("validate", data, "--shapes", shapes(data.parent, DEFINED))
    assert (done.code, done.err) == (
        2,
        "termatlas: shapes are validated by the package shacl, which is not installed; install it with: "
        'pip install "termatlas[shacl]"\n',
    )


REACHING = {
    "imports": "<urn:x:o> owl:imports <{0}shapes.ttl> . " + DEFINED,
    "JavaScript": DEFINED + ':J a sh:NodeShape ; sh:targetNode :a ; sh:js [ a sh:JSConstraint ; '
    'sh:jsFunctionName "f" ; sh:jsLibrary [ sh:jsLibraryURL "{0}f.js" ] ] .',
    "SERVICE": DEFINED + ':Q a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select "SELECT $this WHERE '
    '{{ SERVICE <{0}sparql> {{ $this ?p ?o }} }}" ] .',
}  # fmt: skip


@pytest.mark.parametrize("case", REACHING)
def test_shapes_reach_nothing(case: str, data: Path, termatlas: Command) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread = threading.Thread(target=_listen, args=(server, asked))
        thread.start()
        done = termatlas("validate", data, "--shapes", shapes(data.parent, REACHING[case].format(address)))
        thread.join()
    assert asked == []
    if case == "SERVICE":
        assert (done.code, "SERVICE" in done.err) == (3, True)
    else:
        assert "define it" in done.out


def _listen(server: socket.socket, asked: list[bytes]) -> None:
    try:
        connection, _ = server.accept()
    except TimeoutError:
        return
    asked.append(connection.recv(100))
    connection.close()
