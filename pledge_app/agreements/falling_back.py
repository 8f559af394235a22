"""What a disputed mark does to the agreement: its state says no more than is still known of
everybody.
"""

from __future__ import annotations

from datetime import datetime

from pledge_app.agreements import queries
from pledge_app.agreements.states import AgreementState
from pledge_app.audit.operations import record
from pledge_app.kernel.actor import SYSTEM
from pledge_app.signing.models import SigningRound
from pledge_app.signing.rounds import reached
from pledge_app.signing.states import Reached

BACK = {
    Reached.NOTHING: ("back_to_awaiting", (AgreementState.AWAITING,)),
    Reached.CONFIRMED: ("back_to_confirmed", (AgreementState.AWAITING, AgreementState.CONFIRMED)),
    Reached.INKED: ("back_to_inked", (AgreementState.INKED,)),
}
"""After a dispute: the move to the least that is known, and the states that say no more than it
already.
"""


def round_unmarked(signing_round: SigningRound, *, at: datetime) -> None:
    """Event: a mark counts no more. The state falls back; what is in force stays so, with the
    dispute as a task.
    """
    agreement = queries.of_paper(signing_round.document_id)
    now = reached(signing_round)
    if agreement is None or now not in BACK:
        return
    move, as_low = BACK[now]
    if agreement.state in as_low or not agreement.LIFE.may(move, agreement, SYSTEM):
        return
    agreement.move(move, actor=SYSTEM)
    agreement.signed_at = None
    unit_id = agreement.lead_body.unit_id
    record(
        "agreement.fell_back",
        agreement,
        actor=SYSTEM,
        at=at,
        unit_id=unit_id,
    )
