"""The Quang Đông example, part 1: registers, bodies, people, year. What the report says exactly;
the rest illustrative.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from pledge_app.accounts import passwords
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns import operations as years
from pledge_app.campaigns import shipped
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.scheduling import PeriodDays, set_period
from pledge_app.criteria import operations as criteria
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import VIETNAM
from pledge_app.kernel.installation import DEMO_PASSWORD, Installation
from pledge_app.orgs import loading
from pledge_app.orgs.models import (
    Authority,
    Body,
    BodyKind,
    Cluster,
    ClusterLead,
    ClusterMembership,
    LeadKind,
    Line,
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


def set_stage() -> Stage:
    """Everything before the first pledge; the demo's business date is the day after the guidance
    reached them.
    """
    told = seed()
    made_up = illustrative()
    starts = made_up["deadlines"]["demo_starts_on"]
    db.session.add(
        Installation(
            id=1,
            is_demo=True,
            office_name="Thi đua huyện Hải Hậu",
            business_date=starts,
        )
    )
    load_registers()
    stage = Stage()
    for name in (DISTRICT, *told["cluster"]["members"], *SECOND):
        stage.units[name] = loading.unit_named(
            name, PROVINCE if name == DISTRICT else DISTRICT, on=starts
        )
    for row in made_up["hamlet"]:
        loading.add_hamlet(row["name"], stage.units[row["unit"]], source="minh họa")
    for name in stage.units:
        _bodies(stage, name)
    _offices(stage, made_up["office"])
    _second_cluster_people(stage)
    _registers_of_the_year()
    for year in (2022, 2023):
        _year(
            stage,
            year,
            told,
            made_up,
        )
    db.session.commit()
    return stage


def _bodies(stage: Stage, unit: str) -> None:
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


def _offices(stage: Stage, rows: list[Told]) -> None:
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


def _second_cluster_people(stage: Stage) -> None:
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
                stage, unit, f"cum2-{number}-{role.value}", person, stage.ubnd(unit), (role,), None
            )


def _registers_of_the_year() -> None:
    """Commemorations and legal bases, as the data files have them, and the district's own day."""
    at = moment(START)
    shipped.take_over_days(actor=SYSTEM, at=at)
    shipped.take_over_bases(actor=SYSTEM, at=at)
    for day in shipped.days_of_places():
        db.session.add(shipped.commemoration(day))


def criteria_set() -> CriteriaSet:
    """The criteria that the report names, published."""
    name = "Tiêu chí thi đua vùng Quang Đông"
    found = db.session.scalar(select(CriteriaSet).where(CriteriaSet.name == name))
    if found is not None:
        return found
    lines = (DATA / "criteria_quang_dong_2023.csv").read_text(encoding="utf-8").splitlines()
    rows = []
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        plain = {
            "code": row["ma"],
            "name": row["ten"],
            "parent": row["ma_cha"],
            "is_illustrative": row["nguon"] != "seed",
        }
        if row["la_nhom"] == "có":
            rows.append(criteria.CriterionRow(is_group=True, **plain))  # type: ignore[arg-type]
        else:
            rows.append(
                criteria.CriterionRow(
                    unit_of_measure=row["don_vi_tinh"],
                    direction=Direction(row["huong"]),
                    cadence=Cadence(row["nhip"]),
                    kind=ValueKind(row["loai"]),
                    max_points=Decimal(row["diem_chuan"]) if row["diem_chuan"] else None,
                    **plain,  # type: ignore[arg-type]
                )
            )
    made = criteria.import_set(
        name,
        rows,
        valid_from=date(2021, 1, 1),
        valid_to=date(2025, 12, 31),
        source="Bài viết về Hội nghị ký giao ước thi đua năm 2023 vùng Quang Đông",
        actor=SYSTEM,
        at=moment(date(2022, 1, 5)),
    )
    criteria.publish(made, actor=SYSTEM, at=moment(date(2022, 1, 5)))
    return made


def _year(stage: Stage, number: int, told: Told, made_up: Told) -> None:
    upper = stage.ubnd(DISTRICT)
    at = moment(date(number, 1, 6))
    year = years.open_year(
        number,
        Line.UBND,
        upper,
        actor=SYSTEM,
        at=at,
    )
    year.is_illustrative = True
    values: Told = {"criteria_set_id": criteria_set().id, "opens_days_before": 15}
    dues = made_up["deadlines"]
    values |= {
        name: dues[name].replace(year=number) for name in ("pledge_due_on", "agreement_due_on")
    }
    if number == told["year"]:
        guidance = told["guidance"]
        values |= {
            "guidance_number": guidance["number"],
            "guidance_date": guidance["date"],
            "guidance_title": guidance["title"],
        }
    years.set_guidance(
        year,
        values,
        version=year.version_id,
        actor=SYSTEM,
        at=at,
    )
    _campaigns(
        year,
        told,
        made_up,
        at,
    )
    stage.years[number] = year
    for name, members, lead, deputy in (
        (
            told["cluster"]["name"],
            told["cluster"]["members"],
            made_up["meeting"]["lead"],
            made_up["meeting"]["deputy"],
        ),
        ("Cụm minh họa số 2", SECOND, SECOND[0], SECOND[1]),
    ):
        stage.clusters[name, number] = _cluster(
            stage,
            name,
            number,
            members,
            lead,
            deputy,
        )


def _campaigns(year: EmulationYear, told: Told, made_up: Told, at: datetime) -> None:
    dates = {row["quarter"]: row for row in made_up["campaign"]}
    shift = year.year - told["year"]
    for row, campaign in zip(told["campaign"], year.campaigns, strict=True):
        dated = dates[row["quarter"]]
        chosen = (
            [
                years.AnniversaryChoice(
                    tuple(one["names"]), one.get("founding_year"), one.get("is_spring", False)
                )
                for one in row["anniversary"]
            ]
            if not shift
            else []
        )
        years.save_campaign(
            campaign,
            theme=row["theme"] if not shift else "",
            contents=row["wording"] if not shift else "",
            starts_on=dated["starts_on"].replace(year=year.year),
            ends_on=dated["ends_on"].replace(year=year.year),
            anniversaries=chosen,
            version=campaign.version,
            actor=SYSTEM,
            at=at,
        )
        quarter = campaign.period
        due_on = dated["report_due_on"].replace(year=year.year)
        days = PeriodDays(quarter.starts_on, quarter.ends_on, due_on)
        set_period(
            quarter,
            days,
            version=quarter.version,
            actor=SYSTEM,
            at=at,
        )


def _cluster(
    stage: Stage, name: str, year: int, members: Sequence[str], lead: str, deputy: str
) -> Cluster:
    upper = stage.ubnd(DISTRICT)
    cluster = Cluster(
        name=name,
        year=year,
        line=Line.UBND,
        issuer=upper,
        reviewer=upper,
    )
    cluster.members = [
        ClusterMembership(body=stage.ubnd(unit), position=position)
        for position, unit in enumerate(members, 1)
    ]
    cluster.leads = [
        ClusterLead(
            body=stage.ubnd(unit),
            kind=kind,
            basis="Minh họa",
            held_from=date(year, 1, 1),
        )
        for unit, kind in ((lead, LeadKind.LEAD), (deputy, LeadKind.DEPUTY))
    ]
    db.session.add(cluster)
    db.session.flush()
    return cluster
