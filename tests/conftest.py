"""One migrated database with the cast, copied for each test: real SQLite, or PostgreSQL with
TEST_ON=postgresql.
"""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings

from pledge_app.accounts.models import User
from pledge_app.application import ROOMS, ROOT, create_app
from pledge_app.config import Settings
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from pledge_app.kernel.room import Room
from pledge_app.progress.models import ProgressReport
from tests import cast as cast_module
from tests import speed
from tests.rooms.progress.reports import report_of
from tests.site import Visitor

# A busy machine is no fault of what is tested: no property is timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
speed.remember_addresses()
ON_POSTGRESQL = os.environ.get("TEST_ON") == "postgresql"


def pytest_collection_finish() -> None:
    """All modules are loaded, no test has begun."""
    speed.leave_what_is_loaded()


def settings_for(url: str, data_dir: Path, **more: object) -> Settings:
    """Settings of a test installation."""
    return Settings(database_url=url, data_dir=data_dir, secret_key="k" * 64, **more)  # type: ignore[arg-type]


def make_app(url: str, data_dir: Path, rooms: Sequence[Room] = ROOMS, **more: object) -> Flask:
    """An application on `url`, as it is served: the visitor of the tests sends CSRF tokens as a
    browser does.
    """
    app = create_app(settings_for(url, data_dir, **more), rooms)
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.bytecode_cache = speed.templates()
    with app.app_context():
        speed.remember_statements(db.engine)
    return app


def _fresh(template: str | None) -> str:
    from tests import pg

    return pg.fresh_database(template)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, cast_module.Cast]:
    """The URL (or file) of the database that every test copies, and the cast in it."""
    return build_base(tmp_path_factory.mktemp("base"))


def build_base(folder: Path) -> tuple[str, cast_module.Cast]:
    """The same in a folder of one's own."""
    url = _fresh(None) if ON_POSTGRESQL else f"sqlite:///{folder / 'base.sqlite'}"
    app = make_app(url, folder)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        built = cast_module.build()
        db.session.remove()
        if not ON_POSTGRESQL:
            with db.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return url, built


@pytest.fixture
def app(base: tuple[str, cast_module.Cast], tmp_path: Path) -> Iterator[Flask]:
    """An application on a copy of the base, inside its application context."""
    source = base[0]
    if ON_POSTGRESQL:
        url = _fresh(source.rsplit("/", 1)[1].split("?")[0])
    else:
        url = f"sqlite:///{tmp_path / 'test.sqlite'}"
        shutil.copyfile(source.removeprefix("sqlite:///"), tmp_path / "test.sqlite")
    application = make_app(url, tmp_path)
    set_reading(False)  # a test that asked with a bare client left it as the GET had it
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(base: tuple[str, cast_module.Cast]) -> cast_module.Cast:
    """The ids of the cast; a copy, since a test may add to them."""
    return copy.deepcopy(base[1])


@pytest.fixture
def visit(app: Flask, cast: cast_module.Cast) -> Callable[[str | None], Visitor]:
    """visit("lan") is Lan at her browser; visit(None) is a stranger."""
    return lambda who: Visitor(app, cast.users[who] if who else None)


@pytest.fixture
def actor_named(app: Flask, cast: cast_module.Cast) -> Callable[[str], object]:
    """actor_named("lan") is Lan as an Actor, for calling verbs directly."""
    from pledge_app.accounts.current import actor_of

    return lambda who: actor_of(db.session.get_one(User, cast.users[who]), today=cast_module.TODAY)


@pytest.fixture
def report(app: Flask, cast: cast_module.Cast) -> ProgressReport:
    """A blank report of Hải Quang's first quarter."""
    return report_of(cast)


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database that has its tables and nothing else, as after `upgrade`."""
    url = _fresh(None) if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'empty.sqlite'}"
    application = make_app(url, tmp_path)
    set_reading(False)
    with application.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def elsewhere(app: Flask) -> Iterator[Callable[..., Flask]]:
    """elsewhere(behind_proxy=True) serves the same database with other settings."""
    made: list[Flask] = []

    def serve(**settings: object) -> Flask:
        given = app.config["SETTINGS"]
        made.append(make_app(given.database_url, given.data_dir, ROOMS, **settings))
        return made[-1]

    yield serve
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()
