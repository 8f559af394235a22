"""A login and its office-holder: a user added, tied, changed over, untied by an administrator."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts import operations, queries, tying
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.forms import UserForm
from pledge_app.accounts.models import User
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs.holder_queries import Holder, find_person, holders
from pledge_app.orgs.queries import find_body
from pledge_app.ui.paging import page_of_list
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("holders", __name__)


@bp.route("/quan-tri/nguoi-dung/them", methods=["GET", "POST"])
@needs(Role.ADMIN)
def add_user() -> ResponseReturnValue:
    """A new user, tied to an office-holder when one is chosen; the one-time password is shown once.

    `?co-quan=` puts the holders of a body first, `?nguoi=` begins with one holder.
    """
    free = _free_holders()
    chosen = next((one for one in free if one.person_pid == request.args.get("nguoi")), None)
    form = UserForm(data={"name": chosen.name, "holder": chosen.person_pid} if chosen else None)
    form.holder.choices = [
        ("", _("(không phải người giữ chức)")),
        *((one.person_pid, one.label) for one in free),
    ]
    namesakes: list[Holder] = []
    if form.validate_on_submit():
        namesakes = _namesakes(form, free)
        if not namesakes:
            made = _add(form)
            if made is not None:
                return render_template("accounts/one_time.html", user=made[0], password=made[1])
    if namesakes:
        form.proposed.data = form.name.data
    shown = render_template("accounts/add_user.html", form=form, namesakes=namesakes)
    return shown, 422 if form.is_submitted() else 200


def _free_holders() -> list[Holder]:
    """Holders without a login in use; those of the body that was asked for stand first."""
    found = holders(on=clock.today())
    taken = tying.logins_of([one.person_id for one in found])
    free = [one for one in found if one.person_id not in taken]
    if not request.args.get("co-quan"):
        return free
    here = find_body(request.args["co-quan"]).id
    return sorted(free, key=lambda one: here not in one.body_ids)


def _namesakes(form: UserForm, free: list[Holder]) -> list[Holder]:
    """Holders of the name that was typed: proposed once, never tied in silence."""
    key = same_name_key(form.name.data or "")
    if form.holder.data or same_name_key(form.proposed.data or "") == key:
        return []
    return [one for one in free if same_name_key(one.name) == key]


def _add(form: UserForm) -> tuple[User, str] | None:
    """The user and the one-time password; None when it was refused, with the reason in the form."""
    who, at = actor(), clock.now()
    with catch_refusal(statuses=(409, 422)) as refusal:
        user, password = operations.create_user(
            form.username.data,
            form.name.data,
            email=form.email.data or "",
            actor=who,
            at=at,
        )
        if form.holder.data:
            tying.tie(
                user,
                find_person(form.holder.data),
                actor=who,
                at=at,
                today=clock.today(),
            )
    if refusal:
        field = form.holder if form.holder.data and refusal.problems else form.username
        field.errors = [refusal.sentence]
        return None
    return user, password


@bp.route("/quan-tri/nguoi-dung/<pid>/nguoi-giu-chuc", methods=["GET", "POST"])
@needs(Role.ADMIN)
def choose(pid: str) -> ResponseReturnValue:
    """Whose login this is: holders at the user's own bodies first, others by search."""
    user = queries.find_user(pid)
    problem = ""
    if request.method == "POST":
        with catch_refusal(statuses=(404, 409, 422)) as refusal:
            person = find_person(request.form.get("person", ""))
            tying.tie(
                user,
                person,
                actor=actor(),
                at=clock.now(),
                today=clock.today(),
            )
        problem = refusal.sentence
        if not refusal:
            flash(
                _("Đã gắn tài khoản với %(name)s. Người này cần đăng nhập lại.", name=person.name)
            )
            return redirect(url_for("accounts.user", pid=pid), 303)
    asked = request.args.get("q", "").strip()[:100]
    page = page_of_list(_candidates(user, asked))
    logins = tying.logins_of([one.person_id for one in page.rows])
    shown = render_template(
        "accounts/holder.html",
        user=user,
        asked=asked,
        page=replace(page, rows=[(one, logins.get(one.person_id)) for one in page.rows]),
        namesake=same_name_key(user.name),
        key=same_name_key,
        problem=problem,
    )
    return shown, 422 if problem else 200


def _candidates(user: User, asked: str) -> list[Holder]:
    """Of the user's name first, then of the user's bodies, then the others."""
    key, own = same_name_key(user.name), {grant.body_id for grant in user.grants}
    found = holders(on=clock.today(), text=asked)
    return sorted(found, key=lambda one: (same_name_key(one.name) != key, not own & one.body_ids))


@bp.post("/quan-tri/nguoi-dung/<pid>/bo-gan")
@needs(Role.ADMIN)
def untie(pid: str) -> ResponseReturnValue:
    """The login is nobody's from now on."""
    tying.untie(
        queries.find_user(pid),
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )
    flash(_("Đã bỏ gắn. Tài khoản này không đọc và xác nhận thay ai được nữa."))
    return redirect(url_for("accounts.user", pid=pid), 303)
