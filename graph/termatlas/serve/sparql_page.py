"""The endpoint as a page: a form that works without a script, and what was found."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import zip_longest
from shlex import quote
from typing import TYPE_CHECKING, Final

from termatlas.look import TOKENS_CSS
from termatlas.query.named import NamedQuery, named_queries
from termatlas.serve.sparql_formats import HTML, SOLUTIONS, TRIPLES
from termatlas.serve.workers_limits import Limits

if TYPE_CHECKING:
    import jinja2

_BEGINNING: Final = """SELECT ?term ?name ?definition {
  ?term a skos:Concept ; skos:prefLabel ?name .
  OPTIONAL { ?term skos:definition ?definition }
}
ORDER BY ?name
LIMIT 20"""
_FEWEST_ROWS, _MOST_ROWS = 8, 24
# What an HTML page cannot hold: controls, lone surrogates and non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def sparql_page(  # noqa: PLR0913 (a page is about many things)
    *,
    title: str,
    root: str,
    endpoint: str,
    limits: Limits,
    graphs: Mapping[str, int],
    prefixes: Mapping[str, str],
    query: str = "",
    result: str | None = None,
    problem: str = "",
) -> str:
    """Write the page: the form with a query, and its result or what is wrong with it."""
    shown = query or _BEGINNING
    page = _template().render(
        heading="Not answered" if problem else "Answer" if result is not None else "SPARQL",
        title=title,
        root=root,
        css=css(),
        limits=limits,
        triples=sum(graphs.values()),
        graphs=sorted(graphs.items()),
        prefixes=sorted(prefixes.items()),
        types=list(zip_longest(_named(SOLUTIONS), _named(TRIPLES), fillvalue="")),
        examples=_examples(),
        query=shown,
        rows=min(max(shown.count("\n") + 2, _FEWEST_ROWS), _MOST_ROWS),
        result=result,
        problem=problem,
        command=f"curl -H 'Accept: text/csv' --data-urlencode {quote(f'query={shown}')} {quote(endpoint)}",
    )
    return _UNFIT.sub("\ufffd", page)


@cache
def policy() -> str:
    """Say what the page may load: its own style, and nothing else."""
    style = b64encode(sha256(css().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


@cache
def css() -> str:
    """Give the page's style."""
    return TOKENS_CSS + files("termatlas.serve").joinpath("sparql.css").read_text("utf-8")


def _named(media_types: Mapping[str, str]) -> list[str]:
    """Give the first media type of each syntax."""
    first = {syntax: media_type for media_type, syntax in reversed(list(media_types.items()))}
    return [media_type for syntax, media_type in reversed(list(first.items())) if media_type != HTML]


@cache
def _examples() -> list[NamedQuery]:
    return [named for named in named_queries().values() if not named.parameters]


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(files("termatlas.serve").joinpath("sparql.html.j2").read_text("utf-8"))
