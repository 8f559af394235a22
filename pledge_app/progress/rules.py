"""What the periods add up to, how far a goal is reached, and when a report is due. Pure.

Figures are exact Decimals; None is blank, which is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from pledge_app.campaigns.periods import PeriodKind, months_of
from pledge_app.criteria.kinds import Cadence, Direction, is_as_good

Blank = Decimal | None
HUNDRED = Decimal(100)
SHOWN = Decimal("0.1")
LAST_MONTH = 12


def cumulative(
    values: Sequence[Blank],
    cadence: Cadence,
    *,
    adds_up: bool = True,
) -> tuple[Blank, ...]:
    """The year so far after each period of one kind: the sum (lũy kế) or the last known state.

    `adds_up`: the figure of a period is what it brought by itself, as those of months and quarters
    are. Otherwise (half year, nine months, year) it is already the year so far at the period's end.
    Each kind counts by itself: a half year's figure changes nothing in the sum of the quarters. A
    blank period changes nothing; before the first figure the year is blank, not zero.
    """
    is_sum = adds_up and cadence is Cadence.CUMULATIVE
    years: list[Blank] = []
    so_far: Blank = None
    for value in values:
        if value is not None:
            so_far = so_far + value if is_sum and so_far is not None else value
        years.append(so_far)
    return tuple(years)


class Reach(NamedTuple):
    """For how much of a year a figure speaks; the greater one speaks for more."""

    months: int
    is_unbroken: bool  # no month before its last one is left out
    ends_on: date

    @property
    def is_whole(self) -> bool:
        """Whether it is the figure of the year."""
        return self.months == LAST_MONTH


def reach(
    kind: PeriodKind, values: Sequence[Blank], confirmed: Mapping[int, date], cadence: Cadence
) -> Reach | None:
    """For how much of the year the figure speaks that the confirmed periods of one kind make.

    `values` by period; `confirmed`: the number of each confirmed period and its last day. A sum
    speaks for the months that were confirmed and no others; what is already the year so far, or a
    state, for all months up to the newest figure. None: there is no figure.
    """
    typed = [number for number, value in enumerate(values, start=1) if value is not None]
    if not typed:
        return None
    is_sum = kind.adds_up and cadence is Cadence.CUMULATIVE
    last = max(confirmed) if is_sum else typed[-1]
    until = months_of(kind, last)[-1]
    months = len(confirmed) * len(months_of(kind, last)) if is_sum else until
    return Reach(months, months == until, confirmed[last])


def plan_to_date(
    until_month: int,
    goal: Blank,
    split: Mapping[int, Decimal],
    cadence: Cadence,
    direction: Direction,
) -> Blank:
    """What was planned by the end of a month of the year (1 to 12), in the criterion's unit.

    `split`: the goals of periods by the last month of each. They add up (lũy kế), or the newest one
    holds (tại thời điểm). At the end of the year the plan is the goal of the year; a kept zero is
    one from the first day. None: nothing was planned by then.
    """
    if until_month == LAST_MONTH or direction is Direction.KEEP_ZERO:
        return goal
    due = [split[month] for month in sorted(split) if month <= until_month]
    if not due:
        return None
    return sum(due, Decimal(0)) if cadence is Cadence.CUMULATIVE else due[-1]


def asks_for_a_figure(plan: Blank, split: Mapping[int, Decimal], direction: Direction) -> bool:
    """Whether a blank figure must be explained: not where nothing was planned yet.

    A target without goals of periods says nothing of when: its figure is asked for every time.
    """
    if not split:
        return True
    nothing = direction in (Direction.HIGHER, Direction.YES_NO) and plan == 0
    return plan is not None and not nothing


class Pace(StrEnum):
    """Where a figure stands against the plan to date."""

    AHEAD = "ahead"  # vượt
    ON_TIME = "on_time"  # đúng tiến độ
    BEHIND = "behind"  # chậm tiến độ


def pace(
    plan: Blank,
    actual: Blank,
    direction: Direction,
    *,
    is_strict: bool = False,
) -> Pace | None:
    """Better than the plan to date, as planned, or worse, in the direction's sense. None while
    either is blank: nothing was planned yet, or nothing is known. `is_strict`: equal is behind.
    """
    if plan is None or actual is None:
        return None
    if not is_as_good(actual, plan, direction, is_strict=is_strict):
        return Pace.BEHIND
    return Pace.ON_TIME if actual == plan else Pace.AHEAD


def attainment(goal: Blank, actual: Blank, direction: Direction) -> Blank:
    """Per cent of the goal, unrounded, never negative; None while either figure is blank.

    higher: actual / goal (may pass 100; a goal of 0 or less is reached or not: 100 or 0). lower:
    100 when at or under the goal, otherwise goal / actual. keep_zero, yes_no: 100 or 0; a yes/no
    goal of "not met" promises nothing, so there is nothing to measure: None. Our definition, the
    plainest that never rewards doing worse; the law has none.
    """
    if goal is None or actual is None or (direction is Direction.YES_NO and goal == 0):
        return None
    reached = is_as_good(actual, goal, direction)
    if direction is Direction.HIGHER and goal > 0:
        return max(Decimal(0), actual * HUNDRED / goal)
    if direction is Direction.LOWER and not reached:
        return max(Decimal(0), goal * HUNDRED / actual) if actual > 0 else Decimal(0)
    return HUNDRED if reached else Decimal(0)


def shown_percent(percent: Blank) -> Blank:
    """One decimal, half up: for display only, never to compute with."""
    return None if percent is None else percent.quantize(SHOWN, ROUND_HALF_UP)


class ReportPhase(StrEnum):
    """Where the calendar puts a report."""

    NOT_DUE = "not_due"  # Chưa đến hạn: not open yet
    OPEN = "open"  # Đang nhập
    DUE_SOON = "due_soon"  # Đến hạn: in the last days, the due day included
    OVERDUE = "overdue"  # Quá hạn
    SUBMITTED = "submitted"
    SUBMITTED_LATE = "submitted_late"  # Nộp muộn


def opens_on(due_on: date, days_before: int) -> date:
    """The day on which the report opens."""
    return due_on - timedelta(days=max(days_before, 0))


def is_late(
    submitted_on: date | None,
    due_on: date | None,
    submitted_at: time | None = None,
    due_time: time | None = None,
) -> bool:
    """Sent after the due day, or on it after its hour. Without an hour the whole day is in time."""
    if submitted_on is None or due_on is None:
        return False
    if submitted_on != due_on or submitted_at is None or due_time is None:
        return submitted_on > due_on
    return submitted_at > due_time


def report_phase(
    today: date,
    opens: date | None,
    due_on: date | None,
    submitted_on: date | None = None,
    soon_days: int = 5,
) -> ReportPhase:
    """`opens` None: open at once; `due_on` None: never due. `soon_days` before the due day it is
    near.
    """
    if submitted_on is not None:
        return (
            ReportPhase.SUBMITTED_LATE if is_late(submitted_on, due_on) else ReportPhase.SUBMITTED
        )
    if due_on is not None and today > due_on:
        return ReportPhase.OVERDUE
    if opens is not None and today < opens:
        return ReportPhase.NOT_DUE
    if due_on is not None and (due_on - today).days <= soon_days:
        return ReportPhase.DUE_SOON
    return ReportPhase.OPEN
