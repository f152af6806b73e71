"""The records that everything else reads: frozen, keyword-only, free of I/O.

A *glossary* is terms that point at related terms. Readers make `Term` records whose references
are as written; `termatlas.resolve` turns them into a `Glossary` whose references know their target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

#: How a reference found its target: by which identity of the target, or not at all.
Resolution = Literal["", "slug", "name", "alias", "iri", "folded", "slugified", "ambiguous", "wanted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place in a source that something comes from.

    >>> str(Where(file="terms.csv", line=12, field="related[2]"))
    'terms.csv, line 12, related[2]'
    """

    file: str
    line: int = 0  #: 1-based; 0 where the format has no lines (RDF)
    field: str = ""  #: such as ``related[2]``, ``/3/related/2`` or an IRI

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.file, f"line {self.line}" if self.line else "", self.field)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link as a term's page carries it: directed, from that term to `target`.

    `written` is what the source says: a slug, a name, an alias, an IRI or an anchor.
    `target` is the slug that it resolved to ("" before resolution).
    """

    written: str
    target: str = ""
    kind: str = "related"  #: ``related``, ``inline`` (in running text), ``broader``, ``see``, …
    name: str = ""  #: the name that the link gives its target
    resolution: Resolution = ""
    candidates: tuple[str, ...] = ()  #: the slugs between which an ambiguous link cannot choose
    line: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One entry of a term's FAQ."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry of a glossary; `slug` is its identity. All texts are plain text.

    Paragraphs of `explanation` are separated by a blank line.
    """

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    definition: str = ""
    explanation: str = ""
    related: tuple[Reference, ...] = ()
    questions: tuple[Question, ...] = ()
    iri: str = ""  #: the address that the source gives the term
    anchors: tuple[str, ...] = ()  #: further addresses it answers to, such as its path in the source
    language: str = ""  #: BCP 47; "" where the source does not say: the glossary's language
    deprecated: bool = False  #: no longer to be used, as its source says
    file: str = ""
    line: int = 0
    field: str = ""

    @property
    def where(self) -> Where:
        """Give the place that the term comes from."""
        return Where(file=self.file, line=self.line, field=self.field)

    @property
    def category(self) -> str:
        """Give the first category, or "" where there is none."""
        return self.categories[0] if self.categories else ""

    def where_of(self, reference: Reference) -> Where:
        """Give the place of one of the term's references."""
        return Where(file=self.file, line=reference.line or self.line, field=reference.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read, or left out, and why."""

    file: str
    reader: str = ""  #: "" where no reader takes the file
    terms: int = 0
    sha256: str = ""
    left_out: str = ""  #: why no term was read from it; "" where terms were


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that a reader could not read: a bad file or a bad entry among good ones."""

    where: Where
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}; {self.cure}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A condition of SKOS, or of its good practice, that what a file says about a thing breaks.

    The reader of the file notes it, for terms do not keep all that a vocabulary can say.
    """

    condition: str  #: an integrity condition of SKOS, such as ``S27``, or an issue of qSKOS, such as ``otc``
    subject: str  #: an IRI, a blank node as ``_:id``, or "" where it is about the whole file
    object: str = ""  #: the other thing in it, if there is one
    message: str
    where: Where
    weight: int = 1  #: how much it matters among the violations of its condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A category that sources spell in several ways; `kept` is the spelling that all terms now have."""

    kept: str
    spelt: tuple[str, ...]  #: all the spellings, sorted, `kept` among them
    where: Where  #: the first place with a spelling that was not kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who made or publishes a glossary: a person, if there is an e-mail address, else an organization."""

    name: str
    iri: str
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a glossary says about itself as a dataset: the table ``[dataset]`` of ``termatlas.toml``."""

    text: str = ""
    creators: tuple[Agent, ...] = ()
    publisher: Agent | None = None
    created: str = ""  #: a date (ISO 8601); so is `modified`: given, never taken from a clock
    modified: str = ""
    license: str = ""  #: an IRI
    version: str = ""
    history: str = ""  #: how it came to be
    categories: tuple[tuple[str, str], ...] = ()  #: categories, and what belongs to each


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What an RDF file says beyond what terms can hold, kept to be written again as it was.

    A node is an IRI, or a blank node as ``_:b0``. `statements` has the N-Triples of each subject in the
    order of the file, UTF-8, without the subject.
    """

    file: str
    statements: Mapping[str, bytes]  #: node → its statements, a line each: ``<property> <object> .``
    nodes: Mapping[str, str]  #: slug → node of the terms read from the file and of those that they link to
    terms: Mapping[str, Term]  #: slug → the term as it was read
    prefixes: Mapping[str, str]  #: prefix → namespace, as the file declares them


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Terms in the order of their sources, with resolved references.

    Two terms can have one slug: both are kept here, the first defines the node of the graph.
    """

    terms: tuple[Term, ...] = ()
    title: str = "Glossary"
    language: str = "en"
    base_iri: str = "https://example.org/glossary/"
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    violations: tuple[Violation, ...] = ()  #: of the conditions of SKOS, in vocabularies read from RDF
    vocabularies: tuple[Vocabulary, ...] = field(default=(), repr=False, compare=False)  #: of the RDF files among them
    description: Description = Description()
    _by_slug: dict[str, Term] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for term in self.terms:
            self._by_slug.setdefault(term.slug, term)

    def __len__(self) -> int:
        return len(self._by_slug)

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    def __getitem__(self, slug: str) -> Term:
        return self._by_slug[slug]

    def get(self, slug: str) -> Term | None:
        """Give the term that defines `slug`, or None."""
        return self._by_slug.get(slug)
