"""The states of a criteria set: a draft is worked on, a published set is never changed."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.orgs.policy import administers


class SetState(StrEnum):
    """Nháp · Đã ban hành."""

    DRAFT = "draft"
    PUBLISHED = "published"


def makes_sets(actor: Actor, _chosen: Any) -> bool:
    """An administrator of the installation."""
    return administers(actor)


SET_LIFE = Lifecycle(
    SetState.DRAFT,
    # move       from              to                  who
    ("publish", {SetState.DRAFT}, SetState.PUBLISHED, makes_sets),
)
