"""0022: the PDF of each document is its first revision, confirmed scans follow; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from pledge_app.audit.operations import first_broken_link
from pledge_app.documents.revisions import broken_revisions
from pledge_app.kernel.base import db
from tests import pg
from tests.conftest import ON_POSTGRESQL, make_app
from tests.migrations.olden import MIGRATIONS, OLD, fill, read

RELEASE = "0018"
KEPT = [path for path in OLD if path.name.split(".")[0] <= RELEASE][-1]
PAPERS = """
SELECT document.id AS document, document.file_sha256 AS sha256, envelope.subject_kind AS kind,
       envelope.subject_pid AS pid, document.rendered_at AS rendered_at
FROM document JOIN envelope ON document.envelope_id = envelope.id
WHERE document.file_sha256 IS NOT NULL AND NOT envelope.is_draft
ORDER BY document.id
"""
SCAN = """
INSERT INTO upload (pid, file_sha256, original_name, subject_kind, subject_pid, body_ids, pages,
    low_resolution, uploaded_by_id, uploaded_by_name, uploaded_at, confirmed_by_name, confirmed_at,
    rejected_reason)
VALUES (:name, :sha256, 'Bản quét.pdf', :kind, :pid, '[]', 1, FALSE, 1, 'Bà Vân',
    :uploaded, '', :confirmed, :reason)
"""
SIGNED = f"""
SELECT paper.*, document.envelope_id AS envelope FROM ({PAPERS}) AS paper
JOIN document ON document.id = paper.document
JOIN signing_round ON signing_round.document_id = paper.document
ORDER BY paper.document
"""
SAME_SUBJECT = """
INSERT INTO envelope (pid, kind, short_code, template_version, content_json, content_sha256,
    is_draft, frozen_at, subject_kind, subject_pid, body_ids)
SELECT 'again', kind, 'AGAIN', template_version, content_json, content_sha256,
    is_draft, frozen_at, subject_kind, subject_pid, body_ids
