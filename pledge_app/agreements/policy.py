"""Who may do what to an agreement. The lead is read from its dated rows by the view (leads_body_ids)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pledge_app.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from pledge_app.agreements.models import Agreement


def composes_for(actor: Actor, agreement: Agreement) -> bool:
    """Clerk or leader of the body that leads the cluster."""
    return bool(actor.bodies_as(Role.CLERK, Role.LEADER) & {agreement.lead_body_id})


def member_of(actor: Actor, agreement: Agreement) -> bool:
    """Clerk or leader of a body that is a party."""
    parties = {party.body_id for party in agreement.parties}
    return bool(actor.bodies_as(Role.CLERK, Role.LEADER) & parties)


def records_meeting(actor: Actor, agreement: Agreement) -> bool:
    """The lead's people, or a reviewer of the cluster, record what happened at the meeting."""
    return composes_for(actor, agreement) or actor.has(Role.REVIEWER, agreement.cluster.reviewer_body_id)


def by_system(actor: Actor, _agreement: Agreement) -> bool:
    """Only an event does this: the file was rendered, the last party signed."""
    return actor.is_system
