"""My work on reports, which of them open soon, and which others owe me."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import joinedload

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.daytime import time_words
from pledge_app.kernel.room import DueLine, Task
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.queries import upcoming
from pledge_app.progress.states import ReportState

ENTERING = (ReportState.OPEN, ReportState.RETURNED)
NOT_SENT = (*ENTERING, ReportState.WITH_LEADER)


def to_report(actor: Actor, today: date) -> Iterable[Task]:
    """Reports that wait for me: as clerk, as leader, as reviewer."""
    own = actor.bodies_as(Role.CLERK)
    leading = actor.bodies_as(Role.LEADER)
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not (own or leading or reviewing):
        return
    is_being_entered = and_(Pledge.body_id.in_(own), ProgressReport.state.in_(ENTERING))
    is_with_leader = and_(
        Pledge.body_id.in_(leading),
        ProgressReport.state == ReportState.WITH_LEADER,
    )
    is_sent = and_(
        Cluster.reviewer_body_id.in_(reviewing),
        ProgressReport.state == ReportState.SENT,
    )
    reports = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .options(joinedload(ProgressReport.pledge).joinedload(Pledge.body))
        .where(or_(is_being_entered, is_with_leader, is_sent))
    )
    for report in reports:
        title, button = _words_of(report)
        yield Task(
            title,
            f"{report.pledge.body.name} · {report.period.name}{_before(report.due_time)}",
            button,
            url_for("progress.show", pid=report.pid),
            report.due_on,
        )


def _words_of(report: ProgressReport) -> tuple[str, str]:
    """What is to do with a report, and the word of the button."""
    period = report.period.name
    if report.state is ReportState.OPEN:
        return _("Nhập báo cáo %(period)s", period=period), _("Nhập tiếp")
    if report.state is ReportState.RETURNED:
        return _("Bổ sung báo cáo %(period)s theo yêu cầu", period=period), _("Xem yêu cầu")
    if report.state is ReportState.WITH_LEADER:
        return _("Duyệt và gửi báo cáo %(period)s", period=period), _("Đọc báo cáo")
    return _("Xác nhận báo cáo %(period)s", period=period), _("Mở báo cáo")


def _before(hour: time | None) -> str:
    """The hour of the due day, where one is set."""
    return _(", trước %(hour)s", hour=time_words(hour)) if hour is not None else ""


def coming(actor: Actor, today: date) -> Iterable[DueLine]:
    """Reports of mine that are not open yet."""
    for report in upcoming(actor):
        yield DueLine(
            _(
                "Nhập báo cáo %(period)s, mở ngày %(day)s",
                period=report.period.name,
                day=f"{report.opens_on:%d/%m/%Y}",
            ),
            report.body_name + _before(report.due_time),
            report.due_on,
            url_for("progress.index"),
        )


def owed(actor: Actor, today: date) -> Iterable[DueLine]:
    """Which communes of my clusters have not sent a report yet; never what is in it."""
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not (reviewing or actor.sees_all):
        return
    is_mine = true() if actor.sees_all else Cluster.reviewer_body_id.in_(reviewing)
    of_pledge = joinedload(ProgressReport.pledge)
    reports = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.pledge)
        .join(Pledge.cluster)
        .options(of_pledge.joinedload(Pledge.body), of_pledge.joinedload(Pledge.emulation_year))
        .where(
            is_mine,
            ProgressReport.state.in_(NOT_SENT),
            Pledge.state != PledgeState.DISCONTINUED,
        )
    )
    for report in reports:
        year = report.pledge.emulation_year.year
        yield DueLine(
            _("Gửi báo cáo %(period)s", period=report.period.dated),
            report.pledge.body.name + _before(report.due_time),
            report.due_on,
            url_for("progress.index", nam=year, ky=report.period.code),
        )
