"""Who makes criteria sets, and who sees which."""

from __future__ import annotations

from pledge_app.criteria.models import CriteriaSet
from pledge_app.kernel.actor import Actor
from pledge_app.orgs.policy import administers


def sees(actor: Actor, chosen: CriteriaSet) -> bool:
    """A published set is everybody's; a draft is for those who make it or read everything."""
    return chosen.published_at is not None or administers(actor) or actor.sees_all
