"""Two workers, two processes, one database: each job has its effect once, whoever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pledge_app.application import ROOT
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Job, JobState
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now

LEASE = 1.5  # seconds
MOST = 60.0
JOBS = 40


@pytest.fixture
def workers(app, tmp_path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two, begun; ended with the test."""
    db.session.execute(text("CREATE TABLE effect (n INTEGER NOT NULL, worker TEXT NOT NULL)"))
    db.session.commit()
    begun: list[subprocess.Popen[bytes]] = []
    yield begun
    for one in begun:
        one.kill()
        one.wait(10)


def begin(app, begun: list[subprocess.Popen[bytes]], tmp_path: Path) -> None:
    url = db.engine.url.render_as_string(hide_password=False)
    for name in ("first", "second"):
        begun.append(
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.rooms.jobs.worker_process",
                    url,
                    str(tmp_path),
                    name,
                    str(LEASE),
                ],
                cwd=ROOT,
            )
        )


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + MOST
    while not what():
        assert time.monotonic() < until, "the workers did not get there"
        time.sleep(0.1)


def are_all_done() -> bool:
    states = [job.state for job in db.session.query(Job).filter(Job.kind.startswith("test."))]
    db.session.rollback()
    db.session.expire_all()
    return set(states) == {JobState.DONE}


def effects() -> list[tuple[int, str]]:
    rows = db.session.execute(text("SELECT n, worker FROM effect ORDER BY n")).all()
    db.session.rollback()
    return [(n, worker) for n, worker in rows]


def test_each_of_many_jobs_has_its_effect_once_and_both_work(app, workers, tmp_path):
    for n in range(JOBS):
        jobs.enqueue("test.effect", f"effect:{n}", at=now(), n=n)
    db.session.commit()
    begin(app, workers, tmp_path)
    wait_for(are_all_done)
    assert [n for n, _worker in effects()] == list(range(JOBS))
    assert {worker for _n, worker in effects()} == {"first", "second"}


def test_the_job_of_a_killed_worker_is_taken_over_and_the_others_go_on(app, workers, tmp_path):
    marker = tmp_path / "holds-the-lease"
    jobs.enqueue("test.hang", "hang", at=now(), n=JOBS, marker=str(marker))
    for n in range(JOBS):
        jobs.enqueue("test.effect", f"effect:{n}", at=now(), n=n)
    db.session.commit()
    begin(app, workers, tmp_path)
    wait_for(lambda: marker.exists() and bool(marker.read_text()))
    wait_for(lambda: len(effects()) == JOBS)
    time.sleep(LEASE * 1.5)
    assert len(effects()) == JOBS, "who lives keeps its lease, however long it says nothing"
    os.kill(int(marker.read_text()), signal.SIGKILL)
    wait_for(are_all_done)
    assert [n for n, _worker in effects()] == list(range(JOBS + 1))


def test_a_step_longer_than_a_lease_is_not_taken_over(app, workers, tmp_path):
    jobs.enqueue("test.long", "long", at=now(), n=1)
    db.session.commit()
    begin(app, workers, tmp_path)
    wait_for(are_all_done)
    assert len(effects()) == 1
    assert db.session.query(Job.attempts).filter(Job.key == "long").scalar() == 1
    db.session.rollback()
