"""The properties of our own, as linked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from termatlas.export.description import Properties
from termatlas.export.unsaid import unsaid_name
from termatlas.sources.fields import legal

#: The properties that are no kind of link; kinds may not take their names.
OWN = {
    "alsoWritten": ("owl:DatatypeProperty", "also written", "Is a further term with the same slug, in JSON."),
    "asWritten": ("owl:DatatypeProperty", "as written", "Is what the other statements leave out, in JSON."),
    "linksTo": ("owl:ObjectProperty", "links to", "Leads from a term to one that its page links to."),
    "mainCategory": ("owl:ObjectProperty", "main category", "Leads to the first of a term's categories."),
    "status": ("owl:DatatypeProperty", "status", "Is \"wanted\" for a term that links lead to and no page defines."),
}  # fmt: skip


def own_properties(kinds: Mapping[str, str], namespace: str, relation: str) -> Iterator[tuple[str, str, Properties]]:
    """Yield the IRI, the class and the properties of each: of those in `OWN`, then of kinds of link → their names.

    `relation` is the property above ``ta:linksTo``, if there is to be one.
    """
    for name, (kind, label, comment) in OWN.items():
        above = [relation] if name == "linksTo" and relation else ()
        texts: Properties = [(("rdfs:label",), "@en", [label]), (("rdfs:comment",), "@en", [comment])]
        yield namespace + name, kind, [(("rdfs:subPropertyOf",), None, above), *texts]
    for kind, name in kinds.items():
        label = legal(kind)
        properties: Properties = [
            (("rdfs:subPropertyOf",), None, [f"{namespace}linksTo"]),
            (("rdfs:label",), "", [label] if label else ()),
            (("ta:asWritten",), "", unsaid_name(kind, label)),
        ]
        yield namespace + name, "owl:ObjectProperty", properties
