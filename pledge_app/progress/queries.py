"""Reads of reports: one, a list, the figures of a cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from pledge_app.campaigns.models import EmulationYear, Period
from pledge_app.campaigns.period_names import period_heading
from pledge_app.campaigns.periods import PeriodKey, PeriodKind, code, numbers_of, read_code
from pledge_app.documents.models import Document
from pledge_app.documents.standing import Standing
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.numbers import year_number
from pledge_app.kernel.permission import reading
from pledge_app.kernel.text import fold
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, UnitName
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import rules
from pledge_app.progress.models import ProgressReport
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


def reads_sheet(report: ProgressReport, actor: Actor) -> bool:
    """Whether the figures as they stand now are the actor's to read: while a commune answers a
    request, the level above reads the paper that was sent.
    """
    return (
        report.state is not ReportState.RETURNED
        or actor.sees_all
        or report.pledge.body_id in actor.bodies
    )


def reports(
    *,
    seen_by: Actor,
    year: int | None = None,
    period: PeriodKey | None = None,
    state: ReportState | None = None,
    text: str = "",
) -> Select[ProgressReport]:
    """Visible reports, filtered; the newest year and period first."""
    chosen = (
        select(ProgressReport)
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .join(Pledge.emulation_year)
        .join(Pledge.body)
        .join(ProgressReport.period)
        .where(visible_to(seen_by))
        .options(
            contains_eager(ProgressReport.period),
            joinedload(ProgressReport.pledge).joinedload(Pledge.body),
            joinedload(ProgressReport.pledge).joinedload(Pledge.cluster),
            joinedload(ProgressReport.pledge).joinedload(Pledge.emulation_year),
        )
        .order_by(
            EmulationYear.year.desc(),
            Period.ends_on.desc(),
            Period.starts_on,
            Pledge.body_id,
            ProgressReport.version.desc(),
        )
    )
    if year is not None:
        chosen = chosen.where(EmulationYear.year == year)
    if period is not None:
        kind, number = period
        chosen = chosen.where(Period.kind == kind, Period.number == number)
    if state is not None:
        chosen = chosen.where(ProgressReport.state == state)
    if text:
        named = select(UnitName.id).where(
            UnitName.unit_id == Body.unit_id,
            UnitName.search_key.contains(fold(text), autoescape=True),
        )
        chosen = chosen.where(named.exists())
    return chosen


def asked_for(args: Mapping[str, str], *, seen_by: Actor) -> Select[ProgressReport]:
    """The list as the filters of its page ask (nam, ky, trang_thai, q); rubbish asks for
    nothing.
    """
    year = args.get("nam", "")
    state = args.get("trang_thai", "")
    return reports(
        seen_by=seen_by,
        year=year_number(year),
        period=read_code(asked_period(args)),
        state=ReportState(state) if state in set(ReportState) else None,
        text=args.get("q", "").strip()[:100],
    )


def asked_period(args: Mapping[str, str]) -> str:
    """The code of the period that the page asks for; `quy=1` of earlier addresses is "quy-1"."""
    quarter = args.get("quy", "")
    return args.get("ky", "") or (f"quy-{quarter}" if quarter else "")


def reported_periods(actor: Actor) -> list[tuple[str, LazyString]]:
    """What the list can be filtered by: the quarters, and other periods with visible reports."""
    rows = db.session.execute(
        select(Period.kind, Period.number)
        .join(ProgressReport, ProgressReport.period_id == Period.id)
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .where(visible_to(actor), Period.kind != PeriodKind.QUARTER)
        .distinct()
        .order_by(Period.kind, Period.number)
    ).all()
    quarters = [(PeriodKind.QUARTER, number) for number in numbers_of(PeriodKind.QUARTER)]
    keys = [*quarters, *((kind, number) for kind, number in rows)]
    return [(code(*key), period_heading(*key)) for key in keys]


def periods_reported(year_id: int) -> set[int]:
    """The periods of a year on which reports hang."""
    rows = db.session.scalars(
        select(ProgressReport.period_id)
        .join(Period)
        .where(Period.emulation_year_id == year_id)
        .distinct()
    )
    return set(rows)


@dataclass(frozen=True)
class Upcoming:
    """A report that is not open yet: of which pledge and period, from when, until when."""

    body_name: str
    period: Period
    opens_on: date
    due_on: date

    @property
    def due_time(self) -> time | None:
        """The hour of the due day; a day that was granted counts whole."""
        return self.period.due_time if self.due_on == self.period.due_on else None


def upcoming(actor: Actor) -> list[Upcoming]:
    """What the actor's own bodies will have to report: Chưa đến hạn."""
    return _unopened(actor, PledgeState.IN_FORCE)


def held_up(actor: Actor, *, today: date) -> list[Upcoming]:
    """Reports of the actor's own bodies whose day has come while the agreement is not signed on
    paper yet.
    """
    return [row for row in _unopened(actor, PledgeState.AGREED) if row.opens_on <= today]


