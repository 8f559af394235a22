"""Báo cáo kết quả thực hiện giao ước: the paper of a report of any period. Pure: the child process
imports it.

Its first two editions were of quarters alone, of which some names still speak.
"""

from __future__ import annotations

from typing import TypedDict

from pledge_app.papers.content.schema import PaperContent, Signatory
from pledge_app.papers.decree.applicable import REPORT
from pledge_app.papers.definition import (
    N_,
    TEMPLATES,
    Content,
    Edition,
    FixedWord,
    Paper,
    kept_editions,
)
from pledge_app.papers.figures import FigureTable, Row, figure_table
from pledge_app.papers.printing.cells import no_layout, signed_at_the_end
from pledge_app.papers.vietnamese import roman
from pledge_app.progress.paper_layout import report_layout


class ProgressRow(TypedDict):
    code: str
    name: str
    unit: str
    goal: str
    planned: str
    """What was planned until the end of the period; "" = nothing was."""
    this_quarter: str
    """What the period brought by itself."""
    cumulative: str
    percent: str
    """Cumulative against the goal, "50" = 50 %; "" = cannot be said."""
    estimated: bool
    """The value is an estimate (ước), not an actual."""
    explanation: str


class ProgressGroup(TypedDict):
    code: str
    name: str
    rows: list[ProgressRow]


class CampaignResult(TypedDict):
    name: str
    """"Đợt thi đua quý I" with its theme, if any."""
    done: list[str]


class Chart(TypedDict):
    svg: str
    """One whole <svg> element; shown as an image, so it can reach nothing."""
    title: str
    description: str
    """Read out instead of the picture; obligatory."""


class QuarterReportContent(PaperContent):
    """The report of one unit; since version 3 of any period and in five parts."""

    quarter: int
    """0 = the period is no quarter."""
    period: str
    """"quý I", "6 tháng đầu năm"."""
    until: str
    """"hết quý I"."""
    next_period: str
    """"quý II năm 2023"."""
    shows_cumulative: bool
    """Whether the year so far differs from what the period brought."""
    addressed_to: list[str]
    situation: list[str]
    summary: list[str]
    """Above the table: how many targets are reached."""
    groups: list[ProgressGroup]
    target_notes: list[str]
    chart: Chart | None
    movements: list[str]
    campaigns: list[CampaignResult]
    difficulties: list[str]
    causes: list[str]
    directions: list[str]
    proposals: list[str]
    closing: str
    signatories: list[Signatory]


def with_five_parts(content: Content) -> dict[str, object]:
    """A content of schema version 2, which was of a quarter and had three parts of text."""
    quarter = f"quý {roman(content['quarter'])}"
    groups = [
        {**group, "rows": [{**row, "planned": ""} for row in group["rows"]]}
        for group in content["groups"]
    ]
    return {
        **content,
        "groups": groups,
        "period": quarter,
        "until": f"hết {quarter}",
        "next_period": "",
        "shows_cumulative": True,
        "situation": [],
        "summary": [],
        "movements": [],
        "causes": [],
        "directions": [],
    }


def _figures(content: QuarterReportContent) -> FigureTable | None:
    heads = [N_("Kế hoạch năm"), N_("Thực hiện trong kỳ"), N_("Lũy kế")]
    return figure_table(heads, content["groups"], _row_figures)


def _row_figures(row: Row) -> list[str]:
    return [row["goal"], row["this_quarter"], row["cumulative"]]


QUARTER_REPORT = Paper(
    kind="quarter_report",
    name=N_("Báo cáo kết quả thực hiện giao ước"),
    module=__name__,
    content=QuarterReportContent,
    schema_version=3,
    upcasts={2: with_five_parts},
    editions={
        **kept_editions("quarter_report", {1: no_layout, 2: signed_at_the_end}),
        3: Edition(TEMPLATES / "quarter_report" / "v3", 2, report_layout),
    },
    parts=REPORT,
    wording={
        "type_name": FixedWord(N_("Tên loại văn bản"), "BÁO CÁO", is_line=True),
        "subject": FixedWord(
            N_("Trích yếu"),
            "Kết quả thực hiện giao ước thi đua {kỳ}",
            is_line=True,
        ),
        "symbol": FixedWord(N_("Ký hiệu"), "BC-{ký hiệu}", is_line=True),
        "opening": FixedWord(
            N_("Câu mở đầu"),
            "Thực hiện giao ước thi đua năm {năm}, {cơ quan} báo cáo kết quả {kỳ} như sau:",
        ),
        "closing": FixedWord(
            N_("Phần kết"),
            "Trên đây là báo cáo kết quả thực hiện giao ước thi đua {kỳ} của {cơ quan}./.",
        ),
    },
    places=("năm", "cơ quan", "ký hiệu", "kỳ"),
    figures=_figures,
    way_back="progress.show",
)
PAPERS = (QUARTER_REPORT,)
