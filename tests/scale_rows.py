"""The rows of a grown province: a commune with its people, the cluster that it joins, its pledge,
its reports and the agreement. Written in bulk, past the lifecycles.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements.models import Agreement, AgreementComment, Party, Signatory
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.states import AgreementState
from pledge_app.campaigns.models import AssignedFigure, Period
from pledge_app.criteria.models import Criterion
from pledge_app.documents.models import Document, Envelope, RenderState
from pledge_app.kernel import text
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db, new_pid
from pledge_app.notices.models import Notice
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
from pledge_app.pledges.models import AdditionRequest, Pledge, PledgeSnapshot, Target
from pledge_app.pledges.states import PledgeState
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.states import ReportState
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import RoundState, StepState
from tests.cast import TODAY, YEAR, Cast
from tests.make import AT

CLUSTER = 25  # communes


STARTED = date(2022, 1, 1)


# The state of the pledge of the first, second, … commune of a reviewer, over and over; None: it has
# not begun.
STATES = (
    PledgeState.SENT,
    PledgeState.IN_FORCE,
    PledgeState.RETURNED,
    PledgeState.AGREED,
    PledgeState.DRAFT,
    PledgeState.WITH_LEADER,
    None,
)


AGREEMENTS = (AgreementState.AWAITING, AgreementState.DRAFT, AgreementState.SIGNED)


REPORTS = (
    ReportState.SENT,
    ReportState.CONFIRMED,
    ReportState.OPEN,
    ReportState.RETURNED,
    ReportState.WITH_LEADER,
)


@dataclass
class Province:
    """The cast and what grew around it. `shares`: how many communes each reviewing body gets
    before the rest begins.
    """

    cast: Cast
    shares: dict[str, int]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    bodies: dict[str, int] = field(default_factory=dict)
    clusters: dict[str, list[int]] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    grown: int = 0


@dataclass(frozen=True)
class Commune:
    """One new commune: row ids, and its number."""

    number: int
    name: str
    unit: int
    body: int
    leader: int
    holding: int


def add(model: Any, **values: Any) -> int:
    """One row, past the lifecycles: its id."""
    made: int = db.session.scalar(insert(model).values(values).returning(model.id))
    return made


def commune(province: Province) -> Commune:
    """A unit with its body, a clerk and a chairman, a notice for the clerk, and two assigned
    figures.
    """
    number = next(province.numbers)
    name = f"Số {number:04}"
    unit = add(Unit, level=UnitLevel.COMMUNE, source="thử nghiệm")
    add(
        UnitName,
        unit_id=unit,
        name=f"Xã {name}",
        search_key=text.fold(f"Xã {name}"),
        sort_key=text.sort_key(f"Xã {name}"),
    )
    add(UnitParent, unit_id=unit, parent_id=province.cast.units["Hải Hậu"])
    body = add(
        Body,
        unit_id=unit,
        kind=BodyKind.UBND,
        name=f"UBND xã {name}",
        full_name=f"Ủy ban nhân dân xã {name}",
        symbol="UBND",
        place=name,
    )
    people = {}
    for role, title in ((Role.CLERK, ""), (Role.LEADER, "Chủ tịch")):
        people[role] = add(Person, name=f"Bà {name} {role}")
        user = province.cast.users[f"{role}{number}"] = add(
            User, username=f"{role}{number}", name=f"Bà {name} {role}", person_id=people[role]
        )
        add(RoleGrant, user_id=user, body_id=body, role=role, held_from=STARTED)
        if role is Role.CLERK:
            add(
                Notice,
                user_id=user,
                sentence="Có việc.",
                endpoint="home.index",
                subject_pid="",
                at=AT,
            )
    holding = add(
        OfficeHolding,
        person_id=people[Role.LEADER],
        body_id=body,
        title=title,
        authority=Authority.TM,
        held_from=STARTED,
    )
    for code in ("1", "2"):
        add(
            AssignedFigure,
            emulation_year_id=province.cast.year,
            body_id=body,
            criterion_id=province.cast.criteria[code],
            value=number,
        )
    return Commune(number, name, unit, body, people[Role.LEADER], holding)


def next_reviewer(province: Province) -> str:
    """Which reviewing body the next commune gets: the first two go to each, then each fills up."""
    for name in ("rev25", "rev129", "rest"):
        if province.held[name] < 3:
            return name
    return next(
        (name for name, share in province.shares.items() if province.held[name] < share), "rest"
    )


def join(province: Province, reviewer: str, commune: Commune) -> None:
    """Into the reviewer's newest cluster, or a new one when that is full; with its pledge and
    what hangs on it.
    """
    held = province.held[reviewer]
    if (
        held == 0
        or (reviewer != "rev25" and held % CLUSTER == 0)
        or (reviewer == "rest" and held == 2)
    ):
        province.clusters[reviewer].append(_cluster(province, reviewer, commune))
    cluster = province.clusters[reviewer][-1]
    province.held[reviewer] += 1
    add(ClusterMembership, cluster_id=cluster, body_id=commune.body, position=held)
    pledge = None
    state = STATES[held % len(STATES)]
    if state is not None:
        pledge = _pledge(province, cluster, commune, state)
    agreement = db.session.scalar(select(Agreement.id).where(Agreement.cluster_id == cluster))
    if agreement is not None:
        _party(agreement, commune, pledge, held)


def _cluster(province: Province, reviewer: str, lead: Commune) -> int:
    """A cluster led by its first commune, with its agreement."""
    number = sum(map(len, province.clusters.values()))
    upper = db.session.get_one(Cluster, province.cast.cluster).issuer_body_id
    cluster = add(
        Cluster,
        name=f"Cụm số {number}",
        year=YEAR,
        line=Line.UBND,
        issuer_body_id=upper,
        reviewer_body_id=province.bodies[reviewer],
    )
    add(
        ClusterLead,
        cluster_id=cluster,
        body_id=lead.body,
        person_id=lead.leader,
        kind=LeadKind.LEAD,
        basis="bầu",
        held_from=STARTED,
    )
    state = AGREEMENTS[number % len(AGREEMENTS)]
    document = _paper(AGREEMENT.kind, lead) if state is not AgreementState.DRAFT else None
    add(
        Agreement,
        cluster_id=cluster,
        emulation_year_id=province.cast.year,
        lead_body_id=lead.body,
        state=state,
        paper_date=TODAY,
        document_id=document,
        circulated_at=AT,
        frozen_at=AT if document else None,
    )
    if document is not None:
        add(
            SigningRound,
            document_id=document,
            opened_at=AT,
            state=RoundState.OPEN if state is AgreementState.AWAITING else RoundState.COMPLETE,
        )
    return cluster


def _paper(kind: str, commune: Commune) -> int:
    envelope = add(
        Envelope,
        kind=kind,
        short_code=secrets.token_hex(5),
        template_version=1,
        content_json="{}",
        content_sha256="0" * 64,
        frozen_at=AT,
        subject_kind="pledge",
        subject_pid=new_pid(),
        body_ids=[commune.body],
        issuer_body_id=commune.body,
    )
    return add(Document, envelope_id=envelope, state=RenderState.READY, pages=1)


def _party(agreement: int, commune: Commune, pledge: int | None, position: int) -> None:
    party = add(
        Party, agreement_id=agreement, body_id=commune.body, pledge_id=pledge, position=position
    )
    add(
        Signatory,
        party_id=party,
        position=1,
        body_id=commune.body,
        holding_id=commune.holding,
        title="Chủ tịch",
        person_id=commune.leader,
        name=commune.name,
    )
    add(
        AgreementComment,
        agreement_id=agreement,
        body_id=commune.body,
        agrees=True,
        by_name=commune.name,
        at=AT,
    )
    opened = db.session.scalar(
        select(SigningRound.id)
        .join(Agreement, Agreement.document_id == SigningRound.document_id)
        .where(Agreement.id == agreement)
    )
    if opened is not None:
        add(
            SigningStep,
            round_id=opened,
            position=position,
            cell_id=f"sig-{position}",
            body_id=commune.body,
            person_id=commune.leader,
            body_name=commune.name,
            person_name=commune.name,
            title="Chủ tịch",
            authority="TM.",
            state=StepState.PENDING,
        )


def _pledge(province: Province, cluster: int, commune: Commune, state: PledgeState) -> int:
    """A pledge of every criterion; what was sent stands as the first round."""
    was_sent = state not in (PledgeState.DRAFT, PledgeState.WITH_LEADER)
    pledge = add(
        Pledge,
        unit_id=commune.unit,
        body_id=commune.body,
        emulation_year_id=province.cast.year,
        cluster_id=cluster,
        state=state,
        round=int(was_sent),
        sent_at=AT if was_sent else None,
        sent_on=TODAY if was_sent else None,
        signed_off_at=AT if was_sent else None,
    )
    criteria = db.session.scalars(
        select(Criterion.id).where(Criterion.is_group.is_(False)).order_by(Criterion.position)
    )
    db.session.execute(
        insert(Target),
        [
            {"pledge_id": pledge, "criterion_id": criterion, "position": position, "goal": 3}
            for position, criterion in enumerate(criteria, 1)
        ],
    )
    if was_sent:
        add(
            PledgeSnapshot,
            pledge_id=pledge,
            round=1,
            content=province.content,
            content_sha256="0" * 64,
            taken_at=AT,
        )
    if state is PledgeState.RETURNED:
        add(
            AdditionRequest,
            pledge_id=pledge,
            round=1,
            reason="Thấp so với khả năng.",
            asked_by="Ông Rev",
            asked_at=AT,
        )
    if state is PledgeState.IN_FORCE:
        _reports(pledge, commune)
    return pledge


def _reports(pledge: int, commune: Commune) -> None:
    """The reports of two quarters, in states that change from commune to commune."""
    targets = db.session.scalars(select(Target.id).where(Target.pledge_id == pledge)).all()
    for period, quarter, due in db.session.execute(
        select(Period.id, Period.number, Period.due_on).where(Period.number < 3)
    ).all():
        report = add(
            ProgressReport,
            pledge_id=pledge,
            period_id=period,
            opened_at=AT,
            due_on=due,
            state=REPORTS[(commune.number + quarter) % len(REPORTS)],
        )
        db.session.execute(
            insert(ProgressLine),
            [
                {"report_id": report, "target_id": target, "position": position, "value": 1}
                for position, target in enumerate(targets, 1)
            ],
        )
