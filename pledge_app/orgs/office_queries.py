"""Reads of offices: who holds them on a day, who may sign for them, who was delegated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import or_, select

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import sort_key
from pledge_app.orgs.models import (
    Body,
    Delegation,
    OfficeHolding,
    Person,
    Unit,
)
from pledge_app.orgs.queries import valid_on


def holdings_of(body_ids: Iterable[int], *, on: date | None = None) -> list[OfficeHolding]:
    """Office-holders of bodies: those in office on a day, or all there ever were."""
    chosen = (
        select(OfficeHolding)
        .where(OfficeHolding.body_id.in_(set(body_ids)))
        .order_by(OfficeHolding.body_id, OfficeHolding.held_from)
    )
    if on is not None:
        chosen = chosen.where(valid_on(OfficeHolding.held_from, OfficeHolding.held_to, on))
    return list(db.session.scalars(chosen))


def signs_as(person_id: int | None, *, on: date) -> set[int]:
    """The holdings for which the person may sign on the day: own offices, and those whose holder
    delegated. By id.
    """
    if person_id is None:
        return set()
    lent = (
        select(Delegation.id)
        .where(
            Delegation.holding_id == OfficeHolding.id,
            Delegation.delegate_id == person_id,
            Delegation.valid_from <= on,
            Delegation.valid_to >= on,
        )
        .exists()
    )
    return set(
        db.session.scalars(
            select(OfficeHolding.id).where(
                or_(OfficeHolding.person_id == person_id, lent),
                valid_on(OfficeHolding.held_from, OfficeHolding.held_to, on),
            )
        )
    )


def may_sign(person_id: int | None, holding: OfficeHolding | None, *, on: date) -> bool:
    """True when the person holds the office on the day, or was delegated by its holder for it."""
    return holding is not None and holding.id in signs_as(person_id, on=on)


def heads_of(body_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Body id → "Chủ tịch: Nguyễn Văn A" of whoever took office first among those in office on a
    day.
    """
    rows = db.session.execute(
        select(OfficeHolding.body_id, OfficeHolding.title, Person.name)
        .join(Person, Person.id == OfficeHolding.person_id)
        .where(
            OfficeHolding.body_id.in_(set(body_ids)),
            valid_on(OfficeHolding.held_from, OfficeHolding.held_to, on),
        )
        .order_by(OfficeHolding.held_from.desc(), OfficeHolding.id.desc())
    )
    return {body_id: f"{title}: {name}" for body_id, title, name in rows}


def people_of(unit: Unit) -> list[Person]:
    """Everybody who ever held an office of the unit's bodies or was delegated there, by name."""
    own = (
        select(OfficeHolding.id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .where(Body.unit_id == unit.id)
    )
    holders = select(OfficeHolding.person_id).where(OfficeHolding.id.in_(own))
    lent = select(Delegation.delegate_id).where(Delegation.holding_id.in_(own))
    rows = db.session.scalars(
        select(Person).where(or_(Person.id.in_(holders), Person.id.in_(lent)))
    )
    return sorted(rows, key=lambda row: sort_key(row.name))


def find_holding(pid: str) -> OfficeHolding:
    """The office-holding of a public id; raises NotFound."""
    row = db.session.scalar(select(OfficeHolding).where(OfficeHolding.pid == pid))
    if row is None:
        raise NotFound(_("Không có chức vụ này."))
    return row


def find_delegation(pid: str) -> Delegation:
    """The delegation of a public id; raises NotFound."""
    delegation = db.session.scalar(select(Delegation).where(Delegation.pid == pid))
    if delegation is None:
        raise NotFound(_("Không có ủy quyền này."))
    return delegation


def delegations_of(holding_ids: Iterable[int]) -> list[Delegation]:
    """Who was delegated by these office-holders, newest first."""
    return list(
        db.session.scalars(
            select(Delegation)
            .where(Delegation.holding_id.in_(set(holding_ids)))
            .order_by(Delegation.valid_from.desc())
        )
    )
