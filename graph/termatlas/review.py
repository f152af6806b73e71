"""The review: a walk through suggestions, or findings, in which each decision is written down at once."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from termatlas.checklist import source_id
from termatlas.decisions import Decision, Verdict
from termatlas.model import Glossary, Term
from termatlas.terminal import safe
from termatlas.undecided import Item

_WIDTH = 100
_SHOWN = 400
_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("a", "accept", "y", "yes"), "accept"),
    **dict.fromkeys(("r", "reject", "n", "no"), "reject"),
    **dict.fromkeys(("w", "waive"), "waive"),
    **dict.fromkeys(("s", "skip"), "skip"),
    **dict.fromkeys(("m", "more"), "more"),
    **dict.fromkeys(("b", "back"), "back"),
    **dict.fromkeys(("q", "quit"), "quit"),
}
_ASKED = {
    **dict.fromkeys(("link", "duplicate", "term"), "accept (a), reject (r), skip (s), more (m), back (b), quit (q)? "),
    "finding": "waive (w), skip (s), more (m), back (b), quit (q)? ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a review takes place: who decides and when, how to ask and to say, and where decisions go."""

    ask: Callable[[str], str]  #: raises `EOFError` where no answer comes any more
    say: Callable[[str], None]
    record: Callable[[Decision], None]
    who: str
    today: date
    glossary: Glossary


def review(items: Sequence[Item], desk: Desk) -> Counter[str]:
    """Walk through items until all are answered, or until somebody quits; count the answers.

    Going back, an item can be decided on again: the later decision wins.
    """
    answers: dict[int, str] = {}
    place = 0
    try:
        while place < len(items):
            answer = _answered(items[place], f"{place + 1} of {len(items)}", desk)
            if answer == "quit":
                break
            if answer == "back":
                place = max(0, place - 1)
            else:
                answers[place] = answer
                place += 1
    except (EOFError, KeyboardInterrupt):
        desk.say("")
    return Counter(answers.values())


def _answered(item: Item, place: str, desk: Desk) -> str:
    """Show an item and ask until there is an answer; write a decision down."""
    desk.say("\n".join(_shown(item, place, desk.glossary)))
    while True:
        word, _, rest = desk.ask(_ASKED[item.kind]).strip().partition(" ")
        answer = _KEYS.get(word.casefold(), "")
        if answer == "more":
            desk.say("\n".join(_more(item, desk.glossary)))
        elif answer in {"skip", "back", "quit"}:
            return answer
        elif answer in _VERDICTS[item.kind]:
            desk.record(_decision(item, _VERDICTS[item.kind][answer], rest.strip(), desk))
            return answer
        else:
            desk.say("answer with one of the letters in brackets")


_YES_OR_NO: Mapping[str, Verdict] = {"accept": "accept", "reject": "reject"}
_VERDICTS: Mapping[str, Mapping[str, Verdict]] = {
    **dict.fromkeys(("link", "duplicate", "term"), _YES_OR_NO),
    "finding": {"waive": "waive"},
}


def _decision(item: Item, verdict: Verdict, why: str, desk: Desk) -> Decision:
    """Make the decision; whoever says no is asked why."""
    if verdict != "accept" and not why:
        why = desk.ask("why? ").strip()
    expires = _last_day(desk) if verdict == "waive" else None
    source = desk.glossary.get(item.source)
    return Decision(
        fingerprint=item.fingerprint,
        kind=item.kind,
        verdict=verdict,
        source=item.source,
        target=item.target,
        rule=item.rule,
        evidence=item.evidence,
        source_id=source_id(source) if source and item.kind == "link" else item.source_id,
        who=desk.who,
        when=desk.today,
        why=why,
        expires=expires,
    )


def _last_day(desk: Desk) -> date | None:
    while answer := desk.ask("until when (year-month-day; nothing: for good)? ").strip():
        try:
            return date.fromisoformat(answer)
        except ValueError:
            desk.say("write a date such as 2026-12-31")
    return None


def _shown(item: Item, place: str, glossary: Glossary) -> Iterator[str]:
    """Say what is suggested, why, and what both terms mean."""
    yield ""
    yield from _wrapped(f"{place}: {item.title}", "")
    for reason in item.reasons:
        yield from _wrapped(f"- {reason}", "  ")
    source = glossary.get(item.source)
    if source and item.source_id not in {"", source_id(source)}:
        yield from _wrapped(f"the texts of {source.name} changed since; here they are as they are now", "  ")
    for term in _terms(item, glossary):
        meaning = term.definition or "(no definition)"
        yield from _wrapped(f"{term.name}: {textwrap.shorten(meaning, _SHOWN, placeholder=' …')}", "  ")


def _more(item: Item, glossary: Glossary) -> Iterator[str]:
    """Say all that is known of both terms."""
    terms = list(_terms(item, glossary))
    for term in terms:
        yield from _wrapped(f"{term.name} ({term.slug}, {term.where})", "")
        for text in (term.definition, *term.explanation.split("\n\n")):
            yield from _wrapped(text, "  ") if text else ()
        linked = ", ".join(dict.fromkeys(link.target for link in term.related)) or "nothing"
        yield from _wrapped(f"links to {linked}", "  ")
    if not terms:
        yield "  the glossary that was read has neither term: name its files as SOURCE"


def _terms(item: Item, glossary: Glossary) -> Iterator[Term]:
    yield from (term for slug in (item.source, item.target) if (term := glossary.get(slug)))


def _wrapped(text: str, indent: str) -> list[str]:
    """Fit a text to the terminal, and make it harmless for it."""
    harmless = safe(" ".join(text.split()))
    deeper = f"{indent}  "
    return textwrap.wrap(harmless, _WIDTH, initial_indent=indent, subsequent_indent=deeper, break_on_hyphens=False)
