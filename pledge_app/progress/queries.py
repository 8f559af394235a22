"""Reads of quarterly reports: one, a list, the figures of a cluster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload

from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge, Target
from pledge_app.progress import rules
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.states import ReportState

SEEN_ABOVE = (ReportState.SENT, ReportState.RETURNED, ReportState.CONFIRMED, ReportState.SUPERSEDED)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The reports an actor may see, for a select that joins Pledge and Cluster."""
    if actor.sees_all:
        return true()
    own = Pledge.body_id.in_(actor.bodies) if actor.bodies else false()
    reviewing = actor.bodies_as(Role.REVIEWER)
    above = and_(Cluster.reviewer_body_id.in_(reviewing), ProgressReport.state.in_(SEEN_ABOVE))
    return or_(own, above) if reviewing else own


def reports(*, seen_by: Actor) -> Select[Any]:
    """All visible reports, the newest year and quarter first."""
    return (select(ProgressReport).join(ProgressReport.pledge).join(Pledge.cluster).join(Pledge.emulation_year)
            .where(visible_to(seen_by)).options(joinedload(ProgressReport.pledge).joinedload(Pledge.body),
                                                joinedload(ProgressReport.pledge).joinedload(Pledge.emulation_year))
            .order_by(EmulationYear.year.desc(), ProgressReport.quarter.desc(), Pledge.body_id,
                      ProgressReport.version.desc()))


def find_report(pid: str, *, seen_by: Actor) -> ProgressReport:
    """The report of a public id if the actor may see it; raises NotFound."""
    report: ProgressReport | None = db.session.scalar(reports(seen_by=seen_by).where(ProgressReport.pid == pid))
    if report is None:
        raise NotFound(_("Không có báo cáo này."))
    return report


def newest(pledge_ids: list[int], *, confirmed_only: bool = False) -> dict[tuple[int, int], ProgressReport]:
    """(pledge id, quarter) → its newest version that still counts."""
    chosen = select(ProgressReport).where(ProgressReport.pledge_id.in_(pledge_ids),
                                          ProgressReport.state != ReportState.SUPERSEDED)
    if confirmed_only:
        chosen = chosen.where(ProgressReport.state == ReportState.CONFIRMED)
    rows = db.session.scalars(chosen.order_by(ProgressReport.version))
    return {(row.pledge_id, row.quarter): row for row in rows}


@dataclass(frozen=True)
class Figure:
    """One target after each quarter: values typed, and the year so far. Four places each."""

    target_id: int
    criterion_id: int
    goal: Decimal | None
    values: tuple[Decimal | None, ...]
    so_far: tuple[Decimal | None, ...]
    estimated: tuple[bool, ...]
    percent: tuple[Decimal | None, ...]


def figures(pledge_ids: list[int], *, counting: tuple[ReportState, ...] = (ReportState.SENT, ReportState.CONFIRMED),
            report: ProgressReport | None = None) -> dict[int, list[Figure]]:
    """pledge id → its figures in the order of its targets. `report` counts in whatever state it is."""
    if not pledge_ids:
        return {}
    counts: ColumnElement[bool] = ProgressReport.state.in_(counting)
    if report is not None:
        counts = or_(counts, ProgressReport.id == report.id)
    rows = db.session.execute(
        select(Target.id, ProgressReport.quarter, ProgressLine.value, ProgressLine.is_estimate)
        .join(ProgressLine, ProgressLine.target_id == Target.id).join(ProgressReport)
        .where(Target.pledge_id.in_(pledge_ids), counts).order_by(ProgressReport.version))
    typed: dict[int, dict[int, tuple[Decimal | None, bool]]] = defaultdict(dict)
    for target_id, quarter, value, is_estimate in rows:
        typed[target_id][quarter] = (value, is_estimate)
    found: dict[int, list[Figure]] = {pledge_id: [] for pledge_id in pledge_ids}
    targets = db.session.execute(select(Target, Criterion).join(Criterion).where(Target.pledge_id.in_(pledge_ids))
                                 .order_by(Target.pledge_id, Target.position))
    for target, criterion in targets:
        by_quarter = [typed[target.id].get(quarter, (None, False)) for quarter in range(1, 5)]
        values = tuple(value for value, _estimate in by_quarter)
        so_far = rules.cumulative(values, criterion.cadence)
        found[target.pledge_id].append(Figure(
            target.id, criterion.id, target.goal, values, so_far, tuple(e for _v, e in by_quarter),
            tuple(rules.attainment(target.goal, value, criterion.direction) for value in so_far)))
    return found


def actuals(body_id: int, year: int) -> dict[str, Decimal]:
    """What a body reached in a year by criterion code, from confirmed reports."""
    pledge = db.session.scalar(select(Pledge).join(EmulationYear).where(
        Pledge.body_id == body_id, EmulationYear.year == year))
    if pledge is None:
        return {}
    codes = dict(db.session.execute(select(Target.id, Criterion.code).join(Criterion)
                                    .where(Target.pledge_id == pledge.id)).tuples().all())
    rows = figures([pledge.id], counting=(ReportState.CONFIRMED,))[pledge.id]
    return {codes[row.target_id]: row.so_far[3] for row in rows if row.so_far[3] is not None}


def phase(report: ProgressReport, today: date) -> rules.ReportPhase:
    """Where the calendar puts a report today."""
    return rules.report_phase(today, None, report.due_on, report.sent_on)


def shown_state(report: ProgressReport, today: date) -> str:
    """The badge: the stored state, or due_soon / overdue while it is still being entered, or late."""
    now = phase(report, today)
    if report.state is ReportState.OPEN and now in (rules.ReportPhase.DUE_SOON, rules.ReportPhase.OVERDUE):
        return now.value
    return str(report.state.value)
