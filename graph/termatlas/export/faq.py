"""The questions and answers of a term, as linked data of schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termatlas.export.description import Properties
from termatlas.model import Question
from termatlas.sources.fields import legal


def faq(page: str, about: str, tag: str, questions: Sequence[Question]) -> Iterator[tuple[str, str, Properties]]:
    """Yield the IRI, the class and the properties of a page, each question on it and each answer.

    `tag` is that of the texts, `about` the IRI of the term.
    """
    if not questions:
        return
    iris = [f"{page}/{number}" for number in range(1, len(questions) + 1)]
    yield page, "schema:FAQPage", [(("schema:about",), None, [about]), (("schema:mainEntity",), None, iris)]
    for number, (iri, question) in enumerate(zip(iris, questions, strict=True), start=1):
        yield iri, "schema:Question", _asked(iri, number, tag, question)
        yield f"{iri}/answer", "schema:Answer", [(("schema:text",), tag, _text(question.answer))]


def _asked(iri: str, number: int, tag: str, question: Question) -> Properties:
    return [
        (("schema:name",), tag, _text(question.question)),
        (("schema:position",), "^^xsd:integer", [str(number)]),
        (("schema:acceptedAnswer",), None, [f"{iri}/answer"]),
    ]


def _text(text: str) -> list[str]:
    return [legal(text)] if text else []
