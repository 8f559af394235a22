"""Số và ngày văn bản: one register, entered after signing, beside the frozen bytes (NĐ 30, Điều
15).

Whoever keeps the register of the issuing body enters them: its records clerk, or where it has none
its clerk or leader. A number is text: "0125" and "05b" stay as they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import extract, select

from pledge_app.audit.operations import record
from pledge_app.documents.models import Document, DocumentNumber, RenderState
from pledge_app.documents.policy import keeps_register
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import local
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, Problem, check
from pledge_app.orgs.models import Body

NUMBER = re.compile(r"(?=.*[1-9])([0-9]{1,7})([a-zđ]{0,2})")
SAID_BEFORE = re.compile(r"^(số|so)\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """What stands in the register: number ("05"), symbol ("ĐK-UBND" or ""), day."""

    number: str
    symbol: str
    dated: date


def read_entry(number: str, symbol: str, dated: date) -> Entry:
    """The number as typed; a symbol typed with it ("007/CT-UBND") is taken apart. Raises
    DomainError.
    """
    text = SAID_BEFORE.sub("", number.strip())
    digits, slash, tail = text.partition("/")
    digits, tail = digits.strip(), tail.strip()
    if slash and symbol and tail and tail != symbol:
        said = _(
            "Ký hiệu gõ cùng số (%(typed)s) khác ô Ký hiệu (%(field)s). Hãy chỉ giữ một ký hiệu.",
            typed=tail,
            field=symbol,
        )
        raise DomainError(said, [Problem(said, "symbol")])
    match = NUMBER.fullmatch(digits)
    if match is None:
        said = _("Số gồm chữ số, có thể thêm một, hai chữ cái, ví dụ 5, 0125 hoặc 05b.")
        raise DomainError(said, [Problem(said, "number")])
    kept = f"0{digits}" if len(match[1]) == 1 else digits
    return Entry(kept, tail or symbol, dated)


def enter_number(
    document: Document,
    body: Body,
    entry: Entry,
    *,
    is_sure: bool = False,
    actor: Actor,
    at: datetime,
    today: date,
) -> DocumentNumber:
    """Cấp số, ghi ngày. `is_sure`: a day to come, or before the content was frozen, was asked about
    and is right.
    """
    _keeping(document, body, actor)
    if current(document, body) is not None:
        raise Conflict(_("Văn bản này đã có số. Nếu ghi nhầm, hãy đính chính số."))
    _check_day(
        document,
        entry,
        is_sure=is_sure,
        today=today,
    )
    row = _add(
        document,
        body,
        entry,
        version=1,
        reason="",
        actor=actor,
        at=at,
    )
    record(
        "document.numbered",
        document,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        number=shown(row),
        dated=entry.dated,
    )
    return row


def correct_number(
    document: Document,
    body: Body,
    entry: Entry,
    reason: str,
    *,
    is_sure: bool = False,
    actor: Actor,
    at: datetime,
    today: date,
) -> DocumentNumber:
    """A wrong entry is corrected with a reason; the old one stays beside it and in the trail."""
    _keeping(document, body, actor)
    before = _check_correction(current(document, body), entry, reason)
    _check_day(
        document,
        entry,
        is_sure=is_sure,
        today=today,
    )
    row = _add(
        document,
        body,
        entry,
        version=before.version + 1,
        reason=reason.strip(),
        actor=actor,
        at=at,
    )
    record(
        "document.number_corrected",
        document,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        before=f"{shown(before)} {before.dated:%d/%m/%Y}",
        after=f"{shown(row)} {row.dated:%d/%m/%Y}",
        reason=reason.strip(),
    )
    return row


def current(document: Document, body: Body) -> DocumentNumber | None:
    """The number of the body that counts."""
    return next((row for row in document.current_numbers if row.body_id == body.id), None)


def taken(body: Body, entry: Entry) -> bool:
    """True when the body already gave this number and symbol in that year: a warning, not a
    refusal.
    """
    found = select(DocumentNumber.id).where(
        DocumentNumber.body_id == body.id,
        DocumentNumber.number == entry.number,
        DocumentNumber.symbol == entry.symbol,
        extract("year", DocumentNumber.dated) == entry.dated.year,
    )
    return db.session.scalar(found.limit(1)) is not None


def shown(row: DocumentNumber | Entry) -> str:
    """ "05/ĐK-UBND"."""
    return f"{row.number}/{row.symbol}" if row.symbol else row.number


def number_of(document: Document) -> str:
    """The numbers that count and their days, as one line; "" while there is none."""
    return "; ".join(f"{shown(row)}, {row.dated:%d/%m/%Y}" for row in document.current_numbers)


def _keeping(document: Document, body: Body, actor: Actor) -> None:
    if document.envelope.issuer_body_id != body.id or not keeps_register(actor, body.id):
        raise Forbidden(
            _("Chỉ văn thư của cơ quan ban hành được cấp số, ghi ngày. Dữ liệu chưa thay đổi.")
        )
    is_ready = document.state is RenderState.READY and not document.envelope.is_draft
    check(is_ready, _("Văn bản chưa tạo xong nên chưa cấp số được."))


def _check_correction(before: DocumentNumber | None, entry: Entry, reason: str) -> DocumentNumber:
    """The entry to be corrected: there is one, something changes, and somebody says why."""
    check(before is not None, _("Văn bản này chưa có số để đính chính."))
    assert before is not None
    missing = [Problem(_("Chưa có lý do đính chính."), "reason")]
    check(reason.strip(), _("Hãy ghi rõ lý do đính chính."), missing)
    is_same = (before.number, before.symbol, before.dated) == (
        entry.number,
        entry.symbol,
        entry.dated,
    )
    check(not is_same, _("Số, ký hiệu và ngày vẫn như cũ nên không có gì để đính chính."))
    return before


def _check_day(
    document: Document,
    entry: Entry,
    *,
    is_sure: bool,
    today: date,
) -> None:
    if entry.dated > today and not is_sure:
        said = _(
            "Ngày %(day)s sau ngày hôm nay. Nếu đúng, hãy đánh dấu ô xác nhận rồi ghi lại.",
            day=f"{entry.dated:%d/%m/%Y}",
        )
        raise DomainError(said, [Problem(said, "sure")])
    frozen_on = local(document.envelope.frozen_at).date()
    if entry.dated < min(frozen_on, today) and not is_sure:
        said = _(
            "Ngày %(day)s trước ngày chốt nội dung (%(frozen)s). Nếu đúng, hãy đánh dấu ô xác "
            "nhận rồi ghi lại.",
            day=f"{entry.dated:%d/%m/%Y}",
            frozen=f"{frozen_on:%d/%m/%Y}",
        )
        raise DomainError(said, [Problem(said, "sure")])


def _add(
    document: Document,
    body: Body,
    entry: Entry,
    *,
    version: int,
    reason: str,
    actor: Actor,
    at: datetime,
) -> DocumentNumber:
    row = DocumentNumber(
        document=document,
        body_id=body.id,
        number=entry.number,
        symbol=entry.symbol,
        dated=entry.dated,
        entered_by=actor.name,
        entered_at=at,
        version=version,
        reason=reason,
    )
    db.session.add(row)
    db.session.flush()
    return row
