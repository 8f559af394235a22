"""Login sessions: rows of the database, named by a cookie whose token is stored only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from pledge_app.accounts.models import LoginSession, User
from pledge_app.config import Settings
from pledge_app.kernel.base import db
from pledge_app.kernel.database import own_writer

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
CODE_WITHIN = timedelta(minutes=10)
TOUCH_EVERY = timedelta(minutes=1)


def cookie_name(settings: Settings) -> str:
    """`__Host-sid` over HTTPS; plain on a loopback demo, where the prefix cannot be used."""
    return "__Host-sid" if settings.https else "sid"


def begin(
    user: User,
    *,
    at: datetime,
    address: str,
    browser: str,
    waits_for_code: bool = False,
) -> tuple[LoginSession, str]:
    """A new session and its 256-bit token, which goes into the cookie and is kept nowhere."""
    token = secrets.token_urlsafe(32)
    session = LoginSession(
        token_sha256=_digest(token),
        user_id=user.id,
        begun_at=at,
        seen_at=at,
        address=address[:64],
        browser=browser[:200],
        waits_for_code=waits_for_code,
    )
    db.session.add(session)
    return session, token


def live_session(token: str, at: datetime) -> LoginSession | None:
    """The session of `token` if it is neither ended, idle, too old, nor of a disabled user."""
    session = _open_session(token)
    if session is None or session.waits_for_code:
        return None
    if at - session.seen_at > IDLE or at - session.begun_at > ABSOLUTE:
        return None
    if at - session.seen_at > TOUCH_EVERY:
        _touch(session.id, at)
    return session


def waiting_session(token: str, at: datetime) -> LoginSession | None:
    """The login of `token` whose password was right minutes ago and whose code is still asked
    for.
    """
    session = _open_session(token)
    if session is None or not session.waits_for_code or at - session.begun_at > CODE_WITHIN:
        return None
    return session


def _open_session(token: str) -> LoginSession | None:
    session = db.session.scalar(
        select(LoginSession).where(LoginSession.token_sha256 == _digest(token))
    )
    if session is None or session.ended_at is not None or session.user.disabled_at is not None:
        return None
    return session


def end(session: LoginSession, *, at: datetime) -> None:
    """End one session; its cookie is worthless from here."""
    session.ended_at = session.ended_at or at


def end_all(user_id: int, *, at: datetime, except_id: int | None = None) -> None:
    """End every session of a user, as on a change of password, roles or state."""
    for session in db.session.scalars(
        select(LoginSession).where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
    ):
        if session.id != except_id:
            end(session, at=at)


def _touch(session_id: int, at: datetime) -> None:
    """At most once a minute, in a transaction of its own: the one write behind every GET."""
    if db.engine.dialect.name == "sqlite" and db.session.connection().in_transaction():
        # give back the read snapshot, so that this write does not wait for ourselves
        db.session.commit()
    with own_writer(db.engine) as connection:
        connection.execute(
            update(LoginSession).where(LoginSession.id == session_id).values(seen_at=at)
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
