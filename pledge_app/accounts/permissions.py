"""The table of permissions: the acts that policies name, and what was measured of their answers.

`data/permissions.json` is generated (`python -m tests.tools.docs`); a test holds it equal to what
the policies say to every role.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.words import ROLE_WORDS
from pledge_app.kernel.permission import PERMISSIONS

FILE = Path(__file__).parents[1] / "data" / "permissions.json"
HOLDER = "holder"
EVERYBODY = "everybody"


class Scope(StrEnum):
    """Of what somebody may do an act, seen from where the role is held."""

    OWN = "own"
    LED = "led"
    CLUSTER = "cluster"
    REVIEWED = "reviewed"
    EVERYWHERE = "everywhere"


SCOPE_WORDS: dict[Scope, LazyString] = {
    Scope.OWN: _l("cơ quan của mình"),
    Scope.LED: _l("cụm do cơ quan mình làm Cụm trưởng"),
    Scope.CLUSTER: _l("cụm có cơ quan mình"),
    Scope.REVIEWED: _l("các cụm mình thẩm định"),
    Scope.EVERYWHERE: _l("toàn hệ thống"),
}
WHO_WORDS: dict[str, LazyString] = {
    **{role.value: word for role, word in ROLE_WORDS.items()},
    HOLDER: _l("Người giữ chức"),
    EVERYBODY: _l("Mọi người đã đăng nhập"),
}


@dataclass(frozen=True)
class Answer:
    """Roles (or HOLDER, or EVERYBODY) to which a policy says yes, and of what."""

    who: list[str]
    scopes: list[Scope]


@dataclass(frozen=True)
class Measured:
    """All answers of one policy, by its name."""

    question: str
    answers: list[Answer]


@dataclass(frozen=True)
class Row:
    """One line of the table, in the words of the screen."""

    act: LazyString
    who: str
    where: str
    question: str


@cache
def measured() -> list[Measured]:
    """What the policies answered when the program was made."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return [Measured(row["question"], [_answer(**each) for each in row["answers"]]) for row in kept]


def _answer(who: list[str], scopes: list[str]) -> Answer:
    return Answer(who, [Scope(name) for name in scopes])


def table(rows: list[Measured] | None = None) -> list[Row]:
    """A line for each act and each kind of answer, the rooms from below."""
    return [
        Row(
            PERMISSIONS[row.question].act,
            ", ".join(str(WHO_WORDS[who]) for who in answer.who),
            "; ".join(str(SCOPE_WORDS[scope]) for scope in answer.scopes),
            row.question,
        )
        for row in (measured() if rows is None else rows)
        for answer in row.answers
    ]
