"""What each paper of the meeting pack says, as plain data; see papers/content/meeting_schema.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from pledge_app.agreements import queries
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.documents import parts
from pledge_app.documents.models import Document
from pledge_app.documents.operations import frozen_content
from pledge_app.meetings.models import Attendance
from pledge_app.meetings.news_item import news_content
from pledge_app.meetings.particulars import (
    Particulars,
    as_known,
    as_planned,
    guest_lines,
    in_sentence,
    programme,
    year_of_meeting,
)
from pledge_app.meetings.queries import meeting_of, plan_of
from pledge_app.meetings.snapshot import clock_of, minutes_content
from pledge_app.papers.content.schema import TEMPLATE_VERSION

NOTES = {
    Attendance.PRESENT: "",
    Attendance.WITNESS: "Chứng kiến",
    Attendance.GUEST: "Khách mời",
    Attendance.ABSENT: "Vắng mặt",
    Attendance.REFUSED: "Từ chối ký",
}


def pack_papers(agreement: Agreement, *, today: date) -> list[dict[str, Any]]:
    """[{"name", "kind", "content", "version"}] in the order of the meeting. A frozen paper comes
    as it was frozen.
    """
    facts = _facts(agreement, today)
    agreed = (
        frozen_content(agreement.document.envelope)
        if agreement.document
        else agreement_content(agreement)
    )
    plan = plan_of(agreement.cluster)
    matters = programme(agreement, plan, guest_lines(plan) if plan else ())
    held = meeting_of(agreement)
    minutes = (
        frozen_content(held.document.envelope)
        if held is not None and held.document
        else {**minutes_content(facts, queries.round_of(agreement)), "draft": True}
    )
    papers = [
        ("giay-moi", "invitation", _invitation(facts, today)),
        (
            "chuong-trinh",
            "programme",
            {
                **_frame(facts, "CHƯƠNG TRÌNH"),
                "starts_at": clock_of(facts.on_date, facts.begins),
                "place": facts.place or "…..",
                "items": [{"matter": one.name, "by": one.by} for one in matters],
            },
        ),
        (
            "danh-sach-dai-bieu",
            "delegates",
            {**_frame(facts, "DANH SÁCH ĐẠI BIỂU"), "delegates": _delegates(facts)},
        ),
        (
            "loi-dan",
            "script",
            {
                **_frame(facts, "LỜI DẪN CHƯƠNG TRÌNH"),
                "parts": [{"matter": one.name, "said": list(one.said)} for one in matters],
            },
        ),
        (
            "du-thao-giao-uoc",
            "agreement",
            {**agreed, "draft": True, "short_code": "", "public_url": ""},
        ),
        *([("giao-uoc-ban-ky", "agreement", agreed)] if agreement.document else []),
        ("bien-ban", "minutes", minutes),
        ("tin-bai", "news", news_content(facts, agreed)),
    ]
    frozen_by = {
        "agreement": _template_of(agreement.document),
        "minutes": _template_of(held.document if held else None),
    }
    return [
        {
            "name": f"{place:02}-{name}",
            "kind": kind,
            "content": content,
            "version": frozen_by.get(kind, TEMPLATE_VERSION),
        }
        for place, (name, kind, content) in enumerate(papers, 1)
    ]


def _facts(agreement: Agreement, today: date) -> Particulars:
    """What was recorded, or what is planned: minutes begun before the planned day say nothing of
    it yet.
    """
    plan = plan_of(agreement.cluster)
    is_to_come = plan is not None and plan.on_date is not None and plan.on_date > today
    return as_planned(agreement) if is_to_come else as_known(agreement)


def _template_of(document: Document | None) -> int:
    """The templates of a frozen paper are those of its envelope; a paper of today takes today's."""
    return document.envelope.template_version if document is not None else TEMPLATE_VERSION


def _frame(facts: Particulars, type_name: str) -> dict[str, Any]:
    """The head of a paper of the meeting itself: the cluster issues it, without number."""
    agreement = facts.agreement
    year = agreement.cluster.year
    subject = f"Hội nghị ký kết giao ước thi đua năm {year}"
    return parts.frame(
        year=year,
        type_name=type_name,
        subject=subject,
        title=f"{type_name.capitalize()} {subject} - {agreement.cluster.name}",
        author=agreement.lead_body.full_name,
        heading={
            "superior": "",
            "issuer": agreement.cluster.name.upper(),
            "number": "",
            "symbol": "",
            "place": agreement.place or agreement.lead_body.place,
            "day": "",
            "month": "",
            "year": str(year_of_meeting(facts)),
        },
        bases=[],
        opening=[],
        recipients=[],
        illustrative=agreement.is_illustrative,
        show_qr=False,
    )


def _invitation(facts: Particulars, today: date) -> dict[str, Any]:
    agreement = facts.agreement
    lead, cluster, year = agreement.lead_body, agreement.cluster, agreement.cluster.year
    occasion = f"Hội nghị ký kết giao ước thi đua năm {year} của {in_sentence(cluster.name)}"
    guests = [
        f"Đồng chí {', '.join(filter(None, (one.name, one.titles)))}"
        for one in facts.people
        if one.attendance is Attendance.GUEST or one.is_guest
    ]
    return {
        **_frame(facts, "GIẤY MỜI"),
        "heading": parts.head_of(
            lead, f"GM-{lead.symbol}" if lead.symbol else "", year_of_meeting(facts)
        ),
        "recipients": ["Như thành phần mời", parts.archive_line(lead)],
        "inviter": lead.full_name,
        "invited": [
            f"Đại diện lãnh đạo {parts.full_name_in_texts(cluster.reviewer)}",
            *guests,
            *(
                f"Đại diện lãnh đạo {parts.full_name_in_texts(member.body)}"
                for member in cluster.members
                if member.body_id != lead.id
            ),
        ],
        "occasion": occasion,
        "chair": f"Đồng chí {facts.chair_name}" if facts.chair_name else "",
        "starts_at": clock_of(facts.on_date, facts.begins),
        "place": facts.place or "…..",
        "notes": [],
        "signatories": [parts.head_signs(lead, facts.on_date or today)],
    }


def _delegates(facts: Particulars) -> list[dict[str, str]]:
    """Guests and witnesses first, as they are introduced."""
    shown = facts.who(Attendance.GUEST, Attendance.WITNESS, Attendance.PRESENT)
    return [
        {"name": one.name, "office": one.titles, "note": one.note or NOTES[one.attendance]}
        for one in shown
    ]
