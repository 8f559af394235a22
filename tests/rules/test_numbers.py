"""Numbers as people type them: understood exactly, or refused with a reason; never guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.kernel.numbers import TYPED, NumberProblem, format_number, parse_number

exact = st.integers(-(10**16) + 1, 10**16 - 1).map(lambda n: Decimal(n) / 10_000)


@given(exact)
def test_what_is_shown_is_understood_again(value):
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("-0", "0"),
        ("-5,5", "-5.5"),
        ("0", "0"),
        ("  12 ", "12"),
        ("1.234", "1234"),
        ("0,0001", "0.0001"),
        ("999999999999", "999999999999"),
    ],
)
def test_usual_spellings_are_understood(typed, value):
    assert parse_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_blank_is_not_zero(typed):
    assert parse_number(typed) is None
    assert format_number(None) == ""


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1.5", "point"),
        ("1,23456", "places"),
        ("9" * 30, "long"),
        ("1" + ".000" * 5, "long"),
        ("١", "shape"),
        ("１２", "shape"),
        ("1e9", "shape"),
        ("NaN", "shape"),
        ("Infinity", "shape"),
        ("1_000", "shape"),
        ("--1", "shape"),
        ("1,2,3", "shape"),
        ("=1+1", "shape"),
        ("mười", "shape"),
    ],
)
def test_everything_else_is_refused_with_a_reason(typed, reason):
    with pytest.raises(NumberProblem) as refused:
        parse_number(typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.5", "1,5"),
        ("0.500", "0,5"),
        ("-0.125", "-0,125"),
        ("0.5", "0,5"),
        ("1234.50", "1.234,5"),
        ("0.0", "0"),
    ],
)
def test_a_point_for_a_comma_is_asked_back(typed, meant):
    with pytest.raises(NumberProblem) as refused:
        parse_number(typed)
    assert (refused.value.reason, refused.value.suggestion) == ("point", meant)


def test_the_browser_reads_numbers_by_the_same_rule():
    script = (Path(__file__).parents[2] / "static/js/grid/numbers.js").read_text(encoding="utf-8")
    assert f"/{TYPED.pattern}/" in script


@given(st.text(max_size=40))
def test_no_text_does_anything_else_than_be_a_number_or_be_refused(typed):
    try:
        value = parse_number(typed)
    except NumberProblem:
        return
    assert value is None or (value.is_finite() and abs(value) < 10**12)
