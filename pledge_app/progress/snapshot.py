"""A report as plain data in the shape of the quarter_report paper (documents/schema.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pledge_app.documents import schema
from pledge_app.kernel.canonical import exact_text
from pledge_app.kernel.text import clean_text
from pledge_app.orgs.queries import holdings_of
from pledge_app.progress import queries, rules
from pledge_app.progress.models import ProgressReport


def snapshot(report: ProgressReport, *, today: date) -> dict[str, Any]:
    """The content of the printed report; number, day and month are blank until the records clerk enters them."""
    pledge, year = report.pledge, report.pledge.emulation_year
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
        "groups": _groups(report), "target_notes": [], "chart": _chart(report),
        "campaigns": [{"name": _campaign_name(row.campaign.quarter, row.campaign.theme), "done": _lines(row.done)}
                      for row in report.campaigns],
        "difficulties": _lines(report.difficulties), "proposals": _lines(report.proposals),
        "closing": "", "signatories": [_signatory(report, today)],
    }
    return content


ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


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


def _groups(report: ProgressReport) -> list[dict[str, Any]]:
    figures = {row.target_id: row for row in
               queries.figures([report.pledge_id], report=report)[report.pledge_id]}
    parents = {row.id: row for row in report.pledge.emulation_year.criteria_set.criteria} \
        if report.pledge.emulation_year.criteria_set else {}
    groups: list[dict[str, Any]] = []
    for line in report.lines:
        criterion = line.target.criterion
        parent = parents.get(criterion.parent_id) if criterion.parent_id else None
        code, name = (parent.code, parent.name) if parent is not None else ("", "")
        if not groups or (groups[-1]["code"], groups[-1]["name"]) != (code, name):
            groups.append({"code": code, "name": name, "rows": []})
        figure, index = figures[line.target_id], report.quarter - 1
        groups[-1]["rows"].append({
            "code": criterion.code, "name": criterion.name, "unit": criterion.unit_of_measure,
            "goal": _text(line.target.goal), "this_quarter": _text(line.value),
            "cumulative": _text(figure.so_far[index]), "percent": _text(rules.shown_percent(figure.percent[index])),
            "estimated": line.is_estimate, "explanation": line.explanation})
    return groups


def _chart(report: ProgressReport) -> dict[str, str] | None:
    return None


def _signatory(report: ProgressReport, today: date) -> dict[str, str]:
    """The head of the reporting body in office today; room is left where there is none."""
    held = holdings_of([report.pledge.body_id], on=today)
    holder = held[0] if held else None
    return {"cell": "sig-1", "authority": holder.authority.value if holder else "TM.",
            "organisation": report.pledge.body.full_name.upper(), "acting": "",
            "title": (holder.title if holder else "Chủ tịch").upper(),
            "name": holder.person.name if holder else ""}
