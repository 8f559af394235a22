"""What the level above may read: its clusters, its years and the pledges of its line."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, NotFound
from pledge_app.kernel.permission import reading
from pledge_app.orgs.models import Cluster, ClusterMembership
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.policy import reviews_line
from pledge_app.pledges.queries import find_pledge


def my_clusters(actor: Actor, year: int | None = None) -> list[Cluster]:
    """The clusters that the actor reviews (all of them for those who read everything), newest
    year first.
    """
    chosen = (
        _mine(actor)
        .options(selectinload(Cluster.members).joinedload(ClusterMembership.body))
        .order_by(Cluster.year.desc(), Cluster.name)
    )
    if year is not None:
        chosen = chosen.where(Cluster.year == year)
    return list(db.session.scalars(chosen))


def my_years(actor: Actor) -> list[int]:
    """The years in which the actor reviews a cluster, newest first."""
    found = _mine(actor).with_only_columns(Cluster.year).distinct()
    return sorted(db.session.scalars(found), reverse=True)


def _mine(actor: Actor) -> Select[Cluster]:
    chosen = select(Cluster)
    if actor.sees_all:
        return chosen
    return chosen.where(Cluster.reviewer_body_id.in_(actor.bodies_as(Role.REVIEWER)))


def find_cluster(pid: str, *, seen_by: Actor) -> Cluster:
    """A cluster that the actor reviews or may read; raises NotFound."""
    cluster: Cluster | None = db.session.scalar(
        _mine(seen_by)
        .where(Cluster.pid == pid)
        .options(selectinload(Cluster.members).joinedload(ClusterMembership.body))
    )
    if cluster is None:
        raise NotFound(_("Không có cụm thi đua này, hoặc bạn không thẩm định cụm này."))
    return cluster


@reading(_l("Xem hồ sơ thẩm định của một bản đăng ký"))
def find_reviewed(pid: str, *, seen_by: Actor, to_act: bool = False) -> Pledge:
    """A pledge of a cluster that the actor reviews or may read; raises NotFound.

    `to_act`: the commune took it back while the reviewer was reading, which is a Conflict (the text
    is kept).
    """
    try:
        pledge = find_pledge(pid, seen_by=seen_by)
    except NotFound:
        reviewed = _mine(seen_by).with_only_columns(Cluster.id)
        if to_act and db.session.scalar(
            select(Pledge.id).where(Pledge.pid == pid, Pledge.cluster_id.in_(reviewed))
        ):
            raise Conflict(
                _(
                    "Đơn vị đã rút lại bản đăng ký này để sửa nên việc thẩm định chưa thực hiện "
                    "được. Nội dung bạn nhập đã được giữ lại; hãy chờ đơn vị gửi lại."
                )
            ) from None
        raise
    if not (seen_by.sees_all or reviews_line(seen_by, pledge)):
        raise NotFound(_("Không có bản đăng ký này, hoặc bạn không có quyền xem."))
    return pledge
