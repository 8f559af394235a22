"""Một người kiêm nhiệm: an administrator lets one official of a body take two steps, for a time."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, NotFound, Problem, check
from pledge_app.orgs.models import Body, ConcurrentDuties
from pledge_app.orgs.policy import administer, allows_concurrent
from pledge_app.orgs.queries import valid_on


def allow_concurrent(
    body: Body,
    *,
    valid_from: date,
    valid_to: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> ConcurrentDuties:
    """From `valid_from` one official may do what otherwise takes two; `valid_to`: first day
    without.
    """
    administer(actor)
    _not_for_oneself(body, actor)
    _check(valid_from, valid_to, reason)
    if any(_overlaps(row, valid_from, valid_to) for row in permissions_of(body)):
        raise Conflict(_("Cơ quan này đã được cho phép kiêm nhiệm trong thời gian đó."))
    row = ConcurrentDuties(
        body_id=body.id,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        granted_by=actor.name,
        granted_at=at,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "body.concurrent_allowed",
        body,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=row.reason,
    )
    return row


def _not_for_oneself(body: Body, actor: Actor) -> None:
    """Who acts for the body would be the one official: another administrator decides it, where
    there can be one.
    """
    if not allows_concurrent(actor, body):
        raise Forbidden(
            _(
                "Bạn là người của cơ quan này nên không tự cho phép kiêm nhiệm. Hãy nhờ quản trị "
                "viên khác quyết định. Dữ liệu chưa thay đổi."
            )
        )


def _check(valid_from: date, valid_to: date | None, reason: str) -> None:
    check(
        reason.strip(),
        _("Hãy ghi lý do cho phép kiêm nhiệm."),
        [Problem(_("Chưa có lý do."), "reason")],
    )
    check(
        valid_to is None or valid_to > valid_from,
        _("Ngày kết thúc phải sau ngày bắt đầu."),
        [Problem(_("Ngày kết thúc đứng trước ngày bắt đầu."), "valid_to")],
    )


def end_concurrent(
    row: ConcurrentDuties,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
    """From `on` two people are needed again; what was done stays as it was done."""
    administer(actor)
    if row.valid_to is not None and row.valid_to <= on:
        raise Conflict(_("Việc cho phép kiêm nhiệm này đã kết thúc."))
    row.valid_to = max(on, row.valid_from)
    record(
        "body.concurrent_ended",
        row.body,
        actor=actor,
        at=at,
        unit_id=row.body.unit_id,
        on=on,
    )


def concurrent_on(body_id: int, *, on: date) -> ConcurrentDuties | None:
    """The permission that holds at a body on the day, if there is one."""
    return db.session.scalar(
        select(ConcurrentDuties)
        .where(
            ConcurrentDuties.body_id == body_id,
            valid_on(ConcurrentDuties.valid_from, ConcurrentDuties.valid_to, on),
        )
        .limit(1)
    )


def permissions_of(body: Body) -> list[ConcurrentDuties]:
    """Every permission a body had, the newest first."""
    chosen = select(ConcurrentDuties).where(ConcurrentDuties.body_id == body.id)
    return list(db.session.scalars(chosen.order_by(ConcurrentDuties.valid_from.desc())))


def find_concurrent(pid: str) -> ConcurrentDuties:
    """The permission of a public id; raises NotFound."""
    row = db.session.scalar(select(ConcurrentDuties).where(ConcurrentDuties.pid == pid))
    if row is None:
        raise NotFound(_("Không có việc cho phép kiêm nhiệm này."))
    return row


def _overlaps(row: ConcurrentDuties, valid_from: date, valid_to: date | None) -> bool:
    begins_before_end = row.valid_to is None or valid_from < row.valid_to
    return begins_before_end and (valid_to is None or row.valid_from < valid_to)
