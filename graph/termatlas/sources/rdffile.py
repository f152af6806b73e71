"""An RDF file in any of six syntaxes → facts: what is said about each thing, as plain values."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import quote, urljoin

from termatlas.errors import SourceError
from termatlas.model import Glossary
from termatlas.sources.files import SourceFile, translated
from termatlas.sources.signs import head_text

if TYPE_CHECKING:
    import pyoxigraph

#: Namespaces that are read, by the prefix that our code uses for them; others are left out.
NAMESPACES = {
    "http://www.w3.org/2004/02/skos/core#": "skos",
    "http://www.w3.org/2008/05/skos-xl#": "skosxl",
    "http://purl.org/iso25964/skos-thes#": "isothes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://purl.org/dc/terms/": "dct",
    "http://purl.org/dc/elements/1.1/": "dct",
    "https://schema.org/": "schema",
    "http://schema.org/": "schema",
    "http://purl.org/vocab/vann/": "vann",
    "http://www.w3.org/2002/07/owl#": "owl",
    "http://www.w3.org/ns/adms#": "adms",
    "https://w3id.org/termatlas/ns#": "ta",
}

_SUFFIXES = {
    ".ttl": "ttl",
    ".turtle": "ttl",
    ".n3": "ttl",
    ".nt": "nt",
    ".nq": "nq",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".rdf": "rdf",
    ".owl": "rdf",
    ".skos": "rdf",
}
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|(?:\w+:)?RDF\b)")
_RDF_ELEMENT = re.compile(r"<(?:\w+:)?RDF\b[^>]*22-rdf-syntax-ns#", re.DOTALL)
_TURTLE = re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:@(?:prefix|base)\s|(?:PREFIX|BASE)\s[^\n]*<)", re.IGNORECASE)
_JSON = re.compile(r"\s*[\[{]\s*(?:[\"{]|[\]}]\s*\Z)")

_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s*)?(\S+)\s+(?:\"([^\"]*)\"|'([^']*)'|(\w+))")
_MARK = b"\xef\xbb\xbf"  # of the order of bytes, which UTF-8 does not need
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*(--(ltr|rtl))?")
_LONGEST_ENTITY = 300  # as long as a namespace gets, short enough that no file grows much by them


class Text(NamedTuple):
    """A literal: its text and its language, in lower case, "" where it has none."""

    text: str
    language: str


#: An IRI, a blank node as ``_:id``, or a text.
Value = str | Text

#: Subject → property, such as ``skos:prefLabel`` → values, each in the order of the file.
Facts = dict[str, dict[str, list[Value]]]


class Kept(NamedTuple):
    """All that a file says, as text, and its prefixes."""

    statements: dict[str, bytearray]  #: node → its statements in N-Triples, without their subject
    prefixes: dict[str, str]
    left_out: list[str]  #: the nodes of statements with triple terms (RDF 1.2), which most tools cannot read


def rdf_syntax(file: SourceFile, head: bytes) -> str:
    """Tell the syntax of an RDF file by its content and, where that leaves it open, its suffix; "" if it is none."""
    text = head_text(head)
    suffix = _SUFFIXES.get(file.path.suffix.lower(), "")
    if _XML.match(text):
        return "rdf" if suffix or _RDF_ELEMENT.search(text) else ""
    if _JSON.match(text):
        return "jsonld" if suffix in ("jsonld", "rdf") or _is_skos_json(text) else ""
    if suffix in ("rdf", "jsonld"):
        return "ttl" if _TURTLE.match(text) else suffix
    return suffix or ("trig" if _TURTLE.match(text) else "")


def _is_skos_json(text: str) -> bool:
    return '"@context"' in text and "/skos/core" in text


def read_facts(file: SourceFile, kept: Kept | None = None) -> Facts:
    """Read what an RDF file says, its named graphs together, in the namespaces that matter here.

    The file's own properties that are kinds of those of SKOS are read too, under their IRIs. `kept` is given all
    statements. Relative IRIs are completed with the default base IRI, signs that no IRI can hold are
    escaped. Nothing is ever fetched.

    Raises `SourceError`.
    """
    syntax = rdf_syntax(file, file.head().removeprefix(_MARK)) or "trig"
    if syntax == "rdf":
        refuse_entities(file)
    facts: Facts = {}
    try:
        with opened(file) as stream:
            _gather(facts, _quads(stream, syntax), _short, kept)
        if own := _own_properties(facts):
            with opened(file) as stream:
                _gather(facts, _quads(stream, syntax), lambda iri: iri if iri in own else "")
    except SyntaxError as error:
        raise explained(error, file.bytes().removeprefix(_MARK), syntax, file.label) from error
    return facts


def _gather(facts: Facts, quads: pyoxigraph.QuadParser, named: Callable[[str], str], kept: Kept | None = None) -> None:
    """Add what quads say by the properties that are named, and keep all of them."""
    import pyoxigraph

    names: dict[str, str] = {}
    iris, blank = _Iris(), _Blank()
    for subject, predicate, value, _ in quads:
        property_ = predicate.value
        if (name := names.get(property_)) is None:
            name = names[property_] = named(property_)
        if isinstance(value, pyoxigraph.Triple):
            if kept:
                kept.left_out.append(str(_value(subject, iris, blank)))
            continue
        node, said = _value(subject, iris, blank), _value(value, iris, blank)
        if name and said:
            facts.setdefault(str(node), {}).setdefault(name, []).append(said)
        if kept:
            line = f"<{iris[property_]}> {_written(value, said)} .\n"
            kept.statements.setdefault(str(node), bytearray()).extend(line.encode())
    if kept:
        kept.prefixes.update(quads.prefixes)


def _value(node: object, iris: _Iris, blank: _Blank) -> Value:
    import pyoxigraph

    if isinstance(node, pyoxigraph.NamedNode):
        return iris[node.value]
    if isinstance(node, pyoxigraph.Literal):
        return Text(node.value, (node.language or "").lower())
    return blank[str(node)]


class _Blank(dict[str, str]):
    """A blank node → its name here, by a number in the order of the file: parsers give it another each time."""

    def __missing__(self, node: str) -> str:
        self[node] = name = f"_:b{len(self)}" if node.startswith("_:") else node
        return name


class _Iris(dict[str, str]):
    """An IRI as a file has it → a valid one."""

    def __missing__(self, iri: str) -> str:
        valid = _NO_IRI.sub(lambda signs: quote(signs[0], safe=""), iri)
        if not _SCHEME.match(valid):
            valid = urljoin(Glossary().base_iri, valid)  # N-Triples completes none itself
        self[iri] = valid
        return valid


def _written(value: object, said: Value) -> str:
    """Write an object for N-Triples."""
    if isinstance(said, str):
        return said if said.startswith("_:") else f"<{said}>"
    text = str(value)
    if said.language and not _LANGUAGE.fullmatch(said.language):
        text = text[: -len(said.language) - 1]  # a tag that no reader would take
    return text


def _own_properties(facts: Facts) -> set[str]:
    """Find the properties that the file declares below those of SKOS, by however many steps, and that were not read."""
    below: dict[str, list[str]] = {}
    for node, said in facts.items():
        for above in said.get("rdfs:subPropertyOf", ()):
            if isinstance(above, str):
                below.setdefault(above, []).append(node)
    found: set[str] = set()
    waiting = [above for above in below if _short(above).startswith("skos:")]
    while waiting:
        for node in below.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return {node for node in found if not _short(node)}


def short_name(iri: str) -> str:
    """Give the prefixed name of an IRI in a namespace that is read; other IRIs as they are.

    >>> short_name("http://www.w3.org/2004/02/skos/core#Concept"), short_name("https://example.org/a")
    ('skos:Concept', 'https://example.org/a')
    """
    return _short(iri) or iri


def _short(iri: str) -> str:
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = NAMESPACES.get(iri[:end])
    return f"{prefix}:{iri[end:]}" if prefix else ""


@contextmanager
def opened(file: SourceFile) -> Iterator[BinaryIO]:
    """Open a file behind the mark of its byte order; statements are read from it one by one."""
    with translated(file.label), file.path.open("rb") as stream:
        stream.seek(len(_MARK) if stream.read(len(_MARK)) == _MARK else 0)
        yield stream


def _quads(stream: BinaryIO, syntax: str) -> pyoxigraph.QuadParser:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(syntax)
    # Lenient: a bad address in one note is no reason to lose a thesaurus; the grammar is still checked.
    return pyoxigraph.parse(stream, form, base_iri=Glossary().base_iri, lenient=True)


def refuse_entities(file: SourceFile) -> None:
    """Refuse XML entities that could grow without end or read other files; those for namespaces are fine."""
    if not file.head():
        return
    with (
        translated(file.label),
        file.path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        harmful = next((found for found in _ENTITY.finditer(data) if _is_harmful(found)), None)
        if harmful:
            line = data[: harmful.start()].count(b"\n") + 1
            name = harmful[1].decode("utf-8", "replace")
            problem = f'the XML entity "{name}" is nested, external or long, which could fill the memory'
            raise SourceError(file.label, problem, "write its text where it is used", place=f"line {line}")


def _is_harmful(entity: re.Match[bytes]) -> bool:
    text = entity[2] if entity[2] is not None else entity[3]
    return text is None or b"&" in text or len(text) > _LONGEST_ENTITY


def explained(error: SyntaxError, data: bytes, syntax: str, label: str) -> SourceError:
    """Say what a parser found wrong with a file, where, and what to do about it."""
    problem = re.sub(r"^Parser error .*?\d: ", "", error.msg, count=1)
    if "LoadDocumentCallback" in problem:
        place = re.search(rb'"@(?:context|import)"\s*:\s*(?:\[\s*)?"', data)
        number = data.count(b"\n", 0, place.start()) + 1 if place else 0
        return SourceError(
            label,
            "the JSON-LD context is a web address, and nothing is fetched",
            "put the context itself in the address's place",
            place=f"line {number}" if number else "",
        )
    line, column = (
        (error.lineno, error.offset) if error.lineno else _xml_place(data) if syntax == "rdf" else (None, None)
    )
    place_text = f"line {line}, column {column}" if line else ""
    return SourceError(label, _first_lower(problem), _cure(problem, syntax), place=place_text)


def _cure(problem: str, syntax: str) -> str:
    names = {"ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "TriG", "rdf": "RDF/XML", "jsonld": "JSON-LD"}
    if "prefix" in problem:
        return "declare the prefix at the start of the file"
    if "utf-8" in problem.lower():
        return "save the file as UTF-8"
    return f"correct the {names[syntax]} there"


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _xml_place(data: bytes) -> tuple[int | None, int | None]:
    """Find where XML breaks off; the RDF/XML parser does not say."""
    from xml.parsers import expat  # entities that could do harm were refused before

    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return None, None
