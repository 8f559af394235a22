"""A cluster through the periods of one kind: criteria × communes against the plan to date.

Figures are those of reports that were sent up; a corrected report counts as it was until its
correction is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.campaigns.models import Period
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.campaigns.queries import criteria_of, year_of
from pledge_app.criteria.kinds import Cadence
from pledge_app.criteria.models import Criterion
from pledge_app.documents.models import Document
from pledge_app.documents.queries import newest_papers
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.numbers import format_number
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.rules import median
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import queries, rules
from pledge_app.progress.figures import Figure
from pledge_app.progress.figures import figures as figures_of
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.plan_to_date import Standing
from pledge_app.progress.policy import may_compare
from pledge_app.progress.sheet import Tally, tally

UNDER_WAY = (PledgeState.IN_FORCE, PledgeState.CLOSED)


@dataclass(frozen=True)
class Member:
    """One commune: its report of each period (None: none yet), and how its targets stood against
    the plan to date then (None: nothing was reported).
    """

    body: Body
    reports: tuple[ProgressReport | None, ...]
    tallies: tuple[Tally | None, ...]

    @property
    def kept(self) -> tuple[Decimal | None, ...]:
        """How many targets were as planned or better after each period."""
        return tuple(Decimal(one.kept) if one is not None else None for one in self.tallies)


@dataclass(frozen=True)
class Compared:
    """One criterion, one commune. Per cent with one decimal, of the plan to date where there is
    one, otherwise of the year's goal. `so_far`, `standing`: at the end of the period shown.
    """

    body: Body
    goal: Decimal | None
    values: tuple[Decimal | None, ...]
    estimated: tuple[bool, ...]
    so_far: Decimal | None
    standing: Standing
    percents: tuple[Decimal | None, ...]
    is_sum: bool

    @property
    def percent(self) -> Decimal | None:
        """Per cent of the plan to date; None where a difference says more: states, and nothing
        planned.
        """
        is_plain = self.is_sum and self.standing.plan not in (None, 0)
        return rules.shown_percent(self.standing.percent) if is_plain else None

    @property
    def gap(self) -> str:
        """The difference from the plan to date with its sign, in the criterion's unit; "" where it
        is none.
        """
        plan = self.standing.plan
        if plan is None or self.so_far is None or self.so_far == plan:
            return ""
        gap = self.so_far - plan
        return f"{'+' if gap > 0 else '−'}{format_number(abs(gap))}"


@dataclass(frozen=True)
class Line:
    """A group (no cells) or a criterion with a cell for each commune; None where the commune has
    no such target or has not reported. `median` of the years so far, in the criterion's unit.
    """

    criterion: Criterion
    rows: tuple[Compared, ...]
    cells: tuple[Compared | None, ...]
    tally: Tally
    median: Decimal | None


@dataclass(frozen=True)
class Overview:
    """All of it, for the screen, the printer and Excel alike. `kinds`: those that the year has;
    `shown`: the period at whose end the figures stand, None in a year without such periods.
    """

    cluster: Cluster
    kind: PeriodKind
    kinds: tuple[PeriodKind, ...]
    periods: tuple[Period, ...]
    shown: Period | None
    members: tuple[Member, ...]
    lines: tuple[Line, ...]

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria that can be drawn: those of at least one commune."""
        return [line.criterion for line in self.lines if line.rows]

    @property
    def at(self) -> int:
        """The place of the period shown among the periods."""
        return self.periods.index(self.shown) if self.shown is not None else 0

    def blocks(self, width: int) -> list[tuple[int, int]]:
        """(first, past last) communes of each printed sheet."""
        count = len(self.members)
        return [(start, min(start + width, count)) for start in range(0, count, width)]


def papers(made: Overview, *, seen_by: Actor) -> dict[str, Document]:
    """The printed reports that the actor may read, by the public id of the report."""
    reports = [report for member in made.members for report in member.reports if report is not None]
    pids = [report.pid for report in reports]
    return newest_papers(ProgressReport.__tablename__, pids, seen_by=seen_by)


def find_cluster(pid: str, *, seen_by: Actor) -> Cluster:
    """A cluster that the actor belongs to, reviews or may read; raises NotFound."""
    cluster = db.session.scalar(select(Cluster).where(Cluster.pid == pid))
    if cluster is None or not may_compare(seen_by, cluster):
        raise NotFound(_("Không có cụm thi đua này, hoặc tài khoản không được xem."))
    return cluster


