"""What earlier releases knew of each signature is known after the upgrade, and cannot be erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError

from pledge_app.kernel.base import db
from pledge_app.signing.models import SigningMark
from pledge_app.signing.states import MarkKind
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

BEFORE = """
    SELECT step.id, step.signed_on_paper_on AS day, step.receipt, step.confirmed_at,
           step.on_scan_at, step.attested_at
    FROM signing_step AS step ORDER BY step.id
"""


@pytest.fixture(params=OLD, ids=lambda path: path.name.split(".")[0])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A database of an earlier release, upgraded to the one before the marks stood alone; one
    step has every kind of mark.
    """
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=request.param.name.split(".")[0])
        fill(read(request.param))
        upgrade(directory=MIGRATIONS, revision="0018")
        db.engine.dispose()
        yield app
        db.session.remove()
        db.engine.dispose()


def run(sql: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(sql))


def rows(sql: str) -> list[Row[Any]]:
    with db.engine.connect() as connection:
        return list(connection.execute(text(sql)))


def test_each_step_says_the_same_by_its_marks(before: Flask) -> None:
    steps = rows(BEFORE)
    marks = rows("SELECT id, step_id, kind, by_id, by_name FROM signing_mark ORDER BY id")
    assert len(steps) >= 8 and marks
    upgrade(directory=MIGRATIONS)
    kept = db.session.query(SigningMark).order_by(SigningMark.id).all()
    assert [(row.id, row.step_id, row.kind.value, row.by_id, row.by_name) for row in kept] == [
        tuple(row) for row in marks
    ]
    known = {(row.step_id, row.kind): row for row in kept}
    for step in steps:
        confirmation = known.get((step.id, MarkKind.CONFIRMATION))
        ink = known.get((step.id, MarkKind.INK))
        assert (confirmation is not None) == (step.confirmed_at is not None)
        assert (confirmation.receipt if confirmation else "") == step.receipt
        assert str(ink.day if ink else None) == str(step.day)
        assert ((step.id, MarkKind.SCAN) in known) == (step.on_scan_at is not None)
        assert ((step.id, MarkKind.TABLE) in known) == (step.attested_at is not None)
    assert any(step.receipt for step in steps)


def test_a_day_on_paper_of_before_stands_in_its_mark(before: Flask) -> None:
    marked = "SELECT step_id FROM signing_mark WHERE kind = 'ink'"
    run(f"UPDATE signing_step SET signed_on_paper_on = '2022-02-25' WHERE id NOT IN ({marked})")
    run(
        "INSERT INTO signing_mark (step_id, kind, by_id, by_name, at, upload_pid, pid) SELECT id, "
        "'ink', NULL, '', '2022-02-25 01:00:00+00:00', '', 'ink-' || id FROM signing_step WHERE "
        f"id NOT IN ({marked})"
    )
    upgrade(directory=MIGRATIONS)
    days = {row.day for row in db.session.query(SigningMark).filter_by(kind=MarkKind.INK)}
    assert date(2022, 2, 25) in days and None not in days


def test_what_only_a_step_told_becomes_its_mark(before: Flask) -> None:
    run("DELETE FROM signing_mark")
    run(
        "UPDATE signing_step SET confirmed_at = '2022-02-24 01:00:00+00:00', receipt = 'ABCD', "
        "confirmed_by_id = (SELECT min(id) FROM app_user), signed_on_paper_on = '2022-02-25', "
        "attested_at = '2022-02-25 01:00:00+00:00', on_scan_at = '2022-02-26 01:00:00+00:00'"
    )
    upgrade(directory=MIGRATIONS)
    steps = rows("SELECT id FROM signing_step")
    kept = db.session.query(SigningMark).all()
    known = [(row.step_id, row.kind) for row in kept]
    assert sorted(known) == sorted((step.id, kind) for step in steps for kind in MarkKind)
    for mark in kept:
        is_confirmation = mark.kind is MarkKind.CONFIRMATION
        assert mark.receipt == ("ABCD" if is_confirmation else "")
        assert bool(mark.by_id and mark.by_name) == is_confirmation
        assert (mark.day == date(2022, 2, 25)) == (mark.kind is MarkKind.INK)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM signing_mark",
        "UPDATE signing_mark SET by_name = 'Ai khác'",
        "UPDATE signing_mark SET withdrawn_at = '2026-01-01 01:00:00+00:00', kind = 'ink'",
        "UPDATE signing_mark SET withdrawn_at = NULL",
    ],
)
def test_no_mark_is_erased_or_changed(before: Flask, sql: str) -> None:
    upgrade(directory=MIGRATIONS)
    db.engine.dispose()
    with pytest.raises(DBAPIError, match="append-only"):
        run(sql)


def test_a_mark_is_withdrawn_once(before: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    db.engine.dispose()
    withdraw = "UPDATE signing_mark SET withdrawn_at = '2026-01-01 01:00:00+00:00'"
    run(withdraw)
    with pytest.raises(DBAPIError, match="append-only"):
        run(withdraw)
