"""Lịch làm việc: holidays and swapped days of a year for everybody; the administrator adds
official decisions.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.current import actor, needs
from pledge_app.campaigns import workdays
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.numbers import year_number
from pledge_app.ui.forms import Form, choose, day, line
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("workdays", __name__)


class DayForm(Form):
    """One day that differs."""

    day = day(_l("Ngày"))
    works = choose(_l("Là ngày"), [("0", _l("Nghỉ")), ("1", _l("Đi làm (làm bù)"))])
    note = line(_l("Căn cứ"), longest=200, help_=_l("Số, ngày của thông báo hoặc quyết định."))


@bp.get("/lich-lam-viec")
def index() -> ResponseReturnValue:
    """The days off and the compensated days of one year."""
    return _page(DayForm())


def _page(form: DayForm) -> str:
    year = year_number(request.args.get("nam")) or clock.today().year
    year = min(max(year, workdays.FIRST_YEAR), workdays.LAST_YEAR)
    calendar = workdays.calendar([year])
    rows = sorted(
        [(day, False, why) for day, why in calendar.off.items()]
        + [(day, True, why) for day, why in calendar.on.items()]
    )
    unsure = {change.day for change in workdays.known_changes() if change.certainty == "to verify"}
    own = {row.day: row for row in workdays.added(year)}
    return render_template(
        "campaigns/workdays.html",
        year=year,
        rows=[row for row in rows if row[0].year == year],
        unsure=unsure - set(own),
        own=own,
        form=form,
        may=actor().has(Role.ADMIN),
    )


@bp.post("/lich-lam-viec")
@needs(Role.ADMIN)
def add() -> ResponseReturnValue:
    """Add an official day."""
    form = DayForm()
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            workdays.add_day(
                form.day.data,
                works=form.works.data == "1",
                note=form.note.data,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã ghi vào lịch làm việc."))
            return redirect(url_for("workdays.index", nam=form.day.data.year), 303)
    return _page(form), 422


@bp.post("/lich-lam-viec/<pid>/bo")
@needs(Role.ADMIN)
def drop(pid: str) -> ResponseReturnValue:
    """Take an added day out again."""
    row = workdays.find_day(pid)
    year = row.day.year
    workdays.drop_day(row, actor=actor(), at=clock.now())
    flash(_("Đã bỏ ngày khỏi lịch làm việc."))
    return redirect(url_for("workdays.index", nam=year), 303)
