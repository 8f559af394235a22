"""The one worker and clock: does what waits, once; a killed worker loses nothing; a night off is
caught up.
"""

from __future__ import annotations

import os
import signal
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from pledge_app.demo.operations import move_business_date
from pledge_app.documents import work
from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.operations import RENDER
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Duty, Job, JobState
from pledge_app.jobs.worker import run_next
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.room import ClockDuty, rooms
from pledge_app.progress.models import ProgressReport
from pledge_app.upkeep import nightly, worker
from tests import make
from tests.rooms.upkeep import commands

NIGHT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)  # 02:00 in Vietnam, the 24th


def state_of(document: Document) -> RenderState:
    """As another process left it."""
    db.session.expire_all()
    found = db.session.get_one(Document, document.id).state
    db.session.rollback()
    return found


def job() -> Job:
    db.session.expire_all()
    found = db.session.scalars(
        select(Job).where(Job.kind == "documents.render").order_by(Job.id.desc())
    ).first()
    assert found is not None
    return found


def leased() -> bool:
    held = job().state is JobState.LEASED
    db.session.rollback()
    return held


@pytest.fixture
def alone(app, paper):
    """Only the frozen paper waits; the pledge's own paper is out of the way."""
    for other in db.session.scalars(select(Job).where(Job.id != job().id)):
        jobs.close(other, at=now())
    db.session.commit()
    return paper


def test_once_does_everything_that_waits_and_ends(app, alone):
    done = commands.run(app, "work", "--once")
    assert done.returncode == 0, done.stderr
    assert state_of(alone) is RenderState.READY
    assert job().state is JobState.DONE
    assert not (commands.data_dir(app) / "worker.alive").exists()  # it is gone, and says so


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(app, alone):
    env = commands.environment(app.config["SETTINGS"])
    worker = commands.start([*commands.FLASK, "work"], env)
    try:
        commands.until(leased)
        worker.kill()
    finally:
        worker.kill()
        assert worker.wait(10) == -signal.SIGKILL
    assert state_of(alone) is RenderState.RENDERING
    before = job()
    assert before.state is JobState.LEASED
    before.lease_until = now() - timedelta(seconds=1)  # the lease runs out
    assert commands.run(app, "work", "--once").returncode == 0
    assert state_of(alone) is RenderState.READY
    assert (job().state, job().attempts) == (JobState.DONE, 2)


def test_a_worker_asked_to_stop_finishes_its_job_first(app, alone):
    worker = commands.start([*commands.FLASK, "work"], commands.environment(app.config["SETTINGS"]))
    try:
        commands.until(leased)
        worker.send_signal(signal.SIGTERM)
        said, _none = worker.communicate(timeout=60)
    finally:
        worker.kill()
        worker.wait()
    assert worker.returncode == 0, said
    assert state_of(alone) is RenderState.READY


def test_a_worker_on_a_database_without_tables_says_what_to_do(tmp_path):
    env = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 64}
    env.pop("DATABASE_URL", None)
    worker = commands.start([*commands.FLASK, "work"], env)
    said, _none = worker.communicate(timeout=60)
    assert worker.returncode == 1
    assert "flask --app pledge_app.application upgrade" in said


def test_a_job_that_always_fails_is_given_up_and_the_worker_goes_on(app):
    jobs.enqueue("test.bad", "bad", at=now(), n=1)
    jobs.enqueue("test.good", "good", at=now() + timedelta(microseconds=1), n=2)
    db.session.commit()
    done, given_up = [], []

    def bad(payload):
        raise RuntimeError("no")

    handlers = {"test.bad": bad, "test.good": lambda payload: done.append(payload["n"])}
    for _n in range(10):
        run_next(handlers, {"test.bad": lambda payload, reason: given_up.append(reason)})
        for row in db.session.scalars(select(Job).where(Job.state == JobState.WAITING)):
            row.run_after = now()
        db.session.commit()
    assert done == [2]
    assert given_up == ["RuntimeError: no"]
    assert db.session.scalar(select(Job.state).where(Job.key == "bad")) is JobState.FAILED


def test_a_job_that_kills_every_worker_is_given_up(app):
    row = jobs.enqueue("test.deadly", "deadly", at=now())
    row.state, row.attempts, row.lease_until = (
        JobState.LEASED,
        jobs.MOST_ATTEMPTS,
        now() - timedelta(seconds=1),
    )
    db.session.commit()
    given_up = []

    def deadly(payload):
        raise AssertionError("it ran a fourth time")

    assert run_next(
        {"test.deadly": deadly}, {"test.deadly": lambda payload, reason: given_up.append(reason)}
    )
    assert given_up == ["the worker was killed at every attempt"]
    assert db.session.scalar(select(Job.state).where(Job.key == "deadly")) is JobState.FAILED


