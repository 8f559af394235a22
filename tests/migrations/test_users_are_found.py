"""The users of an earlier release are found after the upgrade as they were before."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_migrate import upgrade

from pledge_app.accounts import queries
from pledge_app.accounts.models import User, search_key_of
from pledge_app.kernel.base import db
from pledge_app.kernel.text import fold, sort_key
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.name.split(".")[0])
def test_users_are_found_by_name_and_username_after_the_upgrade(path: Path, tmp_path: Path) -> None:
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    with make_app(url, tmp_path).app_context():
        upgrade(directory=MIGRATIONS, revision=path.name.split(".")[0])
        fill(read(path))
        upgrade(directory=MIGRATIONS)
        users = db.session.query(User).all()
        assert len(users) > 3
        for user in users:
            assert user.search_key == search_key_of(user.name, user.username)
            assert user.id in queries.user_ids(fold(user.name).upper())
            assert user.id in queries.user_ids(user.username)
        assert queries.user_ids() == [
            user.id for user in sorted(users, key=lambda row: (sort_key(row.name), row.username))
        ]
        db.session.remove()
        db.engine.dispose()
