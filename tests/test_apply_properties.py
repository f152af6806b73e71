"""Whatever a glossary looks like: applying adds the link, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from termatlas.apply import Accepted, apply_links
from termatlas.model import Glossary, Term
from termatlas.sources import Options, read

NAMES = st.text("aB é注,'\"#:-[]|&*", min_size=1, max_size=6).map(lambda text: f"T{text.strip()}".strip())
TEXTS = st.text("ab é.;\"'#\n", max_size=12)
OPTIONS = Options()


class Entry(NamedTuple):
    slug: str
    name: str
    text: str
    related: list[str]


class Given(NamedTuple):
    entries: list[Entry]
    source: str
    target: str
    by_name: bool = False  #: whether links are written as names

    def written(self, entry: Entry) -> list[str]:
        """Give the links of a term as they are written."""
        names = {each.slug: each.name for each in self.entries}
        return [names[slug] if self.by_name else slug for slug in entry.related]


@st.composite
def glossaries(draw: st.DrawFn) -> Given:
    """Draw a glossary and a link that it lacks."""
    count = draw(st.integers(2, 4))
    slugs = [f"t{number}" for number in range(count)]
    entries = [
        Entry(
            slug,
            f"{draw(NAMES)} {slug}",
            "Text. " + draw(TEXTS).strip() + " End.",
            draw(st.lists(st.sampled_from(slugs), max_size=3, unique=True)),
        )
        for slug in slugs
    ]
    source, target = draw(st.permutations(slugs))[:2]
    assume(target not in entries[int(source[1:])].related)
    return Given(entries, source, target, draw(st.booleans()))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def yaml_list(draw: Any, links: list[str], key: str) -> str:
    """Write a list of links in one of the ways that people write it."""
    if not links:
        return str(draw(st.sampled_from(["", f"{key}:\n", f"{key}: []\n", f"{key}: ~ # none yet\n"])))
    are_slugs = all(link.isalnum() for link in links)
    quote = draw(st.sampled_from([quoted, lambda text: "'" + text.replace("'", "''") + "'", *[str] * are_slugs]))
    items = [quote(link) for link in links]
    kind = draw(st.sampled_from(["block", "indented", "flow", "lines", "mappings", *["text"] * are_slugs]))
    return {
        "block": f"{key}:\n" + "".join(f"- {item}\n" for item in items),
        "indented": f"{key}: # links\n" + "".join(f"  -   {item}   # one\n\n" for item in items),
        "flow": f"{key}: [ {' ,  '.join(items)} ]  # links\n",
        "lines": f"{key}: [\n  " + ",\n  ".join(items) + ",\n]\n",
        "mappings": f"{key}:\n" + "".join(f"  - slug: {item}\n    note: x\n" for item in items),
        "text": f"{key}: {quote('; '.join(links))}\n",
    }[kind]


@st.composite
def markdown(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given = draw(glossaries())
    key = draw(st.sampled_from(["related", "related_terms", "see also"]))
    pages = {}
    for entry in given.entries:
        fields = [
            f"title: {quoted(entry.name)}\n",
            yaml_list(draw, given.written(entry), key),
            "x: |\n  some\n  lines\n",
        ]
        page = "---\n" + "".join(draw(st.permutations(fields))) + "---\n" + entry.text
        pages[f"{entry.slug}.md"] = draw(ends(page))
    return given, pages


@st.composite
def toml(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given = draw(glossaries())
    pages = {}
    for entry in given.entries:
        items = [quoted(link) for link in given.written(entry)]
        related = draw(
            st.sampled_from(
                [
                    f"related = [{', '.join(items)}]\n",
                    "related = [ # ]\n" + "".join(f" {i}, # ,\n" for i in items) + "]\n",
                ]
            )
        )
        fields = [
            f"title = {quoted(entry.name)}\n",
            related if items else "",
            'x = """a\n[b]\n"""\n',
            "y = 2024-01-01 10:00:00\n",
        ]
        page = "+++\n" + "".join(draw(st.permutations(fields))) + "\n[extra]\nz = {a = [1, '2']}\n+++\n" + entry.text
        pages[f"{entry.slug}.md"] = draw(ends(page))
    return given, pages


@st.composite
def ends(draw: st.DrawFn, text: str) -> bytes:
    """Give a text one of the line ends, with a byte order mark or without."""
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return (mark + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))).encode()


def record(entry: Entry, shape: str, given: Given) -> dict[str, Any]:
    related: Any = given.written(entry)
    if shape == "mappings":
        related = [{"slug": slug, "name": f"N {slug}", "kind": "see"} for slug in entry.related]
    elif shape == "text":
        related = "; ".join(entry.related)
    fields = {"slug": entry.slug, "term": entry.name, "definition": entry.text}
    return fields if not entry.related and shape == "absent" else fields | {"related": related or None}


SHAPES = st.sampled_from(["texts", "mappings", "text", "absent"])


@st.composite
def json_file(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given, shape = draw(glossaries()), draw(SHAPES)
    records = [record(entry, shape, given) for entry in given.entries]
    document = draw(st.sampled_from([records, {"terms": records}, {"a/b~": {each["slug"]: each for each in records}}]))
    indent, tight = draw(st.sampled_from([(None, False), (None, True), (2, False), ("\t", False)]))
    separators = (",", ":") if tight else None
    text = json.dumps(document, indent=indent, ensure_ascii=draw(st.booleans()), separators=separators)
    return given, {"terms.json": draw(ends(text + draw(st.sampled_from(["", "\n"]))))}


@st.composite
def json_lines(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given, shape = draw(glossaries()), draw(SHAPES)
    lines = [json.dumps(record(entry, shape, given), ensure_ascii=draw(st.booleans())) for entry in given.entries]
    blank = draw(st.sampled_from(["", "\n"]))
    return given, {"terms.jsonl": draw(ends(f"\n{blank}".join(lines) + draw(st.sampled_from(["", "\n"]))))}


@st.composite
def yaml_file(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given = draw(glossaries())
    entries = []
    for entry in given.entries:
        fields = [
            f"name: {quoted(entry.name)}\n",
            f"definition: {quoted(entry.text)}\n",
            yaml_list(draw, given.written(entry), "related"),
        ]
        lines = (f"id: {entry.slug}\n" + "".join(fields)).splitlines()
        entries.append("- " + "\n  ".join(lines) + "\n")
    return given, {"terms.yaml": draw(ends("# all\n" + draw(st.sampled_from(["", "# between\n"])).join(entries)))}


@st.composite
def csv_file(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given = draw(glossaries())
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    separator = draw(st.sampled_from(["; ", ";", "|", "\n"]))
    columns = draw(st.permutations(["slug", "term", "definition", "related", "note"]))
    stream = io.StringIO()
    dialect = draw(st.sampled_from([csv.excel, csv.unix_dialect]))  # the one quotes what it must, the other all
    writer = csv.DictWriter(stream, columns, dialect=dialect, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    for slug, name, text, related in given.entries:
        writer.writerow(
            {"slug": slug, "term": name, "definition": text, "related": separator.join(related), "note": ""}
        )
    return given, {"terms.csv": draw(ends(stream.getvalue()))}


@st.composite
def link_table(draw: st.DrawFn) -> tuple[Given, dict[str, bytes]]:
    given = draw(glossaries())
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(
        [("source", "kind", "target"), *((e.slug, "see", target) for e in given.entries for target in e.related)]
    )
    terms = "".join(json.dumps(record(entry._replace(related=[]), "absent", given)) + "\n" for entry in given.entries)
    end = draw(st.sampled_from(["", "\n"]))
    return given, {"links.csv": draw(ends(stream.getvalue().rstrip("\n") + end)), "terms.jsonl": terms.encode()}


FORMATS = {
    "markdown": markdown(),
    "toml": toml(),
    "json": json_file(),
    "jsonl": json_lines(),
    "yaml": yaml_file(),
    "csv": csv_file(),
    "links": link_table(),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def placeless(term: Term, without: str = "") -> Term:
    links = tuple(replace(link, line=0, field="") for link in term.related if link.target != without)
    return replace(term, line=0, field="", related=links)


def is_within(old: bytes, new: bytes) -> bool:
    """Tell whether taking bytes out of `new` gives `old`."""
    rest = iter(new)
    return all(byte in rest for byte in old)


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_the_link_is_added_and_nothing_else(tmp_path_factory: pytest.TempPathFactory, form: str, data: Any) -> None:
    wanted, files = data.draw(FORMATS[form])
    folder = tmp_path_factory.mktemp(form)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    before = read(folder, options=OPTIONS)
    assert len(before) == len(wanted.entries)
    link = Accepted(source=wanted.source, target=wanted.target)
    [outcome] = apply_links([link], folder, options=OPTIONS).outcomes
    assert (outcome.state, str(outcome)) == ("added", str(outcome))
    after = contents(folder)
    check_terms(before, read(folder, options=OPTIONS), wanted)
    changed = [name for name in files if after[name] != files[name]]
    assert len(changed) == 1
    assert set(after) == set(files)
    is_null = b"~" in files[changed[0]] or b"null" in files[changed[0]]
    assert is_null or is_within(files[changed[0]], after[changed[0]])
    [again] = apply_links([link], folder, options=OPTIONS).outcomes
    assert again.state == "there"
    assert contents(folder) == after


def check_terms(before: Glossary, after: Glossary, wanted: Given) -> None:
    for old, new in zip(before.terms, after.terms, strict=True):
        if old.slug == wanted.source:
            assert [link.target for link in new.related].count(wanted.target) == 1
            assert placeless(new, wanted.target) == placeless(old)
        else:
            assert placeless(new) == placeless(old)
