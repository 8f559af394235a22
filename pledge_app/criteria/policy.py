"""Who makes criteria sets, and who sees which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.permission import permission
from pledge_app.orgs.policy import administers

if TYPE_CHECKING:
    from pledge_app.criteria.models import CriteriaSet


@permission(_l("Xem bộ tiêu chí đã ban hành"))
def sees(actor: Actor, criteria_set: CriteriaSet) -> bool:
    """A published set is everybody's; a draft is for those who make it or read everything."""
    return criteria_set.published_at is not None or sees_drafts(actor)


@permission(_l("Xem bản nháp bộ tiêu chí"))
def sees_drafts(actor: Actor) -> bool:
    """Who makes criteria sets, or reads everything."""
    return administers(actor) or actor.sees_all


@permission(_l("Bộ tiêu chí: lập, sửa bản nháp, ban hành, lập phiên bản mới"))
def makes_sets(actor: Actor, _criteria_set: object = None) -> bool:
    """An administrator of the installation."""
    return administers(actor)
