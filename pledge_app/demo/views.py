"""The demo's page: its business date."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.demo import levels_2026, operations, year_2026
from pledge_app.demo.forms import BusinessDateForm
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.installation import installation
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("demo", __name__)


@bp.route("/quan-tri/ngay-lam-viec", methods=["GET", "POST"])
@needs(Role.ADMIN)
def business_date() -> ResponseReturnValue:
    """Move the demo's business date forward; a real database has no such page."""
    here = installation()
    if here is None or not here.is_demo:
        raise NotFound(_("Chỉ bản chạy thử có ngày làm việc riêng."))
    form = BusinessDateForm()
    if form.validate_on_submit():
        with catch_refusal(field=form.to) as refusal:
            operations.move_business_date(form.to.data, actor=actor(), at=clock.now())
        if not refusal:
            flash(_("Đã chuyển ngày làm việc tới %(day)s.", day=f"{form.to.data:%d/%m/%Y}"))
            return redirect(url_for("demo.business_date"), 303)
    return render_template(
        "demo/business_date.html",
        form=form,
        has_2026=year_2026.is_loaded(),
        begins_2026=levels_2026.starts_on(),
    ), 422 if form.is_submitted() else 200


@bp.post("/quan-tri/ngay-lam-viec/nam-2026")
@needs(Role.ADMIN)
def go_to_2026() -> ResponseReturnValue:
    """Load the demo's year 2026 and go there; it cannot be undone, so the page asks first."""
    operations.go_to_2026(actor=actor(), at=clock.now())
    flash(_("Đã chuyển tới năm 2026. Hãy đăng xuất và chọn một vai của năm 2026 ở trang đầu."))
    return redirect(url_for("demo.business_date"), 303)
