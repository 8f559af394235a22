"""What a set costs a unit, and which criteria told no unit from another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledge_app.criteria.cost import cost_of
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.rows import CriterionRow
from pledge_app.criteria.separation import Result, Sameness, sameness

ROWS = (
    CriterionRow("I", "Kinh tế", is_group=True),
    CriterionRow("1", "Sản phẩm OCOP", "I"),
    CriterionRow("2", "Hộ nghèo", "I", kind=ValueKind.PERCENT, cadence=Cadence.STATE),
    CriterionRow("3", "Vụ cháy", "I", direction=Direction.KEEP_ZERO),
    CriterionRow("4", "Thôn kiểu mẫu", "I", kind=ValueKind.COUNTED_ROWS, cadence=Cadence.STATE),
)


def result(value: str, goal: str | None) -> Result:
    return Result(Decimal(value), Decimal(goal) if goal is not None else None)


def test_a_set_costs_its_goals_and_a_result_of_each_criterion_in_each_report():
    cost = cost_of(ROWS)
    assert (cost.goals, cost.results, cost.figures) == (2, 16, 18)


def test_groups_cost_nothing_and_items_and_quarters_are_told_apart():
    cost = cost_of(ROWS, reports=2)
    assert (cost.results, cost.listed, cost.divisible) == (8, 1, 1)
    assert cost_of(ROWS[:1]).figures == 0


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([("100", None), ("100.0", "90")], Sameness.EQUAL),
        ([("95", "90"), ("99", "99")], Sameness.REACHED),
        ([("95", "96"), ("99", "99")], None),
        ([("95", None), ("99", "99")], None),
        ([("95", "90")], None),
        ([], None),
    ],
)
def test_equal_results_or_goals_reached_by_all_separate_nobody(results, expected):
    known = [result(*one) for one in results]
    assert sameness(known, Direction.HIGHER) is expected


def test_where_a_goal_must_be_passed_one_that_is_only_equalled_is_not_reached():
    known = [result("95", "90"), result("99", "99")]
    assert sameness(known, Direction.HIGHER, is_strict=True) is None


def test_lower_is_better_where_the_direction_says_so():
    known = [result("1", "2"), result("2", "2")]
    assert sameness(known, Direction.LOWER) is Sameness.REACHED
