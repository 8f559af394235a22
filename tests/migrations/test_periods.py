"""0021: a quarter 1 to 4 becomes a period of its year; every report, campaign, grant and due day
stays with its quarter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

BEFORE = next(path for path in OLD if path.name.startswith("0018"))
REPORTS = """
SELECT progress_report.id, {quarter}, pledge.emulation_year_id
FROM progress_report JOIN pledge ON pledge.id = progress_report.pledge_id {join}
ORDER BY progress_report.id
"""
CAMPAIGNS = """
SELECT campaign.id, {quarter}, campaign.emulation_year_id, {due} FROM campaign {join}
ORDER BY campaign.id
"""
GRANTS = """
SELECT extension.what, {quarter}, extension.due_on FROM extension {join} ORDER BY extension.id
"""
GRANTED = """
INSERT INTO extension
    (emulation_year_id, what, quarter, due_on, reason, granted_by, granted_at, pid)
VALUES (:year, :what, :quarter, '2023-07-10', 'Bão', 'Ông Rev', '2023-06-01 03:00:00', :pid)
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the release before: both years of the demo, and two grants."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision="0018")
        fill(read(BEFORE))
        with db.engine.connect() as found:
            year = found.execute(text("SELECT min(id) FROM emulation_year")).scalar_one()
            for what, quarter in (("report", 2), ("pledge", None)):
                values = {"year": year, "what": what, "quarter": quarter, "pid": f"granted-{what}"}
                found.execute(text(GRANTED), values)
            found.commit()
            yield found
        db.session.remove()
        db.engine.dispose()


def rows(connection: Connection, sql: str, table: str = "", **places: str) -> list[tuple[Any, ...]]:
    join = f"LEFT JOIN period ON period.id = {table}.period_id" if table else ""
    found = connection.execute(text(sql.format(join=join, **places)))
    return [tuple(row) for row in found]


def test_reports_campaigns_and_grants_stay_with_their_quarter(connection: Connection) -> None:
    reports = rows(connection, REPORTS, quarter="progress_report.quarter")
    campaigns = rows(connection, CAMPAIGNS, quarter="quarter", due="report_due_on")
    grants = rows(connection, GRANTS, quarter="quarter")
    assert reports
    assert campaigns
    assert any(quarter == 2 for _what, quarter, _due in grants)
    connection.commit()
    upgrade(directory=MIGRATIONS)
    number = "period.number"
    assert rows(connection, REPORTS, "progress_report", quarter=number) == reports
    assert rows(connection, CAMPAIGNS, "campaign", quarter=number, due="period.due_on") == campaigns
    assert rows(connection, GRANTS, "extension", quarter=number) == grants


def test_every_year_has_its_four_quarters_by_the_calendar(connection: Connection) -> None:
    connection.commit()
    upgrade(directory=MIGRATIONS)
    years = connection.execute(text("SELECT count(*) FROM emulation_year")).scalar_one()
    found = rows(
        connection,
        "SELECT emulation_year.year, period.number, period.starts_on, period.ends_on "
        "FROM period JOIN emulation_year ON emulation_year.id = period.emulation_year_id "
        "ORDER BY 1, 2",
    )
    assert len(found) == 4 * years
    days = {(number, str(first)[4:], str(last)[4:]) for _year, number, first, last in found}
    assert days == {
        (1, "-01-01", "-03-31"),
        (2, "-04-01", "-06-30"),
        (3, "-07-01", "-09-30"),
        (4, "-10-01", "-12-31"),
    }
    assert all(str(first).startswith(str(year)) for year, _number, first, _last in found)


def test_the_trail_is_still_append_only(connection: Connection) -> None:
    connection.commit()
    upgrade(directory=MIGRATIONS)
    db.engine.dispose()  # the connection that filled the database let no trigger fire
    with db.engine.connect() as fresh, pytest.raises(DBAPIError, match="append-only"):
        fresh.execute(text("UPDATE trail_event SET verb = 'x'"))
