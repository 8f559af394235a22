"""The states of a criteria set: a draft is worked on, a published set is never changed, one that
ended is chosen for no new year.
"""

from __future__ import annotations

from enum import StrEnum

from pledge_app.criteria.policy import makes_sets
from pledge_app.kernel.lifecycle import Lifecycle


class SetState(StrEnum):
    """Nháp · Đã ban hành · Hết hiệu lực."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ENDED = "ended"


SET_LIFE = Lifecycle(
    SetState.DRAFT,
    # move       from                  to                  who
    ("publish", {SetState.DRAFT}, SetState.PUBLISHED, makes_sets),
    ("end", {SetState.PUBLISHED}, SetState.ENDED, makes_sets),
)
