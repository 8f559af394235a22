"""Báo cáo tiến độ quý: the paper of a report. Pure: the child process imports it."""

from __future__ import annotations

from typing import TypedDict

from pledge_app.papers.content.schema import PaperContent, Signatory
from pledge_app.papers.decree.applicable import REPORT
from pledge_app.papers.definition import N_, FixedWord, Paper, kept_editions
from pledge_app.papers.figures import FigureTable, Row, figure_table
from pledge_app.papers.printing.cells import no_layout, signed_at_the_end


class ProgressRow(TypedDict):
    code: str
    name: str
    unit: str
    goal: str
    this_quarter: str
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
    """Báo cáo tiến độ quý of one unit."""

    quarter: int
    addressed_to: list[str]
    groups: list[ProgressGroup]
    target_notes: list[str]
    chart: Chart | None
    campaigns: list[CampaignResult]
    difficulties: list[str]
    proposals: list[str]
    closing: str
    signatories: list[Signatory]


def _figures(content: QuarterReportContent) -> FigureTable | None:
    heads = [N_("Kế hoạch năm"), N_("Thực hiện trong quý"), N_("Lũy kế")]
    return figure_table(heads, content["groups"], _row_figures)


def _row_figures(row: Row) -> list[str]:
    return [row["goal"], row["this_quarter"], row["cumulative"]]


QUARTER_REPORT = Paper(
    kind="quarter_report",
    name=N_("Báo cáo tiến độ quý"),
    module=__name__,
    content=QuarterReportContent,
    schema_version=2,
    editions=kept_editions("quarter_report", {1: no_layout, 2: signed_at_the_end}),
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
            "{cơ quan} báo cáo kết quả thực hiện giao ước thi đua {kỳ} như sau:",
        ),
        "closing": FixedWord(N_("Phần kết"), ""),
    },
    places=("năm", "cơ quan", "ký hiệu", "kỳ"),
    figures=_figures,
    way_back="progress.show",
)
PAPERS = (QUARTER_REPORT,)
