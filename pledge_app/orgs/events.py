"""What units and bodies tell the rooms above them, and what they ask of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Protocol

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.events import Arrow


class HamletsAdded(Protocol):
    """Hamlets were written below these communes; gives how many pledges took them up."""

    def __call__(
        self,
        unit_ids: Collection[int],
        *,
        actor: Actor,
        at: datetime,
        today: date,
    ) -> int: ...


HAMLETS_ADDED: Arrow[HamletsAdded] = Arrow("hamlets added")
# How many roles are held at a body on a day or later.
ROLES_AT: Arrow[Callable[[int, date], int]] = Arrow("roles at")
# Whether nobody but this user has a login.
ONLY_LOGIN: Arrow[Callable[[int | None], bool]] = Arrow("only login")
# Whether a body has a pledge in a cluster: (cluster id, body id).
MEMBER_PLEDGED: Arrow[Callable[[int, int], bool]] = Arrow("member pledged")
