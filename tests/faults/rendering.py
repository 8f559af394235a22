"""The worker is killed while it makes papers; whoever takes over makes each of them once."""

from __future__ import annotations

import contextlib
import random
import subprocess
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from pledge_app.documents.models import Document, RenderState
from pledge_app.documents.operations import ask_to_render, freeze, frozen_content
from pledge_app.jobs.models import Job
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.paper import REGISTRATION
from tests.faults.invariants import broken
from tests.faults.kills import Row
from tests.loopback import WORKER, Office, start, stop

LONGEST = 5.0  # seconds: the worker's start and one paper
PATIENCE = 1800.0  # seconds for the papers that all flows left
POINTS = ("between_rendering", "before_rename", "after_rename", "before_keeping")


def ask_for_papers(office: Office, count: int) -> list[str]:
    """Freeze the newest registration again `count` times: papers to be made; their public ids."""
    with office.app().app_context():
        last = db.session.scalars(
            select(Document)
            .order_by(Document.id.desc())
            .where(Document.envelope.has(kind=REGISTRATION.kind, is_draft=False))
        ).first()
        assert last is not None
        pledge = db.session.scalars(
            select(Pledge).where(Pledge.pid == last.envelope.subject_pid)
        ).one()
        made = [
            freeze(
                REGISTRATION,
                frozen_content(last.envelope),
                subject=pledge,
                body_ids=last.envelope.body_ids,
                at=now(),
            )
            for _number in range(count)
        ]
        db.session.commit()
        pids = [document.pid for document in made]
        db.session.remove()
        db.engine.dispose()
    return pids


def at_random(office: Office, kills: int, chance: random.Random) -> Row:
    """`kills` times: the worker begins, and is killed at a random moment."""
    row = Row("kill -9, render")
    pids = ask_for_papers(office, kills // 2 + 1)
    for _turn in range(kills):
        worker = start(WORKER, office)
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(chance.uniform(0.3, LONGEST))
        stop(worker)
        row.count += 1
        row.broken += broken(office)
        release(office)
    row.broken += finished(office, pids)
    return row


def at_points(office: Office, points: tuple[str, ...] = POINTS) -> Iterator[Row]:
    """The worker ends itself at each point of a rendering; the next one makes the paper."""
    for point in points:
        row, pids = Row(f"crash point {point}, render"), ask_for_papers(office, 1)
        worker = start((*WORKER, "--once"), office, CRASHPOINT=point)
        code = worker.wait(PATIENCE)
        row.count = int(code == 137)
        if code != 137:
            row.broken.append(f"the point was not reached: exit {code}")
        row.broken += broken(office)
        row.broken += finished(office, pids)
        yield row


def release(office: Office) -> None:
    """The lease of a dead worker runs out: here at once, in an office after a minute and a half."""
    with office.app().app_context():
        for job in db.session.scalars(select(Job).where(Job.done_at.is_(None))):
            job.lease_until = job.run_after = now() - timedelta(seconds=1)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def finished(office: Office, pids: list[str]) -> list[str]:
    """I7: the next worker makes every paper that is left."""
    release(office)
    with office.app().app_context():
        for document in db.session.scalars(
            select(Document).where(Document.state == RenderState.FAILED)
        ):
            ask_to_render(
                document, at=now()
            )  # what the page offers for a paper whose worker died every time
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    worker = start((*WORKER, "--once"), office)
    try:
        worker.wait(PATIENCE)
    finally:
        stop(worker)
    found = broken(office)
    with office.app().app_context():
        for pid in pids:
            document = db.session.scalars(select(Document).where(Document.pid == pid)).one()
            if document.state is not RenderState.READY:
                found.append(f"I7 {pid}: {document.state.value}")
        db.session.remove()
        db.engine.dispose()
    return found
