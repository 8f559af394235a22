"""What somebody alters who holds the database and its files: each is found, by a named check.

The table says what was done, in SQL with every trigger and foreign key out of the way, and which
check finds it. Everything is rolled back after it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pledge_app.application import ROOMS
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from pledge_app.upkeep import anchoring
from pledge_app.upkeep.verifying import checks, findings
from tests import pg, unguarded
from tests.conftest import ON_POSTGRESQL, make_app
from tests.rooms.audit import whole_year
from tests.rooms.audit.alterations import ALTERED
from tests.rooms.audit.whole_year import Year


@pytest.fixture(scope="module")
def year(base, tmp_path_factory) -> Iterator[Year]:
    """One office for all of them."""
    folder: Path = tmp_path_factory.mktemp("altered")
    if ON_POSTGRESQL:
        url = pg.fresh_database(base[0].rsplit("/", 1)[1].split("?")[0])
    else:
        url = f"sqlite:///{folder / 'test.sqlite'}"
        shutil.copyfile(base[0].removeprefix("sqlite:///"), folder / "test.sqlite")
    app = make_app(url, folder)
    set_reading(False)
    with app.app_context():
        made = whole_year.build(base[1])
        anchoring.keep_head(whole_year.AT)
        db.session.commit()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def by_force(year: Year) -> Iterator[Year]:
    """No trigger and no foreign key is in the way; all is as it was afterwards."""
    if not ON_POSTGRESQL:
        db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    unguarded.free_all()
    yield year
    db.session.rollback()
    db.session.expire_all()


def found() -> set[str]:
    """The checks that do not accept what is there."""
    db.session.expire_all()
    return {one.check for one in findings()}


def test_an_office_that_nobody_altered_passes(by_force):
    assert list(findings()) == []


@pytest.mark.parametrize(("what", "statements", "by"), ALTERED, ids=[row[0] for row in ALTERED])
def test_it_is_found(by_force, what, statements, by):
    values = vars(by_force)
    for statement in statements.split("; "):
        named = {name: values[name] for name in values if f":{name}" in statement}
        done = db.session.connection().execute(text(statement), named)
        assert done.rowcount, "nothing was altered"
    assert by <= found()


def test_everything_that_is_sealed_is_altered_by_some_row_of_the_table():
    """A new seal needs a row above."""
    named = set().union(*(row[2] for row in ALTERED))
    assert {one.name for room in ROOMS for one in room.sealed} <= named


def test_each_check_has_a_name_of_its_own(year):
    names = [check.name for check in checks()]
    assert len(names) == len(set(names))
