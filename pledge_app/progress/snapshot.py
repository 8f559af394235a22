"""A report as plain data in the shape of the quarter_report paper (documents/schema.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pledge_app.criteria.kinds import ValueKind
from pledge_app.documents import schema
from pledge_app.documents.parts import ROMAN
from pledge_app.kernel.canonical import exact_text
from pledge_app.kernel.text import clean_text
from pledge_app.orgs.queries import holdings_of
from pledge_app.progress import sheet
from pledge_app.progress.models import ProgressReport


def snapshot(report: ProgressReport, *, today: date) -> dict[str, Any]:
    """The content of the printed report; number, day and month are blank until the records clerk enters them."""
    pledge, year = report.pledge, report.pledge.emulation_year
    groups = sheet.groups(report)
    reviewer = pledge.cluster.reviewer
    content: dict[str, Any] = {
        "schema": schema.SCHEMA_VERSION, "year": year.year, "quarter": report.quarter,
        "type_name": "BÁO CÁO",
        "subject": f"Kết quả thực hiện giao ước thi đua quý {ROMAN[report.quarter]} năm {year.year}",
        "title": f"Báo cáo tiến độ quý {ROMAN[report.quarter]} năm {year.year} - {pledge.body.name}",
        "author": pledge.body.full_name,
        "heading": {"superior": pledge.body.superior_name, "issuer": pledge.body.full_name.upper(), "number": "",
                    "symbol": f"BC-{pledge.body.symbol}", "place": pledge.body.place, "day": "", "month": "",
                    "year": str(today.year)},
        "bases": [_guidance(report)] if year.guidance_number else [],
        "opening": [f"{pledge.body.full_name} báo cáo kết quả thực hiện giao ước thi đua quý "
                    f"{ROMAN[report.quarter]} năm {year.year} như sau:"],
        "recipients": [f"{reviewer.full_name} (để báo cáo)", "Lưu: VT"],
        "draft": False, "illustrative": report.is_illustrative, "short_code": "", "public_url": "", "show_qr": True,
        "addressed_to": [reviewer.full_name],
        "groups": [_group(group) for group in groups], "target_notes": [], "chart": _chart(report, groups),
        "campaigns": [{"name": _campaign_name(row.campaign.quarter, row.campaign.theme), "done": _lines(row.done)}
                      for row in report.campaigns],
        "difficulties": _lines(report.difficulties), "proposals": _lines(report.proposals),
        "closing": "", "signatories": [_signatory(report, today)],
    }
    return content


def _guidance(report: ProgressReport) -> str:
    year = report.pledge.emulation_year
    dated = f" ngày {year.guidance_date:%d} tháng {year.guidance_date:%m} năm {year.guidance_date.year}" \
        if year.guidance_date else ""
    return f"Căn cứ Hướng dẫn số {year.guidance_number}{dated} của {year.issuer.name} {year.guidance_title}".strip()


def _campaign_name(quarter: int, theme: str) -> str:
    return f"Đợt thi đua quý {ROMAN[quarter]}" + (f" “{theme}”" if theme else "")


def _lines(text: str) -> list[str]:
    return [line for line in clean_text(text).splitlines() if line.strip()]


def _text(value: Decimal | None) -> str:
    return "" if value is None else exact_text(value)


def _group(group: sheet.ReportGroup) -> dict[str, Any]:
    return {"code": group.code, "name": group.name, "rows": [{
        "code": row.criterion.code, "name": row.criterion.name, "unit": row.criterion.unit_of_measure,
        "goal": _figure(row, row.goal), "this_quarter": _figure(row, row.line.value),
        "cumulative": _figure(row, row.so_far), "percent": _text(row.percent),
        "estimated": row.line.is_estimate, "explanation": row.line.explanation} for row in group.rows]}


def _figure(row: sheet.ReportRow, value: Decimal | None) -> str:
    if row.criterion.kind is ValueKind.YES_NO and value is not None:
        return "Đạt" if value else "Không đạt"
    return _text(value)


def _chart(report: ProgressReport, groups: list[sheet.ReportGroup]) -> dict[str, str] | None:
    drawn = sheet.chart(report, [row for group in groups for row in group.rows])
    return {"svg": drawn.svg, "title": drawn.title, "description": drawn.description} if drawn is not None else None


def _signatory(report: ProgressReport, today: date) -> dict[str, str]:
    """The head of the reporting body in office today; room is left where there is none."""
    held = holdings_of([report.pledge.body_id], on=today)
    holder = held[0] if held else None
    return {"cell": "sig-1", "authority": holder.authority.value if holder else "TM.",
            "organisation": report.pledge.body.full_name.upper(), "acting": "",
            "title": (holder.title if holder else "Chủ tịch").upper(),
            "name": holder.person.name if holder else ""}
