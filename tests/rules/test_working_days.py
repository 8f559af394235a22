"""Working days: weekends, holidays by law, Tết by the moon, compensation, swaps, and what is
left until a deadline.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.campaigns.workdays import known_changes, rules
from pledge_app.campaigns.working_days import Change, WorkCalendar, calendar_of, holidays

YEARS = range(2022, 2028)
CALENDAR = calendar_of(YEARS, rules(), known_changes())
D = date
DAYS = st.dates(D(2022, 6, 1), D(2027, 6, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [  # as officials rested, weekends at both ends included
        (D(2023, 1, 20), D(2023, 1, 26)),
        (D(2024, 2, 8), D(2024, 2, 14)),
        (D(2025, 1, 25), D(2025, 2, 2)),
        (D(2026, 2, 14), D(2026, 2, 22)),
        (D(2023, 4, 29), D(2023, 5, 3)),
        (D(2024, 4, 27), D(2024, 5, 1)),
        (D(2025, 4, 30), D(2025, 5, 4)),
        (D(2023, 9, 1), D(2023, 9, 4)),
        (D(2024, 8, 31), D(2024, 9, 3)),
        (D(2025, 8, 30), D(2025, 9, 2)),
        (D(2026, 8, 29), D(2026, 9, 2)),
        (D(2022, 4, 30), D(2022, 5, 3)),
    ],
)
def test_long_holidays_are_those_that_were_kept(first, last):
    off = [first + timedelta(n) for n in range((last - first).days + 1)]
    assert not [day for day in off if CALENDAR.is_working(day)]
    assert CALENDAR.is_working(last + timedelta(1)) and CALENDAR.is_working(first - timedelta(1))


def test_a_saturday_that_compensates_is_worked():
    assert CALENDAR.is_working(D(2026, 8, 22))
    assert not CALENDAR.is_working(D(2026, 8, 15))


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (D(2023, 3, 20), D(2023, 3, 20), 0),
        (D(2023, 3, 20), D(2023, 3, 24), 4),
        (D(2023, 3, 24), D(2023, 3, 26), 0),
        (D(2023, 3, 20), D(2023, 3, 26), 4),
        (D(2023, 1, 19), D(2023, 1, 24), 0),
        (D(2023, 1, 18), D(2023, 1, 26), 1),
        (D(2023, 3, 21), D(2023, 3, 20), -1),
        (D(2023, 3, 26), D(2023, 3, 25), -1),
        (D(2023, 1, 27), D(2023, 1, 19), -1),
        (D(2023, 3, 26), D(2023, 3, 26), 0),
    ],
)
def test_days_left_are_working_days_until_the_last_one_in_time(today, due, left):
    assert CALENDAR.days_left(today, due) == left


def test_a_deadline_in_tet_is_met_on_the_last_day_before():
    assert CALENDAR.last_before(D(2026, 2, 18)) == D(2026, 2, 13)


def test_what_an_administrator_adds_wins():
    made = calendar_of(
        [2026],
        rules(),
        [
            *known_changes(),
            Change(D(2026, 8, 31), True, "QĐ"),
            Change(D(2026, 11, 24), False, "QĐ"),
        ],
    )
    assert made.is_working(D(2026, 8, 31))
    assert not made.is_working(D(2026, 11, 24))


def test_a_year_beyond_the_lunar_calendar_still_has_its_fixed_days():
    assert D(2150, 5, 1) in holidays(2150, rules())


def test_every_year_has_its_days_off_on_working_days():
    for year in range(1990, 2090):
        expected = {11, 12} if year >= 2026 else {10, 11}
        assert sum(day.weekday() < 5 for day in holidays(year, rules())) in expected, year


def test_the_day_of_culture_is_off_from_2026() -> None:
    assert date(2026, 11, 24) in holidays(2026, rules())
    assert date(2025, 11, 24) not in holidays(2025, rules())


@given(DAYS, DAYS)
def test_the_later_the_deadline_the_more_is_left(today, due):
    assert CALENDAR.days_left(today, due) <= CALENDAR.days_left(today, due + timedelta(1))
    assert CALENDAR.is_working(CALENDAR.last_before(due))


def test_an_empty_calendar_knows_the_week():
    assert [WorkCalendar().is_working(D(2023, 3, 20 + n)) for n in range(7)] == [True] * 5 + [
        False
    ] * 2
