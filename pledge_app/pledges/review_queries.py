"""What the level above reads: the queue, one table criteria × communes, one pledge with its ambition check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.queries import criteria_of, year_of
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import local
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import fold
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.pledges.changes import Change, changes
from pledge_app.pledges.models import Pledge, PledgeSnapshot, Target
from pledge_app.pledges.queries import SENT_OR_LATER
from pledge_app.pledges.rules import Ambition, ambition
from pledge_app.pledges.states import PledgeState


@dataclass(frozen=True)
class Waiting:
    """One member of a cluster in the queue; `pledge` None: none begun, or not sent yet (its content is not ours)."""

    cluster: Cluster
    body: Body
    pledge: Pledge | None
    state: str
    days: int | None
    due: date | None


def my_clusters(actor: Actor, year: int | None = None) -> list[Cluster]:
    """The clusters that the actor reviews (all of them for those who read everything), newest year first."""
    chosen = select(Cluster).options(selectinload(Cluster.members).joinedload(ClusterMembership.body)).order_by(
        Cluster.year.desc(), Cluster.name)
    if not actor.sees_all:
        chosen = chosen.where(Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)))
    if year is not None:
        chosen = chosen.where(Cluster.year == year)
    return list(db.session.scalars(chosen))


def queue(actor: Actor, *, today: date, year: int | None = None, text: str = "", state: str = "") -> list[Waiting]:
    """Every member of my clusters: what waits for me first and longest, then the rest. Four statements."""
    clusters = my_clusters(actor, year)
    if not clusters:
        return []
    rows = db.session.scalars(
        select(Pledge).where(Pledge.cluster_id.in_([c.id for c in clusters]))
        .options(joinedload(Pledge.emulation_year), joinedload(Pledge.body))).all()
    by_member = {(row.cluster_id, row.body_id): row for row in rows}
    years = {(y.year, y.line, y.issuer_body_id): y for y in db.session.scalars(select(EmulationYear))}
    found = []
    for cluster in clusters:
        guided = years.get((cluster.year, cluster.line, cluster.issuer_body_id))
        for member in cluster.members:
            found.append(_waiting(cluster, member.body, by_member.get((cluster.id, member.body_id)), guided, today))
    key = fold(text)
    shown = [row for row in found if key in fold(row.body.name) and state in ("", row.state)]
    return sorted(shown, key=lambda row: (row.state not in ("sent", "sent_again"), -row.cluster.year,
                                          -(row.days or 0), row.body.name))


def _waiting(cluster: Cluster, body: Body, pledge: Pledge | None, year: EmulationYear | None, today: date) -> Waiting:
    due = year.pledge_due_on if year is not None else None
    if pledge is None:
        return Waiting(cluster, body, None, "none", None, due)
    if pledge.state not in SENT_OR_LATER and not pledge.on_behalf:
        return Waiting(cluster, body, None, pledge.state.value, None, due)
    state = "sent_again" if pledge.state is PledgeState.SENT and pledge.round > 1 else pledge.state.value
    days = (today - local(pledge.sent_at).date()).days if pledge.sent_at and pledge.state is PledgeState.SENT else None
    return Waiting(cluster, body, pledge, state, max(days, 0) if days is not None else None, due)


def find_cluster(pid: str, *, seen_by: Actor) -> Cluster:
    """A cluster that the actor reviews or may read; raises NotFound."""
    for cluster in my_clusters(seen_by):
        if cluster.pid == pid:
            return cluster
    raise NotFound(_("Không có cụm thi đua này, hoặc bạn không thẩm định cụm này."))


@dataclass(frozen=True)
class Cell:
    """Goal, last year's actual and assigned figure of one commune for one criterion."""

    goal: Decimal | None
    baseline: Decimal | None
    assigned: Decimal | None


@dataclass(frozen=True)
class Table:
    """`cells` by (criterion id, body id); communes that have not sent have none."""

    criteria: list[Criterion]
    bodies: list[Body]
    cells: dict[tuple[int, int], Cell]


