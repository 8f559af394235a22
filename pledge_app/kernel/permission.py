"""What somebody may do: each policy names its act here, and who it says yes to is measured.

Nothing is typed beside the policies: `docs/permissions.md` and the page of the administrator are
made of their answers to every role in every place (tests/permission_table.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import LazyString

Question = Callable[..., object]
Q = TypeVar("Q", bound=Question)


@dataclass(frozen=True)
class Permission:
    """One act in the words of the screen, and the question that decides who may do it.

    `is_reading`: the question is a `find_…(pid, seen_by=actor)`, which raises NotFound for no.
    """

    act: LazyString
    question: Question
    is_reading: bool = False

    @property
    def name(self) -> str:
        """ "pledges.policy.enters_for"."""
        return name_of(self.question)


PERMISSIONS: dict[str, Permission] = {}
CONDITIONS: set[str] = set()
SYSTEM_ONLY: dict[str, Question] = {}


def permission(act: LazyString) -> Callable[[Q], Q]:
    """Mark a policy that decides who may do `act`."""

    def register(question: Q) -> Q:
        _register(Permission(act, question))
        return question

    return register


def reading(act: LazyString) -> Callable[[Q], Q]:
    """Mark the `find_…(pid, seen_by=actor)` that decides who may read something."""

    def register(question: Q) -> Q:
        _register(Permission(act, question, is_reading=True))
        return question

    return register


def condition(question: Q) -> Q:
    """Mark a question that policies ask on the way: by itself it lets nobody do anything."""
    CONDITIONS.add(name_of(question))
    return question


def system_only(question: Q) -> Q:
    """Mark a policy that says yes to the system alone, whatever role somebody holds."""
    SYSTEM_ONLY[name_of(question)] = question
    return question


def name_of(question: Question) -> str:
    """The room, file and function of a question."""
    return f"{question.__module__.removeprefix('pledge_app.')}.{question.__qualname__}"


def _register(made: Permission) -> None:
    assert made.name not in PERMISSIONS, f"{made.name} names two acts"
    PERMISSIONS[made.name] = made
