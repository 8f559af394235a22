"""The figures of one report as rows under their groups, and their chart: the page and the paper
read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pledge_app.charts.svg import Series, grouped_bars
from pledge_app.criteria.models import Criterion
from pledge_app.documents.parts import ROMAN
from pledge_app.progress import queries, rules
from pledge_app.progress.models import ProgressLine, ProgressReport

MOST_BARS = 14  # more groups of bars would not be legible on half a page of paper


@dataclass(frozen=True)
class ReportRow:
    """One target. `before` is the year so far without this quarter; per cent with one decimal."""

    line: ProgressLine
    criterion: Criterion
    goal: Decimal | None
    before: Decimal | None
    so_far: Decimal | None
    percent: Decimal | None
    percent_before: Decimal | None


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
    """The rows of a report in the order of its targets. Two statements besides the report's own."""
    figures = {
        row.target_id: row
        for row in queries.figures([report.pledge_id], report=report)[report.pledge_id]
    }
    chosen = report.pledge.emulation_year.criteria_set
    parents = {row.id: row for row in chosen.criteria} if chosen is not None else {}
    found: list[ReportGroup] = []
    for line in report.lines:
        criterion, figure, index = (
            line.target.criterion,
            figures[line.target_id],
            report.quarter - 1,
        )
        parent = parents.get(criterion.parent_id) if criterion.parent_id else None
        code, name = (parent.code, parent.name) if parent is not None else ("", "")
        if not found or (found[-1].code, found[-1].name) != (code, name):
            found.append(ReportGroup(code, name, []))
        found[-1].rows.append(
            ReportRow(
                line,
                criterion,
                line.target.goal,
                figure.so_far[index - 1] if index else None,
                figure.so_far[index],
                rules.shown_percent(figure.percent[index]),
                rules.shown_percent(figure.percent[index - 1]) if index else None,
            )
        )
    return found


def chart(report: ProgressReport, rows: list[ReportRow]) -> ReportChart | None:
    """Per cent of the year's goal for each criterion, until this quarter and until the one
    before; None while there is nothing to draw. Of a long report the criteria that are
    furthest behind.
    """
    known = [row for row in rows if row.percent is not None]
    if not known:
        return None
    quarter, year = ROMAN[report.quarter], report.pledge.emulation_year.year
    title = f"Tỷ lệ thực hiện kế hoạch năm {year}, lũy kế đến hết quý {quarter}"
    if len(known) > MOST_BARS:
        behind = sorted(known, key=lambda row: (row.percent or Decimal(0), row.line.position))[
            :MOST_BARS
        ]
        known = [row for row in known if row in behind]
        title += f" ({MOST_BARS} chỉ tiêu có tỷ lệ thấp nhất)"
    series = [Series(f"Đến hết quý {quarter}", [row.percent for row in known])]
    if any(row.percent_before is not None for row in known):
        series.insert(
            0,
            Series(
                f"Đến hết quý {ROMAN[report.quarter - 1]}", [row.percent_before for row in known]
            ),
        )
    said = "; ".join(
        f"{row.criterion.name} {format(row.percent or 0, 'f').replace('.', ',')} %" for row in known
    )
    description = f"Biểu đồ thanh ngang, đơn vị phần trăm. {said}."
    svg = grouped_bars(
        title,
        description,
        [f"{row.criterion.code}. {row.criterion.name}" for row in known],
        series,
        unit="%",
    )
    return ReportChart(svg, title, description)
