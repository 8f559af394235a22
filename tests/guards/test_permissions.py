"""Nothing is allowed beside the policies: each names its act, and only policies look at roles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from pledge_app.accounts.permissions import measured
from pledge_app.application import ROOT
from pledge_app.kernel.actor import SYSTEM, Actor, Grant, Role
from pledge_app.kernel.permission import CONDITIONS, PERMISSIONS, SYSTEM_ONLY, name_of
from tests.tools.docs import LIVES

APP = ROOT / "pledge_app"
POLICIES = sorted(APP.glob("*/policy.py"))
OF_ROLES = {"has", "bodies_as", "sees_all", "bodies", "grants"}
ACTORS = {"actor", "actor()", "who", "seen_by"}
READING = {
    "criteria.policy.sees_drafts",
    "pledges.policy.reads_live",
    "progress.policy.may_compare",
}
"""Questions about reading that are no `find_…`."""
DOOR = {"accounts/current.py:_check_roles"}
"""The door of a page (`@needs`), in front of the verb that asks its policy."""


def questions(path: Path) -> Iterator[str]:
    """The names of the functions of a policy file that answer yes or no about an actor."""
    room = path.parent.name
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.args.args:
            answers = node.returns is not None and ast.unparse(node.returns) != "None"
            if answers and node.args.args[0].arg == "actor":
                yield f"{room}.policy.{node.name}"


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_every_policy_names_its_act_or_is_part_of_another(path):
    import_module(f"pledge_app.{path.parent.name}.policy")
    registered = PERMISSIONS.keys() | CONDITIONS | SYSTEM_ONLY.keys()
    assert [name for name in questions(path) if name not in registered] == []


@pytest.mark.parametrize("life", LIVES)
def test_every_move_is_guarded_by_a_policy_of_the_table(life):
    guards = {name_of(move.who) for move in LIVES[life]}
    assert guards - PERMISSIONS.keys() - SYSTEM_ONLY.keys() == set()


def refusing_by_role(tree: ast.Module) -> Iterator[str]:
    """The functions that refuse somebody and look at roles themselves."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        inside = list(ast.walk(node))
        refuses = any(
            isinstance(each, ast.Raise) and each.exc is not None and "Forbidden" in ast.dump(each)
            for each in inside
        )
        roles = any(
            isinstance(each, ast.Attribute)
            and each.attr in OF_ROLES
            and ast.unparse(each.value) in ACTORS
            for each in inside
        )
        if refuses and roles:
            yield node.name


def test_whoever_refuses_asks_a_policy():
    beside = {
        f"{path.relative_to(APP)}:{name}"
        for path in APP.rglob("*.py")
        if path.name != "policy.py"
        for name in refusing_by_role(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert beside == DOOR


def test_a_refusal_by_role_would_be_seen():
    planted = "def f(actor):\n    if not actor.has(Role.CLERK):\n        raise Forbidden('x')\n"
    assert list(refusing_by_role(ast.parse(planted))) == ["f"]


def test_every_act_is_somebodys():
    answered = {row.question for row in measured() if row.answers}
    assert answered == PERMISSIONS.keys()


def test_auditors_read_and_do_nothing_else():
    acts = {
        row.question
        for row in measured()
        for answer in row.answers
        if Role.AUDITOR.value in answer.who
    }
    readings = {name for name, made in PERMISSIONS.items() if made.is_reading}
    assert acts and acts <= readings | READING


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(SYSTEM_ONLY))
def test_what_only_the_system_does_is_nobodys(name, role):
    asked = SYSTEM_ONLY[name]
    assert asked(SYSTEM, None) is True
    assert asked(Actor(user_id=1, name="Ai đó", grants=(Grant(role, 1, 1),)), None) is False
