"""What a room says of itself, as data, and the one registry that lower rooms ask.

Each room's `room.py` makes one `Room`; `application.py` lists them; `Rooms` joins them. Whoever
draws a timeline, a badge, the navigation or the list of tasks asks the registry and knows no room
above its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import ModuleType
from typing import Any, NamedTuple, Protocol, TypeVar

import click
from flask import Blueprint, Flask, current_app
from flask_babel import LazyString

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.checks import Check, Sealed
from pledge_app.kernel.events import Answer

EXTENSION = "rooms"
T = TypeVar("T")
# What an event of the trail kept, and what a job was asked with: JSON, so of any plain type.
Data = Mapping[str, Any]
Sentence = Callable[[Data], str]


class Badge(NamedTuple):
    """Always a word with an icon; the colour only repeats what they say."""

    word: LazyString
    icon: str
    tone: str


@dataclass(frozen=True)
class Task:
    """One line of *my work*: what, of whom, by when, and the one button."""

    title: str
    detail: str
    button: str
    href: str
    due: date | None


@dataclass(frozen=True)
class DueLine:
    """One line of *what is due* that is no task: what, whose, by when, and where to read of it."""

    what: str
    whose: str
    due: date | None
    href: str


@dataclass(frozen=True)
class JobKind:
    """A kind of background work. `give_up` hears why, after the last attempt failed; it marks what
    was asked for in the transaction in which the job fails, and does not commit.
    """

    name: str
    do: Callable[[JsonObject], None]
    give_up: Callable[[JsonObject, str], None] | None = None


@dataclass(frozen=True)
class ClockDuty:
    """What the worker does once for each day.

    `due_for` gives the day for which it is due now ("" = not yet), `act` what the log says of it.
    """

    name: str
    due_for: Callable[[datetime], str]
    act: Callable[[datetime], str]


@dataclass(frozen=True)
class NavEntry:
    """An entry of the navigation, the lowest `place` first. With `prefix`, every page below that
    path belongs to it.
    """

    place: int
    label: LazyString
    endpoint: str
    icon: str
    is_shown_to: Callable[[Actor], bool] = lambda actor: True
    prefix: str = ""


class Paper(Protocol):
    """A kind of paper; the room of papers knows what else there is to say of it."""

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Room:
    """What one room registers; every field may stay empty.

    `views` are the modules that put their pages on `blueprints`. `badges` are by kind of thing and
    state. `tasks` are my work, `coming` what will be my work, `owed` what others owe me.
    `stands_under` names, for the pages of a blueprint, the endpoints of the navigation entries they
    belong to: the first that is shown. `globals` and `context` are for the templates: fixed, and
    made anew for each page. `guides` say which section of which guide helps with an endpoint, or
    with a whole blueprint. `checks` and `sealed` are what `flask verify` compares.
    """

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    views: tuple[ModuleType, ...] = ()
    commands: tuple[click.Command, ...] = ()
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    badges: Mapping[str, Mapping[str, Badge]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    jobs: tuple[JobKind, ...] = ()
    duties: tuple[ClockDuty, ...] = ()
    tasks: tuple[Callable[[Actor, date], Iterable[Task]], ...] = ()
    coming: tuple[Callable[[Actor, date], Iterable[DueLine]], ...] = ()
    owed: tuple[Callable[[Actor, date], Iterable[DueLine]], ...] = ()
    navigation: tuple[NavEntry, ...] = ()
    stands_under: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    permissions: tuple[object, ...] = ()
    filters: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    globals: Mapping[str, object] = field(default_factory=dict)
    context: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    guides: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    checks: tuple[Check, ...] = ()
    sealed: tuple[Sealed, ...] = ()


class Rooms:
    """All rooms of one application, the lowest first: so are the duties done. ValueError: two rooms
    say the same thing.
    """

    def __init__(self, rooms: Sequence[Room]) -> None:
        self.all = tuple(rooms)
        papers = [paper for room in rooms for paper in room.papers]
        jobs = [job for room in rooms for job in room.jobs]
        duties = [duty for room in rooms for duty in room.duties]
        entries = [entry for room in rooms for entry in room.navigation]
        joined("room", ((room.name, room) for room in rooms))
        joined("duty", ((duty.name, duty) for duty in duties))
        self.sentences = joined("sentence", _pairs(room.sentences for room in rooms))
        self.badges = joined("badge", _pairs(room.badges for room in rooms))
        self.papers = joined("paper", ((paper.kind, paper) for paper in papers))
        self.jobs = joined("job", ((job.name, job) for job in jobs))
        self.duties = tuple(duties)
        self.navigation = tuple(sorted(entries, key=lambda entry: entry.place))
        self.stands_under = joined("place", _pairs(room.stands_under for room in rooms))
        self.guides = joined("guide", _pairs(room.guides for room in rooms))
        self.checks = tuple(check for room in rooms for check in room.checks)
        self.sealed = tuple(one for room in rooms for one in room.sealed)
        names = [check.name for check in self.checks] + [one.name for one in self.sealed]
        joined("check", ((name, name) for name in names))

    def attach(self, app: Flask) -> None:
        """Serve the rooms' pages, commands, filters and answers."""
        app.extensions[EXTENSION] = self
        answers = [answer for room in self.all for answer in room.answers]
        app.extensions[Answer.EXTENSION] = joined("answer", ((a.name, a.listener) for a in answers))
        for room in self.all:
            for blueprint in room.blueprints:
                app.register_blueprint(blueprint)
            for command in room.commands:
                app.cli.add_command(command)
            app.jinja_env.filters.update(room.filters)
            app.jinja_env.globals.update(room.globals)
        app.context_processor(self._context)

    def _context(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for room in self.all:
            for name, make in room.context.items():
                values[name] = make()
        return values


def rooms() -> Rooms:
    """The rooms of the running application."""
    registered: Rooms = current_app.extensions[EXTENSION]
    return registered


def joined(what: str, pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """One table of all rooms. ValueError names what two of them claim."""
    table: dict[str, T] = {}
    for name, value in pairs:
        if name in table:
            raise ValueError(f"two rooms register the {what} {name}")
        table[name] = value
    return table


def _pairs(tables: Iterable[Mapping[str, T]]) -> Iterable[tuple[str, T]]:
    for table in tables:
        yield from table.items()
