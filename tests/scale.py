"""A province that grows: communes with people, clusters, pledges in every state, reports,
agreements and their signing.

Rows are written in bulk, so that a thousand communes take seconds. Everything has two of its kind
from ten communes on: what a page asks of the database must then not depend on how many there are.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import event, insert, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements.models import Agreement, AgreementComment, Party, Signatory
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.states import AgreementState
from pledge_app.campaigns.models import AssignedFigure, EmulationYear, Period
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion, Indicator
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
from tests import make
from tests.cast import TODAY, YEAR, Cast
from tests.make import AT
from tests.site import Visitor

CLUSTER = 25  # communes
CRITERIA = 40
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

# Lists, queues and dashboards by the name of their figure: who asks for which page
PAGES = {
    "units": ("lan", "/don-vi"),
    "pledges": ("rev129", "/giao-uoc"),
    "all_pledges": ("giam", "/giao-uoc"),
    "agreements": ("giam", "/giao-uoc-cum"),
    "reports": ("giam", "/bao-cao-quy"),
    "reports_of_reviewer": ("rev129", "/bao-cao-quy"),
    "years": ("rev129", "/nam-thi-dua"),
    "year": ("rev129", "/nam-thi-dua/{year}"),
    "assigned": ("quan", "/nam-thi-dua/{year}/chi-tieu-giao"),
    "results": ("quan", "/nam-thi-dua/{year}/ket-qua-nam-truoc"),
    "users": ("quan", "/quan-tri/nguoi-dung"),
    "clusters": ("quan", "/quan-tri/cum"),
    "bodies": ("quan", "/quan-tri/co-quan"),
    "bases": ("quan", "/quan-tri/can-cu"),
    "reorganisation": ("quan", "/quan-tri/sap-xep"),
    "administration": ("quan", "/quan-tri"),
    "search": ("giam", "/tim?q=xa"),
    "due": ("rev129", "/viec-den-han"),
    "notices": ("clerk1", "/thong-bao"),
    "queue_25": ("rev25", "/tham-dinh"),
    "queue_129": ("rev129", "/tham-dinh"),
    "queue_of_auditor": ("giam", "/tham-dinh"),
    "review_table_25": ("rev25", "/tham-dinh/bang/{cluster}"),
    "overview_25": ("rev25", "/bao-cao-quy/cum/{cluster}"),
    "cluster_25": ("quan", "/quan-tri/cum/{cluster}"),
    "meeting_25": ("clerk1", "/giao-uoc-cum/{agreement}/hoi-nghi"),
    "dashboard_clerk": ("lan", "/"),
    "dashboard_leader": ("leader1", "/"),
    "dashboard_lead": ("clerk1", "/"),
    "dashboard_records": ("van", "/"),
    "dashboard_reviewer_25": ("rev25", "/"),
    "dashboard_reviewer_129": ("rev129", "/"),
    "dashboard_administrator": ("quan", "/"),
    "dashboard_auditor": ("giam", "/"),
}


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


def begin(cast: Cast) -> Province:
    """Two more reviewing bodies, each with its reviewer: "rev25" and "rev129" of the cast."""
    codes = db.session.scalars(select(Criterion.code).where(Criterion.is_group.is_(False)))
    made = make.pledge(
        cast,
        "Hải Quang",
        state="sent",
        goals={code: "1" for code in codes if code not in make.GOALS},
    )
    province = Province(cast, {"rev25": 25, "rev129": 129})
    province.content = (
        db.session.scalars(select(PledgeSnapshot).where(PledgeSnapshot.pledge_id == made.id))
        .one()
        .content
    )
    for name in ("rev25", "rev129", "rest"):
        unit = _add(Unit, level=UnitLevel.DISTRICT, source="thử nghiệm")
        _add(
            UnitName,
            unit_id=unit,
            name=f"Huyện {name}",
            search_key=f"huyen {name}",
            sort_key=f"huyen {name}",
        )
        province.bodies[name] = _add(
            Body,
            unit_id=unit,
            kind=BodyKind.UBND,
            name=f"UBND huyện {name}",
            full_name=f"Ủy ban nhân dân huyện {name}",
            place=name,
        )
        person = _add(Person, name=f"Ông {name}")
        cast.users[name] = _add(User, username=name, name=f"Ông {name}", person_id=person)
        _add(
            RoleGrant,
            user_id=cast.users[name],
            body_id=province.bodies[name],
            role=Role.REVIEWER,
            held_from=STARTED,
        )
        province.clusters[name], province.held[name] = [], 0
    db.session.commit()
    return province


def more_criteria(count: int) -> None:
    """Until the cast's set has `count` criteria."""
    make.free_criteria()
    chosen = db.session.scalars(select(CriteriaSet)).one()
    group = db.session.scalars(select(Criterion).where(Criterion.code == "II")).one()
    there = db.session.scalars(select(Criterion.id).where(Criterion.is_group.is_(False))).all()
    for number in range(100, 100 + count - len(there)):
        db.session.add(
            Criterion(
                criteria_set_id=chosen.id,
                position=number,
                code=str(number),
                name=f"Chỉ tiêu số {number}",
                indicator=Indicator(name=f"Chỉ tiêu số {number}"),
                unit_of_measure="cái",
                is_group=False,
                kind=ValueKind.NUMBER,
                direction=Direction.HIGHER,
                cadence=Cadence.STATE,
                parent_id=group.id,
            )
        )
    db.session.commit()


