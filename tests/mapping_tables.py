"""Tables of mappings to read, and the glossary that their terms are of."""

from __future__ import annotations

from pathlib import Path

from termatlas.align import Mappings, align, read_mappings
from termatlas.model import Glossary, Term

WD = "http://www.wikidata.org/entity/"
GLOSSARY = Glossary(
    terms=(
        Term(slug="clip", name="CLIP", aliases=("Contrastive pre-training",)),
        Term(slug="gan", name="GAN", iri="https://site.org/terms/gan"),
        Term(slug="a/b test", name="A/B test"),
        Term(slug="one", name="Same"),
        Term(slug="two", name="Same"),
    )
)


def written(folder: Path, text: str, name: str = "m.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, name: str = "m.csv") -> Mappings:
    return read_mappings(written(folder, text, name), GLOSSARY)


def rules(folder: Path, *rows: str) -> list[tuple[str, int]]:
    found = align(written(folder, "\n".join(["term,match,target", *rows])), GLOSSARY)
    return [(problem.rule, problem.where.line) for problem in found.problems]
