"""Units and bodies found by what a sheet calls them. Nothing is guessed: what is called so twice
has to be named with the unit above it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.text import same_name_key
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import Body, Unit
from pledge_app.orgs.queries import units as unit_rows
from pledge_app.orgs.queries import valid_on


@dataclass(frozen=True)
class Place:
    """A living unit: its name, its level, the name of the unit above it ("": none)."""

    pid: str
    name: str
    level: UnitLevel
    above: str


class Places:
    """The living units by name, by name and the unit above ("Xã Tân Phú, Huyện Châu Thành"), and
    by code.
    """

    def __init__(self, on: date) -> None:
        self._named: dict[str, list[Place]] = defaultdict(list)
        self.by_pid: dict[str, Place] = {}
        for row in db.session.execute(unit_rows(on=on)):
            place = Place(
                row.pid,
                row.name,
                row.level,
                row.parent_name or "",
            )
            self.by_pid[place.pid] = place
            for key in (row.name, f"{row.name}, {place.above}", row.code or ""):
                self._named[same_name_key(key)].append(place)

    def find(self, text: str) -> Place:
        """The one unit that is called so; raises DomainError."""
        found = self._named.get(same_name_key(text), []) if text else []
        if len(found) == 1:
            return found[0]
        if found:
            examples = "; ".join(f"{one.name}, {one.above}" for one in found[:2])
            raise DomainError(
                _(
                    "Có nhiều đơn vị tên “%(name)s”. Hãy ghi thêm cấp trên, ví dụ: %(examples)s.",
                    name=text,
                    examples=examples,
                )
            )
        raise DomainError(
            _(
                "Không có đơn vị “%(name)s”. Hãy ghi cả loại đơn vị như trong danh mục, ví dụ: Xã "
                "Hải Quang.",
                name=text[:80],
            )
        )

    def called(self, pid: str) -> str:
        """What the unit is called in a sheet, so that `find` finds it again."""
        place = self.by_pid.get(pid)
        if place is None:
            return ""
        alone = len(self._named[same_name_key(place.name)]) == 1
        return place.name if alone or not place.above else f"{place.name}, {place.above}"


class Bodies:
    """The living bodies by short and full name, and those that the sheet adds."""

    def __init__(self, on: date) -> None:
        self._named: dict[str, list[Body]] = defaultdict(list)
        for body in db.session.scalars(
            select(Body).where(
                valid_on(
                    Body.exists_from,
                    Body.exists_to,
                    on,
                )
            )
        ):
            self.add(body)

    def add(self, body: Body) -> None:
        """It is found from now on."""
        for key in {same_name_key(body.name), same_name_key(body.full_name)}:
            self._named[key].append(body)

    def of_unit(
        self,
        unit: Unit,
        name: str,
    ) -> Body | None:
        """The body of that name there."""
        called = self._named.get(same_name_key(name), [])
        return next((body for body in called if body.unit_id == unit.id), None)

    def find(self, name: str, unit: Unit | None = None) -> Body:
        """The one body that is called so (in the unit, where one is named); raises DomainError."""
        found = self._named.get(same_name_key(name), []) if name else []
        if unit is not None:
            found = [body for body in found if body.unit_id == unit.id]
        if len(found) == 1:
            return found[0]
        if found:
            raise DomainError(
                _(
                    "Có nhiều cơ quan tên “%(name)s”; hãy ghi tên đầy đủ, hoặc đơn vị của nó.",
                    name=name[:80],
                )
            )
        raise DomainError(_("Không có cơ quan “%(name)s”.", name=name[:80]))
