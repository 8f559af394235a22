"""Clusters as a sheet that reads back: a row per member, with who leads; one for a cluster without
any.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pledge_app.orgs.models import Body, Cluster, ClusterLead
from pledge_app.orgs.named import Places
from pledge_app.orgs.words import LEAD_WORDS, LINE_WORDS
from pledge_app.tables.writing import Value
from pledge_app.web.language import kept_text


def rows(clusters: Sequence[Cluster], *, today: date) -> list[Sequence[Value]]:
    """The numbered rows, members in their order on papers."""
    places = Places(today)
    sheet: list[Sequence[Value]] = []
    for cluster in clusters:
        about: list[Value] = [
            cluster.name,
            cluster.year,
            kept_text(LINE_WORDS[cluster.line]),
            cluster.issuer.name,
            cluster.reviewer.name,
        ]
        if not cluster.members:
            sheet.append([len(sheet) + 1, *about])
        for member in cluster.members:
            who: list[Value] = [
                member.position,
                member.body.name,
                places.called(member.body.unit.pid),
            ]
            sheet.append(
                [
                    len(sheet) + 1,
                    *about,
                    *who,
                    *_lead(cluster, member.body),
                ]
            )
    return sheet


def _lead(cluster: Cluster, body: Body) -> list[Value]:
    """The columns of whoever leads or deputises without an end."""
    held = [one for one in cluster.leads if one.body_id == body.id and one.held_to is None]
    if not held:
        return []
    return _role(held[0])


def _role(lead: ClusterLead) -> list[Value]:
    return [
        kept_text(LEAD_WORDS[lead.kind]),
        lead.person.name if lead.person is not None else "",
        lead.held_from,
        lead.basis,
    ]
