"""A report as plain data, in the shape of its paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pledge_app.campaigns.period_names import next_dated
from pledge_app.documents import parts
from pledge_app.documents.wording import Wording, wording
from pledge_app.papers.content.schema import PaperContent
from pledge_app.progress import sheet
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.paper import QUARTER_REPORT, Chart, ProgressGroup, QuarterReportContent
from pledge_app.web.language import kept_text


def snapshot(report: ProgressReport, *, today: date) -> QuarterReportContent:
    """The content of the printed report; number, day and month are blank until the records clerk
    enters them.
    """
    pledge = report.pledge
    year = report.pledge.emulation_year
    groups = sheet.groups(report)
    reviewer = pledge.cluster.reviewer
    period = report.period
    words = wording(QUARTER_REPORT)
    places = {
        "năm": str(year.year),
        "cơ quan": pledge.body.full_name,
        "ký hiệu": pledge.body.symbol,
        "kỳ": kept_text(period.dated),
    }
    return {
        **_frame(report, words, places, today),
        "quarter": period.number if period.is_quarter else 0,
        "period": kept_text(period.name),
        "until": kept_text(period.until),
        "next_period": kept_text(
            next_dated(
                period.kind,
                period.number,
                year.year,
            )
        ),
        "shows_cumulative": period.kind.adds_up or period.number > 1,
        "situation": parts.paragraphs(report.situation),
        "summary": [_summary(report, groups)],
        "addressed_to": [parts.full_name_in_texts(reviewer)],
        "groups": [_group(group) for group in groups],
        "target_notes": [],
        "chart": _chart(report, groups),
        "movements": parts.paragraphs(report.movements),
        "campaigns": [
            {
                "name": parts.campaign_name(row.campaign),
                "done": parts.paragraphs(row.done),
            }
            for row in report.campaigns
        ],
        "difficulties": parts.paragraphs(report.difficulties),
        "causes": parts.paragraphs(report.causes),
        "directions": parts.paragraphs(report.directions),
        "proposals": parts.paragraphs(report.proposals),
        "closing": words.filled("closing", places),
        "signatories": [parts.head_signs(pledge.body, today)],
    }


def _frame(
    report: ProgressReport,
    words: Wording,
    places: Mapping[str, str],
    today: date,
) -> PaperContent:
    """What every paper has: head, title, opening, Nơi nhận."""
    pledge = report.pledge
    year = pledge.emulation_year
    dated = places["kỳ"]
    return parts.frame(
        QUARTER_REPORT,
        year=year.year,
        type_name=words.filled("type_name", places),
        subject=words.filled("subject", places),
        title=f"Báo cáo kết quả thực hiện giao ước thi đua {dated} - {pledge.body.name}",
        author=pledge.body.full_name,
        heading=parts.head_of(
            pledge.body,
            words.filled("symbol", places) if pledge.body.symbol else "",
            today.year,
        ),
        bases=parts.guidance_basis(year),
        opening=parts.paragraphs(words.filled("opening", places)),
        recipients=[
            "Như trên",
            parts.archive_line(pledge.body),
        ],
        illustrative=report.is_illustrative,
    )


def _summary(report: ProgressReport, groups: list[sheet.ReportGroup]) -> str:
    """How many targets have reached the year's goal, and of how many nothing is known."""
    rows = [row for group in groups for row in group.rows]
    reached = sum(row.is_reached for row in rows)
    unknown = sum(row.so_far is None for row in rows)
    until = kept_text(report.period.until)
    said = f"Đến {until}, {reached:02}/{len(rows):02} chỉ tiêu đạt kế hoạch năm"
    return f"{said}; {unknown:02} chỉ tiêu chưa có số liệu." if unknown else f"{said}."


def _group(group: sheet.ReportGroup) -> ProgressGroup:
    return {
        "code": group.code,
        "name": group.name,
        "rows": [
            {
                "code": row.criterion.code,
                "name": row.criterion.name,
                "unit": row.criterion.unit_of_measure,
                "goal": parts.said_goal(row.criterion, row.goal),
                "planned": _figure(row, row.planned),
                "this_quarter": _figure(row, row.brought),
                "cumulative": _figure(row, row.so_far),
                "percent": parts.figure(row.percent),
                "estimated": row.line.is_estimate,
                "explanation": row.line.explanation,
            }
            for row in group.rows
        ],
    }


def _figure(row: sheet.ReportRow, value: Decimal | None) -> str:
    return parts.said_figure(row.criterion.kind, value)


def _chart(report: ProgressReport, groups: list[sheet.ReportGroup]) -> Chart | None:
    chart = sheet.chart(report, [row for group in groups for row in group.rows])
    return (
        {
            "svg": chart.svg,
            "title": chart.title,
            "description": chart.description,
        }
        if chart is not None
        else None
    )
