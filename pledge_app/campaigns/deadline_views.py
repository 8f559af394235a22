"""Gia hạn: the page on which the guiding body puts off a deadline."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.current import actor
from pledge_app.campaigns import extending, policy, queries
from pledge_app.campaigns.calendar import ROMAN
from pledge_app.campaigns.extending import DEADLINE_WORDS
from pledge_app.campaigns.models import Deadline, EmulationYear
from pledge_app.kernel import clock
from pledge_app.kernel.errors import Forbidden
from pledge_app.orgs.queries import find_body
from pledge_app.ui.forms import Form, choose, day, line
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("deadlines", __name__)


class ExtensionForm(Form):
    """Which deadline, for whom, until when, why."""

    what = choose(_l("Hạn"), [(one.value, word) for one, word in DEADLINE_WORDS.items()])
    quarter = choose(
        _l("Quý (chỉ với báo cáo)"),
        [("", "—"), *((str(number), word) for number, word in ROMAN.items())],
        needed=False,
    )
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
        "campaigns/extend.html", year=year, form=form
    ), 422 if form.is_submitted() else 200


def _extend(year: EmulationYear, form: ExtensionForm) -> None:
    extending.extend(
        year,
        Deadline(form.what.data),
        quarter=int(form.quarter.data) if form.quarter.data else None,
        body=find_body(form.body.data) if form.body.data else None,
        due_on=form.due_on.data,
        reason=form.reason.data or "",
        actor=actor(),
        at=clock.now(),
    )
