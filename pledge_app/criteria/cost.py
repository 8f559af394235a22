"""What a set asks of one unit in one year: how many figures are typed, and where. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from pledge_app.criteria.kinds import Cadence, Direction, ValueKind

QUARTERS = 4


class Costing(Protocol):
    """What the cost of a row follows from."""

    @property
    def is_group(self) -> bool: ...
    @property
    def kind(self) -> ValueKind: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def cadence(self) -> Cadence: ...


class Cost(NamedTuple):
    """Figures to type per unit and year. `goals`: of the year; one that must be 0 is filled in by
    the software, one of counted items follows from the items. `results`: one of each criterion in
    each of `reports` reports. `listed`: criteria that also ask for a state of each counted item.
    `divisible`: goals that may be divided over the quarters, which nobody has to do.
    """

    goals: int
    results: int
    reports: int
    listed: int
    divisible: int

    @property
    def figures(self) -> int:
        """All that must be typed."""
        return self.goals + self.results


def cost_of(rows: Iterable[Costing], reports: int = QUARTERS) -> Cost:
    """`reports`: how many a unit sends in the year. Every criterion is reported each time,
    whatever its cadence; only a goal that adds up over the year can be divided.
    """
    criteria = [row for row in rows if not row.is_group]
    typed = [row for row in criteria if _is_goal_typed(row)]
    return Cost(
        goals=len(typed),
        results=len(criteria) * reports,
        reports=reports,
        listed=sum(row.kind is ValueKind.COUNTED_ROWS for row in criteria),
        divisible=sum(row.cadence is Cadence.CUMULATIVE for row in typed),
    )


def _is_goal_typed(row: Costing) -> bool:
    return row.kind is not ValueKind.COUNTED_ROWS and row.direction is not Direction.KEEP_ZERO
