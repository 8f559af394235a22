"""Reads of office-holders as people: whom a login can be tied to, and how lists name them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import or_, select

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.models import Body, OfficeHolding, Person


@dataclass
class Holder:
    """A person with every office held on a day or later: ("Chủ tịch", "UBND xã Hải Quang")."""

    person_id: int
    person_pid: str
    name: str
    offices: list[tuple[str, str]] = field(default_factory=list)
    body_ids: set[int] = field(default_factory=set)

    @property
    def office(self) -> str:
        """Chủ tịch, UBND xã Hải Quang; Phó Bí thư, Đảng ủy xã Hải Quang."""
        return "; ".join(f"{title}, {body}" for title, body in self.offices)

    @property
    def label(self) -> str:
        """Trần Văn Hùng – Chủ tịch, UBND xã Hải Quang."""
        return f"{self.name} – {self.office}"


def holders(
    *,
    on: date,
    person_ids: Collection[int] | None = None,
    body_ids: Collection[int] | None = None,
    text: str = "",
) -> list[Holder]:
    """Who holds an office on the day `on` or will, in Vietnamese order.

    `body_ids` keeps who holds one there; `text` is looked for without diacritics in the labels.
    """
    chosen = (
        select(
            Person.id,
            Person.pid,
            Person.name,
            OfficeHolding.title,
            Body.name,
            Body.id,
        )
        .join(OfficeHolding, OfficeHolding.person_id == Person.id)
        .join(Body, Body.id == OfficeHolding.body_id)
        .where(or_(OfficeHolding.held_to.is_(None), OfficeHolding.held_to > on))
        .order_by(OfficeHolding.held_from, OfficeHolding.id)
    )
    if person_ids is not None:
        chosen = chosen.where(Person.id.in_(set(person_ids)))
    people: dict[int, Holder] = {}
    for person_id, pid, name, title, body, body_id in db.session.execute(chosen):
        holder = people.setdefault(person_id, Holder(person_id, pid, name))
        holder.offices.append((title, body))
        holder.body_ids.add(body_id)
    key = fold(text)
    kept = [
        holder
        for holder in people.values()
        if (body_ids is None or holder.body_ids & set(body_ids)) and key in fold(holder.label)
    ]
    return sorted(kept, key=lambda holder: (sort_key(holder.name), sort_key(holder.office)))


def offices_of(person_ids: Collection[int], *, on: date) -> dict[int, str]:
    """Person id → "Chủ tịch, UBND xã Hải Quang" of whoever holds an office on the day or later."""
    return {one.person_id: one.office for one in holders(on=on, person_ids=person_ids)}


def find_person(pid: str) -> Person:
    """The person of a public id; raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.pid == pid))
    if person is None:
        raise NotFound(_("Không có người này."))
    return person
