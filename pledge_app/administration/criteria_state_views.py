"""A set of criteria moves on: published, ended, made anew as the next version, thrown away."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.administration import criteria_use
from pledge_app.administration.criteria_forms import AskForm, EndForm
from pledge_app.administration.criteria_views import bp
from pledge_app.administration.pages import form_page
from pledge_app.campaigns.queries import years_by
from pledge_app.criteria import ending, operations, queries
from pledge_app.criteria.differences import differences_of
from pledge_app.criteria.models import CriteriaSet
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.ui.forms import posted_version
from pledge_app.web.refused_verbs import catch_refusal


@bp.route("/quan-tri/bo-tieu-chi/<pid>/ban-hanh", methods=["GET", "POST"])
@needs(Role.ADMIN)
def publish(pid: str) -> ResponseReturnValue:
    """The question before a set is fixed for good."""
    chosen = queries.find_set(pid)
    form = AskForm(data={"ver": chosen.version_id})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            operations.publish(
                chosen,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã ban hành bộ tiêu chí. Nay chọn được bộ này cho năm thi đua."))
            return redirect(url_for("criteria.show", pid=pid), 303)
    counted = [row for row in chosen.criteria if not row.is_group]
    facts = [
        (_("Bộ tiêu chí"), _("%(name)s, bản %(n)s", name=chosen.name, n=chosen.version)),
        (_("Số tiêu chí"), len(counted)),
        (
            _("Mỗi đơn vị mỗi năm nhập"),
            criteria_use.cost_words(criteria_use.cost(chosen)),
        ),
        (
            _("Chưa có đơn vị tính"),
            ", ".join(row.code for row in counted if not row.unit_of_measure and not row.is_yes_no),
        ),
        (_("Chưa có điểm chuẩn"), ", ".join(row.code for row in counted if row.max_points is None)),
    ]
    page = render_template(
        "criteria/publish.html",
        form=form,
        chosen=chosen,
        crumbs=_way(chosen),
        facts=facts,
        differences=differences_of(chosen),
        use=criteria_use.last_year(chosen, today=clock.today()),
        sameness=criteria_use.SAMENESS_WORDS,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/quan-tri/bo-tieu-chi/<pid>/het-hieu-luc", methods=["GET", "POST"])
@needs(Role.ADMIN)
def end(pid: str) -> ResponseReturnValue:
    """The question before a set is in force no more."""
    chosen = queries.find_set(pid)
    form = EndForm(data={"ver": chosen.version_id, "on": clock.today()})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            ending.end(
                chosen,
                on=form.on.data,
                reason=form.reason.data,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
                today=clock.today(),
            )
        if not refusal:
            flash(_("Đã ghi bộ tiêu chí hết hiệu lực."))
            return redirect(url_for("criteria.show", pid=pid), 303)
    years = years_by(chosen.id)
    return form_page(
        form,
        _("Cho hết hiệu lực"),
        _("Cho hết hiệu lực"),
        url_for("criteria.show", pid=pid),
        crumbs=_way(chosen),
        facts=[
            (_("Bộ tiêu chí"), _("%(name)s, bản %(n)s", name=chosen.name, n=chosen.version)),
            (_("Năm thi đua đang dùng"), ", ".join(str(year.year) for year in years)),
        ],
        warning=_(
            "Từ nay không năm thi đua nào chọn được bộ này nữa, và không đổi lại được. Năm đang "
            "dùng bộ này thì giữ nguyên; phiên bản mới vẫn chép được từ đây."
        ),
    )


@bp.route("/quan-tri/bo-tieu-chi/<pid>/xoa", methods=["GET", "POST"])
@needs(Role.ADMIN)
def discard(pid: str) -> ResponseReturnValue:
    """The question before a draft is thrown away."""
    draft = queries.find_set(pid)
    form = AskForm(data={"ver": draft.version_id})
    if form.validate_on_submit():
        operations.discard(
            draft,
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã xóa bản nháp."))
        return redirect(url_for("criteria.index"), 303)
    return form_page(
        form,
        _("Xóa bản nháp"),
        _("Xóa bản nháp"),
        url_for("criteria.show", pid=pid),
        crumbs=_way(draft),
        facts=[
            (_("Bộ tiêu chí"), _("%(name)s, bản %(n)s", name=draft.name, n=draft.version)),
            (_("Số dòng"), len(draft.criteria)),
        ],
        warning=_(
            "Các dòng của bản nháp mất hẳn, không lấy lại được. Nếu còn cần, hãy Xuất Excel "
            "trước khi xóa."
        ),
    )


@bp.post("/quan-tri/bo-tieu-chi/<pid>/phien-ban-moi")
@needs(Role.ADMIN)
def renew(pid: str) -> ResponseReturnValue:
    """A draft of the next version."""
    draft = operations.renew(queries.find_set(pid), actor=actor(), at=clock.now())
    flash(_("Đã chép thành bản nháp %(n)s. Bản đã ban hành giữ nguyên.", n=draft.version))
    return redirect(url_for("criteria.edit", pid=draft.pid), 303)


def _way(chosen: CriteriaSet) -> list[tuple[str, str]]:
    return [
        (_("Bộ tiêu chí"), url_for("criteria.index")),
        (chosen.name, url_for("criteria.show", pid=chosen.pid)),
    ]
