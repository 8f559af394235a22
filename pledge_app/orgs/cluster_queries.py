"""Reads of clusters for the administrator."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import fold, sort_key
from pledge_app.orgs.clusters import MTTQ_LINE
from pledge_app.orgs.models import (
    Body,
    BodyKind,
    Cluster,
    ClusterMembership,
    ClusterPaper,
    Line,
    Unit,
    UnitParent,
)
from pledge_app.orgs.queries import valid_on

MOST_OFFERED = 400
# Who usually pledges in each line; others are found by name.
MTTQ_USUAL = (BodyKind.MTTQ,)
UBND_USUAL = (
    BodyKind.UBND,
    BodyKind.DEPARTMENT,
    BodyKind.SERVICE,
    BodyKind.ENTERPRISE,
    BodyKind.ARMED,
    BodyKind.UNION,
    BodyKind.HAMLET,
)


def clusters(
    text: str = "",
    *,
    year: int | None = None,
    line: Line | None = None,
) -> Select[Cluster]:
    """Clusters, newest year first; `text` is looked for without diacritics."""
    chosen = (
        select(Cluster)
        .options(joinedload(Cluster.reviewer), selectinload(Cluster.members))
        .order_by(Cluster.year.desc(), Cluster.name, Cluster.id)
    )
    if year is not None:
        chosen = chosen.where(Cluster.year == year)
    if line is not None:
        chosen = chosen.where(Cluster.line == line)
    if text:
        rows = db.session.execute(select(Cluster.id, Cluster.name))
        chosen = chosen.where(
            Cluster.id.in_([row.id for row in rows if fold(text) in fold(row.name)])
        )
    return chosen


def find_cluster(pid: str) -> Cluster:
    """The cluster of a public id, with its members; raises NotFound."""
    row = db.session.scalar(
        select(Cluster)
        .where(Cluster.pid == pid)
        .options(selectinload(Cluster.members).joinedload(ClusterMembership.body))
    )
    if row is None:
        raise NotFound(_("Không có cụm thi đua này."))
    return row


def find_paper(pid: str) -> ClusterPaper:
    """The cluster's paper of a public id; raises NotFound."""
    row = db.session.scalar(select(ClusterPaper).where(ClusterPaper.pid == pid))
    if row is None:
        raise NotFound(_("Không có văn bản này."))
    return row


def guiding_bodies(on: date) -> list[Body]:
    """Who may issue a guidance or review: bodies of units that have units below them on a day, or
    several bodies (a city and its enterprises).
    """
    there = valid_on(
        Body.exists_from,
        Body.exists_to,
        on,
    )
    above = select(UnitParent.parent_id).where(
        valid_on(
            UnitParent.used_from,
            UnitParent.used_to,
            on,
        )
    )
    several = select(Body.unit_id).where(there).group_by(Body.unit_id).having(func.count() > 1)
    wanted = or_(Body.unit_id.in_(above), Body.unit_id.in_(several))
    rows = db.session.scalars(
        select(Body).where(
            wanted,
            Body.kind != BodyKind.HAMLET,
            there,
        ),
    )
    return sorted(rows, key=lambda row: sort_key(row.name))


def candidates(cluster: Cluster, text: str = "") -> list[Body]:
    """Bodies that may join, in no cluster of this guidance yet: those usual for the line of the
    reviewing or issuing unit and directly below; with `text`, whoever is called so, of any level.
    """
    start = date(cluster.year, 1, 1)
    taken = (
        select(ClusterMembership.body_id)
        .join(Cluster)
        .where(
            Cluster.year == cluster.year,
            Cluster.line == cluster.line,
            Cluster.issuer_body_id == cluster.issuer_body_id,
        )
    )
    above = {cluster.issuer_body_id, cluster.reviewer_body_id}
    chosen = select(Body).where(
        Body.id.not_in(taken),
        Body.id.not_in(above),
        (Body.exists_to.is_(None)) | (Body.exists_to > start),
    )
    if cluster.line is Line.MTTQ:
        chosen = chosen.where(Body.kind.in_(MTTQ_LINE))
    rows = db.session.scalars(chosen if text else chosen.where(_usual(cluster)))
    key = fold(text)
    named = [row for row in rows if key in fold(f"{row.name} {row.full_name}")]
    return sorted(named, key=lambda row: sort_key(row.name))[:MOST_OFFERED]


def _usual(cluster: Cluster) -> ColumnElement[bool]:
    """The body is of the reviewing or issuing unit or directly below it in the cluster's year."""
    start = date(cluster.year, 1, 1)
    end = date(cluster.year, 12, 31)
    units = {cluster.reviewer.unit_id, cluster.issuer.unit_id}
    below = (
        select(UnitParent.unit_id)
        .join(Unit, Unit.id == UnitParent.unit_id)
        .where(
            UnitParent.parent_id.in_(units),
            (UnitParent.used_from.is_(None)) | (UnitParent.used_from <= end),
            (UnitParent.used_to.is_(None)) | (UnitParent.used_to > start),
        )
    )
    right = MTTQ_USUAL if cluster.line is Line.MTTQ else UBND_USUAL
    return and_(Body.unit_id.in_(units) | Body.unit_id.in_(below), Body.kind.in_(right))
