"""What signing tells the room whose paper is signed, and what it asks of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.events import Arrow

if TYPE_CHECKING:
    from pledge_app.signing.models import SigningRound, SigningStep
    from pledge_app.signing.states import Vouched


class Marked(Protocol):
    """A mark was made on a round."""

    def __call__(self, signing_round: SigningRound, *, at: datetime, today: date) -> None: ...


class Unmarked(Protocol):
    """A mark of a round counts no more."""

    def __call__(self, signing_round: SigningRound, *, at: datetime) -> None: ...


# A signature was made, attested or seen.
ROUND_MARKED: Arrow[Marked] = Arrow("round marked")
# A mark was disputed and counts no more.
ROUND_UNMARKED: Arrow[Unmarked] = Arrow("round unmarked")
# Whether an actor reviews the cluster whose paper this is: (document id, actor).
REVIEWS_SIGNING: Arrow[Callable[[int, Actor], bool]] = Arrow("reviews signing")
# Whether an actor may void the paper: (document id, actor).
GIVES_UP_SIGNING: Arrow[Callable[[int, Actor], bool]] = Arrow("gives up signing")
# Whether an actor records at the table what happens to the paper: (document id, actor).
RECORDS_SIGNING: Arrow[Callable[[int, Actor], bool]] = Arrow("records signing")
# As whom an actor is the second person beside the first (a user id), or None.
VOUCHES: Arrow[Callable[[SigningStep, int | None, Actor], Vouched | None]] = Arrow("vouches")
