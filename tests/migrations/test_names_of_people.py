"""0028: people keep the names that they have, and take others from now on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask_migrate import upgrade

from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.orgs import people
from pledge_app.orgs.models import Person, PersonName
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read


@pytest.mark.parametrize("path", OLD[-1:], ids=lambda path: path.name.split(".")[0])
def test_people_of_an_earlier_release_are_renamed_with_history(path: Path, tmp_path: Path) -> None:
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    with make_app(url, tmp_path).app_context():
        upgrade(directory=MIGRATIONS, revision=path.name.split(".")[0])
        fill(read(path))
        upgrade(directory=MIGRATIONS)
        assert db.session.query(PersonName).count() == 0
        person = db.session.query(Person).first()
        assert person is not None
        before = person.name
        people.rename(
            person,
            "Tên Mới",
            on=date(2026, 1, 1),
            basis="Trích lục",
            actor=SYSTEM,
            at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        assert [row.name for row in people.earlier_names([person.id])[person.id]] == [before]
        db.session.remove()
        db.engine.dispose()
