"""Số và ngày văn bản: entered by the records clerk after signing, beside the frozen bytes (NĐ 30, Điều 15)."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import extract, select

from pledge_app.audit.operations import record
from pledge_app.documents.models import Document, DocumentNumber, RenderState
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.orgs.models import Body


def enter_number(document: Document, body: Body, *, number: int, symbol: str, dated: date, actor: Actor,
                 at: datetime) -> DocumentNumber:
    """Enter the number of one issuing body, once."""
    if not actor.has(Role.RECORDS, body.id) or document.envelope.issuer_body_id != body.id:
        raise Forbidden(_("Chỉ văn thư của cơ quan ban hành được vào số. Dữ liệu chưa thay đổi."))
    check(document.state is RenderState.READY and not document.envelope.is_draft,
          _("Văn bản chưa tạo xong nên chưa vào số được."))
    check(number > 0, _("Số văn bản phải lớn hơn 0."), [Problem(_("Số không hợp lệ."), "number")])
    if any(row.body_id == body.id for row in document.numbers):
        raise Conflict(_("Văn bản này đã có số. Số đã vào không sửa được."))
    row = DocumentNumber(document=document, body_id=body.id, number=number, symbol=symbol, dated=dated,
                         entered_by=actor.name, entered_at=at)
    db.session.add(row)
    db.session.flush()
    record("document.numbered", document, actor=actor, at=at, unit_id=body.unit_id, number=shown(row), dated=dated)
    return row


def taken(body: Body, number: int, symbol: str, dated: date) -> bool:
    """True when the body already gave this number and symbol in that year: a warning, not a refusal."""
    return db.session.scalar(select(DocumentNumber.id).where(
        DocumentNumber.body_id == body.id, DocumentNumber.number == number, DocumentNumber.symbol == symbol,
        extract("year", DocumentNumber.dated) == dated.year).limit(1)) is not None


def shown(row: DocumentNumber) -> str:
    """"05/ĐK-UBND": below 10 with a leading zero."""
    return f"{row.number:02}/{row.symbol}" if row.symbol else f"{row.number:02}"
