"""The states of a criteria set: a draft is worked on, a published set is never changed."""

from __future__ import annotations

from enum import StrEnum

from pledge_app.criteria.policy import makes_sets
from pledge_app.kernel.lifecycle import Lifecycle


class SetState(StrEnum):
    """Nháp · Đã ban hành."""

    DRAFT = "draft"
    PUBLISHED = "published"


SET_LIFE = Lifecycle(
    SetState.DRAFT,
    # move       from              to                  who
    ("publish", {SetState.DRAFT}, SetState.PUBLISHED, makes_sets),
)
