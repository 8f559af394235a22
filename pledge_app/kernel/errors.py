"""The refusals a user can meet. Each carries one Vietnamese sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is missing or wrong. `anchor` is the id of the field on the page, to link
    to.
    """

    sentence: str
    anchor: str = ""


class DomainError(Exception):
    """A rule of the domain was not met; the request is rolled back and the sentence shown."""

    status = 422

    def __init__(self, sentence: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.problems = tuple(problems)


class Forbidden(DomainError):
    """The actor sees the object but may not do this to it."""

    status = 403


class Conflict(DomainError):
    """The object is no longer in the state, or at the version, that the actor saw."""

    status = 409


class NotFound(DomainError):
    """There is no such object for this actor. Foreign objects are not found, never forbidden."""

    status = 404


class Busy(DomainError):
    """The machine does something else just now: the same request succeeds `seconds` later."""

    status = 503
    seconds = 5


class Damaged(DomainError):
    """What was stored is not what was recorded: nothing of it is given out, and somebody must
    look at it.
    """

    status = 500


def check(condition: object, sentence: str, problems: Sequence[Problem] = ()) -> None:
    """Raise DomainError (422) with `sentence` unless `condition` is true."""
    if not condition:
        raise DomainError(sentence, problems)
