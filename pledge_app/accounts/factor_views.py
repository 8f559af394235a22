"""The second factor: begun by the user with an authenticator app, removed by two administrators."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer
from segno import make_qr

from pledge_app.accounts import codes, own_password, queries, second_factor
from pledge_app.accounts.current import actor, needs
from pledge_app.accounts.forms import FactorForm
from pledge_app.accounts.models import User
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.installation import installation
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("factor", __name__)
SECONDS = 1800
"""How long the page that shows a key is good for."""


@bp.route("/tai-khoan/xac-thuc", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """My second factor: a QR for the app, then its first code. The key is kept when that is right;
    until then it stands only in the page, signed.
    """
    form, user = FactorForm(), current_user.user
    secret = _secret_in(form.app_key.data, user) or codes.new_secret()
    if form.validate_on_submit():
        wrong = own_password.problem_with(user, form.password.data or "", at=clock.now())
        if wrong:
            form.password.errors = [wrong]
        else:
            with catch_refusal(form) as refusal:
                made = second_factor.begin(
                    user,
                    secret,
                    form.one_time_code.data,
                    at=clock.now(),
                    keep=current_user.session,
                )
            if not refusal:
                return render_template("accounts/recovery_codes.html", codes=made)
    form.app_key.data = _signer().dumps([user.pid, secret])
    return _own_page(form, user, secret), 422 if form.is_submitted() else 200


def _own_page(form: FactorForm, user: User, secret: str) -> str:
    factor, here = second_factor.factor_of(user.id), installation()
    address = codes.address_for_app(
        secret,
        user.username,
        here.office_name if here is not None else "",
    )
    return render_template(
        "accounts/factor.html",
        form=form,
        factor=factor,
        left=second_factor.unused_codes(factor) if factor is not None else 0,
        key=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        qr=make_qr(address, error="m").svg_data_uri(scale=4),
    )


def _secret_in(token: str | None, user: User) -> str:
    try:
        whose, secret = _signer().loads(token or "", max_age=SECONDS)
    except (BadData, ValueError, TypeError):
        return ""
    return str(secret) if whose == user.pid else ""


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="accounts.factor")


@bp.post("/quan-tri/nguoi-dung/<pid>/xac-thuc/go")
@needs(Role.ADMIN)
def remove(pid: str) -> ResponseReturnValue:
    """The app of this user is lost: the first administrator asks, the second removes."""
    is_removed = second_factor.remove(
        queries.find_user(pid),
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )
    if is_removed:
        flash(_("Đã gỡ xác thực hai bước. Người này đăng nhập bằng mật khẩu rồi bật lại."))
    else:
        flash(_("Đã ghi đề nghị. Một quản trị viên khác phải đồng ý trong 24 giờ."))
    return redirect(url_for("accounts.user", pid=pid), 303)