def overview(
    cluster: Cluster,
    kind: PeriodKind = PeriodKind.QUARTER,
    number: int | None = None,
) -> Overview:
    """Everything of one cluster in a fixed number of statements. `number`: of the period at whose
    end the figures are compared; otherwise the newest of which anything was sent.
    """
    pledges = _pledges(cluster)
    year = year_of(cluster)
    criteria = criteria_of(year) if year is not None else []
    periods = tuple(year.periods_of(kind)) if year is not None else ()
    kinds = {period.kind for period in year.periods} if year is not None else set()
    ids = [row.id for row in pledges.values()]
    figures = figures_of(ids, kind=kind)
    shown = _shown(periods, figures, number)
    reports = queries.newest(ids)
    bodies = _bodies(cluster)
    members = []
    for body in bodies:
        pledge = pledges.get(body.id)
        rows = figures[pledge.id] if pledge is not None else []
        members.append(
            _member(
                body,
                pledge,
                periods,
                rows,
                reports,
            )
        )
    by_place = _by_place(pledges.values(), figures)
    lines = tuple(
        _line(
            criterion,
            members,
            periods,
            shown,
            by_place,
        )
        for criterion in criteria
    )
    in_order = tuple(one for one in PeriodKind if one in kinds)
    return Overview(
        cluster,
        kind,
        in_order,
        periods,
        shown,
        tuple(members),
        lines,
    )


def _pledges(cluster: Cluster) -> dict[int, Pledge]:
    """By body: those under way."""
    stored = db.session.scalars(
        select(Pledge).where(Pledge.cluster_id == cluster.id, Pledge.state.in_(UNDER_WAY))
    )
    return {row.body_id: row for row in stored}


def _by_place(
    pledges: Iterable[Pledge],
    figures: Mapping[int, Sequence[Figure]],
) -> dict[tuple[int, int], Figure]:
    """By criterion and body."""
    found = {}
    for pledge in pledges:
        for row in figures[pledge.id]:
            found[row.criterion_id, pledge.body_id] = row
    return found


def _shown(
    periods: Sequence[Period],
    figures: Mapping[int, Sequence[Figure]],
    number: int | None,
) -> Period | None:
    """The period asked for, or the newest of which anything was sent, or the first."""
    asked = next((period for period in periods if period.number == number), None)
    if asked is not None or not periods:
        return asked
    rows = [row for of_pledge in figures.values() for row in of_pledge]
    sent = [
        period
        for period in periods
        if any(row.values[period.number - 1] is not None for row in rows)
    ]
    return sent[-1] if sent else periods[0]


def _bodies(cluster: Cluster) -> list[Body]:
    """The members in the order of their columns."""
    return list(
        db.session.scalars(
            select(Body)
            .join(ClusterMembership)
            .where(ClusterMembership.cluster_id == cluster.id)
            .order_by(ClusterMembership.position)
        )
    )


def _line(
    criterion: Criterion,
    members: Sequence[Member],
    periods: Sequence[Period],
    shown: Period | None,
    by_place: Mapping[tuple[int, int], Figure],
) -> Line:
    rows = tuple(
        _compared(
            criterion,
            member.body,
            periods,
            shown,
            by_place[criterion.id, member.body.id],
        )
        for member in members
        if shown is not None and (criterion.id, member.body.id) in by_place
    )
    by_body = {row.body.id: row for row in rows}
    place = periods.index(shown) if shown is not None else 0
    cells = tuple(
        by_body.get(member.body.id) if member.tallies and member.tallies[place] else None
        for member in members
    )
    told = [cell for cell in cells if cell is not None]
    return Line(
        criterion,
        rows,
        cells,
        tally(cell.standing for cell in told),
        median([cell.so_far for cell in told]),
    )


def _member(
    body: Body,
    pledge: Pledge | None,
    periods: Sequence[Period],
    figures: Sequence[Figure],
    reports: Mapping[tuple[int, int], ProgressReport],
) -> Member:
    nothing = (None,) * len(periods)
    if pledge is None:
        return Member(body, nothing, nothing)
    return Member(
        body,
        tuple(reports.get((pledge.id, period.id)) for period in periods),
        tuple(_tally(figures, period.number - 1) for period in periods),
    )


def _tally(figures: Sequence[Figure], index: int) -> Tally | None:
    """How the targets stood against the plan to date; None while nothing was reported."""
    if all(row.values[index] is None for row in figures):
        return None
    return tally(row.standings[index] for row in figures)


def _compared(
    criterion: Criterion,
    body: Body,
    periods: Sequence[Period],
    shown: Period,
    row: Figure,
) -> Compared:
    places = [period.number - 1 for period in periods]
    last = shown.number - 1
    is_planned = any(row.standings[at].percent is not None for at in places[:-1])
    return Compared(
        body=body,
        goal=row.goal,
        values=tuple(row.values[at] for at in places),
        estimated=tuple(row.estimated[at] for at in places),
        so_far=row.so_far[last],
        standing=row.standings[last],
        percents=tuple(_percent(row, at, is_planned) for at in places),
        is_sum=criterion.cadence is Cadence.CUMULATIVE,
    )


def _percent(row: Figure, at: int, is_planned: bool) -> Decimal | None:
    """Per cent of the plan to date where there is one before the year's end, otherwise of the
    year's goal.
    """
    if row.values[at] is None:
        return None
    return rules.shown_percent(row.standings[at].percent if is_planned else row.percent[at])
