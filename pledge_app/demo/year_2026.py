"""The demo's year 2026, with the units of today: the two lines and three levels in the same
rooms. All illustrative.

The Front's committees of five communes under the province's; eight communes under the province;
five hamlets under their commune. Loaded once, when the demo's administrator goes there.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from sqlalchemy import or_, select

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns import operations as years
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.scheduling import PeriodDays, set_period
from pledge_app.criteria import operations as criteria
from pledge_app.criteria.kinds import Cadence
from pledge_app.criteria.models import CriteriaSet
from pledge_app.demo.example import DATA, REFORM, Told, demo_hash, moment
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
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
    UnitName,
)
from pledge_app.pledges import entry, operations, starting
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review

SOURCE = DATA / "three_levels_2026.toml"
TITLES = {BodyKind.UBND: "Chủ tịch", BodyKind.MTTQ: "Chủ tịch", BodyKind.HAMLET: "Trưởng xóm"}
AFTER = {
    PledgeState.WITH_LEADER.value: 1,
    PledgeState.SENT.value: 2,
    PledgeState.RETURNED.value: 3,
    PledgeState.AGREED.value: 3,
}  # state → how many steps a pledge has taken


@cache
def told(path: Path = SOURCE) -> Told:
    """The file of invented facts."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def starts_on() -> date:
    """The business date on which the visitor arrives."""
    day: date = told()["starts_on"]
    return day


def can_load() -> bool:
    """Whether the register of today's units is here."""
    return (
        db.session.scalar(
            select(UnitName.id)
            .where(UnitName.name == told()["province"], UnitName.used_to.is_(None))
            .limit(1)
        )
        is not None
    )


def is_loaded() -> bool:
    """Whether the demo already has its year 2026."""
    return (
        db.session.scalar(select(EmulationYear.id).where(EmulationYear.year == told()["year"]))
        is not None
    )


def load() -> None:
    """End what ended with the reform, then make units, people, years, clusters and pledges of
    2026.
    """
    _end_offices()
    made = _Levels()
    for cluster in told()["cluster"]:
        made.bring(cluster)
    _keep_wardens(made)
    db.session.get_one(Installation, 1).office_name = told()["office_name"]
    db.session.flush()


def _end_offices() -> None:
    """Roles and offices at bodies of dissolved units end with their units."""
    for body in db.session.scalars(select(Body).join(Unit).where(Unit.exists_to.is_not(None))):
        ended = body.unit.exists_to
        body.exists_to = ended
        for grant in db.session.scalars(
            select(RoleGrant).where(
                RoleGrant.body_id == body.id,
                or_(RoleGrant.held_to.is_(None), RoleGrant.held_to > ended),
            )
        ):
            grant.held_to = ended
        for holding in db.session.scalars(
            select(OfficeHolding).where(
                OfficeHolding.body_id == body.id,
                or_(OfficeHolding.held_to.is_(None), OfficeHolding.held_to > ended),
            )
        ):
            holding.held_to = ended


def _keep_wardens(made: _Levels) -> None:
    """The administrator and the auditor go on, at the province."""
    upper = made.body(told()["province"], BodyKind.UBND)
    for role in (Role.ADMIN, Role.AUDITOR):
        for user in db.session.scalars(
            select(User).join(RoleGrant).where(RoleGrant.role == role).distinct()
        ):
            user.grants.append(
                RoleGrant(
                    role=role,
                    body_id=upper.id,
                    held_from=REFORM,
                )
            )


