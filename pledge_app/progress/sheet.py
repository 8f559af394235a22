"""The figures of one report as rows under their groups, and their chart: the page and the paper
read the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pledge_app.campaigns.period_names import until_name
from pledge_app.charts.svg import Series, grouped_bars
from pledge_app.criteria.kinds import Cadence, Direction, is_as_good
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.tree import by_group
from pledge_app.progress import rules
from pledge_app.progress.figures import Figure
from pledge_app.progress.figures import figures as figures_of
from pledge_app.progress.models import ProgressLine, ProgressReport
from pledge_app.progress.plan_to_date import Standing, last_month
from pledge_app.progress.rules import LAST_MONTH, Pace
from pledge_app.web.language import kept_text

MOST_BARS = 14  # more groups of bars would not be legible on half a page of paper


@dataclass(frozen=True)
class ReportRow:
    """One target. `before` is the year so far after the period before of the same kind; per cent
    of the year's goal with one decimal; `standing` against the plan to date.
    """

    line: ProgressLine
    criterion: Criterion
    goal: Decimal | None
    before: Decimal | None
    so_far: Decimal | None
    percent: Decimal | None
    percent_before: Decimal | None
    standing: Standing
    standing_before: Standing | None

    @property
    def plan_percent(self) -> Decimal | None:
        """Per cent of the plan to date, with one decimal."""
        return rules.shown_percent(self.standing.percent)

    @property
    def planned(self) -> Decimal | None:
        """The plan to date where it says more than the goal beside it: not at the end of the year,
        nor of what is to stay at zero.
        """
        period = self.line.report.period
        is_year = last_month(period.kind, period.number) == LAST_MONTH
        is_goal = is_year or self.criterion.direction is Direction.KEEP_ZERO
        return None if is_goal else self.standing.plan

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

    @property
    def is_reached(self) -> bool:
        """Whether the year so far is as good as the goal of the year."""
        return is_as_good(
            self.so_far,
            self.goal,
            self.criterion.direction,
            is_strict=self.criterion.is_strict,
        )


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
    """The rows of a report in the order of its targets. Three statements besides its own."""
    pledge_id = report.pledge_id
    kind = report.period.kind
    of_pledge = figures_of([pledge_id], kind=kind, report=report)[pledge_id]
    figures = {figure.target_id: figure for figure in of_pledge}
    chosen = report.pledge.emulation_year.criteria_set
    criteria = chosen.criteria if chosen is not None else []
    index = report.period.number - 1
    return [
        ReportGroup(
            branch.code,
            branch.name,
            [_row(line, figures[line.target_id], index) for line in lines],
        )
        for branch, lines in by_group(report.lines, lambda line: line.target.criterion, criteria)
    ]


def _row(line: ProgressLine, figure: Figure, index: int) -> ReportRow:
    """The row of the period at `index` of its kind."""
    return ReportRow(
        line=line,
        criterion=line.target.criterion,
        goal=line.target.goal,
        before=figure.so_far[index - 1] if index else None,
        so_far=figure.so_far[index],
        percent=rules.shown_percent(figure.percent[index]),
        percent_before=rules.shown_percent(figure.percent[index - 1]) if index else None,
        standing=figure.standings[index],
        standing_before=figure.standings[index - 1] if index else None,
    )


@dataclass(frozen=True)
class Tally:
    """How many targets are as planned or better, and how many are behind, of those planned by
    now.
    """

    planned: int
    on_time: int
    ahead: int
    behind: int

    @property
    def kept(self) -> int:
        """As planned, or better."""
        return self.on_time + self.ahead


def tally(standings: Iterable[Standing]) -> Tally:
    """The standings of one unit counted. What has no figure is planned and neither kept nor
    behind.
    """
    planned = [one for one in standings if one.is_planned]
    counts = Counter(one.pace for one in planned)
    return Tally(
        len(planned),
        counts[Pace.ON_TIME],
        counts[Pace.AHEAD],
        counts[Pace.BEHIND],
    )


def chart(report: ProgressReport, rows: list[ReportRow]) -> ReportChart | None:
    """Per cent of the plan to date for each criterion, until this period and until the one of its
    kind before; of the year's goal where most targets are planned for the whole year only. None
    while there is nothing to draw. Of a long report the criteria that are furthest behind. Its
    words are Vietnamese: it is printed.
    """
    until = kept_text(report.period.until)
    year = report.pledge.emulation_year.year
    bars = [_against_plan(row) for row in rows]
    title = f"Thực hiện so với kế hoạch đến {until} năm {year}"
    by_year = [_against_year(row) for row in rows]
    if 2 * _drawn(bars) < _drawn(by_year):
        bars = by_year
        title = f"Tỷ lệ thực hiện kế hoạch năm {year}, lũy kế đến {until}"
    known = [bar for bar in bars if bar.now is not None]
    if not known:
        return None
    if len(known) > MOST_BARS:
        behind = sorted(known, key=lambda bar: (bar.now or Decimal(0), bar.row.line.position))
        known = [bar for bar in known if bar in behind[:MOST_BARS]]
        title += f" ({MOST_BARS} chỉ tiêu có tỷ lệ thấp nhất)"
    series = [Series(f"Đến {until}", [bar.now for bar in known])]
    if any(bar.before is not None for bar in known):
        earlier = kept_text(until_name(report.period.kind, report.period.number - 1))
        series.insert(0, Series(f"Đến {earlier}", [bar.before for bar in known]))
    figures = "; ".join(_spoken(bar) for bar in known)
    description = f"Biểu đồ thanh ngang, đơn vị phần trăm. {figures}."
    names = [f"{bar.row.criterion.code}. {bar.row.criterion.name}" for bar in known]
    svg = grouped_bars(
        title,
        description,
        names,
        series,
        unit="%",
    )
    return ReportChart(svg, title, description)


class Bar(NamedTuple):
    """A row with what is drawn of it: per cent with one decimal, now and a period before."""

    row: ReportRow
    now: Decimal | None
    before: Decimal | None


def _drawn(bars: Iterable[Bar]) -> int:
    return sum(bar.now is not None for bar in bars)


def _against_plan(row: ReportRow) -> Bar:
    before = row.standing_before
    return Bar(
        row,
        row.plan_percent if row.standing.is_asked else None,
        rules.shown_percent(before.percent) if before is not None and before.is_asked else None,
    )


def _against_year(row: ReportRow) -> Bar:
    return Bar(
        row,
        row.percent,
        row.percent_before,
    )


def _spoken(bar: Bar) -> str:
    percent = format(bar.now or 0, "f").replace(".", ",")
    return f"{bar.row.criterion.name} {percent} %"
