"""The goals of a row by the names of their cells, as the page and what is kept call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pledge_app.campaigns.models import Period
from pledge_app.pledges.models import Target

GOAL = "goal"  # of the year


def cell_name(period: Period) -> str:
    """The cell of a period's goal: "q1"."""
    return f"q{period.number}"


def periods_of(target: Target) -> list[Period]:
    """The periods for which the row may have a goal, in the order of their columns."""
    return target.pledge.emulation_year.goal_periods


def by_cell(
    periods: Sequence[Period],
    goal: Decimal | None,
    split: Mapping[int, Decimal],
) -> dict[str, Decimal | None]:
    """The goal of the year and that of each period; `split` by the id of the period."""
    return {GOAL: goal} | {cell_name(period): split.get(period.id) for period in periods}


def stored_goals(target: Target) -> dict[str, Decimal | None]:
    """The goals of a row as they are stored."""
    return by_cell(periods_of(target), target.goal, target.split)


def period_number(target: Target, period_id: int | None) -> int | None:
    """The number of a period of the row's year; None for none."""
    numbers = {period.id: period.number for period in periods_of(target)}
    return numbers[period_id] if period_id is not None else None


def period_ids(target: Target) -> dict[str, int | None]:
    """By what the page sends for the period of a counted row: its id; "" is none."""
    return {"": None} | {str(period.number): period.id for period in periods_of(target)}
