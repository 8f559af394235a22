"""Who may do what to a pledge: one-line questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pledge_app.kernel.actor import Actor, Role
from pledge_app.orgs.models import LeadKind

if TYPE_CHECKING:
    from pledge_app.pledges.models import Pledge


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


def reviews_for(actor: Actor, pledge: Pledge) -> bool:
    """A reviewer who did not type this pledge: who enters never agrees to it."""
    return reviews_line(actor, pledge) and actor.user_id not in pledge.author_ids


def reads_live(actor: Actor, pledge: Pledge) -> bool:
    """Who sees figures while they are being typed: the commune, who types on its behalf, administrator and auditor.

    The level above reads what was sent.
    """
    return actor.sees_all or pledge.body_id in actor.bodies or types_for(actor, pledge)


def asks_for(actor: Actor, pledge: Pledge) -> bool:
    """Asking for additions needs no second person."""
    return reviews_line(actor, pledge)


def amends_for(actor: Actor, pledge: Pledge) -> bool:
    """At the table: the reviewer, or the people of the body that leads the cluster. Every party then signs anew."""
    leads = {row.body_id for row in pledge.cluster.leads if row.kind is LeadKind.LEAD}
    return reviews_line(actor, pledge) or bool(actor.bodies_as(Role.CLERK, Role.LEADER) & leads)


def by_system(actor: Actor, _pledge: Pledge) -> bool:
    """Only an event of another room does this (the agreement was signed, the year was closed)."""
    return actor.is_system
