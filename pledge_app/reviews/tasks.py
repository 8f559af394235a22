"""My work as a reviewer: pledges that were sent and wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.room import Task
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews.queue import waited_words, waiting_days


def to_review(actor: Actor, today: date) -> Iterable[Task]:
    """Sent pledges of the clusters that I review, and how long they have waited."""
    reviewing = actor.bodies_as(Role.REVIEWER)
    if not reviewing:
        return
    pledges = db.session.scalars(
        select(Pledge)
        .join(Pledge.cluster)
        .options(joinedload(Pledge.body), joinedload(Pledge.emulation_year))
        .where(Cluster.reviewer_body_id.in_(reviewing), Pledge.state == PledgeState.SENT)
    )
    for pledge in pledges:
        whose = f"{pledge.body.name} · {pledge.emulation_year.year}"
        days = waiting_days(pledge, today)
        if days is not None:
            whose += " · " + waited_words(days)
        yield Task(
            _("Thẩm định bản đăng ký"),
            whose,
            _("Mở thẩm định"),
            url_for("reviews.show", pid=pledge.pid),
            pledge.emulation_year.pledge_due(pledge.body_id),
        )
