"""Failed tries slow the next one down, by account and source. Nobody is locked out for good, and
strangers do not keep the owner out: a browser that logged in before is counted by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pledge_app.accounts.models import LoginThrottle
from pledge_app.kernel.base import db

FREE_PER_SOURCE = 5  # one account from one address, or from one known browser
FREE_PER_ACCOUNT = 50  # from everywhere: guesses that come from many addresses
FREE_PER_ADDRESS = 100  # a commune office shares one address
LONGEST = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=12)


def wait(username: str, address: str, *, at: datetime, browser: str = "") -> timedelta:
    """How long this try must still wait; zero when it need not. `browser`: the mark of one in
    which this account logged in before, else "".
    """
    keys = _keys(username, address, browser)
    asked = keys[:1] if browser else keys
    return max(_wait(key, free, at) for key, free in asked)


def failed(username: str, address: str, *, at: datetime, browser: str = "") -> None:
    """Count one failed try."""
    for key, _free in _keys(username, address, browser):
        _count(key, at)


def succeeded(username: str, address: str, *, browser: str = "") -> None:
    """Forget the failures of the account and of its source; the address keeps those of others."""
    (source, _), (account, _), (whole, _) = _keys(username, address, browser)
    own, shared = db.session.get(LoginThrottle, source), db.session.get(LoginThrottle, whole)
    if own is not None and shared is not None:
        shared.failures = max(0, shared.failures - own.failures)
    for key in (source, account):
        _forget(key)


def failures(username: str) -> LoginThrottle | None:
    """The failed tries of an account since its last login; None when there were none."""
    return db.session.get(LoginThrottle, _account(username))


def wait_for_own(act: str, *, at: datetime) -> timedelta:
    """The same for tries that only somebody past the login can make: of the own password, of a
    code. `act` names the act and the user.
    """
    return _wait(f"own:{act}", FREE_PER_SOURCE, at)


def failed_own(act: str, *, at: datetime) -> None:
    """Count one failed try past the login."""
    _count(f"own:{act}", at)


def succeeded_own(act: str) -> None:
    """Forget the failed tries past the login."""
    _forget(f"own:{act}")


def _keys(username: str, address: str, browser: str) -> list[tuple[str, int]]:
    source = f"browser:{browser}" if browser else f"source:{address} {username}"
    return [
        (source[:200], FREE_PER_SOURCE),
        (_account(username), FREE_PER_ACCOUNT),
        (f"address:{address}"[:200], FREE_PER_ADDRESS),
    ]


def _account(username: str) -> str:
    return f"account:{username}"[:200]


def _count(key: str, at: datetime) -> None:
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


def _forget(key: str) -> None:
    row = db.session.get(LoginThrottle, key)
    if row is not None:
        db.session.delete(row)


def _wait(key: str, free: int, at: datetime) -> timedelta:
    row = db.session.get(LoginThrottle, key)
    if row is None or row.failures < free or at - row.last_at > FORGET_AFTER:
        return timedelta(0)
    delay = min(LONGEST, timedelta(seconds=2 ** min(row.failures - free, 20)))
    return max(timedelta(0), row.last_at + delay - at)
