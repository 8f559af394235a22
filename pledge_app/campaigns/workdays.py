"""The calendar of working days of this installation: the law, the yearly swaps, what the
administrator added.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns import policy
from pledge_app.campaigns.workday_models import SpecialDay
from pledge_app.campaigns.working_days import (
    Change,
    Rule,
    WorkCalendar,
    calendar_of,
    read_changes,
    read_rules,
)
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, NotFound, Problem, check

DATA = Path(__file__).resolve().parent.parent / "data"
FIRST_YEAR = 2000
LAST_YEAR = 2100


@cache
def rules() -> tuple[Rule, ...]:
    """The holidays by law."""
    return tuple(
        read_rules((DATA / "public_holidays.csv").read_text(encoding="utf-8").splitlines())
    )


@cache
def known_changes() -> tuple[Change, ...]:
    """The swaps that come with the software."""
    return tuple(
        read_changes((DATA / "working_day_changes.csv").read_text(encoding="utf-8").splitlines())
    )


def calendar_around(today: date) -> WorkCalendar:
    """Last year, this one and the next: what deadlines are counted with."""
    return calendar(range(today.year - 1, today.year + 2))


def calendar(years: Iterable[int]) -> WorkCalendar:
    """The calendar of some years, with the administrator's days last: they win."""
    return calendar_of(
        years,
        rules(),
        [*known_changes(), *(Change(row.day, row.works, row.note) for row in added())],
    )


def added(year: int | None = None) -> list[SpecialDay]:
    """The administrator's days, of one year or of all."""
    rows = db.session.scalars(select(SpecialDay).order_by(SpecialDay.day))
    return [row for row in rows if year is None or row.day.year == year]


def add_day(
    day: date,
    *,
    works: bool,
    note: str,
    actor: Actor,
    at: datetime,
) -> SpecialDay:
    """One day that differs from the calendar, with the decision it comes from."""
    _administer(actor)
    check(
        note.strip(),
        _("Hãy ghi số, ngày của thông báo hoặc quyết định."),
        [Problem(_("Chưa có căn cứ."), "note")],
    )
    check(
        FIRST_YEAR <= day.year <= LAST_YEAR,
        _("Năm phải từ %(a)s đến %(b)s.", a=FIRST_YEAR, b=LAST_YEAR),
        [Problem(_("Ngày ngoài lịch."), "day")],
    )
    special = db.session.scalar(select(SpecialDay).where(SpecialDay.day == day))
    check(
        special is None,
        _("Ngày này đã được ghi vào lịch. Hãy bỏ dòng cũ trước khi ghi lại."),
        [Problem(_("Ngày này đã được ghi."), "day")],
    )
    row = SpecialDay(
        day=day,
        works=works,
        note=note,
        added_by=actor.name,
        added_at=at,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "calendar.day_added",
        row,
        actor=actor,
        at=at,
        day=day,
        works=works,
        reason=note,
    )
    return row


def drop_day(row: SpecialDay, *, actor: Actor, at: datetime) -> None:
    """The day follows the law again."""
    _administer(actor)
    db.session.delete(row)
    db.session.flush()
    record(
        "calendar.day_dropped",
        row,
        actor=actor,
        at=at,
        day=row.day,
    )


def find_day(pid: str) -> SpecialDay:
    """The row of a public id; raises NotFound."""
    row = db.session.scalar(select(SpecialDay).where(SpecialDay.pid == pid))
    if row is None:
        raise NotFound(_("Không có ngày này trong lịch."))
    return row


def _administer(actor: Actor) -> None:
    if not policy.keeps_calendar(actor):
        raise Forbidden(_("Chỉ quản trị viên được sửa lịch làm việc. Dữ liệu chưa thay đổi."))
