"""Who acts in the Quang Đông example, and what its files say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pledge_app.accounts.current import actor_of
from pledge_app.demo.example import Stage, illustrative, seed
from pledge_app.kernel.actor import Actor, Role


class Cast:
    """The people of the stage and the facts of the example."""

    def __init__(self, stage: Stage, tell: Callable[[str], None]) -> None:
        self.stage = stage
        self.tell = tell
        self.told = seed()
        self.made_up = illustrative()
        self.members: list[str] = self.told["cluster"]["members"]

    def actor(self, unit: str, role: Role, on: date) -> Actor:
        """Who holds `role` at the unit's UBND."""
        return actor_of(self.stage.users[unit, role], today=on)

    def unit_of(self, body_id: int) -> str:
        return next(unit for (unit, _kind), body in self.stage.bodies.items() if body.id == body_id)
