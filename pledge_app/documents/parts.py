"""Parts that every paper's content has, made from bodies and office-holders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pledge_app.campaigns.models import Campaign, EmulationYear
from pledge_app.criteria.kinds import ValueKind
from pledge_app.documents import schema
from pledge_app.kernel.canonical import exact_text
from pledge_app.kernel.text import clean_text
from pledge_app.orgs.models import Authority, Body, BodyKind, OfficeHolding
from pledge_app.orgs.queries import holdings_of

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def head_of(body: Body, symbol: str, year: int, *, place: str = "") -> dict[str, str]:
    """The issuing head; number, day and month are blank until the records clerk enters them.

    A Fatherland Front committee issues through its standing board: its name above, BAN THƯỜNG TRỰC below.
    """
    board = body.kind is BodyKind.MTTQ and body.superior_name
    return {"superior": body.superior_name, "issuer": "BAN THƯỜNG TRỰC" if board else body.full_name.upper(),
            "number": "", "symbol": symbol,
            "place": place or body.place, "day": "", "month": "", "year": str(year)}


def frame(*, year: int, type_name: str, subject: str, title: str, author: str, heading: dict[str, str],
          bases: list[str], opening: list[str], recipients: list[str], illustrative: bool,
          show_qr: bool = True) -> dict[str, Any]:
    """The fields of schema.PaperContent; freeze() sets the code, the address and the draft mark."""
    return {"schema": schema.SCHEMA_VERSION, "year": year, "type_name": type_name, "subject": subject, "title": title,
            "author": author, "heading": heading, "bases": bases, "opening": opening, "recipients": recipients,
            "draft": False, "illustrative": illustrative, "short_code": "", "public_url": "", "show_qr": show_qr}


def figure(value: Decimal | None) -> str:
    """An exact decimal as papers take it; blank is "" and not "0"."""
    return "" if value is None else exact_text(value)


def said_figure(kind: ValueKind, value: Decimal | None) -> str:
    """A figure as its criterion is read: "Đạt" or "Không đạt" for a yes/no criterion, else the exact number."""
    if kind is ValueKind.YES_NO and value is not None:
        return "Đạt" if value else "Không đạt"
    return figure(value)


def guidance_basis(year: EmulationYear) -> list[str]:
    """The year's guidance as a căn cứ; none while its number is not known."""
    if not year.guidance_number:
        return []
    dated = f" {long_date(year.guidance_date)}" if year.guidance_date else ""
    return [f"Căn cứ Hướng dẫn số {year.guidance_number}{dated} của {year.issuer.full_name} "
            f"{year.guidance_title}".strip()]


def campaign_name(campaign: Campaign) -> str:
    """"Đợt thi đua quý I “Lập thành tích cao nhất”"; without a theme only the quarter."""
    return f"Đợt thi đua quý {ROMAN[campaign.quarter]}" + (f" “{campaign.theme}”" if campaign.theme else "")


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in clean_text(text).splitlines() if line.strip()]


def long_date(day: date) -> str:
    """"ngày 07 tháng 02 năm 2023": leading zeros for days below 10 and months 1 and 2 only."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def sign_cell(cell: str, body_name: str, title: str, name: str, authority: Authority) -> dict[str, str]:
    """One signature cell. KT., TL., TUQ. stand on a line of their own under TM. of the body (NĐ 30, Điều 13)."""
    acting = authority in (Authority.KT, Authority.TL, Authority.TUQ)
    above = {Authority.KT: "CHỦ TỊCH", Authority.TL: "CHỦ TỊCH", Authority.TUQ: "CHỦ TỊCH"}
    return {"cell": cell, "authority": "TM." if acting or authority is Authority.TM else authority.value,
            "organisation": body_name.upper(), "acting": f"{authority.value} {above[authority]}" if acting else "",
            "title": title.upper(), "name": name}


def head_signs(body: Body, on: date, cell: str = "sig-1") -> dict[str, str]:
    """The signature cell of the head of `body` in office on a day; room is left where nobody is known."""
    held = holdings_of([body.id], on=on)
    holder: OfficeHolding | None = held[0] if held else None
    return sign_cell(cell, body.full_name, holder.title if holder else "Chủ tịch", holder.person.name if holder else "",
                     holder.authority if holder else Authority.TM)
