"""The registers that come with the program: legal bases and commemorations, taken over with one
press.

What is there already is recognised and not doubled; what our data calls doubtful stays marked so.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.operations import record
from pledge_app.campaigns import calendar
from pledge_app.campaigns.models import Commemoration, LegalBasis
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import check
from pledge_app.kernel.text import fold, same_name_key
from pledge_app.orgs.models import Line
from pledge_app.orgs.policy import administer

DATA = Path(__file__).resolve().parent.parent / "data"
KINDS = {
    "luat": "luật",
    "nghi_dinh": "nghị định",
    "thong_tu": "thông tư",
    "quyet_dinh": "quyết định",
}
VERIFIED = "verified"
# kept in the register's note, Vietnamese whatever the screen speaks
DOUBT = "Cần đối chiếu với văn bản: "
_SYMBOL = re.compile(r"\b([0-9]+/(?:[0-9]{4}/)?[a-z][a-z0-9-]*)")
_DATED = re.compile(
    r"ngay 0?([0-9]{1,2}) thang 0?([0-9]{1,2}) nam ([0-9]{4})|ngay "
    r"0?([0-9]{1,2})/0?([0-9]{1,2})/([0-9]{4})"
)


@dataclass(frozen=True)
class ShippedBasis:
    """A citation of our data. `in_force_to`: the first day on which it no longer holds."""

    key: str
    citation: str
    kind: str
    in_force_from: date
    in_force_to: date | None
    replaced_by: str
    is_verified: bool
    source: str
    cited_order: int | None
    line: Line | None

    @property
    def note(self) -> str:
        """The source, with the doubt in front where nobody has read the document itself."""
        return self.source if self.is_verified else DOUBT + self.source


@dataclass(frozen=True)
class BasisOffer:
    """A citation and the row of the register that is the same, if there is one."""

    basis: ShippedBasis
    known: LegalBasis | None


@dataclass(frozen=True)
class DayOffer:
    """A commemoration and whether the calendar has it."""

    day: calendar.Commemoration
    is_known: bool


def basis_offers() -> list[BasisOffer]:
    """Every citation of our data beside what the register has."""
    known = {
        _identity(row.citation): row
        for row in db.session.scalars(select(LegalBasis).order_by(LegalBasis.id.desc()))
    }
    return [BasisOffer(basis, known.get(_identity(basis.citation))) for basis in _bases()]


def take_over_bases(*, actor: Actor, at: datetime) -> int:
    """Every citation that the register lacks; how many there were. Rows that are there are left
    as they are.
    """
    administer(actor)
    offers = basis_offers()
    missing = [offer.basis for offer in offers if offer.known is None]
    check(missing, _("Danh mục đã có đủ các căn cứ này, không có gì để thêm."))
    rows = {offer.basis.key: offer.known for offer in offers if offer.known is not None}
    for basis in missing:
        row = LegalBasis(
            citation=basis.citation,
            kind=basis.kind,
            in_force_from=basis.in_force_from,
            in_force_to=basis.in_force_to,
            note=basis.note,
            cited_order=basis.cited_order,
            line=basis.line,
        )
        db.session.add(row)
        rows[basis.key] = row
    db.session.flush()
    for basis in missing:
        if basis.replaced_by:
            rows[basis.key].replaced_by_id = rows[basis.replaced_by].id
        record(
            "basis.added",
            rows[basis.key],
            actor=actor,
            at=at,
            citation=basis.citation,
            shipped=True,
        )
    db.session.flush()
    return len(missing)


def day_offers() -> list[DayOffer]:
    """Every day of our data that is the whole country's, beside what the calendar has."""
    known = {
        _day_identity(row.name, row.day, row.month)
        for row in db.session.scalars(select(Commemoration).where(Commemoration.body_id.is_(None)))
    }
    return [
        DayOffer(day, _day_identity(day.name, day.day, day.month) in known)
        for day in _days()
        if not day.place
    ]


def days_of_places() -> list[calendar.Commemoration]:
    """The days of our data that belong to one place: the example's."""
    return [day for day in _days() if day.place]


def _days() -> list[calendar.Commemoration]:
    return calendar.read_commemorations(
        (DATA / "commemorations.csv").read_text(encoding="utf-8").splitlines()
    )


def commemoration(day: calendar.Commemoration) -> Commemoration:
    """The day as a row of the calendar."""
    return Commemoration(
        name=day.name,
        day=day.day,
        month=day.month,
        founding_year=day.founding_year,
        usual_quarter=day.usual_quarter,
        shows_count=day.shows_count,
        place=day.place,
        certainty=day.certainty.replace(" ", "_"),
    )


def take_over_days(*, actor: Actor, at: datetime) -> int:
    """Every day that the calendar lacks; how many there were."""
    administer(actor)
    missing = [offer.day for offer in day_offers() if not offer.is_known]
    check(missing, _("Lịch đã có đủ các ngày kỷ niệm này, không có gì để thêm."))
    for day in missing:
        row = commemoration(day)
        db.session.add(row)
        db.session.flush()
        record(
            "commemoration.taken_over",
            row,
            actor=actor,
            at=at,
            name=day.name,
        )
    return len(missing)


def _bases() -> list[ShippedBasis]:
    """`hieu_luc_den` of the file is the last day in force."""
    lines = (DATA / "legal_bases.csv").read_text(encoding="utf-8").splitlines()
    found = []
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        last = date.fromisoformat(row["hieu_luc_den"]) if row["hieu_luc_den"] else None
        found.append(
            ShippedBasis(
                row["ma"],
                row["trich_dan"],
                KINDS[row["loai"]],
                date.fromisoformat(row["hieu_luc_tu"]),
                last + timedelta(days=1) if last else None,
                row["thay_bang"],
                row["do_chac"] == VERIFIED,
                row["nguon"],
                int(row["thu_tu"]) if row["thu_tu"] else None,
                Line(row["he"]) if row["he"] else None,
            )
        )
    return found


def _identity(citation: str) -> str:
    """A decree is known by its number, a law by its day: 98/2023/NĐ-CP is one however its title
    is written.
    """
    key = fold(citation)
    symbol = _SYMBOL.search(key)
    if symbol:
        return symbol.group(1)
    dated = _DATED.search(key)
    if dated:
        day = "/".join(part for part in dated.groups() if part)
        return f"{key[: dated.start()].strip()} {day}"
    return same_name_key(citation)


def _day_identity(
    name: str,
    day: int | None,
    month: int | None,
) -> tuple[str, int | None, int | None]:
    return same_name_key(name), day, month
