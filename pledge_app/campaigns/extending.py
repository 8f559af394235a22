"""Gia hạn: a deadline of the year put off, for one body or for all. Earlier grants stay in the
register.
"""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.audit.operations import record
from pledge_app.campaigns import events, policy, queries
from pledge_app.campaigns.models import Deadline, EmulationYear, Extension
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Body

DEADLINE_WORDS = {
    Deadline.PLEDGE: _l("Gửi bản đăng ký"),
    Deadline.AGREEMENT: _l("Ký giao ước"),
    Deadline.REPORT: _l("Gửi báo cáo quý"),
}


def extend(
    year: EmulationYear,
    what: Deadline,
    *,
    quarter: int | None,
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
    check(
        (what is Deadline.REPORT) == (quarter is not None),
        _("Gia hạn báo cáo phải chọn quý; hạn khác thì không."),
        [Problem(_("Kiểm tra lại quý."), "quarter")],
    )
    check(
        what is not Deadline.AGREEMENT or body is None,
        _("Hạn ký giao ước là của cả cụm, không gia hạn cho một đơn vị."),
        [Problem(_("Hạn này chỉ gia hạn cho tất cả."), "body")],
    )
    members = queries.member_bodies(year)
    check(
        body is None or body.id in {one.id for one in members},
        _("Đơn vị này không thuộc cụm nào của năm."),
        [Problem(_("Chọn một đơn vị của năm này."), "body")],
    )
    now = due_now(year, what, quarter, body)
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
    made = Extension(
        emulation_year=year,
        what=what,
        quarter=quarter,
        body=body,
        due_on=due_on,
        reason=reason,
        granted_by=actor.name,
        granted_at=at,
    )
    db.session.add(made)
    db.session.flush()
    record(
        "year.extended",
        year,
        actor=actor,
        at=at,
        unit_id=year.issuer.unit_id,
        what=what.value,
        quarter=quarter,
        body=body.name if body else "",
        due_on=due_on,
        reason=reason,
    )
    if what is Deadline.REPORT and quarter is not None:
        events.REPORTS_DUE(year.id, quarter)
    told = {
        user
        for one in ([body] if body else members)
        for user in user_ids_at(one.id, (Role.CLERK, Role.LEADER))
    }
    notify(
        told,
        _l("Gia hạn: %(what)s đến %(day)s.", what=DEADLINE_WORDS[what], day=f"{due_on:%d/%m/%Y}"),
        "campaigns.show",
        year.pid,
        at=at,
    )
    return made


def due_now(
    year: EmulationYear, what: Deadline, quarter: int | None, body: Body | None
) -> date | None:
    """The day that holds now for a body, or for those without a grant of their own."""
    body_id = body.id if body is not None else 0
    if what is Deadline.PLEDGE:
        return year.pledge_due(body_id)
    if what is Deadline.AGREEMENT:
        return year.agreement_due
    usual = next((row.report_due_on for row in year.campaigns if row.quarter == quarter), None)
    return year.report_due(quarter or 0, body_id, usual)
