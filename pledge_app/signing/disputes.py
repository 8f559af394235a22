"""A signature that was none: disputed by whose it would be or by the reviewer, or lost with a
scan found wrong.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.documents.models import Upload
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.signing import events
from pledge_app.signing.marks import withdraw_mark
from pledge_app.signing.models import SigningMark, SigningRound, SigningStep
from pledge_app.signing.states import MarkKind, RoundState


def may_dispute(step: SigningStep, actor: Actor) -> bool:
    """Whether the page offers to say that this wet signature is none."""
    open_still = step.round.state is RoundState.OPEN
    return open_still and step.signed_on_paper_on is not None and step.may("dispute", actor)


def dispute(step: SigningStep, reason: str, *, actor: Actor, at: datetime) -> set[int]:
    """Phản ánh: the wet signature counts no more, whoever saw it; a confirmation in the software
    stays.

    Possible until all signatures were seen on a scan. Gives who had made the marks.
    """
    step.LIFE.admit("dispute", step, actor)
    check(
        reason.strip(),
        _("Hãy ghi rõ vì sao chữ ký này không đúng."),
        [Problem(_("Chưa có lý do."), "reason")],
    )
    if step.round.state is not RoundState.OPEN:
        raise Conflict(
            _(
                "Bản này đã ký đủ và có bản quét. Nếu bản quét sai, hãy báo cán bộ thẩm định của "
                "cụm trả lại bản quét."
            )
        )
    if step.signed_on_paper_on is None:
        raise Conflict(_("Chữ ký này chưa được ghi nhận nên không có gì để phản ánh."))
    ink = [mark for mark in step.marks if mark.kind is not MarkKind.CONFIRMATION]
    if step.confirmed_at is None:
        step.move("dispute", actor=actor)
    made_by = _take_back(ink, reason, actor, at)
    step.reason = reason
    _record(
        "step.disputed",
        step,
        actor,
        at,
        reason,
    )
    events.ROUND_UNMARKED(step.round, at=at)
    return made_by


def lose_scan(
    opened: SigningRound,
    upload: Upload,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> set[int]:
    """A scan on which signatures had been seen is none of this paper: what was seen on it counts
    no more.

    What was recorded at the table before stays so. Gives who had seen them.
    """
    made_by: set[int] = set()
    for step in opened.steps:
        seen = step.mark(MarkKind.SCAN)
        if seen is not None and seen.upload_pid == upload.pid:
            made_by |= _lose(
                step,
                seen,
                reason,
                actor,
                at,
            )
            step.reason = reason
            _record(
                "step.disputed",
                step,
                actor,
                at,
                reason,
            )
    if opened.state is RoundState.COMPLETE:
        opened.move("reopen", actor=SYSTEM)
        opened.completed_at = None
        record(
            "round.reopened",
            opened,
            actor=SYSTEM,
            at=at,
            reason=reason,
        )
    events.ROUND_UNMARKED(opened, at=at)
    return made_by


def _lose(
    step: SigningStep,
    seen: SigningMark,
    reason: str,
    actor: Actor,
    at: datetime,
) -> set[int]:
    """What was seen on the scan goes; the ink too where nothing but the scan told of it."""
    ink = step.mark(MarkKind.INK)
    with_scan = ink is not None and (ink.by_id, ink.at) == (seen.by_id, seen.at)
    lost = [seen]
    if ink is not None and with_scan and step.attested_at is None:
        lost.append(ink)
        if step.confirmed_at is None:
            step.move("lose_scan", actor=SYSTEM)
    return _take_back(lost, reason, actor, at)


def _take_back(marks: list[SigningMark], reason: str, actor: Actor, at: datetime) -> set[int]:
    """Withdraw the marks; the logins of those who had made them."""
    for mark in marks:
        withdraw_mark(
            mark,
            reason,
            actor=actor,
            at=at,
        )
    return {mark.by_id for mark in marks if mark.by_id is not None}


def _record(verb: str, step: SigningStep, actor: Actor, at: datetime, reason: str) -> None:
    record(
        verb,
        step,
        actor=actor,
        at=at,
        body=step.body_name,
        person=step.person_name,
        reason=reason,
    )
