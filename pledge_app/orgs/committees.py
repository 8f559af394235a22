"""People's committees of all communes below a unit at once: first listed, then written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import and_, select

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import check
from pledge_app.kernel.text import sort_key
from pledge_app.orgs.bodies import add_body
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, BodyKind, Unit, UnitName, UnitParent
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import valid_on
from pledge_app.orgs.register import split_type_word

MOST = 500


@dataclass(frozen=True)
class Proposed:
    """A commune's committee as papers will name it; `known`: the name of the one that is there."""

    unit_id: int
    name: str
    full_name: str
    symbol: str
    place: str
    superior_name: str
    known: str = ""

    def values(self) -> dict[str, object]:
        """The columns that add_body takes."""
        return {
            "kind": BodyKind.UBND,
            "name": self.name,
            "full_name": self.full_name,
            "superior_name": self.superior_name,
            "symbol": self.symbol,
            "place": self.place,
            "exists_from": None,
        }


def units_with_communes(on: date) -> list[Unit]:
    """The units that have communes directly below them on a day, in Vietnamese order."""
    below = (
        select(UnitParent.parent_id)
        .join(Unit, Unit.id == UnitParent.unit_id)
        .where(Unit.level == UnitLevel.COMMUNE, valid_on(Unit.exists_from, Unit.exists_to, on))
        .where(valid_on(UnitParent.used_from, UnitParent.used_to, on))
    )
    rows = db.session.scalars(select(Unit).where(Unit.id.in_(below)))
    return sorted(rows, key=lambda unit: sort_key(unit.names[-1].name))


def superior_line(unit: Unit) -> str:
    """ỦY BAN NHÂN DÂN HUYỆN HẢI HẬU: the line above the issuer, where the office writes one."""
    return f"Ủy ban nhân dân {unit.names[-1].name}".upper()


def proposed(unit: Unit, *, with_superior: bool, on: date) -> list[Proposed]:
    """The committee of every commune directly below the unit, in Vietnamese order."""
    superior = superior_line(unit) if with_superior else ""
    committee = and_(
        Body.unit_id == Unit.id,
        Body.kind == BodyKind.UBND,
        valid_on(Body.exists_from, Body.exists_to, on),
    )
    rows = db.session.execute(
        select(Unit.id, UnitName.name, Body.name)
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
        .outerjoin(Body, committee)
        .where(UnitParent.parent_id == unit.id, Unit.level == UnitLevel.COMMUNE)
        .where(valid_on(Unit.exists_from, Unit.exists_to, on))
        .order_by(UnitName.sort_key, Unit.id)
    )
    return [
        _named(
            unit_id,
            name,
            superior,
            known or "",
        )
        for unit_id, name, known in rows
    ]


def _named(
    unit_id: int,
    name: str,
    superior: str,
    known: str,
) -> Proposed:
    lower = f"{name[0].lower()}{name[1:]}"
    named = split_type_word(name, UnitLevel.COMMUNE)
    place = named[1] if named is not None else name
    return Proposed(
        unit_id,
        f"UBND {lower}",
        f"Ủy ban nhân dân {lower}",
        "UBND",
        place,
        superior,
        known,
    )


def add_committees(
    unit: Unit,
    *,
    with_superior: bool,
    actor: Actor,
    at: datetime,
    today: date,
) -> int:
    """Write the committees that are missing; the others stay as they are. Gives how many are
    new.
    """
    administer(actor)
    missing = [
        one for one in proposed(unit, with_superior=with_superior, on=today) if not one.known
    ]
    check(missing, _("Không còn xã nào chưa có UBND."))
    check(len(missing) <= MOST, _("Mỗi lần thêm nhiều nhất %(n)s cơ quan.", n=MOST))
    for one in missing:
        add_body(
            db.session.get_one(Unit, one.unit_id),
            one.values(),
            actor=actor,
            at=at,
        )
    return len(missing)
