"""A body that pledges by itself: one form instead of a cluster, its member and its lead."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.current import actor, needs
from pledge_app.administration.body_page import body_page
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.orgs import alone, queries
from pledge_app.orgs.cluster_queries import guiding_bodies
from pledge_app.orgs.models import BodyKind, Line
from pledge_app.orgs.words import LINE_WORDS
from pledge_app.ui.forms import Form, choose, whole
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("alone", __name__)


class AloneForm(Form):
    """For which year, and who reviews."""

    year = whole(_l("Năm"))
    line = choose(_l("Hệ"), [(one.value, word) for one, word in LINE_WORDS.items()])
    reviewer = choose(_l("Cơ quan hướng dẫn, thẩm định"), [])


@bp.route("/quan-tri/co-quan/<pid>/dang-ky-rieng", methods=["GET", "POST"])
@needs(Role.ADMIN)
def begin(pid: str) -> ResponseReturnValue:
    """The body pledges by itself in a year."""
    body, today = queries.find_body(pid), clock.today()
    usual = Line.MTTQ if body.kind is BodyKind.MTTQ else Line.UBND
    form = AloneForm(data={"year": today.year, "line": usual.value})
    above = [one for one in guiding_bodies(today) if one.id != body.id]
    form.reviewer.choices = [(one.pid, one.name) for one in above]
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            cluster = alone.stand_alone(
                body,
                form.year.data,
                Line(form.line.data),
                reviewer=queries.find_body(form.reviewer.data),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("%(body)s đăng ký riêng, không cần cụm.", body=body.name))
            return redirect(url_for("clusters.show", pid=cluster.pid), 303)
    return body_page(
        form,
        body,
        _("Đăng ký riêng, không trong cụm nào"),
        _("Đăng ký riêng"),
        note=_("Dùng khi cơ quan tự ký giao ước với cấp trên, không chung với đơn vị khác."),
    )
