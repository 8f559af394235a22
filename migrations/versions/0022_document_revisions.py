"""The files that each document has been; papers of any kind that a room registers.

A document of before has its PDF as revision 1, with the DOCX that was kept when it was asked for. Each
scan that was confirmed, and not taken back, follows as a revision of the paper that its marks belong
to; without such marks, of the newest paper that its subject had when the scan was uploaded; and where
the clocks that the two were told by say that there was none yet, of the first. The trail is told of
each, as it is of every later one.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit import triggers
from pledge_app.audit.models import TrailEvent
from pledge_app.audit.operations import GENESIS, digest_of
from pledge_app.kernel.actor import SYSTEM

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RENDERED = """
SELECT document.id AS document_id, document.file_sha256 AS sha256,
       coalesce(document.rendered_at, envelope.frozen_at) AS made_at,
       document_word.file_sha256 AS docx_sha256
FROM document JOIN envelope ON envelope.id = document.envelope_id
LEFT JOIN document_word ON document_word.document_id = document.id
WHERE document.file_sha256 IS NOT NULL
ORDER BY document.id
"""
SCANS = """
SELECT upload.file_sha256 AS sha256, upload.confirmed_at AS made_at,
       coalesce(max(CASE WHEN marked.upload_pid IS NOT NULL THEN document.id END),
                max(CASE WHEN coalesce(document.rendered_at, envelope.frozen_at)
                              <= upload.uploaded_at THEN document.id END),
                max(CASE WHEN envelope.frozen_at <= upload.uploaded_at THEN document.id END),
                min(document.id)) AS document_id
FROM upload
JOIN envelope ON envelope.subject_kind = upload.subject_kind
             AND envelope.subject_pid = upload.subject_pid
JOIN document ON document.envelope_id = envelope.id
LEFT JOIN (SELECT DISTINCT signing_mark.upload_pid, signing_round.document_id
           FROM signing_mark
           JOIN signing_step ON signing_step.id = signing_mark.step_id
           JOIN signing_round ON signing_round.id = signing_step.round_id
           WHERE signing_mark.kind = 'scan') AS marked
       ON marked.upload_pid = upload.pid AND marked.document_id = document.id
WHERE upload.confirmed_at IS NOT NULL AND upload.rejected_reason = ''
  AND document.file_sha256 IS NOT NULL AND NOT envelope.is_draft
GROUP BY upload.id, upload.file_sha256, upload.confirmed_at
ORDER BY upload.confirmed_at, upload.id
"""


def upgrade() -> None:
    _any_kind_of_paper()
    _table()
    _what_is_there()
    for statement in triggers.append_only("document_revision", op.get_bind().dialect.name):
        op.execute(statement)


def _any_kind_of_paper() -> None:
    with op.batch_alter_table("envelope") as batch:
        batch.drop_constraint(op.f("ck_envelope_paper_kind"), type_="check")
    with op.batch_alter_table("paper_wording") as batch:
        batch.drop_constraint(op.f("ck_paper_wording_paper_wording_kind"), type_="check")
    if op.get_bind().dialect.name == "sqlite":  # the rebuild dropped them
        for statement in triggers.append_only("envelope", "sqlite"):
            op.execute(statement)


def _table() -> None:
    op.create_table(
        "document_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rendered",
                "scan",
                name="revision_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("made_at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_revision_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_document_revision_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["docx_sha256"], ["stored_file.sha256"], name=op.f("fk_document_revision_docx_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["document_revision.id"],
            name=op.f("fk_document_revision_previous_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_revision")),
        sa.UniqueConstraint(
            "document_id", "n", name=op.f("uq_document_revision_document_id_n")
        ),
        sa.UniqueConstraint("previous_id", name=op.f("uq_document_revision_previous_id")),
    )
    op.create_index(op.f("ix_document_revision_sha256"), "document_revision", ["sha256"])


EVENT = sa.table(
    "trail_event",
    sa.column("seq", sa.Integer),
    sa.column("at", columns.UtcTime),
    sa.column("verb", sa.String),
    sa.column("subject_kind", sa.String),
    sa.column("subject_pid", sa.String),
    sa.column("unit_id", sa.Integer),
    sa.column("actor_id", sa.Integer),
    sa.column("actor_name", sa.String),
    sa.column("actor_role", sa.String),
    sa.column("data", columns.Plain),
    sa.column("previous", sa.String),
    sa.column("digest", sa.String),
)
HEAD = sa.table(
    "trail_head",
    sa.column("id", sa.Integer),
    sa.column("seq", sa.Integer),
    sa.column("digest", sa.String),
)


def _what_is_there() -> None:
    connection = op.get_bind()
    told: list[dict[str, Any]] = []
    made: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for row in connection.execute(sa.text(RENDERED)).mappings():
        made[row["document_id"]].append(("rendered", row))
    for row in connection.execute(sa.text(SCANS)).mappings():
        made[row["document_id"]].append(("scan", row))
    names = ("id", "document_id", "n", "kind", "sha256", "docx_sha256", "previous_id", "made_at")
    table = sa.table("document_revision", *(sa.column(name) for name in names))
    for document_id, revisions in made.items():
        previous = None
        for n, (kind, row) in enumerate(revisions, 1):
            values = {
                "document_id": document_id,
                "n": n,
                "kind": kind,
                "sha256": row["sha256"],
                "docx_sha256": row["docx_sha256"] if kind == "rendered" else None,
                "previous_id": previous,
                "made_at": row["made_at"],
            }
            inserted = connection.execute(sa.insert(table).values(**values).returning(table.c.id))
            previous = inserted.scalar_one()
            told.append(
                {"document_id": document_id}
                | {name: values[name] for name in ("n", "kind", "sha256", "docx_sha256")}
            )
    _tell_the_trail(connection, told)


def _tell_the_trail(connection: sa.Connection, revisions: list[dict[str, Any]]) -> None:
    """An event for each, the next links of the chain."""
    if not revisions:
        return
    documents = connection.execute(sa.text("SELECT id, pid FROM document"))
    pids = {row.id: row.pid for row in documents}
    head = connection.execute(sa.select(HEAD).where(HEAD.c.id == 1)).one_or_none()
    if head is None:
        connection.execute(HEAD.insert().values(id=1, seq=0, digest=GENESIS))
    seq, previous = (head.seq, head.digest) if head is not None else (0, GENESIS)
    now = datetime.now(UTC).replace(microsecond=0)
    for one in revisions:
        seq += 1
        values = {
            "seq": seq,
            "at": now,
            "verb": "document.revised",
            "subject_kind": "document",
            "subject_pid": pids[one["document_id"]],
            "unit_id": None,
            "actor_id": None,
            "actor_name": SYSTEM.name,
            "actor_role": "",
            "data": {name: one[name] for name in ("n", "kind", "sha256", "docx_sha256")},
            "previous": previous,
        }
        previous = digest_of(TrailEvent(**values))
        connection.execute(EVENT.insert().values(**values, digest=previous))
    connection.execute(HEAD.update().where(HEAD.c.id == 1).values(seq=seq, digest=previous))
