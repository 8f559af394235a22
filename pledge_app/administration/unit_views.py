"""Đơn vị nhập tay: a single unit, a pasted list of hamlets or communes, a level put right."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, needs
from pledge_app.administration.pages import form_page
from pledge_app.administration.unit_forms import LevelForm, ListForm, UnitForm, kinds
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.orgs import queries, units
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Unit
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("units", __name__)


@bp.route("/quan-tri/don-vi/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add() -> ResponseReturnValue:
    """A unit that stands under no other."""
    form = UnitForm()
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            unit = units.add_unit(
                form.name.data,
                UnitLevel(form.level.data),
                code=form.code.data or "",
                opening=units.Opening(form.exists_from.data),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã thêm đơn vị."))
            return redirect(url_for("orgs.show", pid=unit.pid), 303)
    return form_page(
        form,
        _("Thêm đơn vị"),
        _("Thêm đơn vị"),
        url_for("orgs.index"),
        crumbs=[(_("Đơn vị"), url_for("orgs.index"))],
        note=_(
            "Chỉ dùng cho đơn vị đứng đầu. Đơn vị có cấp trên: mở trang của cấp trên rồi chọn "
            "Thêm đơn vị trực thuộc."
        ),
    )


@bp.route("/quan-tri/don-vi/<pid>/truc-thuoc", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add_below(pid: str) -> ResponseReturnValue:
    """A pasted list: first what each line would do, then written."""
    parent = queries.find_unit(pid)
    form = ListForm()
    form.kind.choices = kinds(units.levels_below(parent.level))
    listed: list[units.Listed] = []
    if form.validate_on_submit():
        level, word = form.chosen()
        listed = units.read_names(
            parent,
            level,
            word,
            form.names.data,
            on=clock.today(),
        )
        if request.form.get("then") == "write" and all(one.does != "wrong" for one in listed):
            answer = _write(parent, form, listed)
            if answer is not None:
                return answer
    shown = render_template(
        "administration/unit_list.html",
        unit=parent,
        name=_name(parent),
        form=form,
        listed=listed,
    )
    wrong = form.is_submitted() and (
        bool(form.errors) or any(one.does == "wrong" for one in listed)
    )
    return shown, 422 if wrong else 200


def _write(parent: Unit, form: ListForm, listed: list[units.Listed]) -> ResponseReturnValue | None:
    level, _word = form.chosen()
    with catch_refusal(form) as refusal:
        added = units.add_below(
            parent,
            level,
            [one.name for one in listed],
            opening=units.Opening(form.exists_from.data),
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
    if refusal:
        return None
    flash(_("Đã thêm %(n)s đơn vị.", n=added))
    return redirect(url_for("orgs.show", pid=parent.pid), 303)


@bp.route("/quan-tri/don-vi/<pid>/cap", methods=["GET", "POST"])
@needs(Role.ADMIN)
def correct_level(pid: str) -> ResponseReturnValue:
    """A level that was entered wrongly."""
    unit = queries.find_unit(pid)
    form = LevelForm(data={"level": unit.level.value})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            units.correct_level(
                unit,
                UnitLevel(form.level.data),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lưu cấp của đơn vị."))
            return redirect(url_for("orgs.show", pid=pid), 303)
    here = url_for("orgs.show", pid=pid)
    return form_page(
        form,
        _("Sửa cấp của đơn vị"),
        _("Lưu"),
        here,
        crumbs=[(_("Đơn vị"), url_for("orgs.index")), (_name(unit), here)],
        note=_(
            "Chỉ sửa khi ghi sai lúc đầu. Đơn vị có mã theo danh mục, hoặc có cấp trên, cấp dưới "
            "không hợp thì giữ nguyên."
        ),
    )


def _name(unit: Unit) -> str:
    return unit.names[-1].name
