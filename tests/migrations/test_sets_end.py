"""0027: a set may end; what stood in a set goes on meaning what it meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

BEFORE = next(path for path in OLD if path.name.startswith("0018"))
ROWS = "SELECT id, code, name, indicator_id, note, counts FROM criterion ORDER BY id"
SETS = "SELECT id, name, version, state, published_at FROM criteria_set ORDER BY id"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the release before, as it stood at 0026: both years of the demo."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0018")
        fill(read(BEFORE))
        upgrade(directory=MIGRATIONS, revision="0026")
        db.engine.dispose()
        with db.engine.connect() as found:
            yield found
        db.session.remove()
        db.engine.dispose()


def rows(connection: Connection, sql: str) -> list[tuple[object, ...]]:
    found = [tuple(row) for row in connection.execute(text(sql))]
    connection.rollback()
    return found


def test_every_row_is_kept_and_nearly_reached_goes_on_counting(connection: Connection) -> None:
    before = rows(connection, ROWS), rows(connection, SETS)
    assert len(before[0]) > 20
    upgrade(directory=MIGRATIONS, revision="0027")
    assert (rows(connection, ROWS), rows(connection, SETS)) == before
    said = rows(connection, "SELECT DISTINCT nearly_counts, is_strict FROM criterion")
    assert [(bool(nearly), bool(strict)) for nearly, strict in said] == [(True, False)]
    open_ = "SELECT count(*) FROM criterion WHERE needs_evidence IS NOT NULL OR help_text <> ''"
    assert rows(connection, open_) == [(0,)]


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("UPDATE criteria_set SET state = 'ended', ended_on = '2023-06-01'", False),
        ("UPDATE criteria_set SET state = 'ended'", True),
        ("UPDATE criteria_set SET state = 'draft'", True),
        ("UPDATE criteria_set SET source = 'x'", True),
        ("UPDATE criterion SET nearly_counts = is_strict", True),
        ("UPDATE criterion SET name = 'x'", True),
        ("DELETE FROM criterion", True),
    ],
)
def test_of_a_published_set_only_its_end_is_written(
    connection: Connection, sql: str, refused: bool
) -> None:
    upgrade(directory=MIGRATIONS, revision="0027")
    if refused:
        with pytest.raises(DBAPIError):
            connection.execute(text(sql))
    else:
        assert connection.execute(text(sql)).rowcount > 0
    connection.rollback()
