"""N-Triples → five syntaxes, for glossaries that hold what vocabularies say.

Here Oxigraph writes, not the templates of `termatlas.export.syntaxes`: they know only our own properties.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from termatlas.export.blocks import PREFIXES, Plan
from termatlas.export.iris import is_iri

if TYPE_CHECKING:
    import pyoxigraph

_FORMS = {"turtle": "ttl", "nt": "nt", "xml": "rdf", "jsonld": "jsonld", "trig": "trig"}
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")  # what an IRI has to end in to be an element of XML (Namespaces, NCName)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_foreign(plan: Plan, parts: Iterable[bytes], syntax: str, output: BinaryIO) -> None:
    """Write N-Triples in a syntax.

    RDF/XML has no way to write a property whose IRI does not end in a name, nor most control characters: such
    statements are left out, such characters become U+FFFD, and a comment at the end says so.
    """
    import pyoxigraph

    if syntax == "nt":
        output.writelines(parts)
        return
    lost: Counter[str] = Counter()
    triples: Iterable[pyoxigraph.Triple] | Iterable[pyoxigraph.Quad] = parsed(parts)
    if syntax == "xml":
        triples = _for_xml(parsed(parts), lost)
    if syntax == "trig":
        graph = pyoxigraph.NamedNode(plan.scheme)
        triples = (pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in parsed(parts))
    form = pyoxigraph.RdfFormat.from_extension(_FORMS[syntax])
    pyoxigraph.serialize(triples, output, form, prefixes=prefixes(plan))
    for problem, count in sorted(lost.items()):
        output.write(f"\n<!-- {count} {problem.replace('--', '%2D%2D')} -->\n".encode())


def parsed(parts: Iterable[bytes]) -> Iterator[pyoxigraph.Triple]:
    """Parse N-Triples."""
    import pyoxigraph

    for part in parts:
        for quad in pyoxigraph.parse(part, pyoxigraph.RdfFormat.N_TRIPLES, lenient=True):
            yield quad.triple


def prefixes(plan: Plan) -> dict[str, str]:
    """Give the prefixes of the vocabularies' own files, then ours for the namespaces that have none yet."""
    known: dict[str, str] = {}
    files = (item for vocabulary in plan.glossary.vocabularies for item in vocabulary.prefixes.items())
    for prefix, iri in (*files, *PREFIXES.items(), ("term", plan.base)):
        if prefix not in known and iri not in known.values() and _PREFIX.fullmatch(prefix) and is_iri(iri):
            known[prefix] = iri
    return known


def _for_xml(triples: Iterable[pyoxigraph.Triple], lost: Counter[str]) -> Iterator[pyoxigraph.Triple]:
    import pyoxigraph

    names: dict[str, bool] = {}
    for triple in triples:
        name = triple.predicate.value
        if name not in names:
            names[name] = bool(_XML_NAME.search(name))
        if not names[name]:
            lost[f"statements left out: RDF/XML cannot write the property <{name}>"] += 1
        elif isinstance(triple.object, pyoxigraph.Literal) and _NO_XML.search(triple.object.value):
            lost["texts with characters that XML cannot hold, written as U+FFFD"] += 1
            yield pyoxigraph.Triple(triple.subject, triple.predicate, _without(triple.object))
        else:
            yield triple


def _without(text: pyoxigraph.Literal) -> pyoxigraph.Literal:
    import pyoxigraph

    value = _NO_XML.sub("\ufffd", text.value)
    if text.language:
        return pyoxigraph.Literal(value, language=text.language)
    return pyoxigraph.Literal(value, datatype=text.datatype)
