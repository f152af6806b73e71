"""Decisions: what people said about suggestions and findings, kept beside the sources in ``termatlas.decisions.jsonl``.

The file is JSON Lines: a decision a line, its keys sorted, added at the end. A decision belongs to a fingerprint, which
stays when files are renamed or terms reordered; the last one on a fingerprint wins. A line that cannot be read is named
and skipped, and stays in the file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from termatlas.errors import OutputError
from termatlas.model import Problem, Where
from termatlas.sources.files import translated

if TYPE_CHECKING:
    from termatlas.suggest.model import Suggestion

NAME = "termatlas.decisions.jsonl"

Kind = Literal["link", "finding", "duplicate", "term"]
Verdict = Literal["accept", "reject", "waive"]

_TEXTS = frozenset({"fingerprint", "source", "target", "rule", "evidence", "source_id", "who", "why"})
_CHOICES: Mapping[str, tuple[str, ...]] = {"kind": get_args(Kind), "verdict": get_args(Verdict)}
_MERGE_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody said about a suggestion or a finding.

    >>> print(line_of(Decision(fingerprint="96f4", kind="link", verdict="reject", who="Ada", when=date(2026, 1, 2))))
    {"fingerprint": "96f4", "kind": "link", "verdict": "reject", "when": "2026-01-02", "who": "Ada"}
    """

    fingerprint: str
    kind: Kind
    verdict: Verdict
    source: str = ""  #: slug; of a finding its term
    target: str = ""  #: slug
    rule: str = ""  #: of a finding
    evidence: str = ""  #: names what spoke for it then (`Suggestion.evidence`)
    source_id: str = ""  #: names the source's texts as they were then (`termatlas.checklist.source_id`)
    who: str = ""
    when: date | None = None
    why: str = ""
    expires: date | None = None  #: the last day on which it holds; None: it holds for good


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The decisions of a file, in its order, and its lines that are none."""

    made: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    _last: dict[str, Decision] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._last.update((decision.fingerprint, decision) for decision in self.made)

    def last(self, fingerprint: str) -> Decision | None:
        """Give the decision on a fingerprint that wins: the last one."""
        return self._last.get(fingerprint)

    def latest(self) -> list[Decision]:
        """List the decisions that win, one a fingerprint, in the order in which these came up first."""
        return list(self._last.values())


class _Broken(ValueError):
    """Say why a line is no decision."""

    def __init__(self, problem: str, cure: str) -> None:
        self.problem = problem
        self.cure = cure
        super().__init__(problem)


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions; where there is none there are no decisions.

    Raises `SourceError` where it cannot be read.
    """
    label = path.as_posix()
    with translated(label):
        data = path.read_bytes() if path.exists() else b""
    made: list[Decision] = []
    problems: list[Problem] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                made.append(_decision(line))
            except _Broken as error:
                where = Where(file=label, line=number)
                problems.append(Problem(where=where, problem=error.problem, cure=error.cure))
    return Decisions(made=tuple(made), problems=tuple(problems))


def find_decisions(sources: Sequence[str | Path]) -> Path:
    """Find the file of decisions that belongs to sources: beside the first of them if it is there, else here.

    >>> find_decisions(["no/such/folder"]).as_posix()
    'termatlas.decisions.jsonl'
    """
    folders = [path if path.is_dir() else path.parent for path in map(Path, sources[:1])]
    return next((folder / NAME for folder in folders if (folder / NAME).exists()), Path(NAME))


def add_decision(path: Path, decision: Decision) -> None:
    """Append a decision: the whole line or nothing, also where two write at once.

    Raises `OutputError` where the file cannot be written.
    """
    add_decisions(path, [decision])


