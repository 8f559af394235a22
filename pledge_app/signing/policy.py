"""Who may do what to a signing step: one-line questions, the day being the actor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pledge_app.kernel.actor import Actor
from pledge_app.orgs.queries import holdings_of, signs_as
from pledge_app.signing import events

if TYPE_CHECKING:
    from pledge_app.signing.models import SigningStep


def holds(actor: Actor, step: SigningStep) -> bool:
    """The holder of the step's office today, or whom the holder delegated."""
    if actor.today is None or step.person_id is None:
        return False
    held = signs_as(actor.person_id, on=actor.today)
    return any(
        row.id in held and row.person_id == step.person_id
        for row in holdings_of([step.body_id], on=actor.today)
    )


def records(actor: Actor, step: SigningStep) -> bool:
    """Who records what happened at the table: the room of the paper knows them."""
    return events.RECORDS_SIGNING(step.round.document_id, actor)


def holds_or_records(actor: Actor, step: SigningStep) -> bool:
    """Either of the two."""
    return holds(actor, step) or records(actor, step)


def disputes(actor: Actor, step: SigningStep) -> bool:
    """Whose signature it would be, who holds the office today, or a reviewer of the cluster."""
    named = step.person_id is not None and actor.person_id == step.person_id
    return named or holds(actor, step) or events.REVIEWS_SIGNING(step.round.document_id, actor)


def corrects(actor: Actor, step: SigningStep) -> bool:
    """A refusal of the holder's own is taken back by the holder only; a recorded one by who
    records.
    """
    return holds(actor, step) or (not step.refused_by_holder and records(actor, step))


def by_system(actor: Actor, _subject: object) -> bool:
    """Only what was done to the steps, or to the paper, moves this; the verb asks who did that."""
    return actor.is_system
