"""The marks of a signature: each is made once, and taken back with a reason, never erased."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select

from pledge_app.kernel.actor import ACTING, Actor
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from pledge_app.signing.models import SigningMark, SigningStep
from pledge_app.signing.states import MarkKind, Vouched


def add_mark(
    step: SigningStep,
    kind: MarkKind,
    *,
    actor: Actor,
    at: datetime,
    day: date | None = None,
    how: Vouched | None = None,
    upload_pid: str = "",
    receipt: str = "",
) -> None:
    """One more thing is known of the signature, from this actor."""
    step.history.append(
        SigningMark(
            kind=kind,
            by_id=actor.user_id,
            by_name=actor.name,
            as_body=_acts_for(actor, step),
            at=at,
            day=day,
            how=how,
            upload_pid=upload_pid,
            receipt=receipt,
        )
    )
    db.session.flush()


def withdraw_mark(mark: SigningMark, reason: str, *, actor: Actor, at: datetime) -> None:
    """The mark counts no more; who said so and why stays beside who made it."""
    mark.withdrawn_at = at
    mark.withdrawn_by_id = actor.user_id
    mark.withdrawn_by_name = actor.name
    mark.withdrawn_reason = reason
    db.session.flush()


def has_mark(kind: MarkKind) -> ColumnElement[bool]:
    """For a select of SigningStep: a mark of this kind counts."""
    counts = (
        SigningMark.step_id == SigningStep.id,
        SigningMark.kind == kind,
        SigningMark.withdrawn_at.is_(None),
    )
    return exists().where(*counts)


def _acts_for(actor: Actor, step: SigningStep) -> str:
    """The names of the bodies for which the actor acts; without a role, the signatory's own."""
    bodies = actor.bodies_as(*ACTING)
    if not bodies:
        return step.body_name
    chosen = select(Body.name).where(Body.id.in_(bodies)).order_by(Body.name)
    return "; ".join(db.session.scalars(chosen))
