"""A backup holds everything, is verified after writing, and names what is wrong with it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from pledge_app.audit.models import TrailHead
from pledge_app.documents.models import StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.upkeep import backup
from pledge_app.upkeep.errors import UpkeepError
from tests.rooms.upkeep import commands
from tests.rooms.upkeep.conftest import PAPER


def stored(place: Path) -> Path:
    """One file of the store, as the backup has it."""
    return next(path for path in (place / "store").rglob("*") if path.is_file())


def flip(path: Path, at: int = -5) -> None:
    """Change one byte."""
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_it_holds_the_database_every_file_and_the_head_of_the_trail(made):
    manifest = backup.check_backup(made)
    head = db.session.get_one(TrailHead, 1)
    assert (manifest["trail_seq"], manifest["trail_head"]) == (head.seq, head.digest)
    assert manifest["counts"]["trail"] == head.seq
    assert manifest["schema"] == db.session.scalar(text("SELECT version_num FROM alembic_version"))
    assert (made / "database").stat().st_size > 0
    assert stored(made).read_bytes() == PAPER
    assert set(manifest["files"]) == {"database", str(stored(made).relative_to(made))}


def test_only_its_owner_may_read_it(made):
    assert made.stat().st_mode & 0o077 == 0
    assert (made / "database").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("what", ["database", "store"])
def test_a_flipped_byte_is_named(made, what):
    path = made / "database" if what == "database" else stored(made)
    flip(path, at=len(path.read_bytes()) // 2)
    with pytest.raises(UpkeepError, match=f"{path.relative_to(made)}: nội dung khác"):
        backup.check_backup(made)


@pytest.mark.parametrize("what", ["database", "store"])
def test_a_missing_file_is_named(made, what):
    path = made / "database" if what == "database" else stored(made)
    path.unlink()
    with pytest.raises(UpkeepError, match=f"{path.relative_to(made)}: thiếu"):
        backup.check_backup(made)


def test_a_truncated_dump_is_named(made):
    path = made / "database"
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(UpkeepError, match="database: nội dung khác"):
        backup.check_backup(made)


@pytest.mark.parametrize("text", ["", "{", "{}", '{"files": {}}', '{"files": 7}'])
def test_a_torn_manifest_is_named(made, text):
    (made / "manifest.json").write_text(text)
    with pytest.raises(UpkeepError, match=r"manifest\.json"):
        backup.check_backup(made)


def test_a_manifest_names_nothing_outside_the_backup(made):
    manifest = json.loads((made / "manifest.json").read_text())
    manifest["files"]["../../../etc/passwd"] = "0" * 64
    (made / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UpkeepError, match=r"\.\./etc/passwd: tên tệp không hợp lệ"):
        backup.check_backup(made)


def test_a_damaged_stored_file_is_named_and_the_rest_is_kept_all_the_same(app, paper, tmp_path):
    sha256 = db.session.query(StoredFile).one().sha256
    flip(store().path(sha256))
    with pytest.raises(UpkeepError, match=f"tệp {sha256}: thiếu hoặc hỏng"):
        backup.back_up(tmp_path / "kept", at=now())
    place = backup.newest(tmp_path / "kept")
    assert place is not None
    assert backup.check_backup(place)["damaged"] == [sha256]


def test_the_next_backup_shares_what_did_not_change_and_outlives_the_first(made, tmp_path):
    again = backup.back_up(tmp_path / "kept", at=now())
    assert stored(again).samefile(stored(made))
    for path in sorted(made.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    backup.check_backup(again)


def test_a_file_damaged_in_the_last_backup_is_copied_anew(made, tmp_path):
    flip(stored(made))
    again = backup.back_up(tmp_path / "kept", at=now())
    assert stored(again).read_bytes() == PAPER


def test_nightly_keeps_a_fortnight_and_removes_what_a_power_cut_left(app, paper, tmp_path):
    target, first = tmp_path / "kept", now()
    (target / "20200101-000000-000000.tmp").mkdir(parents=True)
    made = [backup.nightly(target, at=first + timedelta(days=n)) for n in range(backup.KEPT + 2)]
    assert sorted(target.iterdir()) == made[2:]


def test_its_age_is_known(made):
    age = backup.age(made.parent, at=now() + timedelta(hours=3))
    assert age is not None
    assert timedelta(hours=3) <= age < timedelta(hours=3, minutes=5)
    assert backup.age(made.parent / "none", at=now()) is None


def test_the_command_says_where_it_is(app, paper, tmp_path):
    done = commands.run(app, "backup", str(tmp_path / "kept"))
    assert done.returncode == 0, done.stderr
    assert "Đã sao lưu và kiểm tra" in done.stdout
    assert str(backup.newest(tmp_path / "kept")) in done.stdout
