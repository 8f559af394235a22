"""Reads of users."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.accounts.models import LoginSession, RoleGrant, User
from pledge_app.kernel import clock
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.database import reading
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import fold, sort_key


def user_ids(text: str = "") -> list[int]:
    """All users in Vietnamese order; `text` is looked for without diacritics in names and
    usernames.
    """
    chosen = select(User.id).order_by(User.sort_key, User.username)
    wanted = fold(text)
    if wanted:
        chosen = chosen.where(User.search_key.contains(wanted, autoescape=True))
    return list(db.session.scalars(chosen))


def users(ids: Sequence[int]) -> list[User]:
    """The users of these ids in this order, with their roles and the person they are tied to."""
    rows = db.session.scalars(
        select(User)
        .where(User.id.in_(ids))
        .options(selectinload(User.grants).joinedload(RoleGrant.body), joinedload(User.person))
    )
    places = {user_id: place for place, user_id in enumerate(ids)}
    return sorted(rows, key=lambda user: places[user.id])


def administrators(on: date) -> list[RoleGrant]:
    """The roles of administrator that hold on a day, of logins that are not locked.

    The rows are locked until the end of the transaction: two administrators cannot end each other's
    role at once.
    """
    held = (
        select(RoleGrant)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.role == Role.ADMIN, User.disabled_at.is_(None), RoleGrant.held_from <= on)
        .where(or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on))
    )
    return list(db.session.scalars(held if reading() else held.with_for_update(of=RoleGrant)))


def administration_ends(today: date) -> date | None:
    """The first day on which nobody administers any more; None while somebody's role has no end."""
    ends = [grant.held_to for grant in administrators(today)]
    dated = [end for end in ends if end is not None]
    return max(dated) if dated and len(dated) == len(ends) else None


def is_only_login(user_id: int | None) -> bool:
    """Whether no other login was ever made here: one person is the whole office, and nobody else
    could be asked.
    """
    others = select(User.id).where(User.id != user_id).limit(1)
    return user_id is not None and db.session.scalar(others) is None


def find_user(pid: str) -> User:
    """The user of a public id; raises NotFound."""
    user = db.session.scalar(select(User).where(User.pid == pid))
    if user is None:
        raise NotFound(_("Không có người dùng này."))
    return user


def free_logins(body_id: int) -> list[User]:
    """Logins in use with a role at a body that are tied to nobody yet, in Vietnamese order."""
    rows = db.session.scalars(
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.body_id == body_id, User.person_id.is_(None), User.disabled_at.is_(None))
        .distinct()
    )
    return sorted(rows, key=lambda user: sort_key(user.name))


def user_named(username: str) -> User | None:
    """The login of that username."""
    return db.session.scalar(select(User).where(User.username == username))


def open_sessions(user_id: int) -> list[LoginSession]:
    """The user's sessions that were not ended, newest first."""
    return list(
        db.session.scalars(
            select(LoginSession)
            .where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
            .where(LoginSession.waits_for_code.is_(False))
            .order_by(LoginSession.seen_at.desc())
        )
    )


def demo_parts(*, on: date) -> list[User]:
    """The cast of the demo: who holds a role on that business day."""
    in_office = select(RoleGrant.id).where(
        RoleGrant.user_id == User.id,
        RoleGrant.held_from <= on,
        or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on),
    )
    rows = db.session.scalars(
        select(User)
        .where(User.demo_part.is_not(None), in_office.exists())
        .options(selectinload(User.grants).joinedload(RoleGrant.body))
        .order_by(User.id)
    )
    return sorted(
        rows,
        key=lambda user: DEMO_ORDER.index(user.demo_part) if user.demo_part in DEMO_ORDER else 99,
    )


DEMO_ORDER = (
    "nguoi-phu-trach",
    "lanh-dao",
    "tham-dinh",
    "cum-truong",
    "chu-tich-hai-dong",
    "chu-tich-hai-tay",
    "chu-tich-hai-ly",
    "van-thu",
    "quan-tri",
    "giam-sat",
)  # the order in which a visitor follows the story


def user_ids_at(body_id: int, roles: tuple[str, ...] = (), *, on: date | None = None) -> list[int]:
    """Whom to notify: who holds a role at a body (any role when none is named) on a business
    day, today's when none is named, and is not locked.
    """
    chosen = _in_office(on or clock.today()).where(RoleGrant.body_id == body_id)
    if roles:
        chosen = chosen.where(RoleGrant.role.in_(roles))
    return list(db.session.scalars(chosen))


def administrator_ids(*, on: date) -> list[int]:
    """Who administers on a business day and is not locked."""
    return list(db.session.scalars(_in_office(on).where(RoleGrant.role == Role.ADMIN)))


def _in_office(on: date) -> Select[int]:
    return (
        select(RoleGrant.user_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(_holds(on))
        .distinct()
    )


def _holds(on: date) -> ColumnElement[bool]:
    """The role holds on the day, and its user is not locked (asked of a join with User)."""
    ends_later = or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on)
    return and_(User.disabled_at.is_(None), RoleGrant.held_from <= on, ends_later)


def bodies_with_records_clerk(body_ids: Collection[int], *, on: date | None = None) -> set[int]:
    """Those of the bodies that have somebody in charge of records on a business day, today's
    when none is named.
    """
    if not body_ids:
        return set()
    chosen = (
        select(RoleGrant.body_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.body_id.in_(body_ids), RoleGrant.role == Role.RECORDS)
        .where(_holds(on or clock.today()))
    )
    return set(db.session.scalars(chosen))


def roles_at(body_id: int, on: date) -> int:
    """How many roles are held at a body on a day or later."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(RoleGrant)
            .where(
                RoleGrant.body_id == body_id,
                or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > on),
            )
        )
        or 0
    )


def user_ids_by_body(
    body_ids: Collection[int],
    roles: tuple[str, ...],
    *,
    on: date | None = None,
) -> dict[int, list[int]]:
    """`user_ids_at` for many bodies at once, by body id."""
    rows = db.session.execute(
        select(RoleGrant.body_id, RoleGrant.user_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.body_id.in_(body_ids), RoleGrant.role.in_(roles))
        .where(_holds(on or clock.today()))
        .distinct()
    )
    found: dict[int, list[int]] = {}
    for body_id, user_id in rows:
        found.setdefault(body_id, []).append(user_id)
    return found
