"""Verbs on users: passwords, roles, sessions that end. Each change of rights ends the user's
sessions.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.accounts import passwords, policy, queries, sessions
from pledge_app.accounts.models import LoginSession, RoleGrant, User
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.text import clean_line
from pledge_app.orgs.models import Body


def change_password(
    user: User,
    new: str,
    *,
    at: datetime,
    keep: LoginSession | None,
) -> None:
    """The user's own change, the current password having been asked; every other session ends."""
    keep_id = keep.id if keep is not None else None
    _set_password(user, new)
    user.must_change_password = False
    user.one_time_until = None
    sessions.end_all(user.id, at=at, except_id=keep_id)
    record(
        "user.password_changed",
        user,
        actor=as_actor(user),
        at=at,
    )


def reset_password(user: User, *, actor: Actor, at: datetime) -> str:
    """By an administrator: a one-time password, shown once, good for a week; it must be changed at
    the next login.
    """
    administer(actor)
    password = "-".join(secrets.token_hex(3) for _n in range(3))
    user.password_hash = passwords.hash_password(password)
    user.must_change_password = True
    user.one_time_until = at + passwords.ONE_TIME_FOR
    sessions.end_all(user.id, at=at)
    record(
        "user.password_reset",
        user,
        actor=actor,
        at=at,
    )
    return password


def create_user(
    username: str,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    email: str = "",
) -> tuple[User, str]:
    """A new login and its one-time password."""
    administer(actor)
    user = _new_user(username, name, email)
    db.session.flush()
    record(
        "user.created",
        user,
        actor=actor,
        at=at,
        username=user.username,
    )
    return user, reset_password(user, actor=actor, at=at)


def create_with_password(
    username: str,
    name: str,
    password: str,
    *,
    actor: Actor,
    at: datetime,
) -> User:
    """A new login whose password is typed by the person whose it is, at the command line."""
    administer(actor)
    user = _new_user(username, name, "")
    _set_password(user, password)
    db.session.flush()
    record(
        "user.created",
        user,
        actor=actor,
        at=at,
        username=user.username,
        first=True,
    )
    return user


def _new_user(username: str, name: str, email: str) -> User:
    username = clean_line(username).lower()
    if db.session.scalar(select(User.id).where(User.username == username)) is not None:
        raise Conflict(
            _("Tên đăng nhập “%(name)s” đã có người dùng. Hãy chọn tên khác.", name=username)
        )
    user = User(
        username=username,
        name=clean_line(name),
        email=clean_line(email),
    )
    db.session.add(user)
    return user


def rename_user(user: User, name: str, *, actor: Actor, at: datetime) -> None:
    """The login's name on the screen from now on; what was recorded keeps the name of its time."""
    administer(actor)
    check(name, _("Hãy nhập họ và tên."), [Problem(_("Chưa nhập họ và tên."), "name")])
    before = user.name
    if name == before:
        return
    user.name = name
    record(
        "user.renamed",
        user,
        actor=actor,
        at=at,
        before=before,
        after=name,
    )


def grant_role(
    user: User,
    role: Role,
    body: Body,
    *,
    held_from: date,
    held_to: date | None,
    actor: Actor,
    at: datetime,
) -> RoleGrant:
    """Give a role at a body from a date on; to oneself only while one's own is the only login
    ever made.
    """
    administer(actor)
    refuse_for_oneself(user, actor)
    check(held_to is None or held_to > held_from, _("Ngày kết thúc phải sau ngày bắt đầu."))
    for held in user.grants:
        same = held.role is role and held.body_id == body.id
        if same and (held.held_to is None or held.held_to > held_from):
            raise Conflict(_("Người này đang giữ vai trò đó tại cơ quan đó."))
    grant = RoleGrant(
        role=role,
        body_id=body.id,
        held_from=held_from,
        held_to=held_to,
    )
    user.grants.append(grant)
    db.session.flush()
    sessions.end_all(user.id, at=at)
    record(
        "user.role_granted",
        user,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        role=role.value,
        body=body.name,
        held_from=held_from,
        **own_doing(user, actor),
    )
    return grant


