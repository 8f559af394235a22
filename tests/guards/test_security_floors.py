"""No library below its security floor, and no SQLite that can lose a committed page."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tomllib
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

from pledge_app.kernel.database import engine_options
from tests.guards.sources import ROOT

LIST = tomllib.loads((Path(__file__).parent / "security_floor.toml").read_text(encoding="utf-8"))
LOCKED = dict(
    re.findall(r"^([a-z0-9.-]+)==([^ \\]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
)
MAX_DAYS_BETWEEN = 14


@pytest.mark.parametrize("name", sorted(LIST["floors"]))
def test_library_is_not_below_its_floor(name: str) -> None:
    floor = Version(LIST["floors"][name]["floor"])
    assert Version(LOCKED[name]) >= floor, f"requirements.txt: {name} {LOCKED[name]} < {floor}"
    assert Version(version(name)) >= floor, f"installed: {name} {version(name)} < {floor}"


def locked_on() -> date:
    """The day on which requirements.txt last changed."""
    changed = subprocess.run(
        ["git", "log", "-1", "--format=%cs", "--", "requirements.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    return date.fromisoformat(changed)


def test_the_advisories_were_read_when_the_libraries_were_last_locked() -> None:
    read_on: date = LIST["read_on"]
    days = (locked_on() - read_on).days
    assert days <= MAX_DAYS_BETWEEN, f"locked {days} days after security_floor.toml was read"


def _can_lose_pages(number: tuple[int, ...]) -> bool:
    """The WAL-reset bug: 3.7.0 to 3.51.2, repaired on two older branches (3.44.6, 3.50.7)."""
    repaired = (number[:2] == (3, 44) and number >= (3, 44, 6)) or (
        number[:2] == (3, 50) and number >= (3, 50, 7)
    )
    return (3, 7, 0) <= number <= (3, 51, 2) and not repaired


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_affected_releases_of_sqlite_are_known(number: tuple[int, ...], expected: bool) -> None:
    assert _can_lose_pages(number) is expected


def test_our_sqlite_keeps_every_committed_page() -> None:
    module: sqlite3.Connection = engine_options("sqlite://")["module"]
    number = module.sqlite_version_info  # type: ignore[attr-defined]
    assert not _can_lose_pages(number), number
