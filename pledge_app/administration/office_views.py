"""Cơ quan và người giữ chức: pages of the administrator."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts import tying
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.exporting import exported
from pledge_app.accounts.queries import free_logins
from pledge_app.administration import body_sheet
from pledge_app.administration.body_page import body_page, holding_facts
from pledge_app.administration.office_forms import (
    BodyForm,
    ConcurrentForm,
    DelegationForm,
    EndForm,
    TermForm,
    authority_of,
    logins,
    people,
    term_of,
)
from pledge_app.administration.pages import form_page
from pledge_app.audit.queries import timeline
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.orgs import bodies, concurrent, office_queries, offices, queries
from pledge_app.orgs import people as people_names
from pledge_app.orgs.models import Body, BodyKind
from pledge_app.orgs.words import KIND_WORDS
from pledge_app.ui.forms import posted_version
from pledge_app.ui.paging import page_of_list
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("offices", __name__)


@bp.get("/quan-tri/co-quan")
@needs(Role.ADMIN)
def index() -> ResponseReturnValue:
    """All bodies: searched by name, by kind, those of a day or all."""
    asked, kind, old = _asked()
    today = clock.today()
    page = page_of_list(queries.body_ids(asked, kind=kind, on=None if old else today))
    page = replace(page, rows=queries.bodies(page.rows))
    return render_template(
        "administration/bodies.html",
        page=page,
        asked=asked,
        kind=kind,
        old=old,
        kinds=KIND_WORDS,
        today=today,
        heads=office_queries.heads_of([body.id for body in page.rows], on=today),
    )


def _asked() -> tuple[str, BodyKind | None, bool]:
    """The filters; rubbish asks for nothing."""
    args = request.args
    return (
        args.get("q", "").strip()[:100],
        next((one for one in BodyKind if one.value == args.get("loai")), None),
        args.get("cu") == "1",
    )


@bp.post("/quan-tri/co-quan/xlsx")
@needs(Role.ADMIN)
def export() -> ResponseReturnValue:
    """The filtered bodies as a sheet: a row per office-holder, past ones too."""
    asked, kind, old = _asked()
    on = None if old else clock.today()
    bodies_shown = queries.bodies(queries.body_ids(asked, kind=kind, on=on))
    title = _("Cơ quan và người giữ chức")
    rows = body_sheet.rows(bodies_shown, today=clock.today())
    return exported(title, body_sheet.head(), rows)


@bp.route("/quan-tri/don-vi/<pid>/co-quan/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add_body(pid: str) -> ResponseReturnValue:
    """A new body of a unit."""
    unit = queries.find_unit(pid)
    form = BodyForm()
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            body = bodies.add_body(
                unit,
                form.values(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã thêm cơ quan. Hãy ghi người giữ chức."))
            return redirect(url_for("offices.show", pid=body.pid), 303)
    name = queries.names_on([unit.id], clock.today()).get(unit.id, "")
    return form_page(
        form,
        _("Thêm cơ quan: %(unit)s", unit=name),
        _("Thêm cơ quan"),
        url_for("orgs.show", pid=pid),
        crumbs=[(_("Đơn vị"), url_for("orgs.index")), (name, url_for("orgs.show", pid=pid))],
    )


@bp.get("/quan-tri/co-quan/<pid>")
@needs(Role.ADMIN)
def show(pid: str) -> ResponseReturnValue:
    """One body with everybody who held an office there."""
    body, today = queries.find_body(pid), clock.today()
    holdings = office_queries.holdings_of([body.id])
    return render_template(
        "administration/body.html",
        body=body,
        today=today,
        kinds=KIND_WORDS,
        holdings=list(reversed(holdings)),
        logins=tying.logins_of([row.person_id for row in holdings]),
        earlier=people_names.earlier_names([row.person_id for row in holdings]),
        delegations=office_queries.delegations_of([row.id for row in holdings]),
        clusters=queries.clusters_of([body.id]),
        timeline=timeline(Body.__tablename__, body.pid),
        concurrent=concurrent.permissions_of(body),
    )


@bp.route("/quan-tri/co-quan/<pid>/kiem-nhiem", methods=["GET", "POST"])
@needs(Role.ADMIN)
def allow_concurrent(pid: str) -> ResponseReturnValue:
    """One official may take two steps, for a time and with a reason."""
    body = queries.find_body(pid)
    form = ConcurrentForm(data={"valid_from": clock.today()})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            concurrent.allow_concurrent(
                body,
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(
                _(
                    "Đã cho phép một người kiêm nhiệm. Trang hồ sơ và nhật ký sẽ ghi rõ khi dùng "
                    "đến."
                )
            )
            return redirect(url_for("offices.show", pid=pid), 303)
    return body_page(
        form,
        body,
        _("Cho phép một người kiêm nhiệm"),
        _("Cho phép"),
        warning=_(
            "Bình thường hai việc do hai người làm: nhập và ký duyệt, tải lên và đối chiếu. Chỉ "
            "cho phép khi cơ quan không có người thứ hai. Không ai được xác nhận thay cơ quan "
            "khác."
        ),
    )


@bp.post("/quan-tri/kiem-nhiem/<pid>/ket-thuc")
@needs(Role.ADMIN)
def end_concurrent(pid: str) -> ResponseReturnValue:
    """From today two people are needed again."""
    row = concurrent.find_concurrent(pid)
    concurrent.end_concurrent(
        row,
        on=clock.today(),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Từ hôm nay hai việc lại phải do hai người làm."))
    return redirect(url_for("offices.show", pid=row.body.pid), 303)


@bp.route("/quan-tri/co-quan/<pid>/sua", methods=["GET", "POST"])
@needs(Role.ADMIN)
def describe(pid: str) -> ResponseReturnValue:
    """Names, symbol, place."""
    body = queries.find_body(pid)
    form = BodyForm(
        data={
            "ver": body.version_id,
            "kind": body.kind.value,
            **{name: getattr(body, name) for name in bodies.DESCRIBED if name != "kind"},
        }
    )
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            bodies.describe_body(
                body,
                form.values(),
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lưu. Văn bản đã chốt không thay đổi."))
            return redirect(url_for("offices.show", pid=pid), 303)
    return body_page(
        form,
        body,
        _("Sửa cơ quan"),
        _("Lưu"),
        note=_(
            "Tên, ký hiệu và địa danh dùng cho văn bản lập từ nay. Đổi tên do sắp xếp đơn vị thì "
            "dùng trang Sắp xếp đơn vị."
        ),
    )


@bp.route("/quan-tri/co-quan/<pid>/ket-thuc", methods=["GET", "POST"])
@needs(Role.ADMIN)
def end(pid: str) -> ResponseReturnValue:
    """A body ends; asks on its own page."""
    body = queries.find_body(pid)
    form = EndForm(data={"ver": body.version_id})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            bodies.end_body(
                body,
                on=form.on.data,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã ghi ngày kết thúc của cơ quan."))
            return redirect(url_for("offices.show", pid=pid), 303)
    return body_page(
        form,
        body,
        _("Kết thúc hoạt động"),
        _("Kết thúc hoạt động"),
        warning=_(
            "Từ ngày này cơ quan không còn: mọi chức vụ tại cơ quan kết thúc theo. Việc này "
            "không hoàn lại được."
        ),
    )


@bp.route("/quan-tri/co-quan/<pid>/chuc-vu/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def appoint(pid: str) -> ResponseReturnValue:
    """Somebody takes an office."""
    body = queries.find_body(pid)
    form = TermForm()
    known, free = office_queries.people_of(body.unit), free_logins(body.id)
    form.person.choices, form.login.choices = people(known), logins(free)
    if form.validate_on_submit():
        chosen = next((one for one in known if one.pid == form.person.data), None)
        user = next((one for one in free if one.pid == form.login.data), None)
        who, at = actor(), clock.now()
        with catch_refusal(form) as refusal:
            held = offices.appoint(
                body,
                form.term(),
                person=chosen,
                name=form.name.data or "",
                actor=who,
                at=at,
            )
            if user is not None:
                tying.tie(
                    user,
                    held.person,
                    actor=who,
                    at=at,
                    today=clock.today(),
                )
        if not refusal:
            flash(_("Đã ghi người giữ chức."))
            return redirect(url_for("offices.show", pid=pid), 303)
    return body_page(
        form,
        body,
        _("Ghi người giữ chức"),
        _("Ghi người giữ chức"),
    )


@bp.route("/quan-tri/chuc-vu/<pid>", methods=["GET", "POST"])
@needs(Role.ADMIN)
def correct(pid: str) -> ResponseReturnValue:
    """A slip is put right."""
    holding = office_queries.find_holding(pid)
    form = TermForm(data=term_of(holding))
    del form.person, form.login
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            offices.correct_holding(
                holding,
                form.term(),
                name=form.name.data or "",
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã lưu. Văn bản đã chốt không thay đổi."))
            return redirect(url_for("offices.show", pid=holding.body.pid), 303)
    return body_page(
        form,
        holding.body,
        _("Sửa chức vụ đã ghi"),
        _("Lưu"),
        note=_("Chỉ sửa khi ghi sai. Người mới nhận chức là một dòng mới."),
    )


@bp.route("/quan-tri/chuc-vu/<pid>/thoi-giu", methods=["GET", "POST"])
@needs(Role.ADMIN)
def leave(pid: str) -> ResponseReturnValue:
    """The office is left."""
    holding = office_queries.find_holding(pid)
    form = EndForm(data={"ver": holding.version_id})
    if form.validate_on_submit():
        with catch_refusal(form) as refusal:
            offices.end_holding(
                holding,
                on=form.on.data,
                version=posted_version(),
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã ghi ngày thôi giữ chức."))
            return redirect(url_for("offices.show", pid=holding.body.pid), 303)
    return body_page(
        form,
        holding.body,
        _("Thôi giữ chức"),
        _("Ghi ngày thôi giữ chức"),
        facts=holding_facts(holding),
    )


@bp.route("/quan-tri/chuc-vu/<pid>/uy-quyen", methods=["GET", "POST"])
@needs(Role.ADMIN)
def delegate(pid: str) -> ResponseReturnValue:
    """Somebody signs for the holder for a time."""
    holding = office_queries.find_holding(pid)
    form = DelegationForm()
    known = office_queries.people_of(holding.body.unit)
    form.person.choices = people(known)
    if form.validate_on_submit():
        chosen = next((one for one in known if one.pid == form.person.data), None)
        with catch_refusal(form) as refusal:
            offices.delegate(
                holding,
                form.name.data or "",
                person=chosen,
                authority=authority_of(form.authority.data),
                basis=form.basis.data,
                valid_from=form.held_from.data,
                valid_to=form.held_to.data,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã ghi ủy quyền."))
            return redirect(url_for("offices.show", pid=holding.body.pid), 303)
    return body_page(
        form,
        holding.body,
        _("Ghi ủy quyền ký"),
        _("Ghi ủy quyền"),
        facts=holding_facts(holding),
    )


@bp.post("/quan-tri/uy-quyen/<pid>/thu-hoi")
@needs(Role.ADMIN)
def end_delegation(pid: str) -> ResponseReturnValue:
    """From today the delegate signs no more."""
    found = office_queries.find_delegation(pid)
    offices.end_delegation(
        found,
        on=clock.today(),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã thu hồi ủy quyền."))
    return redirect(url_for("offices.show", pid=found.holding.body.pid), 303)
