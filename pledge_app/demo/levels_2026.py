"""The units, bodies and people of the example of 2026, made when they are first asked for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.demo.example import DATA, REFORM, Told, demo_hash
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.orgs import loading
from pledge_app.orgs.models import (
    Authority,
    Body,
    BodyKind,
    OfficeHolding,
    Person,
    Unit,
)

SOURCE = DATA / "three_levels_2026.toml"
TITLES = {
    BodyKind.UBND: "Chủ tịch",
    BodyKind.MTTQ: "Chủ tịch",
    BodyKind.HAMLET: "Trưởng xóm",
}


@cache
def told(path: Path = SOURCE) -> Told:
    """The file of invented facts."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def starts_on() -> date:
    """The business date on which the visitor arrives."""
    day: date = told()["starts_on"]
    return day


@dataclass
class Levels:
    """What was made so far, by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[tuple[str, BodyKind], Body] = field(default_factory=dict)
    users: dict[tuple[int, Role], User] = field(default_factory=dict)

    def unit(self, name: str) -> Unit:
        """The unit of that name; a hamlet is made, the others stand in the register."""
        if name not in self.units:
            self.units[name] = self._find_unit(name)
        return self.units[name]

    def _find_unit(self, name: str) -> Unit:
        facts = told()
        if name in facts["hamlets"]:
            commune = self.unit(facts["hamlets_of"])
            return loading.add_hamlet(name, commune, source="minh họa")
        province = facts["province"]
        above = "" if name == province else province
        return loading.unit_named(name, above, on=starts_on())

    def body(self, unit: str, kind: BodyKind) -> Body:
        """The unit's body of that kind."""
        if (unit, kind) not in self.bodies:
            self.bodies[unit, kind] = self._new_body(unit, kind)
        return self.bodies[unit, kind]

    def _new_body(self, unit: str, kind: BodyKind) -> Body:
        names = _body_names(unit, kind)
        placed_in = told()["hamlets_of"] if kind is BodyKind.HAMLET else unit
        body = Body(
            unit_id=self.unit(unit).id,
            kind=kind,
            name=names.name,
            full_name=names.full_name,
            superior_name=names.superior_name,
            symbol=names.symbol,
            place=placed_in.split(" ", 1)[1],
            exists_from=REFORM,
        )
        db.session.add(body)
        db.session.flush()
        return body

    def user(self, body: Body, role: Role, part: Told | None = None) -> User:
        """Who holds `role` at `body`: the cast where the file names somebody, else somebody
        without a button.
        """
        known = self.users.get((body.id, role))
        if known is not None:
            return known
        person = _new_person(body, role, part)
        user = User(
            username=part["part"] if part else f"2026-{body.id}-{role.value}",
            name=person.name,
            person_id=person.id,
            demo_part=part["part"] if part else None,
            password_hash=demo_hash() if part else None,
        )
        roles: tuple[Role, ...] = (role,)
        if body.kind is BodyKind.HAMLET and role is Role.LEADER:
            # A hamlet is a one-person office: its head enters, signs off and sends; the trail
            # says that steps were merged.
            roles = (Role.CLERK, Role.LEADER)
        user.grants = [
            RoleGrant(
                role=one,
                body_id=body.id,
                held_from=REFORM,
            )
            for one in roles
        ]
        db.session.add(user)
        db.session.flush()
        for one in roles:
            self.users[body.id, one] = user
        return user

    def acts(self, body: Body, role: Role, day: date) -> Actor:
        """Who does on a day what `role` does at `body`."""
        if body.kind is BodyKind.HAMLET and role is Role.CLERK:
            role = Role.LEADER
        return actor_of(self.user(body, role), today=day)


class _BodyNames(NamedTuple):
    """What a body is called, and what stands above it on its papers."""

    name: str
    full_name: str
    superior_name: str
    symbol: str


def _body_names(unit: str, kind: BodyKind) -> _BodyNames:
    short = unit[0].lower() + unit[1:]
    if kind is BodyKind.UBND:
        return _BodyNames(
            f"UBND {short}",
            f"Ủy ban nhân dân {short}",
            "",
            "UBND",
        )
    if kind is BodyKind.MTTQ:
        front = f"Ủy ban MTTQ Việt Nam {short}"
        return _BodyNames(
            f"BTT UBMTTQ {short}",
            f"Ban Thường trực {front}",
            front.upper(),
            "MTTQ-BTT",
        )
    commune = told()["hamlets_of"]
    return _BodyNames(
        unit,
        f"{unit}, {commune[0].lower()}{commune[1:]}",
        f"ỦY BAN NHÂN DÂN {commune.upper()}",
        "",
    )


def _new_person(body: Body, role: Role, part: Told | None) -> Person:
    """A person who has the role; a leader holds an office too."""
    words = {
        Role.CLERK: "Người phụ trách",
        Role.LEADER: TITLES[body.kind],
        Role.REVIEWER: "Chuyên viên thẩm định",
    }
    title = words[role]
    name = part["name"] if part else f"{title} {body.name} (minh họa)"
    person = Person(name=name, is_illustrative=True)
    db.session.add(person)
    db.session.flush()
    if role is Role.LEADER:
        authority = Authority.NONE if body.kind is BodyKind.HAMLET else Authority.TM
        holding = OfficeHolding(
            person_id=person.id,
            body_id=body.id,
            title=part["title"] if part else title,
            held_from=REFORM,
            authority=authority,
        )
        db.session.add(holding)
    return person
