"""Failed logins slow the next try down, per account and per address. Nobody is locked out for
good.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pledge_app.accounts.models import LoginThrottle
from pledge_app.kernel.base import db

FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 100  # a commune office shares one address
LONGEST = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=12)


def wait(username: str, address: str, *, at: datetime) -> timedelta:
    """How long this account or address must still wait before its next try; zero when it need
    not.
    """
    waits = [_wait(key, free, at) for key, free in _keys(username, address)]
    return max(waits)


def failed(username: str, address: str, *, at: datetime) -> None:
    """Count one failed try."""
    for key, _free in _keys(username, address):
        row = db.session.get(LoginThrottle, key)
        if row is None:
            db.session.add(
                LoginThrottle(
                    key=key,
                    failures=1,
                    last_at=at,
                )
            )
        else:
            row.failures = 1 if at - row.last_at > FORGET_AFTER else row.failures + 1
            row.last_at = at


def succeeded(username: str) -> None:
    """Forget the account's failures; the address keeps its own."""
    row = db.session.get(LoginThrottle, f"account:{username}")
    if row is not None:
        db.session.delete(row)


def failures(username: str) -> LoginThrottle | None:
    """The failed tries of an account since its last login; None when there were none."""
    return db.session.get(LoginThrottle, _keys(username, "")[0][0])


def _keys(username: str, address: str) -> list[tuple[str, int]]:
    return [
        (f"account:{username}"[:200], FREE_PER_ACCOUNT),
        (f"address:{address}"[:200], FREE_PER_ADDRESS),
    ]


def _wait(key: str, free: int, at: datetime) -> timedelta:
    row = db.session.get(LoginThrottle, key)
    if row is None or row.failures < free or at - row.last_at > FORGET_AFTER:
        return timedelta(0)
    delay = min(LONGEST, timedelta(seconds=2 ** min(row.failures - free, 20)))
    return max(timedelta(0), row.last_at + delay - at)
