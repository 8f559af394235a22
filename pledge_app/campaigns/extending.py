"""Gia hạn: a deadline of the year put off, for one body or for all. Earlier grants stay in the
register.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.operations import record
from pledge_app.campaigns import events, policy, queries, scheduling
from pledge_app.campaigns.models import Deadline, EmulationYear, Extension, Period
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Body

DEADLINE_WORDS = {
    Deadline.PLEDGE: _l("Gửi bản đăng ký"),
    Deadline.AGREEMENT: _l("Ký giao ước"),
    Deadline.REPORT: _l("Gửi báo cáo"),
}


def extend(
    year: EmulationYear,
    what: Deadline,
    *,
    period: Period | None,
    body: Body | None,
    due_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Extension:
    """A later day. Open reports of those concerned move with it; they are told."""
    if not policy.guides(actor, year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được gia hạn. Dữ liệu chưa thay đổi."))
    check(reason, _("Hãy ghi lý do gia hạn."), [Problem(_("Chưa có lý do."), "reason")])
    members = queries.member_bodies(year)
    _check_concerned(year, what, period, body, members)
    _check_later(due_now(year, what, period, body), due_on)
    scheduling.check_due_on(year, due_on)
    extension = Extension(
        emulation_year=year,
        what=what,
        period=period,
        body=body,
        due_on=due_on,
        reason=reason,
        granted_by=actor.name,
        granted_at=at,
    )
    db.session.add(extension)
    db.session.flush()
    record(
        "year.extended",
        year,
        actor=actor,
        at=at,
        unit_id=year.issuer.unit_id,
        what=what.value,
        **(period.trail_data if period is not None else {}),
        body=body.name if body else "",
        due_on=due_on,
        reason=reason,
    )
    if period is not None:
        events.REPORTS_DUE(period.id)
    _notify([body] if body else members, extension, at)
    return extension


def _check_concerned(
    year: EmulationYear,
    what: Deadline,
    period: Period | None,
    body: Body | None,
    members: Sequence[Body],
) -> None:
    """Whether the year, the deadline, the period and the body fit each other."""
    check(
        (what is Deadline.REPORT) == (period is not None),
        _("Gia hạn báo cáo phải chọn kỳ báo cáo; hạn khác thì không."),
        [Problem(_("Kiểm tra lại kỳ báo cáo."), "period")],
    )
    check(
        period is None or period.emulation_year_id == year.id,
        _("Kỳ báo cáo này không thuộc năm thi đua này."),
        [Problem(_("Chọn một kỳ của năm này."), "period")],
    )
    check(
        what is not Deadline.AGREEMENT or body is None,
        _("Hạn ký giao ước là của cả cụm, không gia hạn cho một đơn vị."),
        [Problem(_("Hạn này chỉ gia hạn cho tất cả."), "body")],
    )
    check(
        body is None or body.id in {one.id for one in members},
        _("Đơn vị này không thuộc cụm nào của năm."),
        [Problem(_("Chọn một đơn vị của năm này."), "body")],
    )


def _check_later(now: date | None, due_on: date) -> None:
    """Whether there is a day to put off, and the new one is later."""
    check(
        now is not None,
        _("Chưa đặt hạn này nên chưa gia hạn được. Hãy đặt hạn trước."),
        [Problem(_("Năm này chưa đặt hạn ấy."), "what")],
    )
    assert now is not None
    check(
        due_on > now,
        _("Ngày gia hạn phải sau hạn hiện tại."),
        [Problem(_("Hạn hiện tại là %(day)s.", day=f"{now:%d/%m/%Y}"), "due_on")],
    )


def _notify(bodies: Sequence[Body], extension: Extension, at: datetime) -> None:
    readers: set[int] = set()
    for body in bodies:
        readers.update(user_ids_at(body.id, (Role.CLERK, Role.LEADER)))
    day = f"{extension.due_on:%d/%m/%Y}"
    notify(
        readers,
        _l("Gia hạn: %(what)s đến %(day)s.", what=extended_deadline(extension), day=day),
        "campaigns.show",
        extension.emulation_year.pid,
        at=at,
    )


def extended_deadline(extension: Extension) -> LazyString:
    """Which deadline was put off: "Gửi báo cáo quý I"."""
    if extension.period is not None:
        return _l("Gửi báo cáo %(period)s", period=extension.period.name)
    return DEADLINE_WORDS[extension.what]


def due_now(
    year: EmulationYear,
    what: Deadline,
    period: Period | None,
    body: Body | None,
) -> date | None:
    """The day that holds now for a body, or for those without a grant of their own."""
    body_id = body.id if body is not None else 0
    if what is Deadline.PLEDGE:
        return year.pledge_due(body_id)
    if what is Deadline.AGREEMENT:
        return year.agreement_due
    return year.report_due(period, body_id) if period is not None else None
