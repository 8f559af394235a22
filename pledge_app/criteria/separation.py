"""Which criteria told no unit from another: all have the same result, or all are at the top.

Such a criterion costs every unit its figures and changes no order. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pledge_app.criteria.kinds import Direction, is_as_good

FEWEST_UNITS = 2  # one unit is told from nobody


class Sameness(StrEnum):
    """Why a criterion separated nobody."""

    EQUAL = "equal"  # every unit has the same result
    REACHED = "reached"  # every unit reached its own goal: full points for all


class Result(NamedTuple):
    """What one unit reached in the year, and the goal it had set itself (None: none)."""

    value: Decimal
    goal: Decimal | None


def sameness(
    results: Sequence[Result],
    direction: Direction,
    *,
    is_strict: bool = False,
) -> Sameness | None:
    """None where the results tell units apart, or are fewer than FEWEST_UNITS."""
    if len(results) < FEWEST_UNITS:
        return None
    if len({one.value for one in results}) == 1:
        return Sameness.EQUAL
    reached = (is_as_good(*one, direction, is_strict=is_strict) for one in results)
    return Sameness.REACHED if all(reached) else None
