"""What comes with the program and may be taken over with one press: sets of criteria, legal
bases, days.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts.current import actor, needs
from pledge_app.campaigns import shipped
from pledge_app.criteria import operations
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.shipped import SETS
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError

bp = Blueprint("shipped", __name__)


@bp.route("/quan-tri/bo-tieu-chi/co-san", methods=["GET", "POST"])
@needs(Role.ADMIN)
def criteria() -> ResponseReturnValue:
    """The sets of names; one press makes a draft whose rows are frames."""
    if request.method == "GET":
        rows = db.session.scalars(
            select(CriteriaSet).where(CriteriaSet.name.in_([one.name for one in SETS]))
        )
        return render_template(
            "criteria/shipped.html",
            sets=SETS,
            known={row.name: row for row in rows},
        )
    chosen = next((one for one in SETS if one.key == request.form.get("key")), None)
    if chosen is None:
        raise DomainError(_("Hãy chọn một bộ tiêu chí có sẵn ở trang này."))
    draft = operations.import_set(
        chosen.name,
        chosen.rows,
        valid_from=chosen.valid_from,
        valid_to=chosen.valid_to,
        source=chosen.source,
        actor=actor(),
        at=clock.now(),
    )
    flash(
        _(
            "Đã lấy thành bản nháp, mới có tên tiêu chí. Hãy ghi đơn vị tính, chiều, cách tính "
            "rồi ban hành."
        )
    )
    return redirect(url_for("criteria.edit", pid=draft.pid), 303)


@bp.route("/quan-tri/can-cu/co-san", methods=["GET", "POST"])
@needs(Role.ADMIN)
def bases() -> ResponseReturnValue:
    """The citations that would be added, those that are there, and what is doubtful about each."""
    if request.method == "GET":
        return render_template("administration/shipped_bases.html", offers=shipped.basis_offers())
    added = shipped.take_over_bases(actor=actor(), at=clock.now())
    flash(_("Đã thêm %(n)s căn cứ. Căn cứ đã có giữ nguyên.", n=added))
    return redirect(url_for("bases.index"), 303)


@bp.route("/quan-tri/ngay-ky-niem/co-san", methods=["GET", "POST"])
@needs(Role.ADMIN)
def days() -> ResponseReturnValue:
    """The days that would be added to the calendar of commemorations."""
    if request.method == "GET":
        return render_template("administration/shipped_days.html", offers=shipped.day_offers())
    added = shipped.take_over_days(actor=actor(), at=clock.now())
    flash(_("Đã thêm %(n)s ngày kỷ niệm vào lịch; chọn được khi soạn đợt thi đua.", n=added))
    return redirect(url_for("shipped.days"), 303)
