"""Reads of units and bodies as they were at a date. Units and bodies are public: everybody
logged in sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, or_, select
from sqlalchemy.orm import joinedload

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import (
    Body,
    BodyKind,
    Cluster,
    ClusterLead,
    ClusterMembership,
    LeadKind,
    Succession,
    Unit,
    UnitName,
    UnitParent,
)
from pledge_app.ui.typed_values import parse_day

OF_A_UNIT = {
    BodyKind.UBND,
    BodyKind.MTTQ,
    BodyKind.PARTY,
    BodyKind.COUNCIL,
}
"""Bodies that stand for the whole of their unit."""


Day = SQLColumnExpression[date] | SQLColumnExpression[date | None]
"""A dated column; NULL leaves that side open."""


def valid_on(start: Day, end: Day, on: date) -> ColumnElement[bool]:
    """The dated row holds on the day `on`; an open side is None."""
    return and_(or_(start.is_(None), start <= on), or_(end.is_(None), end > on))


UnitRows = Select[Any]
"""pid, name, level, code, pid of the parent, name of the parent."""


@dataclass(frozen=True)
class UnitLine:
    """One row of the list of units."""

    pid: str
    name: str
    level: UnitLevel
    code: str
    parent_pid: str
    parent_name: str


def units(
    *,
    on: date,
    text: str = "",
    level: UnitLevel | None = None,
    under: Unit | None = None,
) -> UnitRows:
    """Rows (Unit, UnitName, UnitName of the parent, pid of the parent) on the day `on`, in
    Vietnamese order.
    """
    above = Unit.__table__.alias("above")
    above_name = UnitName.__table__.alias("above_name")
    chosen = (
        select(
            Unit.pid,
            UnitName.name,
            Unit.level,
            UnitName.code,
            above.c.pid.label("parent_pid"),
            above_name.c.name.label("parent_name"),
        )
        .join(
            UnitName,
            and_(UnitName.unit_id == Unit.id, valid_on(UnitName.used_from, UnitName.used_to, on)),
        )
        .outerjoin(
            UnitParent,
            and_(
                UnitParent.unit_id == Unit.id,
                valid_on(UnitParent.used_from, UnitParent.used_to, on),
            ),
        )
        .outerjoin(above, above.c.id == UnitParent.parent_id)
        .outerjoin(
            above_name,
            and_(
                above_name.c.unit_id == above.c.id,
                valid_on(above_name.c.used_from, above_name.c.used_to, on),
            ),
        )
        .where(valid_on(Unit.exists_from, Unit.exists_to, on))
        .order_by(UnitName.sort_key, Unit.id)
    )
    if text:
        chosen = chosen.where(
            or_(
                UnitName.search_key.contains(fold(text), autoescape=True),
                UnitName.code == text.strip(),
            )
        )
    if level is not None:
        chosen = chosen.where(Unit.level == level)
    if under is not None:
        chosen = chosen.where(UnitParent.parent_id == under.id)
    return chosen


@dataclass(frozen=True)
class Asked:
    """What the filters of the list of units ask. `day_error`: why another day than the typed one
    is shown.
    """

    day: date
    text: str
    level: UnitLevel | None
    under: Unit | None
    day_error: str = ""

    def units(self) -> UnitRows:
        """Rows as `units`."""
        return units(
            on=self.day,
            text=self.text,
            level=self.level,
            under=self.under,
        )


def asked_for(args: Mapping[str, str], *, today: date) -> Asked:
    """The filters of the page (ngay, q, cap, thuoc); a day that is none shows `today`. Raises
    NotFound for no unit.
    """
    day = today
    day_error = ""
    typed = args.get("ngay", "").strip()
    if typed:
        try:
            day = parse_day(typed)
        except ValueError as error:
            day_error = str(error)
    level = next((one for one in UnitLevel if one.value == args.get("cap")), None)
    return Asked(
        day,
        args.get("q", "").strip()[:100],
        level,
        find_unit(args["thuoc"]) if args.get("thuoc") else None,
        day_error,
    )


def find_unit(pid: str) -> Unit:
    """The unit of a public id; raises NotFound."""
    unit = db.session.scalar(select(Unit).where(Unit.pid == pid))
    if unit is None:
        raise NotFound(_("Không có đơn vị này."))
    return unit


def find_body(pid: str) -> Body:
    """The body of a public id; raises NotFound."""
    body = db.session.scalar(select(Body).where(Body.pid == pid))
    if body is None:
        raise NotFound(_("Không có cơ quan này."))
    return body


def names_on(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """What each unit was called on a day; a unit that had already ended keeps its last name."""
    ids = set(unit_ids)
    names: dict[int, str] = {}
    rows = db.session.execute(
        select(UnitName.unit_id, UnitName.name, UnitName.used_from)
        .where(UnitName.unit_id.in_(ids))
        .order_by(UnitName.used_from)
    )
    for unit_id, name, used_from in rows:
        if unit_id not in names or used_from is None or used_from <= on:
            names[unit_id] = name
    return names


def unit_words(bodies: Iterable[Body], *, on: date) -> dict[int, str]:
    """Body id → "xã Hải Quang" where the body stands for the whole of its unit (its committee,
    its Fatherland Front …), by the unit's name of the day; any other body by its own name.
    """
    bodies = list(bodies)
    names = names_on([body.unit_id for body in bodies if body.kind in OF_A_UNIT], on)
    return {
        body.id: _inside_a_sentence(names[body.unit_id]) if body.kind in OF_A_UNIT else body.name
        for body in bodies
    }


def _inside_a_sentence(name: str) -> str:
    """ "Xã Hải Quang" inside a sentence: "xã Hải Quang"."""
    return name[:1].lower() + name[1:]


def hamlets_of(unit_id: int, on: date) -> list[tuple[int, str]]:
    """(id, name) of the hamlets of a commune on a day, "Xóm 2" before "Xóm 10"."""
    rows = db.session.execute(
        select(Unit.id, UnitName.name)
        .join(
            UnitName,
            and_(UnitName.unit_id == Unit.id, valid_on(UnitName.used_from, UnitName.used_to, on)),
        )
        .join(
            UnitParent,
            and_(
                UnitParent.unit_id == Unit.id,
                valid_on(UnitParent.used_from, UnitParent.used_to, on),
            ),
        )
        .where(
            UnitParent.parent_id == unit_id,
            Unit.level == UnitLevel.HAMLET,
            valid_on(Unit.exists_from, Unit.exists_to, on),
        )
        .order_by(UnitName.sort_key)
    )
    return [(unit_id_, name) for unit_id_, name in rows]


def predecessors(unit: Unit) -> list[Succession]:
    """From which units this one came."""
    return list(
        db.session.scalars(
            select(Succession)
            .where(Succession.successor_id == unit.id)
            .order_by(Succession.on_date)
        )
    )


def successors(unit: Unit) -> list[Succession]:
    """Which units took over this one."""
    return list(
        db.session.scalars(
            select(Succession)
            .where(Succession.predecessor_id == unit.id)
            .order_by(Succession.on_date)
        )
    )


def bodies_of(unit: Unit) -> list[Body]:
    """Every body the unit ever had."""
    return list(
        db.session.scalars(select(Body).where(Body.unit_id == unit.id).order_by(Body.kind, Body.id))
    )


def clusters_of(body_ids: Iterable[int]) -> list[Cluster]:
    """The clusters, newest first, of which one of the bodies is a member."""
    return list(
        db.session.scalars(
            select(Cluster)
            .join(ClusterMembership)
            .where(ClusterMembership.body_id.in_(set(body_ids)))
            .order_by(Cluster.year.desc(), Cluster.name)
            .distinct()
        )
    )


def lead_of(cluster: Cluster, *, on: date, kind: LeadKind = LeadKind.LEAD) -> ClusterLead | None:
    """The lead (or deputy) of a cluster on a day."""
    leads = [
        row
        for row in cluster.leads
        if row.kind is kind and row.held_from <= on and (row.held_to is None or row.held_to > on)
    ]
    return leads[-1] if leads else None


def day_within(unit: Unit, day: date) -> date:
    """`day` if the unit existed then, else its last or first day: the day on which to look at
    its children.
    """
    if unit.exists_to is not None and day >= unit.exists_to:
        return unit.exists_to - timedelta(days=1)
    return unit.exists_from if unit.exists_from is not None and day < unit.exists_from else day


def body_ids(text: str = "", *, kind: BodyKind | None = None, on: date | None = None) -> list[int]:
    """Bodies in Vietnamese order, those of a day or all; `text` is looked for without diacritics.

    It is found in the names of the body and of its unit.
    """
    chosen = select(
        Body.id,
        Body.unit_id,
        Body.name,
        Body.full_name,
    )
    if kind is not None:
        chosen = chosen.where(Body.kind == kind)
    if on is not None:
        chosen = chosen.where(valid_on(Body.exists_from, Body.exists_to, on))
    rows = db.session.execute(chosen).all()
    if text:
        key = fold(text)
        named = select(UnitName.unit_id).where(UnitName.search_key.contains(key, autoescape=True))
        units_named = set(db.session.scalars(named))
        rows = [
            row
            for row in rows
            if row.unit_id in units_named or key in fold(row.name) or key in fold(row.full_name)
        ]
    return [row.id for row in sorted(rows, key=lambda row: (sort_key(row.name), row.id))]


def bodies(ids: Sequence[int]) -> list[Body]:
    """The bodies of these ids, in this order."""
    rows = db.session.scalars(select(Body).where(Body.id.in_(ids)).options(joinedload(Body.unit)))
    places = {body_id: place for place, body_id in enumerate(ids)}
    return sorted(rows, key=lambda body: places[body.id])


def column_names(bodies: Sequence[Body]) -> list[str]:
    """What each body's column in a table is called: its place, or its name where two share a
    place.
    """
    shorts = [body.short for body in bodies]
    if len(set(shorts)) == len(shorts):
        return shorts
    return [body.name for body in bodies]


def council_beside(body: Body) -> Body | None:
    """The Emulation and Commendation Council of the body's unit, if the office has recorded it."""
    return db.session.scalar(
        select(Body).where(Body.unit_id == body.unit_id, Body.kind == BodyKind.EMULATION_COUNCIL)
    )
