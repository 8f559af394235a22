"""Sắp xếp đơn vị: type the act, look at everything that follows, carry it out at once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts.current import actor, needs
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound, Problem
from pledge_app.orgs.queries import find_unit, names_on
from pledge_app.reorganisation.forms import ActForm, act_form, plan_of
from pledge_app.reorganisation.models import Kind, Reorganisation
from pledge_app.reorganisation.operations import carry_out, digest
from pledge_app.reorganisation.outlook import Outlook, foresee, title
from pledge_app.reorganisation.plan import Plan
from pledge_app.ui.paging import page_of
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("reorganisation", __name__)
KIND_WORDS = {
    Kind.MERGE: _l("Nhập đơn vị"),
    Kind.RENAME: _l("Đổi tên đơn vị"),
    Kind.ABOLISH: _l("Giải thể đơn vị"),
}
SECTIONS = {
    "units": _l("Đơn vị"),
    "below": _l("Đơn vị trực thuộc chuyển cấp trên"),
    "bodies": _l("Cơ quan"),
    "offices": _l("Chức vụ kết thúc"),
    "roles": _l("Vai trò kết thúc"),
    "pledges": _l("Bản đăng ký dừng"),
    "clusters": _l("Cụm thi đua liên quan"),
}


@bp.get("/quan-tri/sap-xep")
@needs(Role.ADMIN)
def index() -> ResponseReturnValue:
    """What was carried out, newest first."""
    acts = select(Reorganisation).order_by(Reorganisation.on_date.desc(), Reorganisation.id.desc())
    return render_template("reorganisation/index.html", page=page_of(acts), kinds=KIND_WORDS)


@bp.get("/quan-tri/sap-xep/viec/<pid>")
@needs(Role.ADMIN)
def show(pid: str) -> ResponseReturnValue:
    """One act and everything that followed."""
    act = db.session.scalar(select(Reorganisation).where(Reorganisation.pid == pid))
    if act is None:
        raise NotFound(_("Không có việc sắp xếp này."))
    return render_template(
        "reorganisation/show.html",
        act=act,
        kinds=KIND_WORDS,
        sections=SECTIONS,
    )


@bp.route("/quan-tri/sap-xep/<kind>", methods=["GET", "POST"])
@needs(Role.ADMIN)
def act(kind: str) -> ResponseReturnValue:
    """Typed → previewed → carried out. The preview's page carries what was typed and what it
    showed.
    """
    which = next((one for one in Kind if one.value == kind), None)
    if which is None:
        raise NotFound(_("Không có trang này."))
    form = act_form(which)
    today = clock.today()
    if request.method == "GET":
        if request.args.get("don-vi"):
            unit = find_unit(request.args["don-vi"])
            form.units.data = names_on([unit.id], today).get(unit.id, "")
        return _page(which, form)
    plan = plan_of(form, which) if form.validate() else None
    if plan is None:
        return _page(which, form), 422
    if request.form.get("then") != "write":
        outlook = foresee(plan, today=today)
        return _page(
            which,
            form,
            plan,
            outlook,
        ), 422 if outlook.problems else 200
    with catch_refusal(statuses=(409, 422)) as refusal:
        done = carry_out(
            plan,
            seen=request.form.get("seen", ""),
            kept_roles=request.form.getlist("keep"),
            actor=actor(),
            at=clock.now(),
            today=today,
        )
    if refusal:
        outlook = foresee(plan, today=today)
        outlook.problems = outlook.problems or [Problem(refusal.sentence)]
        return _page(
            which,
            form,
            plan,
            outlook,
        ), refusal.status
    flash(_("Đã thực hiện: %(title)s.", title=done.title))
    return redirect(url_for("reorganisation.show", pid=done.pid), 303)


def _page(
    kind: Kind,
    form: ActForm,
    plan: Plan | None = None,
    outlook: Outlook | None = None,
) -> str:
    return render_template(
        "reorganisation/act.html",
        kind=kind,
        kinds=KIND_WORDS,
        form=form,
        plan=plan,
        outlook=outlook,
        seen=digest(outlook) if outlook else "",
        title=title(plan, outlook) if plan and outlook else "",
        today=clock.today(),
        fields={
            field.name: field.raw_data[0]
            for field in form
            if field.name != "csrf_token" and field.raw_data
        },
    )
