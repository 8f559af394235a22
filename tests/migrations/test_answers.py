"""0030: requests of before have no answer yet, and nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import text

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

REQUESTS = "SELECT id, round, reason, asked_by FROM addition_request ORDER BY id"
NEW = "SELECT answer, answered_by, answered_at FROM addition_request"
PLEDGES = "SELECT id, round, signed_off_by FROM pledge ORDER BY id"


def rows(sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(text(sql))]


def test_requests_stay_and_wait_for_an_answer(tmp_path: Path) -> None:
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    with make_app(url, tmp_path).app_context():
        upgrade(directory=MIGRATIONS, revision=OLD[0].name.split(".")[0])
        fill(read(OLD[0]))
        upgrade(directory=MIGRATIONS, revision="0029")
        requests, pledges = rows(REQUESTS), rows(PLEDGES)
        db.session.remove()
        upgrade(directory=MIGRATIONS, revision="0030")
        assert requests and rows(REQUESTS) == requests
        assert rows(PLEDGES) == pledges
        assert set(rows(NEW)) == {("", "", None)}
        assert set(rows("SELECT signed_content, signed_content_at FROM pledge")) == {(None, None)}
        db.session.remove()
        db.engine.dispose()