def _unopened(actor: Actor, state: PledgeState) -> list[Upcoming]:
    if not actor.bodies:
        return []
    rows = db.session.execute(
        select(Body.id, Body.name, Period)
        .join(Pledge, Pledge.body_id == Body.id)
        .join(Period, Period.emulation_year_id == Pledge.emulation_year_id)
        .join(Period.emulation_year)
        .outerjoin(
            ProgressReport,
            and_(ProgressReport.pledge_id == Pledge.id, ProgressReport.period_id == Period.id),
        )
        .where(
            Pledge.state == state,
            Body.id.in_(actor.bodies),
            ProgressReport.id.is_(None),
            Period.due_on.is_not(None),
        )
        .options(contains_eager(Period.emulation_year))
        .order_by(Period.due_on, Body.name)
    )
    unopened = []
    for body_id, name, period in rows:
        year = period.emulation_year
        due = year.report_due(period, body_id)
        if due is not None:
            opens = rules.opens_on(due, year.opens_days_before)
            unopened.append(Upcoming(name, period, opens, due))
    return unopened


def years_of(actor: Actor) -> list[int]:
    """The years of which the actor sees reports, newest first."""
    return list(
        db.session.scalars(
            select(EmulationYear.year)
            .join(Pledge, Pledge.emulation_year_id == EmulationYear.id)
            .join(Pledge.cluster)
            .join(ProgressReport, ProgressReport.pledge_id == Pledge.id)
            .where(visible_to(actor))
            .distinct()
            .order_by(EmulationYear.year.desc())
        )
    )


@reading(_l("Xem báo cáo quý (cơ quan thẩm định: từ khi gửi)"))
def find_report(pid: str, *, seen_by: Actor) -> ProgressReport:
    """The report of a public id if the actor may see it; raises NotFound."""
    report = db.session.scalar(reports(seen_by=seen_by).where(ProgressReport.pid == pid))
    if report is None:
        raise NotFound(_("Không có báo cáo này."))
    return report


def versions_of(report: ProgressReport, *, seen_by: Actor) -> list[ProgressReport]:
    """All versions of the same report that the actor may see, the newest first."""
    return list(
        db.session.scalars(
            reports(seen_by=seen_by).where(
                ProgressReport.pledge_id == report.pledge_id,
                ProgressReport.period_id == report.period_id,
            )
        )
    )


def clusters_of(actor: Actor) -> list[Cluster]:
    """The clusters whose overview the actor may open, the newest year first."""
    chosen = (
        select(Cluster)
        .options(selectinload(Cluster.members))
        .order_by(Cluster.year.desc(), Cluster.name)
    )
    if not actor.sees_all:
        beside = select(ClusterMembership.cluster_id).where(
            ClusterMembership.body_id.in_(actor.bodies)
        )
        chosen = chosen.where(
            or_(
                Cluster.id.in_(beside),
                Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)),
            )
        )
    return list(db.session.scalars(chosen))


def newest(
    pledge_ids: list[int],
    *,
    confirmed_only: bool = False,
) -> dict[tuple[int, int], ProgressReport]:
    """(pledge id, period id) → its newest version that still counts."""
    chosen = select(ProgressReport).where(
        ProgressReport.pledge_id.in_(pledge_ids),
        ProgressReport.state != ReportState.SUPERSEDED,
    )
    if confirmed_only:
        chosen = chosen.where(ProgressReport.state == ReportState.CONFIRMED)
    rows = db.session.scalars(chosen.order_by(ProgressReport.version))
    return {(row.pledge_id, row.period_id): row for row in rows}


def phase(report: ProgressReport, today: date) -> rules.ReportPhase:
    """Where the calendar puts a report today."""
    return rules.report_phase(
        today,
        None,
        report.due_on,
        report.sent_on,
    )


def shown_state(report: ProgressReport, today: date) -> str:
    """The badge: the stored state, or due_soon / overdue while it is still being entered, or
    late.
    """
    now = phase(report, today)
    if report.state is ReportState.OPEN and now in (
        rules.ReportPhase.DUE_SOON,
        rules.ReportPhase.OVERDUE,
    ):
        return now.value
    return str(report.state.value)


def report_standing(document: Document) -> Standing:
    """How the paper of a report stands: a confirmed one counts until its correction is confirmed
    as well.
    """
    report = db.session.scalar(
        select(ProgressReport).where(ProgressReport.pid == document.envelope.subject_pid)
    )
    if report is None:
        return Standing.VOID
    if report.state is ReportState.SENT:
        return Standing.SENT
    if report.state is ReportState.CONFIRMED:
        return Standing.RECORDED
    if report.state is ReportState.SUPERSEDED:
        corrected = select(ProgressReport.id).where(
            ProgressReport.pledge_id == report.pledge_id,
            ProgressReport.period_id == report.period_id,
            ProgressReport.version > report.version,
            ProgressReport.state == ReportState.CONFIRMED,
        )
        is_corrected = db.session.scalar(corrected.limit(1)) is not None
        return Standing.REPLACED if is_corrected else Standing.RECORDED
    return Standing.RETURNED
