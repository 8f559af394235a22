"""Documents generated from the program: docs/lifecycles.md and docs/permissions.md. Run: python
-m tests.tools.docs
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from pledge_app.accounts.permissions import table
from pledge_app.accounts.words import role_word
from pledge_app.agreements.states import AGREEMENT_LIFE, AMENDMENT_LIFE
from pledge_app.application import ROOT, create_app
from pledge_app.config import Settings
from pledge_app.criteria.states import SET_LIFE
from pledge_app.kernel.lifecycle import Lifecycle
from pledge_app.pledges.states import PLEDGE_LIFE
from pledge_app.progress.states import REPORT_LIFE
from pledge_app.signing.states import ROUND_LIFE, STEP_LIFE

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
    """The table of the page /quan-tri/phan-quyen."""
    with tempfile.TemporaryDirectory() as place:
        app = create_app(
            Settings(database_url=f"sqlite:///{place}/x", data_dir=Path(place), secret_key="k" * 64)
        )
        with app.test_request_context():
            rows = [
                f"| {row.act} | "
                f"{', '.join(map(str, map(role_word, row.roles))) or 'mọi người đã đăng nhập'} "
                f"| {row.where} |"
                for row in table()
            ]
    return (
        "# Permissions\n\nThe page *Quản trị › Bảng phân quyền*, generated (`python -m "
        "tests.tools.docs`). What is not in the table, nobody may do.\n\n| việc | vai trò | phạm "
        "vi |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )


DOCUMENTS = {
    ROOT / "docs" / "lifecycles.md": lifecycles,
    ROOT / "docs" / "permissions.md": permissions,
}

if __name__ == "__main__":
    for path, make in DOCUMENTS.items():
        path.write_text(make(), encoding="utf-8")