@pytest.fixture
def duties():
    """One duty that notes when it was done; `failing` makes it fail."""

    class Noted(list[datetime]):
        failing = False

        def act(self, at: datetime) -> str:
            self.append(at)
            if self.failing:
                raise OSError("disk full")
            return "done"

        def try_at(self, at: datetime) -> None:
            duty = ClockDuty("noted", nightly.backup_day, self.act)
            worker.do_duties(at, [duty])

    return Noted()


def test_a_duty_is_done_once_a_night(app, duties):
    for hours in (0, 1, 5, 20):
        duties.try_at(NIGHT + timedelta(hours=hours))
    assert duties == [NIGHT]
    duties.try_at(NIGHT + timedelta(days=1))
    assert len(duties) == 2


def test_before_one_o_clock_it_is_not_due(app, duties):
    duties.try_at(NIGHT - timedelta(minutes=61))
    assert duties == []


def test_a_night_off_is_caught_up_at_the_next_start(app, duties):
    duties.try_at(NIGHT)
    morning = NIGHT + timedelta(days=3, hours=6)
    duties.try_at(morning)
    assert duties == [NIGHT, morning]


def test_a_duty_that_failed_is_tried_again_after_ten_minutes_and_says_why(app, duties):
    duties.failing = True
    duties.try_at(NIGHT)
    duties.try_at(NIGHT + timedelta(minutes=9))
    assert len(duties) == 1
    assert db.session.get_one(Duty, "noted").error == "OSError: disk full"
    duties.failing = False
    duties.try_at(NIGHT + timedelta(minutes=11))
    duties.try_at(NIGHT + timedelta(minutes=22))
    assert len(duties) == 2
    assert db.session.get_one(Duty, "noted").error == ""


def test_reports_open_when_the_business_date_reaches_them(app, cast):
    make.pledge(cast, state="in_force")
    worker.do_duties(now(), rooms().duties)
    assert db.session.query(ProgressReport).count() == 0
    move_business_date(date(2023, 3, 20), actor=make.actor(cast, "quan"), at=now())
    db.session.commit()
    worker.do_duties(now(), rooms().duties)
    worker.do_duties(now(), rooms().duties)
    assert db.session.query(ProgressReport).count() == 1


def test_the_nightly_backup_is_whole(app, cast):
    worker.do_duties(NIGHT, rooms().duties)
    assert db.session.get_one(Duty, "backup").error == ""
    assert len(list((commands.data_dir(app) / "backups").iterdir())) == 1


def run_at_last(app, attempts, do, give_up):
    """One run of a job that was tried `attempts` times before."""
    row = db.session.scalar(select(Job).where(Job.key == "last"))
    if row is None:
        for other in db.session.scalars(select(Job)):
            jobs.close(other, at=now())
        row = jobs.enqueue("test.last", "last", at=now())
        row.attempts = attempts
    row.run_after = now()
    db.session.commit()
    assert run_next({"test.last": do}, {"test.last": give_up})
    db.session.expire_all()
    return row


def always_fails(payload):
    raise RuntimeError("no paper")


@pytest.mark.parametrize(
    "error", [ValueError("odd"), OperationalError("", None, Exception("database is locked"))]
)
def test_a_job_whose_giving_up_fails_is_not_failed_but_tried_again(app, paper, error):
    def breaks(payload, reason):
        paper.state = RenderState.FAILED
        db.session.flush()
        raise error

    was = paper.state
    row = run_at_last(app, jobs.MOST_ATTEMPTS - 1, always_fails, breaks)
    assert (row.state, row.attempts) == (JobState.WAITING, jobs.MOST_ATTEMPTS - 1)
    assert paper.state is was
    told = []
    row = run_at_last(app, 0, always_fails, lambda payload, reason: told.append(reason))
    assert (row.state, told) == (JobState.FAILED, ["RuntimeError: no paper"])


def test_a_job_that_kills_the_worker_is_not_done_again_when_its_giving_up_failed(app):
    def breaks(payload, reason):
        raise ValueError("odd")

    def deadly(payload):
        raise AssertionError("it ran a fourth time")

    row = run_at_last(app, jobs.MOST_ATTEMPTS, deadly, breaks)
    assert row.state is JobState.WAITING
    told = []
    row = run_at_last(app, 0, deadly, lambda payload, reason: told.append(reason))
    assert (row.state, told) == (JobState.FAILED, ["the worker was killed at every attempt"])


def test_a_job_and_what_it_was_to_make_fail_in_one_transaction(alone):
    row = job()
    row.attempts = jobs.MOST_ATTEMPTS - 1
    row.run_after = now()
    db.session.commit()

    def killed_before_the_commit(payload, reason):
        work.give_up(payload, reason)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_next({RENDER: always_fails}, {RENDER: killed_before_the_commit})
    db.session.rollback()
    assert (job().state, state_of(alone)) == (JobState.LEASED, RenderState.RENDERING)
    job().lease_until = now() - timedelta(seconds=1)
    db.session.commit()
    run_next({RENDER: always_fails}, {RENDER: work.give_up})
    assert (job().state, state_of(alone)) == (JobState.FAILED, RenderState.FAILED)
