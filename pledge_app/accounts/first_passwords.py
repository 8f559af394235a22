"""One-time passwords of new users: made and hashed before anything is written, shown once, stored
nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pledge_app.accounts import passwords
from pledge_app.accounts.models import User


@dataclass(frozen=True)
class Made:
    """A new user and the one-time password, which is shown once and never stored."""

    user: User
    password: str


@dataclass(frozen=True)
class First:
    """A one-time password and its hash."""

    password: str
    hashed: str


def first_passwords(usernames: Iterable[str]) -> dict[str, First]:
    """A password for each new login, hashed as many at a time as passwords are hashed at all.
    Takes seconds for hundreds: nobody may wait for a lock meanwhile.
    """
    words = {name: _password() for name in usernames}
    with ThreadPoolExecutor(passwords.MOST_AT_ONCE) as hashers:
        hashes = hashers.map(passwords.hash_password, words.values())
        made = zip(words, hashes, strict=True)
        return {name: First(words[name], hashed) for name, hashed in made}


def _password() -> str:
    """A first password that can be read out: three groups of six hex digits."""
    return "-".join(secrets.token_hex(3) for _group in range(3))
