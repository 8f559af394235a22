"""Verbs of the year's periods: one is added, its days and its due day are set, it is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.campaigns import events, policy
from pledge_app.campaigns.models import EmulationYear, Period
from pledge_app.campaigns.periods import PeriodKind, numbers_of, usual_bounds
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version

LATEST_DUE = 2  # years after the emulation year


@dataclass(frozen=True)
class PeriodDays:
    """When a period begins and ends, and by when its report is due; the hour is of Hanoi."""

    starts_on: date
    ends_on: date
    due_on: date | None = None
    due_time: time | None = None


def quarters_of(year: int) -> list[Period]:
    """The four quarters by the calendar, each due on its last day."""
    quarters = []
    for number in numbers_of(PeriodKind.QUARTER):
        starts_on, ends_on = usual_bounds(year, PeriodKind.QUARTER, number)
        quarter = Period(
            kind=PeriodKind.QUARTER,
            number=number,
            starts_on=starts_on,
            ends_on=ends_on,
            due_on=ends_on,
        )
        quarters.append(quarter)
    return quarters


def add_period(
    year: EmulationYear,
    kind: PeriodKind,
    number: int,
    days: PeriodDays,
    *,
    actor: Actor,
    at: datetime,
) -> Period:
    """One more period of the year; its reports open by themselves before the due day."""
    _guide(year, actor)
    check(
        number in numbers_of(kind),
        _("Một năm không có kỳ này."),
        [Problem(_("Kiểm tra lại số thứ tự của kỳ."), "number")],
    )
    if year.period(kind, number) is not None:
        raise Conflict(_("Kỳ này đã có trong năm. Hãy sửa kỳ đã có."))
    period = Period(kind=kind, number=number)
    _check_days(year, period, days)
    _put(period, days)
    year.periods.append(period)
    db.session.flush()
    _record(
        "year.period_added",
        year,
        period,
        actor=actor,
        at=at,
    )
    return period


def set_period(
    period: Period,
    days: PeriodDays,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Its days, only while no report hangs on it; its due day at any time: reports that are not
    sent yet move with it.
    """
    year = period.emulation_year
    _guide(year, actor)
    check_version(period.version, version)
    is_moved = (period.starts_on, period.ends_on) != (days.starts_on, days.ends_on)
    check(
        not is_moved or not has_reports(period),
        _("Kỳ này đã có báo cáo nên không đổi ngày bắt đầu, ngày kết thúc được."),
        [Problem(_("Giữ nguyên ngày của kỳ đã có báo cáo."), "starts_on")],
    )
    _check_days(year, period, days)
    is_due_changed = (period.due_on, period.due_time) != (days.due_on, days.due_time)
    if not is_moved and not is_due_changed:
        return
    _put(period, days)
    db.session.flush()
    _record(
        "year.period_set",
        year,
        period,
        actor=actor,
        at=at,
    )
    if is_due_changed:
        events.REPORTS_DUE(period.id)


def drop_period(period: Period, *, actor: Actor, at: datetime) -> None:
    """A period added by mistake is taken away again; quarters stay, for campaigns are of them."""
    year = period.emulation_year
    _guide(year, actor)
    check(not period.is_quarter, _("Bốn quý luôn có trong năm; có thể để trống hạn nộp báo cáo."))
    check(
        not has_reports(period) and not is_extended(period),
        _("Kỳ này đã có báo cáo hoặc đã được gia hạn nên không bỏ được."),
    )
    _record(
        "year.period_dropped",
        year,
        period,
        actor=actor,
        at=at,
    )
    year.periods.remove(period)
    db.session.delete(period)


def has_reports(period: Period) -> bool:
    """Whether reports hang on it."""
    return period.id in events.PERIODS_REPORTED(period.emulation_year_id)


def is_extended(period: Period) -> bool:
    """Whether its due day was put off for anybody."""
    return any(row.period_id == period.id for row in period.emulation_year.extensions)


def _put(period: Period, days: PeriodDays) -> None:
    period.starts_on = days.starts_on
    period.ends_on = days.ends_on
    period.due_on = days.due_on
    period.due_time = days.due_time


def _check_days(year: EmulationYear, period: Period, days: PeriodDays) -> None:
    check(
        days.starts_on <= days.ends_on,
        _("Ngày bắt đầu phải trước ngày kết thúc."),
        [Problem(_("Ngày bắt đầu sau ngày kết thúc."), "starts_on")],
    )
    neighbours = range(year.year - 1, year.year + 2)
    far = [
        Problem(_("Kiểm tra lại năm của kỳ."), name)
        for name, one in (("starts_on", days.starts_on), ("ends_on", days.ends_on))
        if one.year not in neighbours
    ]
    check(not far, _("Kỳ báo cáo phải nằm trong năm thi đua hoặc giáp với năm đó."), far)
    check(
        days.ends_on.year - days.starts_on.year <= 1,
        _("Một kỳ báo cáo không trải qua ba năm."),
        [Problem(_("Kiểm tra lại năm của kỳ."), "ends_on")],
    )
    check(
        days.due_on is None or days.due_on >= days.starts_on,
        _("Hạn nộp báo cáo phải sau ngày bắt đầu của kỳ."),
        [Problem(_("Hạn báo cáo trước ngày bắt đầu."), "due_on")],
    )
    if days.due_on is not None:
        check_due_on(year, days.due_on)
    check(
        days.due_time is None or days.due_on is not None,
        _("Có giờ thì phải có ngày hạn nộp."),
        [Problem(_("Chưa có ngày hạn nộp."), "due_on")],
    )
    for other in year.periods_of(period.kind):
        if other.number == period.number:
            continue
        is_before = other.number < period.number
        in_order = other.ends_on < days.starts_on if is_before else days.ends_on < other.starts_on
        check(
            in_order,
            _("Ngày của kỳ này chồng lên %(period)s.", period=other.name),
            [Problem(_("Chồng lên %(period)s.", period=other.name), "starts_on")],
        )


def check_due_on(year: EmulationYear, due_on: date) -> None:
    """Whether a due day is within the two years after the emulation year."""
    last = year.year + LATEST_DUE
    check(
        due_on.year <= last,
        _("Hạn nộp phải trong vòng hai năm sau năm thi đua."),
        [Problem(_("Muộn nhất là ngày 31/12/%(year)s.", year=last), "due_on")],
    )


def _record(verb: str, year: EmulationYear, period: Period, *, actor: Actor, at: datetime) -> None:
    record(
        verb,
        year,
        actor=actor,
        at=at,
        unit_id=year.issuer.unit_id,
        **period.trail_data,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        due_time=f"{period.due_time:%H:%M}" if period.due_time is not None else "",
    )


def _guide(year: EmulationYear, actor: Actor) -> None:
    if not policy.guides(actor, year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa kỳ báo cáo. Dữ liệu chưa thay đổi."))
