"""/healthz: shallow for a load balancer, deep for the operator, who is told what is not well."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import record
from pledge_app.child.isolation import Isolation, isolation
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Duty
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.orgs.models import Unit
from pledge_app.upkeep import backup, health
from tests.rooms.upkeep import commands

ALL = {
    "database",
    "store",
    "disk",
    "queue",
    "worker",
    "backup",
    "clock",
    "mail",
    "files",
    "isolation",
}


@pytest.fixture
def well(app, monkeypatch):
    """A worker that lives, a fresh backup, a disk with room; every question is answered anew."""
    monkeypatch.setattr(health, "KEPT", timedelta(0))
    monkeypatch.setattr(health, "LEAST_DISK", 0.0)
    (commands.data_dir(app) / "worker.alive").touch()
    backup.back_up(commands.data_dir(app) / "backups", at=now())


def bad(visit) -> set[str]:
    """What the deep answer says is not well; 200 exactly when nothing is."""
    answer = visit(None)._ask("GET", "/healthz?deep=1")
    checks = answer.json["checks"]
    assert set(checks) == ALL
    found = {name for name, holds in checks.items() if not holds}
    assert answer.status_code == (503 if found else 200)
    assert answer.json["ok"] is not bool(found)
    return found


def test_a_stranger_gets_the_shallow_answer(visit):
    answer = visit(None).get("/healthz")
    assert answer.json == {"ok": True, "checks": {"database": True}}


def test_all_is_well(well, visit):
    assert bad(visit) == set()


def test_the_deep_answer_writes_a_row_and_reads_it_back(well, visit):
    bad(visit)
    assert db.session.get_one(Duty, "pulse").done_at is not None


def test_a_dead_worker_and_a_missing_backup_are_named(app, visit, monkeypatch):
    monkeypatch.setattr(health, "LEAST_DISK", 0.0)
    assert bad(visit) == {"worker", "backup"}


def test_an_old_backup_is_named(well, visit, monkeypatch):
    monkeypatch.setattr(health, "OLDEST_BACKUP", timedelta(0))
    assert bad(visit) == {"backup"}


def test_a_full_disk_is_named(well, visit, monkeypatch):
    monkeypatch.setattr(health, "LEAST_DISK", 1.0)
    assert bad(visit) == {"disk"}


def test_a_queue_that_does_not_move_is_named(well, visit):
    jobs.enqueue("test.old", "old", at=now() - timedelta(hours=1))
    db.session.commit()
    assert bad(visit) == {"queue"}


def test_a_clock_that_went_back_is_named(well, app, cast, visit):
    record(
        "user.created",
        db.session.get_one(Unit, cast.units["Hải Quang"]),
        actor=SYSTEM,
        at=now() + timedelta(hours=1),
    )
    db.session.commit()
    assert db.session.query(TrailEvent).count()
    assert bad(visit) == {"clock"}


def test_a_store_that_cannot_be_written_is_named_not_a_fault(well, app, visit):
    (commands.data_dir(app) / ".pulse").mkdir()
    assert bad(visit) == {"store"}


def test_a_stranger_cannot_make_it_write_all_day(well, app, visit, monkeypatch):
    monkeypatch.setattr(health, "KEPT", timedelta(minutes=1))
    bad(visit)
    first = db.session.get_one(Duty, "pulse").done_at
    bad(visit)
    db.session.expire_all()
    assert db.session.get_one(Duty, "pulse").done_at == first


def test_the_deep_answer_names_the_isolation_of_the_child(visit, well, monkeypatch):
    answer = visit(None)._ask("GET", "/healthz?deep=1")
    assert answer.json["isolation"] == isolation().value
    monkeypatch.setattr(health, "isolation", lambda: Isolation.NONE)
    assert bad(visit) == {"isolation"}
