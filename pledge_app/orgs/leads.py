"""Verbs on who leads a cluster and deputises: appointed by one verb, whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import DomainError, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.orgs.clusters import touch
from pledge_app.orgs.models import Body, Cluster, ClusterLead, LeadKind, Person
from pledge_app.orgs.policy import administer


@dataclass(frozen=True)
class Lead:
    """Who leads (or deputises) from when, by which vote or decision. `held_to`: the first day on
    which no longer.
    """

    kind: LeadKind
    body: Body
    person: Person | None
    basis: str
    held_from: date
    held_to: date | None


def set_lead(
    cluster: Cluster,
    lead: Lead,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """By an administrator. Raises as `appoint`, and Conflict on a stale page."""
    administer(actor)
    check_version(cluster.version_id, version)
    appoint(cluster, lead, actor=actor, at=at)


def appoint(
    cluster: Cluster,
    lead: Lead,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Somebody becomes lead or deputy; whoever holds it on that day, and not longer than the
    newcomer, leaves it on that day. Terms that lie earlier or later stay as they are.

    The room that calls it has asked who may. Raises DomainError where the body is no member, the
    dates are the wrong way round, or another term begins later or lasts longer. The same
    appointment again changes nothing.
    """
    _check(cluster, lead)
    at_once = [row for row in cluster.leads if row.kind is lead.kind and _overlaps(row, lead)]
    if any(_is_same(row, lead) for row in at_once):
        return
    for row in at_once:
        if not _gives_way(row, lead, actor.today):
            raise DomainError(
                _("Thời gian này trùng với %(body)s.", body=row.body.name),
                [Problem(_("Trùng với thời gian của %(body)s.", body=row.body.name), "held_from")],
            )
    for row in at_once:
        row.held_to = lead.held_from
    cluster.leads.append(
        ClusterLead(
            body=lead.body,
            person=lead.person,
            kind=lead.kind,
            basis=lead.basis,
            held_from=lead.held_from,
            held_to=lead.held_to,
        )
    )
    touch(cluster)
    record(
        "cluster.lead_set",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        name=cluster.name,
        kind=lead.kind.value,
        body=lead.body.name,
        basis=lead.basis,
        held_from=lead.held_from,
    )


def succeed(
    cluster: Cluster,
    body: Body,
    heir: Body | None,
    *,
    on: date,
    basis: str,
    actor: Actor,
    at: datetime,
) -> None:
    """A body ends: what it leads goes to its heir until the same day, or ends where there is
    none.
    """
    for row in [row for row in cluster.leads if row.body_id == body.id]:
        if row.held_to is not None and row.held_to <= on:
            continue
        until = row.held_to
        row.held_to = max(on, row.held_from)
        if heir is not None:
            lead = Lead(
                row.kind,
                heir,
                None,
                basis,
                row.held_to,
                until,
            )
            appoint(
                cluster,
                lead,
                actor=actor,
                at=at,
            )


def end_lead(
    cluster: Cluster,
    kind: LeadKind,
    *,
    on: date,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The lead or deputy leaves on a day: the one without an end, else the one whose end comes
    later.
    """
    administer(actor)
    check_version(cluster.version_id, version)
    row = next(
        (
            one
            for one in sorted(cluster.leads, key=lambda one: one.held_to is not None)
            if one.kind is kind and (one.held_to is None or one.held_from < on < one.held_to)
        ),
        None,
    )
    check(row is not None, _("Không có ai đang giữ vai trò này mà chưa có ngày kết thúc."))
    assert row is not None
    check(
        on > row.held_from,
        _("Ngày kết thúc phải sau ngày bắt đầu."),
        [Problem(_("Bắt đầu từ ngày %(day)s.", day=f"{row.held_from:%d/%m/%Y}"), "on")],
    )
    row.held_to = on
    touch(cluster)
    record(
        "cluster.lead_ended",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        name=cluster.name,
        kind=kind.value,
        body=row.body.name,
        on=on,
    )


def _check(cluster: Cluster, lead: Lead) -> None:
    check(
        any(row.body_id == lead.body.id for row in cluster.members),
        _("Cụm trưởng, Cụm phó phải là thành viên của cụm."),
        [Problem(_("Chọn một thành viên của cụm."), "body")],
    )
    check(
        lead.held_to is None or lead.held_to > lead.held_from,
        _("Ngày kết thúc phải sau ngày bắt đầu."),
        [Problem(_("Ngày kết thúc đứng trước ngày bắt đầu."), "held_to")],
    )


def _overlaps(row: ClusterLead, lead: Lead) -> bool:
    """Some day belongs to both terms; an end is the first day on which it no longer holds."""
    return (row.held_to is None or row.held_to > lead.held_from) and (
        lead.held_to is None or lead.held_to > row.held_from
    )


def _is_same(row: ClusterLead, lead: Lead) -> bool:
    """The same person of the same body, on the same basis, until the same day."""
    return (
        row.body_id == lead.body.id
        and row.person_id == (lead.person.id if lead.person is not None else None)
        and row.basis == lead.basis
        and row.held_from <= lead.held_from
        and row.held_to == lead.held_to
    )


def _gives_way(row: ClusterLead, lead: Lead, today: date | None) -> bool:
    """It began before the newcomer, or on the same day, and does not outlast it. A term without an
    end gives way too, unless the newcomer's is over already: nobody would lead today.
    """
    if row.held_from > lead.held_from:
        return False
    if lead.held_to is None:
        return True
    if row.held_to is None:
        return today is None or lead.held_to > today
    return row.held_to <= lead.held_to
