"""Who may do what to an agreement. The lead is read from its dated rows, on the actor's own day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pledge_app.kernel.actor import Actor, Role
from pledge_app.orgs.queries import lead_of

if TYPE_CHECKING:
    from pledge_app.agreements.amendment_models import Amendment
    from pledge_app.agreements.models import Agreement
    from pledge_app.orgs.models import Cluster
    from pledge_app.pledges.models import Pledge


def leads_cluster(actor: Actor, cluster: Cluster) -> bool:
    """Clerk or leader of the body that leads the cluster today; who led it before has no right
    left.
    """
    if actor.today is None:
        return False
    lead = lead_of(cluster, on=actor.today)
    return lead is not None and lead.body_id in actor.bodies_as(Role.CLERK, Role.LEADER)


def composes_for(actor: Actor, agreement: Agreement) -> bool:
    """Clerk or leader of the body that leads the cluster today."""
    return leads_cluster(actor, agreement.cluster)


def composes_or_system(actor: Actor, agreement: Agreement) -> bool:
    """The lead; or a change at the table that both sides consented to."""
    return actor.is_system or composes_for(actor, agreement)


def member_bodies(actor: Actor, agreement: Agreement) -> frozenset[int]:
    """The parties (witnesses too) for which the actor is clerk or leader."""
    parties = {party.body_id for party in agreement.parties}
    return actor.bodies_as(Role.CLERK, Role.LEADER) & parties


def member_of(actor: Actor, agreement: Agreement) -> bool:
    """Clerk or leader of a body that is a party."""
    return bool(member_bodies(actor, agreement))


def reviews_cluster(actor: Actor, agreement: Agreement) -> bool:
    """A reviewer of the cluster."""
    return actor.has(Role.REVIEWER, agreement.cluster.reviewer_body_id)


def records_meeting(actor: Actor, agreement: Agreement) -> bool:
    """The lead's people, or a reviewer of the cluster, record what happened at the meeting."""
    return composes_for(actor, agreement) or reviews_cluster(actor, agreement)


def proposes_for(actor: Actor, agreement: Agreement, pledge: Pledge) -> bool:
    """Who may propose another figure: the lead, the reviewer, or the commune itself."""
    own = bool(actor.bodies_as(Role.CLERK, Role.LEADER) & {pledge.body_id})
    return own or records_meeting(actor, agreement)


def answers_for(actor: Actor, amendment: Amendment) -> bool:
    """Who may say no to a proposal: whoever is asked, and who made it."""
    body_id = amendment.target.pledge.body_id
    own = bool(actor.bodies_as(Role.CLERK, Role.LEADER) & {body_id})
    is_proposer = actor.user_id is not None and actor.user_id == amendment.proposed_by_id
    return own or is_proposer or reviews_cluster(actor, amendment.agreement)


def by_system(actor: Actor, _subject: object) -> bool:
    """Only an event does this: the file was rendered, the parties signed, both sides consented."""
    return actor.is_system
