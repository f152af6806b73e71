"""The codes of the explorer's data lose nothing that is shown."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given, settings, strategies

from termatlas.explorer.base91 import from_base91, to_base91
from termatlas.explorer.densecodes import decode, encode, fold, unfold
from termatlas.explorer.measurecodes import measure_columns


@settings(deadline=None)
@given(strategies.lists(strategies.text('ab 1n\\u\n\t\x1b".,é\u2028\U0001f9e0', max_size=40), min_size=1))
def test_dense_codes_lose_nothing(texts: list[str]) -> None:
    written = [json.dumps(text, ensure_ascii=False) for text in texts]
    words, codes = encode(written)
    assert [decode(code, words) for code in codes] == written


SHOWN_DIGITS = strategies.one_of(
    strategies.integers(0, 2_000).map(float),
    strategies.sampled_from([0.0625, 0.03125, 1.125, 0.9995, 1e-30, 1.4e-45, 12345.5]),
    strategies.floats(0, 2, width=32),
    strategies.floats(0.125, 0.126953125, width=32),
)


@settings(deadline=None)
@given(strategies.lists(SHOWN_DIGITS, min_size=1))
def test_measures_keep_their_order_and_the_digits_that_are_shown(numbers: list[float]) -> None:
    values = np.array(numbers, np.float32)
    places, steps = measure_columns("core", values).values()
    found = np.cumsum(steps, dtype=np.uint32).view(np.float32)[places]
    order = np.unique(values, return_inverse=True)[1].tolist()
    assert np.unique(found, return_inverse=True)[1].tolist() == order
    assert [shown(each) for each in found.tolist()] == [shown(each) for each in values.tolist()]


def shown(value: float) -> str:
    """Write a number as `words.js` does."""
    if value.is_integer():
        return f"{value:.0f}"
    exact = Decimal(value)
    return f"{exact.quantize(Decimal((0, (1,), exact.adjusted() - 2)), ROUND_HALF_UP):f}".rstrip("0")


@settings(deadline=None)
@given(strategies.binary(max_size=80))
def test_signs_lose_nothing(data: bytes) -> None:
    text = to_base91(data)
    assert from_base91(text) == data
    assert len(text) == -(-8 * len(data) // 13) * 2 - (0 < 8 * len(data) % 13 <= 6)


@settings(deadline=None)
@given(strategies.lists(strategies.text("abé\U0001f9e0\U0001f9e1", max_size=120)))
def test_folded_words_lose_nothing(words: list[str]) -> None:
    assert unfold(fold(words)) == words
