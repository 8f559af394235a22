"""The office that uses the software and its first administrator, by the rooms' own verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pledge_app.accounts import operations
from pledge_app.accounts.models import User
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation, installation
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs.bodies import add_body
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Unit
from pledge_app.orgs.register import split_type_word
from pledge_app.orgs.units import Opening, add_unit, top_named

SOURCE = "create-admin"


@dataclass(frozen=True)
class Office:
    """What the operator says of the office: its name, its unit with the level, the kind of body."""

    name: str
    unit: str
    level: UnitLevel
    kind: BodyKind


def begin(
    office: Office,
    username: str,
    name: str,
    password: str,
    *,
    at: datetime,
    today: date,
) -> User:
    """The installation, the office's unit and body where they are missing, and the
    administrator.
    """
    if installation() is None:
        db.session.add(
            Installation(
                id=1,
                is_demo=False,
                office_name=office.name,
                business_date=None,
            )
        )
    body = _body_named(office.name) or _new_body(office, at)
    user = operations.create_with_password(
        username,
        name,
        password,
        actor=SYSTEM,
        at=at,
    )
    operations.grant_role(
        user,
        Role.ADMIN,
        body,
        held_from=today,
        held_to=None,
        actor=SYSTEM,
        at=at,
    )
    return user


def _body_named(name: str) -> Body | None:
    key = same_name_key(name)
    rows = db.session.scalars(select(Body).where(Body.exists_to.is_(None)))
    return next(
        (body for body in rows if key in (same_name_key(body.name), same_name_key(body.full_name))),
        None,
    )


def _new_body(office: Office, at: datetime) -> Body:
    unit = top_named(office.unit, office.level) or _new_unit(office, at)
    named = split_type_word(office.unit, office.level)
    values = {
        "kind": office.kind,
        "name": office.name,
        "full_name": office.name,
        "superior_name": "",
        "symbol": "",
        "place": named[1] if named is not None else "",
        "exists_from": None,
    }
    return add_body(
        unit,
        values,
        actor=SYSTEM,
        at=at,
    )


def _new_unit(office: Office, at: datetime) -> Unit:
    return add_unit(
        office.unit,
        office.level,
        opening=Opening(source=SOURCE),
        actor=SYSTEM,
        at=at,
    )
