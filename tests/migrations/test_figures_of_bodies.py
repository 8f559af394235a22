"""0033: a figure of a unit becomes one of a body: of each member of its year, else of the body of
its line, else of the first body there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

FIGURES = (
    "SELECT body.unit_id, criterion_id, value FROM assigned_figure JOIN body ON body.id = body_id"
)
BEFORE = "SELECT unit_id, criterion_id, value FROM assigned_figure"
NEW_BODY = """
INSERT INTO body (id, pid, unit_id, kind, name, full_name, superior_name, symbol, place, version_id)
SELECT 9001, 'a-second-one', (SELECT min(unit_id) FROM assigned_figure), 'union', 'Công đoàn xã',
    'Công đoàn xã', '', '', '', 1
"""
NEW_MEMBER = """
INSERT INTO cluster_membership (cluster_id, body_id, position)
SELECT cluster_membership.cluster_id, 9001, 99
FROM cluster_membership JOIN body ON body.id = cluster_membership.body_id
JOIN cluster ON cluster.id = cluster_membership.cluster_id
JOIN emulation_year ON emulation_year.year = cluster.year AND emulation_year.line = cluster.line
WHERE body.unit_id = (SELECT min(unit_id) FROM assigned_figure)
AND emulation_year.id = (SELECT min(emulation_year_id) FROM assigned_figure)
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the release before."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0018")
        fill(read(next(path for path in OLD if path.name.startswith("0018"))))
        upgrade(directory=MIGRATIONS, revision="0031")
        db.engine.dispose()
        with db.engine.connect() as found:
            yield found
        db.session.remove()
        db.engine.dispose()


def after(connection: Connection, *changes: str) -> list[tuple[int, int, int]]:
    """The figures of units before, once `changes` are made; then the database is upgraded."""
    for change in changes:
        connection.execute(text(change))
    before = [tuple(row) for row in connection.execute(text(BEFORE))]
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0033")
    return sorted(before)


def test_every_figure_stays_with_a_body_of_its_unit(connection: Connection) -> None:
    before = after(connection)
    assert len(before) > 10
    assert sorted(tuple(row) for row in connection.execute(text(FIGURES))) == before


def test_each_of_two_members_of_one_unit_keeps_what_it_saw(connection: Connection) -> None:
    before = after(connection, NEW_BODY, NEW_MEMBER)
    both = "SELECT count(*) FROM assigned_figure WHERE body_id = 9001"
    unit = min(row[0] for row in before)
    assert connection.scalar(text(both)) == sum(row[0] == unit for row in before) > 0


def test_a_unit_whose_body_is_no_member_any_more_loses_nothing(connection: Connection) -> None:
    no_line = "UPDATE body SET kind = 'service' WHERE unit_id = (SELECT min(unit_id) FROM {})"
    before = after(
        connection,
        "DELETE FROM cluster_membership",
        no_line.format("assigned_figure"),
    )
    assert sorted(tuple(row) for row in connection.execute(text(FIGURES))) == before
