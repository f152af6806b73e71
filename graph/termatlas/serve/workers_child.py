"""A process that answers questions, one after the other, until there are no more.

Where there is no fork, it is started by itself: ``python -m termatlas.serve.workers_child``, with its data as the
first message.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from termatlas.serve.sparql_run import Question, Reply, run
from termatlas.serve.workers_confined import confine, end_in
from termatlas.serve.workers_messages import packed, read

if TYPE_CHECKING:
    import pyoxigraph

_GRACE = 1.0  # that the server has for ending a query before the worker ends itself

_REHEARSAL = (
    Question("SELECT * {", "json"),
    *(Question("SELECT (1 AS ?one) {}", syntax) for syntax in ("json", "xml", "csv", "tsv", "html")),
    *(
        Question("CONSTRUCT { <> a 1 } {}", triples=syntax)
        for syntax in ("turtle", "nt", "xml", "jsonld", "trig", "html")
    ),
    Question("ASK FROM <https://example.org/> { FILTER(REGEX('service', 'a') && RAND() < 0 && NOW() = NOW()) }"),
)


def loaded(trig: bytes | IO[bytes]) -> pyoxigraph.Store:
    """Load a store. Raises `SyntaxError` or `ValueError` for what is no TriG."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(trig, format=pyoxigraph.RdfFormat.TRIG)
    return store


def rehearse() -> None:
    """Do once, on nothing, all that a worker does: what Python imports late could not be opened when confined."""
    import pyoxigraph

    for question in _REHEARSAL:
        run(pyoxigraph.Store(), question, {"term": "https://example.org/"}, most=9999)


def answer_questions(
    questions: IO[bytes],
    replies: IO[bytes],
    store: pyoxigraph.Store,
    prefixes: Mapping[str, str],
    limits: Mapping[str, Any],
) -> None:
    """Answer until the stream of questions ends."""
    confine(limits["memory"])
    while message := read(questions):
        end_in(limits["seconds"] + _GRACE)
        question = Question(message.body.decode(), **message.head["question"])
        reply = _answered(store, question, prefixes, limits["result"])
        replies.write(packed({"id": message.head["id"], "outcome": reply.outcome, "pid": os.getpid()}, reply.body))
        replies.flush()
        end_in(0)


def _answered(store: pyoxigraph.Store, question: Question, prefixes: Mapping[str, str], most: int) -> Reply:
    try:
        return run(store, question, prefixes, most)
    except Exception as error:  # a fault of ours or of Oxigraph's ends one answer, not the service
        return Reply("failed", f"{type(error).__name__}: {error}".encode())


def main() -> None:
    """Answer what comes by standard input on standard output."""
    questions, replies = sys.stdin.buffer, sys.stdout.buffer
    first = read(questions)
    if first is not None:
        store = loaded(first.body)
        rehearse()
        answer_questions(questions, replies, store, first.head["prefixes"], first.head["limits"])


if __name__ == "__main__":
    main()
