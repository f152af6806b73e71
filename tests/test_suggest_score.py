"""The proof: hidden links stay hidden, and what is measured is measured rightly."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

import termatlas as ta
from termatlas.build import build
from termatlas.errors import SourceError
from termatlas.model import Glossary, Reference, Term
from termatlas.suggest import folds, metrics
from termatlas.suggest.baselines import BASELINES
from termatlas.suggest.calibration import Curve, calibration_error, fit_curve
from termatlas.suggest.corpus import Bools, Corpus, corpus_for
from termatlas.suggest.folds import propose, state_of
from termatlas.suggest.hiding import hide_links, hide_terms
from termatlas.suggest.metrics import Interval, measures_of, ranks_by, ranks_of
from termatlas.suggest.score import BLEND, Score, score
from termatlas.suggest.splits import random_split, read_split
from termatlas.suggest.textsignals import text_signals
from termatlas.suggest.training import train

sys.path.append(str(Path(__file__).parent / "bench"))
import generate_mentions


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    path = tmp_path_factory.mktemp("glossary") / "terms.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in generate_mentions.terms(80)), encoding="utf-8")
    return ta.read(path)


@pytest.fixture(scope="module")
def corpus(glossary: Glossary) -> Corpus:
    return corpus_for(glossary, build(glossary))


@pytest.fixture(scope="module")
def scored(glossary: Glossary) -> Score:
    return score(glossary, build(glossary))


def value(found: Score, regime: str, model: str, measure: str = "mrr") -> float:
    (row,) = (row for row in found.rows if (row.regime, row.model) == (regime, model))
    return row.measures[measure].value


def shuffled(corpus: Corpus, hidden: Bools) -> Corpus:
    """Let the hidden links lead anywhere: none to where it led."""
    targets = corpus.targets.copy()
    targets[hidden] = (targets[hidden] + np.random.default_rng(5).integers(1, len(corpus), hidden.sum())) % len(corpus)
    return replace(corpus, targets=targets)


def test_no_hidden_link_leaks_into_a_feature_or_a_weight(corpus: Corpus) -> None:
    everything = np.ones(len(corpus.sources), np.bool_)
    hidden = hide_links(everything, np.random.default_rng(3))
    seen = []
    for each in (corpus, shuffled(corpus, hidden)):
        text = text_signals(each)
        state = state_of(text, ~hidden)
        parts = [propose(state, np.arange(len(each)), direction) for direction in ("out", "in")]
        rankers = train(text, ~hidden)
        scores = [rankers["linked"].score(part.features) for part in parts]
        seen.append([array.tobytes() for part in parts for array in (part.source, part.target, part.features)])
        seen[-1] += [array.tobytes() for array in scores]
    assert seen[0] == seen[1]


def test_a_visible_link_does_change_the_features(corpus: Corpus) -> None:
    """The test above could otherwise pass with features that read no links at all."""
    text = text_signals(corpus)
    everything = np.ones(len(corpus.sources), np.bool_)
    hidden = hide_links(everything, np.random.default_rng(3))
    rows = np.arange(len(corpus))
    assert not np.array_equal(
        propose(state_of(text, everything), rows, "out").features,
        propose(state_of(text, ~hidden), rows, "out").features,
    )


def test_shuffled_hidden_links_are_not_found(glossary: Glossary, corpus: Corpus, scored: Score, tmp_path: Path) -> None:
    split = random_split(corpus, 42)
    moved = shuffled(corpus, split.links)
    wrong = {(corpus.slugs[s], corpus.slugs[t]) for s, t in zip(moved.sources, moved.targets, strict=True)}
    terms = tuple(
        replace(term, related=tuple(Reference(written=t, target=t) for s, t in sorted(wrong) if s == term.slug))
        for term in glossary.terms
    )
    other = replace(glossary, terms=terms)
    hidden = [
        [corpus.slugs[s], corpus.slugs[t]]
        for s, t in zip(moved.sources[split.links], moved.targets[split.links], strict=True)
        if s != t
    ]
    path = tmp_path / "split.json"
    path.write_text(json.dumps({"warm_hidden": hidden, "cold_terms": [corpus.slugs[0]]}), encoding="utf-8")
    assert value(score(other, build(other), split=path), "all", BLEND) < 0.5 * value(scored, "all", BLEND)


def test_the_blend_beats_every_baseline_where_there_is_something_to_learn(scored: Score) -> None:
    assert all(value(scored, "all", BLEND) > value(scored, "all", name) for name in BASELINES)
    assert value(scored, "orphans, outgoing", BLEND) > value(scored, "orphans, outgoing", "random") * 3
    assert value(scored, "orphans, incoming", BLEND) > value(scored, "orphans, incoming", "random") * 3


def test_every_model_is_measured_on_every_kind_of_link(scored: Score) -> None:
    kinds = {"all", "mentioned", "not mentioned", "orphans, outgoing", "orphans, incoming"}
    assert {(row.regime, row.model) for row in scored.rows} == {(k, m) for k in kinds for m in (BLEND, *BASELINES)}
    for row in scored.rows:
        assert all(0 <= each.low <= each.value <= each.high <= 1 or row.links == 0 for each in row.measures.values())
    assert {*scored.calibration_error} == {"all", "orphans, outgoing", "orphans, incoming"}


def test_the_same_seed_gives_the_same_score(glossary: Glossary, scored: Score) -> None:
    assert score(glossary, build(glossary)) == scored


def test_too_few_links_are_called_too_few() -> None:
    few = Glossary(
        terms=(Term(slug="a", name="A", related=(Reference(written="b", target="b"),)), Term(slug="b", name="B"))
    )
    found = score(few, build(few))
    assert found.rows == ()
    assert found.note == "the glossary has 1 links: too few to hide any and say something; 30 are the least"


def matrix(*rows: list[float]) -> csr_matrix:
    return csr_matrix(np.array(rows))


def test_ranks_leave_out_what_is_linked_and_other_hidden_links() -> None:
    scores = matrix([0, 9, 8, 7, 6, 0])  # of term 0: 1 is linked, 2 and 4 are hidden
    found = ranks_of(scores, matrix([0, 1, 0, 0, 0, 0]), matrix([0, 0, 1, 0, 1, 0]), np.array([0]))
    assert found.filtered.tolist() == [1, 2]
    assert found.unfiltered.tolist() == [1, 3]
    assert found.top.tolist() == [1]


def test_equal_scores_take_the_mean_place() -> None:
    found = ranks_of(matrix([0, 0, 0, 0]), matrix([0, 0, 0, 0]), matrix([0, 1, 0, 0]), np.array([0]))
    assert found.filtered.tolist() == [2]
    assert found.top.tolist() == pytest.approx([1 / 3])


def test_ranks_of_a_few_rows_at_a_time_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(0)
    scores, linked, hidden = (
        csr_matrix(chance.random((7, 7)).round(1) * (chance.random((7, 7)) < p)) for p in (1, 0.2, 0.3)
    )
    rows = np.arange(7)
    whole = ranks_of(scores, linked, hidden, rows)
    monkeypatch.setattr(metrics, "_TABLE", 14)
    parts = ranks_by(lambda some: scores[some], linked, hidden, rows)
    for name in ("group", "other", "filtered", "unfiltered", "top"):
        assert getattr(parts, name).tolist() == getattr(whole, name).tolist()


def test_no_link_is_hidden_in_two_folds(corpus: Corpus) -> None:
    everything = np.ones(len(corpus.sources), np.bool_)
    found = [fold.hidden for fold in folds._link_folds(corpus, everything, np.random.default_rng(1))]
    assert len(found) > 2
    assert np.sum(found, axis=0).max() == 1


def test_measures_of_known_ranks() -> None:
    scores, hidden = matrix([0, 3, 2, 1], [1, 0, 3, 2]), matrix([0, 1, 0, 0], [1, 0, 0, 0])
    found = measures_of(ranks_of(scores, matrix([0] * 4, [0] * 4), hidden, np.array([0, 1])), np.ones(2, np.bool_))
    assert found["mrr"].value == pytest.approx((1 + 1 / 3) / 2, abs=1e-4)
    assert (found["hits_5"].value, found["recall_20"].value, found["p_1"].value) == (1, 1, 0.5)
    assert found["mrr"] == Interval(value=0.6667, low=0.3333, high=1.0)


def test_hidden_terms_lose_all_links(corpus: Corpus) -> None:
    everything = np.ones(len(corpus.sources), np.bool_)
    hidden, terms = hide_terms(corpus, everything, np.random.default_rng(1))
    assert state_of(text_signals(corpus), ~hidden).links.isolated[terms].all()
    assert len(terms) == round(0.1 * len(np.union1d(corpus.sources, corpus.targets)))


@pytest.mark.parametrize("positives", [200, 2_000])
def test_curves_are_calibrated(positives: int) -> None:
    chance = np.random.default_rng(0)
    odds = chance.normal(-1, 2, positives * 3)
    is_link = chance.random(len(odds)) < 1 / (1 + np.exp(-odds))
    curve = fit_curve(odds * 3, is_link, np.ones(len(odds)))
    fresh = chance.normal(-1, 2, 20_000)
    told = curve(fresh * 3)
    assert calibration_error(told, chance.random(len(fresh)) < 1 / (1 + np.exp(-fresh))) < 0.04
    assert (np.diff(curve(np.linspace(-20, 20, 50))) >= 0).all()


def test_calibration_error_of_a_liar() -> None:
    assert calibration_error(np.full(100, 0.9), np.zeros(100)) == pytest.approx(0.9)
    assert Curve(scores=np.array([0.0]), probabilities=np.array([0.5]))(np.array([3.0])).tolist() == [0.5]


def test_a_split_is_read(corpus: Corpus, tmp_path: Path) -> None:
    link = [corpus.slugs[corpus.sources[0]], corpus.slugs[corpus.targets[0]]]
    path = tmp_path / "split.json"
    path.write_text(json.dumps({"warm_hidden": [link], "cold_terms": [corpus.slugs[5]]}), encoding="utf-8")
    split = read_split(path, corpus)
    assert np.flatnonzero(split.links).tolist() == [0]
    assert split.terms.tolist() == [5]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "it is not JSON in UTF-8"),
        ("[]", "it is not an object"),
        ('{"warm_hidden": 1}', '"warm_hidden" is not a list'),
        ('{"warm_hidden": [["a"]]}', r"\['a'\] is not a pair of slugs"),
        ('{"cold_terms": ["nothing"]}', 'the glossary has no term "nothing"'),
    ],
)
def test_a_wrong_split_is_refused(corpus: Corpus, tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "split.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=problem):
        read_split(path, corpus)


def test_a_split_of_another_glossary_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "split.json"
    path.write_text(json.dumps({"warm_hidden": [[corpus.slugs[0], corpus.slugs[0]]]}), encoding="utf-8")
    with pytest.raises(SourceError, match=f'there is no link from "{corpus.slugs[0]}" to "{corpus.slugs[0]}"'):
        read_split(path, corpus)


def test_a_missing_split_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"the split cannot be read \(No such file or directory\)"):
        read_split(tmp_path / "none.json", corpus)
