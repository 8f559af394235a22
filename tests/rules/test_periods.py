"""Periods by the calendar, and their codes in addresses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.campaigns.periods import (
    IN_A_YEAR,
    PeriodKind,
    code,
    months_of,
    numbers_of,
    read_code,
    usual_bounds,
)
from pledge_app.kernel.roman import roman

years = st.integers(min_value=1990, max_value=2100)
keys = st.sampled_from([(kind, number) for kind in PeriodKind for number in numbers_of(kind)])


@given(years, st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF]))
def test_the_periods_of_a_kind_fill_the_year_without_gap(year: int, kind: PeriodKind) -> None:
    bounds = [usual_bounds(year, kind, number) for number in numbers_of(kind)]
    assert bounds[0][0] == date(year, 1, 1)
    assert bounds[-1][1] == date(year, 12, 31)
    for (_first, last), (following, _last) in zip(bounds, bounds[1:], strict=False):
        assert last + timedelta(days=1) == following


def test_nine_months_and_the_year_begin_with_the_year() -> None:
    assert usual_bounds(2023, PeriodKind.NINE_MONTHS, 1) == (date(2023, 1, 1), date(2023, 9, 30))
    assert usual_bounds(2023, PeriodKind.YEAR, 1) == (date(2023, 1, 1), date(2023, 12, 31))


@given(keys)
def test_december_is_a_month_of_what_ends_with_the_year(key: tuple[PeriodKind, int]) -> None:
    _first, last = usual_bounds(2023, *key)
    assert (12 in months_of(*key)) == (last == date(2023, 12, 31))


@given(keys)
def test_a_code_reads_back(key: tuple[PeriodKind, int]) -> None:
    assert read_code(code(*key)) == key


@pytest.mark.parametrize(
    "text", ["", "quy", "quy-0", "quy-5", "quy-01", "thang-13", "nam-2", "quy-١", "1"]
)
def test_rubbish_names_no_period(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_there_is_no_period_before_the_first_or_after_the_last(kind: PeriodKind) -> None:
    for number in (0, IN_A_YEAR[kind] + 1):
        with pytest.raises(ValueError):
            usual_bounds(2023, kind, number)


def test_roman_numerals() -> None:
    numbers = (0, 1, 4, 9, 14, 40, 90, 400, 1994, 2023)
    assert [roman(number) for number in numbers] == [
        "",
        "I",
        "IV",
        "IX",
        "XIV",
        "XL",
        "XC",
        "CD",
        "MCMXCIV",
        "MMXXIII",
    ]
