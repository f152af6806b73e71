"""Measure the publishing of a generated glossary: at first, again, and after one definition was changed.

Usage: python tests/bench/publish.py [10k]

Each is a run of the command in a process of its own; CPU seconds are all of it, reading included.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from children import HERE, machine, run, table

_URL = "https://example.org/glossary/"


def main(size: str = "10k") -> None:
    """Measure and print."""
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        source, site = Path(folder) / "glossary.jsonl", Path(folder) / "site"
        run(str(HERE / "generate.py"), size, str(source))
        rows = [_row("at first", source, site), _row("again", source, site)]
        _change(source)
        rows.append(_row("one definition changed", source, site))
        print(table((f"{size} terms", "CPU s", "MB at the peak", "files written", "of"), rows))
        print(f"\n{_sizes(site)}\n\n{machine()}")


def _row(name: str, source: Path, site: Path) -> tuple[str, float, float, str, str]:
    before = _stamps(site)
    used = run("-m", "termatlas", "publish", str(source), "--out", str(site), "--site-url", _URL)
    after = _stamps(site)
    written = sum(before.get(path) != stamp for path, stamp in after.items())
    return name, used.cpu, used.memory, f"{written:,}", f"{len(after):,}"


def _stamps(site: Path) -> Mapping[Path, tuple[int, int]]:
    """Tell files apart from others that were written in their place; the manifest is not counted."""
    files = (path for path in site.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def _change(source: Path) -> None:
    """Give the middle one of the terms another definition."""
    lines = source.read_text(encoding="utf-8").splitlines()
    term = json.loads(lines[len(lines) // 2])
    lines[len(lines) // 2] = json.dumps({**term, "definition": "It is something else now."}, ensure_ascii=False)
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sizes(site: Path) -> str:
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pages = {path: size for path, size in sizes.items() if path.suffix == ".html" and path.name != "explorer.html"}
    largest = max(pages, key=pages.__getitem__)
    return (
        f"{sum(sizes.values()) / 1e6:,.0f} MB in all; {len(pages):,} pages, the largest of {pages[largest]:,} bytes "
        f"({largest.relative_to(site)}), the explorer apart"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
