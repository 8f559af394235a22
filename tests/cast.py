"""The named cast of every test: four communes of one cluster, one stranger, and their people.

Lan (clerk), Hùng (leader) and Vân (records clerk) work at UBND xã Hải Quang; Đông leads the cluster
from Hải Đông; Tây and Lý are the other members; Rev reviews at UBND huyện Hải Hậu; Xa is a
stranger's clerk in another cluster, reviewed by RevXa; Quản administers; Giám audits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns.models import (
    AssignedFigure,
    Campaign,
    CampaignAnniversary,
    EmulationYear,
    LegalBasis,
)
from pledge_app.campaigns.scheduling import quarters_of
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion, Indicator
from pledge_app.kernel import text
from pledge_app.kernel.actor import SYSTEM, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.installation import Installation
from pledge_app.orgs.levels import UnitLevel
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
    UnitName,
    UnitParent,
)

TODAY = date(2023, 2, 10)
YEAR = 2023
COMMUNES = ("Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý")


@dataclass
class Cast:
    """Row ids by name: cast.users["lan"], cast.bodies["Hải Quang"]."""

    users: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    hamlets: dict[str, list[int]] = field(default_factory=dict)
    holdings: dict[str, int] = field(default_factory=dict)
    cluster: int = 0
    foreign_cluster: int = 0
    year: int = 0
    criteria: dict[str, int] = field(default_factory=dict)


def build() -> Cast:
    """Write the cast into an empty, migrated database and commit it."""
    cast = Cast()
    db.session.add(
        Installation(id=1, is_demo=True, office_name="Cụm thi đua thử nghiệm", business_date=TODAY)
    )
    district = _unit(cast, "Hải Hậu", "Huyện Hải Hậu", UnitLevel.DISTRICT, None)
    far = _unit(cast, "Xa", "Huyện Xa Xôi", UnitLevel.DISTRICT, None)
    upper = _body(cast, "huyện", district, "UBND huyện Hải Hậu")
    far_upper = _body(cast, "huyện xa", far, "UBND huyện Xa Xôi")
    for name in COMMUNES:
        unit = _unit(cast, name, f"Xã {name}", UnitLevel.COMMUNE, district)
        _body(cast, name, unit, f"UBND xã {name}")
        cast.hamlets[name] = [
            _unit(cast, f"{name}/Xóm {n}", f"Xóm {n}", UnitLevel.HAMLET, unit).id
            for n in (1, 2, 10)
        ]
    stranger = _unit(cast, "Xa Lạ", "Xã Xa Lạ", UnitLevel.COMMUNE, far)
    _body(cast, "Xa Lạ", stranger, "UBND xã Xa Lạ")
    cast.cluster = _cluster(cast, "Vùng thi đua Quang Đông", upper, COMMUNES, lead="Hải Đông")
    cast.foreign_cluster = _cluster(cast, "Cụm Xa", far_upper, ("Xa Lạ",), lead="Xa Lạ")
    _people(cast)
    _year(cast, upper)
    db.session.commit()
    return cast


def _unit(cast: Cast, key: str, name: str, level: UnitLevel, parent: Unit | None) -> Unit:
    unit = Unit(level=level, source="thử nghiệm")
    unit.names.append(UnitName(name=name, search_key=text.fold(name), sort_key=text.sort_key(name)))
    db.session.add(unit)
    db.session.flush()
    if parent is not None:
        db.session.add(UnitParent(unit_id=unit.id, parent_id=parent.id))
    cast.units[key] = unit.id
    return unit


def _body(cast: Cast, key: str, unit: Unit, name: str) -> Body:
    body = Body(
        unit_id=unit.id,
        kind=BodyKind.UBND,
        name=name,
        full_name=name.replace("UBND", "Ủy ban nhân dân"),
        symbol="UBND",
        place=key,
        superior_name="ỦY BAN NHÂN DÂN HUYỆN HẢI HẬU",
    )
    db.session.add(body)
    db.session.flush()
    cast.bodies[key] = body.id
    return body


def _cluster(cast: Cast, name: str, upper: Body, members: tuple[str, ...], lead: str) -> int:
    cluster = Cluster(
        name=name, year=YEAR, line=Line.UBND, issuer_body_id=upper.id, reviewer_body_id=upper.id
    )
    db.session.add(cluster)
    db.session.flush()
    for position, member in enumerate(members, 1):
        db.session.add(
            ClusterMembership(cluster_id=cluster.id, body_id=cast.bodies[member], position=position)
        )
    db.session.add(
        ClusterLead(
            cluster_id=cluster.id,
            body_id=cast.bodies[lead],
            kind=LeadKind.LEAD,
            basis="thử nghiệm",
            held_from=date(2023, 1, 1),
        )
    )
    return cluster.id


PEOPLE = [  # key, name, body, roles, title of the office held
    ("lan", "Bà Lan", "Hải Quang", (Role.CLERK,), ""),
    ("hung", "Ông Hùng", "Hải Quang", (Role.LEADER,), "Chủ tịch"),
    ("van", "Bà Vân", "Hải Quang", (Role.RECORDS,), ""),
    ("dong", "Bà Đông", "Hải Đông", (Role.CLERK,), ""),
    ("dong_leader", "Ông Đông", "Hải Đông", (Role.LEADER,), "Chủ tịch"),
    ("tay", "Bà Tây", "Hải Tây", (Role.CLERK,), ""),
    ("tay_leader", "Ông Tây", "Hải Tây", (Role.LEADER,), "Chủ tịch"),
    ("ly", "Bà Lý", "Hải Lý", (Role.CLERK,), ""),
    ("ly_leader", "Ông Lý", "Hải Lý", (Role.LEADER,), "Chủ tịch"),
    ("rev", "Ông Rev", "huyện", (Role.REVIEWER,), ""),
    ("rev2", "Bà Rev", "huyện", (Role.REVIEWER,), ""),
    ("xa", "Bà Xa", "Xa Lạ", (Role.CLERK, Role.LEADER), "Chủ tịch"),
    ("revxa", "Ông Rev Xa", "huyện xa", (Role.REVIEWER,), ""),
    ("quan", "Ông Quản", "huyện", (Role.ADMIN,), ""),
    ("giam", "Bà Giám", "huyện", (Role.AUDITOR,), ""),
]


def _people(cast: Cast) -> None:
    start = date(2022, 1, 1)
    for key, name, body, roles, title in PEOPLE:
        person = Person(name=name)
        db.session.add(person)
        db.session.flush()
        user = User(username=key, name=name, person_id=person.id)
        user.grants = [
            RoleGrant(role=role, body_id=cast.bodies[body], held_from=start) for role in roles
        ]
        db.session.add(user)
        if title:
            holding = OfficeHolding(
                person_id=person.id,
                body_id=cast.bodies[body],
                title=title,
                authority=Authority.TM,
                held_from=start,
            )
            db.session.add(holding)
            db.session.flush()
            cast.holdings[key] = holding.id
        db.session.flush()
        cast.users[key] = user.id


CRITERIA = [  # code, name, unit of measure, kind, direction, cadence; a code without dot is a group
    ("I", "Phát triển kinh tế", "", None, None, None),
    ("1", "Sản phẩm OCOP", "sản phẩm", ValueKind.NUMBER, Direction.HIGHER, Cadence.CUMULATIVE),
    (
        "2",
        "Thu nhập trên 1 ha canh tác",
        "triệu đồng/ha",
        ValueKind.NUMBER,
        Direction.HIGHER,
        Cadence.STATE,
    ),
    ("II", "Xây dựng nông thôn mới", "", None, None, None),
    (
        "3",
        "Số xóm đạt hoặc cơ bản đạt NTM kiểu mẫu",
        "%",
        ValueKind.COUNTED_ROWS,
        Direction.HIGHER,
        Cadence.STATE,
    ),
    ("4", "Đơn thư vượt cấp", "vụ", ValueKind.NUMBER, Direction.KEEP_ZERO, Cadence.CUMULATIVE),
]


def _year(cast: Cast, upper: Body) -> None:
    year = EmulationYear(
        year=YEAR,
        line=Line.UBND,
        issuer_body_id=upper.id,
        criteria_set_id=_criteria_set(cast).id,
        guidance_number="19/HD-UBND",
        guidance_date=date(2023, 2, 7),
        guidance_title="thi đua, khen thưởng năm 2023",
        pledge_due_on=date(2023, 2, 20),
        agreement_due_on=date(2023, 2, 28),
    )
    db.session.add(year)
    db.session.flush()
    cast.year = year.id
    _campaigns(year)
    for name in COMMUNES:
        for code, value in (("1", "2"), ("2", "150")):
            db.session.add(
                AssignedFigure(
                    emulation_year_id=year.id,
                    unit_id=cast.units[name],
                    criterion_id=cast.criteria[code],
                    value=Decimal(value),
                )
            )
    db.session.add(
        LegalBasis(
            citation="Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003",
            kind="luật",
            in_force_from=date(2004, 7, 1),
            in_force_to=date(2024, 1, 1),
            cited_order=10,
        )
    )


def _criteria_set(cast: Cast) -> CriteriaSet:
    chosen = CriteriaSet(
        name="Tiêu chí thử nghiệm", version=1, valid_from=date(2021, 1, 1), source="thử nghiệm"
    )
    db.session.add(chosen)
    db.session.flush()
    group: int | None = None
    for position, (code, name, measure, kind, direction, cadence) in enumerate(CRITERIA, 1):
        row = Criterion(
            criteria_set_id=chosen.id,
            position=position,
            code=code,
            name=name,
            indicator=Indicator(line=Line.UBND, name=name, is_group=kind is None),
            unit_of_measure=measure,
            is_group=kind is None,
        )
        if kind is not None and direction is not None and cadence is not None:
            row.kind, row.direction, row.cadence, row.parent_id = kind, direction, cadence, group
        db.session.add(row)
        db.session.flush()
        group = row.id if kind is None else group
        cast.criteria[code] = row.id
    chosen.move("publish", actor=SYSTEM)
    chosen.published_at = now()
    db.session.flush()
    return chosen


def _campaigns(year: EmulationYear) -> None:
    for period in quarters_of(YEAR):
        year.periods.append(period)
        campaign = Campaign(
            emulation_year_id=year.id,
            period=period,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            theme="Lập thành tích cao nhất" if period.number == 1 else "",
        )
        if period.number == 1:
            campaign.anniversaries.append(
                CampaignAnniversary(
                    position=1, names=["ngày thành lập Đảng Cộng sản Việt Nam"], founding_year=1930
                )
            )
        db.session.add(campaign)
