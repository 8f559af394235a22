"""Passwords: Argon2id, at most two at a time, never while a write lock is held."""

from __future__ import annotations

from datetime import timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _
from zxcvbn import zxcvbn

from pledge_app.accounts.models import User
from pledge_app.kernel.base import db

HASHER = PasswordHasher(
    time_cost=2,
    memory_cost=19_456,
    parallelism=1,
)
MOST_AT_ONCE = 2
AT_ONCE = BoundedSemaphore(MOST_AT_ONCE)
SHORTEST, LONGEST = 12, 200
ONE_TIME_FOR = timedelta(days=7)
WEAKEST_GUESSES = 10**8
LOOKED_AT = 32  # its time grows with the cube: 72 chosen characters take seconds
_DUMMY = HASHER.hash("không ai dùng mật khẩu này")


def hash_password(password: str) -> str:
    """The Argon2id hash of `password`."""
    with AT_ONCE:
        return HASHER.hash(password)


def is_outdated(user: User) -> bool:
    """Whether the user's hash was made with weaker parameters than a new one would be."""
    return user.password_hash is not None and HASHER.check_needs_rehash(user.password_hash)


def verify(user: User | None, password: str) -> bool:
    """True when `password` is the user's. Call it before any change: it gives the transaction
    back first.

    An unknown user (None) takes as long as a wrong password, so that nobody learns which names
    exist.
    """
    kept = user.password_hash if user is not None else None
    db.session.rollback()
    with AT_ONCE:
        try:
            right = HASHER.verify(kept or _DUMMY, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return right and kept is not None


def problem_with(password: str, *, names: tuple[str, ...] = ()) -> str | None:
    """Why `password` is not accepted, as a sentence, or None. Commonly used passwords are
    refused.
    """
    if len(password) < SHORTEST:
        return _("Mật khẩu phải có ít nhất %(n)s ký tự.", n=SHORTEST)
    if len(password) > LONGEST:
        return _("Mật khẩu dài nhất %(n)s ký tự.", n=LONGEST)
    if (
        zxcvbn(password[:LOOKED_AT], user_inputs=[name for name in names if name])["guesses"]
        < WEAKEST_GUESSES
    ):
        return _(
            "Mật khẩu này quá dễ đoán hoặc đã bị lộ ở nơi khác. Hãy ghép vài từ không liên quan "
            "với nhau."
        )
    return None
