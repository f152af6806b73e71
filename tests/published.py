"""Small glossaries, and what a run of `publish` left on disk, for the tests of published sites."""

from __future__ import annotations

from pathlib import Path

from termatlas.model import Glossary, Question, Reference, Term
from termatlas.publish.folder import BESIDE
from termatlas.publish.manifest import MANIFEST

SITE = "https://example.org/ai/"

#: Slugs that no file system, no address or no page may take as they are.
HOSTILE = (
    "..", "a/b", "CON", "index", "Ünïcode", "x" * 400, "Case", "case", "CASE", "trail.", "trail ", "trail", ".hidden",
    "-dash", "a b", "a?b#c", "100%", "a\\b", "con.txt", "注意力", "٣", "a:b", "<script>alert(1)</script>", 'q"uote',
    "a&b", "category", "site", "data", "404", "void", "robots", "é", "e\u0301", "ﬁ", "fi", "\u202eabc", "a\x00b",
    "w3id", "~x", "aux.html", "name.html", "name", "$1", "%41", "{x}", "manifest", "explorer", "\ud800", "a\nb", " ",
)  # fmt: skip


def term(slug: str, *related: str, name: str = "", definition: str = "", aliases: tuple[str, ...] = ()) -> Term:
    links = tuple(Reference(written=to, target=to, resolution="slug") for to in related)
    return Term(
        slug=slug,
        name=name or slug.upper(),
        definition=definition or f"What {slug} is.",
        related=links,
        aliases=aliases,
        categories=("Vision",),
    )


def small() -> Glossary:
    return Glossary(
        terms=(term("clip", "vit"), term("vit", "clip", "gone"), term("bert", "vit")),
        title="AI",
        base_iri="https://w3id.org/ai/",
    )


def hostile() -> Glossary:
    """Give terms whose slugs and texts try to break out of their place."""
    categories = ("../x", "CON", "a/b", "A b", "Ünï", "<i>")
    terms = []
    for at, slug in enumerate(HOSTILE):
        texts = term(slug, HOSTILE[(at + 1) % len(HOSTILE)], HOSTILE[at * 7 % len(HOSTILE)], f"wanted {slug}")
        terms.append(
            Term(
                slug=slug,
                name=f'{slug} <b>&" href="x.html" ',
                definition=f"</script><a href='nowhere.html'>{slug}</a> href=\"x.html\"",
                explanation="</style>\n\n<img src=x>",
                categories=(categories[at % len(categories)], "all"),
                related=texts.related,
                questions=(Question(question="</title>?", answer="</script><a href='nowhere.html'>"),),
                aliases=(f"alias {slug}", "'\"><"),
            )
        )
    return Glossary(terms=tuple(terms), title='<"&\'> href="x.html"', base_iri="https://example.org/h/")


def files(folder: Path) -> dict[str, bytes]:
    """Read all files of a site but the manifest; nothing may be left of what waited."""
    assert not (folder / BESIDE).exists()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if name != MANIFEST}


def identities(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell files apart from others that were written in their place: by inode and time of change."""
    names = files(folder)
    return {name: ((folder / name).stat().st_ino, (folder / name).stat().st_mtime_ns) for name in names}