def own_doing(user: User, actor: Actor) -> dict[str, bool]:
    """For the trail: that somebody gave a role to himself, nobody else being there."""
    return {"only_login": True} if user.id == actor.user_id else {}


def refuse_for_oneself(user: User, actor: Actor) -> None:
    """Raise Forbidden where an administrator would give a right to act to himself, and somebody
    else could.
    """
    if user.id == actor.user_id and not queries.is_only_login(user.id):
        raise Forbidden(
            _(
                "Quản trị viên không tự giao vai trò cho mình. Hãy nhờ quản trị viên khác giao; "
                "nếu chưa có ai, hãy giao vai trò Quản trị cho một người khác trước. Dữ liệu "
                "chưa thay đổi."
            )
        )


def end_role(grant: RoleGrant, *, on: date, actor: Actor, at: datetime) -> None:
    """The role no longer holds from `on`."""
    administer(actor)
    check(grant.held_to is None or grant.held_to > on, _("Vai trò này đã kết thúc."))
    grant.held_to = max(on, grant.held_from)
    db.session.flush()
    an_administrator_stays(on)
    sessions.end_all(grant.user_id, at=at)
    record(
        "user.role_ended",
        grant.user,
        actor=actor,
        at=at,
        unit_id=grant.body.unit_id,
        role=grant.role.value,
        body=grant.body.name,
        on=on,
    )


def disable(user: User, *, actor: Actor, at: datetime, today: date) -> None:
    """Lock a login; its sessions end at once. Nobody locks themselves out, nor the last
    administrator.
    """
    administer(actor)
    check(user.id != actor.user_id, _("Không thể tự khóa tài khoản của chính mình."))
    user.disabled_at = user.disabled_at or at
    db.session.flush()
    an_administrator_stays(today)
    sessions.end_all(user.id, at=at)
    record(
        "user.disabled",
        user,
        actor=actor,
        at=at,
    )


def enable(user: User, *, actor: Actor, at: datetime) -> None:
    """Unlock a login. Refused while the person it is tied to uses another."""
    administer(actor)
    twin = select(User.username).where(
        User.person_id == user.person_id,
        User.id != user.id,
        User.disabled_at.is_(None),
    )
    other = db.session.scalar(twin) if user.person_id is not None else None
    check(
        other is None,
        _(
            "Người giữ chức của tài khoản này đang dùng tài khoản %(name)s. Hãy bỏ gắn một trong "
            "hai tài khoản trước.",
            name=other or "",
        ),
    )
    user.disabled_at = None
    record(
        "user.enabled",
        user,
        actor=actor,
        at=at,
    )


def an_administrator_stays(on: date) -> None:
    """Raise DomainError when nobody who can log in administers on the day `on`: nobody could
    give the role again.
    """
    check(
        queries.administrators(on),
        _(
            "Đây là quản trị viên cuối cùng nên chưa thực hiện. Hãy giao vai trò Quản trị cho một "
            "người khác trước."
        ),
    )


def end_session(session: LoginSession, *, actor: Actor, at: datetime) -> None:
    """The user ends one of their own sessions, or an administrator does."""
    if session.user_id != actor.user_id:
        administer(actor)
    sessions.end(session, at=at)
    record(
        "user.session_ended",
        session.user,
        actor=actor,
        at=at,
    )


def _set_password(user: User, new: str) -> None:
    problem = passwords.problem_with(new, names=(user.username, user.name))
    check(problem is None, problem or "")
    user.password_hash = passwords.hash_password(new)


def as_actor(user: User) -> Actor:
    """Somebody who acts on their own login; no role is asked."""
    return Actor(user_id=user.id, name=user.name)


def administer(actor: Actor) -> None:
    """The first question of a verb on users; raises Forbidden."""
    if not policy.administers(actor):
        raise Forbidden(_("Chỉ quản trị viên được thay đổi người dùng. Dữ liệu chưa thay đổi."))
