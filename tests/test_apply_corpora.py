"""Real glossaries take links, and stay as they are but for them."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from termatlas.apply import Accepted, Applied, apply_links
from termatlas.sources import Options, read, shipped_atlas

FLASHCARDS = Options(fields={"name": "1", "definition": "2"}, delimiter="|", strip="(Google Machine Learning Glossary)")


def copied(source: Path, folder: Path) -> Path:
    """Copy a glossary, writable."""
    target = folder / source.name
    if source.is_dir():
        shutil.copytree(source, target, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(source, target)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return target


def wanted(slugs: Sequence[str], every: int) -> list[Accepted]:
    """Want a link from each so manieth term to one half a glossary away."""
    return [
        Accepted(source=slug, target=slugs[(place + len(slugs) // 2) % len(slugs)])
        for place, slug in enumerate(slugs)
        if place % every == 0
    ]


def states(applied: Applied) -> Counter[str]:
    return Counter(outcome.state for outcome in applied.outcomes)


def lines_put_in(old: bytes, new: bytes) -> list[tuple[bytes, bytes]]:
    """Pair the lines of a file with what they became; "" with lines that came in."""
    rest = iter(old.splitlines(keepends=True))
    expected = next(rest, b"")
    pairs = []
    for line in new.splitlines(keepends=True):
        is_same = bool(expected) and line.startswith(expected.rstrip(b"\n]}, "))
        if not (is_same and line == expected):
            pairs.append((expected if is_same else b"", line))
        if is_same:
            expected = next(rest, b"")
    assert expected == b""
    return pairs


@pytest.mark.parametrize(
    ("name", "every"),
    [("ml-glossary-mlg", 3), ("gpu-glossary", 2), ("mitre-atlas/dist/ATLAS.yaml", 2), ("pwc-methods/methods.json", 20)],
)
def test_a_real_glossary_takes_links(corpora: Path, tmp_path: Path, name: str, every: int) -> None:
    source = copied(corpora / name, tmp_path)
    before = read(source)
    links = wanted([term.slug for term in before.terms], every)
    applied = apply_links(links, source)
    counts = states(applied)
    assert set(counts) <= {"added", "there"}
    assert counts["added"] > 0.9 * len(links)
    after = read(source)
    assert all(any(link.target == each.target for link in after[each.source].related) for each in links)
    assert all(path.read_bytes() == change.new for path, change in applied.changes.items())
    for change in applied.changes.values():
        assert 0 < len(lines_put_in(*change)) <= 3 * len(links)
    assert states(apply_links(links, source)) == {"there": len(links)}


def test_the_shipped_atlas_takes_links_in_its_own_style(tmp_path: Path) -> None:
    source = copied(shipped_atlas(), tmp_path)
    links = wanted([term.slug for term in read(source).terms], 5)
    applied = apply_links(links, source)
    for change in applied.changes.values():
        [(old, new)] = lines_put_in(*change)
        assert old.startswith(b"related: [")
        assert new.startswith(old[:-2] + b", ")


def test_a_big_file_of_json_lines_takes_links_as_its_own(corpora: Path, tmp_path: Path) -> None:
    source = copied(corpora / "foldoc" / "foldoc.jsonl", tmp_path)
    links = wanted([term.slug for term in read(source).terms], 500)
    applied = apply_links(links, source)
    assert states(applied) == {"added": len(links)}
    [change] = applied.changes.values()
    put_in = lines_put_in(*change)
    assert len(put_in) == len(links)
    for old, new in put_in:
        assert new.startswith(old[: -len(b"]}\n")])
        assert new.endswith(b'", "kind": "see"}]}\n')


def test_links_in_running_text_are_not_written_for_their_author(corpora: Path, tmp_path: Path) -> None:
    name = "google-ml-glossary-en.csv"
    source = copied(corpora / "google-ml-flashcards" / name, tmp_path)
    before = source.read_bytes()
    links = wanted([term.slug for term in read(source, options=FLASHCARDS).terms], 40)
    applied = apply_links(links, source, options=FLASHCARDS)
    assert set(states(applied)) == {"refused"}
    assert len(applied.patch) == len(links)
    assert {outcome.reason for outcome in applied.outcomes} == {"the table has no column for related terms"}
    assert source.read_bytes() == before
