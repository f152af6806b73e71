"""Sentences that repeat from page to page with only the term replaced: they say nothing about the term."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from termatlas.model import Glossary, Term
from termatlas.suggest.names import names_of
from termatlas.suggest.texts import sentences as sentence_spans

GAP = "…"  #: stands in a template for the term
_END = "\0"  # of a sentence
_FEWEST_LETTERS = 16  #: of a template; "See above." may repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A sentence that several terms share but for their names."""

    template: str  #: folded, with `GAP` for the term
    terms: tuple[str, ...]  #: slugs, sorted
    example: str  #: the sentence of the first of them


def repeated_sentences(glossary: Glossary, *, at_least: int = 3) -> list[Repeated]:
    """List the sentences that stand in `at_least` terms with only the term's name replaced, the commonest first.

    >>> terms = [Term(slug=name, name=name, definition=f"{name} matters to every team today.") for name in "ABC"]
    >>> repeated_sentences(Glossary(terms=tuple(terms)))[0].template
    '… matters to every team today.'
    """
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for slug, sentences in _with_repeated(glossary, at_least).items():
        for sentence, template, repeats in sentences:
            if repeats:
                found[template].setdefault(slug, " ".join(sentence.split()))
    listed = [
        Repeated(template=template, terms=tuple(sorted(said)), example=said[min(said)])
        for template, said in found.items()
    ]
    return sorted(listed, key=lambda each: (-len(each.terms), each.template))


def own_texts(glossary: Glossary, *, at_least: int = 3) -> dict[str, str]:
    """Give each term's definition, explanation and answers as one text, without the sentences that repeat.

    >>> said = [Term(slug=name, name=name, definition=f"{name} matters to all. I am {name * 2}.") for name in "ABC"]
    >>> own_texts(Glossary(terms=tuple(said)))
    {'A': 'I am AA.', 'B': 'I am BB.', 'C': 'I am CC.'}
    """
    texts = {term.slug: text_of(term) for term in _first_of_each(glossary)}
    for slug, sentences in _with_repeated(glossary, at_least).items():
        texts[slug] = "".join(sentence for sentence, _, repeats in sentences if not repeats).strip()
    return texts


def text_of(term: Term) -> str:
    """Give all that a term's page says: definition, explanation and answers, with blank lines between."""
    said = (term.definition, term.explanation, *(question.answer for question in term.questions))
    return "\n\n".join(part.strip() for part in dict.fromkeys(said) if part.strip())


def _with_repeated(glossary: Glossary, at_least: int) -> dict[str, list[tuple[str, str, bool]]]:
    """Give the sentences, with their templates, of each term that has one that repeats, and which ones do."""
    counts = Counter(key for term in _first_of_each(glossary) for key in {*map(_key, _templates(term))})
    common = {key for key, count in counts.items() if count >= at_least} - {None}
    if not common:
        return {}
    found = {}
    for term in _first_of_each(glossary):
        templates = _templates(term)
        repeats = [_key(template) in common for template in templates]
        if any(repeats):
            found[term.slug] = list(zip(_sentences(text_of(term)), templates, repeats, strict=True))
    return found


def _first_of_each(glossary: Glossary) -> Iterator[Term]:
    """Yield the terms that define their slug."""
    return (term for term in glossary.terms if glossary[term.slug] is term)


def _sentences(text: str) -> list[str]:
    """Give the sentences, each with the white space after it: together they are the text."""
    starts = [start for start, _ in sentence_spans(text)]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _key(template: str) -> bytes | None:
    """Give a short key: the templates of a large glossary take as much memory as its texts."""
    if len(template) < _FEWEST_LETTERS:
        return None
    return blake2b(template.encode("utf-8", "surrogatepass"), digest_size=10).digest()


def _calls(term: Term) -> list[str]:
    """List what the term is called, folded, the longest first; the words of its slug are a name as well."""
    names = {" ".join(name.casefold().split()) for name in (*names_of(term), term.slug.replace("-", " "))}
    return sorted((name for name in names if name and _END not in name), key=lambda name: (-len(name), name))


def _templates(term: Term) -> list[str]:
    """Fold the sentences of a term and put `GAP` for each of its names that stands there as a word, in the plural too.

    >>> _templates(Term(slug="llm", name="LLM", definition="An LLM is one of  many LLMs. Lllm."))
    ['a … is one of many ….', 'lllm.']
    """
    sentences = (sentence.replace(_END, " ") for sentence in _sentences(text_of(term)))
    folded = " ".join(_END.join(sentences).casefold().split())
    for call in _calls(term):
        if call in folded:
            folded = _masked(folded, call)
    return [template.strip() for template in folded.replace(f"an {GAP}", f"a {GAP}").split(_END)]


def _masked(text: str, name: str) -> str:
    parts, start = [], 0
    while (place := text.find(name, start)) >= 0:
        end = _end_of_word(text, place + len(name))
        if end and not _joined(text[place - 1 : place], text[place]):
            parts += [text[start:place], GAP]
            start = end
        else:
            parts.append(text[start : place + 1])
            start = place + 1
    return "".join([*parts, text[start:]])


def _end_of_word(text: str, end: int) -> int:
    """Give where a word ends that a name is, or begins; 0 where it goes on otherwise than with a plural's ending."""
    for ending in ("", "s", "es"):
        stop = end + len(ending)
        if text.startswith(ending, end) and not _joined(text[stop - 1], text[stop : stop + 1]):
            return stop
    return 0


def _joined(before: str, after: str) -> bool:
    """Tell whether two characters belong to one word; scripts without spaces have no such words."""
    return before.isalnum() and after.isalnum() and not (_unspaced(before) or _unspaced(after))


def _unspaced(sign: str) -> bool:
    return sign > "\u0dff" and ("\u0e00" <= sign <= "\u109f" or "\u1780" <= sign <= "\u17ff" or sign >= "\u2e80")
