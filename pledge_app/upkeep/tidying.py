"""What has an end of its own: kept texts, sessions that are over, old notices. Never anything of
the record.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, or_

from pledge_app.accounts.models import LoginSession, LoginThrottle
from pledge_app.accounts.sessions import ABSOLUTE
from pledge_app.kernel import clock
from pledge_app.kernel.base import Base, db
from pledge_app.notices.models import Notice
from pledge_app.web.kept_texts import KEPT_FOR, KeptText

SESSIONS_FOR = timedelta(days=90)  # a user sees meanwhile from where the login was
FAILURES_FOR = timedelta(days=30)
READ_FOR, UNREAD_FOR = timedelta(days=180), timedelta(days=730)
TIDYING_HOUR = 2  # after the backup of the night


def tidying_day(at: datetime) -> str:
    """The day whose tidying is due; "" before TIDYING_HOUR."""
    here = clock.local(at)
    return str(here.date()) if here.hour >= TIDYING_HOUR else ""


def tidy(at: datetime) -> str:
    """Delete what is past its end; what the log says of it."""
    gone = {
        "kept texts": _drop(KeptText, KeptText.at < at - KEPT_FOR),
        "sessions": _drop(LoginSession, LoginSession.begun_at < at - ABSOLUTE - SESSIONS_FOR),
        "failed logins": _drop(LoginThrottle, LoginThrottle.last_at < at - FAILURES_FOR),
        "notices": _drop(Notice, or_(Notice.read_at < at - READ_FOR, Notice.at < at - UNREAD_FOR)),
    }
    return ", ".join(f"{count} {what}" for what, count in gone.items())


def _drop(of: type[Base], which: ColumnElement[bool]) -> int:
    table = of.__table__
    assert isinstance(table, Table)
    return db.session.connection().execute(delete(table).where(which)).rowcount
