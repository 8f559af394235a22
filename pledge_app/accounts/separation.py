"""Two duties in one hand: when one person may do what otherwise takes two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.orgs.concurrent import concurrent_on

ACTING = (Role.CLERK, Role.LEADER, Role.RECORDS, Role.REVIEWER)
"""The roles in which somebody acts for a body; administrators and auditors act for none."""


class Alone(StrEnum):
    """Why one person may take two steps: nobody else is there, or an administrator allowed it."""

    ONLY_ONE = "only_one"
    PERMITTED = "permitted"


def alone_at(body_id: int, *, on: date | None, roles: Iterable[Role]) -> Alone | None:
    """Why one person of `body_id` may do two steps on the day, or None: two people must.

    `roles`: those whose holders count as the people of the office; locked logins do not.
    """
    if on is None:
        return None
    if concurrent_on(body_id, on=on) is not None:
        return Alone.PERMITTED
    return Alone.ONLY_ONE if len(_people(body_id, on, tuple(roles))) == 1 else None


def _people(body_id: int, on: date, roles: tuple[Role, ...]) -> set[int]:
    chosen = (
        select(RoleGrant.user_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            RoleGrant.body_id == body_id,
            RoleGrant.role.in_(roles),
            RoleGrant.held_from <= on,
            or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on),
            User.disabled_at.is_(None),
        )
    )
    return set(db.session.scalars(chosen))


def bodies_ever(user_ids: Iterable[int]) -> dict[int, set[int]]:
    """By login: every body for which it acts or once acted. Who left a body yesterday is no stranger to it."""
    asked = set(user_ids)
    found: dict[int, set[int]] = {user_id: set() for user_id in asked}
    if not asked:
        return found
    chosen = select(RoleGrant.user_id, RoleGrant.body_id).where(
        RoleGrant.user_id.in_(asked), RoleGrant.role.in_(ACTING)
    )
    for user_id, body_id in db.session.execute(chosen):
        found[user_id].add(body_id)
    return found
