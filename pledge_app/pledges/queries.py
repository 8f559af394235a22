"""Reads of pledges. Every list starts from visible_to(actor)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.permission import reading
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, Line, UnitName
from pledge_app.pledges import policy, sent
from pledge_app.pledges.models import AdditionRequest, Pledge, Target
from pledge_app.pledges.states import PledgeState

SENT_OR_LATER = tuple(
    state for state in PledgeState if state not in (PledgeState.DRAFT, PledgeState.WITH_LEADER)
)
TYPED_IN = (
    PledgeState.DRAFT,
    PledgeState.RETURNED,
    PledgeState.WITH_LEADER,
)  # the sheet is not what was sent
TO_DRAFT = ("handed_back", "recalled", "withdrawn")
AGREED_OR_LATER = (PledgeState.AGREED, PledgeState.IN_FORCE, PledgeState.CLOSED)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The pledges an actor may see, for a select that joins Cluster.

    Own body: always. Reviewing body: what was sent and stands (reads_sheet: never the sheet that is
    being typed), and what it types on behalf. Members of the cluster: once agreed. Administrators
    and auditors: all.
    """
    if actor.sees_all:
        return true()
    if not actor.bodies:
        return false()
    seen: list[ColumnElement[bool]] = [Pledge.body_id.in_(actor.bodies)]
    reviewing = actor.bodies_as(Role.REVIEWER)
    if reviewing:
        seen.append(
            and_(
                Cluster.reviewer_body_id.in_(reviewing),
                or_(
                    Pledge.state.in_(SENT_OR_LATER),
                    sent.stands(),
                    Pledge.on_behalf,
                ),
            )
        )
    beside = select(ClusterMembership.cluster_id).where(ClusterMembership.body_id.in_(actor.bodies))
    seen.append(and_(Pledge.cluster_id.in_(beside), Pledge.state.in_(AGREED_OR_LATER)))
    return or_(*seen)


def reads_sheet(pledge: Pledge, actor: Actor) -> bool:
    """Whether the figures as they stand now are the actor's to read; the level above reads what
    was sent.
    """
    return pledge.state not in TYPED_IN or policy.reads_live(actor, pledge)


SORTS = {
    "don-vi": (Body.name,),
    "nam": (EmulationYear.year,),
    "trang-thai": (Pledge.state,),
    "gui": (Pledge.sent_on, Pledge.sent_at),
}


def pledges(
    *,
    seen_by: Actor,
    year: int | None = None,
    line: Line | None = None,
    state: PledgeState | None = None,
    text: str = "",
    sort: str = "",
    only_own: bool = False,
) -> Select[Pledge]:
    """Visible pledges, filtered; the newest year first unless `sort` says otherwise ("-gui" is
    descending).
    """
    chosen = (
        select(Pledge)
        .join(Pledge.cluster)
        .join(Pledge.emulation_year)
        .join(Pledge.body)
        .where(visible_to(seen_by))
        .options(
            joinedload(Pledge.body),
            joinedload(Pledge.emulation_year),
            joinedload(Pledge.cluster),
        )
    )
    if year is not None:
        chosen = chosen.where(EmulationYear.year == year)
    if line is not None:
        chosen = chosen.where(EmulationYear.line == line)
    if only_own:
        chosen = chosen.where(Pledge.body_id.in_(seen_by.bodies))
    if state is not None:
        chosen = chosen.where(Pledge.state == state)
    if text:
        named = select(UnitName.unit_id).where(
            UnitName.search_key.contains(fold(text), autoescape=True)
        )
        chosen = chosen.where(Pledge.unit_id.in_(named))
    columns = SORTS.get(sort.lstrip("-"), ())
    order = [column.desc() if sort.startswith("-") else column.asc() for column in columns]
    return chosen.order_by(
        *order,
        EmulationYear.year.desc(),
        Body.name,
        Pledge.id,
    )


@reading(
    _l("Xem bản đăng ký (đơn vị khác trong cụm: từ khi thống nhất; cơ quan thẩm định: từ khi gửi)")
)
def find_pledge(pid: str, *, seen_by: Actor) -> Pledge:
    """The pledge of a public id if the actor may see it, with its targets; raises NotFound."""
    pledge = db.session.scalar(
        select(Pledge)
        .join(Pledge.cluster)
        .where(Pledge.pid == pid, visible_to(seen_by))
        .options(
            joinedload(Pledge.body),
            joinedload(Pledge.emulation_year).selectinload(EmulationYear.periods),
            joinedload(Pledge.cluster),
            selectinload(Pledge.targets).joinedload(Target.criterion),
            selectinload(Pledge.targets).selectinload(Target.goals),
            selectinload(Pledge.targets).selectinload(Target.items),
        )
    )
    if pledge is None:
        raise NotFound(_("Không có bản đăng ký này, hoặc bạn không có quyền xem."))
    return pledge


