"""Reading an agreement asks the database as often for four parties as for two."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event

from pledge_app.kernel.base import db
from tests import agreeing
from tests.cast import COMMUNES, Cast
from tests.site import Visitor


def asked(cast: Cast, visit: Callable[[str | None], Visitor], communes: tuple[str, ...]) -> int:
    made = agreeing.agreement(cast, state="circulated", communes=communes)
    path, lead, said = f"/giao-uoc-cum/{made.pid}", visit("dong"), []
    db.session.remove()
    event.listen(
        db.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_more: said.append(statement),
    )
    lead.get(path)
    return len(said)


def test_two_parties(app, cast, visit):
    assert asked(cast, visit, COMMUNES[:2]) <= 46


def test_four_parties_ask_no_more(app, cast, visit):
    assert asked(cast, visit, COMMUNES) <= 46
