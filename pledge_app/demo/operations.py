"""The demo's own clock: its administrator moves the business date forward."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts.models import User
from pledge_app.accounts.policy import administers
from pledge_app.audit.operations import record
from pledge_app.demo import levels_2026, year_2026
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, NotFound, check
from pledge_app.kernel.installation import Installation

LAST_DAY = date(2030, 12, 31)


def go_to_2026(*, actor: Actor, at: datetime) -> None:
    """The demo's second year: load what 2026 needs and move the business date there, in one
    transaction.
    """
    check(
        year_2026.can_load(),
        _("Bản chạy thử này không có danh mục đơn vị hiện nay nên không có ví dụ năm 2026."),
    )
    check(not year_2026.is_loaded(), _("Bản chạy thử đã có năm 2026."))
    move_business_date(levels_2026.starts_on(), actor=actor, at=at)
    year_2026.load()


def move_business_date(to: date, *, actor: Actor, at: datetime) -> None:
    """From now on the demo's business day is `to`; sessions, throttles and the trail stay on
    real time.

    Forward only: what was done on a day cannot be before what it was done to. The worker then opens
    what is due.
    """
    newest = select(Installation).with_for_update().execution_options(populate_existing=True)
    here = db.session.scalar(newest)
    if here is None or not here.is_demo or here.business_date is None:
        raise NotFound(_("Chỉ bản chạy thử có ngày làm việc riêng."))
    if not administers(actor):
        raise Forbidden(_("Chỉ quản trị viên của bản chạy thử được chuyển ngày làm việc."))
    check(
        to > here.business_date,
        _(
            "Ngày làm việc chỉ chuyển tới: hãy chọn một ngày sau %(day)s.",
            day=f"{here.business_date:%d/%m/%Y}",
        ),
    )
    check(to <= LAST_DAY, _("Bản chạy thử chỉ dùng đến ngày %(day)s.", day=f"{LAST_DAY:%d/%m/%Y}"))
    before = here.business_date
    here.business_date = to
    mover = db.session.get_one(User, actor.user_id)
    record(
        "business_date.moved",
        mover,
        actor=actor,
        at=at,
        before=before,
        to=to,
    )
