"""Progress: the year so far, attainment, due dates."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.criteria.kinds import Cadence, Direction, is_as_good, is_worse
from pledge_app.progress.rules import (
    Pace,
    ReportPhase,
    asks_for_a_figure,
    attainment,
    cumulative,
    is_late,
    opens_on,
    pace,
    plan_to_date,
    report_phase,
    shown_percent,
)

amounts = st.decimals(min_value=-(10**6), max_value=10**12, places=4)
figures = st.lists(st.none() | amounts, min_size=4, max_size=4)
ways = st.sampled_from(Direction)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2023, 12, 31))


@given(goal=amounts, a=amounts, b=amounts, way=ways)
def test_doing_better_never_scores_less(goal: D, a: D, b: D, way: Direction) -> None:
    if is_worse(a, b, way):
        a, b = b, a
    better, worse = attainment(goal, a, way), attainment(goal, b, way)
    assert better is not None
    assert worse is not None
    if way is Direction.KEEP_ZERO and a < 0:
        return  # a count cannot be negative
    assert better >= worse >= 0


@given(goal=amounts, a=amounts, way=ways)
def test_a_hundred_per_cent_means_reached(goal: D, a: D, way: Direction) -> None:
    percent = attainment(goal, a, way)
    if way is Direction.YES_NO and goal == 0:
        assert percent is None, "nothing was promised"
        return
    assert percent is not None
    assert (percent >= 100) == is_as_good(a, goal, way)


@pytest.mark.parametrize(
    ("goal", "actual", "way", "percent"),
    [
        (D(4), D(3), Direction.HIGHER, D(75)),
        (D(4), D(5), Direction.HIGHER, D(125)),
        (D(0), D(0), Direction.HIGHER, D(100)),
        (D(3), D(0), Direction.HIGHER, D(0)),
        (D(2), D(4), Direction.LOWER, D(50)),
        (D(2), D(0), Direction.LOWER, D(100)),
        (D(0), D(1), Direction.LOWER, D(0)),
        (D(0), D(0), Direction.KEEP_ZERO, D(100)),
        (D(0), D(1), Direction.KEEP_ZERO, D(0)),
        (D(1), D(1), Direction.YES_NO, D(100)),
        (D(1), D(0), Direction.YES_NO, D(0)),
        (D(0), D(0), Direction.YES_NO, None),
        (D(0), D(1), Direction.YES_NO, None),
    ],
)
def test_attainment_of_known_cases(goal: D, actual: D, way: Direction, percent: D) -> None:
    assert attainment(goal, actual, way) == percent


def test_blank_is_not_zero() -> None:
    assert attainment(None, D(1), Direction.HIGHER) is None
    assert attainment(D(1), None, Direction.HIGHER) is None
    assert not is_as_good(D(1), None, Direction.HIGHER)
    assert not is_as_good(None, D(0), Direction.KEEP_ZERO)
    assert cumulative([None, None, D(0), None], Cadence.CUMULATIVE) == (None, None, D(0), D(0))
    assert cumulative([], Cadence.STATE) == ()


def test_percentages_are_rounded_half_up_for_display_only() -> None:
    assert shown_percent(attainment(D(3), D(2), Direction.HIGHER)) == D("66.7")
    assert shown_percent(D("12.25")) == D("12.3")
    assert shown_percent(None) is None


@given(figures)
def test_a_cumulative_year_is_the_sum_of_what_was_given(values: list[D | None]) -> None:
    given_ones = [v for v in values if v is not None]
    last = cumulative(values, Cadence.CUMULATIVE)[-1]
    assert last == (sum(given_ones, D(0)) if given_ones else None)


@given(figures)
def test_a_state_year_is_the_last_figure_given(values: list[D | None]) -> None:
    given_ones = [v for v in values if v is not None]
    assert cumulative(values, Cadence.STATE)[-1] == (given_ones[-1] if given_ones else None)


@given(figures, st.sampled_from(list(Cadence)))
def test_figures_that_are_the_year_so_far_are_not_added(
    values: list[D | None], cadence: Cadence
) -> None:
    given_ones = [v for v in values if v is not None]
    last = cumulative(values, cadence, adds_up=False)[-1]
    assert last == (given_ones[-1] if given_ones else None)


def test_what_was_not_sent_or_has_no_due_day_is_not_late() -> None:
    assert not is_late(None, date(2023, 3, 25))
    assert not is_late(date(2023, 3, 26), None)


DUE = date(2023, 3, 25)
OPENS = opens_on(DUE, 15)


@pytest.mark.parametrize(
    ("today", "sent", "phase"),
    [
        (date(2023, 3, 9), None, ReportPhase.NOT_DUE),
        (date(2023, 3, 10), None, ReportPhase.OPEN),
        (date(2023, 3, 19), None, ReportPhase.OPEN),
        (date(2023, 3, 20), None, ReportPhase.DUE_SOON),
        (DUE, None, ReportPhase.DUE_SOON),
        (date(2023, 3, 26), None, ReportPhase.OVERDUE),
        (date(2023, 4, 1), DUE, ReportPhase.SUBMITTED),
        (date(2023, 4, 1), date(2023, 3, 26), ReportPhase.SUBMITTED_LATE),
    ],
)
def test_phases_of_a_report(today: date, sent: date | None, phase: ReportPhase) -> None:
    assert report_phase(today, OPENS, DUE, sent) == phase


@given(days, days)
def test_a_report_only_moves_forward_while_time_passes(today: date, due: date) -> None:
    order = [ReportPhase.NOT_DUE, ReportPhase.OPEN, ReportPhase.DUE_SOON, ReportPhase.OVERDUE]
    now, later = (
        report_phase(d, opens_on(due, 15), due) for d in (today, today + timedelta(days=1))
    )
    assert order.index(now) <= order.index(later)


@given(days, days)
def test_late_is_after_the_due_day(sent: date, due: date) -> None:
    assert (
        is_late(sent, due)
        == (sent > due)
        == (report_phase(sent, None, due, sent) == "submitted_late")
    )
    assert not is_late(None, due)
    assert not is_late(sent, None)


@given(days, days, st.times(), st.times())
def test_the_hour_counts_on_the_due_day_only(sent: date, due: date, at: time, hour: time) -> None:
    assert is_late(sent, due, at, hour) == ((sent > due) if sent != due else at > hour)
    assert is_late(sent, due, at, None) == (sent > due)


def test_a_report_without_a_due_day_is_open() -> None:
    assert report_phase(DUE, None, None) == ReportPhase.OPEN


quarters = st.dictionaries(st.sampled_from([3, 6, 9, 12]), st.decimals(0, 10**9, places=4))
months = st.integers(1, 12)
cadences = st.sampled_from(Cadence)


@given(goal=st.none() | amounts, split=quarters, cadence=cadences, way=ways)
def test_at_the_end_of_the_year_the_plan_is_the_goal_of_the_year(goal, split, cadence, way) -> None:
    assert plan_to_date(12, goal, split, cadence, way) == goal


@given(goal=amounts, split=quarters, month=months, way=ways)
def test_what_was_planned_by_now_never_falls_as_the_year_goes_on(goal, split, month, way) -> None:
    whole = sum(split.values(), D(0))
    plans = [plan_to_date(at, whole, split, Cadence.CUMULATIVE, way) for at in range(1, 13)]
    known = [plan for plan in plans if plan is not None]
    assert known == sorted(known)
    assert plan_to_date(month, goal, {}, Cadence.CUMULATIVE, Direction.KEEP_ZERO) == goal


@given(split=quarters, month=st.integers(1, 11), way=st.sampled_from(Direction))
def test_nothing_is_planned_before_the_first_goal_of_a_period(split, month, way) -> None:
    if way is Direction.KEEP_ZERO:
        return
    for cadence in Cadence:
        plan = plan_to_date(month, D(7), split, cadence, way)
        assert (plan is None) == all(last > month for last in split)


@pytest.mark.parametrize(
    ("month", "cadence", "plan"),
    [
        (2, Cadence.CUMULATIVE, None),
        (3, Cadence.CUMULATIVE, D(1)),
        (5, Cadence.CUMULATIVE, D(1)),
        (6, Cadence.CUMULATIVE, D(3)),
        (9, Cadence.CUMULATIVE, D(6)),
        (3, Cadence.STATE, D(1)),
        (6, Cadence.STATE, D(2)),
        (11, Cadence.STATE, D(3)),
        (12, Cadence.STATE, D(10)),
    ],
)
def test_goals_of_periods_add_up_or_the_newest_holds(month, cadence, plan) -> None:
    split = {3: D(1), 6: D(2), 9: D(3), 12: D(4)}
    assert plan_to_date(month, D(10), split, cadence, Direction.HIGHER) == plan


@given(plan=amounts, a=amounts, b=amounts, way=ways)
def test_doing_better_never_falls_behind(plan: D, a: D, b: D, way: Direction) -> None:
    if is_worse(a, b, way):
        a, b = b, a
    order = [Pace.BEHIND, Pace.ON_TIME, Pace.AHEAD]
    better, worse = pace(plan, a, way), pace(plan, b, way)
    assert better is not None
    assert worse is not None
    assert order.index(better) >= order.index(worse)


def test_exactly_the_plan_is_behind_where_more_than_it_was_asked() -> None:
    assert pace(D(90), D(90), Direction.HIGHER, is_strict=True) is Pace.BEHIND
    assert pace(D(1), D(1), Direction.YES_NO, is_strict=True) is Pace.ON_TIME


@given(plan=amounts, way=ways)
def test_exactly_the_plan_is_on_time_in_every_direction(plan: D, way: Direction) -> None:
    due = D(0) if way is Direction.KEEP_ZERO else plan
    assert pace(due, due, way) is Pace.ON_TIME

    assert pace(plan, None, way) is None
    assert pace(None, plan, way) is None


@pytest.mark.parametrize(
    ("plan", "split", "way", "is_asked"),
    [
        (None, {}, Direction.HIGHER, True),
        (None, {12: D(1)}, Direction.HIGHER, False),
        (D(0), {3: D(0), 6: D(1)}, Direction.HIGHER, False),
        (D(1), {3: D(1)}, Direction.HIGHER, True),
        (D(0), {3: D(0)}, Direction.LOWER, True),
        (D(0), {3: D(0)}, Direction.KEEP_ZERO, True),
        (D(0), {6: D(0)}, Direction.YES_NO, False),
    ],
)
def test_no_explanation_is_asked_where_nothing_was_planned_yet(plan, split, way, is_asked) -> None:
    assert asks_for_a_figure(plan, split, way) is is_asked
