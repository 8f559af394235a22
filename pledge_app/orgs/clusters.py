"""Verbs on clusters: made for a year and a line, their members in order, lead and deputy, the
papers they rest on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.audit.operations import record
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Problem, check
from pledge_app.kernel.text import same_name_key
from pledge_app.kernel.versions import check_version
from pledge_app.orgs import events
from pledge_app.orgs.models import (
    Body,
    BodyKind,
    Cluster,
    ClusterMembership,
    ClusterPaper,
    ClusterPaperKind,
    Line,
)
from pledge_app.orgs.policy import administer

MTTQ_LINE = (BodyKind.MTTQ, BodyKind.UNION, BodyKind.HAMLET)


def create_cluster(
    name: str,
    year: int,
    line: Line,
    *,
    issuer: Body,
    reviewer: Body,
    members: Sequence[Body] = (),
    actor: Actor,
    at: datetime,
) -> Cluster:
    """A cluster of one year; `members` (of last year's cluster, say) in their order."""
    administer(actor)
    check(
        1990 <= year <= 2100,
        _("Năm thi đua phải từ 1990 đến 2100."),
        [Problem(_("Năm không hợp lệ."), "year")],
    )
    cluster = Cluster(
        name=name,
        year=year,
        line=line,
        issuer=issuer,
        reviewer=reviewer,
    )
    with db.session.no_autoflush:
        _check_names(
            name,
            year,
            line,
            issuer,
            None,
        )
        for position, body in enumerate(members, 1):
            check_member(body, year, line, issuer)
            cluster.members.append(ClusterMembership(body=body, position=position))
    db.session.add(cluster)
    db.session.flush()
    record(
        "cluster.created",
        cluster,
        actor=actor,
        at=at,
        unit_id=reviewer.unit_id,
        name=name,
        year=year,
        members=[body.name for body in members],
    )
    return cluster


def describe_cluster(
    cluster: Cluster,
    name: str,
    *,
    issuer: Body,
    reviewer: Body,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Name, issuing and reviewing body. The issuing body stays once a member has begun its
    pledge.
    """
    administer(actor)
    check_version(cluster.version_id, version)
    _check_names(
        name,
        cluster.year,
        cluster.line,
        issuer,
        cluster,
    )
    check(
        issuer.id == cluster.issuer_body_id
        or not any(_pledged(cluster, row.body) for row in cluster.members),
        _("Cụm đã có bản đăng ký nên không đổi được cơ quan hướng dẫn."),
        [Problem(_("Giữ cơ quan hướng dẫn hiện tại."), "issuer")],
    )
    before = {
        "name": cluster.name,
        "issuer": cluster.issuer.name,
        "reviewer": cluster.reviewer.name,
    }
    after = {
        "name": name,
        "issuer": issuer.name,
        "reviewer": reviewer.name,
    }
    if after == before:
        return
    cluster.name = name
    cluster.issuer = issuer
    cluster.reviewer = reviewer
    record(
        "cluster.described",
        cluster,
        actor=actor,
        at=at,
        unit_id=reviewer.unit_id,
        name=name,
        before=before,
        after=after,
    )


def add_members(
    cluster: Cluster,
    bodies: Sequence[Body],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """New members behind those already there."""
    administer(actor)
    check_version(cluster.version_id, version)
    check(
        bodies,
        _("Hãy chọn ít nhất một cơ quan."),
        [Problem(_("Chưa chọn cơ quan nào."), "bodies")],
    )
    for body in bodies:
        check_member(
            body,
            cluster.year,
            cluster.line,
            cluster.issuer,
        )
    last = max((row.position for row in cluster.members), default=0)
    for position, body in enumerate(bodies, last + 1):
        cluster.members.append(ClusterMembership(body=body, position=position))
    touch(cluster)
    record(
        "cluster.members_added",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        name=cluster.name,
        members=[body.name for body in bodies],
    )


def drop_member(
    cluster: Cluster,
    body: Body,
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """A member leaves. Not once its pledge was begun: the pledge would hang in the air."""
    administer(actor)
    check_version(cluster.version_id, version)
    row = next((one for one in cluster.members if one.body_id == body.id), None)
    check(row is not None, _("%(body)s không còn trong cụm.", body=body.name))
    check(
        not _pledged(cluster, body),
        _("%(body)s đã lập bản đăng ký trong cụm này nên không bỏ ra được.", body=body.name),
    )
    check(
        not any(lead.body_id == body.id for lead in cluster.leads),
        _(
            "%(body)s đang được ghi là Cụm trưởng hoặc Cụm phó nên không bỏ ra được.",
            body=body.name,
        ),
    )
    assert row is not None
    cluster.members.remove(row)
    db.session.delete(row)
    for position, other in enumerate(sorted(cluster.members, key=lambda one: one.position), 1):
        other.position = position
    touch(cluster)
    record(
        "cluster.member_dropped",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        name=cluster.name,
        member=body.name,
    )


def order_members(
    cluster: Cluster,
    places: Mapping[int, int],
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The order of columns on papers made from now on: body id → wanted place; equal places keep
    their old order.
    """
    administer(actor)
    check_version(cluster.version_id, version)
    rows = sorted(
        cluster.members,
        key=lambda row: (places.get(row.body_id, row.position), row.position),
    )
    for position, row in enumerate(rows, 1):
        row.position = position
    touch(cluster)
    record(
        "cluster.ordered",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        name=cluster.name,
        members=[row.body.name for row in rows],
    )


def add_paper(
    cluster: Cluster,
    kind: ClusterPaperKind,
    *,
    number: str,
    dated: date,
    issuer: str,
    title: str,
    actor: Actor,
    at: datetime,
) -> ClusterPaper:
    """A paper that the cluster rests on."""
    administer(actor)
    same = any(
        same_name_key(row.number) == same_name_key(number) and row.dated == dated
        for row in cluster.papers
    )
    check(
        not same,
        _("Văn bản này đã được ghi."),
        [Problem(_("Số và ngày này đã được ghi."), "number")],
    )
    paper = ClusterPaper(
        cluster=cluster,
        kind=kind,
        number=number,
        dated=dated,
        issuer=issuer,
        title=title,
    )
    db.session.add(paper)
    db.session.flush()
    record(
        "cluster.paper_added",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        number=number,
        dated=dated,
    )
    return paper


def drop_paper(paper: ClusterPaper, *, actor: Actor, at: datetime) -> None:
    """A paper recorded by mistake is taken off; the trail keeps it."""
    administer(actor)
    cluster = paper.cluster
    record(
        "cluster.paper_dropped",
        cluster,
        actor=actor,
        at=at,
        unit_id=cluster.reviewer.unit_id,
        number=paper.number,
        dated=paper.dated,
        title=paper.title,
    )
    cluster.papers.remove(paper)
    db.session.delete(paper)


def _check_names(
    name: str,
    year: int,
    line: Line,
    issuer: Body,
    own: Cluster | None,
) -> None:
    same = db.session.scalars(
        select(Cluster).where(
            Cluster.year == year,
            Cluster.line == line,
            Cluster.issuer_body_id == issuer.id,
            Cluster.id != (own.id if own else 0),
        )
    )
    check(
        all(same_name_key(row.name) != same_name_key(name) for row in same),
        _("Năm này đã có cụm tên như vậy."),
        [Problem(_("Tên này đã dùng cho một cụm cùng năm."), "name")],
    )


def check_member(
    body: Body,
    year: int,
    line: Line,
    issuer: Body,
) -> None:
    """Raise DomainError where the body cannot join a cluster of that year, line and guidance.

    A cluster of the UBND line takes any body of any level; one of the MTTQ line takes committees of
    the Front, organisations, and hamlets (whose working boards of the Front pledge there).
    """
    ended = body.exists_to is not None and body.exists_to <= date(year, 1, 1)
    check(
        not ended,
        _("%(body)s không còn hoạt động trong năm %(year)s.", body=body.name, year=year),
        [Problem(_("%(body)s không còn hoạt động.", body=body.name), "bodies")],
    )
    check(
        line is Line.UBND or body.kind in MTTQ_LINE,
        _("%(body)s không thuộc hệ của cụm.", body=body.name),
        [Problem(_("%(body)s không thuộc hệ này.", body=body.name), "bodies")],
    )
    other = db.session.scalar(
        select(Cluster)
        .join(ClusterMembership)
        .where(
            ClusterMembership.body_id == body.id,
            Cluster.year == year,
            Cluster.line == line,
            Cluster.issuer_body_id == issuer.id,
        )
    )
    if other is not None:
        said = _(
            "%(body)s đã thuộc %(cluster)s năm %(year)s.",
            body=body.name,
            cluster=other.name,
            year=year,
        )
        raise DomainError(said, [Problem(said, "bodies")])


def _pledged(cluster: Cluster, body: Body) -> bool:
    return events.MEMBER_PLEDGED(cluster.id, body.id)


def touch(cluster: Cluster) -> None:
    """Members and leads are rows of their own: the cluster's version counts their changes too."""
    flag_modified(cluster, "name")
    db.session.flush()
