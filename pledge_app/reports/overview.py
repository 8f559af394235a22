"""A cluster through the periods of one kind: communes × periods × criteria, as a table, a
drawing and a sheet for Excel.

Figures are those of reports that were sent up; a corrected report counts as it was until its
correction is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.campaigns.models import Period
from pledge_app.campaigns.periods import PeriodKind
from pledge_app.campaigns.queries import criteria_of, year_of
from pledge_app.charts.svg import Series, grouped_bars
from pledge_app.criteria.kinds import is_as_good
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import figure_cell
from pledge_app.documents.models import Document
from pledge_app.documents.queries import newest_papers
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.orgs.queries import column_names
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import queries, rules
from pledge_app.progress.figures import Figure
from pledge_app.progress.figures import figures as figures_of
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.policy import may_compare
from pledge_app.tables.writing import Value

UNDER_WAY = (PledgeState.IN_FORCE, PledgeState.CLOSED)


@dataclass(frozen=True)
class Member:
    """One commune: its report of each period (None: none yet) and how many targets reached the
    year's goal.
    """

    body: Body
    reports: tuple[ProgressReport | None, ...]
    reached: tuple[Decimal | None, ...]
    targets: int


@dataclass(frozen=True)
class Compared:
    """One criterion, one commune. Per cent of the year's goal with one decimal."""

    body: Body
    goal: Decimal | None
    values: tuple[Decimal | None, ...]
    estimated: tuple[bool, ...]
    so_far: Decimal | None
    percent: Decimal | None
    percents: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Line:
    """A group (no rows) or a criterion with a row for each commune that has it."""

    criterion: Criterion
    rows: tuple[Compared, ...]


@dataclass(frozen=True)
class Overview:
    """All of it, for the screen, the printer and Excel alike. `kinds`: those that the year has."""

    cluster: Cluster
    kind: PeriodKind
    kinds: tuple[PeriodKind, ...]
    periods: tuple[Period, ...]
    members: tuple[Member, ...]
    lines: tuple[Line, ...]

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria that can be drawn: those of at least one commune."""
        return [line.criterion for line in self.lines if line.rows]


@dataclass(frozen=True)
class Drawing:
    """What is drawn, and the same figures as a table."""

    svg: str
    title: str
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


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


def overview(cluster: Cluster, kind: PeriodKind = PeriodKind.QUARTER) -> Overview:
    """Everything of one cluster in a fixed number of statements."""
    pledges = {
        row.body_id: row
        for row in db.session.scalars(
            select(Pledge).where(Pledge.cluster_id == cluster.id, Pledge.state.in_(UNDER_WAY))
        )
    }
    year = year_of(cluster)
    criteria = criteria_of(year) if year is not None else []
    periods = tuple(year.periods_of(kind)) if year is not None else ()
    kinds = {period.kind for period in year.periods} if year is not None else set()
    ids = [row.id for row in pledges.values()]
    figures = figures_of(ids, kind=kind)
    reports = queries.newest(ids)
    bodies = _bodies(cluster)
    by_id = {row.id: row for row in criteria}
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
                by_id,
            )
        )
    by_place = {
        (row.criterion_id, pledge.body_id): row
        for pledge in pledges.values()
        for row in figures[pledge.id]
    }
    lines = tuple(
        _line(
            criterion,
            bodies,
            periods,
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
        tuple(members),
        lines,
    )


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
    bodies: Sequence[Body],
    periods: Sequence[Period],
    by_place: Mapping[tuple[int, int], Figure],
) -> Line:
    rows = tuple(
        _compared(body, periods, by_place[criterion.id, body.id])
        for body in bodies
        if (criterion.id, body.id) in by_place
    )
    return Line(criterion, rows)


def _member(
    body: Body,
    pledge: Pledge | None,
    periods: Sequence[Period],
    figures: Sequence[Figure],
    reports: Mapping[tuple[int, int], ProgressReport],
    criteria: Mapping[int, Criterion],
) -> Member:
    nothing = (None,) * len(periods)
    if pledge is None:
        return Member(
            body,
            nothing,
            nothing,
            0,
        )
    of_periods = tuple(reports.get((pledge.id, period.id)) for period in periods)
    reached = tuple(_reached(figures, period.number - 1, criteria) for period in periods)
    return Member(
        body,
        of_periods,
        reached,
        len(figures),
    )


def _reached(
    figures: Sequence[Figure],
    index: int,
    criteria: Mapping[int, Criterion],
) -> Decimal | None:
    """How many targets reached the year's goal by then; None while nothing was reported."""
    if all(row.values[index] is None for row in figures):
        return None
    count = 0
    for row in figures:
        criterion = criteria.get(row.criterion_id)
        if criterion is not None:
            count += is_as_good(
                row.so_far[index],
                row.goal,
                criterion.direction,
                is_strict=criterion.is_strict,
            )
    return Decimal(count)


