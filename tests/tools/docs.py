"""Generated from the program: docs/lifecycles.md, docs/permissions.md and the data of the page of
permissions. Run: python -m tests.tools.docs
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from flask import Flask

from pledge_app.accounts.permissions import FILE, table
from pledge_app.agreements.states import AGREEMENT_LIFE, AMENDMENT_LIFE
from pledge_app.application import ROOT, create_app
from pledge_app.config import Settings
from pledge_app.criteria.states import SET_LIFE
from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.kernel.permission import name_of
from pledge_app.pledges.states import PLEDGE_LIFE
from pledge_app.progress.states import REPORT_LIFE
from pledge_app.signing.states import ROUND_LIFE, STEP_LIFE
from tests.permission_table import measured

LIVES: dict[str, Lifecycle] = {
    "CriteriaSet": SET_LIFE,
    "Pledge": PLEDGE_LIFE,
    "Agreement": AGREEMENT_LIFE,
    "ProgressReport": REPORT_LIFE,
    "SigningRound": ROUND_LIFE,
    "SigningStep": STEP_LIFE,
    "Amendment": AMENDMENT_LIFE,
}


def _sentence(who: Callable[..., bool]) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((who.__doc__ or "").split("\n\n")[0].split())


def lifecycles() -> str:
    """Each table of moves: its diagram, and who may make each move."""
    parts = [
        "# Lifecycles\n\nGenerated from the tables in `states.py` (`python -m "
        "tests.tools.docs`); a test holds it equal.\n"
    ]
    for name, life in LIVES.items():
        parts.append(
            f"## {name}\n\n```mermaid\n{life.diagram()}\n```\n\n| move | who |\n| --- | --- |"
        )
        parts += [f"| `{move.name}` | {_sentence(move.who)} |" for move in life]
        parts.append("")
    return "\n".join(parts)


def permissions() -> str:
    """The table of the page /quan-tri/phan-quyen, with the moves that each policy guards."""
    moves = _moves()
    with _application().test_request_context():
        rows = [
            f"| {row.act} | {row.who} | {row.where} | {', '.join(moves.get(row.question, []))} |"
            for row in table(measured())
        ]
    return (
        "# Permissions\n\nThe page *Quản trị › Bảng phân quyền*, generated (`python -m "
        "tests.tools.docs`) by asking every policy for every role in every place. What is not in "
        "the table, nobody may do.\n\n| việc | vai trò | phạm vi | bước |\n| --- | --- | --- | "
        "--- |\n" + "\n".join(rows) + "\n"
    )


def answers() -> str:
    """The same as data, for the page."""
    rows = [asdict(row) for row in measured()]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _moves() -> dict[str, list[str]]:
    """By the name of a policy: the moves of the lifecycles that it guards."""
    moves: dict[str, list[str]] = {}
    for name, life in LIVES.items():
        for move in life:
            moves.setdefault(name_of(move.who), []).append(f"`{name}.{move.name}`")
    return moves


@cache
def _application() -> Flask:
    place = Path(tempfile.gettempdir())
    return create_app(Settings(database_url="sqlite://", data_dir=place, secret_key="k" * 64))


DOCUMENTS = {
    ROOT / "docs" / "lifecycles.md": lifecycles,
    ROOT / "docs" / "permissions.md": permissions,
    FILE: answers,
}

if __name__ == "__main__":
    for path, make in DOCUMENTS.items():
        path.write_text(make(), encoding="utf-8")
