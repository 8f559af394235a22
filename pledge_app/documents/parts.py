"""Parts that every paper's content has, made from bodies and office-holders."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.criteria.kinds import ValueKind
from pledge_app.criteria.models import Criterion
from pledge_app.criteria.words import goal_words
from pledge_app.kernel.canonical import exact_text
from pledge_app.kernel.roman import roman
from pledge_app.kernel.text import clean_text
from pledge_app.orgs.models import Authority, Body, BodyKind, OfficeHolding
from pledge_app.orgs.office_queries import holdings_of
from pledge_app.papers.content.schema import Heading, PaperContent, Signatory
from pledge_app.papers.definition import Paper
from pledge_app.papers.vietnamese import UNIT_NAME


def head_of(
    body: Body,
    symbol: str,
    year: int,
    *,
    place: str = "",
) -> Heading:
    """The issuing head; number, day and month are blank until the records clerk enters them.

    A Fatherland Front committee issues through its standing board: its name above, BAN THƯỜNG TRỰC
    below. A hamlet stands below its commune and is no body of it.
    """
    if body.kind is BodyKind.HAMLET:
        hamlet, _comma, commune = body.full_name.upper().partition(", ")
        superior, issuer = commune, hamlet
        return {
            "superior": superior,
            "issuer": issuer,
            "number": "",
            "symbol": symbol,
            "place": place or body.place,
            "day": "",
            "month": "",
            "year": str(year),
        }
    board = body.kind is BodyKind.MTTQ and body.superior_name
    return {
        "superior": body.superior_name,
        "issuer": "BAN THƯỜNG TRỰC" if board else body.full_name.upper(),
        "number": "",
        "symbol": symbol,
        "place": place or body.place,
        "day": "",
        "month": "",
        "year": str(year),
    }


def frame(
    paper: Paper,
    *,
    year: int,
    type_name: str,
    subject: str,
    title: str,
    author: str,
    heading: Heading,
    bases: list[str],
    opening: list[str],
    recipients: list[str],
    illustrative: bool,
    show_qr: bool = True,
) -> PaperContent:
    """What every paper has; freeze() sets the code, the address and the draft mark."""
    return {
        "schema": paper.schema_version,
        "year": year,
        "type_name": type_name,
        "subject": subject,
        "title": title,
        "author": author,
        "heading": heading,
        "bases": bases,
        "opening": opening,
        "recipients": recipients,
        "draft": False,
        "illustrative": illustrative,
        "short_code": "",
        "public_url": "",
        "show_qr": show_qr,
    }


def figure(value: Decimal | None) -> str:
    """An exact decimal as papers take it; blank is "" and not "0"."""
    return "" if value is None else exact_text(value)


def said_figure(kind: ValueKind, value: Decimal | None) -> str:
    """A figure as its criterion is read: "Đạt" or "Không đạt" for a yes/no criterion, else the
    exact number.
    """
    if kind is ValueKind.YES_NO and value is not None:
        return "Đạt" if value else "Không đạt"
    return figure(value)


def said_goal(criterion: Criterion, value: Decimal | None) -> str:
    """A goal as its criterion is read: "> 90" where a figure that equals it does not reach it."""
    if value is not None and criterion.is_strict:
        return goal_words(value, criterion)
    return said_figure(criterion.kind, value)


def guidance_basis(year: EmulationYear) -> list[str]:
    """The year's guidance as a căn cứ; none while its number is not known."""
    if not year.guidance_number:
        return []
    dated = f" {long_date(year.guidance_date)}" if year.guidance_date else ""
    return [
        f"Căn cứ Hướng dẫn số {year.guidance_number}{dated} của {year.issuer.full_name} "
        f"{year.guidance_title}".strip()
    ]


def campaign_name(campaign: Campaign) -> str:
    """ "Đợt thi đua quý I “Lập thành tích cao nhất”"; without a theme only the quarter."""
    return f"Đợt thi đua quý {roman(campaign.quarter)}" + (
        f" “{campaign.theme}”" if campaign.theme else ""
    )


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in clean_text(text).splitlines() if line.strip()]


