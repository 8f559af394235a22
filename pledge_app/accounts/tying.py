"""A login is tied to the person who holds an office: only then can they confirm in the software.

An administrator's act, never the software's own guess: recorded, told to the user and to the other
administrators. One person has at most one login in use; nobody ties the login they work with.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from pledge_app.accounts import sessions
from pledge_app.accounts.models import User
from pledge_app.accounts.operations import administer
from pledge_app.accounts.queries import administrators
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem, check
from pledge_app.notices.operations import notify
from pledge_app.orgs.holder_queries import offices_of
from pledge_app.orgs.models import Body, OfficeHolding, Person, Unit


def tie(user: User, person: Person, *, actor: Actor, at: datetime, today: date) -> None:
    """The login is that person's from now on, also when it was somebody else's before."""
    administer(actor)
    if user.person_id == person.id:
        return
    office = offices_of([person.id], on=today).get(person.id, "")
    _check(user, person, office, actor)
    before = user.person.name if user.person is not None else ""
    user.person = person
    db.session.flush()
    sessions.end_all(user.id, at=at)
    unit = _unit_of(person, today)
    told = {"person": person.name, "office": office, "before": before}
    record(
        "user.tied",
        user,
        actor=actor,
        at=at,
        unit_id=unit.id,
        **told,
    )
    who = f"{person.name} – {office}"
    own = _l(
        "Quản trị viên %(admin)s đã gắn tài khoản của bạn với %(who)s. Nếu không đúng, hãy báo lại "
        "ngay.",
        admin=actor.name,
        who=who,
    )
    notify(
        [user.id],
        own,
        "orgs.show",
        unit.pid,
        at=at,
    )
    others = _l(
        "%(admin)s đã gắn tài khoản %(username)s với %(who)s.",
        admin=actor.name,
        username=user.username,
        who=who,
    )
    notify(
        _others(user, actor, today),
        others,
        "accounts.user",
        user.pid,
        at=at,
    )


def untie(user: User, *, actor: Actor, at: datetime, today: date) -> None:
    """The login is nobody's: from now on it confirms nothing. What was confirmed stays."""
    administer(actor)
    person = user.person
    check(person is not None, _("Tài khoản này không gắn với người giữ chức nào."))
    assert person is not None
    user.person = None
    db.session.flush()
    sessions.end_all(user.id, at=at)
    record(
        "user.untied",
        user,
        actor=actor,
        at=at,
        person=person.name,
    )
    own = _l(
        "Quản trị viên %(admin)s đã bỏ gắn tài khoản của bạn với %(who)s.",
        admin=actor.name,
        who=person.name,
    )
    notify(
        [user.id],
        own,
        "accounts.login_sessions",
        user.pid,
        at=at,
    )
    others = _l(
        "%(admin)s đã bỏ gắn tài khoản %(username)s với %(who)s.",
        admin=actor.name,
        username=user.username,
        who=person.name,
    )
    notify(
        _others(user, actor, today),
        others,
        "accounts.user",
        user.pid,
        at=at,
    )


def logins_of(person_ids: Collection[int]) -> dict[int, User]:
    """Person id → the login in use."""
    rows = db.session.scalars(
        select(User).where(User.person_id.in_(set(person_ids)), User.disabled_at.is_(None))
    )
    return {user.person_id: user for user in rows if user.person_id is not None}


def _check(user: User, person: Person, office: str, actor: Actor) -> None:
    check(
        user.id != actor.user_id,
        _(
            "Không tự gắn tài khoản đang dùng để quản trị với người giữ chức. Hãy tạo tài khoản "
            "riêng cho người giữ chức, "
            "hoặc nhờ quản trị viên khác."
        ),
    )
    check(user.disabled_at is None, _("Tài khoản này đang khóa. Hãy mở khóa rồi gắn."))
    check(
        office,
        _(
            "%(name)s hiện không giữ chức nào nên chưa gắn được. Hãy ghi người giữ chức trước.",
            name=person.name,
        ),
    )
    other = logins_of([person.id]).get(person.id)
    if other is None:
        return
    said = _(
        "%(name)s đã có tài khoản %(username)s. Mỗi người chỉ dùng một tài khoản: hãy bỏ gắn "
        "hoặc khóa tài khoản "
        "đó trước.",
        name=person.name,
        username=other.username,
    )
    check(False, said, [Problem(said, "holder"), Problem(said, "login")])


def _unit_of(person: Person, today: date) -> Unit:
    """Where the person's first office still held is: the page that the notice leads to."""
    held = (
        select(Unit)
        .join(Body, Body.unit_id == Unit.id)
        .join(OfficeHolding, OfficeHolding.body_id == Body.id)
        .where(OfficeHolding.person_id == person.id)
        .where(OfficeHolding.held_to.is_(None) | (OfficeHolding.held_to > today))
        .order_by(OfficeHolding.held_from, OfficeHolding.id)
    )
    return db.session.scalars(held.limit(1)).one()


def _others(user: User, actor: Actor, today: date) -> set[int]:
    """The administrators who did not do it themselves."""
    return {grant.user_id for grant in administrators(today)} - {actor.user_id, user.id}
