"""The restore drill: a real backup, a real server, a real login; the data itself is not touched."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.upkeep import drill as drills
from pledge_app.upkeep.errors import UpkeepError
from tests.conftest import ON_POSTGRESQL
from tests.rooms.upkeep import commands
from tests.rooms.upkeep.test_back_up import flip

on_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="the drill restores the file of SQLite")


@on_sqlite
def test_the_newest_backup_is_restored_verified_and_somebody_logs_in(app, paper):
    db.session.remove()
    done = commands.run(app, "restore-drill")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert "thư mục trống" in said[1] and "1 tệp: toàn vẹn" in said[2] and "Đã đăng nhập" in said[3]
    assert said[-1] == "Diễn tập đạt."
    assert db.session.query(User).filter_by(username=drills.WHO).count() == 0
    assert not list(Path(tempfile.gettempdir()).glob("pledge-drill-*"))


@on_sqlite
def test_a_damaged_backup_fails_and_is_named(app, made):
    flip(made / "database")
    done = commands.run(app, "restore-drill", str(made))
    assert done.returncode == 1
    assert (
        "Diễn tập không đạt" in done.stderr
        and "database: nội dung khác với lúc sao lưu" in done.stderr
    )


@on_sqlite
def test_a_login_that_is_refused_fails_the_drill(app, made, monkeypatch):
    monkeypatch.setattr(drills, "_enrol", lambda database: "not the password")
    with pytest.raises(UpkeepError, match="không đăng nhập được"):
        drills.drill(made, app.config["SETTINGS"], lambda said: None)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL")
def test_with_postgresql_it_says_what_to_do(app, tmp_path):
    with pytest.raises(UpkeepError, match="PostgreSQL"):
        drills.drill(tmp_path, app.config["SETTINGS"], lambda said: None)
