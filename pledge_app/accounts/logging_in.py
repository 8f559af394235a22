"""Logging in: by password, then by the code where the user has a second factor; by part in a
demo.
"""

from __future__ import annotations

import logging
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts import passwords, sessions, throttle
from pledge_app.accounts.models import LoginSession, SecondFactor, User
from pledge_app.accounts.operations import as_actor
from pledge_app.audit.operations import record
from pledge_app.kernel.base import db
from pledge_app.kernel.text import clean_line

log = logging.getLogger(__name__)


class LoginRefused(Exception):
    """Wrong name or password, or too many tries. The sentence never says which of the two was
    wrong. No DomainError: the try was counted, and the count is not undone.
    """


def log_in(
    username: str,
    password: str,
    *,
    at: datetime,
    address: str,
    browser: str,
    known: str = "",
) -> tuple[LoginSession, str]:
    """Check the password and begin a session: (session, cookie token). Where the user has a second
    factor the session still waits for the code. Raises LoginRefused, which is counted.

    `known`: the mark of a browser in which this user logged in before.
    """
    username = clean_line(username).lower()
    delay = throttle.wait(username, address, at=at, browser=known)
    if delay:
        log.warning("login held back account=%s from=%s", _known(username), address)
        raise LoginRefused(
            _(
                "Đã thử sai nhiều lần. Hãy chờ %(n)s giây rồi thử lại.",
                n=int(delay.total_seconds()) + 1,
            )
        )
    user = db.session.scalar(select(User).where(User.username == username))
    right = passwords.verify(user, password)
    if user is None or not right or user.disabled_at is not None:
        throttle.failed(
            username,
            address,
            at=at,
            browser=known,
        )
        log.warning(
            "login failed account=%s from=%s%s",
            user.username if user else "(unknown)",
            address,
            " locked" if user and user.disabled_at else "",
        )
        raise LoginRefused(_("Tên đăng nhập hoặc mật khẩu không đúng."))
    if user.must_change_password and user.one_time_until and user.one_time_until <= at:
        raise LoginRefused(
            _(
                "Mật khẩu dùng một lần này đã hết hạn. Hãy nhờ quản trị viên của cơ quan cấp lại "
                "mật khẩu."
            )
        )
    if passwords.is_outdated(user):
        user.password_hash = passwords.hash_password(password)
    throttle.succeeded(username, address, browser=known)
    return _begin(
        user,
        at=at,
        address=address,
        browser=browser,
    )


def _begin(
    user: User,
    *,
    at: datetime,
    address: str,
    browser: str,
) -> tuple[LoginSession, str]:
    """The session after the right password; recorded as a login only where no code is asked."""
    waits = db.session.scalar(select(SecondFactor.id).where(SecondFactor.user_id == user.id))
    session, token = sessions.begin(
        user,
        at=at,
        address=address,
        browser=browser,
        waits_for_code=waits is not None,
    )
    session.user = user
    if not session.waits_for_code:
        record(
            "user.logged_in",
            user,
            actor=as_actor(user),
            at=at,
        )
    return session, token


def _known(username: str) -> str:
    """For the log: the name of a user, or that there is none; what a stranger typed may be a
    password.
    """
    is_user = db.session.scalar(select(User.id).where(User.username == username)) is not None
    return username if is_user else "(unknown)"


def take_part(part: str, *, at: datetime, address: str, browser: str) -> tuple[User, str] | None:
    """Vào vai: log in as one of the demo's cast. The caller has made sure that this is a demo."""
    user = db.session.scalar(select(User).where(User.demo_part == part, User.disabled_at.is_(None)))
    if user is None:
        return None
    _session, token = sessions.begin(
        user,
        at=at,
        address=address,
        browser=browser,
    )
    record(
        "user.took_part",
        user,
        actor=as_actor(user),
        at=at,
        part=part,
    )
    return user, token
