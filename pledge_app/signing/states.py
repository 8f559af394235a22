"""A round is open until its last step is done; a change of the paper voids it."""

from __future__ import annotations

from enum import StrEnum

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.lifecycle import Lifecycle


class RoundState(StrEnum):
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
    """How a step was done. `confirmation` is *xác nhận điện tử trong phần mềm*, never "chữ ký số"."""

    PAPER = "paper"
    CONFIRMATION = "confirmation"


def _anyone(_actor: Actor, _subject: object) -> bool:
    """The room above has already checked who: a round moves with its last step or its paper."""
    return True


ROUND_LIFE = Lifecycle(
    RoundState.OPEN,
    ("complete", {RoundState.OPEN}, RoundState.COMPLETE, _anyone),
    ("void", {RoundState.OPEN}, RoundState.VOID, _anyone),
)
