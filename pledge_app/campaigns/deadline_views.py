"""The pages on which the guiding body sets the periods of a year and puts off a deadline."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.current import actor
from pledge_app.campaigns import extending, policy, queries, scheduling
from pledge_app.campaigns.extending import DEADLINE_WORDS
from pledge_app.campaigns.models import Deadline, EmulationYear, Period
from pledge_app.campaigns.period_names import period_heading
from pledge_app.campaigns.periods import (
    PeriodKey,
    PeriodKind,
    code,
    numbers_of,
    read_code,
    usual_bounds,
)
from pledge_app.campaigns.scheduling import PeriodDays
from pledge_app.kernel import clock
from pledge_app.kernel.daytime import parse_time, time_words
from pledge_app.kernel.errors import Forbidden
from pledge_app.orgs.queries import find_body
from pledge_app.ui.forms import (
    Form,
    choose,
    day,
    daytime,
    line,
    posted_version,
    version,
)
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("deadlines", __name__)


class ExtensionForm(Form):
    """Which deadline, for whom, until when, why."""

    what = choose(_l("Hạn"), [(one.value, word) for one, word in DEADLINE_WORDS.items()])
    period = choose(_l("Kỳ báo cáo (chỉ với báo cáo)"), [], needed=False)
    body = choose(_l("Cho đơn vị"), [], needed=False)
    due_on = day(_l("Hạn mới"))
    reason = line(_l("Lý do"), help_=_l("Người nhận thông báo và nhật ký đọc được lý do này."))


@bp.route("/nam-thi-dua/<pid>/gia-han", methods=["GET", "POST"])
def extend(pid: str) -> ResponseReturnValue:
    """Put a deadline off; those concerned are told."""
    year = queries.find_year(pid)
    if not policy.guides(actor(), year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được gia hạn. Dữ liệu chưa thay đổi."))
    form = ExtensionForm()
    form.period.choices = [("", "—"), *((one.pid, one.heading) for one in year.periods)]
    form.body.choices = [
        ("", _("Tất cả các đơn vị")),
        *((body.pid, body.name) for body in queries.member_bodies(year)),
    ]
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            _extend(year, form)
        if not refusal:
            flash(_("Đã gia hạn. Các đơn vị liên quan được báo."))
            return redirect(url_for("campaigns.show", pid=pid), 303)
    return render_template(
        "campaigns/extend.html",
        year=year,
        form=form,
    ), 422 if form.is_submitted() else 200


def _extend(year: EmulationYear, form: ExtensionForm) -> None:
    extending.extend(
        year,
        Deadline(form.what.data),
        period=queries.find_period(year, form.period.data) if form.period.data else None,
        body=find_body(form.body.data) if form.body.data else None,
        due_on=form.due_on.data,
        reason=form.reason.data or "",
        actor=actor(),
        at=clock.now(),
    )


class PeriodForm(Form):
    """The days of a period and by when its report is due."""

    ver = version()
    starts_on = day(_l("Từ ngày"))
    ends_on = day(_l("Đến ngày"))
    due_on = day(
        _l("Hạn nộp báo cáo"),
        needed=False,
        help_=_l("Ngày/tháng/năm. Để trống nếu kỳ này không phải báo cáo."),
    )
    due_time = daytime(
        _l("Giờ hạn nộp"),
        needed=False,
        help_=_l("Ví dụ: 16 giờ 00. Để trống nếu tính hết ngày."),
    )


class NewPeriodForm(Form):
    """Which period to add; its days are those of the calendar until they are changed."""

    period = choose(_l("Kỳ báo cáo"), [])


@bp.route("/nam-thi-dua/<pid>/ky/them", methods=["GET", "POST"])
def add_period(pid: str) -> ResponseReturnValue:
    """Choose a period that the year does not have; then its days and its due day are set."""
    year = _guided(pid)
    form = NewPeriodForm()
    form.period.choices = [
        (code(kind, number), period_heading(kind, number)) for kind, number in _missing(year)
    ]
    if form.validate_on_submit():
        chosen = read_code(form.period.data)
        assert chosen is not None
        days = PeriodDays(*usual_bounds(year.year, *chosen))
        with catch_refusal(form) as refusal:
            period = scheduling.add_period(
                year,
                *chosen,
                days,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã thêm kỳ báo cáo. Hãy đặt hạn nộp; chưa có hạn thì chưa mở báo cáo."))
            return redirect(url_for("deadlines.period", pid=pid, period_pid=period.pid), 303)
    page = render_template("campaigns/period_new.html", year=year, form=form)
    return page, 422 if form.is_submitted() else 200


def _missing(year: EmulationYear) -> list[PeriodKey]:
    """The periods that can still be added, the longest first."""
    known = {(one.kind, one.number) for one in year.periods}
    return [
        (kind, number)
        for kind in reversed(PeriodKind)
        for number in numbers_of(kind)
        if (kind, number) not in known
    ]


@bp.route("/nam-thi-dua/<pid>/ky/<period_pid>", methods=["GET", "POST"])
def period(pid: str, period_pid: str) -> ResponseReturnValue:
    """The days of a period and its due day."""
    year = _guided(pid)
    one = queries.find_period(year, period_pid)
    form = _period_form(one)
    if form.validate_on_submit():
        hour = form.due_time.data
        days = PeriodDays(
            form.starts_on.data,
            form.ends_on.data,
            form.due_on.data,
            parse_time(hour) if hour else None,
        )
        with catch_refusal(form) as refusal:
            scheduling.set_period(
                one,
                days,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lưu kỳ báo cáo. Báo cáo chưa gửi theo hạn mới."))
            return redirect(url_for("campaigns.show", pid=pid), 303)
    page = render_template(
        "campaigns/period.html",
        year=year,
        period=one,
        form=form,
        has_reports=scheduling.has_reports(one),
    )
    return page, 422 if form.is_submitted() else 200


def _period_form(one: Period) -> PeriodForm:
    hour = time_words(one.due_time) if one.due_time is not None else ""
    days = {name: getattr(one, name) for name in ("starts_on", "ends_on", "due_on")}
    return PeriodForm(data=days | {"due_time": hour, "ver": one.version})


@bp.post("/nam-thi-dua/<pid>/ky/<period_pid>/bo")
def drop_period(pid: str, period_pid: str) -> ResponseReturnValue:
    """A period added by mistake is taken away."""
    year = _guided(pid)
    scheduling.drop_period(queries.find_period(year, period_pid), actor=actor(), at=clock.now())
    flash(_("Đã bỏ kỳ báo cáo."))
    return redirect(url_for("campaigns.show", pid=pid), 303)


def _guided(pid: str) -> EmulationYear:
    """The year, if the actor may change it. Raises NotFound or Forbidden."""
    year = queries.find_year(pid)
    if not policy.guides(actor(), year):
        raise Forbidden(_("Chỉ cơ quan hướng dẫn được sửa kỳ báo cáo. Dữ liệu chưa thay đổi."))
    return year
