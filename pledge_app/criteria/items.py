"""Counted items: those of hamlets, and those that a unit has typed."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.criteria.kinds import HAMLETS, ITEM_KINDS
from pledge_app.criteria.models import CountedItem
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import check
from pledge_app.kernel.text import same_name_key


def items_of_units(units: Iterable[tuple[int, str]]) -> dict[int, CountedItem]:
    """The items of units given as (id, name), by unit id; those that are not counted yet are
    made.
    """
    names = dict(units)
    rows = db.session.scalars(select(CountedItem).where(CountedItem.unit_id.in_(names)))
    items = {row.unit_id: row for row in rows if row.unit_id is not None}
    for unit_id, name in names.items():
        if unit_id not in items:
            items[unit_id] = CountedItem(
                kind=HAMLETS,
                name=name,
                unit_id=unit_id,
            )
            db.session.add(items[unit_id])
        items[unit_id].name = name
    return {unit_id: items[unit_id] for unit_id in names}


def typed_item(kind: str, name: str, *, owner_unit_id: int) -> CountedItem:
    """The item of that name which the unit already counts, else a new one."""
    check(not ITEM_KINDS[kind].is_unit, _("Thôn, xóm lấy từ danh mục đơn vị, không ghi tay."))
    rows = db.session.scalars(
        select(CountedItem)
        .where(CountedItem.kind == kind, CountedItem.owner_unit_id == owner_unit_id)
        .order_by(CountedItem.id)
    )
    key = same_name_key(name)
    for row in rows:
        if same_name_key(row.name) == key:
            return row
    item = CountedItem(
        kind=kind,
        name=name,
        owner_unit_id=owner_unit_id,
    )
    db.session.add(item)
    return item
