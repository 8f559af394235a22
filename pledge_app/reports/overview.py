"""A cluster through its quarters: communes × quarters × criteria, as a table, a drawing and a
sheet for Excel.

Figures are those of reports that were sent up; a corrected report counts as it was until its
correction is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.campaigns.queries import criteria_of, year_of
from pledge_app.charts.svg import Series, grouped_bars
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import figure_cell
from pledge_app.documents.parts import ROMAN
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.orgs.models import Body, Cluster, ClusterMembership
from pledge_app.orgs.queries import column_names
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.progress import queries, rules
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.policy import may_compare
from pledge_app.progress.queries import Figure

QUARTERS = (1, 2, 3, 4)
UNDER_WAY = (PledgeState.IN_FORCE, PledgeState.CLOSED)


@dataclass(frozen=True)
class Member:
    """One commune: its report of each quarter (None: none yet) and how many targets reached the
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
    """All of it, for the screen, the printer and Excel alike."""

    cluster: Cluster
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


def find_cluster(pid: str, *, seen_by: Actor) -> Cluster:
    """A cluster that the actor belongs to, reviews or may read; raises NotFound."""
    cluster = db.session.scalar(select(Cluster).where(Cluster.pid == pid))
    if cluster is None or not may_compare(seen_by, cluster):
        raise NotFound(_("Không có cụm thi đua này, hoặc tài khoản không được xem."))
    return cluster


def overview(cluster: Cluster) -> Overview:
    """Everything of one cluster in a fixed number of statements."""
    pledges = {
        row.body_id: row
        for row in db.session.scalars(
            select(Pledge).where(Pledge.cluster_id == cluster.id, Pledge.state.in_(UNDER_WAY))
        )
    }
    ids = [row.id for row in pledges.values()]
    found, reports = queries.figures(ids), queries.newest(ids)
    year = year_of(cluster)
    criteria = criteria_of(year) if year is not None else []
    directions = {row.id: row for row in criteria}
    bodies = list(
        db.session.scalars(
            select(Body)
            .join(ClusterMembership)
            .where(ClusterMembership.cluster_id == cluster.id)
            .order_by(ClusterMembership.position)
        )
    )
    members = tuple(
        _member(body, pledges.get(body.id), found, reports, directions) for body in bodies
    )
    by_criterion = {
        (row.criterion_id, pledge.body_id): row
        for pledge in pledges.values()
        for row in found[pledge.id]
    }
    lines = tuple(
        Line(
            criterion,
            tuple(
                _compared(body, by_criterion[criterion.id, body.id])
                for body in bodies
                if (criterion.id, body.id) in by_criterion
            ),
        )
        for criterion in criteria
    )
    return Overview(cluster, members, lines)


def _member(
    body: Body,
    pledge: Pledge | None,
    found: dict[int, list[Figure]],
    reports: dict[tuple[int, int], ProgressReport],
    criteria: dict[int, Criterion],
) -> Member:
    if pledge is None:
        return Member(body, (None,) * 4, (None,) * 4, 0)
    figures = found[pledge.id]
    held = tuple(reports.get((pledge.id, quarter)) for quarter in QUARTERS)
    known = [
        quarter
        for quarter in QUARTERS
        if any(row.values[quarter - 1] is not None for row in figures)
    ]
    reached = tuple(
        Decimal(
            sum(
                rules.is_reached(
                    row.goal, row.so_far[quarter - 1], criteria[row.criterion_id].direction
                )
                for row in figures
                if row.criterion_id in criteria
            )
        )
        if quarter in known
        else None
        for quarter in QUARTERS
    )
    return Member(body, held, reached, len(figures))


def _compared(body: Body, row: Figure) -> Compared:
    percents = tuple(
        rules.shown_percent(percent) if row.values[i] is not None else None
        for i, percent in enumerate(row.percent)
    )
    return Compared(
        body,
        row.goal,
        row.values,
        row.estimated,
        row.so_far[3],
        rules.shown_percent(row.percent[3]),
        percents,
    )


def shown_state(report: ProgressReport | None, today: date) -> str:
    """The badge of one cell; what is not open yet is not due."""
    return queries.shown_state(report, today) if report is not None else "not_due"


def drawing(made: Overview, criterion: Criterion | None) -> Drawing:
    """Communes × quarters: per cent of the goal for one criterion, or how many targets were
    reached.
    """
    bodies = [row.body for row in made.members]
    names = dict(zip([body.id for body in bodies], column_names(bodies), strict=True))
    if criterion is None:
        title = _("Số chỉ tiêu đã đạt kế hoạch năm, lũy kế đến hết từng quý")
        rows = tuple((names[row.body.id], row.reached) for row in made.members)
        unit = ""
    else:
        line = next(line for line in made.lines if line.criterion.id == criterion.id)
        title = _(
            "Tỷ lệ thực hiện kế hoạch năm, lũy kế đến hết từng quý: %(name)s", name=criterion.name
        )
        rows = tuple((names[row.body.id], row.percents) for row in line.rows)
        unit = "%"
    quarters = [i for i in range(4) if any(values[i] is not None for _name, values in rows)]
    series = [
        Series(_("Quý %(q)s", q=ROMAN[i + 1]), [values[i] for _name, values in rows])
        for i in quarters
    ]
    said = _("Biểu đồ thanh ngang theo đơn vị và quý; số liệu có trong bảng bên dưới.")
    return Drawing(
        grouped_bars(title, said, [name for name, _values in rows], series, unit=unit), title, rows
    )


def sheet(made: Overview) -> tuple[list[str], list[Sequence[Any]]]:
    """Head and rows for Excel: every criterion × commune with all quarters, as on the screen."""
    head = [
        _("Mã"),
        _("Tiêu chí"),
        _("Đơn vị tính"),
        _("Đơn vị"),
        _("Kế hoạch năm"),
        *[_("Quý %(q)s", q=ROMAN[quarter]) for quarter in QUARTERS],
        _("Lũy kế"),
        _("Tỷ lệ (%)"),
        _("Số ước tính"),
    ]
    rows: list[Sequence[Any]] = []
    for line in made.lines:
        criterion = line.criterion
        for row in line.rows:
            figures = [
                figure_cell(value, criterion.is_yes_no)
                for value in (row.goal, *row.values, row.so_far)
            ]
            estimated = ", ".join(
                _("quý %(q)s", q=ROMAN[i + 1]) for i in range(4) if row.estimated[i]
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
