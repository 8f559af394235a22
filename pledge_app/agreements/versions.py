"""Versions of the joint agreement: one is voided, or goes on as the next one."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from pledge_app.agreements import compose, events, queries
from pledge_app.agreements.models import Agreement
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.orgs.queries import lead_of
from pledge_app.signing.rounds import void_round
from pledge_app.signing.states import RoundState


def void(agreement: Agreement, reason: str, *, actor: Actor, at: datetime) -> None:
    """Hủy: with its reason; an open signing round is voided with it. What is in force is only
    ever replaced.
    """
    check(reason.strip(), _("Hãy ghi rõ lý do hủy."), [Problem(_("Chưa có lý do."), "reason")])
    agreement.LIFE.guard("void", agreement, actor)
    give_up(
        agreement,
        reason,
        mover=actor,
        actor=actor,
        at=at,
    )


def give_up(agreement: Agreement, reason: str, *, mover: Actor, actor: Actor, at: datetime) -> None:
    """Void a version. `mover` makes the move (SYSTEM where both sides consented to a change),
    `actor` did it.
    """
    if agreement.in_force_on is not None:
        raise Conflict(
            _("Bản này đang có hiệu lực nên không hủy được. Muốn thay đổi, hãy lập phiên bản mới.")
        )
    agreement.move("void", actor=mover)
    agreement.void_reason = reason
    close_round(
        agreement,
        reason,
        actor=actor,
        at=at,
    )
    record(
        "agreement.voided",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        reason=reason,
    )


def close_round(agreement: Agreement, reason: str, *, actor: Actor, at: datetime) -> None:
    opened = queries.round_of(agreement)
    if opened is not None and opened.state is RoundState.OPEN:
        void_round(
            opened,
            reason,
            actor=actor,
            at=at,
        )


def new_version(agreement: Agreement, reason: str, *, actor: Actor, at: datetime) -> Agreement:
    """A later change is a new version with its own signing; one that is not in force is voided,
    one that is stays so until the new one is signed.
    """
    if agreement.in_force_on is None:
        void(
            agreement,
            reason,
            actor=actor,
            at=at,
        )
    elif not compose.composes(actor, agreement):
        raise Forbidden(_("Chỉ đơn vị Cụm trưởng được lập phiên bản mới."))
    return next_version(
        agreement,
        reason,
        actor=actor,
        at=at,
    )


def next_version(agreement: Agreement, reason: str, *, actor: Actor, at: datetime) -> Agreement:
    """The copy that goes on, led by who leads the cluster now; the meeting goes on with it."""
    newer = compose.copy(agreement)
    lead = lead_of(agreement.cluster, on=actor.today) if actor.today is not None else None
    if lead is not None:
        newer.lead_body = lead.body
    db.session.flush()
    events.VERSION_MADE(agreement, newer)
    record(
        "agreement.version_made",
        newer,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        version=newer.version,
        replaces=agreement.pid,
        reason=reason,
    )
    return newer
