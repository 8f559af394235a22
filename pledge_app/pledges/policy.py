"""Who may do what to a pledge: one-line questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pledge_app.accounts.separation import Alone, alone_at, belongs_to
from pledge_app.audit.queries import did_any
from pledge_app.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from pledge_app.pledges.models import Pledge

DEEDS = tuple(
    f"pledge.{deed}"
    for deed in (
        "started",
        "submitted_to_leader",
        "handed_back",
        "recalled",
        "signed_off",
        "sign_off_recorded",
        "sent_up",
        "withdrawn",
    )
)
"""What somebody of the commune's side does to a pledge: who did one of these never agrees to it."""


def enters_for(actor: Actor, pledge: Pledge) -> bool:
    """A clerk (or leader) of the pledge's own body."""
    return actor.has(Role.CLERK, pledge.body_id) or actor.has(Role.LEADER, pledge.body_id)


def types_for(actor: Actor, pledge: Pledge) -> bool:
    """Who may write into the draft: the commune itself, or the reviewer on its behalf (nhập hộ)."""
    return enters_for(actor, pledge) or (pledge.on_behalf and reviews_line(actor, pledge))


def leads_for(actor: Actor, pledge: Pledge) -> bool:
    """The leader of the pledge's body: signs off."""
    return actor.has(Role.LEADER, pledge.body_id)


def sends_for(actor: Actor, pledge: Pledge) -> bool:
    """After the sign-off the commune's clerk, records clerk or leader sends it up."""
    return enters_for(actor, pledge) or actor.has(Role.RECORDS, pledge.body_id)


def reviews_line(actor: Actor, pledge: Pledge) -> bool:
    """A reviewer at the reviewing body of the pledge's cluster."""
    return actor.has(Role.REVIEWER, pledge.cluster.reviewer_body_id)


def typed(actor: Actor, pledge: Pledge) -> bool:
    """Who wrote into this pledge."""
    return actor.user_id in pledge.author_ids


def alone(actor: Actor, pledge: Pledge) -> Alone | None:
    """Why one person of the pledge's body may type and sign off, or None."""
    return alone_at(pledge.body_id, on=actor.today, roles=(Role.CLERK, Role.LEADER))


def signs_off_for(actor: Actor, pledge: Pledge) -> bool:
    """The leader; one who typed it only where one person is all there is, or was allowed both."""
    return leads_for(actor, pledge) and (
        not typed(actor, pledge) or alone(actor, pledge) is not None
    )


def took_part(actor: Actor, pledge: Pledge) -> bool:
    """Who typed, handed in, signed off, recorded a sign-off, sent or took back this pledge,
    ever.
    """
    return typed(actor, pledge) or did_any(actor.user_id, DEEDS, pledge.__tablename__, [pledge.pid])


def of_the_commune(actor: Actor, pledge: Pledge) -> bool:
    """Who is, or in the pledge's year was, of the commune: never its reviewer too, whoever
    typed.
    """
    return belongs_to(
        pledge.body_id,
        pledge.unit_id,
        actor,
        reviewer=pledge.cluster.reviewer,
        since=date(pledge.cluster.year, 1, 1),
    )


def reviews_for(actor: Actor, pledge: Pledge) -> bool:
    """A reviewer of another body who had no hand in this pledge: who enters, signs off or sends
    never agrees.
    """
    return reviews_line(actor, pledge) and not (
        of_the_commune(actor, pledge) or took_part(actor, pledge)
    )


def reads_live(actor: Actor, pledge: Pledge) -> bool:
    """Who sees figures while they are being typed: the commune, who types on its behalf,
    administrator and auditor.

    The level above reads what was sent.
    """
    return actor.sees_all or pledge.body_id in actor.bodies or types_for(actor, pledge)


def asks_for(actor: Actor, pledge: Pledge) -> bool:
    """Asking for additions needs no second person."""
    return reviews_line(actor, pledge)


def by_system(actor: Actor, _pledge: Pledge) -> bool:
    """Only another room does this: the agreement was signed, a change was consented to, the year
    ended.
    """
    return actor.is_system
