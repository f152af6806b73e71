"""How much of other glossaries' vocabulary the shipped atlas covers, by name or alias.

    python tests/atlas_coverage.py CORPORA

CORPORA is a folder with `google-ml-flashcards`, `ml-glossary-mlg` and `pwc-methods`. A name counts as covered where a
term of the atlas has it as its name or alias, without regard to case, hyphens, spaces, accents, a plural s and
American or British spelling. Names of products and of parts of one library are left out; they are listed below.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import termatlas as ta

#: What Google's glossary explains of its own products and of TensorFlow's interface.
PRODUCTS = frozenset({
    "cloud tpu", "custom estimator", "dataset api (tf.data)", "estimator", "feature column (tf.feature_column)",
    "graph execution", "input function", "introduction", "keras", "layers api (tf.layers)", "matplotlib",
    "metrics api (tf.metrics)", "model function", "node (tensorflow graph)", "numpy", "operation (op)", "pandas",
    "premade estimator", "root directory", "savedmodel", "saver", "scikit-learn", "session (tf.session)", "summary",
    "tensorboard", "tensorflow", "tensorflow playground", "tensorflow serving", "tf.example", "tf.keras", "tpu master",
    "tpu resource", "tpu type", "tpu worker",
})  # fmt: skip
_BRITISH = {"isation": "ization", "ise": "ize", "isi": "izi", "our": "or", "lling": "ling", "lled": "led", "tre": "ter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What of a glossary's names is covered."""

    glossary: str
    names: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Give the covered share of the names, from 0 to 1."""
        return 1 - len(self.missing) / self.names


def key(name: str) -> str:
    """Fold what spellings of one name differ in.

    >>> key("Normalisation") == key("normalization"), key("k-means") == key("K means")
    (True, True)
    """
    text = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    text = "".join(char for char in text if not unicodedata.combining(char))
    for british, american in _BRITISH.items():
        text = text.replace(british, american)
    return "".join(word.removesuffix("s") for word in re.findall(r"[a-z0-9+]+", text))


def spellings(name: str) -> Iterator[str]:
    """Give the ways to call a term whose name has an addition in brackets, or two names with "or" between."""
    yield name
    without = re.sub(r"\s*\([^)]*\)", "", name).strip()
    yield without
    yield from re.findall(r"\(([^)]*)\)", name)
    yield from without.split(" or ")


def covered(names: Iterable[str], atlas: ta.Glossary, glossary: str) -> Coverage:
    """Say which names are covered."""
    known = {key(each) for term in atlas.terms for name in (term.name, *term.aliases) for each in spellings(name)}
    listed = sorted(set(names))
    missing = tuple(name for name in listed if not any(key(each) in known for each in spellings(name) if each))
    return Coverage(glossary=glossary, names=len(listed), missing=missing)


def google(corpora: Path) -> list[str]:
    """List the terms of Google's glossary."""
    options = ta.Options(
        reader="csv",
        delimiter="|",
        strip="(Google Machine Learning Glossary)",
        fields={"term": "1", "explanation": "2"},
    )
    names = (
        term.name
        for term in ta.read(corpora / "google-ml-flashcards" / "google-ml-glossary-en.csv", options=options).terms
    )
    written = (unescape(re.sub(r"<[^>]+>", "", name)) for name in names)
    return [name for name in written if name.casefold() not in PRODUCTS]


def machine_learning_glossary(corpora: Path) -> list[str]:
    """List the terms of the machine-learning glossary whose pages have a text."""
    terms = ta.read(corpora / "ml-glossary-mlg").terms
    return [term.name for term in terms if term.definition]


def methods(corpora: Path, count: int = 300) -> list[str]:
    """List the methods of Papers with Code that most others link to."""
    graph = ta.build(ta.read(corpora / "pwc-methods"))
    defined = [slug for slug, is_defined in graph.nodes(data="defined") if is_defined]
    ranked = sorted(defined, key=lambda slug: (-graph.in_degree(slug), slug))[:count]
    return [graph.nodes[slug]["name"] for slug in ranked]


def coverages(corpora: Path) -> list[Coverage]:
    """Measure the shipped atlas against the three glossaries."""
    atlas = ta.read()
    return [
        covered(google(corpora), atlas, "google-ml-flashcards, without products"),
        covered(machine_learning_glossary(corpora), atlas, "ml-glossary-mlg, pages with a text"),
        covered(methods(corpora), atlas, "pwc-methods, the 300 most linked"),
    ]


if __name__ == "__main__":
    for each in coverages(Path(sys.argv[1])):
        print(f"{each.glossary}: {each.share:.1%} of {each.names}")  # noqa: T201
        print("  missing: " + "; ".join(each.missing))  # noqa: T201
