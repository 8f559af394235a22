"""What was planned by the end of a period, and where a figure stands against it: the page, the
comparison and the paper read the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.campaigns.models import Period
from pledge_app.campaigns.periods import PeriodKind, months_of
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Target, TargetGoal
from pledge_app.progress import rules
from pledge_app.progress.rules import Pace

Split = Mapping[int, Decimal]
"""The goals of a target's periods by the last month of each."""

PACE_WORDS = {
    Pace.AHEAD: _l("Vượt"),
    Pace.ON_TIME: _l("Đúng tiến độ"),
    Pace.BEHIND: _l("Chậm tiến độ"),
}
NOT_PLANNED = "not_planned"
NO_FIGURE = "no_figure"
STANDING_WORDS = {
    NOT_PLANNED: _l("Chưa đến kỳ"),
    NO_FIGURE: _l("Chưa có số liệu"),
    **{str(one): word for one, word in PACE_WORDS.items()},
}


@dataclass(frozen=True)
class Standing:
    """A figure against the plan to date, both in the criterion's unit.

    `percent` of the plan, unrounded; None as rules.attainment says. `is_asked`: a blank figure
    must be explained.
    """

    plan: Decimal | None
    pace: Pace | None
    percent: Decimal | None
    is_asked: bool

    @property
    def is_planned(self) -> bool:
        """Whether it counts: something was planned by now, or was done before it was."""
        return self.plan is not None and (self.is_asked or self.pace is Pace.AHEAD)

    @property
    def key(self) -> str:
        """Its badge: a pace, nothing planned yet, or nothing known."""
        if not self.is_planned:
            return NOT_PLANNED
        return str(self.pace) if self.pace is not None else NO_FIGURE

    @property
    def word(self) -> LazyString:
        """Vượt · Đúng tiến độ · Chậm tiến độ · Chưa đến kỳ · Chưa có số liệu."""
        return STANDING_WORDS[self.key]


def standing(
    criterion: Criterion,
    goal: Decimal | None,
    split: Split,
    so_far: Decimal | None,
    until_month: int,
) -> Standing:
    """How a figure stands at the end of a month (1 to 12). `goal`: of the year."""
    way = criterion.direction
    plan = rules.plan_to_date(
        until_month,
        goal,
        split,
        criterion.cadence,
        way,
    )
    return Standing(
        plan,
        rules.pace(
            plan,
            so_far,
            way,
            is_strict=criterion.is_strict,
        ),
        rules.attainment(plan, so_far, way),
        rules.asks_for_a_figure(plan, split, way),
    )


def last_month(kind: PeriodKind, number: int) -> int:
    """The last month that a period stands for, 1 to 12."""
    return months_of(kind, number)[-1]


def split_of(target: Target) -> Split:
    """The goals of periods of one target."""
    periods = {period.id: period for period in target.pledge.emulation_year.goal_periods}
    return {
        last_month(periods[row.period_id].kind, periods[row.period_id].number): row.value
        for row in target.goals
    }


def splits(pledge_ids: list[int]) -> dict[int, Split]:
    """target id → the goals of its periods; a target without any has no row. One statement."""
    rows = db.session.execute(
        select(
            TargetGoal.target_id,
            Period.kind,
            Period.number,
            TargetGoal.value,
        )
        .join(Period, Period.id == TargetGoal.period_id)
        .join(Target, Target.id == TargetGoal.target_id)
        .where(Target.pledge_id.in_(pledge_ids))
    )
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for target_id, kind, number, value in rows:
        found[target_id][last_month(kind, number)] = value
    return dict(found)
