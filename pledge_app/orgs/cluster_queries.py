"""Reads of clusters for the administrator."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound
from pledge_app.kernel.text import fold, sort_key
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
    """Bodies of units that have units below them on a day: who may issue a guidance or review."""
    above = select(UnitParent.parent_id).where(
        valid_on(UnitParent.used_from, UnitParent.used_to, on)
    )
    rows = db.session.scalars(
        select(Body).where(Body.unit_id.in_(above), valid_on(Body.exists_from, Body.exists_to, on))
    )
    return sorted(rows, key=lambda row: sort_key(row.name))


def candidates(cluster: Cluster) -> list[Body]:
    """Bodies of the line in units directly below the reviewing or issuing unit, in no cluster of
    this guidance yet.
    """
    start = date(cluster.year, 1, 1)
    end = date(cluster.year, 12, 31)
    below = (
        select(UnitParent.unit_id)
        .join(Unit, Unit.id == UnitParent.unit_id)
        .where(
            UnitParent.parent_id.in_({cluster.reviewer.unit_id, cluster.issuer.unit_id}),
            (UnitParent.used_from.is_(None)) | (UnitParent.used_from <= end),
            (UnitParent.used_to.is_(None)) | (UnitParent.used_to > start),
        )
    )
    taken = (
        select(ClusterMembership.body_id)
        .join(Cluster)
        .where(
            Cluster.year == cluster.year,
            Cluster.line == cluster.line,
            Cluster.issuer_body_id == cluster.issuer_body_id,
        )
    )
    right = (
        Body.kind == BodyKind.MTTQ
        if cluster.line is Line.MTTQ
        else Body.kind.in_([BodyKind.UBND, BodyKind.HAMLET])
    )
    rows = db.session.scalars(
        select(Body).where(
            Body.unit_id.in_(below),
            Body.id.not_in(taken),
            right,
            (Body.exists_to.is_(None)) | (Body.exists_to > start),
        )
    )
    return sorted(rows, key=lambda row: sort_key(row.name))
