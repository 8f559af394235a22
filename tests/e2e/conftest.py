"""The example loaded once for the run; each journey works on its own copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.e2e import office


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The loaded example."""
    return office.base(office.run_directory(tmp_path_factory))


@pytest.fixture
def place(example: Path, tmp_path: Path) -> Path:
    """A copy of the example."""
    return office.copy_of(example, tmp_path / "office")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser."""
    with sync_playwright() as driver:
        yield driver
