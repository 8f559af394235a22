"""A room names no room above it, in strings neither: no address, verb of the trail or badge of one.

import-linter sees imports only; these are the arrows that it cannot see.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pledge_app.application import ROOMS
from pledge_app.kernel import events
from pledge_app.kernel.room import Room
from tests.conftest import make_app
from tests.guards.sources import ROOT, files, text_of


def layers() -> list[str]:
    """The rooms from the highest down, as setup.cfg has them; siblings one after the other."""
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = settings["importlinter:contract:layers"]["layers"].split("\n")
    names = [name.strip(" ()") for line in lines for name in line.split("|")]
    return [name for name in names if name]


LAYERS = layers()
FOLDERS = [name for name in LAYERS if (ROOT / "pledge_app" / name).is_dir()]


@cache
def nodes(room: str) -> tuple[tuple[str, ast.AST], ...]:
    """The calls and strings of a room, with their places."""
    wanted = (ast.Call, ast.Constant)
    return tuple(
        (f"{path.relative_to(ROOT)}:{node.lineno}", node)
        for path in files(f"pledge_app/{room}", ".py")
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, wanted)
    )


@cache
def endpoints() -> tuple[str, ...]:
    """The endpoints of all pages."""
    with TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/none.sqlite", Path(folder))
        return tuple(rule.endpoint for rule in app.url_map.iter_rules())


def names_of(room: Room) -> set[str]:
    """The endpoints and the verbs of a room."""
    blueprints = {blueprint.name for blueprint in room.blueprints}
    pages = {name for name in endpoints() if name.partition(".")[0] in blueprints}
    return pages | set(room.sentences)


def names_above(room: str) -> set[str]:
    """The addresses and verbs of the rooms above one."""
    above = [one for one in ROOMS if LAYERS.index(one.name) < LAYERS.index(room)]
    return {name for one in above for name in names_of(one)}


def badges_above(room: str) -> set[str]:
    """The kinds of things whose badges the rooms above one register."""
    above = [one for one in ROOMS if LAYERS.index(one.name) < LAYERS.index(room)]
    return {kind for one in above for kind in one.badges}


def asked_badge(node: ast.AST) -> object:
    """The kind of thing in `badge("kind", …)`; None for anything else."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    first = node.args[0]
    return first.value if name == "badge" and isinstance(first, ast.Constant) else None


@pytest.mark.parametrize("room", FOLDERS)
def test_no_string_names_what_a_higher_room_has(room: str) -> None:
    names = names_above(room)
    badges = badges_above(room)
    found = []
    for place, node in nodes(room):
        if isinstance(node, ast.Constant) and node.value in names:
            found.append(f"{place} {node.value}")
        if asked_badge(node) in badges:
            found.append(f"{place} {asked_badge(node)}")
    assert not found


def test_the_guard_knows_what_higher_rooms_have() -> None:
    """What the lowest rooms once named: an address, a verb, a badge of each kind of room."""
    for room in ("audit", "ui", "web", "jobs", "notices", "documents"):
        assert {"pledges.show", "agreements.show", "progress.show"} <= names_above(room)
        assert {"pledge.sent_up", "agreement.signed", "report.confirmed"} <= names_above(room)
        assert {"pledge", "agreement", "report", "task"} <= badges_above(room)
    assert "accounts.login" in names_above("web")
    assert asked_badge(ast.parse('ui.badge("pledge", state)', mode="eval").body) == "pledge"


def test_the_rooms_are_listed_from_the_lowest_up() -> None:
    listed = [room.name for room in ROOMS]
    assert listed == [name for name in reversed(LAYERS) if name in listed]


def test_every_room_with_something_to_register_is_listed() -> None:
    made = {path.parent.name for path in files("pledge_app", ".py") if path.name == "room.py"}
    assert made - {"kernel"} == {room.name for room in ROOMS}


def test_every_view_is_on_a_blueprint_that_its_room_registers() -> None:
    """A module of views that no room names would never be imported."""
    lost = [
        place
        for room in FOLDERS
        for place in modules_with_views(room)
        if place not in {module.__name__ for one in ROOMS for module in one.views}
    ]
    assert not lost


def modules_with_views(room: str) -> Iterator[str]:
    """The modules of a room that put a page on a blueprint."""
    for path in files(f"pledge_app/{room}", ".py"):
        text = text_of(path)
        if "\n@bp." in text:
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_every_arrow_is_answered_once() -> None:
    """A question that nobody answers would be found by whoever asks it first."""
    asked = {
        node.args[0].value
        for room in FOLDERS
        for _place, node in nodes(room)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == events.Arrow.__name__
        and isinstance(node.args[0], ast.Constant)
    }
    answered = [answer.name for room in ROOMS for answer in room.answers]
    assert sorted(answered) == sorted(str(name) for name in asked)
    assert len(answered) > 15
