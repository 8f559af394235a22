"""The units of a day with their parents, codes and earlier names: what a register is compared
with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from pledge_app.kernel.base import db
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Unit, UnitName, UnitParent
from pledge_app.orgs.queries import valid_on


@dataclass(frozen=True)
class Living:
    """A unit on the day, with the unit above it."""

    unit_id: int
    name: str
    level: UnitLevel
    code: str
    parent_id: int | None
    parent_code: str
    parent_name: str


def living_units(on: date) -> list[Living]:
    """Every unit of a day, with its code and the unit above it."""
    above = UnitParent.__table__.alias("above")
    above_name = UnitName.__table__.alias("above_name")
    rows = db.session.execute(
        select(
            Unit.id,
            UnitName.name,
            Unit.level,
            UnitName.code,
            above.c.parent_id,
            above_name.c.code,
            above_name.c.name,
        )
        .join(
            UnitName,
            and_(
                UnitName.unit_id == Unit.id,
                valid_on(UnitName.used_from, UnitName.used_to, on),
            ),
        )
        .outerjoin(
            above,
            and_(above.c.unit_id == Unit.id, valid_on(above.c.used_from, above.c.used_to, on)),
        )
        .outerjoin(
            above_name,
            and_(
                above_name.c.unit_id == above.c.parent_id,
                valid_on(above_name.c.used_from, above_name.c.used_to, on),
            ),
        )
        .where(valid_on(Unit.exists_from, Unit.exists_to, on))
    )
    return [
        Living(
            unit_id,
            name,
            level,
            code or "",
            parent_id,
            parent_code or "",
            parent_name or "",
        )
        for unit_id, name, level, code, parent_id, parent_code, parent_name in rows
    ]


def earlier_names(on: date) -> dict[str, str]:
    """Code → the name of the last unit that had it and no longer lives on the day."""
    rows = db.session.execute(
        select(UnitName.code, UnitName.name)
        .join(Unit)
        .where(UnitName.code.is_not(None), UnitName.used_to <= on)
        .order_by(UnitName.used_to, UnitName.id)
    )
    return {code: name for code, name in rows if code}