def find_target(pid: str, *, seen_by: Actor) -> Target:
    """One row if the actor may see its pledge; raises NotFound."""
    target = db.session.scalar(
        select(Target)
        .join(Target.pledge)
        .join(Pledge.cluster)
        .where(Target.pid == pid, visible_to(seen_by))
    )
    if target is None:
        raise NotFound(_("Không có chỉ tiêu này, hoặc bạn không có quyền xem."))
    return target


def open_requests(pledge: Pledge) -> list[AdditionRequest]:
    """The newest round's requests: what the commune must answer until it sends up again, also
    after its leader handed it back.
    """
    if pledge.state not in TYPED_IN:
        return []
    newest = [row for row in pledge.requests if row.round == pledge.round]
    return sorted(newest, key=_place_of)


def _place_of(request: AdditionRequest) -> tuple[int, int]:
    """The whole first, then in the order of the sheet."""
    return (request.target.position if request.target is not None else -1, request.id)


@dataclass(frozen=True)
class HandedBack:
    """What the leader wants changed, in their words."""

    reason: str
    by: str
    at: datetime


def handed_back(pledge: Pledge) -> HandedBack | None:
    """The leader's reason while the clerk works on it, or None."""
    if pledge.state is not PledgeState.DRAFT:
        return None
    newest = db.session.scalar(
        select(TrailEvent)
        .where(
            TrailEvent.subject_kind == Pledge.__tablename__,
            TrailEvent.subject_pid == pledge.pid,
            TrailEvent.verb.in_([f"pledge.{verb}" for verb in TO_DRAFT]),
        )
        .order_by(TrailEvent.seq.desc())
        .limit(1)
    )
    if newest is None or newest.verb != "pledge.handed_back":
        return None
    return HandedBack(
        str(newest.data.get("reason", "")),
        newest.actor_name,
        newest.at,
    )


def pledge_of(body: Body, year: EmulationYear, *, seen_by: Actor) -> Pledge | None:
    """The pledge of a body in a year, if there is one that the actor may see."""
    return db.session.scalar(
        select(Pledge)
        .join(Pledge.cluster)
        .where(Pledge.body_id == body.id, Pledge.emulation_year_id == year.id, visible_to(seen_by))
    )


def last_year_indicators(pledge: Pledge) -> frozenset[int]:
    """The indicators of the body's pledge of the year before; empty when there was none."""
    year = pledge.emulation_year
    return frozenset(
        db.session.scalars(
            select(Criterion.indicator_id)
            .join(Target, Target.criterion_id == Criterion.id)
            .join(Pledge, Pledge.id == Target.pledge_id)
            .join(EmulationYear, EmulationYear.id == Pledge.emulation_year_id)
            .where(
                Pledge.body_id == pledge.body_id,
                EmulationYear.year == year.year - 1,
                EmulationYear.line == year.line,
            )
        )
    )


def can_start(actor: Actor) -> list[tuple[Body, EmulationYear]]:
    """(body, year) pairs for which the actor could begin a pledge."""
    bodies = actor.bodies_as(Role.CLERK, Role.LEADER)
    if not bodies:
        return []
    taken = (
        select(Pledge.id)
        .where(Pledge.body_id == Body.id, Pledge.emulation_year_id == EmulationYear.id)
        .exists()
    )
    rows = db.session.execute(
        select(Body, EmulationYear)
        .join(ClusterMembership, ClusterMembership.body_id == Body.id)
        .join(Cluster, Cluster.id == ClusterMembership.cluster_id)
        .join(
            EmulationYear,
            and_(
                EmulationYear.year == Cluster.year,
                EmulationYear.line == Cluster.line,
                EmulationYear.issuer_body_id == Cluster.issuer_body_id,
            ),
        )
        .where(Body.id.in_(bodies), EmulationYear.criteria_set_id.is_not(None), ~taken)
        .order_by(EmulationYear.year.desc())
    )
    return sorted(
        ((body, year) for body, year in rows),
        key=lambda one: (-one[1].year, sort_key(one[0].name)),
    )


def shown_state(pledge: Pledge) -> str:
    """The key of the badge: "Đã gửi lại" is how sent reads from the second round on; signed off is
    not sent.
    """
    if pledge.state is PledgeState.WITH_LEADER and pledge.signed_off_at is not None:
        return "signed_off"
    again = pledge.state is PledgeState.SENT and pledge.sendings > 1
    return "sent_again" if again else str(pledge.state.value)


def sets_pledged(year_id: int) -> set[int]:
    """The criteria sets of the targets in the pledges of the year, begun or further."""
    asked = (
        select(Criterion.criteria_set_id)
        .join(Target, Target.criterion_id == Criterion.id)
        .join(Pledge)
    )
    return set(db.session.scalars(asked.where(Pledge.emulation_year_id == year_id).distinct()))


def member_pledged(cluster_id: int, body_id: int) -> bool:
    """Whether a body has begun a pledge in a cluster."""
    return (
        db.session.scalar(
            select(Pledge.id)
            .where(Pledge.cluster_id == cluster_id, Pledge.body_id == body_id)
            .limit(1)
        )
        is not None
    )
