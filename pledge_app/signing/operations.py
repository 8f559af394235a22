"""Verbs of a signing step: confirm, sign on paper, attest, see on the scan, refuse, correct.

A signature counts when two people know of it: who recorded or scanned it, and somebody of another
body.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record, seal
from pledge_app.documents.models import Upload
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.clock import local
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.signing import events, policy
from pledge_app.signing.marks import add_mark, withdraw_mark
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.rounds import reached
from pledge_app.signing.states import MarkKind, Reached, RoundState, StepState, Vouched


def confirm_step(step: SigningStep, *, content_sha256: str, actor: Actor, at: datetime) -> str:
    """Xác nhận điện tử trong phần mềm, by the holder or delegate; the password was typed again
    before.

    Gives the receipt: 16 hex digits of the trail's head after it.
    """
    if step.confirmed_at is not None and step.confirmed_by_id == actor.user_id:
        return step.receipt
    only_holder(policy.holds(actor, step))
    _open(step)
    check(
        content_sha256 == step.round.document.envelope.content_sha256,
        _(
            "Nội dung đã chốt khác với nội dung bạn vừa đọc. Hãy tải lại trang, đọc lại rồi xác "
            "nhận."
        ),
    )
    _not_refused(step)
    if step.confirmed_at is not None:
        raise Conflict(_("Lượt này đã được người khác xác nhận."))
    step.move("confirm", actor=actor)
    event = record(
        "step.confirmed",
        step,
        actor=actor,
        at=at,
        content_sha256=content_sha256,
        body=step.body_name,
        person=step.person_name,
        title=step.title,
    )
    receipt = event.digest[:16]
    add_mark(
        step,
        MarkKind.CONFIRMATION,
        actor=actor,
        at=at,
        receipt=receipt,
    )
    seal(step, actor=SYSTEM, at=at)  # the mark holds the digest of the event before
    _marked(step.round, actor, at)
    return receipt


def sign_on_paper(step: SigningStep, *, on: date, actor: Actor, at: datetime) -> None:
    """The wet signature, as recorded at the table. It counts once a second person attests it."""
    step.LIFE.admit("sign_on_paper", step, actor)
    if step.signed_on_paper_on is not None:
        return
    _open(step)
    _not_refused(step)
    step.move("sign_on_paper", actor=actor)
    _ink(step, on, actor, at)


def _ink(step: SigningStep, on: date, actor: Actor, at: datetime) -> None:
    step.reason = ""
    add_mark(
        step,
        MarkKind.INK,
        actor=actor,
        at=at,
        day=on,
    )
    record(
        "step.signed_on_paper",
        step,
        actor=actor,
        at=at,
        body=step.body_name,
        person=step.person_name,
        on=on,
    )


def attest(steps: Collection[SigningStep], *, actor: Actor, at: datetime) -> None:
    """A second person was at the table: these people signed, as it was recorded. All of them, or
    none.
    """
    check(
        steps,
        _("Hãy đánh dấu những người bạn thấy đã ký tại bàn."),
        [Problem(_("Chưa đánh dấu ai."), "attest")],
    )
    ways = {step.id: _vouched(step, step.recorded_by_id, actor) for step in steps}
    for step in steps:
        _open(step)
        if step.signed_on_paper_on is None:
            raise Conflict(_("Chữ ký này chưa được ghi nhận nên chưa xác nhận được."))
        if step.attested_at is not None:
            continue
        step.move("attest", actor=actor)
        add_mark(
            step,
            MarkKind.TABLE,
            actor=actor,
            at=at,
            how=ways[step.id],
        )
        _record_seen(
            "step.attested",
            step,
            ways[step.id],
            actor,
            at,
        )
    _marked(next(iter(steps)).round, actor, at)


def see_on_scan(
    steps: Collection[SigningStep],
    upload: Upload,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> list[Vouched]:
    """A second person saw these signatures on the scan: how each of them may say so. All of
    them, or none.

    One that nobody recorded at the table is recorded now, as signed on the day `on`.
    """
    ways = [_vouched(step, upload.uploaded_by_id, actor) for step in steps]
    for step, how in zip(steps, ways, strict=True):
        _open(step)
        _not_refused(step)
        if step.on_scan_at is not None:
            continue
        step.move("appear_on_scan", actor=SYSTEM)
        if step.signed_on_paper_on is None:
            _ink(step, on, actor, at)
        add_mark(
            step,
            MarkKind.SCAN,
            actor=actor,
            at=at,
            how=how,
            upload_pid=upload.pid,
        )
        _record_seen(
            "step.seen_on_scan",
            step,
            how,
            actor,
            at,
        )
    for signing_round in {step.round for step in steps}:
        signing_round.scan_confirmed_at = at
        _marked(signing_round, actor, at)
    return ways


def _record_seen(verb: str, step: SigningStep, how: Vouched, actor: Actor, at: datetime) -> None:
    record(
        verb,
        step,
        actor=actor,
        at=at,
        body=step.body_name,
        person=step.person_name,
        how=how.value,
    )


def _vouched(step: SigningStep, first_id: int | None, actor: Actor) -> Vouched:
    """As whom the actor stands beside the first person; raises Forbidden when they may not."""
    how = events.VOUCHES(step, first_id, actor)
    if how is None:
        raise Forbidden(
            _(
                "Bạn không xác nhận được chữ ký của %(who)s (%(body)s): người của cơ quan có chữ "
                "ký, người đã ghi nhận hoặc tải lên, và người cùng cơ quan với họ không tự xác "
                "nhận. Chưa có gì được ghi; hãy nhờ cơ quan khác trong cụm hoặc cơ quan thẩm "
                "định.",
                who=step.person_name or step.title,
                body=step.body_name,
            )
        )
    return how


def refuse(step: SigningStep, reason: str, *, actor: Actor, at: datetime) -> None:
    """Từ chối ký, with the reason: this paper can no longer be completed.

    A wet signature that somebody only recorded does not keep the signatory from refusing.
    """
    step.LIFE.admit("refuse", step, actor)
    _open(step)
    _reason(reason, _("Hãy ghi rõ lý do từ chối ký."))
    if step.confirmed_at is not None or step.is_inked:
        raise Conflict(_("Bên này đã ký nên không ghi từ chối được."))
    step.move("refuse", actor=actor)
    _take_ink_back(step, reason, actor, at)
    step.reason = reason
    step.refused_by_holder = policy.holds(actor, step)
    record(
        "step.refused",
        step,
        actor=actor,
        at=at,
        body=step.body_name,
        person=step.person_name,
        reason=reason,
    )


def absent(step: SigningStep, reason: str, *, actor: Actor, at: datetime) -> None:
    """Vắng mặt: may still sign later. A refusal stays one."""
    step.LIFE.admit("stay_away", step, actor)
    _open(step)
    _not_refused(step)
    if step.state is StepState.SIGNED:
        raise Conflict(_("Bên này đã ký nên không ghi vắng mặt được."))
    step.move("stay_away", actor=actor)
    step.reason = reason
    record(
        "step.absent",
        step,
        actor=actor,
        at=at,
        body=step.body_name,
        person=step.person_name,
        reason=reason,
    )


def correct(step: SigningStep, reason: str, *, actor: Actor, at: datetime) -> None:
    """Ghi nhầm: a refusal, an absence, or a wet signature that nobody else saw yet, was none.

    The step waits again, the trail keeps both.
    """
    step.LIFE.admit("correct", step, actor)
    _open(step)
    _reason(reason, _("Hãy ghi rõ vì sao ghi nhầm."))
    was = step.state
    if was is StepState.SIGNED and not step.is_only_recorded:
        raise Conflict(_("Chữ ký này đã có người thứ hai xác nhận nên không ghi lại được."))
    if step.confirmed_at is None:
        step.move("correct", actor=actor)
    _take_ink_back(step, reason, actor, at)
    step.reason = ""
    step.refused_by_holder = False
    record(
        "step.corrected",
        step,
        actor=actor,
        at=at,
        body=step.body_name,
        person=step.person_name,
        was=was.value,
        reason=reason,
    )


def _take_ink_back(step: SigningStep, reason: str, actor: Actor, at: datetime) -> None:
    ink = step.mark(MarkKind.INK)
    if ink is not None:
        withdraw_mark(
            ink,
            reason,
            actor=actor,
            at=at,
        )


def may_correct(step: SigningStep, actor: Actor) -> bool:
    """Whether the page offers to say that something was recorded by mistake."""
    can_be_slip = step.state is not StepState.SIGNED or step.is_only_recorded
    return can_be_slip and step.may("correct", actor)


def _marked(signing_round: SigningRound, actor: Actor, at: datetime) -> None:
    """Tell the room of the paper; the round is complete when every signature was seen on the
    scan.
    """
    if signing_round.state is RoundState.OPEN and reached(signing_round) is Reached.SEEN:
        signing_round.move("complete", actor=SYSTEM)
        signing_round.completed_at = at
        record(
            "round.completed",
            signing_round,
            actor=SYSTEM,
            at=at,
        )
    events.ROUND_MARKED(signing_round, at=at, today=actor.today or local(at).date())


def _open(step: SigningStep) -> None:
    """A witness may still sign after the parties are done; nobody signs a paper that was given
    up.
    """
    state = step.round.state
    if state is not RoundState.OPEN and not (state is RoundState.COMPLETE and step.is_witness):
        raise Conflict(
            _(
                "Lượt ký này đã đóng nên không ghi thêm được. Hãy mở phiên bản hiện hành của bản "
                "giao ước."
            )
        )


def _not_refused(step: SigningStep) -> None:
    if step.state is StepState.REFUSED:
        raise Conflict(
            _(
                "Bên này đã từ chối ký bản này. Nếu ghi nhầm, hãy bấm “Ghi nhầm” kèm lý do; nếu "
                "không, hãy lập phiên bản mới của bản giao ước rồi ký lại."
            )
        )


def _reason(reason: str, sentence: str) -> None:
    check(reason.strip(), sentence, [Problem(_("Chưa có lý do."), "reason")])


def only_holder(allowed: bool) -> None:
    """Refuse anybody but the holder of the office (or the delegate)."""
    if not allowed:
        raise Forbidden(
            _("Chỉ người giữ chức (hoặc người được ủy quyền) tại ngày này được xác nhận.")
        )
