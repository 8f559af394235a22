"""One table of criteria × communes: what the members of a cluster sent, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from pledge_app.campaigns.queries import criteria_of, year_of
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import measure_words
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, Cluster
from pledge_app.orgs.queries import column_names
from pledge_app.pledges import sent
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.queries import shown_state
from pledge_app.pledges.rules import median, needs_reason
from pledge_app.reviews.queue import waited_words, waiting_days

Reference = tuple[Decimal | None, Decimal | None]
"""Last year's result and the assigned figure of one commune and criterion."""


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
    pid: str = ""  # of its pledge, where what was sent may be read

    @property
    def waited(self) -> str:
        """How long it has waited for us, to read; "" when it does not."""
        return "" if self.waits is None else waited_words(self.waits)


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
            for start in range(
                0,
                len(self.columns),
                width,
            )
        ]


def table(cluster: Cluster, *, today: date) -> Table:
    """Criteria × communes. Six statements, whatever the size."""
    year = year_of(cluster)
    criteria = criteria_of(year) if year is not None else []
    contents = sent.contents_in(cluster.id, criteria)
    goals = {body_id: sent.goals_of(content) for body_id, content in contents.items()}
    pledges = _pledges_by_body(cluster)
    references = _references(cluster)
    bodies = [member.body for member in cluster.members]
    columns = [
        _column(
            body,
            name,
            pledges.get(body.id),
            body.id in goals,
            today,
        )
        for body, name in zip(
            bodies,
            column_names(bodies),
            strict=True,
        )
    ]
    rows = []
    for criterion in criteria:
        cells = [
            _cell(
                criterion,
                body.id,
                goals,
                references,
            )
            for body in bodies
        ]
        rows.append(
            Row(
                criterion.code,
                criterion.name,
                measure_words(criterion),
                criterion.is_group,
                criterion.is_yes_no,
                cells,
                median([cell.goal for cell in cells if cell is not None]),
            )
        )
    return Table(columns, rows)


def _pledges_by_body(cluster: Cluster) -> dict[int, Pledge]:
    stored = db.session.scalars(select(Pledge).where(Pledge.cluster_id == cluster.id))
    return {pledge.body_id: pledge for pledge in stored}


def _references(cluster: Cluster) -> dict[tuple[int, int], Reference]:
    """What each goal is measured by, by the ids of body and criterion."""
    stored = db.session.execute(
        select(
            Pledge.body_id,
            Target.criterion_id,
            Target.baseline,
            Target.assigned,
        )
        .join(Target, Target.pledge_id == Pledge.id)
        .where(Pledge.cluster_id == cluster.id)
    )
    return {
        (body_id, criterion_id): (baseline, assigned)
        for body_id, criterion_id, baseline, assigned in stored
    }


def _cell(
    criterion: Criterion,
    body_id: int,
    goals: Mapping[int, Mapping[str, Decimal | None]],
    references: Mapping[tuple[int, int], Reference],
) -> Cell | None:
    """One commune and one criterion; None for a group and where nothing was sent."""
    if criterion.is_group or body_id not in goals:
        return None
    baseline, assigned = references.get((body_id, criterion.id), (None, None))
    goal = goals[body_id].get(criterion.pid)
    return Cell(
        goal,
        baseline,
        assigned,
        needs_reason(
            goal,
            assigned,
            criterion.direction,
        ),
    )


def _column(body: Body, short: str, pledge: Pledge | None, has_sent: bool, today: date) -> Column:
    if pledge is None:
        return Column(
            body.name,
            short,
            "none",
            has_sent,
        )
    return Column(
        body.name,
        short,
        shown_state(pledge),
        has_sent,
        waiting_days(pledge, today),
        pledge.pid if has_sent else "",
    )
