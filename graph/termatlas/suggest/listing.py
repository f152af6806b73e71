"""Suggestions as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from textwrap import fill

from termatlas.model import Glossary
from termatlas.suggest.budget import Budgeted
from termatlas.suggest.duplicates import Duplicate
from termatlas.suggest.metrics import Interval
from termatlas.suggest.model import Suggestion
from termatlas.suggest.score import Score
from termatlas.suggest.terms import MissingTerm
from termatlas.terminal import cell, safe

Mark = Callable[[str], str]

_WIDTH = 100
_AROUND = 90  # signs of a sentence that are shown on either side
_MEANING = (
    "A probability of 30 % means: had the glossary lost 15 % of its links, then of a hundred such suggestions thirty "
    "would bring a lost link back. Good links that nobody ever made count as errors in it, so it is rather too low."
)
_KINDS = {
    "merge": "Two pages on one thing? Merge them.",
    "alias": "One page names the other as its own name: an alias, or a page to merge?",
    "confusable": "One name, two things: say on both pages which one is meant.",
}


def pointed(text: str) -> str:
    """Mark a mention where there is no bold type."""
    return f"«{text}»"


def links_listing(found: Sequence[Suggestion], glossary: Glossary, mark: Mark = pointed, rejected: int = 0) -> str:
    """Lay suggested links out by source, the source with the most probable one first."""
    order = {each.source: place for place, each in reversed(list(enumerate(found)))}
    grouped = groupby(sorted(found, key=lambda each: order[each.source]), lambda each: each.source)
    blocks = ["\n".join(_source_lines(source, each, glossary, mark)) for source, each in grouped]
    return "\n\n".join([*blocks, _summary(len(found), rejected)])


def _source_lines(source: str, found: Iterator[Suggestion], glossary: Glossary, mark: Mark) -> Iterator[str]:
    yield _called(glossary, source)
    for each in found:
        main = each.reasons[0].message if each.reasons else "no reason is given"
        yield f"  {_percent(each.probability):>4} → {_called(glossary, each.target)}: {safe(main)}"
        for reason in each.reasons:
            if reason.sentence:
                if reason.message != main:
                    yield f"         {safe(reason.message)}"
                yield f"         {quoted(reason.sentence, reason.start, reason.end, mark)}"
                break


def _percent(probability: float) -> str:
    """Give a probability in percent; what is all but certain is not called certain."""
    return ">99%" if probability > 0.99 else f"{probability:.0%}"


def _summary(count: int, rejected: int) -> str:
    left = f" {cell(rejected)} left out because they were rejected before." if rejected else ""
    if not count:
        return f"No link is suggested.{left} --min-probability 0.1 asks for less certain ones."
    return fill(f"{cell(count)} suggested link{'s' * (count != 1)}.{left} {_MEANING}", _WIDTH)


def _called(glossary: Glossary, slug: str) -> str:
    term = glossary.get(slug)
    return safe(f"{term.name} ({slug})" if term and term.name else slug)


def quoted(sentence: str, start: int, end: int, mark: Mark = pointed) -> str:
    r"""Show a sentence with a part of it marked, cut where it is long, harmless to a terminal.

    >>> quoted("A \x1b graph has nodes.", 4, 9)
    'A \\x1b «graph» has nodes.'
    """
    before, after = sentence[:start], sentence[end:]
    before = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    after = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    return f"{safe(before)}{mark(safe(sentence[start:end]))}{safe(after)}"


def budget_listing(found: Budgeted) -> str:
    """Say what the chosen links repair."""
    before, after = asdict(found.before), asdict(found.after)
    changes = ", ".join(f"{name.replace('_', ' ')} {cell(before[name])} → {cell(after[name])}" for name in before)
    return f"Counted without and with them: {changes}."


def terms_listing(found: Sequence[MissingTerm], mark: Mark = pointed) -> str:
    """Lay missing terms out, wanted ones first."""
    blocks = ["\n".join(_term_lines(term, mark)) for term in found]
    wanted = sum(term.wanted for term in found)
    phrases = len(found) - wanted
    total = (
        f"{cell(wanted)} wanted term{'s' * (wanted != 1)}, {cell(phrases)} phrase{'s' * (phrases != 1)} of the texts, "
        "the likeliest first."
    )
    return "\n\n".join([*blocks, total if found else "No term is missing that a link wants or the texts repeat."])


def _term_lines(term: MissingTerm, mark: Mark) -> Iterator[str]:
    wanted = f"{cell(term.wanted_by)} link{'s' * (term.wanted_by != 1)}, " if term.wanted else ""
    yield f"{safe(term.name)}: {wanted}{cell(term.texts)} text{'s' * (term.texts != 1)}"
    if term.same_as:
        yield f"  perhaps {safe(term.same_as)} is meant, which has this name"
    about = (
        f"category {term.category}" if term.category else "",
        f"near {', '.join(term.nearest)}" if term.nearest else "",
    )
    if any(about):
        yield f"  {safe('; '.join(filter(None, about)))}"
    for said in term.sentences:
        yield f"  {safe(said.term)}: {quoted(said.sentence, said.start, said.end, mark)}"


def duplicates_listing(found: Sequence[Duplicate], glossary: Glossary, mark: Mark = pointed) -> str:
    """Lay terms that may be one out by what is to be done."""
    blocks = []
    for kind, advice in _KINDS.items():
        some = [each for each in found if each.kind == kind]
        if some:
            blocks.append("\n".join([f"{advice} ({cell(len(some))})", *_pair_lines(some, glossary, mark)]))
    counts = (
        f"{cell(len(found))} pair{'s' * (len(found) != 1)}; nothing is merged by itself. The score is no probability."
    )
    return "\n\n".join([*blocks, counts if found else "No two terms look like one."])


def _pair_lines(found: Sequence[Duplicate], glossary: Glossary, mark: Mark) -> Iterator[str]:
    for each in found:
        yield f"  {each.score:.2f} {_called(glossary, each.first)} = {_called(glossary, each.second)}"
        if each.cluster:
            yield f"       one of {cell(len(each.cluster))} terms that such pairs join: likelier a mistake"
        for reason in each.reasons:
            said = f": {quoted(reason.sentence, reason.start, reason.end, mark)}" if reason.sentence else ""
            yield f"       {safe(reason.message)}{said}"


def score_cells(score: Score) -> list[dict[str, object]]:
    """Give a score as a table for people: each measure with half the width of its interval."""
    return [
        {"links": row.regime, "ranked by": row.model, "n": row.links}
        | {name.replace("_", "@") if name != "mrr" else "MRR": _interval(each) for name, each in row.measures.items()}
        for row in score.rows
    ]


def _interval(interval: Interval) -> str:
    return f"{interval.value:.3f} ± {(interval.high - interval.low) / 2:.3f}"


def score_notes(score: Score) -> str:
    """Say what was hidden, how sure the probabilities are, and what the columns mean."""
    errors = ", ".join(f"{regime} {error:.3f}" for regime, error in score.calibration_error.items())
    weights = {"learned": "learned from this glossary", "logistic": "learned from this glossary", "fixed": "fixed"}
    lines = [
        f"Hidden: {cell(score.hidden_links)} of {cell(score.links)} links; and, apart from that, all links of "
        f"{cell(score.hidden_terms)} of {cell(score.terms)} terms. The weights are {weights[score.model]}.",
        "MRR: mean of one over the place of a hidden link's target among all terms. hits@5, hits@10: share of hidden "
        "links among the first so many; recall@20, p@1: of a term's hidden links, those among the first 20; how often "
        "the first suggestion is one. ±: half of the 95 % interval.",
        f"Calibration error (how far probabilities and what came true lie apart): {errors}." if errors else "",
        f"Mind: {score.note}." if score.note else "",
    ]
    return "\n".join(fill(line, _WIDTH) for line in lines if line)
