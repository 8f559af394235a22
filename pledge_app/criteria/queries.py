"""Reads of criteria sets."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.criteria.models import CriteriaSet
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import NotFound


def published() -> list[CriteriaSet]:
    """The sets that a year can choose, newest first."""
    return list(db.session.scalars(select(CriteriaSet).where(CriteriaSet.published_at.is_not(None))
                                   .order_by(CriteriaSet.valid_from.desc(), CriteriaSet.name)))


def find_set(pid: str) -> CriteriaSet:
    """The set of a public id; raises NotFound."""
    found = db.session.scalar(select(CriteriaSet).where(CriteriaSet.pid == pid))
    if found is None:
        raise NotFound(_("Không có bộ tiêu chí này."))
    return found