def _compared(body: Body, periods: Sequence[Period], row: Figure) -> Compared:
    places = [period.number - 1 for period in periods]
    percents = tuple(
        rules.shown_percent(row.percent[at]) if row.values[at] is not None else None
        for at in places
    )
    return Compared(
        body=body,
        goal=row.goal,
        values=tuple(row.values[at] for at in places),
        estimated=tuple(row.estimated[at] for at in places),
        so_far=row.so_far[-1],
        percent=rules.shown_percent(row.percent[-1]),
        percents=percents,
    )


def shown_state(report: ProgressReport | None, today: date) -> str:
    """The badge of one cell; what is not open yet is not due."""
    return queries.shown_state(report, today) if report is not None else "not_due"


def drawing(made: Overview, criterion: Criterion | None) -> Drawing:
    """Communes × periods: per cent of the goal for one criterion, or how many targets were
    reached.
    """
    bodies = [row.body for row in made.members]
    names = dict(zip([body.id for body in bodies], column_names(bodies), strict=True))
    if criterion is None:
        title = _("Số chỉ tiêu đã đạt kế hoạch năm, lũy kế đến hết từng kỳ")
        rows = tuple((names[row.body.id], row.reached) for row in made.members)
        unit = ""
    else:
        line = next(line for line in made.lines if line.criterion.id == criterion.id)
        title = _(
            "Tỷ lệ thực hiện kế hoạch năm, lũy kế đến hết từng kỳ: %(name)s",
            name=criterion.name,
        )
        rows = tuple((names[row.body.id], row.percents) for row in line.rows)
        unit = "%"
    series = []
    for at, period in enumerate(made.periods):
        values = [values[at] for _name, values in rows]
        if any(value is not None for value in values):
            series.append(Series(str(period.heading), values))
    said = _("Biểu đồ thanh ngang theo đơn vị và kỳ; số liệu có trong bảng bên dưới.")
    return Drawing(
        grouped_bars(
            title,
            said,
            [name for name, _values in rows],
            series,
            unit=unit,
        ),
        title,
        rows,
    )


def sheet(made: Overview) -> tuple[list[str], list[Sequence[Value]]]:
    """Head and rows for Excel: every criterion × commune with all periods, as on the screen."""
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        _("Đơn vị"),
        _("Kế hoạch năm"),
        *[str(period.heading) for period in made.periods],
        _("Lũy kế"),
        _("Tỷ lệ (%)"),
        _("Số ước tính"),
    ]
    rows: list[Sequence[Value]] = []
    for line in made.lines:
        criterion = line.criterion
        for row in line.rows:
            figures = [
                figure_cell(value, criterion.is_yes_no)
                for value in (row.goal, *row.values, row.so_far)
            ]
            estimated = ", ".join(
                str(period.name)
                for period, is_estimate in zip(made.periods, row.estimated, strict=True)
                if is_estimate
            )
            rows.append(
                [
                    criterion.code,
                    criterion.name,
                    criterion.unit_of_measure,
                    row.body.name,
                    *figures,
                    row.percent,
                    estimated,
                ]
            )
    return head, rows
