"""Two duties in one hand: when one person may do what otherwise takes two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, or_, select, union
from sqlalchemy.orm import aliased

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.actor import ACTING, Role
from pledge_app.kernel.base import db
from pledge_app.orgs.concurrent import concurrent_on
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, Delegation, OfficeHolding


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


def homes_ever(user_ids: Iterable[int], *, on: date | None) -> dict[int, Homes]:
    """By login: where its person acts or once acted up to the day (`on` None: whenever).

    By a role of this or another login of the person, by an office, or as the delegate of who holds one. Who left
    a body yesterday is no stranger to it.
    """
    asked = set(user_ids)
    found = {user_id: Homes() for user_id in asked}
    if not asked:
        return found
    day = on if on is not None else date.max
    rows = union(_by_roles(asked, day), _by_offices(asked, day), _by_delegations(asked, day))
    for row in db.session.execute(rows):
        found[row.user_id].bodies.add(row.body_id)
        found[row.user_id].units.add(row.unit_id)
    return found


def _ties() -> Select[Any, Any, Any]:
    return select(
        User.id.label("user_id"), Body.id.label("body_id"), Body.unit_id.label("unit_id")
    ).select_from(User)


def _by_roles(user_ids: set[int], day: date) -> Select[Any, Any, Any]:
    login = aliased(User)
    return (
        _ties()
        .join(login, or_(login.id == User.id, login.person_id == User.person_id))
        .join(RoleGrant, RoleGrant.user_id == login.id)
        .join(Body, Body.id == RoleGrant.body_id)
        .where(User.id.in_(user_ids), RoleGrant.role.in_(ACTING), RoleGrant.held_from <= day)
    )


def _by_offices(user_ids: set[int], day: date) -> Select[Any, Any, Any]:
    return (
        _ties()
        .join(OfficeHolding, OfficeHolding.person_id == User.person_id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .where(User.id.in_(user_ids), OfficeHolding.held_from <= day)
    )


def _by_delegations(user_ids: set[int], day: date) -> Select[Any, Any, Any]:
    return (
        _ties()
        .join(Delegation, Delegation.delegate_id == User.person_id)
        .join(OfficeHolding, OfficeHolding.id == Delegation.holding_id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .where(User.id.in_(user_ids), Delegation.valid_from <= day)
    )


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
