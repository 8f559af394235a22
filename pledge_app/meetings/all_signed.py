"""Tất cả đã ký tại hội nghị: the wet signatures of a whole meeting, recorded in one act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.agreements import queries as agreements
from pledge_app.agreements import signing
from pledge_app.agreements.models import Agreement
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Problem, check
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.states import RoundState, StepState

ABSENT = "Vắng tại hội nghị"
"""The reason that stands beside an absence recorded in one act with the signatures."""


def may_be_recorded(opened: SigningRound) -> list[SigningStep]:
    """The signatories of whom no wet signature is known and who did not refuse."""
    if opened.state is not RoundState.OPEN:
        return []
    return [
        step
        for step in opened.steps
        if step.signed_on_paper_on is None and step.state is not StepState.REFUSED
    ]


def sign_all(
    agreement: Agreement,
    ticked: Collection[SigningStep],
    *,
    on: date,
    rest_absent: bool,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Who of the meeting signed the printed paper; each signature still waits for its second
    person.

    `rest_absent`: the others of whom nothing is known were absent; they may sign later.
    """
    signing.recording(agreement, actor)
    check(
        ticked,
        _("Hãy đánh dấu những người đã ký. Chưa ghi chữ ký nào."),
        [Problem(_("Chưa đánh dấu ai."), "all")],
    )
    for step in ticked:
        signing.sign_on_paper(
            agreement,
            step,
            on=on,
            actor=actor,
            at=at,
            today=today,
        )
    if not rest_absent:
        return
    opened = agreements.round_of(agreement)
    rest = [] if opened is None else may_be_recorded(opened)
    for step in rest:
        if step.state is StepState.PENDING:
            signing.absent(
                agreement,
                step,
                ABSENT,
                actor=actor,
                at=at,
            )