@dataclass
class _Levels:
    """What was made so far, by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[tuple[str, BodyKind], Body] = field(default_factory=dict)
    users: dict[tuple[int, Role], User] = field(default_factory=dict)

    def unit(self, name: str) -> Unit:
        if name not in self.units:
            facts = told()
            if name in facts["hamlets"]:
                made = loading.add_hamlet(name, self.unit(facts["hamlets_of"]), source="minh họa")
            else:
                made = loading.unit_named(
                    name, "" if name == facts["province"] else facts["province"], on=starts_on()
                )
            self.units[name] = made
        return self.units[name]

    def body(self, unit: str, kind: BodyKind) -> Body:
        if (unit, kind) not in self.bodies:
            short = unit[0].lower() + unit[1:]
            place = (
                unit.split(" ", 1)[1]
                if kind is not BodyKind.HAMLET
                else told()["hamlets_of"].split(" ", 1)[1]
            )
            front = f"Ủy ban MTTQ Việt Nam {short}"
            board = f"Ban Thường trực {front}"
            commune = told()["hamlets_of"]
            names = {
                BodyKind.UBND: (f"UBND {short}", f"Ủy ban nhân dân {short}", "", "UBND"),
                BodyKind.MTTQ: (f"BTT UBMTTQ {short}", board, front.upper(), "MTTQ-BTT"),
                BodyKind.HAMLET: (
                    unit,
                    f"{unit}, {commune[0].lower()}{commune[1:]}",
                    f"ỦY BAN NHÂN DÂN {commune.upper()}",
                    "",
                ),
            }
            name, full, superior, symbol = names[kind]
            made = Body(
                unit_id=self.unit(unit).id,
                kind=kind,
                name=name,
                full_name=full,
                superior_name=superior,
                symbol=symbol,
                place=place,
                exists_from=REFORM,
            )
            db.session.add(made)
            db.session.flush()
            self.bodies[unit, kind] = made
        return self.bodies[unit, kind]

    def user(self, body: Body, role: Role, part: Told | None = None) -> User:
        """Who holds `role` at `body`: the cast where the file names somebody, else somebody
        without a button.
        """
        known = self.users.get((body.id, role))
        if known is not None:
            return known
        held = {
            "clerk": "Người phụ trách",
            "leader": TITLES[body.kind],
            "reviewer": "Chuyên viên thẩm định",
        }[role.value]
        person = Person(
            name=part["name"] if part else f"{held} {body.name} (minh họa)", is_illustrative=True
        )
        db.session.add(person)
        db.session.flush()
        if role is Role.LEADER:
            db.session.add(
                OfficeHolding(
                    person_id=person.id,
                    body_id=body.id,
                    title=part["title"] if part else held,
                    held_from=REFORM,
                    authority=Authority.NONE if body.kind is BodyKind.HAMLET else Authority.TM,
                )
            )
        user = User(
            username=part["part"] if part else f"2026-{body.id}-{role.value}",
            name=person.name,
            person_id=person.id,
            demo_part=part["part"] if part else None,
            password_hash=demo_hash() if part else None,
        )
        # A hamlet is a one-person office: its head enters, signs off and sends; the trail says that
        # steps were merged.
        roles = (
            (Role.CLERK, Role.LEADER)
            if body.kind is BodyKind.HAMLET and role is Role.LEADER
            else (role,)
        )
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
        self.users |= {(body.id, one): user for one in roles}
        return user

    def bring(self, row: Told) -> None:
        """One cluster with its year, people and pledges."""
        kind = BodyKind(row["kind"])
        upper = self.body(row["above"], BodyKind.UBND if kind is BodyKind.HAMLET else kind)
        members = [self.body(name, kind) for name in row["members"]]
        for part in (part for part in told()["part"] if part["cluster"] == row["key"]):
            role = Role(part["role"])
            self.user(upper if role is Role.REVIEWER else self.body(part["unit"], kind), role, part)
        if kind is not BodyKind.HAMLET:
            self.user(upper, Role.LEADER)
        year = self._year(row, upper)
        cluster = Cluster(
            name=row["name"], year=year.year, line=Line(row["line"]), issuer=upper, reviewer=upper
        )
        cluster.members = [
            ClusterMembership(body=body, position=n) for n, body in enumerate(members, 1)
        ]
        cluster.leads = [
            ClusterLead(
                body=members[n], kind=lead, basis="Minh họa", held_from=date(year.year, 1, 1)
            )
            for n, lead in ((2, LeadKind.LEAD), (1, LeadKind.DEPUTY))
        ]
        db.session.add(cluster)
        db.session.flush()
        for position, (body, state) in enumerate(zip(members, row["states"], strict=True)):
            if state != "none":
                self._pledge(
                    body,
                    year,
                    position,
                    state,
                )

    def _year(self, row: Told, upper: Body) -> EmulationYear:
        number = told()["year"]
        at = moment(row["guidance"]["date"])
        year = years.open_year(
            number,
            Line(row["line"]),
            upper,
            actor=SYSTEM,
            at=at,
        )
        year.is_illustrative = True
        guidance = row["guidance"]
        years.set_guidance(
            year,
            {
                "criteria_set_id": _criteria_set(row["criteria"]).id,
                "opens_days_before": 15,
                "guidance_number": guidance["number"],
                "guidance_date": guidance["date"],
                "guidance_title": guidance["title"],
                "pledge_due_on": date(number, 3, 20),
                "agreement_due_on": date(number, 4, 10),
            },
            version=year.version_id,
            actor=SYSTEM,
            at=at,
        )
        for campaign in year.campaigns:
            years.save_campaign(
                campaign,
                theme="",
                contents="",
                starts_on=campaign.starts_on,
                ends_on=campaign.ends_on,
                anniversaries=[],
                version=campaign.version,
                actor=SYSTEM,
                at=at,
            )
            quarter = campaign.period
            due_on = quarter.ends_on - timedelta(days=6)
            days = PeriodDays(quarter.starts_on, quarter.ends_on, due_on)
            set_period(
                quarter,
                days,
                version=quarter.version,
                actor=SYSTEM,
                at=at,
            )
        return year

    def _pledge(self, body: Body, year: EmulationYear, position: int, state: str) -> None:
        day = starts_on() - timedelta(days=6)
        steps = AFTER.get(state, 0)
        at = moment(day)
        leader = self._acts(body, Role.LEADER, day)
        clerk = self._acts(body, Role.CLERK, day)
        pledge = starting.start_pledge(
            body,
            year,
            actor=clerk,
            at=at,
            today=day,
        )
        goals = {
            row["code"]: row["goals"][position]
            for row in told()["criterion"]
            if year.criteria_set and row["set"] == year.criteria_set.name
        }
        for target in pledge.targets:
            value = goals[target.criterion.code]
            entry.save_row(
                target,
                entry.RowEntry(Decimal(value) if value else None),
                version=target.version,
                actor=clerk,
                at=at,
            )
        entry.save_plan(
            pledge,
            joins={row.campaign_id: (True, "") for row in pledge.campaigns},
            titles=[
                (
                    "Tập thể lao động tiên tiến"
                    if body.kind is not BodyKind.HAMLET
                    else "Thôn, tổ dân phố văn hóa",
                    body.name,
                )
            ],
            resolution="",
            version=pledge.version_id,
            actor=clerk,
            at=at,
        )
        if steps >= 1:
            operations.submit_to_leader(pledge, actor=clerk, at=moment(day, 10))
        if steps >= 2:
            operations.sign_off(
                pledge,
                actor=leader,
                at=moment(day, 11),
                office=TITLES[body.kind],
            )
            operations.send_up(
                pledge,
                actor=clerk,
                at=moment(day, 14),
                today=day,
            )
        if steps >= 3:
            self._judge(pledge, state, day + timedelta(days=2))

    def _judge(self, pledge: Pledge, state: str, day: date) -> None:
        reviewer = self._acts(pledge.cluster.reviewer, Role.REVIEWER, day)
        if state == PledgeState.AGREED.value:
            review.approve(
                pledge,
                version=pledge.version_id,
                actor=reviewer,
                at=moment(day, 15),
            )
        else:
            review.send_back(
                pledge,
                [review.Ask("Đề nghị nâng chỉ tiêu hoặc nêu rõ lý do.", pledge.targets[0])],
                version=pledge.version_id,
                actor=reviewer,
                at=moment(day, 15),
            )

    def _acts(self, body: Body, role: Role, day: date) -> Actor:
        if body.kind is BodyKind.HAMLET and role is Role.CLERK:
            role = Role.LEADER
        return actor_of(self.user(body, role), today=day)


def _criteria_set(name: str) -> CriteriaSet:
    """The set of that name, published; its groups in the order of their first criterion."""
    groups: dict[str, list[Told]] = defaultdict(list)
    for row in told()["criterion"]:
        if row["set"] == name:
            groups[row["group"]].append(row)
    rows = []
    for number, (group, members) in enumerate(groups.items(), 1):
        code = ("I", "II", "III", "IV", "V")[number - 1]
        rows.append(
            criteria.CriterionRow(
                code=code,
                name=group,
                is_group=True,
                is_illustrative=True,
            )
        )
        rows += [
            criteria.CriterionRow(
                code=row["code"],
                name=row["name"],
                parent=code,
                unit_of_measure=row["unit"],
                cadence=Cadence(row.get("cadence", Cadence.CUMULATIVE.value)),
                is_illustrative=True,
            )
            for row in members
        ]
    made = criteria.import_set(
        name,
        rows,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        source="minh họa",
        actor=SYSTEM,
        at=moment(date(2026, 1, 5)),
    )
    criteria.publish(made, actor=SYSTEM, at=moment(date(2026, 1, 5)))
    return made
