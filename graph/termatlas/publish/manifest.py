"""The manifest of a site: what a run made, so that the next one knows which files are its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from termatlas.errors import OutputError
from termatlas.model import Glossary, Term
from termatlas.version import __version__

MANIFEST: Final = "site/manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term as it was published: enough to know it again under another slug."""

    name: str
    file: str  #: its files' name, without suffix
    text: str = ""  #: a digest of its definition and explanation; "" where it has neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run made."""

    terms: Mapping[str, Entry] = field(default_factory=dict)  #: slug → the term
    moved: Mapping[str, str] = field(default_factory=dict)  #: slug that no term has any more → slug of its term
    gone: tuple[str, ...] = ()  #: slugs that no term has any more, nor a term in their place
    stood: Mapping[str, str] = field(default_factory=dict)  #: slug that moved or is gone → its files' name
    files: Mapping[str, str] = field(default_factory=dict)  #: path → SHA-256


def entries(glossary: Glossary, files: Mapping[str, str]) -> dict[str, Entry]:
    """Give what the next run is to know of each term that has a page."""
    return {
        slug: Entry(name=glossary[slug].name, file=file, text=_digest(glossary[slug]))
        for slug, file in sorted(files.items())
    }


def _digest(term: Term) -> str:
    text = f"{term.definition}\n\n{term.explanation}".strip()
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""


def manifest_bytes(manifest: Manifest) -> bytes:
    """Write a manifest as JSON, a term or file a line, so that versions of it compare well."""
    said = {"termatlas": __version__, **asdict(manifest), "gone": sorted(manifest.gone)}
    sections = ",\n".join(f'"{name}": {_section(value)}' for name, value in said.items())
    return f"{{{sections}}}\n".encode("ascii")


def _section(value: object) -> str:
    if not isinstance(value, dict) or not value:
        return json.dumps(value)
    lines = ",\n ".join(f"{json.dumps(key)}: {json.dumps(said)}" for key, said in sorted(value.items()))
    return f"{{\n {lines}\n}}"


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of an earlier run.

    Raises `OutputError` where it is none: what it calls its own files may be removed, so it must be whole.
    """
    cure = "publish into another folder, or empty this one"
    try:
        said = json.loads(path.read_bytes())
        manifest = _manifest(said)
    except OSError as error:
        raise OutputError(path.as_posix(), f"cannot be read ({(error.strerror or '').lower()})", cure) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(path.as_posix(), "is no manifest of a published site", cure) from error
    if strange := next((file for file in manifest.files if not is_inside(file)), None):
        raise OutputError(path.as_posix(), f'it names "{strange}", which is no path inside the site', cure)
    return manifest


def _manifest(said: Any) -> Manifest:
    return Manifest(
        terms={slug: Entry(**_texts(term)) for slug, term in said["terms"].items()},
        moved=_texts(said["moved"]),
        gone=tuple(map(_text, said["gone"])),
        stood=_texts(said["stood"]),
        files=_texts(said["files"]),
    )


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {key: _text(value) for key, value in said.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def is_inside(path: str) -> bool:
    r"""Tell whether a path, with forward slashes, stays below the folder it starts from, on any system.

    >>> [is_inside(path) for path in ("a/b.html", "../b", "/b", "a//b", "C:b", "a\\b", "")]
    [True, False, False, False, False, False, False]
    """
    parts = path.split("/")
    plain = PurePosixPath(path).parts == tuple(parts) and not PureWindowsPath(path).drive
    return plain and "\\" not in path and "\0" not in path and not {"", ".", ".."} & set(parts)


def unlike(files: Iterable[str]) -> tuple[str, str] | None:
    """Give two paths that one file system or another would take for the same, or None.

    >>> unlike(["a.html", "b.html", "A.html"])
    ('a.html', 'A.html')
    """
    import unicodedata

    seen: dict[str, str] = {}
    for file in files:
        folded = unicodedata.normalize("NFC", file.casefold())
        if seen.setdefault(folded, file) != file:
            return seen[folded], file
    return None