def grow(province: Province, communes: int) -> None:
    """Until there are `communes` besides the cast's own. The first two go to each reviewer, then
    each fills up.
    """
    fresh = [_commune(province) for _number in range(communes - province.grown)]
    for commune in fresh:
        _join(province, _reviewer(province), commune)
    province.grown = communes
    db.session.commit()
    db.session.remove()


def counted(app: Flask, province: Province) -> dict[str, int]:
    """The statements of each of PAGES with as many communes as there are now."""
    first = province.clusters["rev25"][0]
    words = {
        "year": db.session.scalars(
            select(EmulationYear.pid).where(EmulationYear.id == province.cast.year)
        ).one(),
        "cluster": db.session.scalars(select(Cluster.pid).where(Cluster.id == first)).one(),
        "agreement": db.session.scalars(
            select(Agreement.pid).where(Agreement.cluster_id == first)
        ).one(),
    }
    return {
        name: statements(app, province.cast.users[who], path.format_map(words))
        for name, (who, path) in PAGES.items()
    }


def statements(app: Flask, user_id: int, path: str) -> int:
    """How many statements one GET asks of the database, when asked before (what a process
    remembers is warm). The BEGIN that SQLite is sent is none: PostgreSQL's driver sends its own.
    """
    visitor = Visitor(app, user_id)
    visitor.get(path)
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.split(maxsplit=1)[0] != "BEGIN":
            said.append(statement)

    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        visitor.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
        db.session.remove()
    return len(said)


def _add(model: Any, **values: Any) -> int:
    """One row, past the lifecycles: its id."""
    made: int = db.session.scalar(insert(model).values(values).returning(model.id))
    return made


def _commune(province: Province) -> Commune:
    """A unit with its body, a clerk and a chairman, a notice for the clerk, and two assigned
    figures.
    """
    number = next(province.numbers)
    name = f"Số {number:04}"
    unit = _add(Unit, level=UnitLevel.COMMUNE, source="thử nghiệm")
    _add(
        UnitName,
        unit_id=unit,
        name=f"Xã {name}",
        search_key=text.fold(f"Xã {name}"),
        sort_key=text.sort_key(f"Xã {name}"),
    )
    _add(UnitParent, unit_id=unit, parent_id=province.cast.units["Hải Hậu"])
    body = _add(
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
        people[role] = _add(Person, name=f"Bà {name} {role}")
        user = province.cast.users[f"{role}{number}"] = _add(
            User, username=f"{role}{number}", name=f"Bà {name} {role}", person_id=people[role]
        )
        _add(RoleGrant, user_id=user, body_id=body, role=role, held_from=STARTED)
        if role is Role.CLERK:
            _add(
                Notice,
                user_id=user,
                sentence="Có việc.",
                endpoint="home.index",
                subject_pid="",
                at=AT,
            )
    holding = _add(
        OfficeHolding,
        person_id=people[Role.LEADER],
        body_id=body,
        title=title,
        authority=Authority.TM,
        held_from=STARTED,
    )
    for code in ("1", "2"):
        _add(
            AssignedFigure,
            emulation_year_id=province.cast.year,
            unit_id=unit,
            criterion_id=province.cast.criteria[code],
            value=number,
        )
    return Commune(number, name, unit, body, people[Role.LEADER], holding)


def _reviewer(province: Province) -> str:
    for name in ("rev25", "rev129", "rest"):
        if province.held[name] < 3:
            return name
    return next(
        (name for name, share in province.shares.items() if province.held[name] < share), "rest"
    )


def _join(province: Province, reviewer: str, commune: Commune) -> None:
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
    _add(ClusterMembership, cluster_id=cluster, body_id=commune.body, position=held)
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
    cluster = _add(
        Cluster,
        name=f"Cụm số {number}",
        year=YEAR,
        line=Line.UBND,
        issuer_body_id=upper,
        reviewer_body_id=province.bodies[reviewer],
    )
    _add(
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
    _add(
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
        _add(
            SigningRound,
            document_id=document,
            opened_at=AT,
            state=RoundState.OPEN if state is AgreementState.AWAITING else RoundState.COMPLETE,
        )
    return cluster


def _paper(kind: str, commune: Commune) -> int:
    envelope = _add(
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
    return _add(Document, envelope_id=envelope, state=RenderState.READY, pages=1)


def _party(agreement: int, commune: Commune, pledge: int | None, position: int) -> None:
    party = _add(
        Party, agreement_id=agreement, body_id=commune.body, pledge_id=pledge, position=position
    )
    _add(
        Signatory,
        party_id=party,
        position=1,
        body_id=commune.body,
        holding_id=commune.holding,
        title="Chủ tịch",
        person_id=commune.leader,
        name=commune.name,
    )
    _add(
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
        _add(
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
    pledge = _add(
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
        _add(
            PledgeSnapshot,
            pledge_id=pledge,
            round=1,
            content=province.content,
            content_sha256="0" * 64,
            taken_at=AT,
        )
    if state is PledgeState.RETURNED:
        _add(
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
        report = _add(
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
