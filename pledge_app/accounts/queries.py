"""Reads of users."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from pledge_app.accounts.models import LoginSession, RoleGrant, User
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound


def users(text: str = "") -> Select[Any]:
    """All users by name; `text` is looked for in names and usernames."""
    chosen = select(User).options(selectinload(User.grants).joinedload(RoleGrant.body)).order_by(User.name, User.id)
    if text:
        chosen = chosen.where(User.name.icontains(text, autoescape=True)
                              | User.username.icontains(text, autoescape=True))
    return chosen


def find_user(pid: str) -> User:
    """The user of a public id; raises NotFound."""
    user = db.session.scalar(select(User).where(User.pid == pid))
    if user is None:
        raise NotFound(_("Không có người dùng này."))
    return user


def open_sessions(user_id: int) -> list[LoginSession]:
    """The user's sessions that were not ended, newest first."""
    return list(db.session.scalars(select(LoginSession).where(
        LoginSession.user_id == user_id, LoginSession.ended_at.is_(None)).order_by(LoginSession.seen_at.desc())))


def demo_parts(*, on: date) -> list[User]:
    """The cast of the demo: who holds a role on that business day."""
    in_office = select(RoleGrant.id).where(
        RoleGrant.user_id == User.id, RoleGrant.held_from <= on, or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on))
    rows = db.session.scalars(
        select(User).where(User.demo_part.is_not(None), in_office.exists())
        .options(selectinload(User.grants).joinedload(RoleGrant.body)).order_by(User.id))
    return sorted(rows, key=lambda user: DEMO_ORDER.index(user.demo_part) if user.demo_part in DEMO_ORDER else 99)


DEMO_ORDER = ("nguoi-phu-trach", "lanh-dao", "tham-dinh", "cum-truong", "chu-tich-hai-dong", "chu-tich-hai-tay",
              "chu-tich-hai-ly", "van-thu", "quan-tri", "giam-sat")  # the order in which a visitor follows the story


def user_ids_at(body_id: int, roles: tuple[str, ...] = ()) -> list[int]:
    """The users who hold a role at a body (any role when none is named): whom to notify."""
    chosen = select(RoleGrant.user_id).where(RoleGrant.body_id == body_id, RoleGrant.held_to.is_(None))
    if roles:
        chosen = chosen.where(RoleGrant.role.in_(roles))
    return list(db.session.scalars(chosen.distinct()))


def bodies_with_records_clerk(body_ids: Collection[int]) -> set[int]:
    """Those of the bodies that have somebody in charge of records."""
    if not body_ids:
        return set()
    chosen = select(RoleGrant.body_id).where(
        RoleGrant.body_id.in_(body_ids), RoleGrant.role == Role.RECORDS, RoleGrant.held_to.is_(None)
    )
    return {body_id for body_id in db.session.scalars(chosen) if body_id is not None}


def roles_at(body_id: int, on: date) -> int:
    """How many roles are held at a body on a day or later."""
    return db.session.scalar(select(func.count()).select_from(RoleGrant).where(
        RoleGrant.body_id == body_id, or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on))) or 0
