"""A report opens when its day comes, and follows the deadline of its period until it is sent."""

from __future__ import annotations

from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns.models import Period
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.daytime import time_words
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import rules
from pledge_app.progress.inherited import begin_with_shorter
from pledge_app.progress.models import ProgressCampaign, ProgressLine, ProgressReport
from pledge_app.progress.report_notices import notify_people


def open_due_reports(*, today: date, at: datetime) -> list[ProgressReport]:
    """Open every report whose day has come and that is not there yet. Idempotent; catches up
    after a night off.
    """
    rows = db.session.execute(
        select(Pledge, Period)
        .join(Period, Period.emulation_year_id == Pledge.emulation_year_id)
        .outerjoin(
            ProgressReport,
            (ProgressReport.pledge_id == Pledge.id) & (ProgressReport.period_id == Period.id),
        )
        .where(
            Pledge.state == PledgeState.IN_FORCE,
            Period.due_on.is_not(None),
            ProgressReport.id.is_(None),
        )
        .order_by(Pledge.id, Period.ends_on, Period.id)
    )
    opened = []
    for pledge, period in rows.all():
        days = pledge.emulation_year.opens_days_before
        due = pledge.emulation_year.report_due(period, pledge.body_id)
        if due is not None and rules.opens_on(due, days) <= today:
            opened.append(open_report(pledge, period, at=at))
    return opened


def open_report(pledge: Pledge, period: Period, *, at: datetime) -> ProgressReport:
    """A report of one period, due on the day that holds for the body: without figures, and with
    what the reports of shorter periods within it tell.
    """
    due_on = pledge.emulation_year.report_due(period, pledge.body_id)
    assert due_on is not None
    report = open_due(
        pledge,
        period,
        due_on,
        _due_time(period, due_on),
        at=at,
    )
    begin_with_shorter(report)
    return report


def open_due(
    pledge: Pledge,
    period: Period,
    due_on: date,
    due_time: time | None,
    *,
    at: datetime,
    version: int = 1,
) -> ProgressReport:
    """A blank report with a line per target, and what the campaigns within the period did."""
    report = ProgressReport(
        pledge=pledge,
        period=period,
        version=version,
        opened_at=at,
        due_on=due_on,
        due_time=due_time,
        is_illustrative=pledge.is_illustrative,
        author_ids=[],
    )
    report.lines = [
        ProgressLine(target=target, position=target.position) for target in pledge.targets
    ]
    report.campaigns = [
        ProgressCampaign(campaign=campaign)
        for campaign in pledge.emulation_year.campaigns
        if period.covers(campaign.period)
    ]
    db.session.add(report)
    db.session.flush()
    record(
        "report.opened",
        report,
        actor=SYSTEM,
        at=at,
        unit_id=pledge.unit_id,
        **period.trail_data,
    )
    notify_people(
        report,
        pledge.body_id,
        (Role.CLERK,),
        _l(
            "Báo cáo %(period)s đã mở, hạn nộp %(day)s.",
            period=period.name,
            day=_due_words(report),
        ),
        at,
    )
    return report


def _due_time(period: Period, due_on: date) -> time | None:
    """The hour belongs to the period's own day: a day that was granted counts whole."""
    return period.due_time if due_on == period.due_on else None


def _due_words(report: ProgressReport) -> str:
    day = f"{report.due_on:%d/%m/%Y}"
    return f"{time_words(report.due_time)}, {day}" if report.due_time is not None else day


def follow_deadline(period_id: int) -> None:
    """Reports of a period that are not sent yet are due on the day that holds now; where the
    period is not due any more, they keep their day and hour.
    """
    period = db.session.get_one(Period, period_id)
    rows = db.session.scalars(
        select(ProgressReport).where(
            ProgressReport.period_id == period_id,
            ProgressReport.sent_on.is_(None),
        )
    )
    for report in rows:
        due_on = period.emulation_year.report_due(period, report.pledge.body_id)
        if due_on is not None:
            report.due_on = due_on
            report.due_time = _due_time(period, due_on)