def table(cluster: Cluster) -> Table:
    """Criteria × communes of what was sent."""
    year = year_of(cluster)
    rows = db.session.execute(
        select(Pledge.body_id, Target.criterion_id, Target.goal, Target.baseline, Target.assigned)
        .join(Target, Target.pledge_id == Pledge.id)
        .where(Pledge.cluster_id == cluster.id, Pledge.state.in_(SENT_OR_LATER)))
    cells = {(criterion_id, body_id): Cell(goal, baseline, assigned)
             for body_id, criterion_id, goal, baseline, assigned in rows}
    return Table(criteria_of(year) if year is not None else [], [m.body for m in cluster.members], cells)


@dataclass(frozen=True)
class Examined:
    """One target with its ambition check and whether it changed since the last round."""

    target: Target
    check: Ambition
    changed: tuple[Change, ...]


def examine(pledge: Pledge) -> list[Examined]:
    """The targets of a pledge beside the goals of the whole cluster, and what changed since the last round."""
    peers: dict[int, list[Decimal | None]] = {}
    for criterion_id, goal in db.session.execute(
            select(Target.criterion_id, Target.goal).join(Pledge, Pledge.id == Target.pledge_id)
            .where(Pledge.cluster_id == pledge.cluster_id, Pledge.state.in_(SENT_OR_LATER))):
        peers.setdefault(criterion_id, []).append(goal)
    differences = what_changed(pledge)
    return [Examined(
        target, ambition(target.goal, target.baseline, target.assigned, peers.get(target.criterion_id, []),
                         target.criterion.direction, target.criterion.cadence),
        tuple(c for c in differences if c.path[:2] == ("targets", target.criterion.code)))
        for target in pledge.targets]


def what_changed(pledge: Pledge) -> list[Change]:
    """Differences between the last two rounds; [] in the first."""
    pair = list(db.session.scalars(
        select(PledgeSnapshot).where(PledgeSnapshot.pledge_id == pledge.id, PledgeSnapshot.round <= pledge.round)
        .order_by(PledgeSnapshot.round.desc()).limit(2)))
    return changes(pair[1].content, pair[0].content) if len(pair) == 2 else []


FIELD_WORDS = {"goal": "chỉ tiêu", "q1": "quý I", "q2": "quý II", "q3": "quý III", "q4": "quý IV",
               "reason_lower": "lý do thấp hơn mức giao", "measures": "biện pháp", "state": "mức", "objective": "mục tiêu",
               "joins": "tham gia", "resolution": "nghị quyết", "holder": "tập thể, cá nhân", "by_quarter": "quý đạt"}


def field_word(change: Change) -> str:
    """The field of a change in words."""
    word = FIELD_WORDS.get(change.path[-1], change.path[-1])
    return f"{change.path[3]}: {word}" if len(change.path) > 3 and change.path[2] == "hamlets" else word


def can_start_for(actor: Actor) -> list[tuple[Body, EmulationYear]]:
    """Communes of my clusters without a pledge: I may enter it on their behalf (nhập hộ)."""
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not reviewing:
        return []
    taken = select(Pledge.id).where(Pledge.body_id == Body.id, Pledge.emulation_year_id == EmulationYear.id).exists()
    rows: Any = db.session.execute(
        select(Body, EmulationYear).join(ClusterMembership, ClusterMembership.body_id == Body.id)
        .join(Cluster, Cluster.id == ClusterMembership.cluster_id)
        .join(EmulationYear, (EmulationYear.year == Cluster.year) & (EmulationYear.line == Cluster.line)
              & (EmulationYear.issuer_body_id == Cluster.issuer_body_id))
        .where(Cluster.reviewer_body_id.in_(reviewing), EmulationYear.criteria_set_id.is_not(None), ~taken)
        .order_by(EmulationYear.year.desc(), Body.name))
    return [(body, year) for body, year in rows]
