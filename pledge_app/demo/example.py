"""The Quang Đông example, part 1: registers, bodies, people, year. What the report says exactly;
the rest illustrative.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from pledge_app.accounts import passwords
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns import shipped
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import VIETNAM
from pledge_app.kernel.installation import DEMO_PASSWORD
from pledge_app.orgs import loading
from pledge_app.orgs.models import (
    Authority,
    Body,
    BodyKind,
    Cluster,
    OfficeHolding,
    Person,
    Unit,
)
from pledge_app.orgs.register import read_successions, read_units

DATA = Path(__file__).resolve().parent.parent / "data"
REFORM = date(2025, 7, 1)
SECOND = ("Xã Hải Phúc", "Xã Hải Lộc", "Xã Hải Hà", "Xã Hải Nam")
START = date(2021, 7, 1)
PROVINCE = "Tỉnh Nam Định"
DISTRICT = "Huyện Hải Hậu"


# What a file of the example says: TOML, of any plain type.
Told = dict[str, Any]


def seed() -> Told:
    """What the published report says."""
    return tomllib.loads((DATA / "quang_dong_2023.toml").read_text(encoding="utf-8"))


def illustrative() -> Told:
    """What it does not say: illustrative, and marked so on screen and paper."""
    return tomllib.loads((DATA / "quang_dong_2023_illustrative.toml").read_text(encoding="utf-8"))


def moment(day: date, hour: int = 9) -> datetime:
    """A moment of the story."""
    return datetime.combine(day, time(hour), VIETNAM)


@dataclass
class Stage:
    """What the story needs again, by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[tuple[str, BodyKind], Body] = field(default_factory=dict)
    users: dict[tuple[str, Role], User] = field(default_factory=dict)
    years: dict[int, EmulationYear] = field(default_factory=dict)
    clusters: dict[tuple[str, int], Cluster] = field(default_factory=dict)

    def ubnd(self, unit: str) -> Body:
        return self.bodies[unit, BodyKind.UBND]


def load_registers() -> None:
    """Units of Nam Định as of 2023 and of the country as of 1 July 2025, and the successions
    that are known.
    """
    old = read_units((DATA / "units_nam_dinh_2023.csv").read_text(encoding="utf-8").splitlines())
    new = read_units((DATA / "units_vietnam_2025.csv").read_text(encoding="utf-8").splitlines())
    loading.load_units(
        old.rows,
        source="Nam Định 2023",
        valid_from=None,
        valid_to=REFORM,
    )
    loading.load_units(
        new.rows,
        source="Việt Nam 01/7/2025",
        valid_from=REFORM,
        valid_to=None,
    )
    known = read_successions((DATA / "successions.csv").read_text(encoding="utf-8").splitlines())
    loading.load_successions(known.rows)


def make_bodies(stage: Stage, unit: str) -> None:
    short = unit.split(" ", 1)
    lower = f"{short[0].lower()} {short[1]}"
    place = short[1]
    above = "ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH" if unit == DISTRICT else "ỦY BAN NHÂN DÂN HUYỆN HẢI HẬU"
    rows = [
        (BodyKind.UBND, f"UBND {lower}", f"Ủy ban nhân dân {lower}", above, "UBND"),
        (
            BodyKind.MTTQ,
            f"UBMTTQ {lower}",
            f"Ủy ban Mặt trận Tổ quốc Việt Nam {lower}",
            "",
            "MTTQ-BTT",
        ),
        (
            BodyKind.PARTY,
            f"Đảng ủy {lower}" if unit != DISTRICT else "Huyện ủy Hải Hậu",
            f"Đảng ủy {lower}" if unit != DISTRICT else "Huyện ủy Hải Hậu",
            "",
            "",
        ),
    ]
    if unit == DISTRICT:
        rows.append(
            (
                BodyKind.EMULATION_COUNCIL,
                "Hội đồng TĐKT huyện Hải Hậu",
                "Hội đồng Thi đua - Khen thưởng huyện Hải Hậu",
                "",
                "",
            )
        )
    for kind, name, full, superior, symbol in rows:
        body = Body(
            unit_id=stage.units[unit].id,
            kind=kind,
            name=name,
            full_name=full,
            superior_name=superior,
            symbol=symbol,
            place=place,
        )
        db.session.add(body)
        stage.bodies[unit, kind] = body
    db.session.flush()


