"""Slugs, categories and kinds of link → IRIs that are valid whatever the text.

The base IRI is followed by one segment for a term, by several for all else, so none can meet another:
``<base><slug>``, ``<base>category/<category>``, ``<base>faq/<slug>/1``. The glossary itself, a
``skos:ConceptScheme``, is the base without its last sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from termatlas.errors import UsageError
from termatlas.slugs import slugify

#: What no segment needs to escape: RFC 3987's unreserved characters without spaces and invisible signs of any script.
_PLAIN = re.compile(
    "[A-Za-z0-9._~\\-\u00a1-\u00ac\u00ae-\u034e\u0350-\u05ff\u0606-\u061b\u061d-\u115e\u1161-\u167f\u1681-\u17b3"
    "\u17b6-\u180a\u1810-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\u3163\u3165-\ud7ff\uf900-\ufdcf"
    "\ufdf0-\ufdff\ufe10-\ufefe\uff00-\uff9f\uffa1-\uffef\U00010000-\U0001bc9f\U0001bca4-\U0001d172"
    "\U0001d17b-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]+"
)
_INNER = re.compile(r"[?#](?!$)")  # after a query or a fragment, no segment can follow
_NO_HOST = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]")
_WORDS = re.compile(r"[A-Za-z0-9]+|[^\x00-\x7f]")


def segment(text: str) -> str:
    """Percent-encode a text so that it is one segment of an IRI; different texts give different segments.

    Letters of every script stay (RFC 3987, section 2.2); ``.`` and ``..``, which would name folders, do not.

    >>> segment("clip"), segment("a/b c"), segment(".."), segment("注意力"), segment("100%")
    ('clip', 'a%2Fb%20c', '%2E%2E', '注意力', '100%25')
    """
    if _PLAIN.fullmatch(text) and text.strip("."):
        return text
    if not text.strip("."):
        return "%2E" * len(text)
    return "".join(
        char if _PLAIN.fullmatch(char) else quote(char.encode("utf-8", "surrogatepass"), safe="") for char in text
    )


def checked_base(base: str) -> str:
    """Check a base IRI; one that ends neither in ``/`` nor ``#`` (nor ``:``, as URNs do) gets a slash.

    Raises `UsageError`.

    >>> checked_base("https://example.org/glossary")
    'https://example.org/glossary/'
    """
    complete = base if base.endswith(("/", "#", ":")) else base + "/"
    if not is_iri(complete[:-1]) or _NO_HOST.match(complete) or _INNER.search(complete):
        raise UsageError(
            f'"{base}" is no base for IRIs; give an absolute one without query, such as https://example.org/glossary/'
        )
    return complete


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI.

    >>> is_iri("https://example.org/é"), is_iri("example.org"), is_iri("https://example.org/a b")
    (True, False, False)
    """
    import pyoxigraph

    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return not _NO_IRI.search(text)


def scheme_iri(base: str) -> str:
    """Give the IRI of the glossary itself; no term's, since those are longer than the base.

    >>> scheme_iri("https://example.org/glossary/")
    'https://example.org/glossary'
    """
    return base[:-1]


def category_iris(base: str, categories: Iterable[str]) -> dict[str, str]:
    """Give each category its IRI: of its slug, or ``~`` and its whole name where two would share the slug.

    >>> list(category_iris("https://e.org/", ["Large models", "A b", "a-b"]).values())
    ['https://e.org/category/~A%20b', 'https://e.org/category/large-models', 'https://e.org/category/~a-b']
    """
    slugs = {category: slugify(category) for category in sorted(set(categories))}
    uses = Counter(slugs.values())
    own = {name: slug if slug and uses[slug] == 1 else f"~{name}" for name, slug in slugs.items()}
    return {name: f"{base}category/{segment(slug)}" for name, slug in own.items()}


def faq_iri(base: str, slug: str) -> str:
    """Give the IRI of a term's questions and answers."""
    return f"{base}faq/{segment(slug)}"


def property_names(kinds: Iterable[str], taken: Iterable[str]) -> Mapping[str, str]:
    """Give each kind of link the local name of a property, a valid XML name that no other has.

    >>> property_names(["part_of", "partOf", "see", "2nd", "≠"], taken=["see"])
    {'2nd': 'kind2nd', 'partOf': 'partOf', 'part_of': 'partOf2', 'see': 'see2', '≠': 'u2260'}
    """
    names: dict[str, str] = {}
    used = set(taken)
    for kind in sorted(set(kinds)):
        first = name = _camel_case(kind)
        number = 2
        while name in used:
            name, number = f"{first}{number}", number + 1
        used.add(name)
        names[kind] = name
    return names


def _camel_case(kind: str) -> str:
    words = [word if word.isascii() else f"u{ord(word):X}" for word in _WORDS.findall(kind)]
    name = "".join((words[:1] or ["kind"]) + [word[0].upper() + word[1:] for word in words[1:]])
    return f"kind{name}" if name[0].isdigit() else name
