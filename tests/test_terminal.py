"""What a terminal or a pipe is given."""

from __future__ import annotations

import csv
import io
import json

from termatlas.terminal import as_csv, as_rows, as_table, cell, safe


def test_control_and_direction_characters_are_shown_not_sent() -> None:
    assert safe("\x1b[2J\u202eevil\x07") == "\\x1b[2J\\u202eevil\\x07"
    assert safe("naïve 注意") == "naïve 注意"


def test_numbers_have_separators_and_flush_right() -> None:
    table = as_table([{"n": 1200, "name": "a"}, {"n": 3, "name": "b"}])
    assert table.splitlines()[2:] == ["1,200  a", "    3  b"]
    assert cell(0.123456) == "0.1235"
    assert cell(True) == "yes"


def test_a_long_text_is_cut_in_tables_and_whole_elsewhere() -> None:
    row = {"text": "x" * 5000, "last": "y" * 100}
    assert as_table([row]).splitlines()[2] == f"{'x' * 59}…  {'y' * 100}"
    assert "x" * 5000 in as_rows([row], "csv")
    assert json.loads(as_rows([row], "json")) == [row]


def test_a_formula_is_text_in_csv() -> None:
    text = as_csv([{"name": "=1+1", "value": -1.5}, {"name": "@x", "value": 2}])
    assert list(csv.reader(io.StringIO(text)))[1:] == [["'=1+1", "-1.5"], ["'@x", "2"]]


def test_no_rows_are_an_empty_text_or_list() -> None:
    assert (as_rows([], "table"), as_rows([], "csv"), as_rows([], "json")) == ("", "", "[]")
