"""Glossaries that break sites, and all pages of one in a folder."""

from __future__ import annotations

from pathlib import Path

from termatlas.model import Glossary, Question, Reference, Term
from termatlas.publish.assets import assets
from termatlas.publish.pages import pages
from termatlas.publish.site import Site, site

EVIL = "</script><script>alert(1)</script>\u2028\"'<!--&amp;\u202e{{ 7 * 7 }}]]>\x00\x0b\ud800\ufffe\U0001ffff"
SLUGS: tuple[str, ...] = (
    "a/b",
    "a-b",
    "..",
    ".",
    "CON",
    "con",
    "index",
    "Index",
    "注意力",
    "<script>",
    "x" * 400,
    "\u202eevil",
    "",
    "javascript:alert(1)",
    "404",
    "sitemap",
    "a.html",
    "name with spaces",
    "100%",
    "é",
    "e\u0301",
    "\ud800",
)


def link(target: str, kind: str = "related", name: str = "") -> Reference:
    """Make a link that has found its target."""
    return Reference(written=target, target=target, kind=kind, name=name)


def small() -> Glossary:
    """Have all that a page can show, once."""
    clip = Term(
        slug="clip",
        name="CLIP",
        aliases=("Contrastive pre-training",),
        categories=("Vision", "Models"),
        definition="A model of pictures & texts.",
        explanation="First paragraph.\n\nSecond <paragraph>.",
        related=(link("vit", "broader"), link("wish", name="Wished for")),
        questions=(Question(question="What is it for?", answer="Finding pictures."),),
        iri="https://example.org/source/clip",
    )
    vit = Term(slug="vit", name="Vision transformer", categories=("Vision",), definition="A transformer.")
    dino = Term(slug="dino", name="DINO", categories=("Models",), definition="Another.", related=(link("clip"),))
    both = Term(slug="both", name="Both ways", definition="Mutual.", related=(link("clip"),))
    clip_back = Term(slug="clip", name="CLIP", related=(link("both"),))
    lone = Term(slug="lone", name="Éa, alone", language="fr")
    return Glossary(
        terms=(clip, vit, dino, both, clip_back, lone), title="Small", base_iri="https://example.org/glossary/"
    )


def hostile() -> Glossary:
    """Have texts in every field that would break a page, and slugs that would break a file system."""
    terms = [
        Term(
            slug=slug,
            name=f"{EVIL} {number}" if number % 3 else "",
            aliases=(EVIL, f"alias {number}", ""),
            categories=(EVIL, "A b", "a-b", "..", "index", "")[: number % 7],
            definition=EVIL * (number % 2),
            explanation=f"{EVIL}\n\n{EVIL}",
            related=tuple(link(other, EVIL) for other in (*SLUGS[:number], "wanted " + EVIL)),
            questions=(Question(question=EVIL, answer=EVIL), Question(question="", answer="")),
            iri="javascript:alert(1)" if number % 2 else "https://example.org/a b",
            language=("", "ar", 'x" onload="alert(1)', "zh-Hant")[number % 4],
        )
        for number, slug in enumerate(SLUGS)
    ]
    return Glossary(terms=tuple(terms), title=EVIL, language="he")


def wide(count: int = 700) -> Glossary:
    """Have a hub with more links and words than a page has room for, and letters and a category with many terms."""
    names = [f"Spoke of the hub with number {number}" for number in range(count)]
    spokes = [Term(slug=name, name=name, categories=("Spokes",), definition=name * 4) for name in names]
    hub = Term(
        slug="hub",
        name="Hub " + "of hubs " * 40,
        aliases=tuple(f"also hub number {number}" for number in range(300)),
        categories=tuple(f"category {number}" for number in range(600)),
        definition="word " * 3_000,
        explanation="\n\n".join(["long " * 3_000, *["paragraph " * 20] * 80]),
        related=tuple(link(name, "part_of") for name in names),
        questions=tuple(Question(question=f"Number {n}?", answer="answer " * 9_000 * (n == 3)) for n in range(400)),
    )
    back = [Term(slug=f"back {name}", name=f"Back {name}", related=(link("hub"),)) for name in names]
    return Glossary(terms=(hub, *spokes, *back), title="Wide")


def prepared(glossary: Glossary) -> Site:
    """Prepare a site without a file."""
    return site(glossary)


def write(folder: Path, made: Site) -> Path:
    """Write all pages and what they load."""
    for path, page in pages(made).items():
        _put(folder / path, page().encode())
    for path, content in assets(made):
        _put(folder / path, content)
    return folder


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
