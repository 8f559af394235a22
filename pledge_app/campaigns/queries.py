"""Reads of the year: visible to everybody logged in, since the guidance binds all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from pledge_app.campaigns import calendar
from pledge_app.campaigns.models import (
    AssignedFigure,
    Campaign,
    Commemoration,
    EmulationYear,
    LegalBasis,
    Period,
)
from pledge_app.criteria.models import Criterion
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import sort_key
from pledge_app.orgs.models import Body, Cluster, ClusterMembership, UnitParent


def years() -> Select[EmulationYear]:
    """All years, newest first."""
    return select(EmulationYear).order_by(
        EmulationYear.year.desc(),
        EmulationYear.line,
        EmulationYear.id,
    )


def years_by(criteria_set_id: int) -> list[EmulationYear]:
    """The years that go by a set of criteria, newest first."""
    return list(db.session.scalars(years().where(EmulationYear.criteria_set_id == criteria_set_id)))


def find_year(pid: str) -> EmulationYear:
    """The year of a public id; raises NotFound."""
    year = db.session.scalar(select(EmulationYear).where(EmulationYear.pid == pid))
    if year is None:
        raise NotFound(_("Không có năm thi đua này."))
    return year


def find_campaign(pid: str) -> Campaign:
    """The campaign of a public id; raises NotFound."""
    campaign = db.session.scalar(select(Campaign).where(Campaign.pid == pid))
    if campaign is None:
        raise NotFound(_("Không có đợt thi đua này."))
    return campaign


def year_of(cluster: Cluster) -> EmulationYear | None:
    """The year that guides a cluster: same year, line and issuing body."""
    return db.session.scalar(
        select(EmulationYear).where(
            EmulationYear.year == cluster.year,
            EmulationYear.line == cluster.line,
            EmulationYear.issuer_body_id == cluster.issuer_body_id,
        )
    )


def clusters_of(year: EmulationYear) -> list[Cluster]:
    """The clusters that the year guides, with their members."""
    return list(
        db.session.scalars(
            select(Cluster)
            .where(
                Cluster.year == year.year,
                Cluster.line == year.line,
                Cluster.issuer_body_id == year.issuer_body_id,
            )
            .options(selectinload(Cluster.members).joinedload(ClusterMembership.body))
            .order_by(Cluster.name)
        )
    )


def member_bodies(year: EmulationYear) -> list[Body]:
    """The bodies of all clusters of the year, cluster by cluster, in the order of their columns."""
    return list(
        db.session.scalars(
            select(Body)
            .join(ClusterMembership, ClusterMembership.body_id == Body.id)
            .join(Cluster)
            .where(
                Cluster.year == year.year,
                Cluster.line == year.line,
                Cluster.issuer_body_id == year.issuer_body_id,
            )
            .order_by(Cluster.name, ClusterMembership.position)
        )
    )


def criteria_of(year: EmulationYear) -> list[Criterion]:
    """Groups and criteria of the year's set in their order; empty when none is chosen yet."""
    if year.criteria_set_id is None:
        return []
    return list(
        db.session.scalars(
            select(Criterion)
            .where(Criterion.criteria_set_id == year.criteria_set_id)
            .order_by(Criterion.position)
        )
    )


def assigned_to(year: EmulationYear) -> dict[tuple[int, int], Decimal]:
    """(body id, criterion id) → assigned figure."""
    rows = db.session.execute(
        select(AssignedFigure.body_id, AssignedFigure.criterion_id, AssignedFigure.value).where(
            AssignedFigure.emulation_year_id == year.id
        )
    )
    return {(body_id, criterion_id): value for body_id, criterion_id, value in rows}


def commemorations(body_ids: set[int]) -> list[Commemoration]:
    """The calendar's days and the local ones of the given bodies, through the year."""
    rows = list(
        db.session.scalars(
            select(Commemoration).where(
                or_(Commemoration.body_id.is_(None), Commemoration.body_id.in_(body_ids))
            )
        )
    )
    return sorted(
        rows,
        key=lambda row: (row.month or 0, row.day or 0, row.founding_year or 0, row.name),
    )


def phrases(campaign: Campaign) -> list[str]:
    """The anniversaries of a campaign as its year words them."""
    year = campaign.emulation_year.year
    return [
        calendar.spring_phrase(year)
        if row.is_spring
        else calendar.phrase(year, row.names, row.founding_year)
        for row in campaign.anniversaries
    ]


@dataclass(frozen=True)
class BasisChoice:
    """A legal basis on a paper's date: in force, or not and then what replaces it."""

    basis: LegalBasis
    in_force: bool
    instead: LegalBasis | None


def legal_bases(on: date) -> list[BasisChoice]:
    """The register judged for a paper of the day `on`."""
    rows = db.session.scalars(select(LegalBasis).order_by(LegalBasis.in_force_from, LegalBasis.id))
    return [judge(row, on) for row in rows]


def judge(basis: LegalBasis, on: date) -> BasisChoice:
    """Whether a basis is in force on a day; if it has ended, its first successor that is."""
    if basis.in_force_from <= on and (basis.in_force_to is None or basis.in_force_to > on):
        return BasisChoice(basis, True, None)
    instead = basis.replaced_by
    while instead is not None and instead.in_force_to is not None and instead.in_force_to <= on:
        instead = instead.replaced_by
    if instead is not None and instead.in_force_from > on:
        instead = None
    if instead is None and basis.in_force_from > on:
        instead = db.session.scalar(
            select(LegalBasis).where(
                LegalBasis.replaced_by_id == basis.id,
                LegalBasis.in_force_from <= on,
                or_(LegalBasis.in_force_to.is_(None), LegalBasis.in_force_to > on),
            )
        )
    return BasisChoice(basis, False, instead)


def issuers_for(actor: Actor) -> list[Body]:
    """The bodies for which the actor may open a year: their own reviewing ones, first in the
    list.

    For an administrator also those that guide a cluster, or whose unit has units below it: the year
    comes first.
    """
    own = actor.bodies_as(Role.REVIEWER, Role.ADMIN)
    chosen = (
        select(Body).where(Body.id.in_(own))
        if not actor.has(Role.ADMIN)
        else select(Body).where(
            or_(
                Body.id.in_(own),
                Body.id.in_(select(Cluster.issuer_body_id)),
                Body.unit_id.in_(select(UnitParent.parent_id)),
            )
        )
    )
    return sorted(
        db.session.scalars(chosen),
        key=lambda body: (body.id not in own, sort_key(body.name), body.id),
    )


def campaign_of(year: EmulationYear, quarter: int) -> Campaign:
    """The campaign of a quarter; raises NotFound."""
    for campaign in year.campaigns:
        if campaign.quarter == quarter:
            return campaign
    raise NotFound(_("Không có đợt thi đua này."))


def find_period(year: EmulationYear, pid: str) -> Period:
    """The period of a public id within its year; raises NotFound."""
    for period in year.periods:
        if period.pid == pid:
            return period
    raise NotFound(_("Không có kỳ báo cáo này."))
