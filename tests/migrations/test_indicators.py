"""0019: what rows of sets measure over the years, one indicator a line and code as before; a
published set stays guarded.
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

SET = """
INSERT INTO criteria_set (id, pid, name, version, valid_from, source, published_at, state)
VALUES (:id, :pid, :name, 1, :valid_from, '', NULL, 'draft')
"""
CRITERION = """
INSERT INTO criterion (pid, criteria_set_id, position, code, name, is_group, unit_of_measure, kind,
direction, cadence, is_illustrative)
VALUES (:pid, :set, :position, :code, :name, :is_group, '', 'number', 'higher', 'state', :no)
"""
YEAR = """
INSERT INTO emulation_year (pid, year, line, issuer_body_id, criteria_set_id, guidance_number,
guidance_title, opens_days_before, approve_word, is_illustrative, version_id)
SELECT :pid, :year, :line, issuer_body_id, :set, '', '', 15, approve_word, is_illustrative, 1
FROM emulation_year ORDER BY id LIMIT 1
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the first release, of one year of the UBND line, as it stood at 0018."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=OLD[0].name.split(".")[0])
        fill(read(OLD[0]))
        upgrade(directory=MIGRATIONS, revision="0018")
        db.engine.dispose()  # the connection that filled the database let no trigger fire
        with db.engine.connect() as found:
            yield found
        db.session.remove()
        db.engine.dispose()


def add_set(
    connection: Connection, number: int, rows: dict[str, str], years: dict[int, str]
) -> None:
    """A set of a later year; `rows`: name by code; `years`: their lines."""
    values: dict[str, Any] = {"id": number, "pid": f"set{number}", "name": f"Bộ {number}"}
    connection.execute(text(SET), values | {"valid_from": f"2{number:03}-01-01"})
    for position, (code, name) in enumerate(rows.items()):
        row = {"pid": f"c{number}.{code}", "set": number, "position": position, "code": code}
        connection.execute(
            text(CRITERION), row | {"name": name, "is_group": code == "I", "no": False}
        )
    for year, line in years.items():
        key = {"pid": f"y{number}{year}", "year": year, "line": line, "set": number}
        connection.execute(text(YEAR), key)


def indicators(connection: Connection) -> dict[tuple[str, str], tuple[int, str | None, str]]:
    """By (set, code): indicator, its line, its name."""
    rows = connection.execute(
        text(
            "SELECT s.name AS set_name, c.code, i.id, i.line, i.name FROM criterion c "
            "JOIN criteria_set s ON s.id = c.criteria_set_id "
            "JOIN indicator i ON i.id = c.indicator_id"
        )
    )
    return {(row.set_name, row.code): (row.id, row.line, row.name) for row in rows}


def own_rows(connection: Connection) -> tuple[str, dict[str, str]]:
    """The set of the release before: its name, and its criteria by code."""
    rows = connection.execute(
        text(
            "SELECT s.name AS set_name, c.code, c.name FROM criterion c JOIN criteria_set s "
            "ON s.id = c.criteria_set_id WHERE s.id = (SELECT min(criteria_set_id) FROM "
            "emulation_year) ORDER BY c.position"
        )
    ).all()
    return rows[0].set_name, {row.code: row.name for row in rows}


def test_one_indicator_a_line_and_code_and_the_newest_name(connection: Connection) -> None:
    name, own = own_rows(connection)
    group, first, second = [*own][0], [*own][1], [*own][2]
    add_set(connection, 901, {first: "Tên mới", "99": "Chỉ có ở đây"}, {2030: "ubnd"})
    add_set(connection, 902, {first: own[first], second: own[second]}, {2030: "mttq"})
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0019")
    found = indicators(connection)
    assert found["Bộ 901", first] == found[name, first]
    assert found["Bộ 901", first][1:] == ("ubnd", "Tên mới")
    assert found["Bộ 902", first][1:] == ("mttq", own[first])
    assert found["Bộ 902", first][0] != found[name, first][0]
    assert found["Bộ 902", second][0] != found[name, second][0]
    assert found["Bộ 901", "99"][0] not in {found[name, code][0] for code in own}
    assert len({found[name, code][0] for code in own}) == len(own)
    assert found[name, group][2] == own[group]


def test_a_set_that_both_lines_go_by_makes_one_history_of_both(connection: Connection) -> None:
    name, own = own_rows(connection)
    first, second = [*own][1], [*own][2]
    add_set(connection, 901, {first: own[first]}, {2030: "ubnd", 2031: "mttq"})
    add_set(connection, 902, {first: own[first], second: own[second]}, {2032: "mttq"})
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0019")
    found = indicators(connection)
    assert found["Bộ 901", first] == found["Bộ 902", first] == found[name, first]
    assert found[name, first][1] is None
    assert found["Bộ 902", second][0] != found[name, second][0]


def test_a_set_of_no_year_goes_with_the_line_that_has_its_code(connection: Connection) -> None:
    name, own = own_rows(connection)
    first, second = [*own][1], [*own][2]
    add_set(connection, 901, {first: "Tên khác hẳn", second: own[second]}, {})
    add_set(connection, 902, {second: "Của Mặt trận"}, {2030: "mttq"})
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0019")
    found = indicators(connection)
    assert found["Bộ 901", first] == found[name, first], "only the UBND line has this code"
    assert found["Bộ 901", second] == found[name, second], "the name says which line"


def test_a_published_set_is_guarded_but_for_what_it_measures(connection: Connection) -> None:
    upgrade(directory=MIGRATIONS)
    connection.execute(
        text("INSERT INTO indicator (pid, name, is_group) VALUES ('x', 'x', :no)"), {"no": False}
    )
    connection.execute(
        text(
            "UPDATE criterion SET indicator_id = (SELECT id FROM indicator WHERE pid = 'x') "
            "WHERE id = (SELECT min(id) FROM criterion)"
        )
    )
    connection.commit()
    for change in (
        "UPDATE criterion SET name = 'x'",
        "DELETE FROM criterion",
        "UPDATE criteria_set SET source = 'x'",
    ):
        with pytest.raises(DBAPIError, match="never changed|append-only"):
            connection.execute(text(change))
        connection.rollback()


def joins(connection: Connection, same: str) -> set[tuple[int, int]]:
    """Pairs of criteria of two years of one line that count as the same by `same`."""
    rows = connection.execute(
        text(
            "SELECT a.id AS one, b.id AS other FROM criterion a JOIN criterion b ON a.id <> b.id "
            "JOIN emulation_year y ON y.criteria_set_id = a.criteria_set_id "
            "JOIN emulation_year z ON z.criteria_set_id = b.criteria_set_id AND z.line = y.line "
            f"WHERE a.is_group = b.is_group AND {same}"
        )
    )
    return {(row.one, row.other) for row in rows}


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.name.split(".")[0])
def test_what_was_found_by_code_is_found_by_indicator(old: Path, tmp_path: Path) -> None:
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    with make_app(url, tmp_path).app_context():
        upgrade(directory=MIGRATIONS, revision=old.name.split(".")[0])
        fill(read(old))
        upgrade(directory=MIGRATIONS, revision="0018")
        db.engine.dispose()
        with db.engine.connect() as connection:
            before = joins(connection, "a.code = b.code")
        upgrade(directory=MIGRATIONS, revision="0019")
        with db.engine.connect() as connection:
            assert joins(connection, "a.indicator_id = b.indicator_id") == before
        db.session.remove()
        db.engine.dispose()
