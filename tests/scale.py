"""A province that grows: communes with people, clusters, pledges in every state, reports,
agreements and their signing.

Rows are written in bulk, so that a thousand communes take seconds. Everything has two of its kind
from ten communes on: what a page asks of the database must then not depend on how many there are.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import event, select

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements.models import Agreement
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.models import CriteriaSet, Criterion, Indicator
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import (
    Body,
    BodyKind,
    Cluster,
    Person,
    Unit,
    UnitName,
)
from pledge_app.pledges.models import PledgeSnapshot
from tests import make
from tests.cast import Cast
from tests.scale_rows import STARTED, Province, add, commune, join, next_reviewer
from tests.site import Visitor

CRITERIA = 40

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
        unit = add(Unit, level=UnitLevel.DISTRICT, source="thử nghiệm")
        add(
            UnitName,
            unit_id=unit,
            name=f"Huyện {name}",
            search_key=f"huyen {name}",
            sort_key=f"huyen {name}",
        )
        province.bodies[name] = add(
            Body,
            unit_id=unit,
            kind=BodyKind.UBND,
            name=f"UBND huyện {name}",
            full_name=f"Ủy ban nhân dân huyện {name}",
            place=name,
        )
        person = add(Person, name=f"Ông {name}")
        cast.users[name] = add(User, username=name, name=f"Ông {name}", person_id=person)
        add(
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
    fresh = [commune(province) for _number in range(communes - province.grown)]
    for made in fresh:
        join(province, next_reviewer(province), made)
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
