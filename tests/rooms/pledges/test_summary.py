"""What the leader reads first: what changed most, what is lower than assigned and why."""

from __future__ import annotations

from decimal import Decimal

from pledge_app.pledges.summary import summary_of
from tests import make


def test_the_goal_that_moved_furthest_from_last_year_comes_first(app, cast):
    made = make.pledge(cast, state="complete", goals={"1": "4", "2": "165"})
    first, second = made.targets[0], made.targets[1]
    first.baseline, second.baseline = Decimal(2), Decimal(150)
    found = summary_of(made, frozenset({"1", "2", "3"}))
    assert [(row.code, row.difference, row.change) for row in found.changed] == [
        ("1", Decimal(2), Decimal("100.0")), ("2", Decimal(15), Decimal("10.0"))]
    assert [row.code for row in found.new] == ["4"] and not found.beside_assigned


def test_without_last_year_the_goals_stand_beside_the_assigned_figures(app, cast):
    made = make.pledge(cast, state="complete", goals={"1": "1", "2": "160"})
    found = summary_of(made, frozenset())
    assert not found.changed and not found.new
    assert [(row.code, row.difference) for row in found.beside_assigned] == [("1", Decimal(-1)), ("2", Decimal(10))]
    assert [(row.code, row.reason) for row in found.lower] == [("1", "Không có đất mở rộng.")]
