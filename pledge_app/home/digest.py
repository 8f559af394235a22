"""The morning letter: written once for each user and working day, in Vietnamese, sent by the
worker.
"""

from __future__ import annotations

from datetime import date, datetime

from flask import current_app
from sqlalchemy import select

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import User
from pledge_app.campaigns.workdays import calendar_around
from pledge_app.config import Settings
from pledge_app.home import due
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.notices import mail
from pledge_app.notices.mail_models import MailAddress

# Vietnam; a letter after work is a letter for tomorrow
FIRST_HOUR = 7
LAST_HOUR = 17


def day_of(at: datetime) -> str:
    """The day whose letters are due now: a working morning, and there is a mail server. ""
    otherwise.
    """
    if mail.settings() is None or not FIRST_HOUR <= clock.local(at).hour < LAST_HOUR:
        return ""
    today = clock.today()
    return str(today) if calendar_around(today).is_working(today) else ""


def write_all(at: datetime) -> str:
    """Write the letters of today; whoever has nothing pressing gets none. Pages' addresses need
    a request around.
    """
    settings: Settings = current_app.config["SETTINGS"]
    db.session.rollback()  # the request context below has a session of its own
    with current_app.test_request_context("/", base_url=_own_address(settings)):
        written = _write(clock.today(), at, settings.public_url)
        db.session.commit()
    return str(written)


def _own_address(settings: Settings) -> str:
    """An address that the application answers to."""
    return (
        settings.public_url
        or f"http://{settings.trusted_hosts[0] if settings.trusted_hosts else 'localhost'}"
    )


def _write(today: date, at: datetime, public_url: str) -> int:
    calendar = calendar_around(today)
    written = 0
    wanted = db.session.execute(
        select(User, MailAddress)
        .join(MailAddress, MailAddress.user_id == User.id)
        .where(MailAddress.confirmed_at.is_not(None), User.disabled_at.is_(None))
        .order_by(User.id)
    ).all()
    for user, held in wanted:
        found = due.pressing(due.rows(actor_of(user, today=today), today=today, calendar=calendar))
        if not found:
            continue
        text = due.as_text(found, today=today, name=user.name)
        where = f"\n\nMở phần mềm: {public_url}" if public_url else ""
        mail.write(
            f"digest:{user.id}:{today}",
            user_id=user.id,
            address=held.address,
            at=at,
            subject=f"Việc đến hạn ngày {today:%d/%m/%Y}: {len(found)} việc",
            body=f"{text}{where}\n\nKhông nhận thư này nữa: mục Thư nhắc việc trong tài khoản.\n",
        )
        written += 1
    return written