FROM envelope WHERE id = :id RETURNING id
"""
ANOTHER = """
INSERT INTO document (pid, envelope_id, state, error, file_sha256, pages, cells, rendered_at)
SELECT 'again', :envelope, state, error, file_sha256, pages, cells, rendered_at
FROM document WHERE id = :id
"""
SEEN = """
UPDATE signing_mark SET upload_pid = 'seen' WHERE kind = 'scan' AND step_id IN (
    SELECT signing_step.id FROM signing_step
    JOIN signing_round ON signing_round.id = signing_step.round_id
    WHERE signing_round.document_id = :document)
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A database of the release before, not yet upgraded."""
    url = pg.fresh_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'old.sqlite'}"
    app = make_app(url, tmp_path)
    with app.app_context():
        upgrade(directory=MIGRATIONS, revision=KEPT.name.split(".")[0])
        fill(read(KEPT))
        upgrade(directory=MIGRATIONS, revision=RELEASE)
        with db.engine.connect() as opened:
            if ON_POSTGRESQL:  # filling switched the triggers off for this session
                opened.execute(text("SET session_replication_role = DEFAULT"))
                opened.commit()
            yield opened
        db.session.remove()
        db.engine.dispose()


def revisions(connection: Connection, document: int) -> list[Any]:
    chosen = text(
        "SELECT id, n, kind, sha256, docx_sha256, previous_id FROM document_revision "
        "WHERE document_id = :document ORDER BY n"
    )
    return list(connection.execute(chosen, {"document": document}).mappings())


def scan(connection: Connection, paper: Any, name: str, **more: Any) -> None:
    values = {"confirmed": "2029-01-02 00:00:00", "reason": ""} | more
    values.setdefault("uploaded", "2029-01-01 00:00:00")
    values |= {key: paper[key] for key in ("sha256", "kind", "pid")}
    connection.execute(text(SCAN), {"name": name, **values})


def test_every_pdf_becomes_the_first_revision(connection: Connection) -> None:
    papers = connection.execute(text(PAPERS)).mappings().all()
    connection.rollback()
    upgrade(directory=MIGRATIONS, revision="0022")
    assert papers
    for paper in papers:
        first = revisions(connection, paper["document"])[0]
        assert (first["n"], first["kind"], first["previous_id"]) == (1, "rendered", None)
        assert first["sha256"] == paper["sha256"]


def test_a_docx_that_was_kept_belongs_to_its_pdf(connection: Connection) -> None:
    paper = connection.execute(text(PAPERS)).mappings().all()[0]
    connection.execute(
        text(
            "INSERT INTO document_word (document_id, file_sha256, made_at) "
            "SELECT :document, :sha256, '2029-01-01 00:00:00' "
            "WHERE NOT EXISTS (SELECT 1 FROM document_word WHERE document_id = :document)"
        ),
        {"document": paper["document"], "sha256": paper["sha256"]},
    )
    kept = text("SELECT file_sha256 FROM document_word WHERE document_id = :document")
    docx = connection.execute(kept, {"document": paper["document"]}).scalar_one()
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0022")
    assert revisions(connection, paper["document"])[0]["docx_sha256"] == docx


def test_confirmed_scans_follow_in_their_order_and_others_do_not(connection: Connection) -> None:
    papers = connection.execute(text(PAPERS)).mappings().all()
    newest = {paper["pid"]: paper for paper in papers}
    paper = list(newest.values())[0]
    before = "SELECT count(*) FROM upload WHERE subject_pid = :pid"
    earlier = connection.execute(text(before), {"pid": paper["pid"]}).scalar_one()
    scan(connection, paper, "second", confirmed="2029-01-03 00:00:00")
    scan(connection, paper, "first")
    scan(connection, paper, "not confirmed", confirmed=None)
    scan(connection, paper, "taken back", reason="của văn bản khác")
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0022")
    rows = revisions(connection, paper["document"])
    assert earlier == 0
    assert [row["kind"] for row in rows] == ["rendered", "scan", "scan"]
    assert [row["previous_id"] for row in rows] == [None, rows[0]["id"], rows[1]["id"]]


def test_a_confirmed_scan_that_seems_older_than_its_paper_is_a_revision(
    connection: Connection,
) -> None:
    """The demo uploads on its own date and renders by the clock of the machine."""
    papers = connection.execute(text(PAPERS)).mappings().all()
    oldest = {paper["pid"]: paper for paper in reversed(papers)}
    paper = list(oldest.values())[0]
    scan(connection, paper, "before", uploaded="2001-01-01 00:00:00")
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0022")
    kinds = [row["kind"] for row in revisions(connection, paper["document"])]
    assert kinds == ["rendered", "scan"]


def test_a_scan_is_a_revision_of_the_paper_whose_signatures_were_seen_on_it(
    connection: Connection,
) -> None:
    """Although its subject has another paper that is newer than the scan."""
    paper = connection.execute(text(SIGNED)).mappings().all()[0]
    envelope = connection.execute(text(SAME_SUBJECT), {"id": paper["envelope"]}).scalar_one()
    connection.execute(text(ANOTHER), {"id": paper["document"], "envelope": envelope})
    scan(connection, paper, "seen")
    assert connection.execute(text(SEEN), {"document": paper["document"]}).rowcount
    connection.commit()
    upgrade(directory=MIGRATIONS, revision="0022")
    assert [row["kind"] for row in revisions(connection, paper["document"])][-1] == "scan"


def test_the_trail_tells_of_every_revision_that_was_taken_over(connection: Connection) -> None:
    paper = connection.execute(text(PAPERS)).mappings().all()[0]
    scan(connection, paper, "seen")
    connection.commit()
    before = connection.execute(text("SELECT seq FROM trail_head")).scalar_one()
    connection.rollback()
    upgrade(directory=MIGRATIONS)
    count = connection.execute(text("SELECT count(*) FROM document_revision")).scalar_one()
    seals = text("SELECT count(*) FROM trail_event WHERE verb = 'trail.sealed'")
    count += connection.execute(seals).scalar_one()
    assert connection.execute(text("SELECT seq FROM trail_head")).scalar_one() == before + count
    connection.rollback()
    assert first_broken_link() is None
    assert list(broken_revisions()) == []
    db.session.rollback()


@pytest.mark.parametrize("table", ["document_revision", "envelope"])
def test_what_was_frozen_stays_so(connection: Connection, table: str) -> None:
    connection.rollback()
    upgrade(directory=MIGRATIONS, revision="0022")
    for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError):
            connection.execute(text(sql))
        connection.rollback()


def test_a_paper_of_a_new_kind_can_be_frozen(connection: Connection) -> None:
    connection.rollback()
    upgrade(directory=MIGRATIONS, revision="0022")
    copied = (
        "INSERT INTO envelope (pid, kind, short_code, template_version, content_json, "
        "content_sha256, is_draft, frozen_at, subject_kind, subject_pid, body_ids) "
        "SELECT 'x', 'a_kind_of_tomorrow', 'X', 1, content_json, content_sha256, is_draft, "
        "frozen_at, subject_kind, subject_pid, body_ids FROM envelope ORDER BY id LIMIT 1"
    )
    assert connection.execute(text(copied)).rowcount == 1
    connection.rollback()
