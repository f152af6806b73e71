"""The profile ``vocpub`` and its variants: what VocPub asks of a published vocabulary.

The ids are those of the profile's requirements, the shapes those of its validators, so that results can be compared
one by one. The level is the requirement's own: what MUST be is an error, what SHOULD or MAY be a warning.
Source: VocPub Profile, https://linked.data.gov.au/def/vocpub, validators 5.6, 5.2 (several languages) and 5.5 (GA).
"""

from __future__ import annotations

from dataclasses import replace

from termatlas.validate.requirements import Limit, Requirement

BASE = "https://linked.data.gov.au/def/vocpub/validator/"
GA = "https://linked.data.gov.au/def/vocpub/validator-ga/"

_SCHEME = ("skos:ConceptScheme",)
_COLLECTION = ("skos:Collection",)
_CONCEPT = ("skos:Concept",)
_TEXT = ("xsd:string", "rdf:langString")
_MOMENT = ("xsd:dateTime", "xsd:date", "xsd:dateTimeStamp")
_AGENT = ("schema:Organization", "schema:Person")

_TITLE = Limit(shape="prefLabel", path=("skos:prefLabel",), least=1, most=1, datatypes=_TEXT, one_a_language=True)
_DEFINITION = Limit(shape="definition", path=("skos:definition",), least=1, datatypes=_TEXT, one_a_language=True)
_STATUS = Limit(shape="status", path=("schema:status", "reg:status"), most=1, kind="IRI")
_ORIGINS = (
    (Limit(path=("prov:wasDerivedFrom",), least=1, kind="IRI"),),
    (Limit(path=("schema:citation",), least=1, datatypes=("xsd:anyURI", "xsd:string")),),
    (Limit(path=("dct:source",), least=1, datatypes=("xsd:anyURI", "xsd:string")),),
    (Limit(path=("skos:historyNote",), least=1, datatypes=_TEXT),),
    (Limit(path=("dct:provenance",), least=1, datatypes=_TEXT),),
)
_IN_SCHEME = Limit(shape="in-scheme", path=("skos:inScheme",), least=1, most=1)
_FROM = "give a skos:historyNote, a schema:citation or a prov:wasDerivedFrom"

_SHARED = (
    Requirement(
        id="2.1.05", shape="Requirement-2.1.05", level="error", classes=_SCHEME,
        text="a vocabulary has one date of its creation and one of its last change, as xsd:date or xsd:dateTime",
        cure="give dct:created and dct:modified, or schema:dateCreated and schema:dateModified",
        all_of=(
            Limit(shape="created", path=("schema:dateCreated", "dct:created"), least=1, most=1, datatypes=_MOMENT),
            Limit(shape="modified", path=("schema:dateModified", "dct:modified"), least=1, most=1, datatypes=_MOMENT),
        ),
    ),
    Requirement(
        id="2.1.06", shape="Requirement-2.1.06", level="error", classes=_SCHEME,
        text="a vocabulary has a creator and a publisher, which are described as schema:Person or schema:Organization",
        cure="give schema:creator and schema:publisher, and the types of both",
        all_of=(
            Limit(shape="creator", path=("schema:creator", "dct:creator"), least=1, classes=_AGENT),
            Limit(shape="publisher", path=("schema:publisher", "dct:publisher"), least=1, classes=_AGENT),
        ),
    ),
    Requirement(
        id="2.1.07", shape="Requirement-2.1.07", level="error", classes=_SCHEME, combined="Or", parts=_ORIGINS,
        text="a vocabulary says where it comes from", cure=_FROM,
    ),
    Requirement(
        id="2.1.11", shape="Requirement-2.1.11", level="warning", classes=_SCHEME,
        text="a derivation of a vocabulary is a thing, not a text", cure="describe it by prov:entity and prov:hadRole",
        all_of=(Limit(shape="qualified-derivation", path=("prov:qualifiedDerivation",), kind="BlankNodeOrIRI"),),
    ),
    Requirement(
        id="2.1.11b", shape="Requirement-2.1.11b", level="error", objects_of="prov:qualifiedDerivation",
        text="a derivation names the one vocabulary that was derived from, by its IRI", cure="give one prov:entity",
        all_of=(Limit(shape="qualified-derivation-entity", path=("prov:entity",), least=1, most=1, kind="IRI"),),
    ),
    Requirement(
        id="2.1.11c", shape="Requirement-2.1.11c", level="error", objects_of="prov:qualifiedDerivation",
        text="a derivation names the one way in which it was done, by its IRI", cure="give one prov:hadRole",
        all_of=(Limit(shape="qualified-derivation-role", path=("prov:hadRole",), least=1, most=1, kind="IRI"),),
    ),
    Requirement(
        id="2.1.12", shape="Requirement-2.1.12", level="warning", classes=_SCHEME,
        text="themes of a vocabulary are concepts of another one, not texts", cure="give the IRIs of the concepts",
        all_of=(Limit(shape="theming", path=("schema:keywords", "dcat:theme"), kind="IRI"),),
    ),
    Requirement(
        id="2.1.14", shape="Requirement-2.1.14", level="warning", classes=_SCHEME,
        text="the holder of the copyright is given by an IRI", cure="give the holder's IRI, and describe the holder",
        all_of=(Limit(shape="copyright-holder", path=("schema:copyrightHolder",), kind="IRI"),),
    ),
    Requirement(
        id="2.2.02", shape="Requirement-2.2.02", level="warning", classes=_COLLECTION, combined="Or", parts=_ORIGINS,
        text="a collection says where it comes from", cure=_FROM,
    ),
    Requirement(
        id="2.2.04", shape="Requirement-2.2.04", level="error", classes=_COLLECTION,
        text="a collection has a member, and its members have IRIs", cure="give skos:member",
        all_of=(Limit(shape="member", path=("skos:member",), least=1, kind="IRI"),),
    ),
    Requirement(
        id="2.3.04", shape="Requirement-2.3.04", level="warning", classes=_CONCEPT, combined="Or", parts=_ORIGINS,
        text="a concept says where it comes from", cure=_FROM,
    ),
    Requirement(
        id="2.4.03a", shape="Requirement-2.4.03a", level="error", classes=("schema:Organization",),
        text="an organization has a website, as an xsd:anyURI", cure="give schema:url",
        all_of=(Limit(shape="agent-url", path=("schema:url",), least=1, datatypes=("xsd:anyURI",)),),
    ),
    Requirement(
        id="2.4.03b", shape="Requirement-2.4.03b", level="error", classes=("schema:Person",),
        text="a person has an e-mail address, as an xsd:anyURI", cure="give schema:email",
        all_of=(Limit(shape="agent-email", path=("schema:email",), least=1, datatypes=("xsd:anyURI",)),),
    ),
)  # fmt: skip


