"""A job ends only in the hands of the worker that holds it; who was overtaken keeps nothing."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from pledge_app.documents import operations as papers
from pledge_app.documents import work
from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.work import render_document
from pledge_app.jobs import operations as jobs
from pledge_app.jobs.models import Job, JobState
from pledge_app.jobs.worker import run_next
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.papers.printing.paper import PrintedPaper
from tests import agreeing, make


def asked(key: str) -> Job:
    return db.session.scalars(select(Job).where(Job.key == key)).one()


def elsewhere(app, work: Any) -> None:
    """In another worker: a thread with its own connection."""
    wrong: list[BaseException] = []

    def run() -> None:
        with app.app_context():
            try:
                work()
                db.session.commit()
            except BaseException as error:  # shown by the test
                wrong.append(error)
            finally:
                db.session.remove()

    other = threading.Thread(target=run)
    other.start()
    other.join(30)
    assert not wrong, wrong


def run_out(key: str) -> None:
    """The lease of a job ends: its worker slept, or was slow."""
    asked(key).lease_until = now() - timedelta(seconds=1)
    db.session.commit()


def test_who_was_overtaken_neither_finishes_nor_fails_the_job(app):
    jobs.enqueue("test.slow", "slow", at=now(), n=1)
    db.session.commit()
    seen: list[str] = []

    def slow(payload):
        run_out("slow")
        elsewhere(app, lambda: run_next({"test.slow": lambda payload: seen.append("second")}, {}))
        seen.append("first")
        if payload["n"] == 2:
            raise RuntimeError("the first one fails late")

    assert run_next({"test.slow": slow}, {})
    db.session.expire_all()
    row = asked("slow")
    assert seen == ["second", "first"]
    assert (row.state, row.attempts, row.error, row.lease_token) == (JobState.DONE, 2, "", None)
    db.session.rollback()


def test_a_late_failure_of_the_overtaken_does_not_undo_the_seconds_work(app):
    jobs.enqueue("test.slow", "slow", at=now())
    db.session.commit()
    given_up: list[str] = []

    def slow(payload):
        run_out("slow")
        elsewhere(app, lambda: run_next({"test.slow": lambda payload: None}, {}))
        raise RuntimeError("too late")

    assert run_next(
        {"test.slow": slow}, {"test.slow": lambda payload, reason: given_up.append(reason)}
    )
    db.session.expire_all()
    assert asked("slow").state is JobState.DONE and not given_up
    db.session.rollback()


def test_while_the_second_still_works_the_first_cannot_end_it(app):
    jobs.enqueue("test.slow", "slow", at=now())
    db.session.commit()

    def slow(payload):
        run_out("slow")
        elsewhere(app, lambda: jobs.lease(at=now()))

    assert run_next({"test.slow": slow}, {})
    db.session.expire_all()
    assert asked("slow").state is JobState.LEASED
    db.session.rollback()


def test_the_paper_of_an_overtaken_worker_is_discarded(app, cast, monkeypatch):
    made = make.pledge(cast, state="sent")
    document = db.session.scalars(select(Document)).one()
    pid, key = document.pid, f"render:{document.pid}"
    document.state, document.file_sha256 = RenderState.RENDERING, None
    jobs.retry(asked(key), at=now())
    db.session.commit()

    def late(kind, content, version):
        run_out(key)
        elsewhere(app, lambda: jobs.lease(at=now()))
        return PrintedPaper(agreeing.PDF, 1, ()), agreeing.DOCX

    monkeypatch.setattr(work, "both_in_child", late)
    assert run_next({papers.RENDER: render_document}, {})
    db.session.expire_all()
    assert (
        db.session.scalars(select(Document).where(Document.pid == pid)).one().state
        is RenderState.RENDERING
    )
    assert asked(key).state is JobState.LEASED, "the second worker still holds it"
    db.session.rollback()
    assert made.pid


def test_a_long_job_keeps_its_lease_between_its_steps(app, monkeypatch):
    jobs.enqueue("test.long", "long", at=now())
    db.session.commit()
    began = now()

    def long(payload):
        for step in range(1, 9):  # eight papers of 30 seconds
            at = began + timedelta(seconds=30 * step)
            elsewhere(app, lambda at=at: pytest.fail("taken over") if jobs.lease(at=at) else None)
            jobs.hold(at=at)
            db.session.commit()

    assert run_next({"test.long": long}, {})
    db.session.expire_all()
    assert (asked("long").state, asked("long").attempts) == (JobState.DONE, 1)
    db.session.rollback()


def test_hold_asks_nothing_outside_a_worker(app):
    jobs.hold(at=now())


def test_two_who_ask_for_the_same_at_the_same_moment_ask_once(app, monkeypatch):
    """The second looked before the first had committed: the key is unique, and the job of the
    first is given back.
    """
    elsewhere(app, lambda: jobs.enqueue("test.once", "once", at=now(), n=1))
    real, looked = db.session.scalar, []

    def too_early(*args, **kwargs):
        looked.append(args)
        return None if len(looked) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(db.session, "scalar", too_early)
    found = jobs.enqueue("test.once", "once", at=now(), n=2)
    monkeypatch.undo()
    assert found.payload == {"n": 1}
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.key == "once")) == 1
    db.session.rollback()


def test_a_lease_is_renewed_beside_the_work_and_not_by_who_lost_it(app):
    at = now()
    jobs.enqueue("test.slow", "renewed", at=at)
    db.session.commit()
    job = jobs.lease(at=at)
    assert job is not None and job.lease_token is not None
    held = jobs.Lease(job.id, job.lease_token)
    db.session.flush()
    later = at + timedelta(minutes=1)
    jobs.renew(db.session.connection(), held, at=later)
    db.session.expire_all()
    assert asked("renewed").lease_until == later + jobs.LEASE
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(db.session.connection(), jobs.Lease(job.id, "of another"), at=later)
