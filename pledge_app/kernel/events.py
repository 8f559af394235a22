"""Events and questions between rooms: how a lower room reaches a higher one without its name.

A room that asks declares its arrow in its own `events.py`, with the types it knows; the room that
answers says so in its `room.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar, cast

from flask import current_app

F = TypeVar("F", bound=Callable[..., object])
# Which page shows something: the name of its endpoint.
Page = Callable[[], str]


@dataclass(frozen=True)
class Answer:
    """Who answers an arrow; made by `Arrow.answer`, which knows the types."""

    EXTENSION: ClassVar[str] = "answers"
    name: str
    listener: Callable[..., object]


class Arrow(Generic[F]):
    """One upward arrow, of the shape F: `ARROW(...)` calls whoever answers it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def answer(self, listener: F) -> Answer:
        """That `listener` answers, for the registration of its room."""
        return Answer(self.name, listener)

    @property
    def __call__(self) -> F:
        answers: dict[str, Callable[..., object]] = current_app.extensions[Answer.EXTENSION]
        assert self.name in answers, f"nobody answers “{self.name}”: see the room.py of its room"
        return cast(F, answers[self.name])
