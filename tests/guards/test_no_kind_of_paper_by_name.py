"""What stands below the rooms that produce papers asks for no kind of paper by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledge_app.kernel.root import ROOT
from tests.documents.every_paper import PAPERS

ROOMS = [ROOT / "pledge_app" / "papers", ROOT / "pledge_app" / "documents"]


def strings(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_kind_of_paper_is_asked_for_by_name(room: Path) -> None:
    kinds = {paper.kind for paper in PAPERS}
    found = [
        f"{file.relative_to(ROOT)}:{line} {value}"
        for file in sorted(room.rglob("*.py"))
        for value, line in strings(file)
        if value in kinds
    ]
    assert found == []
