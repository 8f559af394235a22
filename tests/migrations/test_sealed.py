"""0031: what is there is sealed as it stands, and the database keeps what no verb changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pledge_app.audit.operations import first_broken_link
from pledge_app.audit.seals import SEALED
from pledge_app.kernel.base import db
from pledge_app.kernel.room import rooms
from pledge_app.upkeep.verifying import findings
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

KEPT = OLD[-1]
REVISION = KEPT.name.split(".")[0]


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A database of an earlier release, brought up."""
    folder: Path = tmp_path_factory.mktemp("sealed")
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{folder / 'old.sqlite'}"
    app = make_app(url, folder)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=REVISION)
        fill(read(KEPT))
        db.session.remove()
        db.engine.dispose()
        upgrade(directory=MIGRATIONS)
        yield app
        db.session.remove()
        db.engine.dispose()


def test_every_thing_is_sealed_as_it_stands(upgraded: Flask) -> None:
    sealed = {one.name for one in rooms().sealed}
    assert {one for one in findings() if one.check in sealed} == set()
    db.session.rollback()


def test_the_chain_goes_on_and_says_that_it_was_filled_in_later(upgraded: Flask) -> None:
    assert first_broken_link() is None
    chosen = text("SELECT count(*), min(data), max(data) FROM trail_event WHERE verb = :verb")
    if ON_POSTGRESQL:
        chosen = text(str(chosen).replace("data", "data::text"))
    count, first, last = db.session.execute(chosen, {"verb": SEALED}).one()
    assert count
    assert "backfilled" in str(first)
    assert "backfilled" in str(last)
    db.session.rollback()


def test_what_was_sent_is_found_when_it_is_changed_after_the_upgrade(upgraded: Flask) -> None:
    changed = text(
        "UPDATE target SET measures = 'Khác' WHERE pledge_id IN "
        "(SELECT id FROM pledge WHERE state IN ('agreed', 'in_force'))"
    )
    assert db.session.connection().execute(changed).rowcount
    assert "target" in {one.check for one in findings()}
    db.session.rollback()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM document",
        "UPDATE document SET envelope_id = envelope_id + 1000",
        "UPDATE document SET file_sha256 = NULL WHERE file_sha256 IS NOT NULL",
        "DELETE FROM stored_file",
        "UPDATE stored_file SET size = 1",
        "UPDATE pledge_snapshot SET round = round + 100",
        "DELETE FROM pledge_snapshot",
        "DELETE FROM signing_round",
        "UPDATE signing_step SET person_name = 'Ông Khác'",
        "DELETE FROM signing_step",
    ],
)
def test_the_database_refuses(upgraded: Flask, sql: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(sql))
    db.session.rollback()
