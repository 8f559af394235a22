"""What an act would do, read before anything is written: units, bodies, offices, roles,
clusters, open pledges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.orgs.models import (
    Body,
    Unit,
)
from pledge_app.orgs.queries import names_on, valid_on
from pledge_app.orgs.register import TYPE_WORDS, split_type_word
from pledge_app.reorganisation.models import Kind


@dataclass(frozen=True)
class Plan:
    """An act as typed. `units` end (or, renamed, go on); what comes out is `into` or a new unit
    `name` below `parent`.
    """

    kind: Kind
    units: tuple[Unit, ...]
    on_date: date
    basis: str
    name: str = ""
    code: str = ""
    into: Unit | None = None
    parent: Unit | None = None  # of a new unit; of an abolished one: where the units below it go


def following(plan: Plan, body: Body, names: dict[int, str]) -> str:
    """The name of the body that follows: the successor's own of that kind, or the old name with
    the new unit's name.
    """
    if plan.kind is Kind.ABOLISH:
        return ""
    if plan.into is not None:
        own = own_body(plan.into, body, plan.on_date)
        if own is not None:
            return own.name
        return renamed(
            body.name,
            names.get(body.unit_id, ""),
            names_on([plan.into.id], plan.on_date).get(plan.into.id, ""),
        )
    return renamed(body.name, names.get(body.unit_id, ""), plan.name)


def own_body(unit: Unit, like: Body, on: date) -> Body | None:
    """The unit's body of the same kind on a day."""
    return db.session.scalar(
        select(Body)
        .where(
            Body.unit_id == unit.id,
            Body.kind == like.kind,
            valid_on(Body.exists_from, Body.exists_to, on),
        )
        .limit(1)
    )


def renamed(text: str, old: str, new: str) -> str:
    """ "UBND xã Hải Đông" with "Xã Hải Đông" → "Xã Hải Tiến" is "UBND xã Hải Tiến"; capitals stay
    capitals.
    """
    small_old = old[:1].lower() + old[1:]
    small_new = new[:1].lower() + new[1:]
    pairs = [
        (old, new),
        (small_old, small_new),
        (old.upper(), new.upper()),
        (bare(old), bare(new)),
    ]
    for before, after in pairs:
        if before and before in text:
            return text.replace(before, after)
    return text


def bare(full_name: str) -> str:
    """ "Hải Quang" of "Xã Hải Quang"."""
    for level in TYPE_WORDS:
        if (found := split_type_word(full_name, level)) is not None:
            return found[1]
    return full_name


def parent_of(unit: Unit, on: date) -> Unit | None:
    """Cấp trên trực tiếp on a day, or the last one."""
    rows = [row for row in unit.parents if (row.used_from is None or row.used_from <= on)]
    return rows[-1].parent if rows else None


def lives_on(unit: Unit, on: date) -> bool:
    return (unit.exists_from is None or unit.exists_from <= on) and (
        unit.exists_to is None or unit.exists_to > on
    )
