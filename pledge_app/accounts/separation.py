"""Two duties in one hand: when one person may do what otherwise takes two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import or_, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.orgs.concurrent import concurrent_on
from pledge_app.orgs.models import Body, Cluster, ClusterMembership

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


@dataclass
class Homes:
    """Where somebody acts, or a mark is at home: bodies, and the units (communes) of those bodies."""

    bodies: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)


def homes_of(actor: Actor) -> Homes:
    """Where an actor acts today."""
    acting = [grant for grant in actor.grants if grant.role in ACTING]
    return Homes({grant.body_id for grant in acting}, {grant.unit_id for grant in acting})


def homes_ever(user_ids: Iterable[int]) -> dict[int, Homes]:
    """By login: where it acts or once acted. Who left a body yesterday is no stranger to it."""
    asked = set(user_ids)
    found = {user_id: Homes() for user_id in asked}
    if not asked:
        return found
    chosen = (
        select(RoleGrant.user_id, RoleGrant.body_id, Body.unit_id)
        .join(Body, Body.id == RoleGrant.body_id)
        .where(RoleGrant.user_id.in_(asked), RoleGrant.role.in_(ACTING))
    )
    for user_id, body_id, unit_id in db.session.execute(chosen):
        found[user_id].bodies.add(body_id)
        found[user_id].units.add(unit_id)
    return found


def conflicts_of(user: User, *, on: date) -> list[str]:
    """What this person's roles forbid them on a page that they could otherwise open: said when a role is given."""
    held = [
        row
        for row in user.grants
        if row.held_from <= on and (row.held_to is None or row.held_to > on)
    ]
    own = {row.body_id: row.body for row in held if row.role in (Role.CLERK, Role.LEADER)}
    leads = {row.body_id for row in held if row.role is Role.LEADER}
    types = {row.body_id for row in held if row.role is Role.CLERK}
    said = [
        _(
            "Người này vừa nhập vừa ký duyệt tại %(body)s: đã nhập bản nào thì không tự ký duyệt bản đó, trừ khi cơ quan "
            "chỉ có một người hoặc được cho phép kiêm nhiệm.",
            body=own[body_id].name,
        )
        for body_id in sorted(leads & types)
    ]
    reviewing = [row.body_id for row in held if row.role is Role.REVIEWER]
    chosen = (
        select(ClusterMembership.body_id)
        .join(Cluster, Cluster.id == ClusterMembership.cluster_id)
        .where(Cluster.reviewer_body_id.in_(reviewing), ClusterMembership.body_id.in_(own))
        .distinct()
    )
    both = sorted(db.session.scalars(chosen)) if reviewing and own else []
    return said + [
        _(
            "Người này vừa thẩm định cụm vừa là người của %(body)s: không tự thống nhất, xác nhận hồ sơ mình đã nhập, ký "
            "duyệt hoặc gửi, và không xác nhận chữ ký của cơ quan này.",
            body=own[body_id].name,
        )
        for body_id in both
    ]
