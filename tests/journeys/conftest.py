"""Offices for walks: each on a copy of the base of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import cast as cast_module
from tests.journeys.office import Office
from tests.journeys.opening import opened


@pytest.fixture
def open_office(base: tuple[str, cast_module.Cast], tmp_path: Path) -> Callable[[], Office]:
    """Gives an office, each time another one."""
    numbers = itertools.count()

    def open_one() -> Office:
        place = tmp_path / f"walk-{next(numbers)}"
        place.mkdir()
        return opened(base, place)

    return open_one
