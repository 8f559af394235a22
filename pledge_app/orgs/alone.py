"""A body that pledges by itself: its cluster has one member, which leads it."""

from __future__ import annotations

from datetime import date, datetime

from pledge_app.kernel.actor import Actor
from pledge_app.orgs.clusters import create_cluster
from pledge_app.orgs.leads import Lead, set_lead
from pledge_app.orgs.models import Body, Cluster, LeadKind, Line


def stand_alone(
    body: Body,
    year: int,
    line: Line,
    *,
    reviewer: Body,
    actor: Actor,
    at: datetime,
) -> Cluster:
    """The cluster of one, called as the body, led by it from the first day of the year. Raises as
    `create_cluster`.
    """
    cluster = create_cluster(
        body.name,
        year,
        line,
        issuer=reviewer,
        reviewer=reviewer,
        members=[body],
        actor=actor,
        at=at,
    )
    lead = Lead(
        LeadKind.LEAD,
        body,
        None,
        f"Đơn vị đăng ký riêng năm {year}",
        date(year, 1, 1),
        None,
    )
    set_lead(
        cluster,
        lead,
        version=cluster.version_id,
        actor=actor,
        at=at,
    )
    return cluster
