"""A round is open until every signature was seen on the scan; a step says what became of one
signatory.
"""

from __future__ import annotations

from enum import StrEnum

from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.signing import policy


class RoundState(StrEnum):
    """Open: marks are taken. Complete: all was seen on a confirmed scan. Void: the paper was
    given up.
    """

    OPEN = "open"
    COMPLETE = "complete"
    VOID = "void"


class StepState(StrEnum):
    """What became of one signatory: pending, signed, refused (with reason), absent."""

    PENDING = "pending"
    SIGNED = "signed"
    REFUSED = "refused"
    ABSENT = "absent"


class Means(StrEnum):
    """How a step was done. `confirmation` is *xác nhận điện tử trong phần mềm*, never "chữ ký
    số".
    """

    PAPER = "paper"
    CONFIRMATION = "confirmation"


class MarkKind(StrEnum):
    """One thing that is known of a signature: clicked, recorded at the table, attested there, on
    the scan.
    """

    CONFIRMATION = "confirmation"
    INK = "ink"
    TABLE = "table"
    SCAN = "scan"


class Vouched(StrEnum):
    """Who stood beside the first person: somebody of another body; where no other body is, the
    second official; where an administrator allowed it, one and the same person.
    """

    OTHER_BODY = "other_body"
    SECOND_OFFICIAL = "second_official"
    CONCURRENT = "concurrent"


class Reached(StrEnum):
    """How far the signing has come: the least of what is known of every signatory."""

    NOTHING = "nothing"
    CONFIRMED = "confirmed"
    INKED = "inked"
    SEEN = "seen"


ROUND_LIFE = Lifecycle(
    RoundState.OPEN,
    ("complete", {RoundState.OPEN}, RoundState.COMPLETE, policy.by_system),
    ("reopen", {RoundState.COMPLETE}, RoundState.OPEN, policy.by_system),
    ("void", {RoundState.OPEN}, RoundState.VOID, policy.gives_up),
)

P = StepState
STEP_LIFE = Lifecycle(
    P.PENDING,
    # move            from                              to          who
    ("confirm", {P.PENDING, P.ABSENT, P.SIGNED}, P.SIGNED, policy.holds),
    ("sign_on_paper", {P.PENDING, P.ABSENT, P.SIGNED}, P.SIGNED, policy.records),
    ("attest", {P.SIGNED}, P.SIGNED, policy.attests),
    ("appear_on_scan", {P.PENDING, P.ABSENT, P.SIGNED}, P.SIGNED, policy.by_system),
    ("refuse", {P.PENDING, P.ABSENT, P.SIGNED}, P.REFUSED, policy.holds_or_records),
    ("stay_away", {P.PENDING, P.ABSENT}, P.ABSENT, policy.records),
    ("dispute", {P.SIGNED}, P.PENDING, policy.disputes),
    ("lose_scan", {P.SIGNED}, P.PENDING, policy.by_system),
    ("correct", {P.REFUSED, P.ABSENT, P.SIGNED}, P.PENDING, policy.corrects),
)
