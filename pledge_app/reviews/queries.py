"""What the level above reads: the queue, and one table criteria × communes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.campaigns.queries import criteria_of, year_of
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import local
from pledge_app.kernel.errors import Conflict, NotFound
from pledge_app.kernel.permission import reading
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.orgs.queries import column_names
from pledge_app.pledges import sent
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.policy import reviews_line
from pledge_app.pledges.queries import find_pledge, shown_state
from pledge_app.pledges.rules import median, needs_reason
from pledge_app.pledges.states import PledgeState

WAITING = ("sent", "sent_again")  # waits for the level above
OWED = ("none", "draft", "with_leader", "returned")  # the commune has it
# Nothing waits any more.
KEPT_STATES = (PledgeState.IN_FORCE, PledgeState.CLOSED, PledgeState.DISCONTINUED)


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

    @property
    def waits(self) -> bool:
        """True when the level above must act."""
        return self.state in WAITING


def my_clusters(actor: Actor, year: int | None = None) -> list[Cluster]:
    """The clusters that the actor reviews (all of them for those who read everything), newest
    year first.
    """
    chosen = (
        _mine(actor)
        .options(selectinload(Cluster.members).joinedload(ClusterMembership.body))
        .order_by(Cluster.year.desc(), Cluster.name)
    )
    if year is not None:
        chosen = chosen.where(Cluster.year == year)
    return list(db.session.scalars(chosen))


def my_years(actor: Actor) -> list[int]:
    """The years in which the actor reviews a cluster, newest first."""
    found = _mine(actor).with_only_columns(Cluster.year).distinct()
    return sorted(db.session.scalars(found), reverse=True)


def _mine(actor: Actor) -> Select[Cluster]:
    chosen = select(Cluster)
    if actor.sees_all:
        return chosen
    return chosen.where(Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)))


def queue(
    clusters: Sequence[Cluster], *, actor: Actor, today: date, text: str = "", state: str = ""
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
    )


def waiting_days(pledge: Pledge, today: date) -> int | None:
    """How long the level above has had it, by the business date; None while it does not wait
    there.
    """
    if pledge.state is not PledgeState.SENT or pledge.sent_on is None:
        return None
    return max((today - pledge.sent_on).days, 0)


def _began(pledge: Pledge, since: Mapping[str, datetime], today: date) -> date | None:
    """Since when it is where it is: what waits for us by the business date, the rest by the trail.

    The trail has real time; where the business date lies before it (the demo) it says nothing.
    """
    if pledge.state is PledgeState.SENT:
        return pledge.sent_on
    moved = since.get(pledge.pid)
    began = local(moved).date() if moved is not None else None
    return began if began is None or began <= today else None


def find_cluster(pid: str, *, seen_by: Actor) -> Cluster:
    """A cluster that the actor reviews or may read; raises NotFound."""
    cluster: Cluster | None = db.session.scalar(
        _mine(seen_by)
        .where(Cluster.pid == pid)
        .options(selectinload(Cluster.members).joinedload(ClusterMembership.body))
    )
    if cluster is None:
        raise NotFound(_("Không có cụm thi đua này, hoặc bạn không thẩm định cụm này."))
    return cluster


@reading(_l("Xem hồ sơ thẩm định của một bản đăng ký"))
def find_reviewed(pid: str, *, seen_by: Actor, to_act: bool = False) -> Pledge:
    """A pledge of a cluster that the actor reviews or may read; raises NotFound.

    `to_act`: the commune took it back while the reviewer was reading, which is a Conflict (the text
    is kept).
    """
    try:
        pledge = find_pledge(pid, seen_by=seen_by)
    except NotFound:
        reviewed = _mine(seen_by).with_only_columns(Cluster.id)
        if to_act and db.session.scalar(
            select(Pledge.id).where(Pledge.pid == pid, Pledge.cluster_id.in_(reviewed))
        ):
            raise Conflict(
                _(
                    "Đơn vị đã rút lại bản đăng ký này để sửa nên việc thẩm định chưa thực hiện "
                    "được. Nội dung bạn nhập đã được giữ lại; hãy chờ đơn vị gửi lại."
                )
            ) from None
        raise
    if not (seen_by.sees_all or reviews_line(seen_by, pledge)):
        raise NotFound(_("Không có bản đăng ký này, hoặc bạn không có quyền xem."))
    return pledge


@dataclass(frozen=True)
class Column:
    """One commune of the table; `has_sent` False: its cells are blank, its content is not ours
    to read. `waits`: for how many days it has waited for us, None when it does not.
    """

    name: str
    short: str
    state: str
    has_sent: bool
    waits: int | None = None


@dataclass(frozen=True)
class Cell:
    """One commune and one criterion."""

    goal: Decimal | None
    baseline: Decimal | None
    assigned: Decimal | None
    is_lower: bool  # worse than assigned


@dataclass(frozen=True)
class Row:
    """One criterion, or a group (then without cells). `median` of the goals that were sent."""

    code: str
    name: str
    measure: str
    is_group: bool
    is_yes_no: bool
    cells: list[Cell | None]
    median: Decimal | None


@dataclass(frozen=True)
class Table:
    """Criteria × communes of what was sent, in the order of the paper."""

    columns: list[Column]
    rows: list[Row]

    def blocks(self, width: int) -> list[tuple[int, int]]:
        """(first, past last) columns of each printed sheet."""
        return [
            (start, min(start + width, len(self.columns)))
            for start in range(0, len(self.columns), width)
        ]


def table(cluster: Cluster, *, today: date) -> Table:
    """Criteria × communes. Six statements, whatever the size."""
    year = year_of(cluster)
    criteria = criteria_of(year) if year is not None else []
    contents = sent.contents_in(cluster.id, criteria)
    goals = {body_id: sent.goals_of(content) for body_id, content in contents.items()}
    pledges = {
        row.body_id: row
        for row in db.session.scalars(select(Pledge).where(Pledge.cluster_id == cluster.id))
    }
    references = _references(cluster)
    bodies = [member.body for member in cluster.members]
    columns = [
        _column(body, name, pledges.get(body.id), body.id in goals, today)
        for body, name in zip(bodies, column_names(bodies), strict=True)
    ]
    rows = []
    for criterion in criteria:
        cells: list[Cell | None] = []
        for body in bodies:
            if criterion.is_group or body.id not in goals:
                cells.append(None)
                continue
            baseline, assigned = references.get((body.id, criterion.id), (None, None))
            goal = goals[body.id].get(criterion.pid)
            cells.append(
                Cell(goal, baseline, assigned, needs_reason(goal, assigned, criterion.direction))
            )
        rows.append(
            Row(
                criterion.code,
                criterion.name,
                criterion.unit_of_measure,
                criterion.is_group,
                criterion.is_yes_no,
                cells,
                median([cell.goal for cell in cells if cell is not None]),
            )
        )
    return Table(columns, rows)


def _references(cluster: Cluster) -> dict[tuple[int, int], tuple[Decimal | None, Decimal | None]]:
    """By body and criterion: last year's result and the assigned figure."""
    return {
        (body_id, criterion_id): (baseline, assigned)
        for body_id, criterion_id, baseline, assigned in db.session.execute(
            select(Pledge.body_id, Target.criterion_id, Target.baseline, Target.assigned)
            .join(Target, Target.pledge_id == Pledge.id)
            .where(Pledge.cluster_id == cluster.id)
        )
    }


def _column(body: Body, short: str, pledge: Pledge | None, has_sent: bool, today: date) -> Column:
    state, waits = (
        ("none", None) if pledge is None else (shown_state(pledge), waiting_days(pledge, today))
    )
    return Column(body.name, short, state, has_sent, waits)
