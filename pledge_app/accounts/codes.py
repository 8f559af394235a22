"""Codes of the second factor as plain values: of an authenticator app, and for recovery."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import pyotp

STEP = 30
"""Seconds for which the app shows one code (RFC 6238)."""
NEIGHBOURS = (0, -1, 1)
"""A clock may be half a minute wrong."""
RECOVERY_CODES = 10
_APP_CODE = re.compile("[0-9]{6}")
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
LONGEST = 40
REMOVAL_WITHIN = timedelta(hours=24)


def new_secret() -> str:
    """160 random bits in base32, as every authenticator app takes them."""
    return pyotp.random_base32()


def address_for_app(secret: str, username: str, office: str) -> str:
    """What the QR says to the app (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=office)


def step_of(secret: str, typed: str, *, at: datetime, after: int) -> int | None:
    """The half minute whose code was typed; None: wrong, or not later than `after` (used)."""
    code = re.sub(r"\s", "", typed[:LONGEST])
    if not _APP_CODE.fullmatch(code):
        return None
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    for step in (now + offset for offset in NEIGHBOURS):
        if step > after and secrets.compare_digest(totp.generate_otp(step), code):
            return step
    return None


def recovery_codes() -> list[str]:
    """New codes to be kept on paper: 16 letters and digits, 79 bits."""
    return [_recovery_code() for _n in range(RECOVERY_CODES)]


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _group in range(4))


def recovery_digest(typed: str) -> str:
    """What is stored of a recovery code; spaces, hyphens and small letters do not matter. Plain
    SHA-256: nobody guesses 79 random bits.
    """
    code = re.sub(r"[\s-]", "", typed[:LONGEST]).upper()
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def is_asked_of(roles: Iterable[str], asked: Collection[str], *, is_demo: bool) -> bool:
    """Whether a login with `roles` must have a second factor where it is asked of `asked`."""
    return not is_demo and any(role in asked for role in roles)


def removes_now(
    asked_by: int | None,
    asked_at: datetime | None,
    *,
    by: int | None,
    at: datetime,
) -> bool:
    """Whether this word is the second one: another official asked less than a day ago."""
    if asked_by is None or asked_at is None or asked_by == by:
        return False
    return at - asked_at <= REMOVAL_WITHIN
