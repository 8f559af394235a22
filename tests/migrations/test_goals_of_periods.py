"""0026: the goal of a quarter 1 to 4 becomes the goal of a period of its year; so do the quarters
of counted rows and of proposed changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

BEFORE = next(path for path in OLD if path.name.startswith("0018"))
TYPED = "SELECT id, q1, q2, q3, q4 FROM target ORDER BY id"
GOALS = """
SELECT target_goal.target_id, period.number, target_goal.value
FROM target_goal JOIN period ON period.id = target_goal.period_id
JOIN target ON target.id = target_goal.target_id JOIN pledge ON pledge.id = target.pledge_id
WHERE period.kind = 'quarter' AND period.emulation_year_id = pledge.emulation_year_id
"""
ITEMS_BEFORE = "SELECT id, state, quarter FROM target_item ORDER BY id"
ITEMS = """
SELECT target_item.id, target_item.state, period.number
FROM target_item LEFT JOIN period ON period.id = target_item.period_id ORDER BY target_item.id
"""
PROPOSED = """
INSERT INTO amendment (id, pid, agreement_id, target_id, state, new_goal, hamlets, reason,
    proposed_by_id, proposed_by, proposed_at, commune_by, commune_note, reviewer_by, reviewer_note,
    answer)
SELECT 1, 'proposed', (SELECT min(id) FROM agreement), target_item.target_id, 'open', {goal},
    :hamlets, 'Bão', 1, 'Ông Rev', '2023-06-01 03:00:00', '', '', '', '', ''
FROM target_item WHERE id = :id
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the release before, as it stood at 0025: both years of the demo."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0018")
        fill(read(BEFORE))
        upgrade(directory=MIGRATIONS, revision="0025")
        db.engine.dispose()
        with db.engine.connect() as found:
            yield found
        db.session.remove()
        db.engine.dispose()


def rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    found = [tuple(row) for row in connection.execute(text(sql))]
    connection.rollback()
    return found


def test_every_goal_of_a_quarter_is_one_of_a_period_of_its_year(connection: Connection) -> None:
    typed = {
        (target_id, number): Decimal(value)
        for target_id, *figures in rows(connection, TYPED)
        for number, value in enumerate(figures, 1)
        if value is not None
    }
    assert len(typed) > 100
    upgrade(directory=MIGRATIONS, revision="0026")
    goals = rows(connection, GOALS)
    assert {(target_id, number): Decimal(value) for target_id, number, value in goals} == typed
    assert len(goals) == len(typed)


def test_every_counted_row_names_the_period_of_its_quarter(connection: Connection) -> None:
    before = rows(connection, ITEMS_BEFORE)
    assert any(quarter is not None for _id, _state, quarter in before)
    newest = before[-1][0]
    connection.execute(text("UPDATE target_item SET quarter = NULL WHERE id = :id"), {"id": newest})
    connection.commit()
    before = rows(connection, ITEMS_BEFORE)
    upgrade(directory=MIGRATIONS, revision="0026")
    assert rows(connection, ITEMS) == before


def test_a_change_that_waits_for_consent_keeps_its_quarters(connection: Connection) -> None:
    item = rows(connection, ITEMS_BEFORE)[0][0]
    hamlets = json.dumps({str(item): ["nearly", 3], "7": [None, None]})
    goal = "1" if ON_POSTGRESQL else "'1'"
    connection.execute(text(PROPOSED.format(goal=goal)), {"id": item, "hamlets": hamlets})
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0026")
    plain = rows(connection, "SELECT hamlets FROM amendment")[0][0]
    kept = plain if isinstance(plain, dict) else json.loads(plain)
    period_id = kept[str(item)][1]
    assert kept == {str(item): ["nearly", period_id], "7": [None, None]}
    numbers = rows(
        connection,
        "SELECT period.number FROM period JOIN pledge "
        "ON pledge.emulation_year_id = period.emulation_year_id "
        "JOIN target ON target.pledge_id = pledge.id "
        f"JOIN target_item ON target_item.target_id = target.id AND target_item.id = {item} "
        f"WHERE period.id = {period_id} AND period.kind = 'quarter'",
    )
    assert numbers == [(3,)]


def test_a_figure_without_its_period_stops_the_upgrade(
    connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    connection.execute(text("UPDATE period SET number = 12 WHERE number = 2"))
    connection.commit()
    typed = rows(connection, TYPED)
    with pytest.raises(SystemExit):
        upgrade(directory=MIGRATIONS, revision="0026")
    assert "figures of quarters have no period in their year" in caplog.text
    assert rows(connection, TYPED) == typed
    assert rows(connection, "SELECT version_num FROM alembic_version") == [("0025",)]