def _named(title: Limit) -> tuple[Requirement, ...]:
    """Require names and definitions."""
    limits = (_DEFINITION, title)
    names = "one name" if title.most else "names, one a language"
    return tuple(
        Requirement(
            id=number, shape=f"Requirement-{number}", level="error", classes=classes, all_of=limits,
            text=f"{thing} has {names}, and a definition, one a language, which are texts",
            cure="give one skos:prefLabel and a skos:definition",
        )
        for number, classes, thing in (
            ("2.1.04", _SCHEME, "a vocabulary"), ("2.2.01", (*_COLLECTION, *_CONCEPT), "a concept or a collection"),
        )
    )  # fmt: skip


def _single(most: int) -> Requirement:
    return Requirement(
        id="2.1.02", shape="ConceptSchemeType", level="error", classes=_SCHEME, count=(1, most),
        text="a vocabulary is a concept scheme, one a file", cure="put each skos:ConceptScheme into a file of its own",
    )  # fmt: skip


def _concept(number: str, text: str, cure: str, limit: Limit) -> Requirement:
    return Requirement(
        id=number, shape=f"Requirement-{number}", level="error", classes=_CONCEPT, text=text, cure=cure, all_of=(limit,)
    )  # fmt: skip


def _on_concepts() -> tuple[Requirement, ...]:
    """Give the requirements on single properties of concepts, 2.3.10 to 2.3.20."""
    iri, day = "give the IRI", "write it as an xsd:date"
    return (
        _concept("2.3.10", "a notation is a text", "write it as a literal",
                 Limit(shape="notation", path=("skos:notation",), kind="Literal")),
        _concept("2.3.12", "what a concept was derived from has an IRI", iri,
                 Limit(shape="concept-wasDerivedFrom", path=("prov:wasDerivedFrom",), kind="IRI")),
        _concept("2.3.13", "what a concept is a revision of has an IRI", iri,
                 Limit(shape="concept-revisionOf", path=("prov:revisionOf",), kind="IRI")),
        _concept("2.3.14", "what a concept replaces has an IRI", iri,
                 Limit(shape="concept-replaces", path=("dct:replaces",), kind="IRI")),
        _concept("2.3.15", "what replaces a concept has an IRI", iri,
                 Limit(shape="concept-isReplacedBy", path=("dct:isReplacedBy",), kind="IRI")),
        _concept("2.3.16", "the version of a concept is a text without a language", "write it as an xsd:string",
                 Limit(shape="concept-version", path=("schema:version",), datatypes=("xsd:string",))),
        _concept("2.3.17", "the date on which a concept was made is an xsd:date", day,
                 Limit(shape="concept-date-created", path=("schema:dateCreated",), datatypes=("xsd:date",))),
        _concept("2.3.18", "the date on which a concept was changed is an xsd:date", day,
                 Limit(shape="concept-date-modified", path=("schema:dateModified",), datatypes=("xsd:date",))),
        _concept("2.3.19", "what a concept covers in time is a time:TemporalEntity", "describe the time as one",
                 Limit(shape="concept-temporalCoverage", path=("schema:temporalCoverage",),
                       classes=("time:TemporalEntity",))),
        _concept("2.3.20", "what is broader is a concept of the vocabulary", "describe it, or use skos:broadMatch",
                 Limit(shape="broaders-and-narrowers-must-be-concepts", path=("skos:broader",), classes=_CONCEPT)),
    )  # fmt: skip


