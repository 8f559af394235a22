"""What `flask verify` says: the first bad item of each named check of each room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pledge_app.audit import seals
from pledge_app.kernel.checks import Check
from pledge_app.kernel.room import rooms


class Finding(NamedTuple):
    """A check and the first thing that it does not accept, as a Vietnamese sentence."""

    check: str
    sentence: str


def checks() -> list[Check]:
    """All checks, of the lowest room first: what it compares, then what the trail seals of it."""
    own = list(rooms().checks)
    return own + [Check(one.name, partial(seals.broken, one)) for one in rooms().sealed]


def findings() -> Iterator[Finding]:
    """The first bad item of each check. Nothing: all is well."""
    for check in checks():
        found = next(check.find(), None)
        if found is not None:
            yield Finding(check.name, found)


def verify() -> Iterator[str]:
    """The same as sentences."""
    return (found.sentence for found in findings())
