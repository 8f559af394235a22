"""A database of each earlier release, upgraded to today's: every row is still there, and the
software runs on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from pledge_app.accounts.current import actor_of
from pledge_app.accounts.models import RoleGrant, User
from pledge_app.audit.operations import first_broken_link
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.orgs.models import Cluster
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.queries import visible_to
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, Kept, fill, read
from tests.site import Visitor

RENAMED = {"target_hamlet": "target_item"}


@pytest.fixture(params=OLD, ids=lambda path: path.name.split(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Flask, str, Kept]]:
    """An application on a database of an earlier release, not yet upgraded; its revision; what
    it holds.
    """
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    revision, kept = request.param.name.split(".")[0], read(request.param)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=revision)
        fill(kept)
        yield app, revision, kept
        db.session.remove()
        db.engine.dispose()


def _counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            name: connection.execute(
                select(func.count()).select_from(text(f'"{name}"'))
            ).scalar_one()
            for name in inspect(connection).get_table_names()
        }


def _sealed_by_the_upgrade() -> int:
    with db.engine.connect() as connection:
        chosen = text("SELECT count(*) FROM trail_event WHERE verb = 'trail.sealed'")
        count: int = connection.execute(chosen).scalar_one()
        return count


def test_an_upgrade_keeps_every_row_and_the_trail(old: tuple[Flask, str, Kept]) -> None:
    _app, _revision, kept = old
    upgrade(directory=MIGRATIONS)
    now = _counts()
    now["trail_event"] -= now["document_revision"]  # the upgrade tells the trail of each
    now["trail_event"] -= _sealed_by_the_upgrade()
    assert {name: now[RENAMED.get(name, name)] for name in kept} == {
        name: len(found["rows"]) for name, found in kept.items()
    }
    assert first_broken_link() is None


def test_what_was_typed_before_an_upgrade_reads_the_same_after(
    old: tuple[Flask, str, Kept],
) -> None:
    _app, _revision, kept = old
    upgrade(directory=MIGRATIONS)
    columns = kept["target"]["columns"]
    with db.engine.connect() as connection:
        table = Table("target", MetaData(), autoload_with=connection)
        rows = {row.id: row for row in connection.execute(select(table))}
    for values in kept["target"]["rows"]:
        was = dict(zip(columns, values, strict=True))
        assert rows[was["id"]].goal == was["goal"] or float(rows[was["id"]].goal) == float(
            was["goal"]
        )
        assert rows[was["id"]].measures == was["measures"]


def test_the_software_runs_on_an_upgraded_database(old: tuple[Flask, str, Kept]) -> None:
    app, _revision, _kept = old
    upgrade(directory=MIGRATIONS)
    business_date = db.session.get_one(Installation, 1).business_date
    clerks = db.session.scalars(select(User).join(RoleGrant).where(RoleGrant.role == Role.CLERK))
    pids: dict[int, list[str]] = {}
    for clerk in clerks.unique():
        actor = actor_of(clerk, today=business_date or date(2023, 2, 10))
        own = select(Pledge.pid).join(Cluster, Pledge.cluster).where(visible_to(actor))
        pids[clerk.id] = list(db.session.scalars(own))
    assert any(pids.values())
    db.session.remove()
    for user_id, own_pids in pids.items():
        for pid in own_pids:
            Visitor(app, user_id).get(f"/giao-uoc/{pid}")


def test_a_set_that_was_published_stays_so_and_is_guarded(old: tuple[Flask, str, Kept]) -> None:
    _app, _revision, kept = old
    upgrade(directory=MIGRATIONS)
    columns = kept["criteria_set"]["columns"]
    published = [
        dict(zip(columns, row, strict=True))["published_at"] is not None
        for row in kept["criteria_set"]["rows"]
    ]
    db.engine.dispose()  # the connection that filled the database let no trigger fire
    with db.engine.connect() as connection:
        states = (
            connection.execute(text("SELECT state FROM criteria_set ORDER BY id")).scalars().all()
        )
        assert [state == "published" for state in states] == published
        assert any(published)
        with pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text("UPDATE criterion SET name = 'x'"))
