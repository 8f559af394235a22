"""Who makes the year: the reviewers of its issuing body, and administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pledge_app.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from pledge_app.campaigns.models import EmulationYear


def guides(actor: Actor, year: EmulationYear) -> bool:
    """A reviewer at the body that issues the guidance, or an administrator."""
    return actor.is_system or actor.has(Role.REVIEWER, year.issuer_body_id) or actor.has(Role.ADMIN)
