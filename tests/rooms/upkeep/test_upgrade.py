"""`flask upgrade`: a verified backup first, one at a time, then the migrations; and what refuses
to start.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import text

from pledge_app.application import ROOT
from pledge_app.documents.models import StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.upkeep import backup, upgrade
from pledge_app.upkeep.errors import UpkeepError
from tests.conftest import ON_POSTGRESQL, make_app
from tests.rooms.upkeep import commands

sqlite_only = pytest.mark.skipif(ON_POSTGRESQL, reason="about the file of SQLite")


def set_revision(number: str) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
    db.session.commit()
    db.session.remove()


@sqlite_only
def test_an_empty_directory_becomes_a_database(tmp_path):
    app = make_app(f"sqlite:///{tmp_path / 'pledge.sqlite'}", tmp_path)
    with app.app_context():
        first, newest = commands.run(app, "upgrade"), upgrade.newest_revision()
        assert (first.returncode, first.stdout.strip()) == (
            0,
            f"Đã nâng cấp cơ sở dữ liệu lên phiên bản {newest}.",
        )
        again = commands.run(app, "upgrade")
        assert again.stdout.strip() == f"Cơ sở dữ liệu đã ở phiên bản {newest}."
    assert not (tmp_path / "backups").exists()


def test_a_verified_backup_comes_first(app, paper, monkeypatch):
    monkeypatch.setattr(
        upgrade, "newest_revision", lambda: "9999"
    )  # a release later than this database
    said = upgrade.upgrade()
    place = backup.newest(commands.data_dir(app) / "backups")
    assert place is not None
    assert str(place) in said
    backup.check_backup(place)


def test_without_a_good_backup_nothing_is_migrated(app, paper, monkeypatch):
    store().path(db.session.query(StoredFile).one().sha256).unlink()
    monkeypatch.setattr(upgrade, "newest_revision", lambda: "9999")
    monkeypatch.setattr(flask_migrate, "upgrade", lambda **_k: pytest.fail("it migrated"))
    with pytest.raises(UpkeepError, match="thiếu hoặc hỏng"):
        upgrade.upgrade()


def test_two_upgrades_do_not_meet(app):
    with (commands.data_dir(app) / "upgrade.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = commands.run(app, "upgrade")
    assert done.returncode == 1
    assert "đang chạy" in done.stderr


def test_a_good_database_may_be_served(app):
    assert upgrade.problem(app) is None


@sqlite_only
@pytest.mark.parametrize(
    "arguments",
    [
        ["create-admin", "--office", "A", "--username", "b", "--name", "C", "--password", "d"],
        ["backup"],
        ["verify"],
        ["import-units", "pledge_app/data/units_nam_dinh_2023.csv"],
        ["work", "--once"],
    ],
)
def test_every_command_says_that_the_tables_are_missing(tmp_path, arguments):
    app = make_app(f"sqlite:///{tmp_path / 'pledge.sqlite'}", tmp_path)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=arguments)
    assert (done.exit_code, done.output.strip()) == (
        1,
        "Cơ sở dữ liệu còn trống. Hãy chạy: flask --app pledge_app.application upgrade",
    )


@sqlite_only
def test_an_empty_database_is_not_served_and_says_which_command_to_run(tmp_path):
    env = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 64}
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", "from pledge_app.wsgi import application; application()"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "flask --app pledge_app.application upgrade" in done.stderr


def test_data_of_a_newer_program_is_not_served(app):
    set_revision("9999")
    said = upgrade.problem(app)
    assert said is not None
    assert "mới hơn" in said


@sqlite_only
def test_a_damaged_file_is_not_served(app):
    file = commands.data_dir(app) / "test.sqlite"
    db.session.remove()
    with db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()
    data = bytearray(file.read_bytes())
    data[8192 : len(data) // 2] = b"\x5a" * (len(data) // 2 - 8192)
    file.write_bytes(bytes(data))
    said = upgrade.problem(app)
    assert said is not None
    assert "restore" in said


@sqlite_only
def test_a_row_that_points_nowhere_is_found(app):
    with db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.execute(text("DELETE FROM unit"))
        connection.commit()
        connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
    said = upgrade.problem(app)
    assert said is not None
    assert "trỏ tới dòng không còn" in said


MOUNTS = """/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
server:/share /srv/ho\\040so nfs4 rw 0 0
/dev/sdb1 /srv/ho\\040so/o-rieng xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/pledge/pledge.sqlite", "ext4"),
        ("/srv/ho so/pledge.sqlite", "nfs4"),
        ("/srv/ho so/o-rieng/pledge.sqlite", "xfs"),
        ("/running/pledge.sqlite", "ext4"),
    ],
)
def test_the_disk_that_holds_a_file_is_known(path, kind):
    assert upgrade.file_system(Path(path), MOUNTS) == kind


@sqlite_only
def test_a_network_disk_is_refused(app, monkeypatch):
    monkeypatch.setattr(upgrade, "file_system", lambda _path: "nfs4")
    said = upgrade.problem(app)
    assert said is not None
    assert "ổ mạng (nfs4)" in said
