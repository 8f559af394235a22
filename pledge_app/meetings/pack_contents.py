"""What each paper of the meeting pack says, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, cast

from pledge_app.agreements import queries
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.paper import AGREEMENT, AgreementContent
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.documents import parts
from pledge_app.documents.models import Document
from pledge_app.documents.operations import frozen_content
from pledge_app.meetings.agenda import Matter
from pledge_app.meetings.models import Attendance
from pledge_app.meetings.news_item import news_content
from pledge_app.meetings.paper import (
    DELEGATES,
    INVITATION,
    MINUTES,
    NEWS,
    PROGRAMME,
    SCRIPT,
    Delegate,
    DelegatesContent,
    InvitationContent,
    ProgrammeContent,
    ScriptContent,
)
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
from pledge_app.papers.content.schema import PaperContent
from pledge_app.papers.definition import Content, Paper

NOTES = {
    Attendance.PRESENT: "",
    Attendance.WITNESS: "Chứng kiến",
    Attendance.GUEST: "Khách mời",
    Attendance.ABSENT: "Vắng mặt",
    Attendance.REFUSED: "Từ chối ký",
}


class PaperOfPack(TypedDict):
    """One paper of the pack, as it is kept until its job is done."""

    name: str
    """Of its files, without their ending: "03-danh-sach-dai-bieu"."""
    kind: str
    content: Content
    version: int
    """Of its templates."""


def pack_papers(agreement: Agreement, *, today: date) -> list[PaperOfPack]:
    """In the order of the meeting. A frozen paper comes as it was frozen."""
    facts = _facts(agreement, today)
    agreed = agreement_content(agreement)
    if agreement.document is not None:
        agreed = cast(AgreementContent, frozen_content(agreement.document.envelope))
    plan = plan_of(agreement.cluster)
    matters = programme(agreement, plan, guest_lines(plan) if plan else ())
    held = meeting_of(agreement)
    minutes = (
        frozen_content(held.document.envelope)
        if held is not None and held.document
        else {**minutes_content(facts, queries.round_of(agreement)), "draft": True}
    )
    papers: list[tuple[str, Paper, Content, Document | None]] = [
        ("giay-moi", INVITATION, _invitation(facts, today), None),
        ("chuong-trinh", PROGRAMME, _programme(facts, matters), None),
        ("danh-sach-dai-bieu", DELEGATES, _delegates(facts), None),
        ("loi-dan", SCRIPT, _script(facts, matters), None),
        ("du-thao-giao-uoc", AGREEMENT, _as_draft(agreed), agreement.document),
    ]
    if agreement.document:
        papers.append(("giao-uoc-ban-ky", AGREEMENT, agreed, agreement.document))
    papers.append(("bien-ban", MINUTES, minutes, held.document if held else None))
    papers.append(("tin-bai", NEWS, news_content(facts, agreed), None))
    return [
        {
            "name": f"{place:02}-{name}",
            "kind": paper.kind,
            "content": content,
            "version": _template_of(paper, document),
        }
        for place, (name, paper, content, document) in enumerate(papers, 1)
    ]


def _as_draft(agreed: Content) -> Content:
    return {
        **agreed,
        "draft": True,
        "short_code": "",
        "public_url": "",
    }


def _facts(agreement: Agreement, today: date) -> Particulars:
    """What was recorded, or what is planned: minutes begun before the planned day say nothing of
    it yet.
    """
    plan = plan_of(agreement.cluster)
    is_to_come = plan is not None and plan.on_date is not None and plan.on_date > today
    return as_planned(agreement) if is_to_come else as_known(agreement)


def _template_of(paper: Paper, document: Document | None) -> int:
    """The templates of a frozen paper are those of its envelope; a paper of today takes today's."""
    return document.envelope.template_version if document is not None else paper.template_version


def _frame(facts: Particulars, paper: Paper, type_name: str) -> PaperContent:
    """The head of a paper of the meeting itself: the cluster issues it, without number."""
    agreement = facts.agreement
    year = agreement.cluster.year
    subject = facts.title
    return parts.frame(
        paper,
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


def _programme(facts: Particulars, matters: Sequence[Matter]) -> ProgrammeContent:
    return {
        **_frame(facts, PROGRAMME, "CHƯƠNG TRÌNH"),
        "starts_at": clock_of(facts.on_date, facts.begins),
        "place": facts.place or "…..",
        "items": [{"matter": one.name, "by": one.by, "at": one.at} for one in matters],
    }


def _script(facts: Particulars, matters: Sequence[Matter]) -> ScriptContent:
    return {
        **_frame(facts, SCRIPT, "LỜI DẪN CHƯƠNG TRÌNH"),
        "parts": [{"matter": one.name, "said": list(one.said)} for one in matters],
    }


def _invitation(facts: Particulars, today: date) -> InvitationContent:
    agreement = facts.agreement
    lead, cluster = agreement.lead_body, agreement.cluster
    occasion = f"{facts.title} của {in_sentence(cluster.name)}"
    guests = [
        f"Đồng chí {', '.join(filter(None, (one.name, one.titles)))}"
        for one in facts.people
        if one.attendance is Attendance.GUEST or one.is_guest
    ]
    return {
        **_frame(facts, INVITATION, "GIẤY MỜI"),
        "heading": parts.head_of(
            lead,
            f"GM-{lead.symbol}" if lead.symbol else "",
            year_of_meeting(facts),
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
        "chair": f"Đồng chí {facts.chairs}" if facts.chairs else "",
        "starts_at": clock_of(facts.on_date, facts.begins),
        "place": facts.place or "…..",
        "notes": [],
        "signatories": [parts.head_signs(lead, facts.on_date or today)],
    }


def _delegates(facts: Particulars) -> DelegatesContent:
    """Guests and witnesses first, as they are introduced."""
    shown = facts.who(Attendance.GUEST, Attendance.WITNESS, Attendance.PRESENT)
    delegates: list[Delegate] = [
        {"name": one.name, "office": one.titles, "note": one.note or NOTES[one.attendance]}
        for one in shown
    ]
    return {**_frame(facts, DELEGATES, "DANH SÁCH ĐẠI BIỂU"), "delegates": delegates}
