"""Verbs of a signing round: open, confirm, sign on paper, refuse, absent, void. The last step completes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.documents.models import Document
from pledge_app.kernel import events
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import RoundState, StepState


@dataclass(frozen=True)
class Signer:
    """One signatory as the paper has it; `person_id` None: only ink can sign for them."""

    cell_id: str
    body_id: int
    body_name: str
    person_id: int | None
    person_name: str
    title: str
    authority: str
    is_witness: bool = False


def open_round(document: Document, signers: Sequence[Signer], *, at: datetime) -> SigningRound:
    """Mở lượt ký on a finished document, a step per signatory in the order of the paper."""
    opened = SigningRound(document_id=document.id, opened_at=at)
    opened.steps = [SigningStep(
        position=position, cell_id=signer.cell_id, body_id=signer.body_id, person_id=signer.person_id,
        is_witness=signer.is_witness, body_name=signer.body_name, person_name=signer.person_name,
        title=signer.title, authority=signer.authority) for position, signer in enumerate(signers, 1)]
    db.session.add(opened)
    db.session.flush()
    record("round.opened", opened, actor=SYSTEM, at=at, steps=len(opened.steps))
    return opened


def confirm_step(step: SigningStep, *, content_sha256: str, actor: Actor, at: datetime) -> str:
    """Xác nhận điện tử trong phần mềm; the receipt: 16 hex digits of the trail's head after it.

    The room above has checked that `actor` is the holder (or delegate) in office and typed the password again.
    """
    if step.confirmed_at is not None and step.confirmed_by_id == actor.user_id:
        return step.receipt
    _open(step)
    check(content_sha256 == step.round.document.envelope.content_sha256,
          _("Nội dung đã chốt khác với nội dung bạn vừa đọc. Hãy tải lại trang, đọc lại rồi xác nhận."))
    _not_refused(step)
    if step.confirmed_at is not None:
        raise Conflict(_("Lượt này đã được người khác xác nhận."))
    step.confirmed_at, step.confirmed_by_id, step.state = at, actor.user_id, StepState.SIGNED
    event = record("step.confirmed", step, actor=actor, at=at, content_sha256=content_sha256, body=step.body_name,
                   person=step.person_name, title=step.title)
    step.receipt = event.digest[:16]
    _complete_if_done(step.round, at=at)
    return step.receipt


def sign_on_paper(step: SigningStep, *, on: date, actor: Actor, at: datetime) -> None:
    """The wet signature, as recorded at the meeting. It counts once a second person has seen it on the scan."""
    if step.signed_on_paper_on is not None:
        return
    _open(step)
    _not_refused(step)
    step.signed_on_paper_on, step.state, step.reason = on, StepState.SIGNED, ""
    record("step.signed_on_paper", step, actor=actor, at=at, body=step.body_name, person=step.person_name, on=on)


def refuse(step: SigningStep, reason: str, *, actor: Actor, at: datetime) -> None:
    """Từ chối ký, with the reason; the round then cannot complete."""
    _open(step)
    check(reason.strip(), _("Hãy ghi rõ lý do từ chối ký."), [Problem(_("Chưa có lý do."), "reason")])
    if step.state is StepState.SIGNED:
        raise Conflict(_("Bên này đã ký nên không ghi từ chối được."))
    step.state, step.reason = StepState.REFUSED, reason
    record("step.refused", step, actor=actor, at=at, body=step.body_name, person=step.person_name, reason=reason)


def absent(step: SigningStep, reason: str, *, actor: Actor, at: datetime) -> None:
    """Vắng mặt: may still sign later."""
    _open(step)
    if step.state is StepState.SIGNED:
        raise Conflict(_("Bên này đã ký nên không ghi vắng mặt được."))
    step.state, step.reason = StepState.ABSENT, reason
    record("step.absent", step, actor=actor, at=at, body=step.body_name, person=step.person_name, reason=reason)


def void_round(signing_round: SigningRound, reason: str, *, actor: Actor, at: datetime) -> None:
    """The paper is changed or given up: nothing more is signed on it."""
    signing_round.move("void", actor=actor)
    signing_round.void_reason = reason
    record("round.voided", signing_round, actor=actor, at=at, reason=reason)


def scan_confirmed(signing_round: SigningRound, seen: Collection[SigningStep], *, on: date, actor: Actor,
                   at: datetime) -> None:
    """A second person saw the signatures of `seen` on the scan: they count from here.

    One that nobody recorded at the meeting is recorded now, as signed on the day `on`.
    """
    if signing_round.state is RoundState.VOID:
        raise Conflict(_("Lượt ký này đã hủy nên bản quét không còn dùng được."))
    signing_round.scan_confirmed_at = at
    if signing_round.state is RoundState.OPEN:
        for step in seen:
            sign_on_paper(step, on=on, actor=actor, at=at)
            step.on_scan_at = step.on_scan_at or at
        _complete_if_done(signing_round, at=at)


def missing(signing_round: SigningRound) -> list[SigningStep]:
    """The steps that keep the round from completing (witnesses sign only where set, and never hold it up)."""
    return [step for step in signing_round.steps if not step.is_witness and not _counts(step)]


def _counts(step: SigningStep) -> bool:
    on_paper = step.signed_on_paper_on is not None and step.on_scan_at is not None
    return step.state is StepState.SIGNED and (step.confirmed_at is not None or on_paper)


def _complete_if_done(signing_round: SigningRound, *, at: datetime) -> None:
    if signing_round.state is RoundState.OPEN and not missing(signing_round):
        signing_round.move("complete", actor=SYSTEM)
        signing_round.completed_at = at
        record("round.completed", signing_round, actor=SYSTEM, at=at)
        events.ROUND_COMPLETED(signing_round, at=at)


def _open(step: SigningStep) -> None:
    if step.round.state is not RoundState.OPEN:
        raise Conflict(_("Lượt ký này đã đóng nên không ghi thêm được. Hãy mở phiên bản hiện hành của bản giao ước."))


def _not_refused(step: SigningStep) -> None:
    if step.state is StepState.REFUSED:
        raise Conflict(_("Bên này đã từ chối ký bản này. Hãy lập phiên bản mới của bản giao ước rồi ký lại."))


def only_holder(allowed: bool) -> None:
    """Refuse anybody but the holder of the office (or the delegate)."""
    if not allowed:
        raise Forbidden(_("Chỉ người giữ chức (hoặc người được ủy quyền) tại ngày này được xác nhận."))
