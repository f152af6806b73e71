"""YAML text → plain values that know their lines.

Built from the parser's events, not by a loader: a loader recurses (the C one crashes the process on
deep nesting), guesses types (a term called ``No`` or ``1e3`` is a name) and forgets lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from termatlas.errors import SourceError

if TYPE_CHECKING:
    from yaml.events import AliasEvent, Event, ScalarEvent

_MOST_DEEP = 100
_MOST_VALUES = 1_000_000  #: that aliases may repeat, beside those that the file itself holds
_NULLS = frozenset({"", "~", "null"})
_CURE = 'put a value that holds ": " or begins with a sign between quotation marks, and indent with spaces'


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: texts, None, lists and dicts, and the line of each, from 1.

    `lines` has, for the ``id`` of a list or a dict, the line of each of its positions or keys.
    """

    value: Any
    line: int
    lines: dict[int, dict[Any, int]]

    def line_of(self, container: object, key: object) -> int:
        """Give the line on which an item of a list or a dict stands; 0 where it is in none of them."""
        return self.lines.get(id(container), {}).get(key, 0)


def documents(text: str, label: str, first_line: int = 1) -> Iterator[Document]:
    """Read YAML documents. Every scalar is text as it is written; only an empty one, ``~`` and ``null`` are None.

    Raises `SourceError`, with line and column, for what is not YAML, for nesting deeper than 100
    and for aliases that repeat more than a million values ("billion laughs").

    >>> next(documents("a: [No, ~]", "a.yaml")).value
    {'a': ['No', None]}
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = _Tree(label, first_line)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentEndEvent):
                (value,) = tree.top.value
                yield Document(value, tree.top.lines[0], tree.lines)
                tree = _Tree(label, first_line)
            else:
                _take(tree, event)
    except yaml.YAMLError as error:
        raise SourceError(
            label, f"not YAML ({_reason(error)})", _CURE, place=_place(error, text, first_line)
        ) from error


def _reason(error: Exception) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")


def _place(error: Exception, text: str, first_line: int) -> str:
    names = ("context_mark", "problem_mark") if "end of stream" in str(error) else ("problem_mark", "context_mark")
    mark = next((mark for name in names if (mark := getattr(error, name, None))), None)
    if mark is not None:
        return f"line {first_line + mark.line}, column {mark.column + 1}"
    before = text[: getattr(error, "position", 0)]
    return f"line {first_line + before.count(chr(10))}, column {len(before) - before.rfind(chr(10))}"


@dataclass(slots=True)
class _Open:
    """A list or a dict that is being read."""

    value: Any
    line: int = 0
    anchor: str | None = None
    key: str | None = None  #: whose value comes next
    size: int = 1
    lines: dict[Any, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Tree:
    """A document that is being read: a stack in place of recursion, the document itself at its bottom."""

    label: str
    first_line: int
    stack: list[_Open] = field(default_factory=lambda: [_Open([])])
    lines: dict[int, dict[Any, int]] = field(default_factory=dict)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    repeated: int = 0

    @property
    def top(self) -> _Open:
        return self.stack[-1]


def _take(tree: _Tree, event: Event) -> None:
    from yaml import events

    line = tree.first_line + _mark(event).line
    match event:
        case events.ScalarEvent():
            _add(tree, event, _text(tree, event), line, event.anchor, 1 + len(event.value) // 64)
        case events.MappingStartEvent():
            _open(tree, event, _Open({}, line, event.anchor))
        case events.SequenceStartEvent():
            _open(tree, event, _Open([], line, event.anchor))
        case events.CollectionEndEvent():
            done = tree.stack.pop()
            tree.lines[id(done.value)] = done.lines
            _add(tree, event, done.value, done.line, done.anchor, done.size)
        case events.AliasEvent():
            _repeat(tree, event, line)


def _text(tree: _Tree, event: ScalarEvent) -> str | None:
    is_key = isinstance(tree.top.value, dict) and tree.top.key is None
    is_null = event.implicit[0] and event.value in _NULLS and not is_key
    return None if is_null else event.value


def _open(tree: _Tree, event: Event, container: _Open) -> None:
    if len(tree.stack) > _MOST_DEEP:
        raise _refused(tree, event, f"nested deeper than {_MOST_DEEP} levels", "write it flatter")
    tree.stack.append(container)


def _repeat(tree: _Tree, event: AliasEvent, line: int) -> None:
    if event.anchor not in tree.anchors:
        raise _refused(
            tree, event, f'the alias "*{event.anchor}" stands for nothing', "put the value's anchor before it"
        )
    value, size = tree.anchors[event.anchor]
    tree.repeated += size
    if tree.repeated > _MOST_VALUES:
        raise _refused(tree, event, f"aliases repeat more than {_MOST_VALUES:,} values", "write the values out")
    _add(tree, event, value, line, None, size)


def _add(tree: _Tree, event: Event, value: Any, line: int, anchor: str | None, size: int) -> None:
    """Put a value into the list or dict that is open."""
    if anchor:
        tree.anchors[anchor] = (value, size)
    top = tree.top
    top.size += size
    if isinstance(top.value, list):
        top.lines[len(top.value)] = line
        top.value.append(value)
    elif top.key is None:
        if not isinstance(value, str):
            raise _refused(tree, event, "a key is not text", "put the key between quotation marks")
        top.key = value
        top.lines[value] = line
    else:
        _set(tree, top, top.key, value)
        top.key = None


def _set(tree: _Tree, top: _Open, key: str, value: Any) -> None:
    """Set a key of a dict; ``<<`` lends it the keys of another."""
    lenders = [value] if isinstance(value, dict) else value
    if key == "<<" and isinstance(lenders, list) and all(isinstance(lender, dict) for lender in lenders):
        for lender in lenders:
            for name, lent in lender.items():
                top.value.setdefault(name, lent)
                top.lines.setdefault(name, tree.lines[id(lender)][name])
    else:
        top.value[key] = value


def _refused(tree: _Tree, event: Event, problem: str, cure: str) -> SourceError:
    mark = _mark(event)
    return SourceError(tree.label, problem, cure, place=f"line {tree.first_line + mark.line}, column {mark.column + 1}")


def _mark(event: Event) -> Any:
    """Give an event's place; the types allow for none, the parser always gives one."""
    return event.start_mark
