"""One thing that somebody may try: on what, who may, when, how it is sent, what follows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from tests.journeys.expected import YearNow
from tests.journeys.office import Answer, Office

Choice = TypeVar("Choice")


class Choose(Protocol):
    """Where an act leaves something open, the walk decides."""

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        """One of them."""
        ...

    def number(self, low: int, high: int) -> int:
        """A whole number between the two, both included."""
        ...


class Act(ABC):
    """What the rules of a walk ask each kind of act.

    `may` and `ready` are written down here without asking the program: a policy or a table of moves
    that lets more people or more states in than these sentences do is found by the walk.
    """

    weight = 1
    """How much more often than others it is chosen: what leads on is chosen often."""
    is_versioned = False
    """Its form names the version of the page: an old page is refused with 409."""
    repeats = False
    """Posted twice it happens twice, and may."""
    refusals = frozenset({403, 404})
    """How it is refused to who may not."""

    def __repr__(self) -> str:
        return type(self).__name__

    @abstractmethod
    def things(self, now: YearNow) -> Sequence[Any]:
        """Everything there is on which it could be tried."""

    @abstractmethod
    def may(self, now: YearNow, thing: Any) -> set[str]:
        """Who may do it."""

    @abstractmethod
    def ready(self, now: YearNow, thing: Any) -> bool:
        """Whether it is time for it."""

    @abstractmethod
    def send(
        self, office: Office, now: YearNow, thing: Any, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        """Try it, whoever asks and whenever; gives the answer, and what `follow` must know."""

    @abstractmethod
    def follow(self, office: Office, now: YearNow, thing: Any, who: str, given: Any) -> None:
        """What must be true once it was done."""