ROLES = {
    "clerk": (Role.CLERK,),
    "leader": (Role.LEADER,),
    "signatory": (Role.LEADER,),
    "records": (Role.RECORDS,),
    "reviewer": (Role.REVIEWER,),
    "witness": (),
}
PARTS = {
    ("Xã Hải Quang", "clerk"): "nguoi-phu-trach",
    ("Xã Hải Quang", "signatory"): "lanh-dao",
    ("Xã Hải Quang", "records"): "van-thu",
    (DISTRICT, "reviewer"): "tham-dinh",
    ("Xã Hải Đông", "clerk"): "cum-truong",
    ("Xã Hải Đông", "signatory"): "chu-tich-hai-dong",
    ("Xã Hải Tây", "signatory"): "chu-tich-hai-tay",
    ("Xã Hải Lý", "signatory"): "chu-tich-hai-ly",
}


def make_offices(stage: Stage, rows: list[Told]) -> None:
    taken: set[str] = set()
    for number, row in enumerate(rows, 1):
        person = Person(name=row["name"], is_illustrative=True)
        db.session.add(person)
        db.session.flush()
        body = stage.bodies[row["unit"], BodyKind(row["body"])]
        if row["role"] in ("signatory", "leader", "witness"):
            db.session.add(
                OfficeHolding(
                    person_id=person.id,
                    body_id=body.id,
                    title=row["title"],
                    authority=Authority(row["authority"]),
                    held_from=row["held_from"],
                )
            )
        part = PARTS.get((row["unit"], row["role"]))
        _user(
            stage,
            row["unit"],
            f"vai{number:02}",
            person,
            body,
            ROLES[row["role"]],
            part if part not in taken else None,
        )
        taken.add(part or "")
    upper = stage.ubnd(DISTRICT)
    for part, name, role in (
        ("quan-tri", "Quản trị viên (minh họa)", Role.ADMIN),
        ("giam-sat", "Người giám sát (minh họa)", Role.AUDITOR),
    ):
        person = Person(name=name, is_illustrative=True)
        db.session.add(person)
        db.session.flush()
        _user(
            stage,
            DISTRICT,
            part,
            person,
            upper,
            (role,),
            part,
        )


def _user(
    stage: Stage,
    unit: str,
    username: str,
    person: Person,
    body: Body,
    roles: tuple[Role, ...],
    part: str | None,
) -> None:
    if not roles:
        return
    user = User(
        username=username,
        name=person.name,
        person_id=person.id,
        demo_part=part,
        password_hash=demo_hash() if part else None,
    )
    user.grants = [
        RoleGrant(
            role=role,
            body_id=body.id,
            held_from=START,
        )
        for role in roles
    ]
    db.session.add(user)
    db.session.flush()
    for role in roles:
        stage.users.setdefault((unit, role), user)


@cache
def demo_hash() -> str:
    """The cast's common password, which the demo says on its own pages."""
    return passwords.hash_password(DEMO_PASSWORD)


def make_second_cluster_people(stage: Stage) -> None:
    for number, unit in enumerate(SECOND, 1):
        short = unit.split(" ", 1)[1]
        for role, name, title in (
            (Role.CLERK, f"Người phụ trách {short} (minh họa)", ""),
            (Role.LEADER, f"Chủ tịch {short} (minh họa)", "Chủ tịch"),
        ):
            person = Person(name=name, is_illustrative=True)
            db.session.add(person)
            db.session.flush()
            if title:
                db.session.add(
                    OfficeHolding(
                        person_id=person.id,
                        body_id=stage.ubnd(unit).id,
                        title=title,
                        authority=Authority.TM,
                        held_from=START,
                    )
                )
            _user(
                stage,
                unit,
                f"cum2-{number}-{role.value}",
                person,
                stage.ubnd(unit),
                (role,),
                None,
            )


def take_over_registers() -> None:
    """Commemorations and legal bases, as the data files have them, and the district's own day."""
    at = moment(START)
    shipped.take_over_days(actor=SYSTEM, at=at)
    shipped.take_over_bases(actor=SYSTEM, at=at)
    for day in shipped.days_of_places():
        db.session.add(shipped.commemoration(day))