_HISTORY = ("skos:historyNote",)
_START, _END = ("schema:startDate",), ("schema:endDate",)
_UP = ("skos:broader", "^skos:narrower", "skos:topConceptOf", "^skos:hasTopConcept")

_OWN = (
    Requirement(
        id="2.1.09", shape="Requirement-2.1.09", level="error", classes=_SCHEME,
        text="a vocabulary has a top concept, which has an IRI and is described", cure="give skos:hasTopConcept",
        all_of=(Limit(shape="at-least-one-concept", path=("skos:hasTopConcept", "^skos:topConceptOf"), least=1,
                      classes=_CONCEPT, kind="IRI"),),
    ),
    Requirement(
        id="2.1.10", shape="Requirement-2.1.10", level="warning", classes=_SCHEME, all_of=(_STATUS,),
        text="a vocabulary has one status, given by an IRI", cure="take one of https://linked.data.gov.au/def/reg-statuses",
    ),
    Requirement(
        id="2.1.13", shape="Requirement-2.1.13", level="warning", classes=_SCHEME,
        text="a licence is given by an IRI, an xsd:anyURI or a text without a language", cure="give the licence's IRI",
        all_of=(Limit(shape="license", path=("schema:license",), datatypes=("xsd:anyURI", "xsd:string"), or_iri=True),),
    ),
    Requirement(
        id="2.2.03", shape="Requirement-2.2.03", level="error", classes=_COLLECTION, all_of=(_IN_SCHEME,),
        text="a collection is in one scheme", cure="give one skos:inScheme",
    ),
    Requirement(
        id="2.3.02", shape="Requirement-2.3.02", level="warning", classes=_CONCEPT,
        text="a concept names the one vocabulary that defines it", cure="give one rdfs:isDefinedBy",
        all_of=(Limit(shape="is-defined-by", path=("rdfs:isDefinedBy",), least=1, most=1),),
    ),
    Requirement(
        id="2.3.03", shape="Requirement-2.3.03", level="error", classes=_CONCEPT,
        text="a concept has its place in the hierarchy: it is a top concept, or below a concept",
        cure="give skos:topConceptOf or skos:broader",
        all_of=(Limit(shape="in-hierarchy", path=_UP, least=1, classes=("skos:ConceptScheme", "skos:Concept")),),
    ),
    Requirement(
        id="2.3.05", shape="Requirement-2.3.05", level="warning", classes=_CONCEPT, all_of=(_STATUS,),
        text="a concept has one status, given by an IRI", cure="take one of https://linked.data.gov.au/def/reg-statuses",
    ),
    *_on_concepts(),
    Requirement(
        id="2.3.11", shape="Requirement-2.3.11", level="error", classes=_CONCEPT, combined="Xone",
        text="the history of a concept is one text without a language, or texts with one, each in another",
        cure="keep one skos:historyNote without a language, or tag all of them",
        parts=(
            (Limit(path=_HISTORY, least=1, most=1, datatypes=("xsd:string",)),),
            (Limit(path=_HISTORY, least=1, datatypes=("rdf:langString",), one_a_language=True),),
            (Limit(path=_HISTORY, most=0),),
        ),
    ),
    Requirement(
        id="2.3.19", shape="Requirement-2.3.19-start", level="error", classes=("time:TemporalEntity",), combined="And",
        text="a time has a start or an end or both, each one xsd:date", cure="give schema:startDate or schema:endDate",
        parts=(
            (Limit(path=_START, datatypes=("xsd:date",)),),
            (Limit(path=_END, datatypes=("xsd:date",)),),
            (Limit(path=_START, least=1, most=1), Limit(path=_END, least=1, most=1)),
        ),
    ),
    Requirement(
        id="2.4.02", shape="Requirement-2.4.02", level="error", classes=_AGENT, combined="Xone",
        text="a person or an organization has one name without a language, or names with one, each in another",
        cure="give one schema:name",
        parts=(
            (Limit(path=("schema:name",), least=1, datatypes=("rdf:langString",), one_a_language=True),),
            (Limit(path=("schema:name",), least=1, most=1, datatypes=("xsd:string",)),),
        ),
    ),
)  # fmt: skip

