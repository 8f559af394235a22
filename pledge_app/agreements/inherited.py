"""The words that a cluster's new agreement takes over from the one it signed last year."""

from __future__ import annotations

import re

from sqlalchemy import select

from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import IN_FORCE
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster

INHERITED = (
    "purpose",
    "contents",
    "standards",
    "measures",
    "organisation",
    "scoring",
    "commitment",
)


def inherit_words(agreement: Agreement) -> None:
    """Fill blank texts from last year's signed agreement of the cluster of that name; "năm 2022"
    reads "năm 2023".

    Clusters are rows of one year, so the name, the line and the reviewer say which one it was.
    Other years in the text stay: they belong to plans and decisions.
    """
    cluster = agreement.cluster
    last = db.session.scalar(
        select(Agreement)
        .join(Cluster)
        .where(
            Cluster.name == cluster.name,
            Cluster.line == cluster.line,
            Cluster.year == cluster.year - 1,
            Cluster.reviewer_body_id == cluster.reviewer_body_id,
            Agreement.state.in_(IN_FORCE),
            Agreement.in_force_on.is_not(None),
        )
        .order_by(Agreement.version.desc())
        .limit(1)
    )
    if last is None:
        return
    for name in INHERITED:
        if not getattr(agreement, name):
            setattr(
                agreement,
                name,
                re.sub(
                    rf"\b([Nn]ăm) {cluster.year - 1}\b",
                    rf"\1 {cluster.year}",
                    getattr(last, name),
                ),
            )
