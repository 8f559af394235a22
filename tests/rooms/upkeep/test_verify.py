"""`flask verify` walks the trail, the envelopes and the files, and names the first bad item of
each.
"""

from __future__ import annotations

from sqlalchemy import text

from pledge_app.documents.models import Envelope, StoredFile
from pledge_app.documents.operations import store
from pledge_app.kernel.base import db
from pledge_app.upkeep.verifying import verify
from tests import unguarded
from tests.rooms.upkeep import commands
from tests.rooms.upkeep.test_back_up import flip


def by_force(table: str, statement: str) -> None:
    """Somebody with the database in hand goes around the triggers."""
    unguarded.free(table)
    db.session.execute(text(statement))
    db.session.commit()


def test_good_data_passes(app, paper):
    assert list(verify()) == []
    done = commands.run(app, "verify")
    assert (done.returncode, done.stdout.strip()) == (0, "Dữ liệu toàn vẹn.")


def test_a_changed_event_is_named(app, paper):
    by_force("trail_event", "UPDATE trail_event SET actor_name = 'Ai đó' WHERE seq = 2")
    assert list(verify()) == ["nhật ký xử lý: bản ghi số 2 không khớp chuỗi"]


def test_a_removed_event_is_named(app, paper):
    by_force("trail_event", "DELETE FROM trail_event WHERE seq = 2")
    assert list(verify()) == ["nhật ký xử lý: bản ghi số 3 không khớp chuỗi"]


def test_a_trail_cut_short_is_named(app, paper):
    by_force(
        "trail_event", "DELETE FROM trail_event WHERE seq = (SELECT max(seq) FROM trail_event)"
    )
    assert "nhật ký xử lý" in next(verify())


def test_a_changed_envelope_is_named(app, paper):
    code = db.session.get_one(Envelope, paper.envelope_id).short_code
    by_force(
        "envelope",
        f"UPDATE envelope SET content_json = replace(content_json, '2023', '2024') "
        f"WHERE short_code = '{code}'",
    )
    assert list(verify()) == [f"gói nội dung {code}: mã băm không khớp"]


def test_a_changed_or_missing_file_is_named(app, paper):
    sha256 = db.session.query(StoredFile).one().sha256
    flip(store().path(sha256))
    assert list(verify()) == [f"tệp {sha256}: nội dung khác mã băm"]
    store().path(sha256).unlink()
    assert list(verify()) == [f"tệp {sha256}: thiếu trong kho"]


def test_the_command_ends_with_an_error(app, paper):
    store().path(db.session.query(StoredFile).one().sha256).unlink()
    done = commands.run(app, "verify")
    assert done.returncode == 1
    assert "thiếu trong kho" in done.stderr
