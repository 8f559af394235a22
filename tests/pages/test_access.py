"""Every address × who asks × own or foreign unit. The table says who is let in; everybody else
is kept out.

An address without a row fails: access is refused by default, and whoever adds a page says who it is
for.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from pledge_app.accounts.models import User
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from tests import cast as cast_module
from tests import pg
from tests.conftest import ON_POSTGRESQL, _fresh, make_app
from tests.pages import world as worlds
from tests.pages.access_rows import Row
from tests.pages.access_table import ROWS
from tests.site import Visitor

OUT = {401, 403, 404}


@pytest.fixture(scope="module")
def world_place(
    base: tuple[str, cast_module.Cast], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, worlds.World]:
    """The database with one of everything, and its directory."""
    folder, source = tmp_path_factory.mktemp("world"), base[0]
    if ON_POSTGRESQL:
        url = pg.fresh_database(source.rsplit("/", 1)[1].split("?")[0], keep=True)
    else:
        url = f"sqlite:///{folder / 'world.sqlite'}"
        shutil.copyfile(source.removeprefix("sqlite:///"), folder / "world.sqlite")
    app = make_app(url, folder)
    with app.app_context():
        made = worlds.build(base[1])
        db.session.remove()
        if not ON_POSTGRESQL:
            with db.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return url, folder, made


@contextmanager
def opened(
    world_place: tuple[str, Path, worlds.World], folder: Path
) -> Iterator[tuple[Flask, worlds.World]]:
    """An application on a copy of the world in `folder`, inside its context."""
    source, kept, made = world_place
    shutil.copytree(kept / "store", folder / "store")
    if ON_POSTGRESQL:
        url = _fresh(source.rsplit("/", 1)[1].split("?")[0])
    else:
        url = f"sqlite:///{folder / 'test.sqlite'}"
        shutil.copyfile(source.removeprefix("sqlite:///"), folder / "test.sqlite")
    app = make_app(url, folder)
    set_reading(False)
    with app.app_context():
        yield app, made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def asked(
    world_place: tuple[str, Path, worlds.World], tmp_path: Path
) -> Iterator[tuple[Flask, worlds.World]]:
    """A copy of the world for one question that may change it."""
    with opened(world_place, tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def standing(
    world_place: tuple[str, Path, worlds.World], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, worlds.World]]:
    """One copy for all questions that change nothing, or may meet what others changed."""
    with opened(world_place, tmp_path_factory.mktemp("standing")) as found:
        yield found


def address(row: Row, made: worlds.World) -> str:
    """The address of a row, with the public ids of the world."""
    return row.path.format(**made.pids)


def visitor_of(app: Flask, cast: cast_module.Cast, row: Row, letter: str) -> Visitor | None:
    """Who asks; None: the thing's own unit has nobody in that role."""
    own = (
        dict(zip("clv", worlds.OWN[row.thing], strict=True))
        if row.thing
        else dict(zip("clv", ("lan", "hung", "van"), strict=True))
    )
    name = own.get(letter, worlds.OTHERS.get(letter))
    if name == "":
        return None
    return Visitor(app, cast.users[name] if name else None)


def is_in(visitor: Visitor, row: Row, made: worlds.World) -> bool:
    """Whether the door opened: not refused, not hidden, not sent to the login."""
    path, fields = (
        address(row, made),
        {name: text.format(**made.pids) for name, text in row.fields.items()},
    )
    answer = visitor._ask(
        row.method,
        path,
        **({"data": visitor._with_token(fields, {})[0]} if row.method == "POST" else {}),
    )
    assert answer.status_code < 500, f"{path}: {answer.status_code}"
    if answer.status_code in OUT:
        return False
    return not (
        answer.status_code == 303
        and "/dang-nhap" in answer.headers["Location"]
        and row.endpoint != "accounts.login"
    )


READING = [row for row in ROWS if row.method == "GET"]
DOING = [row for row in ROWS if row.method == "POST"]


def ask_everybody(app: Flask, made: worlds.World, cast: cast_module.Cast, row: Row) -> None:
    """Everybody asks, first those who are kept out: none of them leaves a trail."""
    found, wanted = "", ""
    for letter in sorted(worlds.ASKERS, key=lambda one: one in row.let_in):
        visitor = visitor_of(app, cast, row, letter)
        if visitor is None or (row.once and letter == "l"):
            continue
        before = db.session.query(TrailEvent).count()
        entered = is_in(visitor, row, made)
        assert entered or db.session.query(TrailEvent).count() == before, (
            f"{letter} left a trail at {row.path}"
        )
        found += letter if entered else ""
        wanted += letter if letter in row.let_in else ""
    assert sorted(found) == sorted(wanted), f"{row.method} {row.path}"


@pytest.mark.parametrize("row", READING, ids=lambda row: row.endpoint)
def test_who_may_read(standing, cast, row: Row) -> None:
    app, made = standing
    ask_everybody(app, made, cast, row)


@pytest.mark.parametrize("row", DOING, ids=lambda row: row.endpoint)
def test_who_may_do(asked, cast, row: Row) -> None:
    app, made = asked
    ask_everybody(app, made, cast, row)


def test_every_address_has_its_row(standing) -> None:
    app, _made = standing
    asked_for = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method in {"GET", "POST"} and rule.endpoint != "static"
    }
    assert sorted(asked_for - {(row.endpoint, row.method) for row in ROWS}) == []


def test_every_row_is_an_address(standing) -> None:
    app, made = standing
    adapter = app.url_map.bind("localhost")
    for row in ROWS:
        endpoint, _values = adapter.match(address(row, made).split("?")[0], method=row.method)
        assert endpoint == row.endpoint


@pytest.mark.parametrize("row", DOING, ids=lambda row: row.endpoint)
def test_nothing_is_done_without_the_token_of_the_page(standing, cast, row: Row) -> None:
    app, made = standing
    letter = next((one for one in row.let_in if one != "p"), "c")
    visitor = visitor_of(app, cast, row, letter) or Visitor(app, cast.users["lan"])
    before = db.session.query(TrailEvent).count()
    answer = visitor._ask("POST", address(row, made), data={"reason": "chữ đã gõ"})
    assert answer.status_code == 400
    assert db.session.query(TrailEvent).count() == before


def test_the_cast_has_every_role(app, cast) -> None:
    roles = {grant.role.value for user in db.session.query(User) for grant in user.grants}
    assert roles == {"clerk", "leader", "records", "reviewer", "admin", "auditor"}
