"""A backup comes back into an empty place only, and is what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pledge_app.audit.models import TrailHead
from pledge_app.config import Settings
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.upkeep.backup import MANIFEST
from pledge_app.upkeep.errors import UpkeepError
from pledge_app.upkeep.restore import restore
from pledge_app.upkeep.verifying import verify
from tests.conftest import ON_POSTGRESQL, _fresh, make_app
from tests.rooms.upkeep import commands
from tests.rooms.upkeep.test_back_up import flip, stored


def empty_place(tmp_path: Path) -> tuple[str, Path]:
    """(database URL, directory) where nothing is yet."""
    into = tmp_path / "restored"
    return (_fresh(None) if ON_POSTGRESQL else f"sqlite:///{into / 'pledge.sqlite'}"), into


def settings(app) -> Settings:
    found: Settings = app.config["SETTINGS"]
    return found


def test_everything_is_there_again(app, made, tmp_path):
    head = db.session.get_one(TrailHead, 1).digest
    db.session.remove()
    url, into = empty_place(tmp_path)
    other = make_app(url, tmp_path / "elsewhere")
    with other.app_context():
        assert restore(made, into, settings(other))["trail_head"] == head
        db.session.remove()
        db.engine.dispose()
    restored = make_app(url, into)
    with restored.app_context():
        assert db.session.get_one(TrailHead, 1).digest == head
        assert list(verify()) == []
        assert len(list(store().names())) == 1
        db.session.remove()
        db.engine.dispose()


POINTS = (
    "restore_copied",
    *(("restore_loaded",) if ON_POSTGRESQL else ()),
    "restore_moved",
    "restore_ends",
)


@pytest.mark.parametrize("point", POINTS)
def test_a_restore_that_was_cut_off_is_begun_again_by_the_same_command(app, made, tmp_path, point):
    url, into = empty_place(tmp_path)
    other = make_app(url, tmp_path / "elsewhere")
    with other.app_context():
        cut = commands.run(other, "restore", str(made), "--into", str(into), CRASHPOINT=point)
        assert cut.returncode == 137
        again = commands.run(other, "restore", str(made), "--into", str(into))
        assert again.returncode == 0, again.stderr
        db.engine.dispose()
    restored = make_app(url, into)
    with restored.app_context():
        assert list(verify()) == []
        assert len(list(store().names())) == 1
        assert not (into / ".restoring").exists()
        db.session.remove()
        db.engine.dispose()


def test_it_never_overwrites(app, made, tmp_path):
    into = tmp_path / "full"
    into.mkdir()
    (into / "letter.txt").write_text("mine")
    with pytest.raises(UpkeepError, match="không ghi đè"):
        restore(made, into, settings(app))
    assert [path.name for path in into.iterdir()] == ["letter.txt"]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite is a file of the directory")
def test_it_never_overwrites_a_database(app, made, tmp_path):
    with pytest.raises(UpkeepError, match="không trống"):
        restore(made, tmp_path / "empty", settings(app))


def test_a_flipped_byte_stops_it_before_anything_is_written(app, made, tmp_path):
    flip(stored(made))
    with pytest.raises(UpkeepError, match="nội dung khác"):
        restore(made, tmp_path / "empty", settings(app))
    assert not (tmp_path / "empty").exists()


def test_data_of_a_newer_program_is_refused(app, made, tmp_path):
    manifest = json.loads((made / "manifest.json").read_text())
    manifest["schema"] = "9999"
    (made / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UpkeepError, match="mới hơn"):
        restore(made, tmp_path / "empty", settings(app))


def test_a_backup_of_the_other_kind_of_database_is_refused(app, made, tmp_path):
    manifest = json.loads((made / "manifest.json").read_text())
    manifest["database"] = "oracle"
    (made / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UpkeepError, match="oracle"):
        restore(made, tmp_path / "empty", settings(app))


@pytest.mark.skipif(ON_POSTGRESQL, reason="the command restores into the configured database")
def test_the_commands_restore_and_then_verify(app, made, tmp_path):
    done = commands.run(app, "restore", str(made), "--into", str(tmp_path / "back"))
    assert done.returncode == 0, done.stderr
    there = {
        "DATA_DIR": str(tmp_path / "back"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'back' / 'pledge.sqlite'}",
    }
    verified = commands.run(app, "verify", **there)
    assert (verified.returncode, verified.stdout.strip()) == (0, "Dữ liệu toàn vẹn.")
    again = commands.run(app, "restore", str(made), "--into", str(tmp_path / "back"))
    assert again.returncode == 1
    assert "không ghi đè" in again.stderr


@pytest.mark.parametrize("head", ["0" * 64, "f" * 64])
def test_a_backup_whose_manifest_names_another_head_is_not_restored(app, made, tmp_path, head):
    manifest = json.loads((made / MANIFEST).read_text(encoding="utf-8"))
    manifest["trail_head"] = head
    (made / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    url, into = empty_place(tmp_path)
    other = make_app(url, tmp_path / "elsewhere")
    with other.app_context():
        with pytest.raises(UpkeepError, match="mốc nhật ký"):
            restore(made, into, settings(other))
        db.session.remove()
        db.engine.dispose()
    assert not (into / "pledge.sqlite").exists()