def add_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Append decisions: all of them or none, also where two write at once.

    Raises `OutputError` where the file cannot be written.
    """
    # A lone surrogate becomes the escape that JSON has for it.
    data = "".join(f"{line_of(decision)}\n" for decision in decisions).encode("utf-8", "backslashreplace")
    if not data:
        return
    try:
        _append(path, data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        cure = "name another file with --decisions, or change its permissions; what was there is untouched"
        raise OutputError(path.as_posix(), f"cannot be written ({reason})", cure) from error


def _append(path: Path, data: bytes) -> None:
    """Write at the end under a lock; what was written of a line that does not fit is taken back."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as stream:
        _lock(stream.fileno())
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        start = b"" if stream.read(1) in {b"", b"\n"} else b"\n"
        try:
            _write(stream.fileno(), start + data)
        except BaseException:
            stream.truncate(size)
            raise


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _lock(descriptor: int) -> None:
    """Wait until nobody else writes; the lock goes when the file is closed."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def line_of(decision: Decision) -> str:
    """Write a decision as JSON: keys sorted, what is empty left out."""
    values = {key.name: value for key in fields(decision) if (value := getattr(decision, key.name))}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=date.isoformat)


def _decision(line: bytes) -> Decision:
    """Read a line.

    Raises `_Broken`.
    """
    record = _record(line)
    texts = {key: _text(record, key) for key in _TEXTS}
    if not texts["fingerprint"]:
        raise _Broken("a decision without a fingerprint", "delete the line, or decide again")
    chosen = {key: _choice(record, key) for key in _CHOICES}
    given: dict[str, Any] = {**texts, **chosen, "when": _date(record, "when"), "expires": _date(record, "expires")}
    return Decision(**given)


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        text = line.decode().strip()
    except UnicodeDecodeError as error:
        raise _Broken(f"byte 0x{line[error.start]:02x} is not UTF-8", "save the file as UTF-8") from error
    if text.startswith(_MERGE_MARKS):
        raise _Broken("a mark of a merge conflict", "delete the marks and keep the lines of both sides")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _Broken("the line is not JSON", "delete the line, or decide again") from error
    if not isinstance(record, Mapping):
        raise _Broken("the line is not a JSON object", "delete the line, or decide again")
    return record


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key, "")
    if not isinstance(value, str):
        raise _Broken(f'"{key}" is not a text', "put it between quotation marks")
    return value


def _choice(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value not in _CHOICES[key]:
        given = json.dumps(value, ensure_ascii=False) if key in record else "missing"
        raise _Broken(f'"{key}" is {given}', f"write one of: {', '.join(_CHOICES[key])}")
    return str(value)


def _date(record: Mapping[str, Any], key: str) -> date | None:
    text = _text(record, key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _Broken(f'"{key}" is no date: {text}', "write year-month-day, such as 2026-12-31") from error


def decide(
    suggestion: Suggestion, verdict: Verdict, *, who: str, when: date, why: str = "", source_id: str = ""
) -> Decision:
    """Make the decision on a suggested link."""
    return Decision(
        fingerprint=suggestion.fingerprint,
        kind="link",
        verdict=verdict,
        source=suggestion.source,
        target=suggestion.target,
        evidence=suggestion.evidence,
        source_id=source_id,
        who=who,
        when=when,
        why=why,
    )


def fresh(made: Iterable[Decision], decisions: Decisions) -> list[Decision]:
    """Leave out decisions that say what the last one on their fingerprint says already."""
    return [decision for decision in made if not _says(decisions.last(decision.fingerprint), decision)]


def _says(last: Decision | None, decision: Decision) -> bool:
    said = ("kind", "verdict", "evidence", "why", "expires")
    return last is not None and all(getattr(last, key) == getattr(decision, key) for key in said)


def in_force(decisions: Decisions, fingerprint: str, today: date, *, evidence: str = "") -> Decision | None:
    """Give the decision that holds on a day; None where there is none, it expired, or its evidence is another now.

    Acceptances hold whatever the evidence is. Where `evidence` or that of the decision is "", it does not count.
    """
    decision = decisions.last(fingerprint)
    if decision is None or (decision.expires and decision.expires < today):
        return None
    changed = evidence and decision.evidence and decision.evidence != evidence
    return None if changed and decision.verdict != "accept" else decision


def open_suggestions(suggestions: Iterable[Suggestion], decisions: Decisions, today: date) -> list[Suggestion]:
    """Leave out the suggestions that were rejected, unless their evidence changed since or the rejection expired."""
    return list(_open(suggestions, decisions, today))


def _open(suggestions: Iterable[Suggestion], decisions: Decisions, today: date) -> Iterator[Suggestion]:
    for suggestion in suggestions:
        decision = in_force(decisions, suggestion.fingerprint, today, evidence=suggestion.evidence)
        if decision is None or decision.verdict == "accept":
            yield suggestion
