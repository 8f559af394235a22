"""The figures of one report as rows under their groups, and their chart: the page and the paper
read the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from pledge_app.campaigns.models import Period
from pledge_app.campaigns.period_names import until_name
from pledge_app.campaigns.periods import GOALS_BY, months_of, numbers_of
from pledge_app.charts.svg import Series, grouped_bars
from pledge_app.criteria.kinds import Cadence
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.tree import by_group
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Target, TargetGoal
from pledge_app.progress import rules
from pledge_app.progress.figures import Figure
from pledge_app.progress.figures import figures as figures_of
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.web.language import kept_text

MOST_BARS = 14  # more groups of bars would not be legible on half a page of paper


@dataclass(frozen=True)
class ReportRow:
    """One target. `before` is the year so far after the period before of the same kind; `planned`
    what the goals of the quarters ask for by the period's end; per cent with one decimal.
    """

    line: ProgressLine
    criterion: Criterion
    goal: Decimal | None
    planned: Decimal | None
    before: Decimal | None
    so_far: Decimal | None
    percent: Decimal | None
    percent_before: Decimal | None

    @property
    def brought(self) -> Decimal | None:
        """What the period brought by itself, also where the year so far was typed; of a state the
        state. None where that cannot be said.
        """
        period = self.line.report.period
        value = self.line.value
        is_sum = self.criterion.cadence is Cadence.CUMULATIVE and not self.criterion.is_yes_no
        if period.kind.adds_up or not is_sum or period.number == 1 or value is None:
            return value
        return None if self.before is None else value - self.before


@dataclass(frozen=True)
class ReportGroup:
    """A group of the criteria set; without code and name when its rows have no group."""

    code: str
    name: str
    rows: list[ReportRow]


@dataclass(frozen=True)
class ReportChart:
    """One drawing and what is read out instead of it."""

    svg: str
    title: str
    description: str


def groups(report: ProgressReport) -> list[ReportGroup]:
    """The rows of a report in the order of its targets. Three statements besides the report's
    own.
    """
    pledge_id = report.pledge_id
    kind = report.period.kind
    of_pledge = figures_of(
        [pledge_id],
        kind=kind,
        report=report,
    )[pledge_id]
    figures = {figure.target_id: figure for figure in of_pledge}
    chosen = report.pledge.emulation_year.criteria_set
    criteria = chosen.criteria if chosen is not None else []
    index = report.period.number - 1
    plans = _plans(report)
    return [
        ReportGroup(
            branch.code,
            branch.name,
            [
                _row(
                    line,
                    figures[line.target_id],
                    index,
                    plans.get(line.target_id),
                )
                for line in lines
            ],
        )
        for branch, lines in by_group(
            report.lines,
            lambda line: line.target.criterion,
            criteria,
        )
    ]


def _plans(report: ProgressReport) -> dict[int, Decimal | None]:
    """What each target should have reached by the end of the period, by target id."""
    period = report.period
    until = months_of(period.kind, period.number)[-1]
    typed: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = db.session.execute(
        select(
            TargetGoal.target_id,
            Period.number,
            TargetGoal.value,
        )
        .join(Period, Period.id == TargetGoal.period_id)
        .join(Target, Target.id == TargetGoal.target_id)
        .where(Target.pledge_id == report.pledge_id)
    )
    for target_id, number, value in rows:
        typed[target_id][number] = value
    plans: dict[int, Decimal | None] = {}
    for line in report.lines:
        goals = [typed[line.target_id].get(number) for number in numbers_of(GOALS_BY)]
        plans[line.target_id] = rules.planned(
            goals,
            line.target.criterion.cadence,
            until,
        )
    return plans


def _row(
    line: ProgressLine,
    figure: Figure,
    index: int,
    planned: Decimal | None,
) -> ReportRow:
    """The row of the period at `index` of its kind."""
    return ReportRow(
        line=line,
        criterion=line.target.criterion,
        goal=line.target.goal,
        planned=planned,
        before=figure.so_far[index - 1] if index else None,
        so_far=figure.so_far[index],
        percent=rules.shown_percent(figure.percent[index]),
        percent_before=rules.shown_percent(figure.percent[index - 1]) if index else None,
    )


def chart(report: ProgressReport, rows: list[ReportRow]) -> ReportChart | None:
    """Per cent of the year's goal for each criterion, until this period and until the one of its
    kind before; None while there is nothing to draw. Of a long report the criteria that are
    furthest behind. Its words are Vietnamese: it is printed.
    """
    known = [row for row in rows if row.percent is not None]
    if not known:
        return None
    period = report.period
    until = kept_text(period.until)
    year = report.pledge.emulation_year.year
    title = f"Tỷ lệ thực hiện kế hoạch năm {year}, lũy kế đến {until}"
    if len(known) > MOST_BARS:
        behind = sorted(known, key=lambda row: (row.percent or Decimal(0), row.line.position))
        known = [row for row in known if row in behind[:MOST_BARS]]
        title += f" ({MOST_BARS} chỉ tiêu có tỷ lệ thấp nhất)"
    series = [Series(f"Đến {until}", [row.percent for row in known])]
    if any(row.percent_before is not None for row in known):
        earlier = kept_text(until_name(period.kind, period.number - 1))
        series.insert(0, Series(f"Đến {earlier}", [row.percent_before for row in known]))
    figures = "; ".join(_spoken(row) for row in known)
    description = f"Biểu đồ thanh ngang, đơn vị phần trăm. {figures}."
    names = [f"{row.criterion.code}. {row.criterion.name}" for row in known]
    svg = grouped_bars(
        title,
        description,
        names,
        series,
        unit="%",
    )
    return ReportChart(
        svg,
        title,
        description,
    )


def _spoken(row: ReportRow) -> str:
    percent = format(row.percent or 0, "f").replace(".", ",")
    return f"{row.criterion.name} {percent} %"