def long_date(day: date) -> str:
    """ "ngày 07 tháng 02 năm 2023": leading zeros for days below 10 and months 1 and 2 only."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


LEADS = {BodyKind.PARTY: "Bí thư"}
"""The head of a body that acts as a whole and whose head is not called Chủ tịch."""
AS_A_WHOLE = {
    BodyKind.UBND,
    BodyKind.MTTQ,
    BodyKind.PARTY,
    BodyKind.COUNCIL,
    BodyKind.EMULATION_COUNCIL,
    BodyKind.UNION,
}
"""Bodies for which one signs with TM.; an agency, an enterprise, a hamlet has a head who signs
alone.
"""
FOR_THEM = (Authority.TM, Authority.Q, Authority.KT)
"""Who signs with TM. above, where the body is one that acts as a whole."""
BOARD = "Ban Thường trực "


def sign_cell(
    cell: str,
    body: Body,
    title: str,
    name: str,
    authority: Authority,
    *,
    is_joint: bool = False,
) -> Signatory:
    """One signature cell (NĐ 30, Phụ lục I, II.7.b).

    The unit's name stands in the letterhead of a single paper, so only a joint paper (`is_joint`)
    names it. TL. and TUQ. stand alone; the head of an agency or a hamlet signs with the office
    alone.
    """
    made: Signatory = {
        "cell": cell,
        "authority": "",
        "organisation": "",
        "acting": "",
        "title": title.upper(),
        "name": name,
    }
    if body.kind in AS_A_WHOLE and authority in FOR_THEM:
        made["authority"] = "TM."
        made["organisation"] = _organisation(body, is_joint=is_joint)
    elif (
        is_joint
        and authority not in (Authority.TL, Authority.TUQ)
        and body.kind is not BodyKind.HAMLET
    ):
        made["organisation"] = body.full_name.upper()
    if authority is Authority.Q:
        made["title"] = f"Q. {title.upper()}"
    elif authority in (Authority.TL, Authority.TUQ) or (
        authority is Authority.KT and body.kind is not BodyKind.MTTQ
    ):
        made["acting"] = f"{authority.value} {head_title(body, title, authority).upper()}"
    if body.kind is BodyKind.HAMLET:
        made["title"] = hamlet_office(title, body).upper()
    return made


def _organisation(body: Body, *, is_joint: bool) -> str:
    """What follows TM.: of the Front its standing board."""
    whole = body.full_name.upper()
    if body.kind is BodyKind.MTTQ:
        front = whole.removeprefix(BOARD.upper())
        return f"BAN THƯỜNG TRỰC\n{front}" if is_joint else "BAN THƯỜNG TRỰC"
    unit = UNIT_NAME.search(whole)
    return whole if is_joint or unit is None else whole[: unit.start()].strip() or whole


def head_title(body: Body, title: str, authority: Authority) -> str:
    """The office for which a deputy (KT.) or somebody charged (TL., TUQ.) signs."""
    if authority is Authority.KT and title.lower().startswith("phó "):
        return re.sub(
            r" (thường trực|phụ trách)\b.*",
            "",
            title[4:],
            flags=re.IGNORECASE,
        )
    if body.kind in AS_A_WHOLE:
        return LEADS.get(body.kind, "Chủ tịch")
    heads = [
        row
        for row in holdings_of([body.id])
        if row.authority not in (Authority.KT, Authority.TL, Authority.TUQ)
    ]
    return heads[-1].title if heads else "Thủ trưởng"


def archive_line(body: Body) -> str:
    """The last line of Nơi nhận; a hamlet has no records office."""
    return f"Lưu: {body.name.split(' ')[0]}" if body.kind is BodyKind.HAMLET else "Lưu: VT"


def hamlet_office(title: str, body: Body) -> str:
    """ "Trưởng xóm" of "Xóm 1" is "Trưởng Xóm 1": the kind of hamlet is not said twice."""
    kind, _space, number = body.name.partition(" ")
    words = title.split(" ")
    if number and words[-1].lower() == kind.lower():
        return " ".join([*words[:-1], kind, number])
    return title


def office_of(title: str, body: Body) -> str:
    """An office with its body, as texts and lists write it: "Chủ tịch Ủy ban MTTQ Việt Nam xã
    Hải Quang".
    """
    if body.kind is BodyKind.HAMLET:
        office, _comma, commune = hamlet_office(title, body), *body.full_name.partition(", ")[1:]
        return f"{office}, {commune}" if commune else office
    return f"{title} {full_name_in_texts(body)}".strip()


def full_name_in_texts(body: Body) -> str:
    """The Front's committee has offices and receives papers, not its board."""
    if body.kind is BodyKind.MTTQ:
        return body.full_name.removeprefix(BOARD)
    return body.full_name


def head_signs(body: Body, on: date, cell: str = "sig-1") -> Signatory:
    """The signature cell of the head of `body` in office on a day; room is left where nobody is
    known.
    """
    held = holdings_of([body.id], on=on)
    holder: OfficeHolding | None = held[0] if held else None
    if holder is None:
        return sign_cell(
            cell,
            body,
            LEADS.get(body.kind, "Chủ tịch"),
            "",
            Authority.TM,
        )
    return sign_cell(
        cell,
        body,
        holder.title,
        holder.person.name,
        holder.authority,
    )
