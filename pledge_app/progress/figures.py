"""What was reached of each target: after each period of a kind, and in the whole year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, or_, select

from pledge_app.campaigns.models import EmulationYear, Period
from pledge_app.campaigns.periods import PeriodKind, numbers_of
from pledge_app.criteria.baselines import Reported
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress import rules
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.plan_to_date import Standing, last_month, splits, standing
from pledge_app.progress.states import ReportState

# What a correction replaces counts until the correction is confirmed.
COUNTING = (ReportState.SENT, ReportState.CONFIRMED, ReportState.SUPERSEDED)
FIXED = (ReportState.CONFIRMED, ReportState.SUPERSEDED)


@dataclass(frozen=True)
class Figure:
    """One target after each period of a kind, by the period's number: values typed, and the year
    so far. Four places for quarters, twelve for months. `standings`: the year so far
    against the plan to date.
    """

    target_id: int
    criterion_id: int
    goal: Decimal | None
    values: tuple[Decimal | None, ...]
    so_far: tuple[Decimal | None, ...]
    estimated: tuple[bool, ...]
    percent: tuple[Decimal | None, ...]
    standings: tuple[Standing, ...]


Typed = tuple[Decimal | None, bool]  # the value, whether it is an estimate
NOTHING: Typed = (None, False)


def figures(
    pledge_ids: list[int],
    *,
    kind: PeriodKind = PeriodKind.QUARTER,
    counting: tuple[ReportState, ...] = COUNTING,
    report: ProgressReport | None = None,
) -> dict[int, list[Figure]]:
    """pledge id → its figures in the order of its targets. `report` counts for its period in
    whatever state it is; otherwise the newest version that counts does. Three statements.
    """
    if not pledge_ids:
        return {}
    typed = _typed(
        pledge_ids,
        kind,
        counting,
        report,
    )
    planned = splits(pledge_ids)
    rows: dict[int, list[Figure]] = {pledge_id: [] for pledge_id in pledge_ids}
    targets = db.session.execute(
        select(Target, Criterion)
        .join(Criterion)
        .where(Target.pledge_id.in_(pledge_ids))
        .order_by(Target.pledge_id, Target.position)
    )
    for target, criterion in targets:
        by_number = [typed[target.id].get(number, NOTHING) for number in numbers_of(kind)]
        split = planned.get(target.id, {})
        values = tuple(value for value, _estimate in by_number)
        so_far = rules.cumulative(values, criterion.cadence, adds_up=kind.adds_up)
        figure = Figure(
            target_id=target.id,
            criterion_id=criterion.id,
            goal=target.goal,
            values=values,
            so_far=so_far,
            estimated=tuple(is_estimate for _value, is_estimate in by_number),
            percent=tuple(
                rules.attainment(target.goal, value, criterion.direction) for value in so_far
            ),
            standings=tuple(
                standing(
                    criterion,
                    target.goal,
                    split,
                    value,
                    last_month(kind, number),
                )
                for number, value in enumerate(so_far, 1)
            ),
        )
        rows[target.pledge_id].append(figure)
    return rows


def _typed(
    pledge_ids: list[int],
    kind: PeriodKind,
    counting: tuple[ReportState, ...],
    report: ProgressReport | None,
) -> dict[int, dict[int, Typed]]:
    """target id → number of the period → what was typed."""
    counts: ColumnElement[bool] = ProgressReport.state.in_(counting)
    if report is not None:
        counts = or_(
            and_(counts, ProgressReport.period_id != report.period_id),
            ProgressReport.id == report.id,
        )
    rows = db.session.execute(
        select(
            Target.id,
            Period.number,
            ProgressLine.value,
            ProgressLine.is_estimate,
        )
        .join(ProgressLine, ProgressLine.target_id == Target.id)
        .join(ProgressReport)
        .join(ProgressReport.period)
        .where(Target.pledge_id.in_(pledge_ids), Period.kind == kind, counts)
        .order_by(ProgressReport.version)
    )
    typed: dict[int, dict[int, Typed]] = defaultdict(dict)
    for target_id, number, value, is_estimate in rows:
        typed[target_id][number] = (value, is_estimate)
    return typed


def actuals(body_ids: Collection[int], year: int) -> dict[int, dict[int, Reported]]:
    """What bodies reached in a year by indicator id, from confirmed reports.

    The kind of period whose figure speaks for most of the year counts (rules.Reach), of two that
    speak for the same the longer one; where it has no figure, the next does. Two statements, and
    three for each kind of period that was reported, whatever the number of bodies.
    """
    bodies = dict(
        db.session.execute(
            select(Pledge.id, Pledge.body_id)
            .join(EmulationYear)
            .where(Pledge.body_id.in_(body_ids), EmulationYear.year == year)
        ).all()
    )
    if not bodies:
        return {}
    confirmed: dict[PeriodKind, dict[int, dict[int, date]]] = {}
    rows = db.session.execute(
        select(ProgressReport.pledge_id, Period.kind, Period.number, Period.ends_on)
        .join(ProgressReport.period)
        .where(ProgressReport.pledge_id.in_(bodies), ProgressReport.state.in_(FIXED))
    )
    for pledge_id, kind, number, ends_on in rows:
        confirmed.setdefault(kind, {}).setdefault(pledge_id, {})[number] = ends_on
    found: dict[int, dict[int, Reported]] = {}
    reach: dict[tuple[int, int], rules.Reach] = {}
    for kind in reversed(PeriodKind):
        if kind in confirmed:
            _take_further(found, reach, kind, confirmed[kind], bodies)
    return found


def _take_further(
    found: dict[int, dict[int, Reported]],
    reach: dict[tuple[int, int], rules.Reach],
    kind: PeriodKind,
    confirmed: Mapping[int, Mapping[int, date]],
    bodies: Mapping[int, int],
) -> None:
    """Put in what the reports of one kind say where they reach further than what is there.
    `confirmed`: by pledge id the number of a confirmed period and its last day.
    """
    measured = {
        target_id: (indicator_id, cadence)
        for target_id, indicator_id, cadence in db.session.execute(
            select(Target.id, Criterion.indicator_id, Criterion.cadence)
            .join(Criterion)
            .where(Target.pledge_id.in_(confirmed))
        )
    }
    for pledge_id, rows in figures(list(confirmed), kind=kind, counting=FIXED).items():
        results = found.setdefault(bodies[pledge_id], {})
        for row in rows:
            indicator_id, cadence = measured[row.target_id]
            further = rules.reach(kind, row.values, confirmed[pledge_id], cadence)
            value = row.so_far[-1]
            place = (pledge_id, indicator_id)
            if further is None or value is None or (place in reach and reach[place] >= further):
                continue
            results[indicator_id] = Reported(value, further.is_whole)
            reach[place] = further
