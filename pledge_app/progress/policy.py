"""Who may do what to a quarterly report: the same people as for its pledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pledge_app.kernel.actor import Actor
from pledge_app.pledges import policy as pledge_policy

if TYPE_CHECKING:
    from pledge_app.progress.models import ProgressReport


def enters_for(actor: Actor, report: ProgressReport) -> bool:
    """A clerk or leader of the reporting commune."""
    return pledge_policy.enters_for(actor, report.pledge)


def leads_for(actor: Actor, report: ProgressReport) -> bool:
    """The leader of the reporting commune."""
    return pledge_policy.leads_for(actor, report.pledge)


def reviews_for(actor: Actor, report: ProgressReport) -> bool:
    """A reviewer who did not type this report."""
    return pledge_policy.reviews_line(actor, report.pledge) and actor.user_id not in report.author_ids
