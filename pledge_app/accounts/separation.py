"""Two duties in one hand: when one person may do what otherwise takes two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import CompoundSelect, Select, or_, select, union
from sqlalchemy.orm import aliased

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.kernel.actor import ACTING, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.orgs.concurrent import concurrent_on
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, Delegation, OfficeHolding

OF_A_COMMUNE = (Role.CLERK, Role.LEADER, Role.RECORDS)
"""The roles in which somebody stands on the side of who pledges and reports."""


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
    """Where somebody acts, or a mark is at home: bodies, and the units (communes) of those
    bodies.
    """

    bodies: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)


def homes_ever(user_ids: Iterable[int], *, on: date | None) -> dict[int, Homes]:
    """By login: where its person acts or once acted up to the day (`on` None: whenever).

    By a role of this or another login of the person, by an office, or as the delegate of who holds
    one. Who left a body yesterday is no stranger to it.
    """
    asked = set(user_ids)
    found = {user_id: Homes() for user_id in asked}
    if not asked:
        return found
    days = (date.min, on if on is not None else date.max)
    for row in db.session.execute(_ties_of(asked, ACTING, days)):
        found[row.user_id].bodies.add(row.body_id)
        found[row.user_id].units.add(row.unit_id)
    return found


def belongs_to(body_id: int, unit_id: int, actor: Actor, *, reviewer: Body, since: date) -> bool:
    """Whether the actor is, or from `since` on was, of the commune whose papers `reviewer`
    judges.

    By a role there other than that of the reviewer, by an office, or as a delegate. Where the
    reviewing body is of the same unit, the body counts; where it is the same body, everybody is of
    it, and this asks nothing.
    """
    if actor.user_id is None or reviewer.id == body_id:
        return False
    days = (since, actor.today or date.max)
    rows = db.session.execute(_ties_of({actor.user_id}, OF_A_COMMUNE, days))
    if reviewer.unit_id == unit_id:
        return any(row.body_id == body_id for row in rows)
    return any(row.unit_id == unit_id for row in rows)


_Days = tuple[date, date]
"""From the first to the last day that counts."""


def _ties_of(
    user_ids: set[int],
    roles: tuple[Role, ...],
    days: _Days,
) -> CompoundSelect[int, int, int]:
    return union(
        _by_roles(user_ids, roles, days),
        _by_offices(user_ids, days),
        _by_delegations(user_ids, days),
    )


def _ties() -> Select[int, int, int]:
    return select(
        User.id.label("user_id"),
        Body.id.label("body_id"),
        Body.unit_id.label("unit_id"),
    ).select_from(User)


def _by_roles(user_ids: set[int], roles: tuple[Role, ...], days: _Days) -> Select[int, int, int]:
    first, last = days
    login = aliased(User)
    return (
        _ties()
        .join(login, or_(login.id == User.id, login.person_id == User.person_id))
        .join(RoleGrant, RoleGrant.user_id == login.id)
        .join(Body, Body.id == RoleGrant.body_id)
        .where(User.id.in_(user_ids), RoleGrant.role.in_(roles), RoleGrant.held_from <= last)
        .where(or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > first))
    )


def _by_offices(user_ids: set[int], days: _Days) -> Select[int, int, int]:
    first, last = days
    return (
        _ties()
        .join(OfficeHolding, OfficeHolding.person_id == User.person_id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .where(User.id.in_(user_ids), OfficeHolding.held_from <= last)
        .where(or_(OfficeHolding.held_to.is_(None), OfficeHolding.held_to > first))
    )


def _by_delegations(user_ids: set[int], days: _Days) -> Select[int, int, int]:
    first, last = days
    return (
        _ties()
        .join(Delegation, Delegation.delegate_id == User.person_id)
        .join(OfficeHolding, OfficeHolding.id == Delegation.holding_id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .where(User.id.in_(user_ids), Delegation.valid_from <= last, Delegation.valid_to >= first)
    )


def conflicts_of(user: User, *, on: date) -> list[str]:
    """What this person's roles forbid them on a page that they could otherwise open: said when a
    role is given.
    """
    held = [
        row
        for row in user.grants
        if row.held_from <= on and (row.held_to is None or row.held_to > on)
    ]
    own = {row.body_id: row.body for row in held if row.role in OF_A_COMMUNE}
    leads = {row.body_id for row in held if row.role is Role.LEADER}
    types = {row.body_id for row in held if row.role is Role.CLERK}
    said = [
        _(
            "Người này vừa nhập vừa ký duyệt tại %(body)s: đã nhập bản nào thì không tự ký duyệt "
            "bản đó, trừ khi cơ quan chỉ có một người hoặc được cho phép kiêm nhiệm.",
            body=own[body_id].name,
        )
        for body_id in sorted(leads & types)
    ]
    reviewing = [row.body_id for row in held if row.role is Role.REVIEWER]
    chosen = (
        select(ClusterMembership.body_id)
        .join(Cluster, Cluster.id == ClusterMembership.cluster_id)
        .where(
            Cluster.reviewer_body_id.in_(reviewing),
            ClusterMembership.body_id.in_(own),
            ClusterMembership.body_id != Cluster.reviewer_body_id,
        )
        .distinct()
    )
    both = sorted(db.session.scalars(chosen)) if reviewing and own else []
    return said + [
        _(
            "Người này vừa thẩm định cụm vừa là người của %(body)s: không thống nhất, xác nhận "
            "hồ sơ của đơn vị này, không đồng ý sửa số liệu của đơn vị này thay mặt cơ quan thẩm "
            "định và không xác nhận chữ ký của đơn vị này.",
            body=own[body_id].name,
        )
        for body_id in both
    ]
