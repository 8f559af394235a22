"""A signing round: opened on a finished paper, voided, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pledge_app.audit.operations import record
from pledge_app.documents.models import Document
from pledge_app.kernel.actor import SYSTEM, Actor
from pledge_app.kernel.base import db
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import Reached, StepState


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
    opened.steps = [_step(signer, position) for position, signer in enumerate(signers, 1)]
    db.session.add(opened)
    db.session.flush()
    record(
        "round.opened",
        opened,
        actor=SYSTEM,
        at=at,
        steps=len(opened.steps),
    )
    return opened


def _step(signer: Signer, position: int) -> SigningStep:
    return SigningStep(
        position=position,
        cell_id=signer.cell_id,
        body_id=signer.body_id,
        person_id=signer.person_id,
        is_witness=signer.is_witness,
        body_name=signer.body_name,
        person_name=signer.person_name,
        title=signer.title,
        authority=signer.authority,
        history=[],
    )


def void_round(signing_round: SigningRound, reason: str, *, actor: Actor, at: datetime) -> None:
    """The paper is changed, given up or replaced: nothing more is signed on it."""
    signing_round.move("void", actor=actor)
    signing_round.void_reason = reason
    record(
        "round.voided",
        signing_round,
        actor=actor,
        at=at,
        reason=reason,
    )


def reached(signing_round: SigningRound) -> Reached:
    """How far the signing has come. Witnesses sign only where set, and never hold it up."""
    steps = parties(signing_round)
    if not steps or any(step.state is not StepState.SIGNED for step in steps):
        return Reached.NOTHING
    if all(step.on_scan_at is not None for step in steps):
        return Reached.SEEN
    if all(step.is_inked for step in steps):
        return Reached.INKED
    return Reached.NOTHING if missing(signing_round) else Reached.CONFIRMED


def missing(signing_round: SigningRound) -> list[SigningStep]:
    """The steps without any mark that counts: neither confirmed nor signed before two people."""
    return [
        step
        for step in parties(signing_round)
        if step.state is not StepState.SIGNED
        or not (step.is_inked or step.confirmed_at is not None)
    ]


def without_ink(signing_round: SigningRound) -> list[SigningStep]:
    """The steps whose wet signature is not known yet."""
    return [step for step in parties(signing_round) if not step.is_inked]


def not_on_scan(signing_round: SigningRound) -> list[SigningStep]:
    """The steps whose signature nobody has seen on a scan yet."""
    return [step for step in parties(signing_round) if step.on_scan_at is None]


def parties(signing_round: SigningRound) -> list[SigningStep]:
    return [step for step in signing_round.steps if not step.is_witness]
