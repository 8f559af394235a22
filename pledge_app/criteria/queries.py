"""Reads of criteria sets."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import Select, select

from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.policy import sees
from pledge_app.criteria.states import SetState
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound


def in_force() -> list[CriteriaSet]:
    """The sets that a year can choose, newest first: published ones that have not ended."""
    return list(
        db.session.scalars(
            select(CriteriaSet)
            .where(CriteriaSet.state == SetState.PUBLISHED)
            .order_by(CriteriaSet.valid_from.desc(), CriteriaSet.name)
        )
    )


def find_set(pid: str) -> CriteriaSet:
    """The set of a public id; raises NotFound."""
    criteria_set = db.session.scalar(select(CriteriaSet).where(CriteriaSet.pid == pid))
    if criteria_set is None:
        raise NotFound(_("Không có bộ tiêu chí này."))
    return criteria_set


def sets(*, seen_by: Actor, state: SetState | None = None) -> Select[CriteriaSet]:
    """The sets that the actor sees, drafts first, then by the days they hold, newest first."""
    chosen = select(CriteriaSet).order_by(
        CriteriaSet.state,
        CriteriaSet.valid_from.desc(),
        CriteriaSet.name,
        CriteriaSet.version.desc(),
    )
    if not seen_by.sees_all:
        chosen = chosen.where(CriteriaSet.published_at.is_not(None))
    return chosen.where(CriteriaSet.state == state) if state is not None else chosen


def find_visible(pid: str, *, seen_by: Actor) -> CriteriaSet:
    """The set of a public id if the actor sees it; raises NotFound."""
    criteria_set = find_set(pid)
    if not sees(seen_by, criteria_set):
        raise NotFound(_("Không có bộ tiêu chí này."))
    return criteria_set


def versions_of(chosen: CriteriaSet, *, seen_by: Actor) -> list[CriteriaSet]:
    """The other versions of the set that the actor sees, newest first."""
    candidates = db.session.scalars(
        select(CriteriaSet)
        .where(CriteriaSet.name == chosen.name, CriteriaSet.id != chosen.id)
        .order_by(CriteriaSet.version.desc())
    )
    return [one for one in candidates if sees(seen_by, one)]


def version_before(chosen: CriteriaSet) -> CriteriaSet | None:
    """The version that this one was made after; None for the first one."""
    return db.session.scalars(
        select(CriteriaSet)
        .where(CriteriaSet.name == chosen.name, CriteriaSet.version < chosen.version)
        .order_by(CriteriaSet.version.desc())
    ).first()
