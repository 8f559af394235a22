"""The demo's year 2026, with the units of today: the two lines and three levels in the same
rooms. All illustrative.

The Front's committees of five communes under the province's; eight communes under the province;
five hamlets under their commune. Loaded once, when the demo's administrator goes there.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns import operations as years
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.scheduling import PeriodDays, set_period
from pledge_app.criteria import operations as criteria
from pledge_app.criteria.kinds import Cadence
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.rows import CriterionRow
from pledge_app.demo.example import REFORM, Told, moment
from pledge_app.demo.levels_2026 import TITLES, Levels, starts_on, told
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.orgs.models import (
    Body,
    BodyKind,
    Cluster,
    ClusterLead,
    ClusterMembership,
    LeadKind,
    Line,
    OfficeHolding,
    Unit,
    UnitName,
)
from pledge_app.pledges import entry, operations, starting
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review

# state → how many steps a pledge has taken
AFTER = {
    PledgeState.WITH_LEADER.value: 1,
    PledgeState.SENT.value: 2,
    PledgeState.RETURNED.value: 3,
    PledgeState.AGREED.value: 3,
}


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
    levels = Levels()
    for cluster in told()["cluster"]:
        _bring(levels, cluster)
    _keep_wardens(levels)
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


def _keep_wardens(levels: Levels) -> None:
    """The administrator and the auditor go on, at the province."""
    upper = levels.body(told()["province"], BodyKind.UBND)
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


def _bring(levels: Levels, row: Told) -> None:
    """One cluster with its year, people and pledges."""
    kind = BodyKind(row["kind"])
    upper = levels.body(row["above"], BodyKind.UBND if kind is BodyKind.HAMLET else kind)
    members = [levels.body(name, kind) for name in row["members"]]
    for part in (part for part in told()["part"] if part["cluster"] == row["key"]):
        role = Role(part["role"])
        levels.user(upper if role is Role.REVIEWER else levels.body(part["unit"], kind), role, part)
    if kind is not BodyKind.HAMLET:
        levels.user(upper, Role.LEADER)
    year = _year(row, upper)
    cluster = Cluster(
        name=row["name"],
        year=year.year,
        line=Line(row["line"]),
        issuer=upper,
        reviewer=upper,
    )
    cluster.members = [
        ClusterMembership(body=body, position=n) for n, body in enumerate(members, 1)
    ]
    cluster.leads = [
        ClusterLead(
            body=members[n],
            kind=lead,
            basis="Minh họa",
            held_from=date(year.year, 1, 1),
        )
        for n, lead in ((2, LeadKind.LEAD), (1, LeadKind.DEPUTY))
    ]
    db.session.add(cluster)
    db.session.flush()
    for position, (body, state) in enumerate(zip(members, row["states"], strict=True)):
        if state != "none":
            _pledge(
                levels,
                body,
                year,
                position,
                state,
            )


def _year(row: Told, upper: Body) -> EmulationYear:
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


def _pledge(
    levels: Levels,
    body: Body,
    year: EmulationYear,
    position: int,
    state: str,
) -> None:
    day = starts_on() - timedelta(days=6)
    steps = AFTER.get(state, 0)
    at = moment(day)
    leader = levels.acts(body, Role.LEADER, day)
    clerk = levels.acts(body, Role.CLERK, day)
    pledge = starting.start_pledge(
        body,
        year,
        actor=clerk,
        at=at,
        today=day,
    )
    _enter_pledge(pledge, position, clerk, at)
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
        _judge(levels, pledge, state, day + timedelta(days=2))


def _enter_pledge(pledge: Pledge, position: int, clerk: Actor, at: datetime) -> None:
    """The goals of the member at this position of the cluster, and its plan."""
    body = pledge.body
    criteria_set = pledge.emulation_year.criteria_set
    goals = {
        row["code"]: row["goals"][position]
        for row in told()["criterion"]
        if criteria_set and row["set"] == criteria_set.name
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
    title = "Tập thể lao động tiên tiến"
    if body.kind is BodyKind.HAMLET:
        title = "Thôn, tổ dân phố văn hóa"
    entry.save_plan(
        pledge,
        joins={row.campaign_id: (True, "") for row in pledge.campaigns},
        titles=[(title, body.name)],
        resolution="",
        version=pledge.version_id,
        actor=clerk,
        at=at,
    )


def _judge(levels: Levels, pledge: Pledge, state: str, day: date) -> None:
    reviewer = levels.acts(pledge.cluster.reviewer, Role.REVIEWER, day)
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
            CriterionRow(
                code=code,
                name=group,
                is_group=True,
                is_illustrative=True,
            )
        )
        rows += [
            CriterionRow(
                code=row["code"],
                name=row["name"],
                parent=code,
                unit_of_measure=row["unit"],
                cadence=Cadence(row.get("cadence", Cadence.CUMULATIVE.value)),
                is_illustrative=True,
            )
            for row in members
        ]
    published = criteria.import_set(
        name,
        rows,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        source="minh họa",
        actor=SYSTEM,
        at=moment(date(2026, 1, 5)),
    )
    criteria.publish(published, actor=SYSTEM, at=moment(date(2026, 1, 5)))
    return published
