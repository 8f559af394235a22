"""The queue: every member of the clusters that the actor reviews, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import local
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.models import Body, Cluster
from pledge_app.pledges import sent
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.queries import shown_state
from pledge_app.pledges.states import PledgeState

WAITING = ("sent", "sent_again")  # waits for the level above


OWED = ("none", "draft", "with_leader", "signed_off", "returned")  # the commune has it


KEPT_STATES = (
    PledgeState.IN_FORCE,
    PledgeState.CLOSED,
    PledgeState.DISCONTINUED,
)  # nothing waits any more


@dataclass(frozen=True)
class Waiting:
    """One member of a cluster in the queue. `pid` is "" where nothing may be read yet: only its
    name and since when (for one not begun: since the guidance). `days` since then;
    `late_days` after the deadline while the commune still owes it.
    """

    cluster_name: str
    body_name: str
    body_pid: str
    year_pid: str
    state: str
    round: int
    since: date | None
    days: int | None
    due: date | None
    late_days: int
    pid: str
    on_behalf: bool
    may_start: bool
    is_read: bool  # the level above has begun with it
    version: int

    @property
    def waits(self) -> bool:
        """True when the level above must act."""
        return self.state in WAITING

    @property
    def waited(self) -> str:
        """How long it has waited for the level above, to read."""
        return waited_words(self.days or 0)


def queue(
    clusters: Sequence[Cluster],
    *,
    actor: Actor,
    today: date,
    text: str = "",
    state: str = "",
) -> list[Waiting]:
    """Every member of the clusters, most urgent first: what waits for me by its deadline and
    longest, then what communes owe, then the rest. `state` is one state, "waiting" or "owed".
    Three statements, whatever the size.
    """
    ids = [cluster.id for cluster in clusters]
    found_rows = db.session.execute(
        select(Pledge, sent.stands().label("stands")).where(Pledge.cluster_id.in_(ids))
    ).all()
    rows, standing = (
        [row.Pledge for row in found_rows],
        {row.Pledge.id for row in found_rows if row.stands},
    )
    by_member = {(row.cluster_id, row.body_id): row for row in rows}
    years = {
        (y.year, y.line, y.issuer_body_id): y
        for y in db.session.scalars(
            select(EmulationYear).where(
                EmulationYear.year.in_({cluster.year for cluster in clusters})
            )
        )
    }
    since = _since([row for row in rows if row.state not in KEPT_STATES])
    found = [
        _waiting(
            cluster,
            member.body,
            by_member.get((cluster.id, member.body_id)),
            years.get((cluster.year, cluster.line, cluster.issuer_body_id)),
            since,
            standing,
            actor,
            today,
        )
        for cluster in clusters
        for member in cluster.members
    ]
    key = fold(text)
    wanted = {"waiting": WAITING, "owed": OWED}.get(state, (state,))
    shown = [
        row for row in found if key in fold(row.body_name) and (not state or row.state in wanted)
    ]
    return sorted(shown, key=_urgency)


def _urgency(row: Waiting) -> tuple[int, date, int, str]:
    turn = 0 if row.waits else 1 if row.state in OWED else 2
    return turn, row.due or date.max, -(row.days or 0), sort_key(row.body_name)


def _since(rows: Sequence[Pledge]) -> dict[str, datetime]:
    """Since when each pledge is where it is: the newest move in its trail."""
    moves = [
        f"pledge.{verb}"
        for verb in (
            "started",
            "submitted_to_leader",
            "handed_back",
            "recalled",
            "sent_up",
            "withdrawn",
            "sent_back",
            "approved",
        )
    ]
    found = db.session.execute(
        select(TrailEvent.subject_pid, func.max(TrailEvent.at))
        .where(
            TrailEvent.subject_kind == Pledge.__tablename__,
            TrailEvent.subject_pid.in_([row.pid for row in rows]),
            TrailEvent.verb.in_(moves),
        )
        .group_by(TrailEvent.subject_pid)
    )
    return {row.subject_pid: row[1] for row in found}


def _waiting(
    cluster: Cluster,
    body: Body,
    pledge: Pledge | None,
    year: EmulationYear | None,
    since: Mapping[str, datetime],
    standing: Set[int],
    actor: Actor,
    today: date,
) -> Waiting:
    due = year.pledge_due(body.id) if year is not None else None
    reviews = actor.has(Role.REVIEWER, cluster.reviewer_body_id)
    state = shown_state(pledge) if pledge is not None else "none"
    began = (
        _began(pledge, since, today)
        if pledge is not None
        else year.guidance_date
        if year is not None
        else None
    )
    open_to_read = pledge is not None and (pledge.id in standing or pledge.on_behalf)
    return Waiting(
        cluster_name=cluster.name,
        body_name=body.name,
        body_pid=body.pid,
        year_pid=year.pid if year else "",
        state=state,
        round=pledge.round if pledge is not None and state in (*WAITING, "returned") else 0,
        since=began,
        days=max((today - began).days, 0) if began is not None else None,
        due=due,
        late_days=(today - due).days if due is not None and due < today and state in OWED else 0,
        pid=pledge.pid if pledge is not None and open_to_read else "",
        on_behalf=pledge is not None and pledge.on_behalf,
        may_start=pledge is None
        and reviews
        and year is not None
        and year.criteria_set_id is not None
        and (body.exists_to is None or body.exists_to > today),
        is_read=pledge is not None and pledge.review_begun_at is not None,
        version=pledge.version_id if pledge is not None else 0,
    )


def waiting_days(pledge: Pledge, today: date) -> int | None:
    """How long the level above has had it, by the business date; None while it does not wait
    there.
    """
    if pledge.state is not PledgeState.SENT or pledge.sent_on is None:
        return None
    return max((today - pledge.sent_on).days, 0)


def waited_words(days: int) -> str:
    """How long it has waited, to read."""
    return _("đã chờ %(n)s ngày", n=days) if days else _("gửi hôm nay")


def next_waiting(pledge: Pledge, actor: Actor) -> Pledge | None:
    """Another pledge of the year that waits for the actor, the one that waits longest; read ones
    last.
    """
    return db.session.scalar(
        select(Pledge)
        .join(Pledge.cluster)
        .where(
            Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)),
            Cluster.year == pledge.cluster.year,
            Pledge.state == PledgeState.SENT,
            Pledge.id != pledge.id,
        )
        .order_by(
            Pledge.review_begun_at.is_not(None),
            Pledge.sent_on,
            Pledge.sent_at,
            Pledge.id,
        )
        .limit(1)
    )


def _began(pledge: Pledge, since: Mapping[str, datetime], today: date) -> date | None:
    """Since when it is where it is: what waits for us by the business date, the rest by the trail.

    The trail has real time; where the business date lies before it (the demo) it says nothing.
    """
    if pledge.state is PledgeState.SENT:
        return pledge.sent_on
    moved = since.get(pledge.pid)
    began = local(moved).date() if moved is not None else None
    return began if began is None or began <= today else None
