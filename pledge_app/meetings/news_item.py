"""Tin, bài for the website: the meeting told from the data, in the order and the words such
reports use.
"""

from __future__ import annotations

from pledge_app.agreements.paper import AgreementContent, Campaign
from pledge_app.campaigns.calendar import celebrate
from pledge_app.documents import parts
from pledge_app.kernel.roman import roman
from pledge_app.meetings.models import Attendance
from pledge_app.meetings.paper import NEWS, NewsContent
from pledge_app.meetings.particulars import (
    LEVELS,
    Delegate,
    Particulars,
    in_sentence,
    together,
)
from pledge_app.meetings.queries import plan_of
from pledge_app.papers.definition import Content
from pledge_app.papers.vietnamese import full_stop, unsaid


def news_content(facts: Particulars, agreed: AgreementContent) -> NewsContent:
    """`agreed`: what the agreement says."""
    agreement = facts.agreement
    year, cluster = agreement.cluster.year, in_sentence(agreement.cluster.name)
    units = together([party["unit"] for party in agreed["parties"]])
    plan = plan_of(agreement.cluster)
    named = facts.own_title or f"Hội nghị Ký giao ước thi đua năm {year}"
    headline = f"{_kind(units)} {cluster} tổ chức {named}"
    frame = parts.frame(
        NEWS,
        year=year,
        type_name="TIN BÀI",
        subject="",
        title=headline,
        author=agreement.lead_body.full_name,
        heading=agreed["heading"],
        bases=[],
        opening=[],
        recipients=[],
        illustrative=agreement.is_illustrative,
        show_qr=False,
    )
    return {
        **frame,
        "headline": headline,
        "lead": _lead(facts, cluster, units),
        "body": [
            _why(
                agreed,
                cluster,
                units,
                year,
            ),
            *_contents(agreed),
            *_standards(agreed),
            _signing(units, cluster, year),
            *_elected(facts),
            *_closing(plan.news_closing if plan else "", cluster, year),
        ],
        "written_by": plan.news_author if plan else "",
    }


def plain_text(content: Content) -> str:
    """The item to be pasted into the website's editor."""
    marks = ["(Số liệu minh họa)"] if content["illustrative"] else []
    lines = [
        content["headline"],
        *marks,
        *content["lead"],
        *content["body"],
        content["written_by"],
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def _kind(units: str) -> str:
    """ "Các xã" where all are communes, else "Các đơn vị"."""
    return next(
        (f"Các {level}" for level in LEVELS if units.startswith(f"các {level} ")),
        "Các đơn vị",
    )


def _lead(facts: Particulars, cluster: str, units: str) -> list[str]:
    when = f"Ngày {facts.on_date:%d/%m/%Y}" if facts.on_date else "Vừa qua"
    where = f", tại {facts.place}" if facts.place else ""
    said = [
        f"{when}{where}, {_kind(units).lower()} trong {cluster}, gồm {units} tổ chức ký giao ước "
        f"thi đua năm {facts.agreement.cluster.year}."
    ]
    guests = facts.who(Attendance.GUEST, Attendance.WITNESS)
    return [" ".join([*said, *(_came(one) for one in guests)])]


def _came(one: Delegate) -> str:
    named = f"Đồng chí {one.name} – {one.titles}" if one.titles else f"Đồng chí {one.name}"
    return (
        f"{named} đã về dự, chỉ đạo Hội nghị."
        if one.attendance is Attendance.GUEST or one.is_guest
        else f"{named} đã về dự, chứng kiến lễ ký."
    )


def _why(agreed: AgreementContent, cluster: str, units: str, year: int) -> str:
    """The guidance first, then the purpose, then who signs."""
    guidance = next((basis for basis in agreed["bases"] if "Hướng dẫn số" in basis), "")
    purpose = agreed["opening"][0].rstrip(" .") if agreed["opening"] else ""
    begun = "; ".join(filter(None, (guidance, purpose)))
    told = f"{begun}. Theo đó, " if begun else ""
    return (
        f"{told}{_kind(units).lower() if told else _kind(units)} trong {cluster.split()[0]} gồm: "
        f"{units.removeprefix(_kind(units).lower()).strip()} tổ chức ký giao ước thi đua với các "
        f"nội dung cụ thể như sau:"
    )


def _contents(agreed: AgreementContent) -> list[str]:
    said = [*agreed["opening"][1:], *agreed["contents_intro"]]
    drives = [_drive(row) for row in agreed["campaigns"]]
    return (
        [f"Nội dung thi đua: {' '.join(said)} Cụ thể: {' '.join(drives)}".replace("  ", " ")]
        if drives
        else said
    )


def _drive(row: Campaign) -> str:
    """The campaign's own words where they say it all; else its theme, its days and what is done."""
    done = "; ".join(line.rstrip(" .;") for line in row["contents"])
    quarter = f"Quý {roman(row['quarter'])}"
    theme_left = row["theme"] if row["theme"] not in done else ""
    left = unsaid(row["anniversaries"], done)
    if done.lower().startswith("phát động") and not theme_left and not left:
        return f"{quarter}: {full_stop(done)}"
    theme = f" với chủ đề “{theme_left}”" if theme_left else ""
    occasion = celebrate(left)
    welcomed = f" chào mừng {occasion}" if occasion else ""
    return f"{quarter}: Phát động phong trào thi đua{theme}{welcomed}." + (
        f" Nội dung: {done}." if done else ""
    )


def _standards(agreed: AgreementContent) -> list[str]:
    said = " ".join(agreed["criteria_intro"])
    return (
        [f"Tiêu chuẩn thi đua cũng được cụ thể hóa. Trong đó, trọng tâm là: {said}"] if said else []
    )


def _signing(units: str, cluster: str, year: int) -> str:
    return (
        f"Tại hội nghị, {_kind(units).lower()} trong {cluster.split()[0]} đã tổ chức ký giao ước "
        f"thi đua năm {year} "
        "dưới sự chứng kiến của các vị đại biểu tham dự."
    )


def _elected(facts: Particulars) -> list[str]:
    named = [
        f"{body.full_name} làm {word}"
        for body, word in ((facts.next_lead, "Cụm trưởng"), (facts.next_deputy, "Cụm phó"))
        if body is not None
    ]
    return [f"Hội nghị cũng đã thống nhất {', '.join(named)}."] if named else []


def _closing(typed: str, cluster: str, year: int) -> list[str]:
    return parts.paragraphs(typed) or [
        f"Việc tổ chức thực hiện công tác thi đua, khen thưởng năm {year} của {cluster} có ý "
        f"nghĩa quan trọng, là cơ sở, "
        "tiền đề để các đơn vị thực hiện thắng lợi nhiệm vụ được giao."
    ]
