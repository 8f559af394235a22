"""0029: a report of the release before keeps what it said; what it can say besides is blank."""

from __future__ import annotations

from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import text

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

BEFORE = next(path for path in OLD if path.name.startswith("0018"))
SAID = text("SELECT id, difficulties, proposals FROM progress_report ORDER BY id")
NEW = text("SELECT DISTINCT situation, movements, causes, directions FROM progress_report")


def test_a_report_keeps_its_texts_and_the_new_ones_are_blank(tmp_path: Path) -> None:
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    with make_app(url, tmp_path).app_context():
        upgrade(directory=MIGRATIONS, revision="0018")
        fill(read(BEFORE))
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE progress_report SET difficulties = 'Mưa bão'"))
            before = connection.execute(SAID).all()
        upgrade(directory=MIGRATIONS)
        with db.engine.connect() as connection:
            assert connection.execute(SAID).all() == before
            assert [tuple(row) for row in connection.execute(NEW)] == [("", "", "", "")]
        db.session.remove()
        db.engine.dispose()
    assert before
