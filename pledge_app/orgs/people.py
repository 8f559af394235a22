"""A person takes another name: the earlier one is kept with its last day, and found again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Problem, check
from pledge_app.orgs.models import Body, OfficeHolding, Person, PersonName
from pledge_app.orgs.policy import administer

LONGEST = 120


def rename(
    person: Person,
    name: str,
    *,
    on: date,
    basis: str,
    actor: Actor,
    at: datetime,
) -> None:
    """From `on` the person is called `name`; papers already frozen keep the name that they have.

    A slip of the pen is no other name: it is put right at the office (`offices.correct_holding`).
    """
    administer(actor)
    check(
        name,
        _("Hãy nhập họ và tên."),
        [Problem(_("Chưa nhập họ và tên."), "name")],
    )
    check(
        name != person.name,
        _("Tên mới giống tên đang ghi."),
        [Problem(_("Tên này đang ghi."), "name")],
    )
    earlier = earlier_names([person.id]).get(person.id, [])
    check(
        all(row.used_to < on for row in earlier),
        _("Ngày đổi tên phải sau lần đổi trước."),
        [Problem(_("Đã có lần đổi tên từ ngày này hoặc sau đó."), "on")],
    )
    before = person.name
    db.session.add(
        PersonName(
            person_id=person.id,
            name=before,
            used_to=on,
            basis=basis,
        )
    )
    person.name = name
    db.session.flush()
    for body in _bodies_of(person):
        record(
            "office.renamed",
            body,
            actor=actor,
            at=at,
            unit_id=body.unit_id,
            before=before,
            after=name,
            basis=basis,
            on=on,
        )


def earlier_names(person_ids: Collection[int]) -> dict[int, list[PersonName]]:
    """Person id → the names used before, the oldest first."""
    rows = db.session.scalars(
        select(PersonName)
        .where(PersonName.person_id.in_(set(person_ids)))
        .order_by(PersonName.used_to, PersonName.id)
    )
    found: dict[int, list[PersonName]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _bodies_of(person: Person) -> list[Body]:
    """Where the person holds or held an office."""
    held = select(OfficeHolding.body_id).where(OfficeHolding.person_id == person.id)
    return list(db.session.scalars(select(Body).where(Body.id.in_(held)).order_by(Body.id)))
