"""0024: a pack that was being made goes on with a row and a job for each of its papers; a pack that
was ready stays so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, select, text

from pledge_app.jobs.models import Job
from pledge_app.kernel.base import db
from pledge_app.meetings import pack
from pledge_app.meetings.models import MeetingPack, PackState
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

PAPERS = [{"name": f"0{n}-giay-moi", "kind": "invitation", "content": {}} for n in (1, 2, 3)]
PACK = """
INSERT INTO meeting_pack (pid, agreement_id, state, papers, done, error, asked_by, asked_at)
SELECT :pid, min(id), :state, :papers, :done, '', 'Bà Đông', '2023-02-10 03:00:00' FROM agreement
"""
JOB = """
INSERT INTO job (pid, kind, key, payload, state, attempts, run_after, error)
VALUES (:pid, 'agreements.pack', :key, :payload, :state, 1, '2023-02-10 03:00:00', '')
"""
ASKED = [("made", "making", 1, "waiting"), ("ready", "ready", 3, "done")]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of 0018 with one pack that is being made and one that is ready."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    with make_app(url, tmp_path).app_context():
        upgrade(directory=MIGRATIONS, revision=OLD[0].name.split(".")[0])
        fill(read(OLD[0]))
        upgrade(directory=MIGRATIONS, revision="0018")
        with db.engine.connect() as found:
            found.execute(text("DELETE FROM meeting_pack"))
            for pid, state, done, job in ASKED:
                values = {"pid": pid, "state": state, "papers": json.dumps(PAPERS), "done": done}
                found.execute(text(PACK), values)
                found.execute(
                    text(JOB),
                    {
                        "pid": f"job-{pid}",
                        "key": f"pack:{pid}",
                        "payload": json.dumps({"pack": pid}),
                        "state": job,
                    },
                )
            found.commit()
            yield found
        db.session.remove()
        db.engine.dispose()


def test_a_pack_under_way_is_asked_for_paper_by_paper(connection: Connection) -> None:
    connection.rollback()
    upgrade(directory=MIGRATIONS)
    going = db.session.scalars(select(MeetingPack).where(MeetingPack.pid == "made")).one()
    assert [row.position for row in going.made] == [0, 1, 2]
    assert {row.state for row in going.made} == {PackState.MAKING}
    assert [row.name for row in going.made] == [paper["name"] for paper in PAPERS]
    asked = db.session.scalars(select(Job).where(Job.kind == pack.MAKE_PAPER)).all()
    assert [job.payload for job in asked] == [{"paper": row.pid} for row in going.made]
    assert {job.state.value for job in asked} == {"waiting"}
    assert db.session.scalar(select(Job).where(Job.key == "pack:made")) is None
    db.session.rollback()


def test_a_pack_that_was_ready_stays_ready(connection: Connection) -> None:
    connection.rollback()
    upgrade(directory=MIGRATIONS)
    ready = db.session.scalars(select(MeetingPack).where(MeetingPack.pid == "ready")).one()
    assert (ready.state, ready.made, len(ready.papers)) == (PackState.READY, [], 3)
    assert db.session.scalars(select(Job.kind).where(Job.key == "pack:ready")).one()
    db.session.rollback()


def test_a_pack_under_way_without_papers_has_failed(connection: Connection) -> None:
    connection.execute(text("UPDATE meeting_pack SET papers = '[]' WHERE pid = 'made'"))
    connection.commit()
    upgrade(directory=MIGRATIONS)
    empty = db.session.scalars(select(MeetingPack).where(MeetingPack.pid == "made")).one()
    assert (empty.state, empty.made) == (PackState.FAILED, [])
    assert db.session.scalar(select(Job).where(Job.key == "pack:made")) is None
    db.session.rollback()
