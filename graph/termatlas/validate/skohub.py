"""The profile ``skohub``: what a build of SkoHub Vocabs enforces.

Each requirement is named after the thing and the property it is about; the published shapes have no names of their own.
Source: SkoHub Vocabs, shapes/skohub.shacl.ttl, https://github.com/skohub-io/skohub-vocabs.
"""

from __future__ import annotations

from termatlas.findings.model import Level
from termatlas.validate.requirements import Limit, Requirement

BASE = "http://skohub.io/skohub-shacl"  # as the shapes have it: their names follow without a sign between

_TAGGED = ("rdf:langString",)
_TAG = "tag it with its language"
_SCHEME = ("skos:ConceptScheme",)
_CONCEPT = ("skos:Concept",)


def _scheme(name: str, level: Level, text: str, cure: str, limit: Limit) -> Requirement:
    return Requirement(
        id=f"scheme-{name}", shape="ConceptSchemeShape", level=level, classes=_SCHEME, text=text, cure=cure,
        all_of=(limit,),
    )  # fmt: skip


def _either(name: str, text: str, cure: str, *paths: str) -> Requirement:
    return Requirement(
        id=f"scheme-{name}", shape="ConceptSchemeShape", level="error", classes=_SCHEME, text=text, cure=cure,
        combined="Or", parts=tuple((Limit(path=(path,), least=1, datatypes=_TAGGED),) for path in paths),
    )  # fmt: skip


def _concept(name: str, text: str, cure: str, *limits: Limit) -> Requirement:
    return Requirement(
        id=f"concept-{name}", shape="ConceptShape", level="error", classes=_CONCEPT, text=text, cure=cure,
        all_of=limits,
    )  # fmt: skip


def _texts() -> tuple[Requirement, ...]:
    named = {"altLabel": "an alternative label", "hiddenLabel": "a hidden label", "scopeNote": "a scope note",
             "note": "a note", "example": "an example"}  # fmt: skip
    return tuple(
        _concept(name, f"{thing} says its language", _TAG, Limit(path=(f"skos:{name}",), datatypes=_TAGGED))
        for name, thing in named.items()
    )


def _links() -> tuple[Requirement, ...]:
    concepts = ("narrower", "narrowerTransitive", "broader", "broaderTransitive", "related")
    inside = dict.fromkeys(concepts, ("a concept", _CONCEPT))
    inside |= dict.fromkeys(("inScheme", "topConceptOf"), ("a concept scheme", _SCHEME))
    return tuple(
        _concept(
            name,
            f"skos:{name} leads to {thing} of the vocabulary",
            "describe it, with its rdf:type",
            Limit(path=(f"skos:{name}",), classes=classes),
        )
        for name, (thing, classes) in inside.items()
    )


def _mappings() -> tuple[Requirement, ...]:
    names = ("narrowMatch", "broadMatch", "relatedMatch", "closeMatch", "exactMatch")
    return tuple(
        _concept(name, f"skos:{name} leads to an IRI", "give the IRI", Limit(path=(f"skos:{name}",), kind="IRI"))
        for name in names
    )


SKOHUB = (
    _either("title", "a scheme has a title that says its language", "give dct:title with a language",
            "dct:title", "skos:prefLabel", "dc:title"),
    _either("description", "a scheme has a description that says its language", "give dct:description with a language",
            "dct:description", "dc:description"),
    _scheme("top", "error", "a scheme has a top concept", "give skos:hasTopConcept",
            Limit(path=("skos:hasTopConcept",), least=1)),
    _scheme("top-concept", "error", "what a scheme has on top is a concept of the vocabulary", "give its rdf:type",
            Limit(path=("skos:hasTopConcept",), least=1, classes=_CONCEPT)),
    _scheme("license", "warning", "a scheme has a licence, given by an IRI", "give dct:license",
            Limit(path=("dct:license",), least=1, kind="IRI")),
    _scheme("namespace", "warning", "a scheme says what its IRIs start with, as a text",
            "give vann:preferredNamespaceUri as a text without a language",
            Limit(path=("vann:preferredNamespaceUri",), least=1, datatypes=("xsd:string",))),
    _concept("prefLabel", "a concept has preferred labels, one a language, which say it", _TAG,
             Limit(path=("skos:prefLabel",), least=1, datatypes=_TAGGED, one_a_language=True)),
    _concept("prefLabel-language", "a preferred label says its language", _TAG,
             Limit(path=("skos:prefLabel",), datatypes=_TAGGED)),
    _concept("definition", "a definition says its language, and each has another", _TAG,
             Limit(path=("skos:definition",), datatypes=_TAGGED, one_a_language=True)),
    _concept("notation", "a notation is a text without a language", "write it as an xsd:string",
             Limit(path=("skos:notation",), datatypes=("xsd:string",))),
    *_texts(), *_links(), *_mappings(),
    Requirement(
        id="collection-prefLabel-language", shape="CollectionShape", level="error", classes=("skos:Collection",),
        text="the name of a collection says its language", cure=_TAG,
        all_of=(Limit(path=("skos:prefLabel",), datatypes=_TAGGED),),
    ),
    Requirement(
        id="collection-prefLabel", shape="CollectionShape", level="error", classes=("skos:Collection",),
        text="a collection has names, one a language, which say it", cure=_TAG,
        all_of=(Limit(path=("skos:prefLabel",), least=1, datatypes=_TAGGED, one_a_language=True),),
    ),
    Requirement(
        id="collection-member", shape="CollectionShape", level="error", classes=("skos:Collection",),
        text="a member of a collection is a concept of the vocabulary", cure="describe it, with its rdf:type",
        all_of=(Limit(path=("skos:member",), classes=_CONCEPT),),
    ),
)  # fmt: skip
