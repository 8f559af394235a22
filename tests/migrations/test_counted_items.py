"""0020: hamlets become counted items; every row keeps its number, its name and its state."""

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

BEFORE = "SELECT id, pid, target_id, unit_id, position, name, state, quarter FROM target_hamlet"
AFTER = """
SELECT t.id, t.pid, t.target_id, i.unit_id, t.position, t.name, t.state, t.quarter
FROM target_item t JOIN counted_item i ON i.id = t.item_id
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the first release as it stood at 0019."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=OLD[0].name.split(".")[0])
        fill(read(OLD[0]))
        upgrade(directory=MIGRATIONS, revision="0019")
        db.engine.dispose()
        with db.engine.connect() as found:
            yield found
        db.session.remove()
        db.engine.dispose()


def test_every_counted_hamlet_is_an_item_and_every_row_is_kept(connection: Connection) -> None:
    rows = sorted(tuple(row) for row in connection.execute(text(BEFORE)))
    newest = max(rows)
    connection.execute(
        text("UPDATE target_hamlet SET name = 'Xóm Đổi Tên' WHERE id = :id"), {"id": newest[0]}
    )
    connection.commit()
    before = sorted(tuple(row) for row in connection.execute(text(BEFORE)))
    assert len(before) >= 3
    connection.rollback()
    upgrade(directory=MIGRATIONS, revision="0020")
    assert sorted(tuple(row) for row in connection.execute(text(AFTER))) == before
    items = connection.execute(
        text("SELECT kind, name, unit_id, owner_unit_id FROM counted_item")
    ).all()
    assert len(items) == len({row[3] for row in before})
    assert {(row.kind, row.owner_unit_id) for row in items} == {("hamlet", None)}
    assert {row.unit_id: row.name for row in items}[newest[3]] == "Xóm Đổi Tên"


def test_what_counted_hamlets_counts_hamlets(connection: Connection) -> None:
    upgrade(directory=MIGRATIONS, revision="0020")
    counts = connection.execute(text("SELECT DISTINCT counts FROM criterion")).scalars().all()
    assert counts == ["hamlet"]