_MULTILANG = (
    Requirement(
        id="2.1.08", shape="Requirement-2.1.08", level="error", classes=_CONCEPT,
        text="a concept is in one scheme, which is described", cure="give one skos:inScheme",
        all_of=(replace(_IN_SCHEME, shape="", classes=_SCHEME),),
    ),
    Requirement(
        id="2.1.09", shape="Requirement-2.1.09", level="error", classes=_SCHEME,
        text="a vocabulary has a top concept, which has an IRI and is described", cure="give skos:hasTopConcept",
        all_of=(Limit(path=("skos:hasTopConcept",), least=1, classes=_CONCEPT, kind="IRI"),),
    ),
    Requirement(
        id="2.1.10", shape="Requirement-2.1.10", level="warning", classes=_SCHEME,
        text="a vocabulary has one status, given by an IRI", cure="take one of https://linked.data.gov.au/def/reg-statuses",
        all_of=(Limit(path=("reg:status",), most=1, kind="IRI"),),
    ),
    Requirement(
        id="2.1.13", shape="Requirement-2.1.13", level="warning", classes=_SCHEME,
        text="a licence is given by an IRI", cure="give the licence's IRI",
        all_of=(Limit(path=("schema:license",), kind="IRI", datatypes=("xsd:anyURI", "xsd:string"), or_iri=True),),
    ),
    Requirement(
        id="2.2.03", shape="Requirement-2.2.03", level="warning", classes=_COLLECTION,
        text="a collection is in one scheme and names the one vocabulary that defines it",
        cure="give one skos:inScheme and one rdfs:isDefinedBy",
        all_of=(replace(_IN_SCHEME, shape=""), Limit(path=("rdfs:isDefinedBy",), least=1, most=1)),
    ),
    Requirement(
        id="2.3.02", shape="Requirement-2.3.02", level="warning", classes=_CONCEPT,
        text="a concept names at most one vocabulary that defines it, by its IRI", cure="keep one rdfs:isDefinedBy",
        all_of=(Limit(path=("rdfs:isDefinedBy",), most=1, kind="IRI"),),
    ),
    Requirement(
        id="2.3.03", shape="Requirement-2.3.03", level="error", classes=_CONCEPT,
        text="a concept is in a scheme, which has an IRI", cure="give skos:inScheme",
        all_of=(Limit(path=("skos:inScheme",), least=1, kind="IRI"),),
    ),
    Requirement(
        id="2.4.02", shape="Requirement-2.4.02", level="error", classes=_AGENT,
        text="a person or an organization has one name, without a language", cure="give one schema:name",
        all_of=(Limit(path=("schema:name",), least=1, most=1, datatypes=("xsd:string",)),),
    ),
)  # fmt: skip

_ECAT = Requirement(
    id="GA.ECAT-ID", shape=f"{BASE}Requirement-GA.ECAT-ID", level="error", classes=_SCHEME,
    text="a vocabulary has one eCat number of Geoscience Australia, as an xsd:anyURI",
    cure="give one schema:identifier, https://pid.geoscience.gov.au/dataset/ga/ and a number",
    all_of=(
        Limit(shape=f"{GA}conceptSchemeGaCatId", path=("schema:identifier",), least=1, most=1,
              datatypes=("xsd:anyURI",), pattern="^https://pid.geoscience.gov.au/dataset/ga/[0-9]+$"),
    ),
)  # fmt: skip

VOCPUB = (_single(1), *_named(_TITLE), *_SHARED, *_OWN)
VOCPUB_MULTILANG = (_single(2), *_named(replace(_TITLE, most=None)), *_SHARED, *_MULTILANG)
VOCPUB_GA = (*VOCPUB, _ECAT)
