"""One table of moves per kind of thing. It is the guard, the buttons, the CHECK, the diagram and
a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import gettext as _
from sqlalchemy.orm import Mapped, validates

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.errors import Conflict, Forbidden

Who = Callable[[Actor, Any], bool]


@dataclass(frozen=True)
class Move:
    """`name`: from any of `sources` to `target`, by whom `who(actor, subject)` says yes to."""

    name: str
    sources: frozenset[StrEnum]
    target: StrEnum
    who: Who


class Lifecycle:
    """The moves of one kind of thing; `start` is the state in which it is born."""

    def __init__(self, start: StrEnum, *moves: tuple[str, Set[StrEnum], StrEnum, Who]) -> None:
        self.start = start
        self.moves = {
            name: Move(
                name,
                frozenset(sources),
                to,
                who,
            )
            for name, sources, to, who in moves
        }
        assert len(self.moves) == len(moves), "a move named twice"

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves.values())

    def may(self, name: str, subject: Stateful, actor: Actor) -> bool:
        """True when `actor` could make the move now: what a page asks before it shows a button."""
        move = self.moves[name]
        return subject.state in move.sources and move.who(actor, subject)

    def open_to(self, subject: Stateful, actor: Actor) -> list[str]:
        """The names of the moves that `actor` could make now, in the table's order."""
        return [name for name in self.moves if self.may(name, subject, actor)]

    def admit(self, name: str, subject: Stateful, actor: Actor) -> Move:
        """The move, or Forbidden (403) when it is not this actor's, whatever the state: the
        first question of a view.
        """
        move = self.moves[name]
        if not move.who(actor, subject):
            raise Forbidden(_("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi."))
        return move

    def guard(self, name: str, subject: Stateful, actor: Actor) -> Move:
        """The move, or Forbidden (403: not this actor) or Conflict (409: not in this state)."""
        move = self.admit(name, subject, actor)
        if subject.state not in move.sources:
            raise Conflict(
                _(
                    "Hồ sơ đã chuyển sang bước khác nên không thực hiện được việc này. "
                    "Hãy tải lại trang để xem bước hiện tại."
                )
            )
        return move

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for docs/lifecycles.md."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start.value}"]
        for move in self:
            lines += [
                f"    {source.value} --> {move.target.value}: {move.name}"
                for source in sorted(move.sources)
            ]
        return "\n".join(lines)


class Stateful:
    """A row whose `state` is written only by move()."""

    LIFE: ClassVar[Lifecycle]
    state: Mapped[Any]

    def move(self, name: str, *, actor: Actor) -> None:
        """Make the move `name`; raises Forbidden or Conflict and then changes nothing."""
        target = self.LIFE.guard(name, self, actor).target
        self.__dict__["_moving"] = True
        try:
            self.state = target
        finally:
            del self.__dict__["_moving"]

    def may(self, name: str, actor: Actor) -> bool:
        """True when `actor` could make the move now."""
        return self.LIFE.may(name, self, actor)

    @validates("state")
    def _only_by_move(self, _key: str, value: StrEnum) -> StrEnum:
        born = self.__dict__.get("state") is None and value == self.LIFE.start
        if not born and "_moving" not in self.__dict__:
            raise AttributeError("a state changes only through its Lifecycle: use move()")
        return value
