"""What `flask verify` compares of signatures: receipts, the state and its marks."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import exists, select

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.checks import Check
from pledge_app.signing.marks import has_mark
from pledge_app.signing.models import SigningMark, SigningStep
from pledge_app.signing.states import MarkKind, StepState

CONFIRMED = "step.confirmed"


def receipts() -> Iterator[str]:
    """The receipt that somebody was given begins the digest of the confirmation in the trail."""
    chosen = (
        select(SigningMark.receipt, SigningStep.person_name, SigningStep.body_name)
        .join(SigningStep, SigningMark.step_id == SigningStep.id)
        .where(
            SigningMark.receipt != "",
            ~exists().where(
                TrailEvent.verb == CONFIRMED,
                TrailEvent.subject_pid == SigningStep.pid,
                TrailEvent.digest.startswith(SigningMark.receipt),
            ),
        )
        .order_by(SigningMark.id)
    )
    for receipt, person, body in db.session.execute(chosen):
        yield _(
            "biên nhận %(receipt)s của %(who)s (%(body)s): nhật ký không có lần xác nhận này",
            receipt=receipt,
            who=person,
            body=body,
        )


def states() -> Iterator[str]:
    """A signature counts as made exactly where a mark says so."""
    is_made = has_mark(MarkKind.CONFIRMATION) | has_mark(MarkKind.INK)
    signed = SigningStep.state == StepState.SIGNED
    chosen = select(SigningStep.person_name, SigningStep.body_name)
    differs = (signed & ~is_made) | (~signed & is_made)
    for person, body in db.session.execute(chosen.where(differs).order_by(SigningStep.id)):
        yield _(
            "chữ ký của %(who)s (%(body)s): tình trạng khác với các dấu đã ghi",
            who=person,
            body=body,
        )


ALL = (Check("receipt", receipts), Check("signing_step.marks", states))
