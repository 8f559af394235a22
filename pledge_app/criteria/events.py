"""What criteria tell the rooms above them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.events import Arrow


class HistoryChanged(Protocol):
    """The criteria of these sets have other last results than before."""

    def __call__(self, set_ids: Collection[int], *, actor: Actor, at: datetime) -> None: ...


HISTORY_CHANGED: Arrow[HistoryChanged] = Arrow("history changed")
