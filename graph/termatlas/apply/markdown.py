"""Links put into the front matter of Markdown pages, YAML or TOML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, SequenceNode

from termatlas.apply.edits import as_read
from termatlas.apply.model import Adding, Edit
from termatlas.apply.records import new_items
from termatlas.apply.spelling import Form, House, form_of, place_of
from termatlas.apply.tomltext import toml_edits
from termatlas.apply.yamlnodes import Layout, compose, field_lines, layout_seen, plain, scalar, yaml_edits
from termatlas.model import Term
from termatlas.sources.frontmatter import split

_SAMPLE = 40


def markdown_edits(text: str, adding: Adding, house: House, layout: Layout) -> list[Edit]:
    """Give the edits that add links to the term of a page; where it has no front matter, some is put before it.

    Raises `NotWritable`.
    """
    span = front_matter(text)
    if span is None:
        made = new_items(adding.term, house.key, [], adding.targets, house)
        lines = field_lines(scalar(house.key, "", flow=False), made, 0, layout)
        return [Edit(0, 0, "\n".join(["---", *lines, "---", "", ""]))]
    inside = text[slice(*span)]
    is_toml = text.startswith("+++")
    edits = toml_edits(inside, adding, house) if is_toml else _yaml_edits(inside, adding, house, layout)
    return [Edit(edit.start + span[0], edit.end + span[0], edit.text) for edit in edits]


def _yaml_edits(text: str, adding: Adding, house: House, layout: Layout) -> list[Edit]:
    node = compose(text)
    if isinstance(node, MappingNode):
        return yaml_edits(text, node, adding, house, layout)
    made = new_items(adding.term, house.key, [], adding.targets, house)
    lines = field_lines(scalar(house.key, "", flow=False), made, 0, layout)
    return [Edit(0, 0, "".join(f"{line}\n" for line in lines))]


def front_matter(text: str) -> tuple[int, int] | None:
    r"""Find where the fields of a page's front matter begin and end; None where it has none.

    >>> front_matter("---\ntitle: A\n---\nText"), front_matter("Text")
    ((4, 13), None)
    """
    head = text[: len(text) - len(split(text, "").body)]
    if not head:
        return None
    return head.index("\n") + 1, head.rstrip("\n").rindex("\n") + 1


def house_of_pages(terms: Sequence[Term], house: House) -> tuple[House, Layout]:
    """Find out how pages lay out their links, from the raw text of some of them."""
    linked = (term for term in terms if any(_is_field(link.field, house.key) for link in term.related))
    seen = [found for term in islice(linked, _SAMPLE) for found in _seen(term, house)]
    layouts = Counter(layout for layout, *_ in seen)
    forms = Counter(form for _, form, _ in seen if form)
    if not layouts:
        return house, Layout()
    written = tuple(form for form, _ in forms.most_common())
    samples = [sample for *_, sample in seen if sample]
    forms_first = tuple(dict.fromkeys((*written, *house.forms)))
    return replace(house, forms=forms_first, sample=samples[0] if samples else {}), layouts.most_common(1)[0][0]


def _is_field(field: str, key: str) -> bool:
    return field.startswith(f"{key}[")


def _seen(term: Term, house: House) -> Iterator[tuple[Layout, Form | None, Mapping[str, Any]]]:
    """Yield, for each link in one page's YAML, its layout, its form and, where it is a mapping, itself."""
    text = as_read(Path(term.file).read_bytes())
    span = front_matter(text)
    inside = text[slice(*span)] if span and text.startswith("---") else ""
    node = compose(inside)
    targets = {place: link.target for link in term.related if (place := place_of(link))}
    for key, value in node.value if isinstance(node, MappingNode) else ():
        if key.value == house.key and isinstance(value, SequenceNode):
            layout = layout_seen(inside, key, value)
            for position, item in enumerate(value.value):
                target = house.by_slug.get(targets.get((house.key, position), ""))
                form = form_of(str(item.value), term, target) if target else None
                yield layout, form, plain(item) if isinstance(item, MappingNode) else {}
