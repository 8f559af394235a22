"""0017: the number typed at sending and the number of the records clerk become one register;
nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

PAPERS = """
SELECT pledge.id AS pledge, pledge.body_id AS body, max(document.id) AS document
FROM pledge
JOIN envelope ON envelope.subject_pid = pledge.pid AND envelope.subject_kind = 'pledge'
JOIN document ON document.envelope_id = envelope.id
GROUP BY pledge.id, pledge.body_id ORDER BY pledge.id LIMIT 3
"""
ENTERED = """
INSERT INTO document_number
    (pid, document_id, body_id, number, symbol, dated, entered_by, entered_at)
VALUES (:pid, :document, :body, :number, 'ĐK-UBND', '2023-02-10', 'Bà Vân', '2023-02-10 03:00:00')
"""
SENT = "UPDATE pledge SET own_number = :number, own_date = '2023-02-10' WHERE id = :pledge"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the release before, with three registrations that were sent up."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=OLD[0].name.split(".")[0])
        fill(read(OLD[0]))
        upgrade(directory=MIGRATIONS, revision="0012")
        with db.engine.connect() as found:
            yield found
        db.session.remove()
        db.engine.dispose()


def entries(connection: Connection, document: int) -> list[Any]:
    chosen = text(
        "SELECT number, entered_by, version, reason FROM document_number "
        "WHERE document_id = :document ORDER BY version"
    )
    return [tuple(row) for row in connection.execute(chosen, {"document": document})]


def test_both_numbers_are_kept_and_the_records_clerks_counts(connection: Connection) -> None:
    alone, other, same = connection.execute(text(PAPERS)).mappings().all()
    connection.execute(text("DELETE FROM document_number"))
    for row, own in ((alone, 5), (other, 15), (same, 7)):
        connection.execute(text(SENT), {"number": own, "pledge": row["pledge"]})
    for row, number in ((other, 27), (same, 7)):
        values = {"pid": f"p{number}", "number": number, **row}
        values.pop("pledge")
        connection.execute(text(ENTERED), values)
    connection.commit()
    upgrade(directory=MIGRATIONS)
    assert entries(connection, alone["document"]) == [("05", "Người gửi bản đăng ký", 1, "")]
    assert entries(connection, same["document"]) == [("07", "Bà Vân", 1, "")]
    first, second = entries(connection, other["document"])
    assert first[:3] == ("15", "Người gửi bản đăng ký", 1)
    assert second[:3] == ("27", "Bà Vân", 2)
    assert second[3] != ""
