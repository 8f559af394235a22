"""What the goals of the quarters ask for by the end of a period."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledge_app.criteria.kinds import Cadence
from pledge_app.progress.rules import planned

GOALS = [Decimal(10), Decimal(20), None, Decimal(40)]


@pytest.mark.parametrize(
    ("cadence", "months", "asked"),
    [
        (Cadence.CUMULATIVE, 3, Decimal(10)),
        (Cadence.CUMULATIVE, 6, Decimal(30)),
        (Cadence.CUMULATIVE, 9, None),
        (Cadence.STATE, 6, Decimal(20)),
        (Cadence.STATE, 9, None),
        (Cadence.STATE, 12, None),
        (Cadence.CUMULATIVE, 4, None),
    ],
)
def test_goals_of_quarters_add_up_or_are_the_state_at_their_end(cadence, months, asked):
    assert planned(GOALS, cadence, months) == asked


def test_a_year_without_quarters_plans_nothing():
    assert planned([], Cadence.CUMULATIVE, 6) is None
