"""Named queries: one file each, whose first comments say what it asks and which values it needs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from termatlas.errors import UsageError

_PARAMETER = re.compile(r"# \?(\w+) \((term|category|text)\): (.+)")


class Parameter(NamedTuple):
    """A value that a query needs: what kind of thing it names, and what it is for."""

    kind: str
    meaning: str


class NamedQuery(NamedTuple):
    """A query that has a name: the question it answers, the values it needs, its text."""

    name: str
    question: str
    parameters: dict[str, Parameter]
    text: str


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Give the named queries by name, sorted.

    >>> named_queries()["orphans"].question
    'Which terms does no link lead to, though links lead out of them?'
    """
    folder = files("termatlas.query") / "named"
    found = sorted((file.name.removesuffix(".rq"), file.read_text("utf-8")) for file in folder.iterdir())
    return {name: NamedQuery(name, _question(text), parameters(text), text) for name, text in found}


def parameters(text: str) -> dict[str, Parameter]:
    r"""Give the parameters that the first comments of a query declare.

    >>> parameters("# Who knows it?\n# ?term (term): what is known\nASK { ?term ?p ?o }")
    {'term': Parameter(kind='term', meaning='what is known')}
    """
    found = filter(None, map(_PARAMETER.fullmatch, _comments(text)))
    return {match[1]: Parameter(match[2], match[3]) for match in found}


def query_text(text: str) -> str:
    """Give the text of a named query; what is no name is a text already.

    Raises `UsageError` for a single word that is no name.
    """
    asked = text.strip()
    known = named_queries()
    if asked in known or not re.fullmatch(r"[\w./-]+", asked):
        return known[asked].text if asked in known else text
    near = difflib.get_close_matches(asked, known) or list(known)
    which = "near it" if len(near) < len(known) else "there are"
    raise UsageError(f'there is no query "{asked}"; {which}: {", ".join(near)}')


def _question(text: str) -> str:
    return next(_comments(text)).removeprefix("# ")


def _comments(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.rstrip()
