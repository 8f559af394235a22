"""The own password, asked again of somebody logged in: guesses are counted and slow the next."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from pledge_app.accounts import passwords, throttle
from pledge_app.accounts.models import User


def problem_with(user: User, typed: str, *, at: datetime) -> str:
    """Why `typed` is not taken, "" when it is the password. Call it before any change, and let the
    request be committed: a count that is rolled back slows nobody.
    """
    act = f"password:{user.id}"
    if throttle.wait_for_own(act, at=at):
        return _(
            "Đã nhập sai mật khẩu nhiều lần. Hãy chờ ít phút rồi thử lại; chưa có gì thay đổi."
        )
    if passwords.verify(user, typed):
        throttle.succeeded_own(act)
        return ""
    throttle.failed_own(act, at=at)
    return _("Mật khẩu không đúng nên chưa có gì thay đổi. Hãy nhập lại.")
