"""Own password and sessions; users and roles for the administrator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from pledge_app.accounts import (
    operations,
    own_password,
    permissions,
    queries,
    second_factor,
    throttle,
)
from pledge_app.accounts.blueprint import bp
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.forms import PasswordForm, RoleForm
from pledge_app.accounts.models import LoginSession, RoleGrant, User
from pledge_app.accounts.separation import conflicts_of
from pledge_app.audit.queries import timeline
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import sort_key
from pledge_app.orgs.holder_queries import Holder, holders, offices_of
from pledge_app.orgs.models import Body
from pledge_app.ui.paging import page_of_list
from pledge_app.web.events import START_PAGE
from pledge_app.web.refused_verbs import catch_refusal


@bp.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """The user's own password."""
    form = PasswordForm()
    if form.validate_on_submit():
        if form.new.data != form.again.data:
            form.again.errors = [_("Hai lần nhập mật khẩu mới không giống nhau.")]
        else:
            return _change(form)
    return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200


def _change(form: PasswordForm) -> ResponseReturnValue:
    wrong = own_password.problem_with(
        current_user.user,
        form.current.data or "",
        at=clock.now(),
    )
    if wrong:
        form.current.errors = [wrong]
        return render_template("accounts/password.html", form=form), 422
    with catch_refusal(form) as refusal:
        operations.change_password(
            current_user.user,
            form.new.data or "",
            at=clock.now(),
            keep=current_user.session,
        )
    if refusal:
        return render_template("accounts/password.html", form=form), 422
    flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."))
    return redirect(url_for(START_PAGE()), 303)


@bp.get("/tai-khoan/phien")
def login_sessions() -> ResponseReturnValue:
    """Where I am logged in."""
    return render_template(
        "accounts/sessions.html",
        rows=queries.open_sessions(current_user.user.id),
        this=current_user.session.id,
    )


@bp.post("/tai-khoan/phien/<pid>/ket-thuc")
def end_session(pid: str) -> ResponseReturnValue:
    """End one of my sessions."""
    row = db.session.scalar(
        select(LoginSession).where(
            LoginSession.pid == pid,
            LoginSession.user_id == current_user.user.id,
        )
    )
    if row is None:
        raise NotFound(_("Không có phiên này."))
    operations.end_session(
        row,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đã kết thúc phiên đăng nhập."))
    return redirect(url_for("accounts.login_sessions"), 303)


@bp.get("/quan-tri/nguoi-dung")
@needs(Role.ADMIN)
def users() -> ResponseReturnValue:
    """All users, with the offices of those who hold one."""
    asked, today = request.args.get("q", "").strip()[:100], clock.today()
    page = page_of_list(queries.user_ids(asked))
    rows = queries.users(page.rows)
    offices = offices_of([row.person_id for row in rows if row.person_id], on=today)
    return render_template(
        "accounts/users.html",
        page=replace(page, rows=rows),
        asked=asked,
        offices=offices,
        ends=queries.administration_ends(today),
    )


@bp.route("/quan-tri/nguoi-dung/<pid>", methods=["GET", "POST"])
@needs(Role.ADMIN)
def user(pid: str) -> ResponseReturnValue:
    """One user: roles, office held, sessions, lock; the form grants a role."""
    found, today = queries.find_user(pid), clock.today()
    bodies = sorted(db.session.scalars(select(Body)), key=lambda body: sort_key(body.name))
    held = holders(on=today, person_ids=[found.person_id]) if found.person_id else []
    blind = _bodies_unseen(
        found,
        held,
        bodies,
        today,
    )
    begun = {"role": Role.LEADER.value, "body": blind[0].pid, "held_from": today} if blind else None
    form = RoleForm(data=begun)
    form.body.choices = [(body.pid, body.name) for body in bodies]
    if form.validate_on_submit():
        body = next(body for body in bodies if body.pid == form.body.data)
        with catch_refusal(form, statuses=(409, 422)) as refusal:
            operations.grant_role(
                found,
                Role(form.role.data),
                body,
                held_from=form.held_from.data,
                held_to=form.held_to.data,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(_("Đã giao vai trò. Người này cần đăng nhập lại."))
            for sentence in conflicts_of(found, on=clock.today()):
                flash(sentence)
            return redirect(url_for("accounts.user", pid=pid), 303)
    shown = render_template(
        "accounts/user.html",
        user=found,
        form=form,
        today=today,
        office=held[0].office if held else "",
        blind=blind,
        timeline=timeline(User.__tablename__, found.pid),
        open_sessions=queries.open_sessions(found.id),
        factor=second_factor.factor_of(found.id),
        failed=throttle.failures(found.username),
    )
    return shown, 422 if form.is_submitted() else 200


def _bodies_unseen(user: User, held: list[Holder], bodies: list[Body], today: date) -> list[Body]:
    """Where the tied person holds an office but the login has no role: its papers stay closed to
    it.
    """
    offices = {body_id for holder in held for body_id in holder.body_ids}
    seen = {
        grant.body_id for grant in user.grants if grant.held_to is None or grant.held_to > today
    }
    return [body for body in bodies if body.id in offices - seen]


@bp.post("/quan-tri/vai-tro/<pid>/ket-thuc")
@needs(Role.ADMIN)
def end_role(pid: str) -> ResponseReturnValue:
    """A role ends today."""
    grant = db.session.scalar(select(RoleGrant).where(RoleGrant.pid == pid))
    if grant is None:
        raise NotFound(_("Không có vai trò này."))
    operations.end_role(
        grant,
        on=clock.today(),
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Vai trò đã kết thúc."))
    return redirect(url_for("accounts.user", pid=grant.user.pid), 303)


@bp.post("/quan-tri/nguoi-dung/<pid>/mat-khau")
@needs(Role.ADMIN)
def reset_password(pid: str) -> ResponseReturnValue:
    """A new one-time password, shown once."""
    found = queries.find_user(pid)
    password = operations.reset_password(
        found,
        actor=actor(),
        at=clock.now(),
    )
    return render_template(
        "accounts/one_time.html",
        user=found,
        password=password,
    )


@bp.post("/quan-tri/nguoi-dung/<pid>/khoa")
@needs(Role.ADMIN)
def lock(pid: str) -> ResponseReturnValue:
    """Lock or unlock a login."""
    found = queries.find_user(pid)
    if found.disabled_at is None:
        operations.disable(
            found,
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
        flash(_("Đã khóa tài khoản. Mọi phiên đăng nhập đã kết thúc."))
    else:
        operations.enable(
            found,
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã mở khóa tài khoản."))
    return redirect(url_for("accounts.user", pid=pid), 303)


@bp.get("/quan-tri/phan-quyen")
def permission_table() -> ResponseReturnValue:
    """Who may do what, as one table."""
    return render_template("accounts/permissions.html", table=permissions.table())
