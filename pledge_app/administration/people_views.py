"""People: a new name from a day on, and what somebody who leaves hands over."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts import handing_over, operations, queries, separation, tying
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.models import User
from pledge_app.administration.body_page import body_page, holding_facts
from pledge_app.administration.pages import form_page
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.text import sort_key
from pledge_app.orgs import office_queries, people
from pledge_app.ui.forms import Form, choose, day, line
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("people", __name__)


class NameForm(Form):
    """Another name from a day on."""

    name = line(_l("Họ và tên mới"), longest=people.LONGEST)
    on = day(_l("Dùng tên mới từ ngày"))
    basis = line(_l("Căn cứ"), help_=_l("Ví dụ: Quyết định, trích lục số …, ngày …"))


class HandOverForm(Form):
    """Who takes over, from which day."""

    successor = choose(_l("Người nhận bàn giao"), [])
    on = day(_l("Từ ngày"))


@bp.route("/quan-tri/chuc-vu/<pid>/doi-ten", methods=["GET", "POST"])
@needs(Role.ADMIN)
def rename(pid: str) -> ResponseReturnValue:
    """The office-holder is called otherwise from a day on; the login too."""
    holding = office_queries.find_holding(pid)
    form = NameForm(data={"on": clock.today()})
    if form.validate_on_submit():
        who, at = actor(), clock.now()
        with catch_refusal(form) as refusal:
            people.rename(
                holding.person,
                form.name.data or "",
                on=form.on.data,
                basis=form.basis.data or "",
                actor=who,
                at=at,
            )
            for user in tying.logins_of([holding.person_id]).values():
                operations.rename_user(
                    user,
                    form.name.data or "",
                    actor=who,
                    at=at,
                )
        if not refusal:
            flash(_("Đã ghi tên mới. Văn bản đã chốt giữ tên cũ."))
            return redirect(url_for("offices.show", pid=holding.body.pid), 303)
    return body_page(
        form,
        holding.body,
        _("Đổi tên người giữ chức"),
        _("Ghi tên mới"),
        facts=holding_facts(holding),
        note=_(
            "Dùng khi người đó thật sự đổi tên: tên cũ được giữ lại. Tên ghi sai thì sửa ở nút Sửa."
        ),
    )


@bp.route("/quan-tri/nguoi-dung/<pid>/ban-giao", methods=["GET", "POST"])
@needs(Role.ADMIN)
def hand_over(pid: str) -> ResponseReturnValue:
    """Every role of somebody who leaves goes to a successor, with what waits there."""
    user = queries.find_user(pid)
    form = HandOverForm(data={"on": clock.today()})
    others = _in_use(user)
    form.successor.choices = [(one.pid, f"{one.name} ({one.username})") for one in others]
    if form.validate_on_submit():
        with catch_refusal(form, statuses=(403, 409, 422)) as refusal:
            successor = queries.find_user(form.successor.data)
            handed = handing_over.hand_over(
                user,
                successor,
                on=form.on.data,
                actor=actor(),
                at=clock.now(),
            )
        if not refusal:
            flash(
                _(
                    "Đã bàn giao %(n)s vai trò cho %(name)s. Cả hai người cần đăng nhập lại.",
                    n=len(handed),
                    name=successor.name,
                )
            )
            for sentence in separation.conflicts_of(successor, on=clock.today()):
                flash(sentence)
            return redirect(url_for("accounts.user", pid=successor.pid), 303)
    here = url_for("accounts.user", pid=pid)
    return form_page(
        form,
        _("Bàn giao: %(name)s", name=user.name),
        _("Bàn giao"),
        here,
        crumbs=[(_("Người dùng"), url_for("accounts.users")), (user.name, here)],
        note=_(
            "Người nhận có mọi vai trò đang giữ của người này từ ngày ghi, thấy ngay bản đang nhập "
            "và việc đang chờ; người bàn giao thôi các vai trò đó. Chức vụ đứng tên trên văn bản "
            "thì ghi thôi giữ chức ở trang của cơ quan."
        ),
    )


def _in_use(user: User) -> list[User]:
    """The other logins in use, those at the same bodies first, in Vietnamese order."""
    own = {grant.body_id for grant in user.grants}
    chosen = select(User).where(User.id != user.id, User.disabled_at.is_(None))

    def place(one: User) -> tuple[bool, str]:
        return not any(grant.body_id in own for grant in one.grants), sort_key(one.name)

    return sorted(db.session.scalars(chosen), key=place)
